"""What comes back to itself around a manager: a concern or a question whose time is over, and the weekly
letters that are put into the queue.
"""

from __future__ import annotations

from datetime import datetime

from bot.around import concerns, letters, questions
from storage.jobs import Job
from storage.repository import Repository
from storage.store import Store

JOBS = frozenset({concerns.CARE_DUE, questions.QUESTION_DUE})


def come_to(repo: Repository, job: Job, now: datetime) -> None:
    """The time of a concern or a question is over; whatever became of their owner as a manager."""
    if job.name == concerns.CARE_DUE:
        concerns.time_is_over(repo, job, now)
    else:
        questions.time_is_over(repo, job, now)


def schedule_letters(store: Store, now: datetime) -> None:
    """The coming weekly letter of every coach, once."""
    for organisation_id in store.organisations():
        with store.transaction(organisation_id) as repo:
            letters.schedule(repo, now)

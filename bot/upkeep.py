"""What is tidied up once a day: words that have had their time, slots of finished jobs, marks of old
messages.

Facts stay. Words go 180 days after the work with a person has ended, and 18 months after being said at the
latest.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from coaching.journey import Kind
from storage import queue
from storage.people import Person, Status
from storage.repository import Repository
from storage.store import Store

log = logging.getLogger("unbadged.upkeep")
RETENTION = timedelta(days=180)
LONGEST = timedelta(days=548)  # eighteen months


def tidy(store: Store, now: datetime, retention: timedelta = RETENTION) -> None:
    """Do all of it, one transaction a person."""
    store.finish_forgetting(now)
    queue.scrub(store, now)
    for organisation_id in store.organisations():
        with store.transaction(organisation_id) as repo:
            repo.clear_inbound(now)
            people = [person for person in repo.people() if person.status is not Status.FORGOTTEN]
        for person in people:
            try:
                with store.reading(organisation_id) as repo:
                    talks = repo.conversations(person.id)
                if talks and talks[0].opened_at >= now - min(retention, LONGEST):
                    continue  # nothing of theirs is old enough: no word is kept before the first talk
                with store.transaction(organisation_id) as repo:
                    repo.lock(person.id)
                    repo.fade(person.id, fades_before(repo, person, now, retention), now)
            except Exception as failure:  # one person's rows keep nobody else's words from going
                log.error("tidying up after a person failed: %s", type(failure).__name__)


def fades_before(repo: Repository, person: Person, now: datetime, retention: timedelta) -> datetime:
    """The moment before which this person's words go."""
    ended = ended_at(repo, person)
    if ended is not None and now >= ended + retention:
        return now
    return now - LONGEST


def kept_until(repo: Repository, person: Person, now: datetime, retention: timedelta) -> datetime:
    """When words of somebody who does not write again begin to go: what the last line before silence says."""
    talks = repo.conversations(person.id)
    first = talks[0].opened_at if talks else now
    return min((repo.last_answer_at(person.id) or now) + retention, first + LONGEST)


def ended_at(repo: Repository, person: Person) -> datetime | None:
    """When the work with a person ended: the hold check, a stop, or the last message before silence."""
    talks = repo.conversations(person.id)
    if not talks:
        return None
    last_heard = repo.last_answer_at(person.id)
    if person.status in (Status.STOPPED, Status.DORMANT):
        return last_heard
    if any(talk.is_open for talk in talks) or any(
        job.kind == queue.JobKind.OPEN for job in queue.waiting(repo, person.id)
    ):
        return None
    holds = [talk.closed_at for talk in talks if talk.kind == Kind.HOLD and talk.closed_at is not None]
    closed = [talk.closed_at for talk in talks if talk.closed_at is not None]
    return max(holds or closed, default=last_heard)

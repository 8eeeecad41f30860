"""How a conversation stands with the person: whether a question of it was said, is on its way, or has had its
week. Whoever takes in an answer, or opens the next week, asks here first.
"""

from __future__ import annotations

from datetime import datetime

from bot.openings import CHECK_IN_BEGINS, NOT_ASKED, USED_UP
from coaching.journey import ASIDES, Kind
from storage import values
from storage.conversations import Conversation
from storage.jobs import JobState, of_conversation
from storage.repository import Repository


def is_over(talk: Conversation, now: datetime) -> bool:
    """Whether the week a conversation belongs to has closed, and only nobody has come to say so yet."""
    if talk.kind not in (Kind.WEEK, Kind.QUIET) or talk.opening is None:
        return False
    closes_at: datetime = values.load(talk.opening).days.closes_at
    return now >= closes_at


def was_said(repo: Repository, talk: Conversation, name: str) -> bool:
    """Whether a line or question of a conversation went out, or may have."""
    return any(
        job.name == name and job.state in (JobState.SENT, JobState.UNKNOWN)
        for job in of_conversation(repo, talk.id)
    )


def waits_for_its_hour(repo: Repository, talk: Conversation, name: str) -> bool:
    """Whether a question nobody asked for is still on its way: it waits for working hours, or for its day."""
    return not was_said(repo, talk, name) and any(
        job.name == name and job.nudge is not None and job.state is JobState.READY
        for job in of_conversation(repo, talk.id)
    )


def is_cut_off(floor: Conversation | None, talk: Conversation) -> bool:
    """Whether something else has cut in: then nothing is said in ``talk`` before that is over."""
    return floor is not None and floor.id != talk.id and Kind(floor.kind) in ASIDES


def how_it_was_left(repo: Repository, talk: Conversation) -> str:
    """How a week ends whose check-in was not finished: its theme is over only if it was asked about."""
    asked = talk.kind != Kind.WEEK or was_said(repo, talk, CHECK_IN_BEGINS)
    return USED_UP if asked else NOT_ASKED

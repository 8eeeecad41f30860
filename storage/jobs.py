"""What is to be said, looked up or come back to: each is a job in one list, queued once and never twice.

Jobs are queued and called off in the transaction that decides them; `queue.py` says how they are worked off.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage import schema
from storage.repository import Repository
from storage.scope import Row
from storage.sealing import Sealer

job_table = schema.job


class JobKind(StrEnum):
    """What a job does."""

    SAY = "say"
    WAKE = "wake"
    OPEN = "open"
    FETCH = "fetch"
    ALERT = "alert"
    SETTLE = "settle"  # a card that was answered shows what was answered


class JobState(StrEnum):
    """Where a job stands. *Unknown*: the process ended in mid-send, and it may or may not have arrived."""

    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    DONE = "done"
    UNKNOWN = "unknown"
    DEAD = "dead"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Job:
    """One job. ``body`` is JSON text (slots, options …), None once it was scrubbed.

    ``nudge`` is None for a reply, else what the line counts as. ``due_at`` is the moment it belongs to,
    ``try_at`` the next moment it may be tried. ``finished_at`` is when it was sent, done or given up,
    ``answered_at`` when the person next did anything after an unsolicited line.
    """

    organisation_id: str
    id: str
    person_id: str
    conversation_id: str | None
    seq: int
    kind: JobKind
    name: str
    asking: int
    again: int
    body: str | None
    channel: str | None
    nudge: str | None
    urgent: bool
    due_at: datetime
    try_at: datetime
    use_by: datetime | None
    state: JobState
    reason: str | None
    attempts: int
    lease_owner: str | None
    finished_at: datetime | None
    answered_at: datetime | None
    sent_ref: str | None


def add(
    repository: Repository,
    *,
    person_id: str,
    kind: JobKind | str,
    name: str,
    asking: int,
    due_at: datetime,
    body: str = "{}",
    conversation_id: str | None = None,
    again: int = 0,
    channel: str | None = None,
    use_by: datetime | None = None,
    nudge: str | None = None,
    urgent: bool = False,
) -> bool:
    """Queue a job with the caller's transaction; False if one with its key was ever queued before.

    The key is conversation, kind, name, asking and ``again`` (count it up to repeat something on purpose);
    for what belongs to no conversation the person stands in its place.
    """
    scope = repository.scope
    return scope.insert_once(
        job_table,
        id=secrets.token_hex(12),
        person_id=person_id,
        conversation_id=conversation_id,
        seq=scope.next_number(job_table, "seq", job_table.c.person_id == person_id),
        kind=JobKind(kind),
        name=name,
        asking=asking,
        again=again,
        channel=channel,
        nudge=nudge,
        urgent=urgent,
        due_at=due_at,
        try_at=due_at,
        use_by=use_by,
        state=JobState.READY,
        attempts=0,
        body=scope.sealer.seal(person_id, body),
    )


def waiting(repository: Repository, person_id: str) -> list[Job]:
    """What is still to be done for a person, the next first."""
    c = job_table.c
    open_states = c.state.in_((JobState.READY, JobState.SENDING))
    return _jobs(repository, c.person_id == person_id, open_states)


def of_conversation(repository: Repository, conversation_id: str) -> list[Job]:
    """Every job a conversation ever queued."""
    return _jobs(repository, job_table.c.conversation_id == conversation_id)


def nudged(repository: Repository, person_id: str, since: datetime) -> list[Job]:
    """The unsolicited lines that went out, or may have, since a moment: they used up attention."""
    c = job_table.c
    went_out = c.state.in_((JobState.SENT, JobState.UNKNOWN))
    return _jobs(repository, c.person_id == person_id, c.nudge.is_not(None), went_out, c.finished_at >= since)


def answered(repository: Repository, person_id: str, at: datetime) -> int:
    """The person did something: whatever was sent to them unasked is no longer without an answer.

    Noted with the lines and not by comparing moments, so that a clock that is set back changes nothing.
    """
    c = job_table.c
    out = c.state.in_((JobState.SENDING, JobState.SENT, JobState.UNKNOWN))
    where = (c.person_id == person_id, c.nudge.is_not(None), c.answered_at.is_(None), out)
    return repository.scope.update(job_table, {"answered_at": at}, *where)


def times_queued(repository: Repository, person_id: str, name: str, since: datetime) -> int:
    """How often a line of that name was queued for a person since a moment."""
    c = job_table.c
    found = repository.scope.rows(job_table, c.person_id == person_id, c.name == name, c.due_at >= since)
    return len(found)


def cancel(
    repository: Repository,
    conversation_id: str,
    kinds: Iterable[JobKind | str],
    *,
    at: datetime,
    name: str | None = None,
    reason: str = "cancelled",
) -> int:
    """Call off what a conversation has not begun of these kinds (and of one name); how many jobs."""
    c = job_table.c
    where: list[Any] = [c.conversation_id == conversation_id, c.kind.in_([JobKind(each) for each in kinds])]
    if name is not None:
        where.append(c.name == name)
    return _drop(repository, where, reason, at)


def cancel_for(
    repository: Repository,
    person_id: str,
    kinds: Iterable[JobKind | str],
    *,
    at: datetime,
    reason: str,
    name: str | None = None,
    channel: str | None = None,
) -> int:
    """Call off everything of these kinds (of one name, in one channel) that was not begun for a person."""
    c = job_table.c
    where: list[Any] = [c.person_id == person_id, c.kind.in_([JobKind(each) for each in kinds])]
    if name is not None:
        where.append(c.name == name)
    if channel is not None:
        where.append(c.channel == channel)
    return _drop(repository, where, reason, at)


def made(row: Row, sealer: Sealer) -> Job:
    """The job of a row, its body unsealed."""
    kept = {name: row[name] for name in Job.__dataclass_fields__ if name not in ("body", "kind", "state")}
    body = sealer.unseal(row["person_id"], row["body"])
    return Job(body=body, kind=JobKind(row["kind"]), state=JobState(row["state"]), **kept)


def _jobs(repository: Repository, *where: Any) -> list[Job]:
    scope, c = repository.scope, job_table.c
    rows = scope.rows(job_table, *where, order=(c.urgent.desc(), c.due_at, c.seq))
    return [made(row, scope.sealer) for row in rows]


def _drop(repository: Repository, where: list[Any], reason: str, at: datetime) -> int:
    dropped = {"state": JobState.DROPPED, "reason": reason, "finished_at": at}
    return repository.scope.update(job_table, dropped, *where, job_table.c.state == JobState.READY)

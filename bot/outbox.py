"""Puts what is to be said, and when to come back, into the queue, within the transaction that decides it.

A line carries what it counts as and how long it is worth sending; whether it may go is asked when it is sent.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot import contract, openings
from bot.answerer import QUERY
from coaching import attention
from coaching.journey import URGENT
from coaching.needs import Line, Lookup, Question
from storage import queue, values
from storage.conversations import Conversation
from storage.jobs import JobKind, job_table

if TYPE_CHECKING:
    from bot.exchange import Exchange


def put(
    exchange: Exchange, what: Line | Question, talk: Conversation | None, serial: int, nudge: str | None
) -> None:
    """Queue one line or question to the person, due now."""
    at = exchange.belongs_to or exchange.now
    queue.add(
        exchange.repo,
        person_id=exchange.person.id,
        kind=JobKind.SAY,
        name=what.name,
        asking=serial,
        due_at=at,
        body=values.dump(what),
        conversation_id=None if talk is None else talk.id,
        channel=exchange.channel or _usual_channel(exchange),
        nudge=_kind_of(what, nudge),
        use_by=_use_by(exchange, what, nudge, at),
        urgent=talk is not None and talk.kind in URGENT,
    )


def wake(exchange: Exchange, talk: Conversation, name: str, serial: int, at: datetime) -> None:
    """Come back to a conversation at a moment."""
    queue.add(
        exchange.repo,
        person_id=exchange.person.id,
        kind=JobKind.WAKE,
        name=name,
        asking=serial,
        conversation_id=talk.id,
        due_at=at,
    )


def look_up(exchange: Exchange, talk: Conversation, lookup: Lookup) -> None:
    """Ask outside, in a moment: what takes time is never done within a transaction."""
    queue.add(
        exchange.repo,
        person_id=exchange.person.id,
        kind=JobKind.FETCH,
        name=lookup.name,
        asking=lookup.asking,
        body=values.dump({QUERY: lookup.query}),
        conversation_id=talk.id,
        channel=exchange.channel or _usual_channel(exchange),
        due_at=exchange.now,
        urgent=talk.kind in URGENT,
    )


def next_number(exchange: Exchange) -> int:
    """A number that no line of this person has had."""
    return exchange.repo.scope.next_number(job_table, "seq", job_table.c.person_id == exchange.person.id)


def _usual_channel(exchange: Exchange) -> str | None:
    channels = exchange.repo.channels(exchange.person.id)
    return channels[0] if channels else None


def _use_by(exchange: Exchange, what: Line | Question, nudge: str | None, at: datetime) -> datetime | None:
    kind = _kind_of(what, nudge)
    calendar = openings.calendar_of(exchange.person)
    if kind in set(attention.Promise):
        return attention.keep_by(attention.Promise(kind), at, calendar)
    if kind in set(attention.Kind):
        week = contract.programme_week(exchange.repo, exchange.person, exchange.now)
        return attention.use_by(attention.Kind(kind), at, calendar, week)
    return None


def _kind_of(what: Line | Question, nudge: str | None) -> str | None:
    """What a line counts as; a re-confirmation card replaces the first-day line."""
    if nudge == attention.Kind.SLICE and what.name.startswith("rail"):
        return attention.Kind.RECONFIRMATION
    return nudge

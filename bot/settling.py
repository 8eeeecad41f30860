"""Queues, within the exchange that decides it, what becomes of cards: one that was answered is to show what
was answered, or that this was changed since; one that was asked again to say so; one that was left, that this
is fine.

Only where a channel can change what it sent. It is for the eye alone: it waits for every line, is let go
after ten minutes, and counts as nothing. ``settlement.py`` does it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.channel import CARDS_CHANGE, Outcome
from coaching.journal import Answer, Form, Passed, Tap, Words
from coaching.journey import Kind
from coaching.needs import Question
from storage import queue, values
from storage.conversations import Conversation
from storage.jobs import JobKind, JobState, job_table
from storage.people import Person
from storage.repository import Repository
from storage.scope import Row
from storage.sealing import Sealer

if TYPE_CHECKING:
    from bot.exchange import Exchange

WORTH_IT = timedelta(minutes=10)
TO_BE_READ = timedelta(seconds=10)  # so long a platform is given to read a picture
# What somebody writes of these stands where they wrote it, and the coach does not hold it up to them again.
UNREPEATED = frozenset({Kind.WRONG, Kind.DANGER, Kind.HARASSMENT, Kind.DISTRESS, Kind.OVERLOAD})
_WENT_OUT = (JobState.SENDING, JobState.SENT, JobState.UNKNOWN)


def answered(exchange: Exchange, talk: Conversation, question: Question, answer: Answer) -> None:
    """The question has its answer; a skipped one was left, which is fine."""
    outcome = Outcome.CLOSED if isinstance(answer, Passed) else Outcome.ANSWERED
    repeats = Tap | Form if talk.kind in UNREPEATED else Tap | Form | Words
    given = answer if isinstance(answer, repeats) else None
    _queue(exchange, talk, question.name, outcome, question, given)


def asked_again(exchange: Exchange, talk: Conversation) -> None:
    """What was open is asked once more below, or another question has come in its place."""
    if talk.shown_name is not None:
        _queue(exchange, talk, talk.shown_name, Outcome.ASKED_AGAIN)


def closed(exchange: Exchange, talk: Conversation) -> None:
    """What was open will not be answered any more."""
    if talk.shown_name is not None:
        _queue(exchange, talk, talk.shown_name, Outcome.CLOSED)


def taken_back(exchange: Exchange, talk: Conversation, name: str) -> None:
    """A message that answered was edited or deleted: no card goes on showing what it said."""
    c, scope, known = job_table.c, exchange.repo.scope, taken_back_of(name)
    for card in _cards(exchange, talk, c.name == name):
        before = c.conversation_id == talk.id, c.name == known, c.asking == card["asking"]
        times = len(scope.rows(job_table, *before))
        _settle(exchange, talk, card, known, Outcome.TAKEN_BACK, None, None, again=times)


def changed(exchange: Exchange, talk: Conversation, name: str) -> None:
    """An answer was taken back, or has another in its place: no card goes on showing the former one."""
    for card in _cards(exchange, talk, job_table.c.name == name):
        asked = _asked_in(exchange.repo.scope.sealer, card)
        _settle(exchange, talk, card, changed_of(name), Outcome.CHANGED, asked, None, again=0)


def taken_back_of(name: str) -> str:
    """What such a job is called for the cards of a question."""
    return f"{name}/{Outcome.TAKEN_BACK}"


def changed_of(name: str) -> str:
    """What a job is called that shows on a card that its answer was changed."""
    return f"{name}/{Outcome.CHANGED}"


def pressed(
    repo: Repository, person: Person, channel: str, card: str, action: str, reference: str, now: datetime
) -> None:
    """Somebody around a manager pressed a button of a letter; ``card`` is what sending it returned."""
    if channel not in CARDS_CHANGE or not card:
        return
    queue.add(
        repo,
        person_id=person.id,
        kind=JobKind.SETTLE,
        name=action,
        asking=repo.scope.next_number(job_table, "seq", job_table.c.person_id == person.id),
        channel=channel,
        due_at=now,
        use_by=now + WORTH_IT,
        body=values.dump({"ref": card, "action": action, "about": reference}),
    )


def picture_follows(repo: Repository, line_id: str, now: datetime) -> None:
    """The picture of a line was not ready when the line went: it is put under it a little later, once."""
    line = queue.job_by_id(repo, line_id)
    if line is None:
        return
    queue.add(
        repo,
        person_id=line.person_id,
        kind=JobKind.SETTLE,
        name=f"{line.name}/{Outcome.PICTURED}",
        asking=line.asking,
        again=line.again,
        conversation_id=line.conversation_id,
        channel=line.channel,
        due_at=now + TO_BE_READ,
        use_by=now + WORTH_IT,
        body=values.dump({"of": line.id, "as": Outcome.PICTURED.value}),
    )


def _queue(
    exchange: Exchange,
    talk: Conversation,
    name: str,
    outcome: Outcome,
    question: Question | None = None,
    given: Answer | None = None,
) -> None:
    """One job for each card of this question that went out and was not settled before."""
    for card in _cards(exchange, talk, job_table.c.name == name):
        asked = question or _asked_in(exchange.repo.scope.sealer, card)
        _settle(exchange, talk, card, name, outcome, asked, given, again=card["again"])


def _cards(exchange: Exchange, talk: Conversation, *which: Any) -> list[Row]:
    c = job_table.c
    alive = c.channel.in_(CARDS_CHANGE), c.state.in_(_WENT_OUT)
    return exchange.repo.scope.rows(
        job_table, c.conversation_id == talk.id, c.kind == JobKind.SAY, *alive, *which
    )


def _settle(
    exchange: Exchange,
    talk: Conversation,
    card: Row,
    name: str,
    outcome: Outcome,
    asked: Question | None,
    given: Answer | None,
    *,
    again: int,
) -> None:
    queue.add(
        exchange.repo,
        person_id=talk.person_id,
        kind=JobKind.SETTLE,
        name=name,
        asking=card["asking"],
        again=again,
        conversation_id=talk.id,
        channel=card["channel"],
        due_at=exchange.now,
        use_by=exchange.now + WORTH_IT,
        body=values.dump({"of": card["id"], "as": outcome.value, "asked": asked, "given": given}),
    )


def _asked_in(sealer: Sealer, card: Mapping[str, Any]) -> Question | None:
    body = sealer.unseal(card["person_id"], card["body"])
    what = None if body is None else values.load(body)
    return what if isinstance(what, Question) else None

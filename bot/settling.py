"""Queues, within the exchange that decides it, what becomes of cards: one that was answered is to show what
was answered, one that was asked again to say so, and one that was left to say that this is fine.

Only where a channel can change what it sent. It is for the eye alone: it waits for every line, is let go
after ten minutes, and counts as nothing. ``settlement.py`` does it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.channel import CARDS_CHANGE, Outcome
from coaching.journal import Answer, Form, Passed, Tap
from coaching.needs import Question
from storage import queue, values
from storage.conversations import Conversation
from storage.jobs import JobKind, JobState, job_table
from storage.sealing import Sealer

if TYPE_CHECKING:
    from bot.exchange import Exchange

WORTH_IT = timedelta(minutes=10)
_WENT_OUT = (JobState.SENDING, JobState.SENT, JobState.UNKNOWN)


def answered(exchange: Exchange, talk: Conversation, question: Question, answer: Answer) -> None:
    """The question has its answer; a skipped one was left, which is fine."""
    outcome = Outcome.CLOSED if isinstance(answer, Passed) else Outcome.ANSWERED
    given = answer if isinstance(answer, Tap | Form) else None  # words stand right below it
    _queue(exchange, talk, question.name, outcome, question, given)


def asked_again(exchange: Exchange, talk: Conversation) -> None:
    """What was open is asked once more below, or another question has come in its place."""
    if talk.shown_name is not None:
        _queue(exchange, talk, talk.shown_name, Outcome.ASKED_AGAIN)


def closed(exchange: Exchange, talk: Conversation) -> None:
    """What was open will not be answered any more."""
    if talk.shown_name is not None:
        _queue(exchange, talk, talk.shown_name, Outcome.CLOSED)


def _queue(
    exchange: Exchange,
    talk: Conversation,
    name: str,
    outcome: Outcome,
    question: Question | None = None,
    given: Answer | None = None,
) -> None:
    """One job for each card of this question that went out and was not settled before."""
    c, scope = job_table.c, exchange.repo.scope
    cards = scope.rows(
        job_table,
        c.conversation_id == talk.id,
        c.kind == JobKind.SAY,
        c.name == name,
        c.channel.in_(CARDS_CHANGE),
        c.state.in_(_WENT_OUT),
    )
    for card in cards:
        asked = question or _asked_in(scope.sealer, card)
        queue.add(
            exchange.repo,
            person_id=talk.person_id,
            kind=JobKind.SETTLE,
            name=name,
            asking=card["asking"],
            again=card["again"],
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

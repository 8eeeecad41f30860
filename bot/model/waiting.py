"""What a conversation does about a question to the model: puts it, goes on with the answer, or lets it go.

Nobody is kept waiting: what may not be asked is given up in the same turn, what is not answered in eight
seconds too, and at once when the manager does anything else.
"""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeGuard

from bot import standing
from coaching.consulting import QUERY
from coaching.journal import Answer, Entry, Passed
from coaching.needs import Lookup, Need
from storage import queue, values
from storage.conversations import Conversation
from storage.jobs import Job, JobKind
from storage.people import Status

if TYPE_CHECKING:
    from bot.exchange import Exchange

LONGEST = timedelta(seconds=8)
SILENT = (Status.PAUSED, Status.STOPPED, Status.DORMANT, Status.HELD, Status.FORGOTTEN)


def is_awaited(need: Need | None) -> TypeGuard[Lookup]:
    """Whether a conversation waits for a model."""
    return isinstance(need, Lookup) and need.query == QUERY


def opened_with(exchange: Exchange, opening: Any) -> Any:
    """The opening of a conversation in which a model may be asked, where one may."""
    gate = exchange.model
    if gate is None or not gate.may_be_used(exchange.repo, exchange.person, exchange.now):
        return opening
    return dataclasses.replace(opening, manager=dataclasses.replace(opening.manager, has_model=True))


def ask(exchange: Exchange, talk: Conversation, need: Lookup, serial: int, nudge: str | None) -> None:
    """Queue the question, and its end; or go on at once without."""
    gate, repo = exchange.model, exchange.repo
    nobody_waits = exchange.channel is None and nudge is None
    if nobody_waits or gate is None or not gate.may_be_asked(repo, exchange.person, need, exchange.now):
        return exchange.reach(talk, need, Passed.GAVE_UP, nudge)
    repo.show(talk.id, need.name, need.asking)  # so that what is written meanwhile is written to this talk
    channels = repo.channels(exchange.person.id)
    how: dict[str, Any] = {
        "person_id": exchange.person.id, "conversation_id": talk.id, "name": need.name,
        "body": values.dump({"query": QUERY}), "nudge": nudge,
        "channel": exchange.channel or (channels[0] if channels else None),
    }  # fmt: skip
    queue.cancel(repo, talk.id, [JobKind.FETCH], at=exchange.now, name=need.name)
    # Counted by the turn: what was asked for before an answer was taken back is not this question.
    queue.add(repo, kind=JobKind.FETCH, asking=need.asking, again=serial, due_at=exchange.now, **how)
    queue.add(repo, kind=JobKind.WAKE, asking=serial, due_at=exchange.now + LONGEST, **how)
    return None


def hand_in(exchange: Exchange, talk: Conversation, need: Lookup, answer: Answer, nudge: str | None) -> None:
    """Write down what came of it, and go on; but not over what has cut in, and not to whoever is away. There
    the conversation goes on when it is shown again.
    """
    entry = Entry(need.name, need.asking, answer, exchange.now)
    exchange.repo.append(talk.id, entry, exchange.person.zone)
    if exchange.person.status not in SILENT and not standing.is_cut_off(exchange.floor(), talk):
        exchange.advance(talk, nudge=nudge)


def time_is_over(exchange: Exchange, talk: Conversation, need: Lookup, job: Job) -> None:
    """Nobody has answered: go on without, as a reply to whoever waits."""
    exchange.channel = job.channel
    hand_in(exchange, talk, need, Passed.GAVE_UP, job.nudge)


def let_go(exchange: Exchange, talk: Conversation) -> bool:
    """The manager goes on by themselves, so no answer is waited for any more; whether one was.

    Nor is one that came while they were away, in a talk that has nothing more to ask: it ends.
    """
    need = exchange.stand(talk)[0].needs
    if need is None:
        exchange.advance(talk)
        return True
    if not is_awaited(need):
        return False
    exchange.reach(talk, need, Passed.GAVE_UP, None)
    return True


def is_put(exchange: Exchange, talk: Conversation) -> bool:
    """Whether a model is being asked in this talk; not so where the question has only come up unseen."""
    need = exchange.stand(talk)[0].needs
    return is_awaited(need) and talk.shown_name == need.name

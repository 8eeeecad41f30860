"""Makes the tables say what a conversation says: while something that felt wrong is looked at, the work it
happened in is held, and only that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.contract import is_looked_at
from coaching import facts
from coaching.assignment import State
from coaching.checkin import ended
from coaching.facts import Fact
from coaching.journey import Kind
from storage.conversations import Conversation

if TYPE_CHECKING:
    from bot.exchange import Exchange


def as_it_rests(exchange: Exchange, talk: Conversation, known: Mapping[str, Fact]) -> Mapping[str, Fact]:
    """What a conversation says, with its work held while something is looked at."""
    slice_ = known.get("assignment")
    if talk.kind != Kind.WEEK or not isinstance(slice_, facts.Assignment):
        return known
    if slice_.state != State.ACTIVE or not is_looked_at(exchange.repo, exchange.person):
        return known
    return {**known, "assignment": ended(slice_, State.HELD)}


def settle_weeks(exchange: Exchange) -> None:
    """Hold the week's work, or let it go on, as an incident opens and closes."""
    for talk in exchange.open_talks():
        if talk.kind == Kind.WEEK:
            make_true(exchange, talk)


def make_true(exchange: Exchange, talk: Conversation) -> None:
    """Make the tables equal to what now holds in a conversation, and say nothing."""
    known = exchange.stand(talk)[0].facts
    exchange.repo.project(talk.id, as_it_rests(exchange, talk, known), exchange.now)

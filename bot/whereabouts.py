"""A manager says where they are: the zone is said back, and a Yes makes it count whatever their profile says.

What could as well be an answer to the open question is one, unless it names a place that is known.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot import openings
from bot.exchange import Exchange
from coaching import facts
from coaching.journey import Kind
from coaching.needs import Kind as Form_of
from coaching.needs import Question
from coaching.places import Whereabouts, wants_the_profile, whereabouts
from coaching.slots import Slot
from coaching.zone import ZoneOpening
from storage.conversations import Conversation


def is_told(text: str) -> bool:
    """Whether the whole of ``text`` is about the writer's own time zone, wherever it was typed."""
    said = whereabouts(text)
    return wants_the_profile(text) or (said is not None and (said.plainly or bool(said.zones)))


def take_up(exchange: Exchange, text: str, floor: Conversation | None, question: Question | None) -> bool:
    """Whether ``text`` was about where they are, and was taken up as that."""
    if wants_the_profile(text):
        _follow_the_profile(exchange)
        return True
    takes_words = question is not None and question.kind is not Form_of.CHOOSE
    if floor is not None and floor.kind == Kind.ZONE and takes_words:
        return False  # "where are you?" is open, and this is the answer
    said = whereabouts(text)
    if said is None or not _is_meant(exchange, said, takes_words):
        return False
    _leave(exchange)
    person = exchange.person
    if said.zones == (person.zone,) and (person.profile_zone is not None or not said.plainly):
        exchange.say("zone_already", **_there(exchange))
        exchange.repeat(exchange.floor())
        return True
    manager = openings.manager_of(exchange.repo, person)
    exchange.cut_in(Kind.ZONE, ZoneOpening(manager, said.zones))
    return True


def _is_meant(exchange: Exchange, said: Whereabouts, takes_words: bool) -> bool:
    """An unknown place is asked about where nothing else was meant; its name is kept only after the OK."""
    if said.zones:
        return True
    agreed = bool(exchange.repo.facts(exchange.person.id, facts.Consent))
    return agreed and (said.plainly or (said.is_named and not takes_words))


def _follow_the_profile(exchange: Exchange) -> None:
    _leave(exchange)
    had_their_own = exchange.person.profile_zone is not None
    exchange.person = exchange.repo.follow_profile(exchange.person.id)
    exchange.say("zone_follows" if had_their_own else "zone_follows_already", **_there(exchange))
    exchange.repeat(exchange.floor())


def _leave(exchange: Exchange) -> None:
    """What was asked about another place before is not asked any more."""
    for talk in exchange.open_talks():
        if talk.kind == Kind.ZONE:
            exchange.close(talk, "left")


def _there(exchange: Exchange) -> dict[str, Slot]:
    """The person's zone, and the day and time it is there."""
    zone = exchange.person.zone
    there = exchange.now.astimezone(ZoneInfo(zone))
    return {"zone": zone, "day": there.date(), "time": f"{there:%H:%M}"}

"""A question that is not the manager's to solve, on its way to whoever owns it, without the manager's name.

Where so few share a market that the question could point at one of them, they are asked first.
"""

from __future__ import annotations

from enum import StrEnum

from coaching import facts
from coaching.dialogue import Coach
from coaching.needs import Holds
from coaching.opening import MarketPeople, WithManager
from coaching.slots import Term

PRIVACY_IN_NUMBERS = 5  # with fewer managers in a market a gap would point at one of them
PERMISSION = "permission"  # the one gap that is no rail


class GapRoute(StrEnum):
    """How a gap is passed on where few managers share the market."""

    WITHOUT_NAME = "without_my_name"
    ONLY_COACH = "only_my_coach"
    DONT = "dont"


class ForMe(StrEnum):
    """Whether somebody is to be asked for permission."""

    ASK = "ask_for_me"
    LEAVE = "leave_it"


async def raise_gap(coach: Coach[WithManager], market: str, rail: str, people: MarketPeople) -> str:
    """Put the question to the owner, to the coach or to nobody, as the manager chose; which it was.

    "noted": it stands open, for whoever owns it cannot be written to from here.
    """
    if people.managers < PRIVACY_IN_NUMBERS:
        helper = coach.opening.manager.coach
        asked = "permission_route" if rail == PERMISSION else "gap_route"
        route = await coach.choose(asked, GapRoute, market=Term("Market", market), coach=helper)
        if route is GapRoute.DONT:
            return "not_asked"
        if route is GapRoute.ONLY_COACH:
            coach.keep(f"gap_{rail}", facts.Concern("asked", "rails", rail, coach.moment))
            return "with_coach"
    coach.keep(f"gap_{rail}", facts.Gap(market, rail, coach.moment))
    reached = people.sponsor_reached if rail == PERMISSION else people.owner_reached
    return "asked" if reached else "noted"


async def offer_to_ask_for_permission(coach: Coach[WithManager], name: str) -> None:
    """They are not allowed to: that is for the sponsor to solve, if the manager wants it asked."""
    if await coach.choose(name, ForMe, coach=coach.opening.manager.coach) is ForMe.LEAVE:
        coach.say("left_as_it_is")
        return
    market = coach.opening.manager.market
    people = await coach.fetch("market_people", "market_people", Holds.TURN, market=market)
    coach.say(f"permission_{await raise_gap(coach, market, PERMISSION, people)}")

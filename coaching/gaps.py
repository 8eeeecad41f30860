"""A question that is not the manager's to solve, on its way to whoever owns it, without the manager's name.

Where so few share a market that the question could point at one of them, they are asked first.
"""

from __future__ import annotations

from enum import StrEnum

from coaching import facts
from coaching.dialogue import Coach
from coaching.opening import WithManager
from coaching.slots import Term

PRIVACY_IN_NUMBERS = 5  # with fewer managers in a market a gap would point at one of them


class GapRoute(StrEnum):
    """How a gap is passed on where few managers share the market."""

    WITHOUT_NAME = "without_my_name"
    ONLY_COACH = "only_my_coach"
    DONT = "dont"


async def raise_gap(coach: Coach[WithManager], market: str, rail: str, managers: int) -> str:
    """Put the question to the owner, to the coach or to nobody, as the manager chose; which it was."""
    if managers < PRIVACY_IN_NUMBERS:
        helper = coach.opening.manager.coach
        route = await coach.choose("gap_route", GapRoute, market=Term("Market", market), coach=helper)
        if route is GapRoute.DONT:
            return "not_asked"
        if route is GapRoute.ONLY_COACH:
            coach.keep(f"gap_{rail}", facts.Concern("asked", "rails", rail, coach.moment))
            return "with_coach"
    coach.keep(f"gap_{rail}", facts.Gap(market, rail, coach.moment))
    return "asked"

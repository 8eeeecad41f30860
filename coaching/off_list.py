"""A tool that is not on the market's list: why it was used says something about the list, not the person.

No name goes anywhere. Where real material went into it already, the way to whom to call is beside it.
"""

from __future__ import annotations

from enum import StrEnum

from coaching import facts, hearing
from coaching.dialogue import Coach
from coaching.gaps import PRIVACY_IN_NUMBERS, GapRoute
from coaching.guardrail_pack import Guardrails
from coaching.needs import Holds
from coaching.opening import WithManager
from coaching.reflexes import Reflex
from coaching.slots import Term


class NotListed(StrEnum):
    """Why a tool outside the list was used: a signal about the list, never about the person."""

    TOO_SLOW = "too_slow"
    TOO_VAGUE = "too_vague"
    MISSING = "missing"
    SWITCH = "switch"


async def hear_why(coach: Coach[WithManager], pack: Guardrails) -> None:
    """Why the list was left; counted only, and with few managers only if they say so."""
    listed = pack.tools[0][1]
    said = await coach.ask_or("tool_off_list", NotListed, beside=(Reflex.WRONG,), tool=listed)
    while not isinstance(said, NotListed) and _worries(coach, pack, said):
        said = await coach.ask_or("tool_off_list_why", NotListed, beside=(Reflex.WRONG,), tool=listed)
    if not isinstance(said, NotListed) or said is NotListed.SWITCH:
        return
    people = await coach.fetch("market_people", "market_people", Holds.TURN, market=pack.market)
    if people.managers < PRIVACY_IN_NUMBERS:
        market, helper = Term("Market", pack.market), coach.opening.manager.coach
        route = await coach.choose("tool_reason_route", GapRoute, market=market, coach=helper)
        if route is GapRoute.DONT:
            return
        if route is GapRoute.ONLY_COACH:
            coach.keep("tool_reason", facts.Concern("asked", "tool_not_listed", said, coach.moment))
            return
    coach.keep("tool_reason", facts.Obstacle(0, "tool_not_listed", said))
    coach.say("tool_reason_counted")


def _worries(coach: Coach[WithManager], pack: Guardrails, said: str) -> bool:
    """Whether it was said in confidence, or that real material is in the tool; each is answered first."""
    contact = pack.call_first[0]
    if hearing.says(said, "secrecy"):
        coach.say("tool_in_confidence", contact=contact)
        return True
    if hearing.says(said, "used_already"):
        coach.say("tool_used_already", contact=contact)
        return True
    return False

"""When a manager pushes back, or moves on: taken at their word, never argued with.

Resistance mostly means that something is missing; a new role means that the work needs a new home.
"""

from __future__ import annotations

from enum import StrEnum

from coaching import facts
from coaching.dialogue import Coach
from coaching.gaps import offer_to_ask_for_permission
from coaching.opening import AsideOpening


class Why(StrEnum):
    """What is behind it."""

    CONFUSING = "confusing"
    VAGUE = "too_vague"
    NOT_ALLOWED = "not_allowed"
    JUST_NO = "just_no"


class NewRole(StrEnum):
    """What becomes of the work when its manager moves on."""

    CLOSE = "close_it"
    NOTE = "take_a_note"
    GO_ON = "go_on"


class NextRole(StrEnum):
    """Something new in the new role."""

    NEW_WORK = "new_work"
    NOT_NOW = "not_now"


async def hear_resistance(coach: Coach[AsideOpening]) -> Why:
    """Ask what it is, and answer just that; a plain no is a no."""
    why = await coach.choose("fair", Why)
    match why:
        case Why.CONFUSING:
            coach.say("in_one_line", coach=coach.opening.manager.coach)
        case Why.VAGUE:
            coach.say("less_vague")
        case Why.NOT_ALLOWED:
            await offer_to_ask_for_permission(coach, "not_allowed")
        case Why.JUST_NO:
            coach.keep("pushback", facts.Obstacle(0, "pushback", why))
    return why


async def hear_of_a_new_role(coach: Coach[AsideOpening]) -> tuple[NewRole, NextRole | None]:
    """The work closes, or its facts come along as a note; reflections stay the manager's own."""
    if not coach.opening.work:
        return NewRole.CLOSE, await _what_next(coach, "new_role_begin")
    what = await coach.choose("new_role", NewRole, work=coach.opening.work)
    if what is not NewRole.CLOSE:
        return what, None
    return what, await _what_next(coach, "closed_for_new_role")


async def _what_next(coach: Coach[AsideOpening], name: str) -> NextRole:
    answer = await coach.choose(name, NextRole)
    if answer is NextRole.NOT_NOW:
        coach.say("until_you_write")
    return answer

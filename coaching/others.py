"""The conversations in which others come in: a team member in trouble, or anger at the coach.

No name of a team member is kept; hostility has no consequences, and the coach neither argues nor jokes back.
"""

from __future__ import annotations

from enum import StrEnum

from coaching.consequence import Consequence
from coaching.dialogue import Coach
from coaching.opening import AsideOpening
from coaching.slots import phrase


class Leave(StrEnum):
    """How somebody who has had enough wants to be left."""

    STOP = "stop_for_good"
    PAUSE = "pause_it"
    COACH = "coach_calls"


class ForThem(StrEnum):
    """For somebody in the team: a line to begin with, or a person."""

    LINE = "opening_line"
    PERSON = "a_person"


async def hear_hostility(coach: Coach[AsideOpening]) -> Consequence:
    """B24: three ways out, no consequences. A second time the coach goes quiet by itself."""
    if coach.opening.again:
        coach.say("hostile_again", coach=coach.opening.manager.coach)
        return Consequence.PAUSE_A_WEEK
    return await _let_go(coach, "hostile")


async def hear_threat(coach: Coach[AsideOpening]) -> Consequence:
    """B24: a threat is for people to answer. It is passed on only by the button that says so."""
    return await _let_go(coach, "threat")


async def _let_go(coach: Coach[AsideOpening], name: str) -> Consequence:
    match await coach.choose(name, Leave, coach=coach.opening.manager.coach):
        case Leave.STOP:
            return Consequence.STOP
        case Leave.PAUSE:
            return Consequence.PAUSE
        case Leave.COACH:
            return Consequence.PERSON


async def hear_team_trouble(coach: Coach[AsideOpening]) -> Consequence:
    """B33: that belongs to a person; a line to begin the talk with, if wanted."""
    contact = coach.opening.for_the_team or phrase("talk_contact_unknown")
    if await coach.choose("team_trouble", ForThem, contact=contact) is ForThem.PERSON:
        return Consequence.PERSON
    coach.say("talk_line")
    coach.say("talk_line_then", contact=contact)
    return Consequence.GO_ON

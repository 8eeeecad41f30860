"""Stuck in midweek: what is somebody else's to give is worded as a message to them, and the clock stops.

Access and a missing yes are not the manager's to solve. Until they come there is a step that needs neither,
or the week does not count. Output that is no use brings a question about judgment instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from coaching import facts
from coaching.blockers import hear_what_is_in_the_way
from coaching.criteria import Slice
from coaching.dialogue import Coach
from coaching.guardrails import Confirmed, Gate, market_of
from coaching.judgment import Dimension, question_for
from coaching.needs import Holds
from coaching.opening import WeekOpening, WithManager
from coaching.slots import Slot, Term, phrase
from coaching.themes import FIRST_COUNTED


class Stuck(StrEnum):
    """By what?"""

    ACCESS = "access"
    DATA = "data"
    APPROVAL = "approval"
    UNUSABLE = "unusable"
    ELSE = "else"


class Unstuck(StrEnum):
    """How the week goes on."""

    SMALLER = "smaller"
    GO_ON = "go_on"
    NOT_THIS_WEEK = "not_this_week"


class Meanwhile(StrEnum):
    """Until the access or the yes has come."""

    WITHOUT = "step_without_it"
    CLOCK_STOPS = "clock_stops"
    NOT_THIS_WEEK = "not_this_week"


class Way(StrEnum):
    """What that means for the week."""

    ON = "on"
    SMALLER = "smaller"
    CLOCK_STOPS = "clock_stops"
    NOT_THIS_WEEK = "not_this_week"


@dataclass(frozen=True)
class Result:
    """How the week goes on, and with which slice."""

    way: Way
    slice_: Slice


async def unstick(coach: Coach[WeekOpening], slice_: Slice, gate: Gate) -> Result:
    """Hear what is in the way, word the message where it is somebody else's, and agree how to go on."""
    by_what = await hear_by_what(coach)
    coach.keep("stuck", facts.Obstacle(coach.opening.week, "stuck", by_what))
    match by_what:
        case Stuck.ACCESS:
            await _ask_for_access(coach, slice_)
            return await _meanwhile(coach, slice_)
        case Stuck.APPROVAL:
            await _ask_for_a_yes(coach, slice_, gate)
            return await _meanwhile(coach, slice_)
        case Stuck.UNUSABLE:
            await _look_closer(coach)
        case Stuck.DATA:
            coach.say("stuck_data")
        case Stuck.ELSE:
            coach.say("stuck_else")
    answer = await coach.choose("unstuck", Unstuck)
    ways = {Unstuck.SMALLER: Way.SMALLER, Unstuck.GO_ON: Way.ON, Unstuck.NOT_THIS_WEEK: Way.NOT_THIS_WEEK}
    return Result(ways[answer], slice_)


async def hear_by_what(coach: Coach[WithManager]) -> Stuck:
    """By what, in a week or when it has gone quiet."""
    return await hear_what_is_in_the_way(coach, "stuck_by", Stuck)


async def _ask_for_access(coach: Coach[WeekOpening], slice_: Slice) -> None:
    """A message to who owns the rails of the market; the manager forwards it, or does not."""
    work = coach.opening.workflow.work
    to_what = await coach.ask("access_to_what", work=work)
    market = market_of(coach.opening)
    people = await coach.fetch("market_people", "market_people", Holds.TURN, market=market)
    coach.say(
        "access_message", owner=people.owner or coach.opening.manager.coach, what=to_what, item=slice_.item
    )


async def _ask_for_a_yes(coach: Coach[WeekOpening], slice_: Slice, gate: Gate) -> None:
    """A message to the person whose yes is missing: one case, and who looks at it."""
    whose = await coach.ask("whose_yes", work=coach.opening.workflow.work)
    looks: Slot = phrase("a_person_looks")
    if isinstance(gate, Confirmed) and not gate.stays and coach.opening.theme >= FIRST_COUNTED:
        looks = phrase("somebody_looks", checkpoint=gate.checkpoint)
    coach.say("approval_message", whose=whose, item=slice_.item, looks=looks)


async def _meanwhile(coach: Coach[WeekOpening], slice_: Slice) -> Result:
    """A step that needs neither, or a week that does not count."""
    answer = await coach.choose("meanwhile", Meanwhile)
    match answer:
        case Meanwhile.CLOCK_STOPS:
            return Result(Way.CLOCK_STOPS, slice_)
        case Meanwhile.NOT_THIS_WEEK:
            return Result(Way.NOT_THIS_WEEK, slice_)
        case Meanwhile.WITHOUT:
            step = await coach.ask("step_without_it", work=coach.opening.workflow.work)
            return Result(Way.ON, replace(slice_, item=step))


async def _look_closer(coach: Coach[WeekOpening]) -> None:
    """A clear no is a result: what told you? The check-in then asks something else."""
    opening = coach.opening
    question = question_for(Dimension.GOOD_ENOUGH, opening.asked)
    told = await coach.may_ask("stuck_unusable_why", question=Term("Judgment", question))
    coach.keep(
        "reflection_midweek", facts.Reflection(opening.week, Dimension.GOOD_ENOUGH, question, told or "")
    )
    coach.correct(replace(opening, asked=(*opening.asked, question)))

"""One programme week: the slice on its first working day, at most one midweek line, the check-in on its
last.

The slice is this week's step on the same workflow; it is taken, changed or left for this week, without
reproach.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from coaching import facts
from coaching.assignment import State, agree_good, agree_item, record, spoken_plan
from coaching.checkin import check_in
from coaching.criteria import Slice
from coaching.dialogue import Coach, OutOfTimeError
from coaching.guardrails import Gate, Rehearsing, checkpoint_as_spoken, reconfirm
from coaching.judgment import forecast
from coaching.library import Part
from coaching.needs import Holds
from coaching.opening import WeekOpening
from coaching.slots import Slot, Term, phrase
from coaching.themes import Theme
from coaching.unsticking import Way, unstick


class Offer(StrEnum):
    """The first-day line, from week two on."""

    TAKE = "take_it"
    CHANGE = "change"
    NOT_THIS_WEEK = "not_this_week"


class Reminder(StrEnum):
    """Week one's first-day line: its slice was taken in the second sitting."""

    CHANGE = "change"
    NOT_THIS_WEEK = "not_this_week"


class Midweek(StrEnum):
    """One tap on the manager's own plan."""

    DONE = "done"
    STUCK = "stuck"
    NOT_THIS_WEEK = "not_this_week"


class When(StrEnum):
    """Done already: the check-in now, or on its day."""

    NOW = "check_in_now"
    THEN = "on_the_day"


@dataclass(frozen=True)
class Ended:
    """How a week ended: whether its theme is used up, and what was decided about the workflow."""

    used_up: bool
    decided: str = ""


@dataclass
class _Week:
    """What this week works on, as it is agreed and changed."""

    slice_: Slice
    gate: Gate
    state: State
    expected: int | None
    taken_at: datetime
    early: bool = False


async def live_a_week(coach: Coach[WeekOpening]) -> Ended:
    """The week from its first line to its summary. Whatever is not answered by the check-in is let go."""
    opening, workflow = coach.opening, coach.opening.workflow
    slice_ = Slice(
        Part(workflow.ai_part), workflow.item, workflow.good, workflow.stop_if, opening.days.days[-1]
    )
    week = _Week(slice_, Rehearsing(opening.manager.market), State.OFFERED, opening.likelihood, coach.moment)
    with suppress(OutOfTimeError), coach.by(opening.days.checkin_at):
        await _first_day(coach, week)
        taken = week.state in (State.ACTIVE, State.REHEARSING)
        if taken and opening.midweek_wanted and opening.theme != Theme.DECIDE:
            await _midweek(coach, week)
    assignment = _keep(coach, week)
    if week.state is State.BLOCKED:
        coach.say("clock_stands_still", at=opening.days.closes_at)
        return Ended(used_up=False)
    if week.state is State.NOT_THIS_WEEK:
        coach.say("not_this_week_kept")
        return Ended(used_up=False)
    if not week.early:
        await coach.until("check_in_time", opening.days.checkin_at, nudge="check_in")
    return Ended(used_up=True, decided=await check_in(coach, assignment, week.expected))


async def _first_day(coach: Coach[WeekOpening], week: _Week) -> None:
    """This week's slice, on rails that last the week."""
    opening, workflow = coach.opening, coach.opening.workflow
    week.gate = await reconfirm(coach, workflow.rails, opening.days.checkin_at, workflow.work)
    if isinstance(week.gate, Rehearsing) and opening.theme > Theme.SIDE_BY_SIDE:
        if not opening.waited_before:
            coach.say("no_live_without_rails", market=Term("Market", week.gate.market))
        await coach.fetch("rails_come", "guardrails_published", Holds.CONVERSATION, market=week.gate.market)
    if opening.theme == Theme.REHEARSE:
        await _remind(coach, week)
    else:
        await _offer(coach, week)


async def _remind(coach: Coach[WeekOpening], week: _Week) -> None:
    """Week one: the slice stands; a line says so and takes a change until midweek."""
    opening = coach.opening
    week.state, week.taken_at = State.ACTIVE, coach.moment
    _keep(coach, week)
    until = opening.days.midweek_at if opening.midweek_wanted else opening.days.checkin_at
    with suppress(OutOfTimeError), coach.by(until):
        if opening.reword:
            await _reword(coach, week)
        answer = await coach.choose("slice_reminder", Reminder, slice=_shown(opening, week))
        if answer is Reminder.NOT_THIS_WEEK:
            week.state = State.NOT_THIS_WEEK
        else:
            await _reword(coach, week)
            coach.say("slice_reworded")


async def _offer(coach: Coach[WeekOpening], week: _Week) -> None:
    """From week two: take it, change it, or not this week. Only a yes makes it active."""
    await _take(coach, week)
    if week.state is State.NOT_THIS_WEEK:
        return
    week.expected = await forecast(coach, week.slice_.good, coach.opening.week)
    coach.say("slice_taken", at=coach.opening.days.checkin_at)


async def _take(coach: Coach[WeekOpening], week: _Week) -> None:
    """The slice as it stands, until it is taken or left for this week."""
    opening = coach.opening
    if opening.reword:
        await _reword(coach, week)
    while True:
        offer = await coach.choose(
            "slice_offer",
            Offer,
            confirms=True,
            checkpoint=_checkpoint(week.gate, opening),
            slice=_shown(opening, week),
        )
        if offer is not Offer.CHANGE:
            break
        await _reword(coach, week)
    if offer is Offer.NOT_THIS_WEEK:
        week.state = State.NOT_THIS_WEEK
        return
    if coach.moment > opening.days.checkin_at:
        raise OutOfTimeError  # taken after its week, before anybody had noticed: nothing starts on old rails
    week.state, week.taken_at = State.ACTIVE, coach.moment
    _keep(coach, week)


async def _midweek(coach: Coach[WeekOpening], week: _Week) -> None:
    """Their own plan, once, in the middle of the week: done, stuck, or not this week."""
    opening = coach.opening
    await coach.until("midweek_time", opening.days.midweek_at, nudge="midweek", early=False)
    plan = spoken_plan(opening.plan_when)
    answer = await coach.choose("midweek", Midweek, when=plan, part=Term("Part", week.slice_.part))
    match answer:
        case Midweek.DONE:
            when = await coach.choose("done_already", When, at=opening.days.checkin_at)
            week.early = when is When.NOW
        case Midweek.STUCK:
            await _unstick(coach, week)
        case Midweek.NOT_THIS_WEEK:
            week.state = State.NOT_THIS_WEEK


async def _unstick(coach: Coach[WeekOpening], week: _Week) -> None:
    """What is in the way is passed to whom it belongs, and the week goes on as the manager says."""
    taken = week.slice_
    try:
        unstuck = await unstick(coach, taken, week.gate)
        week.slice_ = unstuck.slice_
        match unstuck.way:
            case Way.CLOCK_STOPS:
                week.state = State.BLOCKED
                return
            case Way.NOT_THIS_WEEK:
                week.state = State.NOT_THIS_WEEK
                return
            case Way.SMALLER:
                await _reword(coach, week)
        if week.slice_ != taken and coach.opening.theme > Theme.REHEARSE:
            await _take(coach, week)  # another slice needs its own yes
    except OutOfTimeError:
        week.slice_ = taken
        raise
    if week.state is not State.NOT_THIS_WEEK:
        coach.say("slice_taken", at=coach.opening.days.checkin_at)


async def _reword(coach: Coach[WeekOpening], week: _Week) -> None:
    item = await agree_item(coach, coach.opening.theme, week.gate)
    good = await agree_good(coach, item)
    week.slice_ = replace(week.slice_, item=item, good=good)


def _keep(coach: Coach[WeekOpening], week: _Week) -> facts.Assignment:
    opening = coach.opening
    assignment = record(
        week.slice_,
        week.gate,
        week.state,
        workflow=opening.workflow.number,
        week=opening.week,
        theme=opening.theme,
        at=week.taken_at,
    )
    coach.keep("assignment", assignment)
    return assignment


def _shown(opening: WeekOpening, week: _Week) -> Slot:
    """The slice in one line, worded for its theme."""
    rehearsing = isinstance(week.gate, Rehearsing)
    return phrase(
        "slice_invented" if rehearsing else f"slice_t{opening.theme}",
        work=opening.workflow.work,
        item=week.slice_.item,
        due=week.slice_.due,
    )


def _checkpoint(gate: Gate, opening: WeekOpening) -> Slot:
    """Who looks first; side by side, the AI's version goes nowhere."""
    if opening.theme == Theme.SIDE_BY_SIDE or isinstance(gate, Rehearsing):
        return Term("Checkpoint", "stays_on_desk")
    return checkpoint_as_spoken(gate.checkpoint)

"""A week for somebody who has gone silent: one line, with a way back behind each of its buttons.

The first asks what fits, the second which of the four elements is missing, the third takes leave; after it
nothing comes until the manager writes. Nobody is reproached, and nothing is to be made up for.
"""

from __future__ import annotations

from enum import StrEnum

from coaching import facts, rhythm
from coaching.dialogue import Coach
from coaching.guardrails import agree_permission
from coaching.opening import QuietOpening
from coaching.themes import Midpoint, Missing
from coaching.unsticking import Stuck, Unstuck, hear_by_what

SIGN = "quiet"  # one of the four signs the coach is given without words
LAST_LINE = 3
REST = 0  # as the last line, for a programme whose decision was never taken: no sign, nobody is silent


class Leads(StrEnum):
    """Where an answer leads; the values are those of what follows a conversation."""

    THIS_WEEK = "this_week"  # its step is offered at once
    REWORDED_WEEK = "reworded_week"  # the same, after it was put in other words
    COMING_WEEK = "coming_week"  # too late for this one
    NEXT_WEEK = "next_week"  # nothing more in this one
    OTHER_WORK = "next_friction"
    PAUSE = "pause"
    ERASE = "erase"
    REST = "rest"  # nothing until they write


class Fits(StrEnum):
    """After one quiet week."""

    STILL = "still_on_it"
    BUSY = "too_busy"
    STUCK = "stuck"
    CHANGE = "change_it"


class Why(StrEnum):
    """After two."""

    NOT_CLEAR = "not_clear"
    NOT_ALLOWED = "not_allowed"
    OTHER_PROBLEM = "other_problem"
    NO_TIME = "no_time"
    PAUSE = "pause"


class Less(StrEnum):
    """No time: a smaller step, or none."""

    SMALLER = "smaller"
    NOT_THIS_WEEK = "not_this_week"


class Instead(StrEnum):
    """The wrong problem: another step of the same work, or other work."""

    STEP = "other_step"
    WORK = "other_work"


class Leave(StrEnum):
    """The last line."""

    START = "start"
    DELETE = "delete"


class Sure(StrEnum):
    """Asked once before everything goes."""

    DELETE = "delete"
    KEEP = "keep"


async def quiet_week(coach: Coach[QuietOpening]) -> Leads:
    """The week's only line, and what its answer leads to."""
    match coach.opening.line:
        case 1:
            return await _what_fits(coach)
        case 2:
            return await _what_is_missing(coach)
        case _:
            return await _take_leave(coach)


async def _what_fits(coach: Coach[QuietOpening]) -> Leads:
    fits = await coach.choose("quiet_week", Fits)
    _note(coach, "quiet", fits)
    match fits:
        case Fits.STILL:
            return _the_week(coach)
        case Fits.CHANGE:
            return _the_week(coach, reword=True)
        case Fits.BUSY:
            return await _less(coach)
        case Fits.STUCK:
            by_what = await hear_by_what(coach)
            _note(coach, "stuck", by_what)
            if by_what is Stuck.DATA:
                coach.say("stuck_data")
            elif by_what in (Stuck.APPROVAL, Stuck.ACCESS):
                coach.say("stuck_approval")
            way = await coach.choose("unstuck", Unstuck)
            if way is Unstuck.NOT_THIS_WEEK:
                return _not_this_week(coach)
            return _the_week(coach, reword=way is Unstuck.SMALLER)


async def _what_is_missing(coach: Coach[QuietOpening]) -> Leads:
    """Each answer names an element, and goes where that element is mended."""
    why = await coach.choose("two_quiet_weeks", Why)
    match why:
        case Why.NOT_CLEAR:
            _note(coach, "missing_element", Missing.CONTEXT)
            coach.say("quiet_not_clear")
            return _the_week(coach, reword=True)
        case Why.NOT_ALLOWED:
            _note(coach, "missing_element", Missing.PERMISSION)
            await agree_permission(coach)
            return _the_week(coach)
        case Why.OTHER_PROBLEM:
            _note(coach, "missing_element", Missing.PROBLEM)
            if await coach.choose("quiet_other_problem", Instead) is Instead.STEP:
                return _the_week(coach, reword=True)
            coach.keep("decision", facts.Decision(coach.opening.week, Midpoint.STOP, "", "", ""))
            coach.say("quiet_other_work")
            return Leads.OTHER_WORK
        case Why.NO_TIME:
            _note(coach, "quiet", why)
            return await _less(coach)
        case Why.PAUSE:
            _note(coach, "quiet", why)
            coach.say("paused", until=rhythm.pause_ends(coach.opening.manager.calendar, coach.moment))
            return Leads.PAUSE


async def _take_leave(coach: Coach[QuietOpening]) -> Leads:
    """Say that nothing more comes, and until when everything is kept."""
    opening = coach.opening
    if opening.line == LAST_LINE:
        coach.keep("sign", facts.Concern(SIGN, "three_weeks", "", coach.moment))
    name = "programme_rests" if opening.line == REST else "three_quiet_weeks"
    if await coach.choose(name, Leave, until=opening.kept_until) is Leave.START:
        coach.say("quiet_welcome_back")
        return _the_week(coach)
    if await coach.choose("quiet_delete", Sure, confirms=True) is Sure.DELETE:
        coach.say("quiet_deleted")
        return Leads.ERASE
    coach.say("quiet_kept")
    return Leads.REST


async def _less(coach: Coach[QuietOpening]) -> Leads:
    if await coach.choose("quiet_less", Less) is Less.NOT_THIS_WEEK:
        return _not_this_week(coach)
    return _the_week(coach, reword=True)


def _not_this_week(coach: Coach[QuietOpening]) -> Leads:
    coach.say("not_this_week_kept")
    return Leads.NEXT_WEEK


def _the_week(coach: Coach[QuietOpening], *, reword: bool = False) -> Leads:
    """The week's step at once, while there is time for one; else on the first day of the next week."""
    calendar = coach.opening.manager.calendar
    if rhythm.week_with_time_left(calendar, coach.moment) is not None:
        return Leads.REWORDED_WEEK if reword else Leads.THIS_WEEK
    coach.say("quiet_next_week", at=rhythm.next_programme_week(calendar, coach.moment).slice_at)
    return Leads.COMING_WEEK


def _note(coach: Coach[QuietOpening], kind: str, which: str) -> None:
    coach.keep(kind, facts.Obstacle(coach.opening.week, kind, which))

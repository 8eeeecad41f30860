"""The journey at a glance: five moves, eight weeks, and what follows what.

start   welcome → 1 friction → (the next day) 4 measure → 3 guardrails → 2 assignment → 5 forecast
week n  its theme: rehearse · side by side · live · midpoint · redesign · pass on · sceptic · decide
hold n  four weeks after the decision; then the next friction
quiet n stands in a week's place for somebody who has gone silent
wrong n, person n   cut in at any moment
programme n         a question about the programme itself, which only a model may have understood
goodenough n        answers about one message or draft, kept only if the manager says so
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from coaching import rhythm
from coaching.absence import AwayOpening, be_away
from coaching.aside import ask_for_a_person, something_feels_wrong
from coaching.assignment import State, agree_first_slice, agree_plan, record
from coaching.consequence import Consequence
from coaching.dialogue import Coach, Script
from coaching.earlier_numbers import PutRight
from coaching.friction import agree_next_sitting, discover_friction
from coaching.good_enough import CheckOpening, ask_what_to_keep
from coaching.guardrails import Confirmed, agree_permission, confirm_guardrails
from coaching.hold import check_that_it_holds
from coaching.judgment import forecast
from coaching.measure import agree_measure
from coaching.opening import AsideOpening, QuietOpening, StartOpening, WeekOpening
from coaching.others import hear_hostility, hear_team_trouble, hear_threat
from coaching.programme import answer_a_question
from coaching.proposed_drafts import Told
from coaching.pushback import NewRole, NextRole, Why, hear_of_a_new_role, hear_resistance
from coaching.quiet import Leads, quiet_week
from coaching.reading.days import Absence
from coaching.safety import answer_danger, ask_figure_of_speech, hear_distress, hear_harassment, hear_overload
from coaching.second_thoughts import (
    ChangeOpening,
    ForgetOpening,
    Given,
    LanguageOpening,
    Note,
    change_an_answer,
    choose_language,
    forget_me,
    offer_a_note,
)
from coaching.sending import ResendOpening, send_again
from coaching.series import values
from coaching.setbacks import MadeWorse
from coaching.slots import Amount, Term
from coaching.themes import Final, Midpoint, Theme
from coaching.week import live_a_week
from coaching.welcome import Welcomed, welcome
from coaching.zone import ZoneOpening, agree_zone

A_WEEK = timedelta(weeks=1)
TO_ANSWER = 5  # working days for a person to come back to somebody who asked for one


class Kind(StrEnum):
    """The kinds of conversation."""

    START = "start"
    WEEK = "week"
    HOLD = "hold"
    QUIET = "quiet"
    DANGER = "danger"
    HARASSMENT = "harassment"
    DISTRESS = "distress"
    FIGURE = "figure"
    WRONG = "wrong"
    TEAM = "team"
    OVERLOAD = "overload"
    HOSTILE = "hostile"
    THREAT = "threat"
    PERSON = "person"
    AWAY = "away"
    CHANGE = "change"
    SUMMARY = "summary"
    FORGET = "forget"
    NOTE = "note"
    PUSHBACK = "pushback"
    NEW_ROLE = "new_role"
    LANGUAGE = "language"
    ZONE = "zone"
    GOOD_ENOUGH = "goodenough"
    PROGRAMME = "programme"


class Room(StrEnum):
    """Room for thirty minutes this week?"""

    YES = "yes"
    TIGHT = "tight"
    NO = "no"


class After(StrEnum):
    """What follows a conversation."""

    ERASE = "erase"
    FORGET = "forget"
    FIRST_WEEK = "first_week"
    FIRST_WEEK_LATER = "first_week_later"
    NEXT_WEEK = "next_week"
    HOLD_CHECK = "hold_check"
    NEXT_FRICTION = "next_friction"
    PAUSE = "pause"
    PAUSE_TWO_WEEKS = "pause_two_weeks"
    PERSON = "person"
    STOP = "stop"
    HOLD = "hold"
    EVIDENCE_NOTE = "evidence_note"
    CLOSE_WORK = "close_work"
    AWAY = "away"
    THIS_WEEK = "this_week"
    REWORDED_WEEK = "reworded_week"
    COMING_WEEK = "coming_week"
    REST = "rest"
    DROP_WORDS = "drop_words"


class NextFriction(StrEnum):
    """After a decision: the next piece of work?"""

    YES = "yes"
    NOT_NOW = "not_now"


@dataclass(frozen=True)
class Outcome:
    """How a conversation ended: what follows, and whether a week's theme is used up.

    ``until`` ends a pause, ``taken_back`` is the answer to be asked again, ``put_right`` the number of a
    closed week as it is from now on, ``language`` what to go on in, ``zone`` where they are, ``absence`` the
    days on which nothing is sent.
    """

    after: tuple[After, ...] = ()
    used_up: bool = True
    until: datetime | None = None
    taken_back: Given | None = None
    put_right: PutRight | None = None
    language: str = ""
    zone: str = ""
    absence: Absence | None = None


async def start(coach: Coach[StartOpening]) -> Outcome:
    """Week 0 in two sittings."""
    if not coach.opening.again:
        welcomed = await welcome(coach)
        if welcomed is not Welcomed.IN:
            return Outcome((After.ERASE,) if welcomed is Welcomed.ERASED else ())
    opening = coach.opening
    manager = opening.manager
    found = await discover_friction(coach)
    if found is None:
        return Outcome()
    await agree_next_sitting(coach)

    baseline = await agree_measure(coach, found)
    gate = await confirm_guardrails(coach, found.market, opening.workflow, found.work, told=found.pain)
    await agree_permission(coach)
    room = await coach.choose("room", Room)
    first = rhythm.next_programme_week(manager.calendar, coach.moment)
    if room is Room.NO:
        first = rhythm.next_programme_week(manager.calendar, first.slice_at)
    slice_ = await agree_first_slice(
        coach,
        Told(found.work, found.pain, found.cost, found.shape),
        gate=gate,
        due=first.days[-1],
        measure=Term("Measure", baseline.measure),
        before=values(baseline.before, baseline.unit) or None,
        aim=None if baseline.target is None else Amount(baseline.target, baseline.unit),
    )
    state = State.AGREED if isinstance(gate, Confirmed) else State.REHEARSING
    taken = record(slice_, gate, state, workflow=opening.workflow, week=0, theme=1, at=coach.moment)
    coach.keep("assignment", taken)
    await forecast(coach, slice_.good, 1)
    await agree_plan(coach, slice_.part, (rhythm.at_local(manager.calendar, first.days[1], rhythm.MORNING),))
    coach.say("start_done", at=first.slice_at)
    return Outcome((After.FIRST_WEEK_LATER if room is Room.NO else After.FIRST_WEEK,))


async def week(coach: Coach[WeekOpening]) -> Outcome:
    """One programme week, and what its decision leads to."""
    ended = await live_a_week(coach)
    stopped = ended.decided in (Midpoint.STOP, Final.STOP, MadeWorse.STOP)
    if not ended.used_up or not (stopped or coach.opening.theme == Theme.DECIDE):
        return Outcome((After.NEXT_WEEK,), ended.used_up)
    coach.say("stopped_on_purpose" if stopped else "programme_done", work=coach.opening.workflow.work)
    hold = () if stopped else (After.HOLD_CHECK,)
    if await coach.choose("next_friction", NextFriction) is NextFriction.YES:
        return Outcome((*hold, After.NEXT_FRICTION))
    coach.say("until_you_write")
    return Outcome(hold)


_FOLLOWS: dict[Consequence, tuple[After, ...]] = {
    Consequence.GO_ON: (),
    Consequence.SMALLER: (After.HOLD,),
    Consequence.PAUSE: (After.PAUSE_TWO_WEEKS,),
    Consequence.PAUSE_A_WEEK: (After.PAUSE,),
    Consequence.PAUSE_TWO_WEEKS: (After.PAUSE_TWO_WEEKS,),
    Consequence.STOP: (After.STOP,),
    Consequence.PERSON: (After.PERSON,),
    Consequence.HOLD_UNTIL_ASKED: (After.HOLD,),
    Consequence.HOLD_UNTIL_REACHED: (After.HOLD,),
}


def following(script: Callable[[Coach[AsideOpening]], Awaitable[Consequence]]) -> Script:
    """A conversation about safety, or about others, and what follows from it."""

    async def followed(coach: Coach[AsideOpening]) -> Outcome:
        consequence = await script(coach)
        in_a_week = rhythm.next_in_window(coach.opening.manager.calendar, coach.moment + A_WEEK)
        return Outcome(_FOLLOWS[consequence], until=in_a_week)

    return followed


async def person(coach: Coach[AsideOpening]) -> Outcome:
    """A person is wanted; once told, nothing is asked until they have had time to answer."""
    if not await ask_for_a_person(coach) or not coach.opening.agreed:
        return Outcome()
    calendar = coach.opening.manager.calendar
    days = rhythm.working_days_from(calendar, rhythm.local_day(calendar, coach.moment), TO_ANSWER)
    return Outcome((After.PAUSE,), until=rhythm.at_local(calendar, days[-1], rhythm.MORNING))


async def change(coach: Coach[ChangeOpening]) -> Outcome:
    """An answer is taken back and asked again, or a number of a closed week is put right."""
    chosen = await change_an_answer(coach)
    if isinstance(chosen, PutRight):
        return Outcome(put_right=chosen)
    return Outcome(taken_back=chosen)


async def corrected_summary(coach: Coach[ResendOpening]) -> Outcome:
    """A number in a sent summary was put right: the corrected one goes out only by a new Send."""
    await send_again(coach)
    return Outcome()


async def forget(coach: Coach[ForgetOpening]) -> Outcome:
    """Everything goes, once that was confirmed."""
    return Outcome((After.FORGET,)) if await forget_me(coach) else Outcome()


async def note(coach: Coach[AsideOpening]) -> Outcome:
    """A page of facts instead of a certificate."""
    follows = {Note.NOTE: (After.EVIDENCE_NOTE,), Note.STOP: (After.STOP,)}
    return Outcome(follows.get(await offer_a_note(coach), ()))


async def pushback(coach: Coach[AsideOpening]) -> Outcome:
    """Somebody sees no point in it: a plain no stops it."""
    return Outcome((After.STOP,)) if await hear_resistance(coach) is Why.JUST_NO else Outcome()


async def new_role(coach: Coach[AsideOpening]) -> Outcome:
    """The manager moves on: the work is closed, or goes on."""
    what, then = await hear_of_a_new_role(coach)
    after = {NewRole.NOTE: (After.EVIDENCE_NOTE,), NewRole.CLOSE: (After.CLOSE_WORK,)}.get(what, ())
    return Outcome((*after, After.NEXT_FRICTION) if then is NextRole.NEW_WORK else after)


async def away(coach: Coach[AwayOpening]) -> Outcome:
    """Away from one day to another; nothing is sent in between."""
    return Outcome((After.AWAY,), absence=await be_away(coach))


async def language(coach: Coach[LanguageOpening]) -> Outcome:
    """Which language to go on in."""
    return Outcome(language=await choose_language(coach))


async def zone(coach: Coach[ZoneOpening]) -> Outcome:
    """Which time zone to go by, whatever the profile says."""
    return Outcome(zone=await agree_zone(coach) or "")


async def good_enough(coach: Coach[CheckOpening]) -> Outcome:
    """Answers about some message or draft: kept if the manager says so, else they go."""
    return Outcome() if await ask_what_to_keep(coach) else Outcome((After.DROP_WORDS,))


async def quiet(coach: Coach[QuietOpening]) -> Outcome:
    """A week of one line, and what its answer leads to."""
    leads = await quiet_week(coach)
    # The next week stays as it was scheduled when this one opened, unless something else comes in its place.
    stays = (After.NEXT_WEEK,) if leads is Leads.PAUSE else ()
    return Outcome((After(leads), *stays))


SCRIPTS: dict[Kind, Script] = {
    Kind.START: start,
    Kind.WEEK: week,
    Kind.HOLD: check_that_it_holds,
    Kind.QUIET: quiet,
    Kind.WRONG: something_feels_wrong,
    Kind.DANGER: following(answer_danger),
    Kind.HARASSMENT: following(hear_harassment),
    Kind.DISTRESS: following(hear_distress),
    Kind.FIGURE: following(ask_figure_of_speech),
    Kind.TEAM: following(hear_team_trouble),
    Kind.OVERLOAD: following(hear_overload),
    Kind.HOSTILE: following(hear_hostility),
    Kind.THREAT: following(hear_threat),
    Kind.PERSON: person,
    Kind.CHANGE: change,
    Kind.SUMMARY: corrected_summary,
    Kind.FORGET: forget,
    Kind.NOTE: note,
    Kind.PUSHBACK: pushback,
    Kind.NEW_ROLE: new_role,
    Kind.LANGUAGE: language,
    Kind.ZONE: zone,
    Kind.AWAY: away,
    Kind.GOOD_ENOUGH: good_enough,
    Kind.PROGRAMME: answer_a_question,
}

# What cuts in, and who goes first: human safety, an incident, a wish for a person, being away or leaving, a
# correction; then the programme itself.
ASIDES = (
    Kind.DANGER, Kind.HARASSMENT, Kind.DISTRESS, Kind.FIGURE, Kind.WRONG, Kind.THREAT, Kind.OVERLOAD,
    Kind.TEAM, Kind.HOSTILE, Kind.PERSON, Kind.FORGET, Kind.AWAY, Kind.NEW_ROLE, Kind.PUSHBACK, Kind.NOTE,
    Kind.CHANGE, Kind.SUMMARY, Kind.LANGUAGE, Kind.ZONE, Kind.GOOD_ENOUGH, Kind.PROGRAMME,
)  # fmt: skip
# Their lines go first and wait for nothing.
URGENT = (Kind.DANGER, Kind.HARASSMENT, Kind.DISTRESS, Kind.FIGURE, Kind.WRONG)
FLOOR = (*ASIDES, Kind.HOLD, Kind.WEEK, Kind.QUIET, Kind.START)

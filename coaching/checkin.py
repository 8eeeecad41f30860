"""The check-in at the end of a week: what changed, the number, minding the AI, good enough or not, one
question.

Short messages, most of them skippable, in three to five minutes; nothing reaches the coach before the last
one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

from coaching import facts, ledger, series, summary
from coaching.assignment import State
from coaching.dialogue import Coach
from coaching.follow_up import ask_further
from coaching.judgment import Judged, dimension_for, question_for, reflect
from coaching.measure import FEWEST_VALUES, MOST_VALUES
from coaching.needs import Holds
from coaching.opening import PastReading, WeekOpening, Workflow
from coaching.proposed_values import read_again
from coaching.quoting import pick_quotes
from coaching.reading.minutes import KINDS
from coaching.reading.values import Value
from coaching.sending import offer_summary
from coaching.setbacks import hear_made_worse, hear_not_started, hear_not_usable
from coaching.slots import Term
from coaching.summary import Flag, Topic
from coaching.themes import FIRST_COUNTED, Run, Theme, ask_of_the_theme, decide_finally, decide_midpoint
from coaching.told_numbers import amounts, four_minutes, heard, in_one_unit, one_number
from coaching.verdict import Grade, Side


class Nothing(StrEnum):
    """A week without change is an answer."""

    NOTHING = "nothing"


class Ran(StrEnum):
    """Was it tried at all?"""

    RAN = "ran"
    NOT_STARTED = "not_started"


class NoNumber(StrEnum):
    """No number this week; none is invented."""

    NO_NUMBER = "no_number"


class Known(StrEnum):
    """How this week's number is known, or that it was misread."""

    LOOKED_UP = "looked_up"
    COUNTED = "counted"
    MEMORY = "memory"
    FIX = "fix"


class Minutes(StrEnum):
    """Instead of the four boxes."""

    NONE = "none"
    DONT_KNOW = "dont_know"


class Worth(StrEnum):
    """Was the minding worth it?"""

    WORTH_IT = "worth_it"
    WASTE = "waste"
    MIXED = "mixed"


class Went(StrEnum):
    """Where the work went."""

    GONE = "gone"
    TO_ME = "to_me"
    TO_SOMEONE = "to_someone_else"
    LATER = "to_later"


class OtherChange(StrEnum):
    """Anything else that could be the cause."""

    NO = "no"
    VOLUME = "volume"
    PEOPLE = "people"
    HOLIDAY = "holiday"
    PROCESS = "process"


async def check_in(coach: Coach[WeekOpening], assignment: facts.Assignment, expected: int | None) -> str:
    """One check-in, F1 to F8; ``expected`` is the forecast in per cent. What was decided, or ""."""
    opening = coach.opening
    week = summary.Week(expected=expected)
    if not await _ran(coach, week):
        assignment, week.obstacle, decided = await hear_not_started(coach, assignment)
        coach.keep("assignment", ended(assignment, State.NOT_STARTED))
        if decided:
            coach.keep("decision", facts.Decision(opening.week, decided, "", "", ""))
        week.decision = decided
        return await _close(coach, opening.workflow, week)
    week.part, week.item = assignment.ai_part, assignment.item
    workflow = opening.workflow
    reading = await _number(coach, workflow)
    await _minding(coach, week)
    stopped = await _output(coach, week, assignment)
    side = await _balancing(coach)
    await ask_of_the_theme(coach)
    await _reflect(coach, week)
    workflow = await _beside(coach, workflow, reading, side)
    decided = stopped or await _decide(coach, workflow, week)
    week.decision = decided
    done = State.DONE if week.judged is not None else State.NOT_EVALUATED
    coach.keep("assignment", ended(assignment, done))
    week.silent_on = tuple(_silent_on(week, opening.theme, reading, side, workflow))
    return await _close(coach, workflow, week)


def ended(assignment: facts.Assignment, state: State) -> facts.Assignment:
    """An assignment that is over no longer rests on a confirmation."""
    return replace(assignment, state=state, version=None, fresh_until=None, activated_at=None)


async def _ran(coach: Coach[WeekOpening], week: summary.Week) -> bool:
    """F1: what changed. Nothing may mean that it was not started; then only what was in the way is asked."""
    changed = await coach.ask_or("what_changed", Nothing, work=coach.opening.workflow.work)
    if not isinstance(changed, Nothing):
        week.changed, week.changed_at = changed, coach.moment
        coach.keep("change", facts.Change(coach.opening.week, changed))
        return True
    return await coach.choose("did_it_run", Ran) is Ran.RAN


async def _number(coach: Coach[WeekOpening], workflow: Workflow) -> PastReading | None:
    """F2, from week three: this week's number, repeated before it is kept, and how it is known."""
    opening = coach.opening
    counts = opening.live
    if opening.theme < FIRST_COUNTED:
        await _count_the_usual_way(coach, workflow)
        return None
    if not counts:
        run = await coach.choose("count_or_practice", Run)
        counts = run is Run.COUNT
        coach.keep("practice", facts.Practice(opening.week, counts))
    while True:
        unit = Term("Unit", workflow.unit)
        said = await coach.ask_or(
            "your_number", NoNumber, measure=Term("Measure", workflow.measure), unit=unit
        )
        if isinstance(said, NoNumber):
            return None
        value, said = await one_number(coach, workflow.measure, workflow.unit, said)
        known = await coach.choose("number_known", Known, confirms=True, value=amounts((value,))[0])
        if known is not Known.FIX:
            break
    coach.keep("reading", _reading_fact(opening.week, value, workflow.unit, Grade(known), counts, said))
    return PastReading(opening.week, value.low, value.high, known, counts, "", "", value.out_of)


async def _count_the_usual_way(coach: Coach[WeekOpening], workflow: Workflow) -> None:
    """Where nobody knew the past values, the usual way is counted in the weeks before the first live run."""
    have = len(workflow.before)
    if have >= FEWEST_VALUES:
        return
    said = await coach.ask_or(
        "count_usual", NoNumber, measure=Term("Measure", workflow.measure), unit=Term("Unit", workflow.unit)
    )
    if isinstance(said, NoNumber):
        return
    market = coach.opening.manager.market
    reading = heard(said, market, workflow.measure, workflow.unit)
    reading = await read_again(coach, reading, said, workflow.measure, workflow.unit)
    while reading.ask is not None or not in_one_unit(reading.counting, (workflow.unit,)):
        said = await coach.ask("which_numbers", unit=Term("Unit", workflow.unit))
        reading = heard(said, market, workflow.measure, workflow.unit)
        reading = await read_again(coach, reading, said, workflow.measure, workflow.unit)
    values = in_one_unit(reading.counting, (workflow.unit,))[: MOST_VALUES - have]
    if await coach.agrees("before_right", measure=Term("Measure", workflow.measure), values=amounts(values)):
        for n, each in enumerate(values, have + 1):
            before = facts.Before(n, each.low, each.high, workflow.unit, Grade.COUNTED, False, each.out_of)
            coach.keep(f"before_{n}", before)


def _reading_fact(week: int, value: Value, unit: str, grade: Grade, counts: bool, said: str) -> facts.Reading:
    return facts.Reading(week, value.low, value.high, unit, grade, counts, said, value.out_of)


async def _minding(coach: Coach[WeekOpening], week: summary.Week) -> None:
    """F3, F4 and, from week three, where the work went."""
    number = coach.opening.week
    said = await coach.fill("minding", KINDS, Minutes)
    minutes = await _minutes(coach, said)
    while minutes is None and not isinstance(said, Minutes):
        said = await coach.fill("minding_again", KINDS, Minutes)
        minutes = await _minutes(coach, said)
    if minutes is not None:
        week.minutes = sum(minutes)
        if week.minutes:
            worth = await coach.may_choose("worth_it", Worth)
            week.worth = worth or ""
        coach.keep("minding", facts.Minding(number, *minutes, week.worth))
    if coach.opening.theme >= FIRST_COUNTED:
        went = await coach.may_choose("where_it_went", Went)
        if went is not None:
            week.went = went
            coach.keep("moved", facts.Moved(number, went))


async def _minutes(
    coach: Coach[WeekOpening], said: Mapping[str, str] | str | Minutes
) -> tuple[int, int, int, int] | None:
    """The four kinds in minutes: boxes, words, or plainly none."""
    if isinstance(said, Minutes):
        return (0, 0, 0, 0) if said is Minutes.NONE else None
    return await four_minutes(coach, said)


async def _output(coach: Coach[WeekOpening], week: summary.Week, assignment: facts.Assignment) -> str:
    """F5: the output against what *good* was said to be, with the forecast where there is one; what was
    decided if it was not usable.
    """
    expected = week.expected
    shown = Term("Expected", "unsaid") if expected is None else Term("Expected", f"p{expected}")
    judged = await coach.may_choose("good_enough", Judged, good=assignment.good, expected=shown)
    if judged is None:
        return ""
    week.judged = judged
    coach.keep("output", facts.Output(coach.opening.week, judged))
    if judged is not Judged.NOT_USABLE:
        return ""
    decided = await hear_not_usable(coach)
    if decided:
        coach.keep("decision", facts.Decision(coach.opening.week, decided, "", "", ""))
    return decided


async def _balancing(coach: Coach[WeekOpening]) -> Side | None:
    """From week three: did what must not get worse get worse?"""
    if coach.opening.theme < FIRST_COUNTED:
        return None
    balancing = Term("Balancing", coach.opening.workflow.balancing)
    return await coach.may_choose("balancing_this_week", Side, balancing=balancing)


async def _reflect(coach: Coach[WeekOpening], week: summary.Week) -> None:
    """F6: one judgment question, its dimension chosen by the theme or by what the week brought; and at most
    one follow-up to it.
    """
    opening = coach.opening
    week.dimension = dimension_for(
        opening.theme,
        judged=week.judged,
        checking_minutes=week.minutes or 0,
        moved=week.went in (Went.TO_ME, Went.TO_SOMEONE),
    )
    week.told = await reflect(coach, week.dimension, opening.asked, opening.week)
    week.told_at = coach.moment
    question = question_for(week.dimension, opening.asked)
    week.further = await ask_further(coach, week.dimension, question, week.told, opening.week)
    week.further_at = coach.moment


async def _beside(
    coach: Coach[WeekOpening], workflow: Workflow, reading: PastReading | None, side: Side | None
) -> Workflow:
    """F7: anything else that could be the cause; asked before the label is computed."""
    other = await coach.may_choose("anything_else", OtherChange)
    coach.keep("beside", facts.Beside(coach.opening.week, side or "", other or ""))
    if reading is None:
        return workflow
    full = replace(reading, balancing=side or "", other_change=other or "")
    return replace(workflow, readings=(*workflow.readings, full))


async def _decide(coach: Coach[WeekOpening], workflow: Workflow, week: summary.Week) -> str:
    """Midpoint, last week, or an honest question when AI made it worse; otherwise the work goes on."""
    theme = coach.opening.theme
    if theme in (Theme.MIDPOINT, Theme.DECIDE):
        if workflow.readings:
            coach.say("where_it_stands", **series.spoken(workflow))
        if theme == Theme.DECIDE:
            _expected_and_was(coach, week)
        return await (decide_midpoint(coach) if theme == Theme.MIDPOINT else decide_finally(coach))
    return await hear_made_worse(coach, workflow, week)


def _silent_on(
    week: summary.Week, theme: int, reading: PastReading | None, side: Side | None, workflow: Workflow
) -> Iterator[Topic]:
    """What the check-in asked about and got no answer to; the summary says so in plain words."""
    if theme >= FIRST_COUNTED and reading is None:
        yield Topic.NUMBER
    if week.minutes is None:
        yield Topic.MINDING
    if week.judged is None:
        yield Topic.OUTPUT
    if theme >= FIRST_COUNTED and side is None:
        yield Topic.BALANCING
    if reading is not None and not workflow.readings[-1].other_change:
        yield Topic.OTHER


def _expected_and_was(coach: Coach[WeekOpening], week: summary.Week) -> None:
    """Once, before the last decision: what was expected, and how often it came so; nothing of a few."""
    met = [(each.likelihood, each.judged) for each in coach.opening.expected]
    if week.expected is not None and week.judged is not None:
        met.append((week.expected, week.judged))
    told = ledger.spoken(met)
    if told is not None:
        coach.say("expected_and_was", told=told)


async def _close(coach: Coach[WeekOpening], workflow: Workflow, week: summary.Week) -> str:
    """F8: the summary, offered; and what was decided."""
    opening = coach.opening
    signs = await coach.fetch("signs", "signs", Holds.TURN, since=opening.days.slice_at)
    week.flags = tuple(Flag(each) for each in signs or ())
    week.quoted = await pick_quotes(coach, week)
    await offer_summary(coach, opening.week, summary.told(opening, workflow, week))
    return week.decision

"""What the coach would not give to AI, with the reason; and what is possible all the same.

Around such a decision there is often work that eats time. A sum belongs to a formula, trouble between people
to a person. To see that is good judgment, and it is kept as such.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from coaching import facts, rhythm
from coaching.dialogue import Coach
from coaching.hearing import Sign, hear
from coaching.judgment import Dimension
from coaching.opening import StartOpening
from coaching.reflexes import Reflex
from coaching.slots import Term

ONE_WEEK = timedelta(days=7)
KEPT_AWAY = "not_for_ai"  # stands where a judgment question's name would


class Elsewhere(StrEnum):
    """The talk goes on with another friction, or ends for now."""

    ANOTHER = "another"
    LEFT = "left"


class Instead(StrEnum):
    """What to do where AI should not decide."""

    AROUND = "something_around"
    ANOTHER = "another_friction"
    MISHEARD = "thats_not_it"


class BySum(StrEnum):
    """What to do where a formula does it better."""

    FIX = "this_weeks_fix"
    AROUND = "something_around"
    ANOTHER = "another_friction"
    MISHEARD = "thats_not_it"


class Between(StrEnum):
    """What to do where the trouble is between people."""

    ANOTHER = "another_friction"
    LEAVE = "leave_it"
    MISHEARD = "thats_not_it"


class FormulaHolds(StrEnum):
    """The formula, a week later."""

    HOLDS = "it_holds"
    NOT_YET = "not_yet"
    DROP = "drop_it"


class AfterFormula(StrEnum):
    """A fix without AI is a fix. And now?"""

    ANOTHER = "another_friction"
    ENOUGH = "enough"


async def keep_away(coach: Coach[StartOpening], sign: Sign, said: str) -> str | Elsewhere:
    """The piece of work to go on with: something around it, or ``said`` itself where that was misheard."""
    if sign is Sign.CONFLICT:
        return await _between_people(coach, said)
    answer: str | Instead | BySum
    if sign is Sign.RULE_OR_SUM:
        answer = await coach.ask_or("formula_does_better", BySum)
    else:
        reason = Term("NotForAi", sign)
        answer = await coach.ask_or("not_for_ai", Instead, beside=(Reflex.PERSON,), reason=reason)
    if answer in (Instead.MISHEARD, BySum.MISHEARD):
        return said
    coach.keep(KEPT_AWAY, facts.Reflection(0, Dimension.WHEN_TO_USE, KEPT_AWAY, said))
    if answer is BySum.FIX:
        return await _by_formula(coach, said)
    if answer in (Instead.ANOTHER, BySum.ANOTHER):
        return Elsewhere.ANOTHER
    if isinstance(answer, Instead | BySum):
        return await coach.ask("what_around")
    return answer


async def _between_people(coach: Coach[StartOpening], said: str) -> str | Elsewhere:
    """No program helps there; the coach has been in such rooms, and hears of it only if asked."""
    helper = coach.opening.manager.coach
    answer: str | Between = said
    while not isinstance(answer, Between):
        answer = await coach.ask_or("between_people", Between, beside=(Reflex.PERSON,), coach=helper)
        if not isinstance(answer, Between) and hear(answer) is None:
            return answer  # another story, told right here
    if answer is Between.MISHEARD:
        return said
    coach.keep(KEPT_AWAY, facts.Reflection(0, Dimension.WHEN_TO_USE, KEPT_AWAY, said))
    if answer is Between.ANOTHER:
        return Elsewhere.ANOTHER
    coach.say("left_here")
    return Elsewhere.LEFT


async def _by_formula(coach: Coach[StartOpening], said: str) -> Elsewhere:
    """The week's fix is a formula: no AI, so no rails; asked about once, and once more if it is not there."""
    coach.keep("formula", facts.Note(0, "formula", said))
    coach.say("formula_until", at=_a_week_on(coach))
    holds = await _ask_in_a_week(coach)
    if holds is FormulaHolds.NOT_YET:
        coach.say("formula_once_more", at=_a_week_on(coach))
        holds = await _ask_in_a_week(coach)
    if holds is FormulaHolds.HOLDS:
        coach.keep("formula", facts.Note(0, "formula_holds", said))
        if await coach.choose("after_formula", AfterFormula) is AfterFormula.ANOTHER:
            return Elsewhere.ANOTHER
    coach.say("left_here")
    return Elsewhere.LEFT


async def _ask_in_a_week(coach: Coach[StartOpening]) -> FormulaHolds:
    await coach.until("formula_day", _a_week_on(coach), nudge="answer")
    return await coach.choose("formula_holds", FormulaHolds)


def _a_week_on(coach: Coach[StartOpening]) -> datetime:
    """A week from now, in the morning, on a day the manager works."""
    calendar = coach.opening.manager.calendar
    day = rhythm.local_day(calendar, coach.moment + ONE_WEEK)
    return rhythm.next_in_window(calendar, rhythm.at_local(calendar, day, rhythm.MORNING))

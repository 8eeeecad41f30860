"""Move five: coach the judgment, not just the tool.

A forecast before the run meets what happened after it, and one question a week, from six dimensions, asks
for one real moment. No level is kept and nothing is scored: a dimension is seen, with a quote, or not
visible yet.
"""

from __future__ import annotations

from enum import StrEnum

from coaching import facts
from coaching.dialogue import Coach
from coaching.opening import WithManager
from coaching.slots import Term


class Dimension(StrEnum):
    """What judgment is made of here."""

    WHEN_TO_USE = "j1"
    GOOD_ENOUGH = "j2"
    CHECKING = "j3"
    SCEPTIC = "j4"
    RISK = "j5"
    REDESIGN = "j6"


class Likelihood(StrEnum):
    """How likely the AI's version is good enough first time."""

    P90 = "p90"
    P70 = "p70"
    P50 = "p50"
    P30 = "p30"
    P10 = "p10"

    @property
    def per_cent(self) -> int:
        """The number behind the button."""
        return int(self.value[1:])


class Judged(StrEnum):
    """The output, compared with what *good* was said to be."""

    GOOD_ENOUGH = "good_enough"
    ANOTHER_PASS = "another_pass"  # noqa: S105 - a pass over the text
    NOT_USABLE = "not_usable"


QUESTIONS_EACH = 7
BY_THEME = {
    1: Dimension.GOOD_ENOUGH,
    2: Dimension.CHECKING,
    3: Dimension.WHEN_TO_USE,
    4: Dimension.SCEPTIC,
    5: Dimension.REDESIGN,
    6: Dimension.RISK,
    7: Dimension.SCEPTIC,
    8: Dimension.WHEN_TO_USE,
}
LONG_CHECKING = 30  # minutes; a week with more asks about checking


def dimension_for(theme: int, *, judged: Judged | None, checking_minutes: int, moved: bool) -> Dimension:
    """The week's dimension: its theme's, unless the week itself brought something to look at."""
    if judged is Judged.NOT_USABLE:
        return Dimension.GOOD_ENOUGH
    if checking_minutes > LONG_CHECKING:
        return Dimension.CHECKING
    if moved and theme not in (1, 2):
        return Dimension.REDESIGN
    return BY_THEME[theme]


def question_for(dimension: Dimension, asked: tuple[str, ...]) -> str:
    """The first question of the dimension that was not put yet; the first again when all were."""
    every = tuple(f"{dimension}_{n}" for n in range(1, QUESTIONS_EACH + 1))
    return next((each for each in every if each not in asked), every[0])


async def forecast(coach: Coach[WithManager], good: str, week: int) -> int | None:
    """How likely is it good enough first time, and what would show that wrong?"""
    likely = await coach.may_choose("forecast", Likelihood, good=good)
    if likely is None:
        return None
    against = await coach.may_ask("forecast_against")
    coach.keep("forecast", facts.Forecast(week, likely.per_cent, against or ""))
    return likely.per_cent


async def reflect(coach: Coach[WithManager], dimension: Dimension, asked: tuple[str, ...], week: int) -> str:
    """One judgment question. Skipping is fine; what was said, or nothing, is kept as it is."""
    question = question_for(dimension, asked)
    told = await coach.may_ask("judgment", question=Term("Judgment", question))
    coach.keep("reflection", facts.Reflection(week, dimension, question, told or ""))
    return told or ""

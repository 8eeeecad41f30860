"""Whether a workflow became better, by a published rule that anyone can check with the readings before them.

Nobody types a label: it follows from the numbers, and where they are too few or too vague it says so.

The theory, in plain words: work varies from week to week, so a better number is not yet better work. Had
nothing changed, every order of the readings would be equally likely; three since that *all* beat three from
before come up by luck in one order of twenty. That is the core: **three before, three after, no overlap**.
It assumes nothing about how numbers spread, and a manager sees it by eye. More values from before make the
best harder to beat, so from six on the bar is the second best, from nine the third, from twelve the fourth:
luck stays at one in twenty or less. One trusted long-run figure may stand in for missing values; then six in
a row must beat it. Around the core: the change is worth having; the numbers are not from memory; they come
from two weeks; nothing else got worse or changed; it holds. The decision is taken once, on the first readings
that count (the *deciding* ones), so looking weekly does not help luck. Worse needs the same proof, mirrored.

A range never makes an improvement: before, its better end counts; since then, its worse end. A value marked
unusual counts like any other, or one could leave out what does not fit. Where the published rule is open,
this file takes what cannot make a label rosier; such places say "Open:". Numbers in brackets are its order.
Sources: rank (permutation) tests; the shift rule of run charts, Perla et al., BMJ Qual Saf 2011;20:46-51.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

from coaching.catalogue import Better, Gain, Measure, kind_of_gain

ENOUGH = 3
ENOUGH_FOR_TRUSTED_FIGURE = 6
WORTHWHILE_PER_CENT = 15


class Grade(StrEnum):
    """How a number is known."""

    LOOKED_UP = "looked_up"
    COUNTED = "counted"
    MEMORY = "memory"


class Side(StrEnum):
    """What the balancing measure did in a week."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    CANT_SAY = "cant_say"


class Label(StrEnum):
    """All that may be said of a workflow."""

    CANNOT_SAY = "cannot_say"
    TOO_SOON = "too_soon"
    NO_CLEAR_CHANGE = "no_clear_change"
    EARLY_SIGN = "early_sign"
    LOOKS_WORSE = "looks_worse"
    WORSE = "worse"
    NOT_HELD = "not_held"
    BETTER_BUT_SIDE_EFFECT = "better_but_side_effect"
    BETTER_BUT_OTHER_CHANGE = "better_but_other_change"
    DEMONSTRABLY_BETTER = "demonstrably_better"


class Reason(StrEnum):
    """What the label lacks; the first that applies."""

    NOT_THE_SAME_THING = "not_the_same_thing"
    NO_BEFORE = "no_before"
    NO_AFTER = "no_after"
    TOO_FEW_BEFORE = "too_few_before"
    TOO_FEW_AFTER = "too_few_after"
    SAMPLE_TOO_SMALL = "sample_too_small"
    EFFECT_TOO_SMALL = "effect_too_small"
    OVERLAP = "overlap"
    MEMORY_ONLY = "memory_only"
    ONE_WEEK = "one_week"
    CORRECTED = "corrected"
    SIDE_EFFECTS_UNKNOWN = "side_effects_unknown"
    OTHER_CHANGES_UNKNOWN = "other_changes_unknown"


class Method(StrEnum):
    """The bar that readings since had to clear; the first four in the order of how many values are spared."""

    BEST_BEFORE = "best_before"
    SECOND_BEST_BEFORE = "second_best_before"
    THIRD_BEST_BEFORE = "third_best_before"
    FOURTH_BEST_BEFORE = "fourth_best_before"
    TRUSTED_FIGURE = "trusted_figure"
    NO_BAR = "no_bar"


@dataclass(frozen=True)
class Value:
    """One number, or a range where one was said."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if not (self.low.is_finite() and self.high.is_finite() and self.low <= self.high):
            raise ValueError(f"{self.low} to {self.high} is no range: give two numbers, the lower one first")


@dataclass(frozen=True)
class Before:
    """A value from before the first live run. ``out_of``: how many cases it rests on, if that was asked."""

    value: Value
    grade: Grade
    unusual: bool = False
    out_of: int | None = None


@dataclass(frozen=True)
class After:
    """A reading since. ``counted`` is False for a run declared practice before its number was known.

    ``balancing``, ``other_change``: the week's answers, on each of its readings; None is no answer. A time
    already includes minding the AI: nothing is ever added.
    """

    value: Value
    grade: Grade
    week: int
    counted: bool = True
    balancing: Side | None = None
    other_change: bool | None = None
    out_of: int | None = None


@dataclass(frozen=True)
class Series:
    """One workflow's measure: all values in one unit, in the order they were made.

    ``target``, ``trusted_figure``: as they stood before the first live run. ``corrected_after``: how many
    counted readings came before the last correction. ``restarted_at_week``: where the one new start begins.
    """

    measure: Measure
    before: tuple[Before, ...]
    after: tuple[After, ...]
    target: Decimal | None = None
    trusted_figure: Decimal | None = None
    same_thing_measured: bool = True
    corrected_after: int | None = None
    restarted_at_week: int | None = None

    def __post_init__(self) -> None:
        weeks = [each.week for each in self.after]
        if weeks != sorted(weeks):
            raise ValueError("the weeks run backwards: hand readings over in the order they were made")


@dataclass(frozen=True)
class Verdict:
    """A label and what it rests on. ``deciding`` are positions in ``Series.after``."""

    label: Label
    reason: Reason | None
    n_before: int
    n_after: int
    bar: Decimal | None
    median_before: Decimal | None
    median_after: Decimal | None
    deciding: tuple[int, ...]
    method: Method
    gain: Gain


def verdict(series: Series) -> Verdict:
    """The label the published rule gives this series, and what it rests on."""
    case = _Case(series)
    label, reason = _decide(case)
    bar = None if case.method is Method.NO_BAR else case.turn(case.baseline[case.spare])
    was = case.turn(median(case.baseline)) if case.baseline else None
    now = case.turn(median(case.after)) if case.after else None
    deciding, gain = tuple(case.positions[: case.needed]), kind_of_gain(series.measure)
    n_before, n_after = len(case.before), len(case.after)
    return Verdict(label, reason, n_before, n_after, bar, was, now, deciding, case.method, gain)


def _decide(case: _Case) -> tuple[Label, Reason | None]:
    if not case.series.same_thing_measured:  # (1)
        return Label.CANNOT_SAY, Reason.NOT_THE_SAME_THING
    if not case.baseline:
        return Label.CANNOT_SAY, Reason.NO_BEFORE
    if not case.after:
        return Label.CANNOT_SAY, Reason.NO_AFTER
    has_bar = case.method is not Method.NO_BAR
    clears = [value < case.baseline[case.spare] for value in case.after]
    misses = [value > case.baseline[-1 - case.spare] for value in case.after]
    # Open: neither per cent nor smallest change defined. Any step down is enough then, and no step up.
    is_enough = case.is_enough(median(case.after) - median(case.baseline)) is not False
    if has_bar and is_enough and case.proves(misses) and _holds(misses):  # (2)
        return Label.WORSE, None
    # Open: beside a trusted figure, worse than which? Than the figure or all values, whichever comes sooner.
    worst = min([case.baseline[-1], *case.before[-1:]])
    if len(case.after) > 1 and min(case.after[-2:]) > worst:  # (3)
        return Label.LOOKS_WORSE, None
    if len(case.after) < ENOUGH:  # (4)
        return Label.TOO_SOON, Reason.TOO_FEW_AFTER
    lacks = case.lacks_effect(case.after)
    if not has_bar and not lacks:  # (5), whose other half is (7)
        return Label.EARLY_SIGN, Reason.TOO_FEW_BEFORE
    proven = has_bar and case.proves(clears)
    if proven and not case.lacks_effect(case.after[: case.needed]) and not _holds(clears):  # (6)
        return Label.NOT_HELD, None
    if lacks:  # (7)
        return Label.NO_CLEAR_CHANGE, lacks
    if not proven:  # (8)
        return Label.EARLY_SIGN, Reason.TOO_FEW_AFTER if all(clears[: case.needed]) else Reason.OVERLAP
    return case.doubt() or (Label.DEMONSTRABLY_BETTER, None)


def _holds(clears: list[bool]) -> bool:
    """Three in four of all readings, the deciding ones among them."""
    return 4 * sum(clears) >= 3 * len(clears)


class _Case:
    """A series as the rule reads it: turned so that smaller is always better."""

    def __init__(self, series: Series) -> None:
        self.series, since = series, series.restarted_at_week
        self.lower = series.measure.better is Better.LOWER
        standing = [n for n, each in enumerate(series.after) if since is None or each.week >= since]
        self.standing = [series.after[n] for n in standing]
        self.positions = [n for n in standing if series.after[n].counted]
        self.counted = [series.after[n] for n in self.positions]
        self.after = [self.turn(each.value.high if self.lower else each.value.low) for each in self.counted]
        self.before = sorted(self.turn(b.value.low if self.lower else b.value.high) for b in series.before)
        # Three values from before speak for themselves; the trusted figure only stands in for missing ones.
        figure = series.trusted_figure if len(self.before) < ENOUGH else None
        self.baseline = self.before if figure is None else [self.turn(figure)]
        self.needed = ENOUGH if figure is None else ENOUGH_FOR_TRUSTED_FIGURE
        self.spare = min(max(len(self.baseline) // 3 - 1, 0), 3)
        method = Method.NO_BAR if len(self.before) < ENOUGH else list(Method)[self.spare]
        self.method = method if figure is None else Method.TRUSTED_FIGURE

    def turn(self, number: Decimal) -> Decimal:
        """There and back between the manager's number and one where smaller is better; exact."""
        return number if self.lower or not number else number.copy_negate()

    def proves(self, marks: list[bool]) -> bool:
        """All deciding readings are there and bear the mark."""
        return len(marks) >= self.needed and all(marks[: self.needed])

    def is_enough(self, change: Decimal) -> bool | None:
        """Whether a change is 15 % *and* the smallest worthwhile one; None if neither is defined."""
        # Of zero or less there are no per cent: from there the smallest worthwhile change decides alone.
        base, least = self.turn(median(self.baseline)), self.series.measure.minimum
        if base <= 0:
            return None if least is None else change >= least
        return change * 100 >= WORTHWHILE_PER_CENT * base and change >= (least or 0)

    def lacks_effect(self, after: list[Decimal]) -> Reason | None:
        """Why these readings are not worth having, if they are not."""
        was, now = median(self.baseline), median(after)
        # Open: a target no better than where it started. Reaching that is nothing, so it is not looked at.
        if self.series.target is not None and now <= self.turn(self.series.target) < was:
            return None
        if not self.is_enough(was - now):
            return Reason.EFFECT_TOO_SMALL
        # Open: whose sample. Every value's, before and since; one that was not told is too small.
        samples = [b.out_of for b in self.series.before] + [a.out_of for a in self.counted]
        least = self.series.measure.smallest_sample or 0
        return Reason.SAMPLE_TOO_SMALL if any((size or 0) < least for size in samples) else None

    def doubt(self) -> tuple[Label, Reason | None] | None:
        """What keeps a clear difference from counting as proven: the rest of (8), then (9) and (10)."""
        deciding = self.counted[: self.needed]
        known = sum(each.grade is not Grade.MEMORY for each in deciding)
        # Open: which values from before. All that were given, even where a trusted figure stands in.
        if 3 * known < 2 * len(deciding) or any(b.grade is Grade.MEMORY for b in self.series.before):
            return Label.EARLY_SIGN, Reason.MEMORY_ONLY
        # Open: two weeks of which readings. Of the deciding ones, for it is they that prove.
        weeks = {each.week for each in deciding}
        if len(weeks) < 2:
            return Label.EARLY_SIGN, Reason.ONE_WEEK
        # Open: a series that was proven before its correction. Values alone cannot tell, so it waits too.
        made, corrected = sum(each.counted for each in self.series.after), self.series.corrected_after
        if corrected is not None and made - corrected < ENOUGH:
            return Label.EARLY_SIGN, Reason.CORRECTED
        # Open: who answers for a week. Any reading in it, practice too, can tell of harm or change; an answer
        # is missing per counted reading; of "anything else different?" none may be.
        told = [each for each in self.standing if each.week in weeks]
        asked = [each for each in told if each.counted]
        if any(each.balancing is Side.WORSE for each in told):
            return Label.BETTER_BUT_SIDE_EFFECT, None
        if sum(each.balancing in (None, Side.CANT_SAY) for each in asked) > 1:
            return Label.EARLY_SIGN, Reason.SIDE_EFFECTS_UNKNOWN
        if any(each.other_change for each in told):
            return Label.BETTER_BUT_OTHER_CHANGE, None
        unanswered = any(each.other_change is None for each in asked)
        return (Label.EARLY_SIGN, Reason.OTHER_CHANGES_UNKNOWN) if unanswered else None

"""What a picture of one workflow's numbers shows: the values from before, the readings since, week by week.

It is a plain value without a manager's words in it unless they are handed in, so that a message can carry it
and be drawn when it is looked at; and it never computes a label: whoever asks for the picture hands one in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from coaching.catalogue import Better, measure
from coaching.opening import Workflow
from coaching.series import judge
from coaching.slots import Slot, Term
from coaching.themes import Theme
from coaching.verdict import Label, Method, Reason, Verdict

NOTHING: Mapping[int, Slot] = MappingProxyType({})


@dataclass(frozen=True)
class Dot:
    """One number on the picture, both ends where it is a range. ``week`` is None for a value from before.

    ``counted`` is False for practice: it is drawn hollow, and nothing rests on it.
    """

    low: Decimal
    high: Decimal
    week: int | None = None
    counted: bool = True

    @property
    def is_range(self) -> bool:
        """Whether it was said as two numbers."""
        return self.low != self.high


@dataclass(frozen=True)
class Week:
    """What a week was on: its theme as a term, or the slice in the manager's own words."""

    number: int
    about: Slot


@dataclass(frozen=True)
class Finding:
    """A label as it was once computed, and what it rested on then. ``bar`` is in the chart's unit."""

    label: Label
    reason: Reason | None
    n_before: int
    n_after: int
    method: Method
    bar: Decimal | None = None


@dataclass(frozen=True)
class Chart:
    """One picture's data: ``before`` in the order given, ``since`` by week, all in one unit.

    ``aim`` is the target of before the first live run. ``found`` is None where no label may be shown.
    ``is_partial``: some readings are left out, because nobody shared them with who looks.
    """

    measure: str
    unit: str
    better: Better
    before: tuple[Dot, ...]
    since: tuple[Dot, ...]
    weeks: tuple[Week, ...] = ()
    aim: Decimal | None = None
    found: Finding | None = None
    is_partial: bool = False

    def counts(self, dot: Dot) -> Decimal:
        """The end of a range that the published rule counts: before its better one, since its worse one."""
        is_before, lower = dot.week is None, self.better is Better.LOWER
        return dot.low if is_before is lower else dot.high


def chart_of(
    workflow: Workflow,
    found: Finding | None,
    weeks: Mapping[int, Slot] = NOTHING,
    *,
    is_partial: bool = False,
) -> Chart | None:
    """The picture of what is known of a workflow; None when there is nothing to draw.

    ``found``: the label to show (``found_of`` for whoever sees all readings), or None for none; it is never
    computed from what is drawn. ``weeks``: what weeks were on, by their number; ``theme_of`` for a theme.
    """
    if not workflow.measure or not (workflow.before or workflow.readings):
        return None
    since = [Dot(each.low, each.high, each.week, each.counted) for each in workflow.readings]
    return Chart(
        measure=workflow.measure,
        unit=workflow.unit,
        better=measure(workflow.measure).better,
        before=tuple(Dot(each.low, each.high) for each in workflow.before),
        since=tuple(sorted(since, key=lambda dot: dot.week or 0)),
        weeks=tuple(Week(number, weeks[number]) for number in sorted(weeks)),
        aim=workflow.target,
        found=found,
        is_partial=is_partial,
    )


def found_of(workflow: Workflow) -> Finding:
    """What the published rule says now. Only for whoever sees every reading of the workflow."""
    return finding(judge(workflow))


def finding(verdict: Verdict) -> Finding:
    """As much of a verdict as a picture shows."""
    return Finding(
        verdict.label, verdict.reason, verdict.n_before, verdict.n_after, verdict.method, verdict.bar
    )


def theme_of(theme: int) -> Term:
    """A week's theme as a picture says it; ValueError for a theme there is not."""
    return Term("ChartWeek", f"t{Theme(theme).value}")

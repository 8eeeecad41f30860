"""The part of the picture with the numbers: its edges, and how values and weeks turn into places.

Zero is always within it, so that a small change looks small and a large one large.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bot.picture.saying import dots
from coaching.chart import Chart

ABOVE, BELOW = 24.0, 22.0  # room for a number over the highest mark and under the lowest
LARGEST, SMALLEST = 9.0, 3.6  # a mark's width
FLOOR = 7.0  # under zero, where no mark is near it
WIDEST_BEFORE = 34.0


@dataclass(frozen=True)
class Frame:
    """In pixels from the upper left; ``low`` and ``high`` are values. Before is left of the divide."""

    left: float
    right: float
    top: float
    bottom: float
    floor: float
    old_slot: float
    slot: float
    n_before: int
    weeks: tuple[int, ...]
    low: Decimal
    high: Decimal

    @property
    def divide(self) -> float:
        """Where before ends and since begins."""
        return self.left + self.old_slot * self.n_before

    @property
    def end(self) -> float:
        """Where the last week ends."""
        return self.divide + self.slot * (max(len(self.weeks), 1) + 0.25)

    @property
    def size(self) -> float:
        """A mark's width."""
        return min(max(min(self.slot, self.old_slot) * 0.5, SMALLEST), LARGEST)

    def y(self, value: Decimal) -> float:
        """A value's height; reckoned in decimals, so that no number is too large for it."""
        share = float((value - self.low) / (self.high - self.low))
        return self.bottom - self.floor - share * (self.bottom - self.top - ABOVE - self.floor)

    def before(self, place: int) -> float:
        """How far right a value from before stands."""
        return self.left + self.old_slot * (place + 0.5)

    def week(self, number: int) -> float:
        """How far right a week stands."""
        return self.divide + self.slot * (self.weeks.index(number) + 0.625)


def frame_of(
    chart: Chart,
    lines: Iterable[Decimal],
    *,
    left: float,
    right: float,
    top: float,
    height: float,
    widest: float,
) -> Frame:
    """The frame that holds every number of the chart, zero, and the ``lines`` across it."""
    weeks = tuple(sorted({dot.week or 0 for dot in chart.since} | {each.number for each in chart.weeks}))
    weeks = tuple(range(weeks[0], weeks[-1] + 1)) if weeks else ()
    values = [end for dot in dots(chart) for end in (dot.low, dot.high)]
    lowest = min(values)
    values += [Decimal(0), *lines]
    low, high = min(values), max(values)
    high = low + 1 if low == high else high
    is_clear = float((lowest - low) / (high - low)) * (height - ABOVE - BELOW) > BELOW
    n_before, n_weeks = len(chart.before), max(len(weeks), 1) + 0.25
    even = (right - left) / (n_before + n_weeks)
    old_slot = min(even, WIDEST_BEFORE)
    slot = min((right - left - n_before * old_slot) / n_weeks, widest)
    floor = FLOOR if is_clear else BELOW
    return Frame(left, right, top, top + height, floor, old_slot, slot, n_before, weeks, low, high)

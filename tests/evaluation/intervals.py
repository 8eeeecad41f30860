"""How sure a share is, and whether two ways on the same rows really differ: two formulas, both exact enough.

A share of forty rows is a guess with an interval around it, and is never shown without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, sqrt
from statistics import NormalDist

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Share:
    """So many of so many, between ``low`` and ``high`` at 95 %. All three are between 0 and 1."""

    of: int
    right: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself; 0 of 0 is 0."""
        return self.right / self.of if self.of else 0.0

    def __str__(self) -> str:
        if not self.of:
            return "–"
        return f"{self.value:.0%} ({self.low:.0%}–{self.high:.0%})"


def share(right: int, of: int) -> Share:
    """A share with its Wilson score interval (Wilson 1927), which holds near 0 and 1 and for few rows.

    Raises ValueError where more are right than there are.
    """
    if not 0 <= right <= of:
        raise ValueError(f"{right} of {of} is no share")
    if of == 0:
        return Share(0, 0, 0.0, 1.0)
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    p, scale = right / of, 1 + z * z / of
    middle = (p + z * z / (2 * of)) / scale
    half = z / scale * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return Share(of, right, max(middle - half, 0.0), min(middle + half, 1.0))


def chance_of(only_first: int, only_second: int) -> float:
    """McNemar's exact test: how likely so uneven a split is if both ways are equally good (two-sided).

    Counted are only the rows on which the two ways differ: those that one alone had right.
    """
    differ = only_first + only_second
    tail = sum(comb(differ, n) for n in range(min(only_first, only_second) + 1))
    return min(1.0, tail / 2.0 ** (differ - 1)) if differ else 1.0

"""The limits between which a number would be expected to fall by itself, from the values of before.

They are those of the XmR chart: mean plus and minus 2.66 times the average moving range; 2.66 is 3 / 1.128,
where 1.128 is d2 for ranges of two. Source: Wheeler, *Understanding Variation*; NIST/SEMATECH e-Handbook of
Statistical Methods, 6.3.2.2. Computed by statprocon, in exact decimals, kept to three places.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from coaching.catalogue import measure
from coaching.chart import Chart

ENOUGH = 10  # fewer, and each further value would still move the limits a lot


@dataclass(frozen=True)
class Limits:
    """In the chart's unit. ``lower`` is None where numbers end at zero before it would be reached."""

    mean: Decimal
    lower: Decimal | None
    upper: Decimal


def limits(chart: Chart) -> Limits | None:
    """The limits from the values of before; None while there are fewer than ten of them."""
    if len(chart.before) < ENOUGH:
        return None
    from statprocon import XmR  # type: ignore[attr-defined] # its way of exporting it

    found = XmR([chart.counts(dot) for dot in chart.before])
    lower = found.lower_natural_process_limit()[0]
    least = measure(chart.measure).low
    can_be_negative = least is None or least < 0 or any(dot.low < 0 for dot in chart.before)
    return Limits(
        mean=found.x_central_line()[0],
        lower=lower if can_be_negative or lower > 0 else None,
        upper=found.upper_natural_process_limit()[0],
    )

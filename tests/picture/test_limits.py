"""The limits are those of an XmR chart, from the values of before alone; below ten there are none."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from bot.picture.limits import Limits, limits
from coaching.chart import Chart, chart_of
from tests.picture.conftest import Number, a_workflow

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2, "Individuals Control Charts": flow rates of ten
# batches. Published there: mean 50.81, average moving range 1.8778, limits 45.8159 and 55.8041.
NIST: list[Number] = ["49.6", "47.6", "49.9", "51.3", "47.8", "51.2", "52.6", "52.4", "53.6", "52.1"]


def before(values: Sequence[Number], measure: str = "M01", unit: str = "days") -> Chart:
    chart = chart_of(a_workflow(values, [(3, 1, True)], measure=measure, unit=unit), None)
    assert chart is not None
    return chart


def test_they_are_what_one_computes_by_hand() -> None:
    # Mean 9, steps of 2 nine times: 9 - 2.66 * 2 and 9 + 2.66 * 2.
    assert limits(before([8, 10] * 5)) == Limits(Decimal(9), Decimal("3.68"), Decimal("14.32"))


def test_they_are_the_published_ones() -> None:
    found = limits(before([*NIST]))
    assert found is not None
    assert found.lower is not None
    assert found.mean == Decimal("50.81")
    assert float(found.lower) == pytest.approx(45.8159, abs=0.001)  # 2.66 is 3 / 1.128 to two places
    assert float(found.upper) == pytest.approx(55.8041, abs=0.001)


@pytest.mark.parametrize("how_many", [0, 1, 3, 9])
def test_below_ten_values_from_before_there_are_none(how_many: int) -> None:
    assert limits(before([*NIST][:how_many])) is None


def test_readings_since_never_make_up_for_values_from_before() -> None:
    since = [(week, 2, True) for week in range(3, 30)]
    chart = chart_of(a_workflow([3, 4, 3], since), None)
    assert chart is not None
    assert limits(chart) is None


def test_a_range_is_taken_at_the_end_the_rule_counts() -> None:
    ranges: list[Number] = [(4, 9), (6, 7)] * 5
    assert limits(before(ranges)) == limits(before([4, 6] * 5))


def test_there_is_no_limit_below_zero_for_what_cannot_be_negative() -> None:
    found = limits(before([0, 4] * 5))
    assert found is not None
    assert found.lower is None
    of_a_step = limits(before([0, 4] * 5, "M42", "points"))
    assert of_a_step is not None
    assert of_a_step.lower is not None
    assert of_a_step.lower < 0

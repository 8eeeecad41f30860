"""What a picture is drawn from: only what is known, with the label that was handed in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from coaching.catalogue import Better
from coaching.chart import Finding, Week, chart_of, found_of, theme_of
from coaching.slots import Slot, Term
from coaching.verdict import Label, Method
from storage import values
from tests.picture.conftest import EIGHT_WEEKS, a_workflow


def test_there_is_none_without_a_measure_or_a_number() -> None:
    assert chart_of(a_workflow([], []), None) is None
    assert chart_of(replace(EIGHT_WEEKS, measure=""), None) is None


def test_it_holds_every_number_in_its_week_with_practice_as_practice() -> None:
    chart = chart_of(EIGHT_WEEKS, None)
    assert chart is not None
    assert [dot.low for dot in chart.before] == [3, 4, 3]
    assert [(dot.week, int(dot.low)) for dot in chart.since if dot.counted] == [
        (3, 2), (4, 1), (5, 2), (6, 2), (8, 1),
    ]  # fmt: skip
    assert [dot.week for dot in chart.since if not dot.counted] == [1, 2]
    assert (chart.aim, chart.better) == (Decimal(2), Better.LOWER)


def test_a_label_is_handed_in_and_never_computed_from_what_is_drawn() -> None:
    whole = found_of(EIGHT_WEEKS)
    assert whole == Finding(Label.DEMONSTRABLY_BETTER, None, 3, 5, Method.BEST_BEFORE, bar=Decimal(3))
    shared = replace(EIGHT_WEEKS, readings=EIGHT_WEEKS.readings[:3])
    assert found_of(shared).label is not whole.label
    with_it, without = chart_of(shared, whole, is_partial=True), chart_of(shared, None, is_partial=True)
    assert with_it is not None
    assert without is not None
    assert with_it.found == whole
    assert without.found is None


def test_a_range_counts_before_with_its_better_end_and_since_with_its_worse() -> None:
    faster = chart_of(a_workflow([(2, 3)], [(3, (1, 2), True)]), None)
    assert faster is not None
    assert [faster.counts(dot) for dot in (*faster.before, *faster.since)] == [2, 2]
    more = chart_of(a_workflow([(2, 3)], [(3, (4, 5), True)], measure="M11", unit="count"), None)
    assert more is not None
    assert [more.counts(dot) for dot in (*more.before, *more.since)] == [3, 4]


def test_it_goes_into_a_message_and_comes_back_the_same() -> None:
    weeks: dict[int, Slot] = {3: theme_of(3), 4: "the Lim renewal"}
    chart = chart_of(EIGHT_WEEKS, found_of(EIGHT_WEEKS), weeks)
    assert chart is not None
    assert chart.weeks == (Week(3, Term("ChartWeek", "t3")), Week(4, "the Lim renewal"))
    assert values.load(values.dump(chart)) == chart


def test_a_theme_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="9"):
        theme_of(9)

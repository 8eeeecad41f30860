"""The catalogue is one a manager can answer from: complete, coherent, and offering what runs every week."""

from __future__ import annotations

from decimal import Decimal

import pytest

from coaching.catalogue import (
    MEASURES,
    Better,
    Family,
    Gain,
    Unit,
    kind_of_gain,
    measure,
    plausible,
    suggested,
)

SHAPES = ("time", "quality", "decision", "handoff", "else")
FUNCTIONS = (
    *("sales", "marketing", "finance", "operations", "hr"),
    *("supply_chain", "legal", "support", "product", "procurement"),
)


def test_the_ids_run_from_m01_to_m45_without_a_gap() -> None:
    assert list(MEASURES) == [f"M{number:02}" for number in range(1, 46)]


def test_every_measure_is_watched_beside_others_that_exist() -> None:
    for each in MEASURES.values():
        assert each.paired_with, each.id
        assert each.id not in each.paired_with
        assert set(each.paired_with) <= set(MEASURES), each.id


def test_hands_on_time_is_always_watched_beside_minding_the_ai() -> None:
    assert "M43" in measure("M08").paired_with


def test_a_plausible_range_runs_upwards_and_a_smallest_change_fits_into_it() -> None:
    for each in MEASURES.values():
        if each.low is not None and each.high is not None:
            assert each.low < each.high
            assert each.minimum is None or 0 < each.minimum < each.high - each.low


def test_what_asks_out_of_how_many_is_a_share_of_cases() -> None:
    for each in MEASURES.values():
        if each.is_rate:
            assert each.unit in {Unit.PERCENT, Unit.PER_HUNDRED, Unit.ITEMS}, each.id
    assert not measure("M23").is_rate  # a distance from plan in per cent rests on no number of cases


def test_only_satisfaction_may_plausibly_be_negative() -> None:
    assert [each.id for each in MEASURES.values() if each.low is not None and each.low < 0] == ["M42"]


@pytest.mark.parametrize(
    "family,gain",
    [
        (Family.FLOW, Gain.FASTER),
        (Family.QUALITY, Gain.FEWER_ERRORS),
        (Family.FORESIGHT, Gain.SHARPER),
        (Family.COMMERCIAL, Gain.SHARPER),
        (Family.TRUST, Gain.SHARPER),
    ],
)
def test_the_family_says_what_kind_of_gain_it_is(family: Family, gain: Gain) -> None:
    assert {kind_of_gain(each) for each in MEASURES.values() if each.family is family} == {gain}


def test_errors_are_fewer_when_quality_is_better() -> None:
    higher = [
        each.id
        for each in MEASURES.values()
        if each.family is Family.QUALITY and each.better is Better.HIGHER
    ]
    assert higher == ["M16"]  # right first time is told by its good side


@pytest.mark.parametrize("function", [*FUNCTIONS, "beekeeping"])
@pytest.mark.parametrize("shape", SHAPES)
def test_three_different_weekly_measures_are_offered_for_every_friction(shape: str, function: str) -> None:
    offered = suggested(shape, function)
    assert len(offered) == len(set(offered)) == 3
    for each in map(measure, offered):
        assert each.is_weekly
        assert not each.only_balances


def test_the_function_changes_what_is_offered_first() -> None:
    assert suggested("handoff", "sales")[0] == "M28"
    assert suggested("quality", "support")[0] == "M21"
    assert suggested("decision", "beekeeping")[0] == "M03"


def test_an_unknown_shape_of_friction_is_a_mistake_in_the_programme() -> None:
    with pytest.raises(ValueError, match="use one of time"):
        suggested("sadness", "sales")


def test_an_unknown_measure_says_what_to_do() -> None:
    with pytest.raises(KeyError, match="add its row to the catalogue"):
        measure("M99")


def test_a_range_is_carried_over_into_the_unit_that_was_answered_in() -> None:
    assert plausible(measure("M06"), Unit.DAYS)[1] == Decimal(90)
    assert plausible(measure("M05"), Unit.HOURS)[1] == Decimal(240)
    assert plausible(measure("M42"), Unit.POINTS) == (Decimal(-100), Decimal(100))
    assert plausible(measure("M33"), Unit.DAYS) == (None, None)
    assert plausible(measure("M30"), Unit.ITEMS) == (None, None)

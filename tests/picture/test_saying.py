"""The paragraph says what the picture shows, so that nobody has to see it; and both stay silent alike."""

from __future__ import annotations

from decimal import Decimal

from bot.picture import Aloud, alt
from bot.picture.saying import short
from coaching.chart import Chart, chart_of, found_of, theme_of
from coaching.opening import Workflow
from coaching.slots import Slot
from tests.picture.conftest import EIGHT_WEEKS, Number, a_workflow


def whole(workflow: Workflow, weeks: dict[int, Slot] | None = None) -> Chart:
    chart = chart_of(workflow, found_of(workflow), weeks or {})
    assert chart is not None
    return chart


def test_every_value_of_a_year_is_in_it(say: Aloud) -> None:
    readings: list[tuple[int, Number, bool]] = [
        (week, str(100 + week) + ".5", week > 2) for week in range(1, 53)
    ]
    old: list[Number] = [201, 202, (203, 204), 205, 206, 207, 208, 209, 210, 211, 212]
    told = alt(whole(a_workflow(old, readings)), say)
    for number in (*range(201, 213), *(f"{100 + week}.5" for week in range(1, 53))):
        assert str(number) in told


def test_it_says_practice_weeks_aim_label_and_what_that_rests_on(english: Aloud) -> None:
    weeks: dict[int, Slot] = {7: theme_of(7), 2: theme_of(2)}
    told = alt(whole(EIGHT_WEEKS, weeks), english)
    for sentence in (
        "Chart of Review rounds: rounds, lower is better.",
        "Before: 3, 4, 3 rounds.",
        "Week 1: 4 rounds, practice.",
        "Week 2 (Side by side): 3 rounds, practice.",
        "Week 4: 1 round.",
        "Week 7 (Sceptic): no reading.",
        "Aim: 2 rounds.",
        "By the published rule: Demonstrably better.",
        "3 values before, 5 counted readings since. The bar is the best value from before: 3 rounds.",
        "Limits need ten values from before; there are 3.",
    ):
        assert sentence in told
    assert "\n" not in told


def test_limits_are_said_where_there_are_any(english: Aloud) -> None:
    told = alt(whole(a_workflow([8, 10] * 5, [(3, 5, True)], measure="M01", unit="days")), english)
    assert "Limits: 3.7 days and 14.3 days, mean 9 days." in told
    assert "Limits need" not in told


def test_without_a_label_none_is_said(say: Aloud) -> None:
    chart = chart_of(EIGHT_WEEKS, None, is_partial=True)
    assert chart is not None
    told = alt(chart, say)
    assert not any(each in told for each in ("published rule", "ルール", "Demonstrably", "改善"))
    assert say.words.line(say.reader, "chart_partial", {}) in told


def test_japanese_sentences_follow_one_another_without_spaces(japanese: Aloud) -> None:
    told = alt(whole(EIGHT_WEEKS), japanese)
    assert "以前：3、4、3回。第1週：4回、練習。" in told
    assert "。 " not in told


def test_large_numbers_are_rounded_beside_their_marks_only(english: Aloud, japanese: Aloud) -> None:
    assert short(english, "money", Decimal(1234567)) == "1.2M"
    assert short(japanese, "money", Decimal(1234567)) == "123.5万"
    assert short(english, "percent", Decimal("12.5"), Decimal(20)) == "12.5–20%"
    told = alt(whole(a_workflow([1234567], [], measure="M32", unit="money")), english)
    assert "1,234,567" in told

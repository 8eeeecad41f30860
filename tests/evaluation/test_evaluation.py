"""The labelled sets are what they say they are, and what is reckoned from them is reckoned right.

How well a model does is no test: that is `make eval`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from coaching.consulting import Task
from coaching.judgment import QUESTIONS_EACH, Dimension
from coaching.library import parts
from coaching.setbacks import InTheWay
from coaching.summary import Topic
from coaching.unsticking import Stuck
from tests.evaluation import in_words, judging, labelled
from tests.evaluation.__main__ import SETS, compared, languages
from tests.evaluation.intervals import chance_of, share
from tests.evaluation.judging import Outcome
from tests.evaluation.scene import USUAL
from tests.reading.scoring import rows as replies

FEWEST = {
    "reading: numbers": 120,
    "reading: stories": 40,
    "reading: in own words": 24,
    "drafting": 30,
    "follow-ups": 30,
    "summaries": 30,
    "injection": 40,
    "flattery": 20,
}
LANGUAGES = 8


@pytest.mark.parametrize("each", SETS, ids=lambda each: each.name)
def test_a_set_is_as_large_and_wide_as_it_must_be(each: Any) -> None:
    rows = each.rows()
    assert len(rows) >= FEWEST[each.name]
    assert languages(rows) >= LANGUAGES
    assert [id for id, times in Counter(row.id for row in rows).items() if times > 1] == []


def test_what_a_story_is_labelled_with_stands_in_it() -> None:
    for row in labelled.stories():
        for heart in (row.work, row.pain, row.who, row.blocker):
            assert heart in row.text, row.id
        assert bool(row.ask) is not any((row.work, row.pain, row.who, row.blocker)), row.id


def test_what_is_typed_has_one_label_that_there_is() -> None:
    buttons: dict[str, set[str]] = {
        "in_the_way": {*map(str, InTheWay)},
        "stuck_by": {*map(str, Stuck)} - {"else"},
    }
    for row in labelled.in_words():
        assert sum(map(bool, (row.day, row.blocker, row.who, row.ask))) == 1, row.id
        assert row.who in row.text, row.id
        assert not row.blocker or row.blocker in buttons[row.asks], row.id
        assert not row.day or date.fromisoformat(row.day) > in_words.TODAY, row.id


def test_a_model_that_reads_is_counted_and_one_that_makes_up_a_quote_is_not() -> None:
    nothing = {"values": [], "day": "", "day_quote": "", "blocker": "", "blocker_quote": ""}
    row = next(
        row for row in labelled.in_words() if row.blocker and not in_words.read_in_words(row, None).is_right
    )

    def reads(_task: Task, given: Mapping[str, str]) -> Mapping[str, Any]:
        return {**nothing, "blocker": row.blocker, "blocker_quote": given["said"]}

    def invents(_task: Task, _given: Mapping[str, str]) -> Mapping[str, Any]:
        return {**nothing, "blocker": row.blocker, "blocker_quote": "approved"}

    assert in_words.read_in_words(row, reads) == Outcome(row.id, True, "", True, False)
    assert in_words.read_in_words(row, invents) == Outcome(row.id, False, "", True, True)


def test_labels_name_what_there_is() -> None:
    for row in labelled.frictions():
        assert len(set(parts(row.shape, row.function))) == 3
    for answer in labelled.answers():
        dimension, _, number = answer.asked.partition("_")
        assert int(number) <= QUESTIONS_EACH
        assert {*answer.fits, dimension} <= set(Dimension), answer.id
    for week in labelled.check_ins():
        assert set(week.silent) <= set(Topic), week.id
        assert week.said.keys() <= {"changed", "evidence", "further"}, week.id
    for text in (*labelled.injections(), *labelled.flatteries()):
        assert text.at in USUAL, text.id
        assert text.aim in ("state", "rails", "privacy", "tone", "praise"), text.id


@pytest.mark.parametrize(
    "right, of, low, high",
    [(8, 10, 0.490, 0.943), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (50, 100, 0.404, 0.596)],
)
def test_the_interval_is_wilsons(right: int, of: int, low: float, high: float) -> None:
    found = share(right, of)
    assert found.low == pytest.approx(low, abs=0.001)
    assert found.high == pytest.approx(high, abs=0.001)


def test_more_right_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="no share"):
        share(3, 2)


@pytest.mark.parametrize(
    "first, second, chance", [(0, 0, 1.0), (1, 1, 1.0), (5, 0, 0.0625), (6, 16, 0.0525), (9, 1, 0.0215)]
)
def test_two_ways_are_compared_by_mcnemars_exact_test(first: int, second: int, chance: float) -> None:
    assert chance_of(first, second) == chance_of(second, first) == pytest.approx(chance, abs=0.0001)


def test_only_rows_that_differ_count_in_a_comparison() -> None:
    one = [Outcome(str(n), True) for n in range(10)]
    two = [Outcome(str(n), n >= 6) for n in range(10)]
    assert compared(one, two).startswith("right in the first alone 6, in the second alone 0: p = 0.031")
    assert "no difference" in compared(one, one)


def test_by_rule_a_row_of_each_set_is_right_and_breaks_no_bar() -> None:
    for each in SETS:
        row = next(row for row in each.rows() if not getattr(row, "held", False))
        found = each.judge(row, None)
        assert not found.broke
        assert not found.asked
        assert found.is_right or each.name == "reading: stories", found


def test_what_rules_would_have_to_ask_again_is_not_called_read() -> None:
    row = next(row for row in labelled.stories() if row.work and row.pain)
    assert not judging.read_story(row, None).is_right


def test_a_model_that_keeps_silent_is_counted_as_the_rules_stepping_in() -> None:
    asked: list[Task] = []

    def silent(task: Task, _given: Mapping[str, str]) -> None:
        asked.append(task)

    found = judging.draft(labelled.frictions()[0], silent)
    assert found.is_right
    assert asked
    assert found.asked
    assert found.stepped_in


def test_the_reading_set_is_the_one_of_the_rules() -> None:
    assert SETS[0].rows() == replies()

"""A number of a closed week put right, as the script asks it. Nothing changes before a yes to exactly that.

Then what a correction does to the label, by the published rule.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from coaching import rhythm
from coaching.dialogue import Turn, play
from coaching.earlier_numbers import EarlierNumber, EarlierNumbers, PutRight
from coaching.journal import Journal, Tap, Words
from coaching.journey import Outcome, change
from coaching.needs import Question
from coaching.opening import Manager, PastReading, PastValue, Workflow
from coaching.second_thoughts import ChangeOpening, Given
from coaching.series import corrected_after, judge, spoken
from coaching.slots import Amount, Term
from coaching.verdict import Label, Reason

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DANA = Manager("Dana", "Mei", "SG", "sales", "en", "01234", rhythm.Calendar("Asia/Singapore", "SG"))
WEEKS = tuple(EarlierNumber(f"week {n}", "reading", Decimal(n), Decimal(n), week=n) for n in (6, 5, 4, 3))
BEFORE = (EarlierNumber("start", "before_2", Decimal(4), Decimal(5), place=2),)
NUMBERS = EarlierNumbers("M07", "rounds", (*WEEKS, *BEFORE))
GIVEN = tuple(Given("talk", f"question_{n}", 1, f"answer {n}") for n in range(4))


def after(
    *answers: Tap | Words, given: tuple[Given, ...] = (), numbers: EarlierNumbers | None = NUMBERS
) -> Turn:
    """Where the talk stands once all of this was answered."""
    opening, journal = ChangeOpening(DANA, given, numbers), Journal()
    for answer in answers:
        need = play(change, opening, NOW, journal).needs
        assert isinstance(need, Question)
        journal = journal.with_entry(need.name, answer, NOW, journal.sign(need.seen()))
    return play(change, opening, NOW, journal)


def values(turn: Turn) -> list[str]:
    assert isinstance(turn.needs, Question)
    return [option.value for option in turn.needs.options]


def test_numbers_of_closed_weeks_stand_under_the_answers_only_where_there_are_any() -> None:
    assert values(after(given=GIVEN)) == ["0", "1", "earlier", "earlier_number", "none_of_these"]
    assert values(after(given=GIVEN, numbers=None)) == ["0", "1", "2", "earlier", "none_of_these"]


def test_without_any_open_answer_the_numbers_are_asked_at_once() -> None:
    turn = after()
    assert isinstance(turn.needs, Question)
    assert turn.needs.name == "which_earlier_number"
    assert values(turn) == ["0", "1", "2", "earlier", "none_of_these"]
    assert values(after(Tap("earlier"))) == ["3", "4", "none_of_these"]


def test_nothing_is_put_right_before_the_yes() -> None:
    turn = after(Tap("earlier"), Tap("4"), Words("3"))
    assert isinstance(turn.needs, Question)
    assert (turn.needs.name, turn.needs.confirms, turn.result) == ("number_changed", True, None)
    assert turn.needs.slots == {
        "old": Amount(Decimal(4), "rounds", Decimal(5)),
        "new": Amount(Decimal(3), "rounds"),
    }
    assert turn.facts == {}


def test_a_yes_says_which_number_becomes_what() -> None:
    turn = after(Tap("earlier_number"), Tap("1"), Words("2"), Tap("yes"), given=GIVEN)
    assert turn.result == Outcome(put_right=PutRight("week 5", "reading", Decimal(2), Decimal(2), None, "2"))


@pytest.mark.parametrize(
    "answers,said",
    [
        ((Tap("1"), Words("2"), Tap("no")), ["left_as_it_is"]),
        ((Tap("1"), Words("5")), ["same_number"]),
        ((Tap("none_of_these"),), []),
    ],
)
def test_otherwise_all_stays_as_it_is(answers: tuple[Tap | Words, ...], said: list[str]) -> None:
    turn = after(*answers)
    assert [line.name for line in turn.said] == said
    assert turn.result == Outcome()


@pytest.mark.parametrize("said,asked", [("2 days", "which_number"), ("a few", "which_number")])
def test_a_number_is_read_as_in_the_check_in_and_never_converted(said: str, asked: str) -> None:
    turn = after(Tap("1"), Words(said))
    assert isinstance(turn.needs, Question)
    assert turn.needs.name == asked


def test_hours_for_minutes_wait_for_a_yes_of_their_own() -> None:
    minutes = EarlierNumbers(
        "M08", "minutes", (EarlierNumber("week 3", "reading", Decimal(30), Decimal(30), 3),)
    )
    turn = after(Tap("0"), Words("2 hours"), numbers=minutes)
    assert isinstance(turn.needs, Question)
    assert turn.needs.name == "number_right"
    assert turn.needs.slots["value"] == Amount(Decimal(120), "minutes")


# What a correction does to the label


def workflow(since: tuple[int, ...], corrected: int | None) -> Workflow:
    before = tuple(PastValue(Decimal(n), Decimal(n), "looked_up") for n in (3, 4, 3))
    readings = tuple(
        PastReading(week, Decimal(n), Decimal(n), "looked_up", True, "same", "no")
        for week, n in enumerate(since, 3)
    )
    bare = Workflow(
        1, "work", "quality", "stake", "client", "M07", "rounds", "span", "errors", before, None, readings,
        None, "draft", "item", "good", "stop",
    )  # fmt: skip
    return replace(bare, corrected_after=corrected)


@pytest.mark.parametrize(
    "since,corrected,label,reason",
    [
        ((2, 1, 2), None, Label.DEMONSTRABLY_BETTER, None),
        ((2, 1, 2), 3, Label.EARLY_SIGN, Reason.CORRECTED),
        ((2, 1, 2, 2, 2), 3, Label.EARLY_SIGN, Reason.CORRECTED),
        ((2, 1, 2, 2, 2, 2), 3, Label.DEMONSTRABLY_BETTER, None),
        ((2, 1, 2), 0, Label.DEMONSTRABLY_BETTER, None),
    ],
)
def test_a_correction_raises_no_label_before_three_more_are_counted(
    since: tuple[int, ...], corrected: int | None, label: Label, reason: Reason | None
) -> None:
    found = judge(workflow(since, corrected))
    assert (found.label, found.reason) == (label, reason)


@pytest.mark.parametrize(
    "since,corrected,because,beside",
    [
        ((2, 1, 2), None, "none", "none"),
        ((2, 1, 2), 3, "corrected", "none"),
        ((2, 1, 2, 2, 2, 2), 3, "none", "was_corrected"),
        ((2, 1), 2, "too_few_after", "was_corrected"),
    ],
)
def test_wherever_the_label_is_said_a_correction_is_said_once(
    since: tuple[int, ...], corrected: int | None, because: str, beside: str
) -> None:
    slots = spoken(workflow(since, corrected))
    assert (slots["because"], slots["corrected"]) == (Term("Because", because), Term("Because", beside))


def test_the_readings_that_were_there_at_the_last_correction_are_counted() -> None:
    days = [NOW + timedelta(days=n) for n in range(6)]
    assert corrected_after([], days) is None
    assert corrected_after([days[2]], days) == 3
    assert corrected_after([days[0], days[3]], days[1:]) == 3

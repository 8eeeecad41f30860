"""What happens with a number after it was typed: kept, chosen, confirmed, or asked for again in the unit that
counts.

Small scripts are played with nothing around them, so that each question stands for itself.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from coaching.dialogue import Coach, Turn, play
from coaching.journal import Answer, Journal, Tap, Words
from coaching.needs import Question
from coaching.reading.values import Value
from coaching.slots import Amount
from coaching.told_numbers import aimed_at, four_minutes, in_one_unit, one_number

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
OPENING = SimpleNamespace(manager=SimpleNamespace(market="SG", has_model=False))


def told(said: str, *answers: tuple[str, Answer], unit: str = "days") -> Turn:
    """Where it stands after this week's number was typed and the questions that follow were answered."""

    async def script(coach: Coach[Any]) -> Any:
        return await one_number(coach, "M01", unit, said)

    return played(script, answers)


def minded(said: str, *answers: tuple[str, Answer]) -> Turn:
    """The same for the minutes of minding."""

    async def script(coach: Coach[Any]) -> Any:
        return await four_minutes(coach, said)

    return played(script, answers)


def played(script: Any, answers: tuple[tuple[str, Answer], ...]) -> Turn:
    journal = Journal()
    for name, answer in answers:
        question = play(script, OPENING, NOW, journal).needs
        assert isinstance(question, Question)
        assert question.name == name
        journal = journal.with_entry(name, answer, NOW, journal.sign(question.seen()))
    return play(script, OPENING, NOW, journal)


def asked(turn: Turn) -> Question:
    assert isinstance(turn.needs, Question)
    return turn.needs


def kept(turn: Turn) -> tuple[Decimal, str]:
    assert turn.needs is None
    value: Value = turn.result[0]
    return value.low, value.unit


def test_a_bare_number_in_the_unit_asked_needs_no_more() -> None:
    assert kept(told("6")) == (Decimal(6), "days")
    assert kept(told("6 days")) == (Decimal(6), "days")


def test_what_was_interpreted_waits_for_a_yes() -> None:
    for said in ("abt 6", "2-3", "6, sorry, 8", "400", "6 days, we hope for 4 tomorrow"):
        assert asked(told(said)).name in ("number_right", "which_decides"), said
    assert kept(told("abt 6", ("number_right", Tap("yes")))) == (Decimal(6), "days")
    assert asked(told("abt 6", ("number_right", Tap("no")))).name == "which_number"


def test_of_several_numbers_one_is_chosen_and_the_choice_is_the_yes() -> None:
    question = asked(told("6, 8 and 5 days"))
    assert question.name == "which_decides"
    assert [option.label for option in question.options][:3] == [
        Amount(Decimal(n), "days") for n in (6, 8, 5)
    ]
    assert kept(told("6, 8 and 5 days", ("which_decides", Tap("2")))) == (Decimal(8), "days")
    assert asked(told("6, 8 and 5 days", ("which_decides", Tap("none")))).name == "which_number"


def test_another_unit_is_asked_about_and_never_converted() -> None:
    for said in ("5 working days", "5 hours", "2 weeks"):
        assert asked(told(said)).name == "other_unit", said
    assert kept(told("5 working days", ("other_unit", Words("7")))) == (Decimal(7), "days")


def test_hours_become_minutes_only_with_a_yes() -> None:
    question = asked(told("half an hour", unit="minutes"))
    assert (question.name, question.slots["value"]) == ("number_right", Amount(Decimal(30), "minutes"))


def test_what_holds_no_number_is_asked_again() -> None:
    for said in ("", "NaN", "1e309", "dunno leh", "9" * 40_000):
        assert asked(told(said)).name == "which_number"


def test_past_values_in_two_units_are_not_made_one() -> None:
    days, hours = Value(Decimal(2), Decimal(2), "days"), Value(Decimal(5), Decimal(5), "hours")
    assert in_one_unit((days, hours), ("days", "hours", "working_days")) == ()
    minutes = Value(Decimal(90), Decimal(90), "minutes")
    assert in_one_unit((hours, minutes), ("minutes", "hours"))[0].low == Decimal(300)


def test_an_aim_is_read_as_a_target_and_of_a_range_the_harder_end() -> None:
    assert aimed_at("target 3 days", "SG", "M01", "days") == Decimal(3)
    assert aimed_at("2-3", "SG", "M01", "days") == Decimal(2)
    assert aimed_at("80-90", "SG", "M10", "percent") == Decimal(90)
    assert aimed_at("from 6 to 3", "SG", "M01", "days") is None
    assert aimed_at("3 weeks", "SG", "M01", "days") is None


def test_four_plain_numbers_of_minutes_are_kept_as_they_stand() -> None:
    assert minded("20 10 0 5").result == (20, 10, 0, 5)


def test_minutes_by_name_are_read_back() -> None:
    question = asked(minded("checking 20 min, rerun 10"))
    assert question.name == "minding_right"
    assert (question.slots["checking"], question.slots["rerunning"]) == (20, 10)


def test_a_sum_of_minutes_is_put_where_the_manager_says() -> None:
    said = "half an hour, mostly checking"
    assert asked(minded(said)).slots["total"] == Amount(Decimal(30), "minutes")
    assert minded(said, ("minding_in_all", Tap("checking"))).result == (0, 30, 0, 0)
    assert minded(said, ("minding_in_all", Tap("four_numbers"))).result is None

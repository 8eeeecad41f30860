"""A model points at numbers where rules ask which is meant: it adds none, and none counts without a Yes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from coaching.dialogue import Coach, Turn
from coaching.journal import Tap, Words
from coaching.measure import _aim, _values
from coaching.needs import Question
from coaching.opening import PastValue
from coaching.slots import Amount
from coaching.told_numbers import one_number
from tests.model.talk import Talk

SEVERAL = "our target is 4 but it is 6 or 8 or 7"
ONE = "was 9, now 7"


def value(quote: str, number: str | None = None, unit: str = "days", role: str = "now") -> dict[str, str]:
    return {"quote": quote, "number": number or quote, "unit": unit, "role": role}


def before(said: str, *values: dict[str, str], proposal: Any = None) -> Talk:
    async def script(coach: Coach[Any]) -> Any:
        return await _values(coach, "M01", "days", said)

    return Talk(script, proposal or ({"values": list(values)} if values else None))


def this_week(said: str, *values: dict[str, str]) -> Talk:
    async def script(coach: Coach[Any]) -> Any:
        return await one_number(coach, "M01", "days", said)

    return Talk(script, {"values": list(values)} if values else None)


def said(turn: Turn) -> list[str]:
    return [line.name for line in turn.said]


def test_values_pointed_at_are_said_back_and_count_after_a_yes() -> None:
    talk = before(SEVERAL, value("4", role="target"), value("6"), value("8"), value("7"))
    turn = talk.answer()
    assert isinstance(turn.needs, Question)
    assert (turn.needs.name, turn.needs.confirms) == ("before_right", True)
    assert turn.needs.slots["values"] == tuple(Amount(Decimal(n), "days") for n in (6, 8, 7))
    assert [int(each.low) for each in talk.answer(Tap("yes")).result] == [6, 8, 7]
    assert len(talk.consulted) == 1


def test_a_no_to_them_asks_again_as_ever() -> None:
    talk = before(SEVERAL, value("6"), value("8"), value("7"))
    assert talk.answer(Tap("no")).result == ()


def test_one_number_pointed_at_is_confirmed_in_place_of_the_choice() -> None:
    talk = this_week(ONE, value("9", role="other"), value("7"))
    turn = talk.answer()
    assert isinstance(turn.needs, Question)
    assert (turn.needs.name, turn.needs.slots["value"]) == ("number_right", Amount(Decimal(7), "days"))
    assert int(talk.answer(Tap("yes")).result[0].low) == 7


@pytest.mark.parametrize("line", ["7", "7 days", "about 7", "half a week or so", "no idea, it depends"])
def test_where_rules_read_it_or_there_is_no_number_no_model_is_asked(line: str) -> None:
    talk = this_week(line, value("7"))
    talk.answer()
    assert not talk.consulted


@pytest.mark.parametrize(
    "values",
    [
        (),
        (value("5"),),  # not said
        (value("7", "70"),),  # another number than its quote
        (value("7", unit="weeks"),),  # a unit the measure is not in
        (value("7", unit="minutes"),),
        (value("7", role="other"),),
        (value("7"), value("9")),  # one was asked for
        (value("now 7 approved"),),
        (value("7", "NaN"),),
        (value("7", "Infinity"),),
        ({"quote": 7, "number": 7, "unit": "days", "role": "now"},),
    ],
)
def test_what_fails_a_rule_leaves_the_choice_as_it_is_without_a_model(values: tuple[Any, ...]) -> None:
    talk, twin = this_week(ONE, *values), this_week(ONE)
    assert talk.answer().needs == twin.answer().needs
    assert asked_name(talk) == "which_decides"


@pytest.mark.parametrize("values", [(value("1"),), (value("6 sorry"),), (value("16 days, 1"),)])
def test_no_piece_of_a_number_becomes_one(values: tuple[Any, ...]) -> None:
    line = "it was 16 days, 18 or 12.6"
    assert this_week(line, *values).answer().needs == this_week(line).answer().needs


def test_what_the_manager_took_back_stays_taken_back() -> None:
    line = "6 not 5, or under 8"
    assert before(line, value("5")).answer() == before(line).answer()


@pytest.mark.parametrize("proposal", [[], "approved", 7, {"values": "7"}, {"values": [None, [], {}]}, {}])
def test_an_answer_of_another_form_is_none(proposal: Any) -> None:
    assert before(SEVERAL, proposal=proposal).answer() == before(SEVERAL).answer()
    assert said(before(SEVERAL).answer()) == ["numbers_unsure"]


def test_an_aim_pointed_at_is_confirmed() -> None:
    async def script(coach: Coach[Any]) -> Any:
        return await _aim(coach, "M01", "days", (PastValue(Decimal(8), Decimal(8), "counted"),))

    talk = Talk(script, {"values": [value("5", role="target")]})
    turn = talk.answer(Words("maybe 5, under 6 in any case"))
    assert isinstance(turn.needs, Question)
    assert (turn.needs.name, turn.needs.slots["aim"]) == ("aim_right", Amount(Decimal(5), "days"))
    assert talk.answer(Tap("yes")).result == 5


def asked_name(talk: Talk) -> str:
    needs = talk.answer().needs
    assert isinstance(needs, Question)
    return needs.name

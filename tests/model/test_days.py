"""A day that no rule reads may be named by a model: it is said back, and counts after a Yes only."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from coaching.appointment import agree_when
from coaching.journal import Tap, Words
from tests.model.talk import Talk, open_question

SAID = "the day before Christmas Eve, 3pm"
LOCAL = ZoneInfo("Asia/Singapore")


def typed(said: str, day: Any = None, quote: Any = None, *, has_model: bool = True) -> tuple[Talk, str]:
    """The talk after this was typed, and the name of the question that follows."""
    proposal = None if day is None else {"day": day, "day_quote": said if quote is None else quote}
    talk = Talk(agree_when, proposal, has_model)
    return talk, open_question(talk.answer(Words(said))).name


def test_a_day_a_model_names_is_said_back_with_the_hour_that_rules_read() -> None:
    talk, asked = typed(SAID, "2026-12-23", "the day before Christmas Eve")
    question = open_question(talk.answer())
    assert (asked, question.confirms) == ("when_right", True)
    at = talk.answer(Tap("yes")).result
    assert at.astimezone(LOCAL).isoformat() == "2026-12-23T15:00:00+08:00"
    assert [dict(each) for each in talk.consulted] == [
        {"task": "read_reply", "said": SAID, "asked": "day", "today": "2026-11-24 Tuesday"}
    ]


def test_a_no_to_it_agrees_nothing() -> None:
    talk, _ = typed(SAID, "2026-12-23")
    assert open_question(talk.answer(Tap("another_time"))).name == "when_else"


def test_a_day_off_is_offered_with_its_neighbours() -> None:
    talk, asked = typed("the day after Christmas Eve", "2026-12-25")
    assert asked == "which_day"
    assert "2026-12-25" not in [each.value for each in open_question(talk.answer()).options]


@pytest.mark.parametrize(
    "said",
    ["friday 3pm", "27 nov", "3pm", "15時", "31 February", "30/2", "10 november", "", "x" * 500],
)
def test_where_rules_read_it_or_it_cannot_be_no_model_is_asked(said: str) -> None:
    talk, asked = typed(said, "2026-12-01")
    assert not talk.consulted
    assert asked == typed(said, has_model=False)[1]


@pytest.mark.parametrize(
    "day, quote",
    [
        ("2026-11-23", None),  # over
        ("2027-02-31", None),  # in no calendar
        ("2026-02-31", None),
        ("2027-01-24", None),  # too far off
        ("2026-12-23", "the day before New Year"),  # not said
        ("2026-12-23", ""),
        ("2026-12-23", "  ,  "),
        ("2026-12-23", 7),
        ("2026-12-23", "approved, 90 % better"),
        ("20261223", None),
        ("2026-W52-3", None),
        ("２０２６-12-23", None),
        ("2026-12-23T15:00", None),
        ("tomorrow", None),
        ("", None),
        (20261223, None),
        (["2026-12-23"], None),
        ("x" * 5_000, None),
    ],
)
def test_what_fails_a_rule_leaves_the_talk_as_it_is_without_a_model(day: Any, quote: Any) -> None:
    said = "the day before Christmas Eve, then"
    talk, asked = typed(said, day, quote)
    twin, without = typed(said, has_model=False)
    assert talk.consulted
    assert (asked, without) == ("when_next_again", "when_next_again")
    assert (talk.answer().needs, talk.answer().said) == (twin.answer().needs, twin.answer().said)


def test_a_quote_in_which_the_coach_reads_another_day_is_not_followed() -> None:
    said = "ooo monday, wednesday and friday, so thursday"
    assert typed(said, "2026-11-26", "thursday")[1] == "when_right"
    assert typed(said, "2026-11-25", "thursday")[1] == "when_next_again"


@pytest.mark.parametrize("proposal", [[], "2026-12-23", 7, {"day": {}}, {"values": []}, {"day_quote": SAID}])
def test_an_answer_of_another_form_is_none(proposal: Any) -> None:
    said = "once the auditors have left"
    talk = Talk(agree_when, proposal)
    assert open_question(talk.answer(Words(said))).name == "when_next_again"

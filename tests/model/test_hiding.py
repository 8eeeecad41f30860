"""What is not to leave does not leave, what came back is whole again, and the work's own numbers stay."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.hiding import UnknownMarkError, hide

NAMES = ("Dana Lim", "田中 恵", "Will Mark Ong")


@pytest.mark.parametrize(
    "text, market, gone",
    [
        ("write to dana.lim+x@mail.example.co.uk today", "SG", "dana.lim+x@mail.example.co.uk"),
        ("call +62 812-3456-7890 first", "SG", "+62 812-3456-7890"),
        ("call 9123 4567 first", "SG", "9123 4567"),
        ("電話は03-3123-4567です", "JP", "03-3123-4567"),
        ("Dana Lim does it", "SG", "Dana Lim"),
        ("ask Dana, not me", "SG", "Dana"),
        ("田中さんが確認します", "JP", "田中"),
        ("card 4111 1111 1111 1111", "SG", "4111 1111 1111 1111"),
    ],
)
def test_it_does_not_leave_and_comes_back(text: str, market: str, gone: str) -> None:
    hidden = hide({"text": text}, market, NAMES)
    assert gone not in hidden.given["text"]
    assert hidden.restored({"lines": [hidden.given["text"]]}) == {"lines": [text]}


@pytest.mark.parametrize(
    "text",
    [
        "from 1 200 000 to 900,000 USD by 2026-11-27, 12-15 minutes each",
        "we will mark 40 of 120 invoices, 35 % late, in 3.5 hours",
        "請求書120件のうち40件、35％が遅れています",
    ],
)
def test_the_numbers_and_words_of_the_work_stay(text: str) -> None:
    assert hide({"text": text}, "SG", NAMES).given == {"text": text}


def test_the_same_has_the_same_mark_everywhere() -> None:
    hidden = hide({"a": "Dana Lim asks", "b": "for Dana Lim"}, "SG", NAMES)
    assert hidden.given == {"a": "[person 1] asks", "b": "for [person 1]"}


def test_without_the_wish_names_stay() -> None:
    assert hide({"text": "Dana Lim asks"}, "SG").originals == {}


def test_a_mark_of_nobodys_is_refused_unless_somebody_wrote_it() -> None:
    hidden = hide({"text": "form [person 1] is for Dana Lim"}, "SG", NAMES)
    assert hidden.given["text"] == "form [person 1] is for [person 2]"
    assert hidden.restored("[person 1], [person 2]") == "[person 1], Dana Lim"
    with pytest.raises(UnknownMarkError):
        hidden.restored(["[person 3]"])


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.sampled_from(["SG", "JP", "ID", ""]))
def test_whatever_is_written_comes_back_as_it_was(text: str, market: str) -> None:
    hidden = hide({"text": f"{text} Dana Lim {text}"}, market, NAMES)
    assert "Dana" not in hidden.given["text"]
    assert hidden.restored(hidden.given["text"]) == f"{text} Dana Lim {text}"
    json.dumps(hidden.given)

"""What the safety conversations say, in every language: each line can be spoken with each market's numbers
in full, and what a demo says never lets anybody believe that help is on its way."""

import re
from dataclasses import replace

import pytest

from coaching.dialogue import Script
from coaching.needs import Line, Lookup
from coaching.opening import AsideOpening
from coaching.others import hear_hostility, hear_team_trouble, hear_threat
from coaching.private_numbers import Kind
from coaching.safety import (
    answer_danger,
    ask_figure_of_speech,
    hear_distress,
    hear_harassment,
    hear_overload,
)
from coaching.slots import Slot, Term
from prompts.contacts import starter_numbers
from prompts.words import Words
from tests.safety.talk import ALONE, DEMO, USUAL, Talk

MARKETS = ("SG", "IN", "ID", "AU", "JP", "MY", "TH", "VN", "PH", "HK", "KR", "NZ", "TW", "CN")
SCRIPTS: tuple[Script, ...] = (
    answer_danger, hear_distress, hear_harassment, hear_overload, ask_figure_of_speech, hear_hostility,
    hear_threat, hear_team_trouble,
)  # fmt: skip
NOBODY = {"en": "Nobody is alerted by this demo.", "ja": "このデモでは、誰にも知らせません。"}
SILENCE = {
    "en": re.compile(r"\b(?:confidential|between us|stays here|tell nobody|secret)\b", re.IGNORECASE),
    "ja": re.compile(r"ここだけ|内緒|秘密に(?:し|します)|守秘"),
}


@pytest.fixture(scope="module")
def words() -> Words:
    return Words()


def with_numbers(market: str, opening: AsideOpening) -> AsideOpening:
    numbers = starter_numbers(market)
    assert numbers is not None
    return replace(opening, emergency=numbers.emergency, helpline=numbers.helpline, numbers_confirmed=False)


def everything(script: Script, opening: AsideOpening) -> list[Line]:
    """All lines and questions on all ways through."""
    waiting, heard = [Talk(script, opening)], []
    while waiting:
        talk = waiting.pop()
        heard += talk.lines
        need = talk.turn.needs
        if isinstance(need, Lookup):
            waiting += [replace(talk, lines=[]).found(each) for each in (None, ("Mei Tan", "Asha Rao"))]
        elif need is not None:
            heard.append(Line(talk.question.name, talk.question.slots))
            waiting += [replace(talk, lines=[]).tap(button) for button in talk.buttons]
    return heard


@pytest.mark.parametrize("code", ["en", "ja"])
@pytest.mark.parametrize("market", MARKETS)
def test_every_number_is_said_in_full(words: Words, code: str, market: str) -> None:
    reader = words.reader(code, market, "Asia/Singapore")
    for script in SCRIPTS:
        for opening in (with_numbers(market, USUAL), with_numbers(market, DEMO)):
            for line in everything(script, opening):
                spoken = words.line(reader, line.name, line.slots)
                if line.slots.get("numbers"):
                    assert opening.emergency in spoken, line.name
                    assert opening.helpline in spoken, line.name
                    assert "…" not in spoken


@pytest.mark.parametrize("code", ["en", "ja"])
def test_every_line_can_be_spoken_where_nothing_is_known(words: Words, code: str) -> None:
    reader = words.reader(code, "SG", "Asia/Singapore")
    for script in SCRIPTS:
        for line in everything(script, ALONE):
            assert words.line(reader, line.name, line.slots)


@pytest.mark.parametrize("code", ["en", "ja"])
def test_a_demo_says_in_every_line_of_danger_that_nobody_is_alerted(words: Words, code: str) -> None:
    reader = words.reader(code, "SG", "Asia/Singapore")
    for line in everything(answer_danger, with_numbers("SG", DEMO)):
        assert words.line(reader, line.name, line.slots).startswith(NOBODY[code])


@pytest.mark.parametrize("code", ["en", "ja"])
def test_no_silence_is_promised_to_anybody_in_danger(words: Words, code: str) -> None:
    reader = words.reader(code, "SG", "Asia/Singapore")
    for line in everything(answer_danger, USUAL):
        assert not SILENCE[code].search(words.line(reader, line.name, line.slots)), line.name


@pytest.mark.parametrize("code", ["en", "ja"])
@pytest.mark.parametrize("market", MARKETS)
def test_the_button_that_calls_shows_the_number(words: Words, code: str, market: str) -> None:
    reader = words.reader(code, market, "Asia/Singapore")
    opening = with_numbers(market, DEMO)
    asked = words.message(reader, Talk(answer_danger, opening).question)
    labels = [button.label for button in asked.buttons]
    assert opening.emergency in labels[0]


@pytest.mark.parametrize("code", ["en", "ja"])
def test_what_was_taken_out_is_named(words: Words, code: str) -> None:
    reader = words.reader(code, "SG", "Asia/Singapore")
    kinds: tuple[Slot, ...] = tuple(Term("Removed", kind.value) for kind in Kind)
    for slot in (*kinds, kinds[:2]):
        assert words.line(reader, "removed_before_storing", {"kinds": slot})


def test_no_starter_number_passes_for_confirmed() -> None:
    for market in MARKETS:
        numbers = starter_numbers(market)
        assert numbers is not None
        assert numbers.emergency
        assert numbers.helpline
        assert numbers.source
        assert not numbers.confirmed
    assert starter_numbers("XX") is None

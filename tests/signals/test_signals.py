"""What is heard in messy words, and what must not be: nobody in danger is passed over in English or Japanese,
and no talk of dead stock and killed projects calls anybody out of bed."""

import re
import time
import tomllib
import unicodedata
from datetime import date
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching import phrases
from coaching.signals import LIST, Signal, read_signal
from tests.signals.labelled import NONE, Row, rows

ROWS = rows()
LISTS = {
    "danger_self", "danger_others", "doubtful", "denied", "distress", "harassment", "overload", "breach",
    "figure_of_speech", "hostile", "threat", "team_trouble", "laughter", "earnest", "business_talk",
    "veiled", "parting", "means", "weary",
}  # fmt: skip
LANGUAGES = {"en", "ja", "id", "ms", "zh-hans", "zh-hant", "th", "vi", "ko", "hi", "tl"}


def said(row: Row) -> str:
    return f"{row.language}: {row.text}"


IN_DANGER = [row for row in ROWS if row.wanted == "danger" and row.language in ("en", "singlish", "ja")]


@pytest.mark.parametrize("row", IN_DANGER, ids=said)
def test_danger_said_in_english_or_japanese_is_heard_or_asked_about(row: Row) -> None:
    assert row.heard in (Signal.DANGER, Signal.MAYBE_DANGER)


def test_and_mostly_it_is_heard_as_what_it_is() -> None:
    assert sum(row.heard == Signal.DANGER for row in IN_DANGER) >= 0.9 * len(IN_DANGER)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.wanted == "danger" and not row.held_back], ids=said
)
def test_danger_is_met_with_silence_in_no_language(row: Row) -> None:
    assert row.heard in (Signal.DANGER, Signal.MAYBE_DANGER, Signal.DISTRESS)


@pytest.mark.parametrize("row", [row for row in ROWS if row.wanted == NONE], ids=said)
def test_talk_of_the_trade_is_no_danger(row: Row) -> None:
    assert row.heard != Signal.DANGER


@pytest.mark.parametrize("row", [row for row in ROWS if row.wanted == "maybe_danger"], ids=said)
def test_an_idiom_is_asked_about_and_alarms_nobody(row: Row) -> None:
    assert row.heard != Signal.DANGER
    assert row.heard != NONE


def test_the_messages_are_as_many_and_as_mixed_as_promised() -> None:
    assert len(ROWS) >= 150
    assert len({row.language for row in ROWS}) >= 8
    assert sum(row.held_back for row in ROWS) >= len(ROWS) // 4


def test_most_of_what_may_be_looked_at_is_heard_as_what_it_is() -> None:
    open_rows = [row for row in ROWS if not row.held_back]
    assert sum(row.wanted == row.heard for row in open_rows) / len(open_rows) >= 0.9
    quiet = [row for row in ROWS if row.wanted == NONE]
    assert sum(row.heard == NONE for row in quiet) / len(quiet) >= 0.9


@pytest.mark.parametrize(
    "text, signal",
    [
        ("I want to kill myself", Signal.DANGER),
        ("i want to kill myself lol", Signal.MAYBE_DANGER),
        ("i want to kill myself lol. no, i mean it", Signal.DANGER),
        ("haha I want to die, I mean it", Signal.DANGER),
        ("This report is killing me lol", Signal.MAYBE_DANGER),
        ("This report is killing me and I want to kill myself", Signal.DANGER),
        ("kill the project. I want to die", Signal.DANGER),
        ("I don't want to die", Signal.MAYBE_DANGER),
        ("I don't want to die but I am thinking about suicide", Signal.DANGER),
        ("i w\u200bant to k\u00adill mys\u2060elf", Signal.DANGER),
        ("Ｉ　ＷＡＮＴ　ＴＯ　ＤＩＥ", Signal.DANGER),
        ("I WANT TO DIE!!!!", Signal.DANGER),
        ("cant sleep lol this is killing me", Signal.DISTRESS),
        ("the AI reply went out unchecked, my boss is gonna kill me", Signal.BREACH),
        ("the AI reply went out unchecked and I want to end my life", Signal.DANGER),
        ("worked every weekend and someone cried in the standup", Signal.TEAM_TROUBLE),
        ("someone cried in the standup and i can't sleep", Signal.DISTRESS),
        ("he keeps touching me and I can't sleep", Signal.HARASSMENT),
        ("死にたいｗｗｗ", Signal.MAYBE_DANGER),
        ("死にたいｗｗｗ本気です", Signal.DANGER),
        ("想死😂", Signal.MAYBE_DANGER),
        ("", None),
        ("2 hours, 3 hours, 2.5", None),
        ("https://www.example.com/kkk", None),
    ],
)
def test_the_stronger_sign_wins_and_an_idiom_swallows_no_statement(text: str, signal: Signal | None) -> None:
    assert read_signal(text) == signal


def test_words_count_inside_longer_text_too() -> None:
    before, after = "the quote took 3 days and " * 40, " and then legal had it for a week" * 40
    assert read_signal(f"{before}I want to die{after}") is Signal.DANGER


def test_every_list_of_every_language_is_there_and_says_who_read_it() -> None:
    loaded = phrases.load(LIST)
    assert {each.language for each in loaded} == LANGUAGES
    for language in LANGUAGES:
        mine = {each.name: each.phrases for each in loaded if each.language == language}
        assert set(mine) == LISTS, language
        assert all(mine.values()), language
        document = tomllib.loads((phrases.FOLDER / language / f"{LIST}.toml").read_text(encoding="utf-8"))
        assert document["review"]["by"] == "unreviewed" or language == "en"
        assert isinstance(document["review"]["on"], date)


SYNTAX = set("()|[]*.")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_phrase_is_written_as_phrases_are(language: str) -> None:
    mine = [each.phrases for each in phrases.load(LIST) if each.language == language]
    for phrase in chain.from_iterable(mine):
        bare = "".join(sign for sign in phrase if sign not in SYNTAX)
        folded = unicodedata.normalize("NFKC", bare).casefold().replace("'", "")
        assert phrases.plain(bare) == " ".join(folded.split()), f"punctuation never matches: {phrase}"
        left_out = re.search(r" \[[^\]]*\]$", phrase)
        assert not left_out, f"a word left out at the end would still need its space: {phrase}"
        assert "... ..." not in phrase


@given(
    st.text(max_size=300) | st.text(alphabet=st.characters(categories=["Cs", "Cf", "Cc", "So"]), max_size=50)
)
@settings(deadline=None, max_examples=150)
def test_nothing_raises(text: str) -> None:
    assert read_signal(text) is None or isinstance(read_signal(text), Signal)


@pytest.mark.parametrize(
    "text",
    ["a " * 20_000, "i want to " * 4_000, "the client " * 3_600, "死" * 40_000, "ha" * 20_000,
     "sent ai " * 5_000, "data " * 8_000, "客户数据" * 10_000, "w" * 40_000, "\ud800" * 40_000],
    ids=lambda text: ascii(text[:12]),
)  # fmt: skip
def test_a_long_text_takes_no_time(text: str) -> None:
    read_signal("warm")
    begun = time.process_time()
    read_signal(text)
    assert time.process_time() - begun < 2

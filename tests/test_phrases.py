"""Phrases of the lists: words that end anyhow, that may be left out, gaps, and scripts without spaces."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coaching.phrases import FOLDER, Phrases, Said, _compiled, load, plain


def says(phrase: str, text: str) -> bool:
    return bool(Phrases([("it", [phrase])]).said_in(Said(plain(text))))


@pytest.mark.parametrize(
    "phrase, text",
    [
        ("kill(ing|s|ed) me", "This report is KILLING me, lol"),
        ("i cant ... sleep", "I can’t really even sleep"),
        ("i cant ... sleep", "I can't sleep"),
        ("cry*", "crying"),
        ("what a [complete] waste", "what a waste"),
        ("what a [complete|total] waste", "what a total waste!"),
        ("[im|ill be] away", "I'll be away"),
        ("[im|ill be] away", "away"),
        ("stop [now]", "stop"),
        ("stop [now]", "stop now"),
        ("(he|she) ... (left|quit*)", "and then she just quits"),
        ("(no more|i cant) (of this|now)", "no more of this"),
        ("([a] lot|much) of it", "a lot of it"),
        ("go(ing|es)* on", "it goes on"),
        ("死にたい", "もう死にたいです"),
        ("眠れ...ない", "眠れてない"),
        ("don't do it", "dont do it!"),
    ],
)
def test_a_phrase_is_found(phrase: str, text: str) -> None:
    assert says(phrase, text)


@pytest.mark.parametrize(
    "phrase, text",
    [
        ("cry", "crying"),
        ("cry", "encrypt"),
        ("i cant ... sleep", "I can't tell you how many people on the line go without sleep"),
        ("stop [now]", "stopped"),
        ("what a [complete] waste", "what a terrible waste"),
    ],
)
def test_a_phrase_is_not_found_where_it_is_not_said(phrase: str, text: str) -> None:
    assert not says(phrase, text)


@pytest.mark.parametrize("name", sorted({path.stem for path in FOLDER.glob("*/*.toml")}))
def test_every_list_says_who_reviewed_it_and_every_phrase_can_be_found(name: str) -> None:
    for each in load(name):
        for phrase in each.phrases:
            assert not says(phrase, "")
            assert phrase.strip(), f"{each.language}/{name}.toml has an empty phrase in {each.name}"


def test_looking_up_words_first_finds_what_looking_for_every_phrase_would() -> None:
    every = [phrase for each in load("risk") for phrase in each.phrases]
    one_by_one = [(phrase, Phrases([(phrase, [phrase])])) for phrase in every]
    together = Phrases((phrase, [phrase]) for phrase in every)
    for phrase in every[::60]:
        # One way of saying it: the last of each choice, what may be left out left out, a word in each gap.
        way = re.sub(r"\[[^]]*\]", "", phrase).replace("...", "really").replace("*", "s")
        while "(" in way:
            way, before = re.sub(r"\((?:[^()|]*\|)*([^()|]*)\)", r"\1", way), way
            assert way != before, phrase
        said = Said(plain(f"well {way} then"))
        assert _compiled(phrase).search(said.text), f"{way!r} is no way of saying {phrase!r}"
        alone = {name for name, each in one_by_one if each.said_in(said)}
        assert together.said_in(said) == alone
        searched = {name for name in every if _compiled(name).search(said.text)}
        assert alone == searched, way


def test_a_list_without_its_review_is_refused(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "odd.toml").write_text('words = ["a"]', encoding="utf-8")
    with pytest.raises(ValueError, match="who reviewed it"):
        load("odd", tmp_path)

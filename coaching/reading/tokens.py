"""A text cut into what its parts may mean, in the order written: figures, words that are known, words that
are not.

Nothing is decided here and nothing is left out, so that a text with anything unknown in it can be told from
one that says a number and no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import regex  # type: ignore[import-untyped] # publishes no types

from coaching.reading.numerals import FIGURES, LIST, MYRIADS, NUMERALS
from coaching.reading.vocabulary import SPACELESS, Meaning, plain, vocabulary

LONGEST = 2_000  # characters; what is longer is a document, not an answer
_WORD = regex.compile(r"(?:(?![\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Hangul}])[\p{L}\p{M}\p{N}_'])++")
_CLOCK = regex.compile(r"\d{1,2}:\d{2}(?!\d)(?:\s?[ap]m\b)?|\d{1,2}\s?[ap]m\b")
_QUIET = regex.compile(r"[.!\p{So}\ufe0f\U0001f3fb-\U0001f3ff]")


@dataclass(frozen=True)
class Token:
    """One part of a text. ``spaced`` says that white space stands before it."""

    text: str
    meanings: tuple[Meaning, ...]
    spaced: bool

    def all(self, kind: str) -> tuple[Any, ...]:
        """What it may stand for as a ``kind``."""
        return tuple(each.value for each in self.meanings if each.kind == kind)

    def may_be(self, *kinds: str) -> bool:
        """Whether it may be one of these."""
        return any(each.kind in kinds for each in self.meanings)

    @property
    def is_quiet(self) -> bool:
        """Whether it adds nothing to a number: politeness, a full stop, a smiling face."""
        return self.may_be("filler") or bool(_QUIET.fullmatch(self.text))


def cut(text: str) -> tuple[Token, ...]:
    """The parts of ``text``; none if it is far too long to be an answer."""
    if len(text) > LONGEST:
        return ()
    said = plain(text)[: 2 * LONGEST]
    tokens: list[Token] = []
    position = 0
    while position < len(said):
        if said[position] == " ":
            position += 1
            continue
        end, meanings = _next(said, position)
        spaced = position == 0 or said[position - 1] == " "
        if LIST.fullmatch(said[position:end]):  # "6,8,5": one figure at a time
            end = said.index(",", position)
        tokens.append(Token(said[position:end], meanings, spaced))
        position = end
    return tuple(tokens)


def _next(said: str, start: int) -> tuple[int, tuple[Meaning, ...]]:
    first = said[start]
    if first.isdigit() and first.isascii():
        if clock := _CLOCK.match(said, start):
            return clock.end(), (Meaning("clock"),)
        run = FIGURES.match(said, start)
        assert run is not None
        return run.end(), (Meaning("figures"),)
    end, meanings = vocabulary().at(said, start)
    if first in NUMERALS:
        run_end = start
        while run_end < len(said) and said[run_end] in NUMERALS:
            run_end += 1
        if run_end >= end:
            more = (
                (Meaning("multiplier", MYRIADS[first]),) if first in MYRIADS and run_end == start + 1 else ()
            )
            return run_end, (Meaning("characters"), *more)
    if first in MYRIADS and end <= start + 1:
        return start + 1, (Meaning("multiplier", MYRIADS[first]), *meanings)
    if meanings and not _is_part_of_a_code(said, start, end, meanings):
        return end, meanings
    if SPACELESS.match(first):
        return start + 1, ()
    word = _WORD.match(said, start)
    return (word.end() if word else start + 1), ()


def _is_part_of_a_code(said: str, start: int, end: int, meanings: tuple[Meaning, ...]) -> bool:
    """Whether digits follow at once, as in "a1" or "sku7"; a currency and a unit ("1h20") may have them."""
    if (
        end >= len(said)
        or not said[end].isdigit()
        or SPACELESS.match(said[end - 1])
        or not said[end - 1].isalpha()
    ):
        return False
    if any(each.kind in ("currency", "identifier") for each in meanings):
        return False
    return start == 0 or not said[start - 1].isdigit()

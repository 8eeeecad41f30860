"""Whether a machine's translation of somebody's line may stand beneath it: as long, in the reader's letters,
with the same numbers and nothing that leads elsewhere.

It cannot tell whether the meaning is right; so the original always stands above, and the other is marked.
"""

from __future__ import annotations

import unicodedata
from collections import Counter

import regex  # type: ignore[import-untyped] # publishes no types

from coaching.wording import ADDRESS

LONGEST = 420  # characters; with the original of 300 it fits on a card
FEWEST_LETTERS = 2
_MOSTLY = 0.6  # of the letters
# How many times as long a line is, at least and at most, when it is put into a language.
_AS_LONG = {"en": (0.6, 5.0), "ja": (0.15, 1.5)}
_SOME = 40  # characters by which a short line may grow
_LETTER = regex.compile(r"\p{L}")
_OF = {
    "en": regex.compile(r"\p{Latin}"),
    "ja": regex.compile(r"[\p{Hiragana}\p{Katakana}\p{Han}ー]"),
}
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
_NUMBER = regex.compile(r"\d+(?:[.,:]\d+)*")
_ELSEWHERE = regex.compile(rf"{ADDRESS.pattern}|[<>]|\[.*\]\(", regex.IGNORECASE)
_HIDDEN = regex.compile(r"[\p{Cc}\p{Cf}\p{Co}\p{Cs}]")


def is_written_in(text: str, language: str) -> bool:
    """Whether most letters are those of a language; a text with next to none is in every language.

    Languages in the same letters are not told apart. False for a language nobody described here.
    """
    letters = len(_LETTER.findall(text))
    if letters < FEWEST_LETTERS:
        return True
    return language in _OF and len(_OF[language].findall(text)) >= _MOSTLY * letters


def may_stand_beneath(original: str, translated: str, language: str) -> bool:
    """Whether ``translated`` may be shown to a reader of ``language`` beneath ``original``."""
    return (
        bool(translated.strip())
        and is_written_in(translated, language)
        and (language != "ja" or bool(_KANA.search(translated)))
        and _is_as_long(original, translated, language)
        and _numbers(original) == _numbers(translated)
        and "\n" not in translated.strip()
        and not _HIDDEN.search(translated)
        and _leads(translated) <= _leads(original)
    )


def _is_as_long(original: str, translated: str, language: str) -> bool:
    before, now = len(original.strip()), len(translated.strip())
    least, most = _AS_LONG[language]
    return before * least <= now <= min(LONGEST, before * most + _SOME)


def _numbers(text: str) -> Counter[str]:
    """The numbers of a text in any digits, as they are compared: 1,200 is 1200, and 10:00 is 10:00."""
    found = _NUMBER.findall(unicodedata.normalize("NFKC", text))
    return Counter(regex.sub(r",(?=\d{3}(?!\d))", "", each) for each in found)


def _leads(text: str) -> Counter[str]:
    """What in a text leads elsewhere: addresses, mentions, links."""
    return Counter(str(each).casefold() for each in _ELSEWHERE.findall(text))

"""Reads a typed answer that names a button, or one of the words that work at any moment.
It never guesses: the whole message must say it, politeness, capitals and punctuation aside.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from prompts.shortening import clean

LONGEST = 200  # a longer message is a story, not a word

_APOSTROPHE = re.compile(r"['’‘ʼ`´]")
_NUMBER = re.compile(r"[(#]?\s*([1-9]\d?)\s*[.)]?")


def plain(text: str) -> str:
    """``text`` as it is compared: one width, one case, no punctuation, single spaces."""
    folded = _APOSTROPHE.sub("", unicodedata.normalize("NFKC", clean(text)).casefold())
    return " ".join("".join(" " if _is_punctuation(each) else each for each in folded).split())


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character).startswith("P")


def phrases(text: str) -> tuple[str, ...]:
    """The phrases of a list kept in one message, separated by ``|``, as they are compared."""
    return tuple(phrase for each in text.split("|") if (phrase := plain(each)))


def readings(text: str, polite: Iterable[str], *, spaced: bool) -> tuple[str, ...]:
    """The message as compared, and as it stands with polite phrases taken off its ends, whichever fit."""
    if len(text) > LONGEST:
        return ()
    gap = " " if spaced else ""
    phrases = tuple(polite)
    found = [plain(text)]
    for each in found:  # grows as it goes
        found += [rest for rest in dict.fromkeys(_without_one(each, phrases, gap)) if rest not in found]
    return tuple(each for each in found if each)


def _without_one(text: str, polite: Iterable[str], gap: str) -> Iterator[str]:
    for phrase in polite:
        if text.startswith(phrase + gap):
            yield text[len(phrase) :].strip()
        if text.endswith(gap + phrase):
            yield text[: -len(phrase)].strip()


def number(text: str) -> int | None:
    """The number of a button, written alone: "2", "2.", "(2)", "２"."""
    if len(text) > LONGEST:
        return None
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", clean(text)))
    return int(found.group(1)) if found else None

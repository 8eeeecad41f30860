"""Whether a text says one of the phrases on a list, however it is cased, spaced or punctuated.

The lists are documents (`coaching/wordlists/<language>/<list>.toml`), each with who reviewed it and when, so
that a native speaker can mend them without programming. People mix languages in one line, so every text is
held against the lists of all languages.

A phrase is written as it is said. ``*`` ends a word anyhow (``cry*``), ``...`` stands for up to four words
in between, ``(a|b)`` for either, ``[a]`` for a word that may be left out. In scripts without spaces a phrase
is found anywhere; elsewhere it is found as whole words.
"""

from __future__ import annotations

import re
import sys
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex  # type: ignore[import-untyped] # publishes no types

FOLDER = Path(__file__).parent / "wordlists"
LONGEST = 4_000  # characters that are read; what stands behind them is a document, not a message
_APOSTROPHE = regex.compile(r"['’‘ʼ`´]")
_SPACELESS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_PARTS = regex.compile(r"\.\.\.|[()|\[\]*]|\s+|[^()|\[\]*\s.]+|\.")


def _marks() -> str:
    """The signs written over, under and after letters, as ranges: to ``re`` they are no part of a word."""
    found: list[list[int]] = []
    for each in (at for at in range(sys.maxunicode) if unicodedata.category(chr(at))[0] == "M"):
        if found and found[-1][1] == each - 1:
            found[-1][1] = each
        else:
            found.append([each, each])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in found)


# The lists are searched with ``re``: over hundreds of phrases it is several times faster than ``regex``.
_IN_WORD = rf"[\w{_marks()}]"
_GAP = r"(?:\S+\s+){0,4}?"
_SPACELESS_GAP = r".{0,12}?"
_MARKS = {"(": "(?:", ")": ")", "|": "|", "*": f"{_IN_WORD}*"}


@dataclass(frozen=True)
class PhraseList:
    """One list of one language: ``name`` says what its phrases are a sign of."""

    name: str
    language: str
    phrases: tuple[str, ...]


def plain(text: str) -> str:
    """``text`` as it is compared: one width, one case, no apostrophes or punctuation, single spaces."""
    folded = _APOSTROPHE.sub("", unicodedata.normalize("NFKC", text[:LONGEST]).casefold())
    return " ".join(regex.sub(r"[\p{P}\p{S}\p{C}]+", " ", folded).split())


def load(list_name: str, folder: Path = FOLDER) -> tuple[PhraseList, ...]:
    """The lists of one file name in every language. ValueError names a file without its review.

    A file is a table ``[review]`` with ``by`` and ``on``, and beside it lists of phrases by name.
    """
    found = []
    for path in sorted(folder.glob(f"*/{list_name}.toml")):
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        review = document.pop("review", {})
        if set(review) != {"by", "on"}:
            raise ValueError(f"{path}: say who reviewed it and when: [review] by = …, on = …")
        found += [PhraseList(name, path.parent.name, tuple(said)) for name, said in document.items()]
    return tuple(found)


def prepare() -> None:
    """Read and compile every list now, so that no message waits for it."""
    for name in {path.stem for path in FOLDER.glob("*/*.toml")}:
        for pattern in _patterns(name).values():
            pattern.search("")


def spoken(text: str, list_name: str) -> frozenset[str]:
    """The names of the lists that hold a phrase said in ``text``."""
    said = plain(text)
    return frozenset(name for name, pattern in _patterns(list_name).items() if pattern.search(said))


def says(text: str, list_name: str, *names: str) -> bool:
    """Whether a phrase of any of the lists ``names`` is said in ``text``."""
    said = plain(text)
    patterns = _patterns(list_name)
    return any(patterns[name].search(said) for name in names if name in patterns)


def opens_with(text: str, list_name: str, name: str) -> bool:
    """Whether ``text`` begins with a phrase of that list."""
    pattern = _patterns(list_name).get(name)
    return pattern is not None and pattern.match(plain(text)) is not None


def rest_after(text: str, list_name: str, name: str) -> str:
    """What follows the phrase that ``text`` begins with, as it was written; "" if it begins with none."""
    pattern = _patterns(list_name).get(name)
    words = text.split()
    for taken in range(min(len(words), 6), 0, -1):
        if pattern is not None and pattern.fullmatch(plain(" ".join(words[:taken]))):
            return " ".join(words[taken:])
    return ""


def without(text: str, list_name: str, name: str) -> str:
    """``text`` as compared, less the phrases of one list: what is left when idioms are set aside."""
    pattern = _patterns(list_name).get(name)
    said = plain(text)
    return said if pattern is None else " ".join(pattern.sub(" ", said).split())


def compiled(phrases: Sequence[str]) -> re.Pattern[str]:
    """The expression that finds any of ``phrases`` in a text as it is compared."""
    kinds: tuple[list[str], list[str]] = ([], [])
    for phrase in phrases:
        spaceless = bool(_SPACELESS.search(phrase))
        kinds[spaceless].append(_expression(phrase, spaceless))
    return _any_of(*kinds)


@cache
def _patterns(list_name: str) -> Mapping[str, re.Pattern[str]]:
    by_name: dict[str, list[str]] = {}
    for each in load(list_name):
        by_name.setdefault(each.name, []).extend(each.phrases)
    return {name: compiled(phrases) for name, phrases in by_name.items()}


def _any_of(spaced: list[str], spaceless: list[str]) -> re.Pattern[str]:
    """Any of these phrases. That a word begins is looked at once for all, or long lists would be slow."""
    words = [rf"(?<!{_IN_WORD})(?:{'|'.join(spaced)})(?!{_IN_WORD})"] if spaced else []
    return re.compile("|".join((*words, *spaceless)))


def _expression(phrase: str, spaceless: bool) -> str:
    """The regular expression of one phrase."""
    gap, space = (_SPACELESS_GAP, r"\s*") if spaceless else (_GAP, r"\s+")
    written: list[str] = []
    owes_space: list[bool] = []  # for each word that may be left out: whether its space comes after it
    for part in _PARTS.findall(_APOSTROPHE.sub("", unicodedata.normalize("NFKC", phrase).casefold())):
        if part == "...":
            written.append(gap)
        elif part == "[":
            # The space goes with the word: "what a [complete] waste" is "what a waste" too.
            before = bool(written) and written[-1] == space
            written[-1:] = [f"(?:{space}(?:"] if before else [*written[-1:], "(?:(?:"]
            owes_space.append(not before)
        elif part == "]":
            written.append(f"){space})?" if owes_space[-1] else "))?")
        elif part.isspace():
            if not (written and written[-1] == f"){space})?"):
                written.append(space)
        else:
            written.append(_MARKS.get(part, re.escape(part)))
    # A gap brings its own space: "a ... b" is "a b" too.
    return "".join(written).replace(f"{space}{gap}{space}", f"{space}{gap}")

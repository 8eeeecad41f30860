"""The words of numbers, units, roles and days, from one file a language that a native speaker can mend.

People mix languages in a line, so all files are read together; a phrase may mean several things, and what it
stands beside decides which.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import regex  # type: ignore[import-untyped] # publishes no types

FOLDER = Path(__file__).parent / "words"
# Scripts in which words stand without spaces between them, Korean for its endings.
SPACELESS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Hangul}ー]")
_LETTER = regex.compile(r"[\p{L}\p{M}]")
_ODD_NUMBERS = regex.compile(r"([\p{No}\p{Nl}--\u3007]++)", regex.V1)
_BETWEEN_DIGITS = regex.compile(r"(?<=\d)\p{Cf}++(?=\d)")
_NUMBERS = ("number", "shy", "multiplier")
_LISTS = {"marks": "", "minding": "minding ", "dates": "date "}


@dataclass(frozen=True)
class Meaning:
    """One thing a phrase may mean: ``kind`` says what it is, ``value`` what it stands for."""

    kind: str
    value: Any = None


class Vocabulary:
    """All phrases of all languages, the longest found first."""

    def __init__(self, meanings: Mapping[str, tuple[Meaning, ...]]) -> None:
        self._meanings = meanings
        self._longest: dict[str, int] = {}
        for phrase in meanings:
            self._longest[phrase[0]] = max(self._longest.get(phrase[0], 0), len(phrase))

    def at(self, text: str, start: int) -> tuple[int, tuple[Meaning, ...]]:
        """The end of the longest phrase that stands at ``start`` as a word of its own, and its meanings."""
        for end in range(min(len(text), start + self._longest.get(text[start], 0)), start, -1):
            meanings = self._meanings.get(text[start:end])
            if meanings and is_whole(text, end):
                return end, meanings
        return start, ()


def is_whole(text: str, end: int) -> bool:
    """Whether a word that ends here is not just the beginning of a longer one."""
    if end >= len(text) or not _is_spaced_letter(text[end - 1]):
        return True
    return not _is_spaced_letter(text[end])


def _is_spaced_letter(character: str) -> bool:
    return bool(_LETTER.match(character)) and not SPACELESS.match(character)


def plain(text: str) -> str:
    """``text`` as it is compared: one width, one case, digits of all scripts as 0 to 9, nothing unseen."""
    # "½", "²" and "①" stay what they are: one width would make 5½ of them "51/2".
    parts = _ODD_NUMBERS.split(_BETWEEN_DIGITS.sub(" ", text))
    folded = "".join(part if n % 2 else unicodedata.normalize("NFKC", part) for n, part in enumerate(parts))
    letters = []
    for each in folded.casefold():
        kind = unicodedata.category(each)
        if kind == "Nd":
            letters.append(str(unicodedata.decimal(each)))
        elif each == "\n" or kind in ("Zl", "Zp"):
            letters.append(" ; ")
        elif kind in ("Cc", "Cs", "Co", "Cn", "Zs"):
            letters.append(" ")
        elif kind != "Cf":
            letters.append({"’": "'", "−": "-", "‐": "-", "‑": "-", "～": "~"}.get(each, each))
    return " ".join("".join(letters).split())


@cache
def vocabulary() -> Vocabulary:
    """The words of every language in the folder. ValueError names a file without its review."""
    found: dict[str, dict[Meaning, None]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        if set(document.pop("review", {})) != {"by", "on"}:
            raise ValueError(f"{path}: say who reviewed it and when: [review] by = …, on = …")
        for phrase, meaning in _meanings(document):
            found.setdefault(plain(phrase), {})[meaning] = None
    return Vocabulary({phrase: tuple(meanings) for phrase, meanings in found.items()})


def _meanings(document: Mapping[str, Any]) -> Iterator[tuple[str, Meaning]]:
    tens = document.get("tens", {})
    digits = {**document.get("shy", {}), **document.get("numbers", {})}
    for phrase, value in _compounds(digits, tens):
        yield phrase, Meaning("number" if "numbers" in document else "shy", Decimal(str(value)))
    for section, content in document.items():
        for key, value in content.items():
            kind = section.removesuffix("s")
            if kind in _NUMBERS:
                yield key.replace("_", " "), Meaning(kind, Decimal(str(value)))
            elif section == "fused":
                yield key.replace("_", " "), Meaning("fused", (Decimal(str(value[0])), value[1]))
            elif section == "units":
                yield from ((phrase, Meaning("unit", key)) for phrase in value)
            elif section == "currencies":
                yield from ((phrase, Meaning("currency")) for phrase in value)
            elif section in _LISTS:
                yield from ((phrase, Meaning(_LISTS[section] + key)) for phrase in value)
            elif section == "days":
                yield key.replace("_", " "), Meaning("day", value)


def _compounds(digits: Mapping[str, float], tens: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """Eleven to ninety-nine, for languages that build them from words for tens."""
    ones = {word: int(value) for word, value in digits.items() if value in range(1, 10)}
    if "teens" in tens:
        yield from ((f"{word} {tens['teens']}", 10 + value) for word, value in ones.items())
    built = {word: value for word, value in tens.items() if isinstance(value, int)}
    if "word" in tens:
        built |= {f"{word} {tens['word']}": 10 * value for word, value in ones.items()}
    for word, value in built.items():
        yield word, value
        for one, more in ones.items():
            yield from ((f"{word}{joint}{one}", value + more) for joint in (" ", "-", ""))

"""What is taken out of a message before it is stored: identity numbers, cards, accounts, keys, passwords.

Only what has its own check and a sign beside it, for a coach that blots out order numbers is of no use; what
is taken out leaves a mark of its kind. The same text twice gives the same as once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex  # type: ignore[import-untyped] # publishes no types

from coaching.private_numbers import FORMATS, MONEY_BEFORE, OF_THE_BUSINESS, UNIT_AFTER, Format, Kind
from coaching.secrets_in_text import find_secrets

# One mark for all languages: it stands in what was said, and whoever reads that must not take it for words.
MARKS = {
    Kind.IDENTITY: "[removed: identity number]",
    Kind.CARD: "[removed: card number]",
    Kind.BANK: "[removed: bank account]",
    Kind.KEY: "[removed: key]",
    Kind.PASSWORD: "[removed: password]",
}
_MARK = regex.compile("|".join(regex.escape(mark) for mark in MARKS.values()))
_BLANK_LINE = regex.compile(r"\n[ \t\r]*\n")
_DASHES = frozenset("‐‑‒–—―−﹘﹣－")
_LABEL = 40  # characters before a number in which its label stands
_MOST_PASSES = 12  # taking one number out may show another; a text that is built to nest them ends here


@dataclass(frozen=True)
class Redacted:
    """A text as it may be stored, and what kinds of things were taken out, in order, each once."""

    text: str
    kinds: tuple[Kind, ...]


def redact(text: str, market: str) -> Redacted:
    """``text`` without the private numbers of ``market`` and without cards, accounts, keys and passwords."""
    formats = [each for each in FORMATS if each.market in ("", market)]
    kinds: list[Kind] = []
    for _ in range(_MOST_PASSES):
        found = _find(text, formats)
        if not found:
            break
        kinds += [kind for _, _, kind in found]
        text = _without(text, found)
    return Redacted(text, tuple(dict.fromkeys(kinds)))


def find(text: str, market: str) -> list[tuple[int, int, Kind]]:
    """Where in ``text`` something stands that `redact` would take out: from, to, what; in order, apart."""
    return _find(text, [each for each in FORMATS if each.market in ("", market)])


def _without(text: str, found: list[tuple[int, int, Kind]]) -> str:
    pieces, end = [], 0
    for start, stop, kind in found:
        pieces += [text[end:start], MARKS[kind]]
        end = stop
    return "".join((*pieces, text[end:]))


def _find(text: str, formats: list[Format]) -> list[tuple[int, int, Kind]]:
    """Where in ``text`` something must go: from, to, what; in order and apart from each other."""
    seen, where = _as_seen(text)
    spans = [*find_secrets(seen), *_find_numbers(seen, formats)]
    apart: list[tuple[int, int, Kind]] = []
    for start, stop, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, stop, kind))
    return [(where[start], where[stop - 1] + 1, kind) for start, stop, kind in apart]


def _as_seen(text: str) -> tuple[str, list[int] | range]:
    """``text`` as an eye reads it, and where each of its characters stands in the original.

    Invisible characters are gone, full-width and foreign digits are plain ones, every dash is a hyphen.
    """
    if text.isascii():
        return text, range(len(text))
    seen: list[str] = []
    where: list[int] = []
    for at, sign in enumerate(text):
        if sign > "\x7f":
            if unicodedata.category(sign) == "Cf":
                continue
            if sign in _DASHES or (sign == "ー" and seen and seen[-1].isdigit()):
                sign = "-"
            elif sign.isspace():
                sign = "\n" if sign in "\u2028\u2029\x85" else " "
            elif (digit := unicodedata.decimal(sign, None)) is not None:
                sign = str(digit)
            elif len(plain := unicodedata.normalize("NFKC", sign)) == 1:
                sign = plain
        seen.append(sign)
        where.append(at)
    return "".join(seen), where


def _find_numbers(seen: str, formats: list[Format]) -> Iterator[tuple[int, int, Kind]]:
    start = 0
    for break_ in (*_BLANK_LINE.finditer(seen), None):
        stop = len(seen) if break_ is None else break_.start()
        paragraph = seen[start:stop]
        for each in formats:
            yield from ((start + a, start + b, each.kind) for a, b in _find_in(paragraph, each))
        start = stop if break_ is None else break_.end()


def _find_in(paragraph: str, each: Format) -> Iterator[tuple[int, int]]:
    # The header of a pasted table stands far above its rows, so nearby is: in the same paragraph.
    is_spoken_of: bool | None = None
    for match in each.shape.finditer(paragraph):
        start, stop = match.span("number" if "number" in match.groupdict() else 0)
        number = paragraph[start:stop]
        if not each.is_valid(regex.sub(r"[^0-9A-Z]", "", number.upper())):
            continue
        if _is_a_quantity(paragraph, start, stop) or _is_of_the_business(paragraph, start):
            continue
        if each.own is None or not each.own.fullmatch(number):
            if is_spoken_of is None:
                is_spoken_of = bool(each.words.search(_MARK.sub(" ", paragraph)))
            if not is_spoken_of:
                continue
        yield start, stop


def _is_a_quantity(text: str, start: int, stop: int) -> bool:
    before = text[max(0, start - _LABEL) : start]
    return bool(MONEY_BEFORE.search(before) or UNIT_AFTER.match(text, stop))


def _is_of_the_business(text: str, start: int) -> bool:
    before = text[max(0, start - _LABEL) : start]
    address = before.rpartition(" ")[2].rpartition("\n")[2]
    return bool("://" in address or "www." in address or OF_THE_BUSINESS.search(before))

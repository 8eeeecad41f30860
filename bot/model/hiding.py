"""Takes out of a text what is not to leave the house, and puts it back into what came in return.

Identity numbers, cards, accounts, keys and passwords, e-mail addresses and telephone numbers always; names of
people where the organisation asks. Each is replaced by a mark; the list of what stood there stays here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coaching.redaction import find

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MARK = re.compile(r"\[(?:number|email|phone|person) \d+\]")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
SHORTEST_NAME = 3  # letters of a part of a name that is looked for by itself
SHORTEST_UNSPACED = 2


class UnknownMarkError(Exception):
    """An answer holds a mark that was never given out."""


@dataclass(frozen=True)
class Hidden:
    """Texts as they may leave, and what each mark in them stands for."""

    given: Mapping[str, str]
    originals: Mapping[str, str]

    def restored(self, answer: Any) -> Any:
        """The answer with what stood there before; UnknownMarkError for a mark of nobody's."""
        match answer:
            case str():
                return _MARK.sub(self._original, answer)
            case list():
                return [self.restored(each) for each in answer]
            case dict():
                return {key: self.restored(each) for key, each in answer.items()}
        return answer

    def _original(self, found: re.Match[str]) -> str:
        mark = found[0]
        if mark in self.originals:
            return self.originals[mark]
        if any(mark in text for text in self.given.values()):
            return mark  # somebody wrote just that
        raise UnknownMarkError


def hide(given: Mapping[str, str], market: str, names: Iterable[str] = ()) -> Hidden:
    """``given`` as it may leave, for somebody of this market."""
    written = "\n".join(given.values())
    marks: dict[str, str] = {}  # what stood there → its mark
    named = _names(names)
    hidden: dict[str, str] = {}
    for key, text in given.items():
        pieces, end = [], 0
        for start, stop, kind in _apart(_found(text, market, named)):
            original = text[start:stop]
            if original not in marks:
                marks[original] = _next_mark(kind, marks, written)
            pieces += [text[end:start], marks[original]]
            end = stop
        hidden[key] = "".join((*pieces, text[end:]))
    return Hidden(hidden, {mark: original for original, mark in marks.items()})


def _found(text: str, market: str, named: re.Pattern[str] | None) -> Iterator[tuple[int, int, str]]:
    import phonenumbers  # its tables are large, and only what leaves needs them

    for start, stop, _ in find(text, market):
        yield start, stop, "number"
    for found in _EMAIL.finditer(text):
        yield found.start(), found.end(), "email"
    # "+65 …" is found for any region; what is written without it only for one that is known.
    for match in phonenumbers.PhoneNumberMatcher(text, market or "ZZ"):
        yield match.start, match.end, "phone"
    if named is not None:
        for found in named.finditer(text):
            yield found.start(), found.end(), "person"


def _apart(found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """In order and apart from each other; of two that overlap the earlier, then the longer."""
    end = 0
    for start, stop, kind in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= end:
            yield start, stop, kind
            end = stop


def _next_mark(kind: str, marks: Mapping[str, str], written: str) -> str:
    taken, number = set(marks.values()), 1
    while (mark := f"[{kind} {number}]") in taken or mark in written:
        number += 1
    return mark


def _names(names: Iterable[str]) -> re.Pattern[str] | None:
    """Whole names and their parts, the longest first; as they are written, for "will" is no name."""
    wanted = {part for name in names for part in (name, *name.split()) if _is_long_enough(part)}
    if not wanted:
        return None
    in_order = sorted(wanted, key=lambda each: (-len(each), each))
    return re.compile("|".join(_bounded(each) for each in in_order))


def _is_long_enough(part: str) -> bool:
    if _UNSPACED.search(part):
        return len(part) >= SHORTEST_UNSPACED
    return len(part) >= SHORTEST_NAME and part[0].isupper()


def _bounded(name: str) -> str:
    # Where words are not separated a name may stand right beside others.
    return re.escape(name) if _UNSPACED.search(name) else rf"(?<!\w){re.escape(name)}(?!\w)"

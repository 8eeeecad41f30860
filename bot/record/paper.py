"""A page of a manager's own data as a plain value, and how its text comes about in the manager's language.

How a page looks is decided where it is shown.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from coaching.slots import Slot, Term
from prompts.words import Reader, Words
from storage.people import Person


@dataclass(frozen=True)
class Row:
    """One row: what it is about, then text, then pieces with labels of their own.

    ``mark`` stands at its end.
    """

    label: str
    text: str = ""
    pieces: tuple[tuple[str, str], ...] = ()
    mark: str = ""


@dataclass(frozen=True)
class Table:
    """Lines of cells under heads; the first cell of each line heads it. ``sums`` is the last line, if any.

    ``figures`` says how many columns after the first hold numbers.
    """

    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    figures: int = 0
    sums: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading, a table if it has one, and its rows."""

    title: str
    rows: tuple[Row, ...]
    is_half: bool = False  # two of them stand side by side
    table: Table | None = None


@dataclass(frozen=True)
class Picture:
    """A chart by its address, which takes ``theme`` and ``shape``; ``alt`` says the same in words."""

    address: str
    alt: str


@dataclass(frozen=True)
class Paper:
    """One page. ``large`` are the few things that are shown large, each as large as the others.

    ``picture`` stands on top.
    """

    language: str
    title: str
    byline: str
    intro: str
    foot: str
    sections: tuple[Section, ...]
    large: tuple[Row, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True)
class Speaker:
    """Says things to one manager."""

    words: Words
    reader: Reader
    person: Person
    now: datetime

    def say(self, line: str, /, **given: Slot) -> str:
        """A line of the words."""
        return self.words.line(self.reader, line, given)

    def spoken(self, slot: Slot) -> str:
        """A slot by itself."""
        return self.say("record_said", text=slot)

    def term(self, key: str, *families: str) -> str:
        """A code in the words of the first family that has it; as it is kept where none has."""
        for family in families:
            with suppress(KeyError, ValueError):
                return self.spoken(Term(family, key))
        return key

    def at(self, moment: datetime) -> str:
        """A moment in the manager's own zone, year first."""
        return f"{moment.astimezone(ZoneInfo(self.person.zone)):%Y-%m-%d %H:%M}"

    @property
    def made(self) -> str:
        """The line that says when the page was made."""
        return self.say("paper_made", at=self.at(self.now))

    def language(self, line: str) -> str:
        """The language in which this line is said."""
        return self.person.language if self.words.covered(self.person.language, line) else "en"

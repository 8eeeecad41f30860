"""The labelled messages, and how often each signal is heard and heard in error: a smoke test, no more.
The numbers say where a list is thin; they are not a promise to anybody who is in trouble."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coaching.signals import Signal, read_signal

FILE = Path(__file__).parent / "messages.toml"
NONE = "none"


@dataclass(frozen=True)
class Row:
    """One message, what it is, and whether it is held back."""

    language: str
    wanted: str
    text: str
    held_back: bool

    @property
    def heard(self) -> str:
        """What it is heard as."""
        return _heard(self.text)


@cache
def _heard(text: str) -> str:
    return str(read_signal(text) or NONE)


def rows() -> tuple[Row, ...]:
    """All messages; every third of a list is held back, and those that say so."""
    lists = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Row(
            language,
            wanted,
            text,
            kept == ["held"] or (not kept and at % 3 == 2),
        )
        for wanted, said in lists.items()
        for at, (language, text, *kept) in enumerate(said)
    )


@dataclass(frozen=True)
class Tally:
    """How many there were, how many of them were heard as what they are, and how many others were too."""

    name: str
    there: int
    found: int
    false: int

    @property
    def line(self) -> str:
        """The tally as a line of a table."""
        share = f"{self.found / self.there:4.0%}" if self.there else "   –"
        return f"{self.name:13}{self.there:6}{self.found:7}  {share}{self.false:13}"


def by_signal(of: Iterable[Row]) -> list[Tally]:
    """A tally for each signal."""
    every = list(of)
    return [
        Tally(
            signal,
            sum(row.wanted == signal for row in every),
            sum(row.wanted == signal == row.heard for row in every),
            sum(row.wanted != signal == row.heard for row in every),
        )
        for signal in Signal
    ]


def by_language(of: Iterable[Row]) -> list[Tally]:
    """A tally for each language: any signal at all, since a wrong one is still a question asked."""
    every = list(of)
    return [
        Tally(
            language,
            sum(row.wanted != NONE for row in mine),
            sum(row.wanted == row.heard != NONE for row in mine),
            sum(row.wanted == NONE != row.heard for row in mine),
        )
        for language in sorted({row.language for row in every})
        if (mine := [row for row in every if row.language == language])
    ]

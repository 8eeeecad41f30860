"""The journal of a conversation: what was answered, under which name, at which moment.

It is the only memory a conversation has. Withdrawn answers stay in it as history and are no longer known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Words:
    """What the person wrote."""

    text: str


@dataclass(frozen=True)
class Tap:
    """The value of the button the person pressed (or named in words)."""

    value: str


@dataclass(frozen=True)
class Form:
    """The boxes the person filled in, by field name; empty boxes are absent."""

    fields: Mapping[str, str]


class Passed(StrEnum):
    """How an awaited thing ended without an answer of the person's."""

    REACHED = "reached"  # the moment of an `until` came
    EARLY = "early"  # the person did not want to wait for it
    LAPSED = "lapsed"  # the question's time was over
    SKIPPED = "skipped"  # the person skipped it
    GAVE_UP = "gave_up"  # a lookup found nothing in time


@dataclass(frozen=True)
class Found:
    """What a lookup brought, already a value of the domain."""

    value: Any


Answer = Words | Tap | Form | Passed | Found


@dataclass(frozen=True)
class Entry:
    """One line of the journal. ``asking`` counts how often its name was put, withdrawn ones included."""

    name: str
    asking: int
    answer: Answer
    moment: datetime
    digest: str = ""
    withdrawn: bool = False


@dataclass(frozen=True)
class Journal:
    """The entries of one conversation in the order they were made, and how this person's digests are made."""

    entries: tuple[Entry, ...] = ()
    sign: Callable[[str], str] = field(default=str)

    def asked(self, name: str) -> int:
        """How often ``name`` was answered so far, withdrawn answers included."""
        return sum(entry.name == name for entry in self.entries)

    def with_entry(self, name: str, answer: Answer, moment: datetime, digest: str = "") -> Journal:
        """The journal with one answer more."""
        entry = Entry(name, self.asked(name) + 1, answer, moment, digest)
        return Journal((*self.entries, entry), self.sign)

    def without(self, name: str, asking: int) -> Journal:
        """The journal with that answer, and the later ones of its name, withdrawn."""
        return Journal(
            tuple(
                replace(e, withdrawn=True) if e.name == name and e.asking >= asking else e
                for e in self.entries
            ),
            self.sign,
        )

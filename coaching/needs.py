"""What a script may wait for: an answer of the person, a moment, something looked up; and what it may say.

These are values only. They name a question and carry its slots; the words are found later, in the reader's
language, by that name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coaching.slots import Slot, Slots, dump


@dataclass(frozen=True)
class Option:
    """A button. Its label is the question's own word for ``value``, or ``label`` where only data knows it.

    ``beside`` marks a reflex: pressing it answers nothing, the question stays open under it.
    """

    value: str
    label: Slot | None = None
    beside: bool = False


class Kind(StrEnum):
    """What form of answer a question takes."""

    ASK = "ask"
    CHOOSE = "choose"
    FILL = "fill"


@dataclass(frozen=True)
class Question:
    """What is put to the person; ``confirms`` marks those whose yes counts only for these very slots."""

    name: str
    asking: int
    kind: Kind
    slots: Slots
    options: tuple[Option, ...] = ()
    fields: tuple[str, ...] = ()
    confirms: bool = False
    skippable: bool = False
    lapses: datetime | None = None

    def seen(self) -> str:
        """What the person saw, as text to be digested: name, slots, option values. Never the wording."""
        return f"{self.name}|{dump(self.slots)}|{','.join(option.value for option in self.options)}"


@dataclass(frozen=True)
class Wait:
    """Nothing to ask before ``at``; ``nudge`` says what the line spoken then counts as."""

    name: str
    asking: int
    at: datetime
    nudge: str
    early: bool = True


class Holds(StrEnum):
    """How long what a lookup found may be used."""

    TURN = "turn"  # asked again on every run: today's date
    VERSION = "version"  # until the thing has a new version: a market's guardrails
    CONVERSATION = "conversation"  # kept in the journal like an answer: a model's drafts


@dataclass(frozen=True)
class Lookup:
    """Something only the outside knows, asked as ``query``."""

    name: str
    asking: int
    query: str
    slots: Slots
    holds: Holds


Need = Question | Wait | Lookup


@dataclass(frozen=True)
class Line:
    """A line of the coach, to be put into words later, in the person's language."""

    name: str
    slots: Slots

"""What is written to people around a manager, as plain values: a note with buttons, a question to an owner,
the weekly letter. How each looks is decided where it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

ABOUT = "around"  # what such a line counts as: it takes nobody's attention, but keeps working hours

# What a button does, and what it is about: ``care/…``, ``question/…``, ``alert/…``.
ACKNOWLEDGE, WRITE, PAUSE, START = "coach.acknowledge", "coach.write", "coach.pause", "coach.start"
ANSWER = "owner.answer"


@dataclass(frozen=True)
class Act:
    """A button of a note: what it does, about what, and what it says."""

    action: str
    reference: str
    label: str


@dataclass(frozen=True)
class Note:
    """A line with what can be done about it."""

    text: str
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A question to the owner of a market's guardrails, to be answered by a day."""

    market: str
    question: str
    by: date
    reference: str


@dataclass(frozen=True)
class Need:
    """Somebody who needs a person. ``reference`` comes back with the buttons. ``why`` is in words.

    ``is_others``: others take it on, so the button says only that it was read.
    """

    person: str
    why: str
    since: date
    reference: str
    due: datetime | None = None
    acknowledged: bool = False
    paused: bool = False
    is_others: bool = False


@dataclass(frozen=True)
class Digest:
    """The week of a coach, up to ``until``."""

    until: date
    needs: tuple[Need, ...] = ()
    better: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.needs or self.better or self.waits)


Letter = Note | Asked | Digest


@dataclass(frozen=True)
class Reference:
    """What a button is about."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"

    @classmethod
    def read(cls, text: str) -> Reference | None:
        """The reference of a button; None if it is none of ours."""
        kind, _, found = text.partition("/")
        return cls(kind, found) if kind in ("care", "question", "alert") and found else None

"""What a person did in a channel, the same for every channel: wrote, pressed a button, sent a form.

Whatever arrives is cleaned here once, so that nothing behind it meets a control character or a novel.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

LONGEST = 4_000  # characters of one message; beyond that it is a paste, and its beginning says enough
_KEPT = frozenset("\n\t\u200d")  # line ends, tabs, and what joins an emoji


@dataclass(frozen=True)
class Incoming:
    """One thing a person did. ``key`` is the platform's own, so that a repeated delivery has one effect.

    ``of``: the key of the message that this one stands in place of, or with ``deleted`` takes back.
    ``found_at``: when it was written, if it was found afterwards; ``too_late``: what is asked now was asked
    after that. ``reference``: what the channel wants kept with the person's address from now on.
    ``unreadable``: it was a file, and nothing of it is here.
    """

    channel: str
    key: str
    person_id: str
    words: str | None = None
    token: str | None = None
    fields: Mapping[str, str] | None = None
    of: str = ""
    deleted: bool = False
    found_at: datetime | None = None
    too_late: bool = False
    unreadable: bool = False
    reference: str = ""


@dataclass(frozen=True)
class Token:
    """What a button carries: its conversation, its question as asked then, and its value."""

    conversation_id: str
    name: str
    asking: int
    value: str

    def __str__(self) -> str:
        return f"{self.conversation_id}.{self.name}.{self.asking}.{self.value}"

    @classmethod
    def read(cls, text: str) -> Token | None:
        """The token of a button; None if it is none of ours."""
        parts = text.split(".", 3)
        if len(parts) != 4 or not parts[2].isascii() or not parts[2].isdigit():
            return None
        return cls(parts[0], parts[1], int(parts[2]), parts[3])


def clean(text: str) -> str:
    """The text as it may be kept: no control or direction characters, no lone surrogates, not too long."""
    whole = text[:LONGEST].encode("utf-8", "replace").decode("utf-8")
    letters = (
        letter
        for letter in whole.replace("\r\n", "\n")
        if letter in _KEPT or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return "".join(letters).strip()

"""The labelled stories of stories.toml beside what is heard in them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coaching import hearing

FILE = Path(__file__).parent / "stories.toml"


@dataclass(frozen=True)
class Story:
    """One story as typed, with its labels."""

    text: str
    sign: str
    sensitive: str = ""
    markets: tuple[str, ...] = ()
    held: bool = False

    @property
    def heard(self) -> str:
        """The sign that is heard; "" for a story."""
        return str(hearing.hear(self.text) or "")

    @property
    def kind_heard(self) -> str:
        """The kind of material that is heard."""
        return str(hearing.sensitive(self.text) or "")

    @property
    def markets_heard(self) -> tuple[str, ...]:
        """The markets that are heard."""
        return hearing.markets(self.text)

    @property
    def markets_right(self) -> bool:
        """Whether these are the markets meant."""
        return set(self.markets_heard) == set(self.markets)

    @property
    def right(self) -> bool:
        """Whether all of it is heard as meant."""
        return self.heard == self.sign and self.kind_heard == self.sensitive and self.markets_right


@cache
def stories() -> tuple[Story, ...]:
    """All of them, as the file has them."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["story"]
    return tuple(Story(**{**row, "markets": tuple(row.get("markets", ()))}) for row in rows)

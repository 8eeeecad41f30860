"""The numbers a market begins with (contacts.toml), until an organisation has confirmed its own.
Whoever says one says with it that nobody here has confirmed it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "contacts.toml"


@dataclass(frozen=True)
class Numbers:
    """Whom to call in one market. ``source`` says where the numbers are from."""

    emergency: str
    helpline: str
    source: str
    confirmed: bool


def starter_numbers(market: str) -> Numbers | None:
    """The numbers of ``market``; None where nobody has written any down."""
    return _all().get(market)


@cache
def _all() -> Mapping[str, Numbers]:
    return {market: Numbers(**row) for market, row in tomllib.loads(FILE.read_text(encoding="utf-8")).items()}

"""What counts as read right: the values of a row, all of them and no others, in their units as said.

A question asked in place of a value is honest and counted apart; a value that is not there is wrong, and
worst if it would be kept without a Yes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from coaching.reading.days import Absence, read_days
from coaching.reading.minutes import read_minutes
from coaching.reading.values import Value, read_values
from coaching.rhythm import Calendar

FILE = Path(__file__).parent / "replies.toml"
DECIMAL_UNITS = 3


class Kind(StrEnum):
    """What the reply answers."""

    VALUES = "values"
    MINUTES = "minutes of minding"
    DATES = "dates and absences"


class Outcome(StrEnum):
    """What became of a row."""

    RIGHT = "read right"
    ASKED_RIGHTLY = "asked, rightly"
    ASKED = "asked, though readable"
    WRONG = "wrong, waits for Yes"
    KEPT_EARLY = "right, kept too early"
    WRONG_KEPT = "wrong, kept without Yes"


@dataclass(frozen=True)
class Row:
    """One labelled reply."""

    id: str
    market: str
    language: str
    asks: str
    text: str
    reads: tuple[str, ...]
    others: tuple[str, ...] = ()
    ask: str = ""
    keep: bool = False
    held: bool = False
    today: str = ""
    zone: str = ""
    days: str = ""

    @property
    def kind(self) -> Kind:
        """By what was asked."""
        return {"minding": Kind.MINUTES, "date": Kind.DATES}.get(self.asks, Kind.VALUES)


@dataclass(frozen=True)
class Heard:
    """What a reader made of a row, in the notation of the file."""

    reads: tuple[str, ...]
    asks: bool
    needs_yes: bool
    others: tuple[str, ...] = ()


Reader = Callable[[Row], Heard]


def rows() -> tuple[Row, ...]:
    """All labelled replies."""
    found: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["replies"]
    return tuple(
        Row(**{**row, "reads": tuple(row["reads"]), "others": tuple(row.get("others", ()))}) for row in found
    )


def judge(row: Row, heard: Heard) -> Outcome:
    """Whether it was read right."""
    if heard.asks:
        return Outcome.ASKED_RIGHTLY if row.ask else Outcome.ASKED
    if row.ask or _plain(heard.reads) != _plain(row.reads):
        return Outcome.WRONG if heard.needs_yes else Outcome.WRONG_KEPT
    return Outcome.RIGHT if heard.needs_yes or row.keep else Outcome.KEPT_EARLY


def rules(row: Row) -> Heard:
    """What the coach's own rules make of it."""
    if row.kind is Kind.MINUTES:
        minutes = read_minutes(row.text, market=row.market)
        four = () if minutes.four is None else (" ".join(str(each) for each in minutes.four),)
        return Heard(four, minutes.four is None, minutes.needs_yes)
    if row.kind is Kind.DATES:
        calendar = Calendar(row.zone, row.market, working_days=frozenset(int(each) for each in row.days))
        days = read_days(row.text, today=date.fromisoformat(row.today), calendar=calendar)
        return Heard(tuple(_day(each) for each in days.found), days.doubt is not None, True)
    _, unit, *one = row.asks.split()
    read = read_values(
        row.text, unit=unit, market=row.market, one=bool(one), plausible=LIMITS.get(unit, (None, None))
    )
    others = tuple(f"{each.role} {written(each)}" for each in read.values if each not in read.counting)
    return Heard(tuple(written(each) for each in read.counting), read.ask is not None, read.needs_yes, others)


# As in the catalogue, for the unit alone: the rows do not hang on one measure's limits.
LIMITS: dict[str, tuple[Decimal | None, Decimal | None]] = {
    "days": (Decimal(0), Decimal(180)),
    "points": (Decimal(-100), Decimal(100)),
    "percent": (Decimal(0), Decimal(100)),
}


def written(value: Value) -> str:
    """A value in the notation of the file."""
    low, high = _number(value.low), _number(value.high)
    text = f"{low if low == high else f'{low}-{high}'} {value.unit}"
    return f"{text} of {value.out_of}" if value.out_of else text


def _number(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _plain(reads: tuple[str, ...]) -> tuple[str, ...]:
    """So that 15.0 and 15 are the same."""
    return tuple(f"{' '.join(each.split()).replace('.0 ', ' ')}" for each in reads)


def _day(found: date | Absence) -> str:
    return f"{found.first}..{found.last}" if isinstance(found, Absence) else found.isoformat()

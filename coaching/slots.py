"""What a line of the coach carries besides its name: the manager's words, numbers, dates, choices.

Slots are plain values; here they are turned into JSON and back without losing their kind, because the
queue keeps them, the words are chosen from them later, and a digest over them says what a person saw.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Term:
    """A value of a closed list, spoken in the reader's language: the term ``key`` of the family ``of``."""

    of: str
    key: str


@dataclass(frozen=True)
class Amount:
    """A number with its unit as said, e.g. ``Amount(Decimal(4), "hours")``; ``high`` ends a range."""

    value: Decimal
    unit: str
    high: Decimal | None = None


@dataclass(frozen=True)
class Phrase:
    """A line within a line, by its own name and slots; a tuple of them is spoken one under the other."""

    name: str
    slots: tuple[tuple[str, Slot], ...] = ()


Slot = str | int | Decimal | bool | date | datetime | Term | Amount | Phrase | tuple["Slot", ...]
Slots = Mapping[str, Slot]


def phrase(name: str, **slots: Slot) -> Phrase:
    """A phrase with its slots by name."""
    return Phrase(name, tuple(sorted(slots.items())))


def term(choice: StrEnum, of: str | None = None) -> Term:
    """The spoken form of a choice; its family is the enum's name unless another is given."""
    return Term(of or type(choice).__name__, choice.value)


def pack(value: Slot) -> Any:
    """JSON for one slot. Text stays text; every other kind is an object with one short key."""
    match value:
        case Term(of, key):
            return {"term": [of, key]}
        case Amount(number, unit, high):
            return {"amount": [str(number), unit, None if high is None else str(high)]}
        case Phrase(name, slots):
            return {"phrase": [name, {slot: pack(each) for slot, each in slots}]}
        case bool():
            return value
        case StrEnum():
            raise TypeError(f"say term({value!r}) so that it can be spoken in any language")
        case str() | int():
            return value
        case Decimal():
            return {"number": str(value)}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case tuple():
            return {"list": [pack(each) for each in value]}
        case _:
            raise TypeError(f"{type(value).__name__} cannot be a slot")


def unpack(data: Any) -> Slot:
    """The slot that ``pack`` wrote."""
    match data:
        case {"term": [str(of), str(key)]}:
            return Term(of, key)
        case {"amount": [str(number), str(unit), high]}:
            return Amount(Decimal(number), unit, None if high is None else Decimal(high))
        case {"phrase": [str(name), dict(slots)]}:
            return Phrase(name, tuple(sorted((slot, unpack(each)) for slot, each in slots.items())))
        case {"number": str(number)}:
            return Decimal(number)
        case {"moment": str(moment)}:
            return datetime.fromisoformat(moment)
        case {"date": str(day)}:
            return date.fromisoformat(day)
        case {"list": [*items]}:
            return tuple(unpack(each) for each in items)
        case str() | bool() | int():
            return data
        case _:
            raise ValueError("not a packed slot")


def dump(slots: Slots) -> str:
    """Canonical JSON: the same slots give the same text, whatever order they were named in."""
    packed = {name: pack(value) for name, value in slots.items()}
    return json.dumps(packed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> dict[str, Slot]:
    """The slots that ``dump`` wrote."""
    return {name: unpack(value) for name, value in json.loads(text).items()}

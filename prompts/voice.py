"""Says numbers, dates, amounts and choices the way one reader writes them, and puts them into the lines.
A manager's own words go in as they are; nothing in them is read as an instruction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date, format_datetime, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal

from coaching.slots import Amount, Phrase, Slot, Slots, Term
from prompts.language import Dates, Language
from prompts.shortening import CODE_POINTS, CUT, Limit, Room, fit, head, shorten

MOST_DIGITS = 15

Given = Mapping[str, str | int | float]
NOTHING: Given = MappingProxyType({})


class TooLongError(Exception):
    """A part is past what Fluent takes; it must be said with less room."""


@dataclass(frozen=True)
class Voice:
    """One language, in the form of one reader's locale and zone; ``on_buttons`` writes dates short."""

    language: Language
    locale: str
    zone: str
    on_buttons: bool = False

    def say(self, name: str, slots: Slots, limit: Limit, *, part: str = "", anywhere: bool = False) -> str:
        """The message ``name``, or its attribute ``part``, within ``limit``. KeyError says what lacks."""
        beginnings = {key: _beginning(slot, limit.graphemes) for key, slot in slots.items()}

        def said(room: Room) -> str | None:
            try:
                return self.text(name, part, self._given(beginnings, room, anywhere))
            except TooLongError:
                return None

        return fit(said, limit, lists=any(isinstance(slot, tuple) for slot in slots.values()))

    def value(self, slot: Slot, limit: Limit, *, anywhere: bool = False) -> str:
        """A slot on its own, as a button's label is."""
        beginning = _beginning(slot, limit.graphemes)
        said = fit(
            lambda room: self._written(beginning, room, anywhere), limit, lists=isinstance(slot, tuple)
        )
        # An amount has no room to give up: its end, which is the unit, gives way.
        return said if limit.holds(said) else shorten(said, limit.graphemes, anywhere=anywhere)

    def short(self) -> Voice:
        """The same voice as it writes on buttons."""
        return replace(self, on_buttons=True)

    def has(self, name: str, part: str = "") -> bool:
        """Whether this language has the message, or that attribute of it."""
        if name not in self.language.scripts:
            return False
        message = self._bundle.get_message(name)
        return part in message.attributes if part else message.value is not None

    def text(self, name: str, part: str = "", given: Given = NOTHING) -> str:
        """The fixed text ``name`` with plain values put in. KeyError says what is missing."""
        where = f"prompts/{self.language.code}/{self.language.scripts.get(name, '<its script>')}.ftl"
        if not self.has(name, part):
            raise KeyError(f"{where} has no {name}{'.' if part else ''}{part}; write it there")
        if any(isinstance(each, str) and len(each) > CODE_POINTS for each in given.values()):
            raise TooLongError
        message = self._bundle.get_message(name)
        pattern = message.attributes[part] if part else message.value
        assert pattern is not None
        said, faults = self._bundle.format_pattern(pattern, dict(given))
        if faults:
            raise KeyError(f"{where}: {name}{'.' if part else ''}{part} cannot be said: {faults[0]}")
        return str(said)

    def days(self, digits: str) -> str:
        """Weekdays as digits, Monday 0, in the order given: "Mon–Fri", "Sun–Thu", "Mon, Wed and Fri"."""
        names = get_day_names("abbreviated", context="stand-alone", locale=self._babel)
        runs = [
            [int(day) for _, day in run]
            for _, run in groupby(enumerate(digits), lambda each: (int(each[1]) - each[0]) % 7)
        ]
        spoken: list[str] = []
        for run in runs:
            if len(run) > 2:
                spoken.append(self.text("range", given={"low": names[run[0]], "high": names[run[-1]]}))
            else:
                spoken += [names[day] for day in run]
        return format_list(spoken, locale=self._babel)

    @property
    def _babel(self) -> Locale:
        return Locale.parse(self.locale, sep="-")

    @property
    def _dates(self) -> Dates:
        return self.language.dates_on_buttons if self.on_buttons else self.language.dates

    @property
    def _bundle(self) -> Any:
        return self.language.bundles[self.locale]

    def _given(self, slots: Slots, room: Room, anywhere: bool = False) -> Given:
        return {key: self._spoken(slot, room, anywhere) for key, slot in slots.items()}

    def _spoken(self, slot: Slot, room: Room, anywhere: bool = False) -> str | int | float:
        """A slot as Fluent takes it: numbers stay numbers, for plurals; all else is text."""
        match slot:
            case bool():
                return "yes" if slot else "no"  # to choose between two wordings, not to be read
            case str():
                return shorten(slot, room.graphemes, anywhere=anywhere)
            case int() | Decimal():
                return _number(slot)
            case datetime():
                if slot.tzinfo is None:
                    raise ValueError("A moment without a time zone says nothing; hand in an aware one.")
                here = slot.astimezone(ZoneInfo(self.zone))
                return format_datetime(here, self._dates.moment, locale=self._babel)
            case date():
                return format_date(slot, self._dates.day, locale=self._babel)
            case Term("WorkingDays", digits):
                return self.days(digits)
            case Term(of, key):
                return self.text(of, key)
            case Phrase(name, parts):
                return self.text(name, given=self._given(dict(parts), room))
            case Amount():
                return self._amounts([slot])
            case tuple() if any(isinstance(each, Phrase) for each in slot):
                return "\n".join(self._written(each, room) for each in slot)  # lines: none is ever left out
            case (Amount(unit=unit), _, *_) if all(isinstance(e, Amount) and e.unit == unit for e in slot):
                return self._amounts([each for each in slot if isinstance(each, Amount)])
            case tuple():
                items = [self._written(each, room) for each in slot[: room.items]]
                return format_list([*items, CUT] if len(slot) > room.items else items, locale=self._babel)
        raise TypeError(f"{type(slot).__name__} cannot be a slot")

    def _written(self, slot: Slot, room: Room, anywhere: bool = False) -> str:
        return self._figure(self._spoken(slot, room, anywhere))

    def _figure(self, number: int | float | str) -> str:
        return number if isinstance(number, str) else format_decimal(number, locale=self._babel)

    def _amounts(self, amounts: Sequence[Amount]) -> str:
        """A series in one unit, said once, in the form of its largest: "3, 4, 1–2 rounds"."""
        figures = [self._range(each) for each in amounts]
        largest = _number(max(each.value if each.high is None else each.high for each in amounts))
        one = self.text(f"unit-{amounts[0].unit}", given={"n": largest})
        # Babel has this style and its types do not say so.
        series = format_list(figures, style="standard-narrow", locale=self._babel)  # type: ignore[arg-type]
        return one.replace(self._figure(largest), series, 1)

    def _range(self, amount: Amount) -> str:
        low = self._figure(_number(amount.value))
        if amount.high is None or amount.high == amount.value:
            return low
        return self.text("range", given={"low": low, "high": self._figure(_number(amount.high))})


def _beginning(slot: Slot, most: int) -> Slot:
    """The slot with no more text than can be shown, so that a novel is read through once."""
    match slot:
        case StrEnum():
            raise TypeError(f"say term({slot!r}) so that it can be spoken in any language")
        case str():
            return head(slot, most)
        case Phrase(name, parts):
            return Phrase(name, tuple((key, _beginning(each, most)) for key, each in parts))
        case tuple():
            return tuple(_beginning(each, most) for each in slot)
        case _:
            return slot


def _number(value: int | Decimal) -> int | float | str:
    """What Fluent finds plurals for; it knows int and float only. Absurd numbers are short, not exact."""
    value = Decimal(value)
    if not value.is_finite() or value.adjusted() >= MOST_DIGITS:
        return f"{value:.3g}"
    return int(value) if value == value.to_integral_value() else float(value)

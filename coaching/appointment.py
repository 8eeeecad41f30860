"""When to sit down again: two offers, five more, or a day in one's own words, said back before it counts.

A day that is over, off, or not the weekday it is called is offered with its neighbours; nothing is guessed.
Where rules find no day at all a model may name one, which is said back like any other.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time
from enum import StrEnum

import regex  # type: ignore[import-untyped] # publishes no types

from coaching import rhythm
from coaching.dialogue import Coach
from coaching.needs import Option
from coaching.opening import WithManager
from coaching.proposed_day import read_day_again
from coaching.reading.days import Absence, read_days
from coaching.reading.named_days import Doubt
from coaching.rhythm import Calendar

OTHER = "pick"
MOST_DAYS = 3
# An hour is an hour only with its colon, its half of the day, or "at" before it; "3 march" is none.
_HOUR = regex.compile(
    r"(?<!\d)(?:(?:at|@)\s*(?P<at>\d{1,2})(?!\s*[:.]?\d)|(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))\s*(?P<half>[ap]m)?|"
    r"(?P<plain>\d{1,2})\s*(?P<which>[ap]m)|(?P<half_day>午前|午後)?(?P<ji>\d{1,2})時(?P<han>半)?)",
    regex.IGNORECASE,
)


class Right(StrEnum):
    """Whether the moment is right."""

    YES = "yes"
    OTHER = "another_time"


async def agree_when(coach: Coach[WithManager]) -> datetime:
    """The moment that was agreed: offered, or typed and said back."""
    calendar = coach.opening.manager.calendar
    name = "when_next"
    while True:
        offered = rhythm.appointments(calendar, coach.moment)
        first = (offered.morning, offered.afternoon)
        said = _numbered(await coach.pick(name, (*moments(first), Option(OTHER)), typed=True), first)
        if said == OTHER:
            others = tuple(slot for slot in offered.slots if slot not in first)
            said = _numbered(
                await coach.pick("when_next_picked", moments(others[:5]), typed=True), others[:5]
            )
        if (at := _offered(said, offered.slots + first)) is not None:
            return at
        at = await _typed(coach, calendar, said)
        if at is None:
            name = "when_next_again"
        elif await coach.choose("when_right", Right, confirms=True, at=at) is Right.YES:
            return at
        else:
            name = "when_else"


def moments(slots: tuple[datetime, ...]) -> tuple[Option, ...]:
    """Moments as buttons."""
    return tuple(Option(slot.isoformat(), slot) for slot in slots)


def _numbered(said: str, slots: tuple[datetime, ...]) -> str:
    """A bare number is the button at that place; the one after the last is another time."""
    number = unicodedata.normalize("NFKC", said).strip(" .)(#")
    if not number.isascii() or not number.isdigit() or not 0 < int(number[:3]) <= len(slots) + 1:
        return said
    return slots[int(number) - 1].isoformat() if int(number) <= len(slots) else OTHER


def _offered(said: str, slots: tuple[datetime, ...]) -> datetime | None:
    return next((slot for slot in slots if slot.isoformat() == said), None)


async def _typed(coach: Coach[WithManager], calendar: Calendar, said: str) -> datetime | None:
    """The day and hour in what was typed; None where there is none."""
    today = rhythm.local_day(calendar, coach.moment)
    hour, rest = read_hour(said)
    read = read_days(rest, today=today, calendar=calendar)
    days = [each.first if isinstance(each, Absence) else each for each in read.found]
    days = [each for each in days if each >= today]
    if not read.found and read.doubt is Doubt.NOTHING:  # never one that was named and cannot be
        found = await read_day_again(coach, said, rest, today)
        days = [] if found is None else [found]
    if not days and hour is not None and not read.found:
        days = [today]
    if not days:
        return None
    if len(days) > 1 or not rhythm.is_working_day(calendar, days[0]):
        chosen = await coach.pick("which_day", tuple(_days(calendar, days)))
        days = [date.fromisoformat(chosen)]
    at = rhythm.at_local(calendar, days[0], hour or rhythm.MORNING)
    return rhythm.next_in_window(calendar, max(at, coach.moment))


def _days(calendar: Calendar, days: list[date]) -> list[Option]:
    """What may have been meant; of a day off, the working days around it."""
    if len(days) == 1:
        day = days[0]
        week = rhythm.working_days_of_week(calendar, day)
        before = [each for each in week if each < day][-1:]
        days = [*before, rhythm.working_days_from(calendar, day, 1)[0]]
    return [Option(each.isoformat(), each) for each in days[:MOST_DAYS]]


def read_hour(text: str) -> tuple[time | None, str]:
    """The hour that is named, and the text without it."""
    found = _HOUR.search(text)
    if found is None:
        return None, text
    part = found.groupdict()
    number = int(part["at"] or part["hour"] or part["plain"] or part["ji"])
    half = (part["half"] or part["which"] or "").casefold()
    if (half == "pm" or part["half_day"] == "午後") and number < 12:
        number += 12
    if part["at"] and number < 8:  # "at 3" is in the afternoon: nobody is asked at night
        number += 12
    minute = int(part["minute"] or 0) or (30 if part["han"] else 0)
    if number > 23 or minute > 59:
        return None, text
    return time(number, minute), text[: found.start()] + " " + text[found.end() :]

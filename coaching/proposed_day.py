"""Where rules find no day in a line about when, a model may name one: "the day after the long weekend".

It counts only as a day that was typed does: said back, and agreed after a Yes. A day that is over, far off,
or in no calendar is none.
"""

from __future__ import annotations

from datetime import date, timedelta

from coaching.consulting import Task, consult, is_quoted, text
from coaching.dialogue import Coach
from coaching.opening import WithManager
from coaching.reading.days import Absence, read_days

AHEAD = timedelta(days=60)  # who sits down again later than that has left
LONGEST = 400  # characters; whoever writes more has told a story
FEWEST_LETTERS = 2  # "月末" is a day; what is left of "3pm" is none
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


async def read_day_again(coach: Coach[WithManager], said: str, rest: str, today: date) -> date | None:
    """The day a model finds in ``said``; None where there is none. ``rest`` is ``said`` without the hour."""
    if len(said) > LONGEST or sum(each.isalpha() for each in rest) < FEWEST_LETTERS:
        return None
    given = f"{today.isoformat()} {WEEKDAYS[today.weekday()]}"
    found = await consult(coach, Task.READ, said=said, asked="day", today=given)
    day, quote = _real_day(text(found, "day")), text(found, "day_quote")
    if day is None or not today <= day <= today + AHEAD:
        return None
    if not is_quoted(quote, said) or not any(each.isalnum() for each in quote):
        return None
    return day if _agrees(coach, quote, day, today) else None


def _real_day(written: str) -> date | None:
    """A day as ISO 8601 writes it, year, month and day; None for anything else."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if day.isoformat() == written else None


def _agrees(coach: Coach[WithManager], quote: str, day: date, today: date) -> bool:
    """Whether the coach's own reader finds in the quote this day or none."""
    read = read_days(quote, today=today, calendar=coach.opening.manager.calendar)
    days = [each.first if isinstance(each, Absence) else each for each in read.found]
    return not days or day in days

"""Away for a while: the days are said back before they count, and nothing waits on the return.

No reason is asked for and none is kept; two working days after the last day away the coach is there again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coaching import rhythm
from coaching.dialogue import Coach
from coaching.needs import Option
from coaching.opening import Manager
from coaching.reading.days import Absence, read_days
from coaching.reading.named_days import Doubt

UNKNOWN_END = timedelta(days=30)
TO_ARRIVE = 2  # working days: the first ones back belong to what has piled up
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class AwayOpening:
    """What was said about being away; ``sick`` only changes the greeting, and is not kept."""

    manager: Manager
    said: str
    sick: bool = False


class Right(StrEnum):
    """Whether the days are right."""

    RIGHT = "right"
    OTHER = "other_date"


class End(StrEnum):
    """When the end is not known."""

    UNKNOWN = "dont_know_yet"


async def be_away(coach: Coach[AwayOpening]) -> Absence:
    """From the first day away to the last on which nothing is sent; as confirmed."""
    opening, calendar = coach.opening, coach.opening.manager.calendar
    said: str | End = opening.said
    while True:
        absence = await _days(coach, said)
        back = rhythm.working_days_from(calendar, absence.last, TO_ARRIVE)[-1]
        name = "away_sick" if opening.sick else "away"
        if await coach.choose(name, Right, confirms=True, until=absence.last, back=back) is Right.RIGHT:
            return Absence(absence.first, back - ONE_DAY)
        said = await coach.ask_or("away_until", End)


async def _days(coach: Coach[AwayOpening], said: str | End) -> Absence:
    """The days that were meant: read, chosen where there are two, asked again where there are none."""
    calendar = coach.opening.manager.calendar
    while True:
        today = rhythm.local_day(calendar, coach.moment)
        if isinstance(said, End):
            return Absence(today, today + UNKNOWN_END)
        read = read_days(said, today=today, calendar=calendar)
        absences = [_as_absence(each, today) for each in read.found]
        absences = [each for each in absences if each.last >= today]
        if len(absences) == 1 and read.doubt in (None, Doubt.NOT_A_WORKING_DAY):
            return absences[0]
        if len(absences) > 1:
            options = tuple(Option(each.last.isoformat(), each.last) for each in absences[:4])
            chosen = await coach.pick("away_which", (*options, Option("other_date")))
            if chosen != "other_date":
                last = date.fromisoformat(chosen)
                return next(each for each in absences if each.last == last)
        name = "away_impossible" if read.doubt in (Doubt.IMPOSSIBLE, Doubt.PAST) else "away_until"
        said = await coach.ask_or(name, End)


def _as_absence(found: date | Absence, today: date) -> Absence:
    return found if isinstance(found, Absence) else Absence(min(found, today), found)

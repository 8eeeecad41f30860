"""When the coach may write to somebody: in their own hours, on days they work, never on a holiday there.
A week has three moments (slice, midweek line, check-in), and a week too short to work in is left out.

No function here reads a clock: every moment is handed in aware, and every moment that comes out is UTC.
What is kept is the wall time and the zone; the instant is computed for each occurrence, so nine o'clock
stays nine o'clock when the clocks change.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import count, islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

WINDOW_OPENS = time(9, 0)
WINDOW_CLOSES = time(17, 30)  # the first minute in which nothing is sent any more
SLICE = time(9, 0)
# Late enough to miss the morning's pile, early enough that whoever is stuck has the afternoon to get help.
MIDWEEK = time(11, 0)
CHECK_IN = time(14, 0)
MORNING = time(10, 0)
AFTERNOON = time(15, 0)
PICKABLE = (MORNING, time(11, 0), AFTERNOON, time(16, 0))  # nothing over lunch, whichever hour a market eats
INVITATION = time(10, 0)
DAYS_NEEDED = 3  # a first, a middle and a last day; with fewer the week is skipped
PAUSE = timedelta(days=14)  # unless said otherwise; a pause always has an end
WEEKS_SEARCHED = 520  # ten years: an absence that long is a typing mistake, and a search must end


@dataclass(frozen=True)
class Calendar:
    """One person's days: where they are, when they work, when they are away.

    zone: IANA name. market: ISO 3166 country whose public holidays hold, with the subdivision where they
    differ by state. working_days: weekdays as Python counts them, Monday 0. extra_holidays: days their
    company or government adds. absences: first and last day of each leave or pause, both included.

    The weekend is taken from working_days alone: holiday tables know one weekend per country, and some states
    rest on other days. A Saturday worked to make up for a bridge day is not known; nothing is sent then.
    """

    zone: str
    market: str
    subdivision: str | None = None
    working_days: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    extra_holidays: tuple[date, ...] = ()
    absences: tuple[tuple[date, date], ...] = ()

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError) as unknown:
            raise ValueError(f"{self.zone!r} is no time zone; use an IANA name like Asia/Tokyo.") from unknown
        if not self.working_days <= frozenset(range(7)):
            raise ValueError("Working days are numbers from 0 (Monday) to 6 (Sunday).")
        if len(self.working_days) < DAYS_NEEDED:
            raise ValueError(
                f"A week needs {DAYS_NEEDED} working days or more; add days this person can be asked."
            )
        if any(first > last for first, last in self.absences):
            raise ValueError("An absence ends before it begins; swap its two dates.")


@dataclass(frozen=True)
class ProgrammeWeek:
    """One week of the programme, from its first working day until the next usable week opens.

    calendar_week names the week: the date of the weekday on which the market's week begins, worked or not,
    so that the name stays when a holiday is announced late. Skipped weeks that follow belong to the week
    before them. A week that has opened is kept by whoever opened it; a change of zone moves the next one.
    """

    calendar_week: date
    first_day: date
    days: tuple[date, ...]
    slice_at: datetime
    midweek_at: datetime
    checkin_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Appointments:
    """What "when?" offers: two buttons for the next working day, and slots to pick from over five of them."""

    morning: datetime
    afternoon: datetime
    slots: tuple[datetime, ...]


@lru_cache(maxsize=1024)
def public_holidays(market: str, subdivision: str | None, year: int) -> frozenset[date]:
    """The market's public holidays of one year, as the `holidays` package knows them."""
    import holidays  # slow to load and to build: only when a day is asked for, once a market and year

    try:
        return frozenset(holidays.country_holidays(market, subdiv=subdivision, years=year))
    except NotImplementedError as unknown:
        place = f"{market}-{subdivision}" if subdivision else market
        raise ValueError(
            f"No holidays known for {place}; use ISO 3166 codes like SG or AU, NSW."
        ) from unknown


def at_local(calendar: Calendar, day: date, clock: time) -> datetime:
    """The instant of a wall time: of a repeated one the first, for a skipped one the first after the gap."""
    zone = ZoneInfo(calendar.zone)
    wall = datetime.combine(day, clock, zone)
    moment = wall.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return moment
    # The clocks skip this wall time. Read with the offset after the jump it falls before the jump, and the
    # other way round, so the jump lies between the two readings, on some second.
    before = wall.replace(fold=1).astimezone(UTC)
    offset = before.astimezone(zone).utcoffset()

    def has_jumped(seconds: int) -> bool:
        return (before + timedelta(seconds=seconds)).astimezone(zone).utcoffset() != offset

    gap = int((moment - before).total_seconds())
    return before + timedelta(seconds=bisect_left(range(gap), True, key=has_jumped))


def local_day(calendar: Calendar, moment: datetime) -> date:
    """Which day it is for this person."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone says nothing; hand in an aware one, in UTC.")
    return moment.astimezone(ZoneInfo(calendar.zone)).date()


def coming(calendar: Calendar, moment: datetime, weekday: int) -> date:
    """What "this Friday" means to somebody at that moment: today if it is one, else the next."""
    today = local_day(calendar, moment)
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Whether this person works that day: a weekday of theirs, no holiday, not away."""
    return (
        day.weekday() in calendar.working_days
        and day not in public_holidays(calendar.market, calendar.subdivision, day.year)
        and day not in calendar.extra_holidays
        and not any(first <= day <= last for first, last in calendar.absences)
    )


def working_days_from(calendar: Calendar, day: date, n: int) -> tuple[date, ...]:
    """The next n working days after that day, itself not included; the last one is "in n working days"."""
    ahead = (day + timedelta(days=step) for step in range(1, 7 * WEEKS_SEARCHED))
    found = tuple(islice((later for later in ahead if is_working_day(calendar, later)), n))
    if len(found) < n:
        raise ValueError(f"Fewer than {n} working days in the ten years after {day}; shorten the absence.")
    return found


def working_days_of_week(calendar: Calendar, day: date) -> tuple[date, ...]:
    """The days worked in the calendar week that contains this day, in order."""
    start = calendar_week_of(calendar, day)
    week = (start + timedelta(days=step) for step in range(7))
    return tuple(each for each in week if is_working_day(calendar, each))


def calendar_week_of(calendar: Calendar, day: date) -> date:
    """The date on which the calendar week around this day begins, as this person's market counts weeks."""
    return day - timedelta(days=(day.weekday() - _opening_weekday(calendar.working_days)) % 7)


@lru_cache(maxsize=128)
def _opening_weekday(working_days: frozenset[int]) -> int:
    """The week begins after its longest rest: on Monday, or on Sunday where Friday and Saturday are free."""

    def rest_before(weekday: int) -> int:
        return next(gap for gap in count() if (weekday - 1 - gap) % 7 in working_days)

    return max(sorted(working_days), key=rest_before)  # among equal rests the earliest from Monday on


def week_containing(calendar: Calendar, moment: datetime) -> ProgrammeWeek:
    """The programme week a moment belongs to: the latest usable one that has opened by then."""
    weeks = _usable_weeks(calendar, local_day(calendar, moment), step=-1)
    return _programme_week(calendar, next(w for w in weeks if at_local(calendar, w.days[0], SLICE) <= moment))


def next_programme_week(calendar: Calendar, after: datetime) -> ProgrammeWeek:
    """The first usable week whose first working day, 09:00, comes after that moment.

    To go from an open week to the next, hand in its checkin_at, not closes_at: who has moved
    east since then loses no week.
    """
    weeks = _usable_weeks(calendar, local_day(calendar, after))
    return _programme_week(calendar, next(w for w in weeks if at_local(calendar, w.days[0], SLICE) > after))


def week_with_time_left(calendar: Calendar, moment: datetime) -> ProgrammeWeek | None:
    """The open week if a step can still be begun in it: not on its last working day, nor after it."""
    week = week_containing(calendar, moment)
    return week if local_day(calendar, moment) < week.days[-1] else None


def first_week_from(calendar: Calendar, moment: datetime) -> ProgrammeWeek:
    """The first usable week that opens at that moment or later: where a pause that ends then leads."""
    return next_programme_week(calendar, moment - timedelta(seconds=1))


def pause_ends(calendar: Calendar, moment: datetime) -> datetime:
    """Two weeks on, in the morning of a working day."""
    morning = at_local(calendar, local_day(calendar, moment + PAUSE), WINDOW_OPENS)
    return next_in_window(calendar, morning)


class _Usable(NamedTuple):
    calendar_week: date
    days: tuple[date, ...]


def _usable_weeks(calendar: Calendar, day: date, step: int = 1) -> Iterator[_Usable]:
    """Weeks with enough working days, from the one around that day on; raises rather than ends."""
    around = calendar_week_of(calendar, day)
    for weeks in range(WEEKS_SEARCHED):
        start = around + timedelta(weeks=step * weeks)
        days = working_days_of_week(calendar, start)
        if len(days) >= DAYS_NEEDED:
            yield _Usable(start, days)
    raise ValueError(f"No usable week within ten years of {day}; shorten the absences.")


def _programme_week(calendar: Calendar, usable: _Usable) -> ProgrammeWeek:
    days = usable.days
    # Of four days the earlier middle one: what is stuck then still has two days to be mended.
    middle = days[(len(days) - 1) // 2]
    following = next(_usable_weeks(calendar, usable.calendar_week + timedelta(weeks=1)))
    return ProgrammeWeek(
        calendar_week=usable.calendar_week,
        first_day=days[0],
        days=days,
        slice_at=at_local(calendar, days[0], SLICE),
        midweek_at=at_local(calendar, middle, MIDWEEK),
        checkin_at=at_local(calendar, days[-1], CHECK_IN),
        closes_at=at_local(calendar, following.days[0], SLICE),
    )


def due_on(week: ProgrammeWeek) -> date:
    """When a slice is due: the last working day of its week."""
    return week.days[-1]


def hold_check_at(calendar: Calendar, decided_at: datetime) -> datetime:
    """Four weeks after the decision, at the moment of that week's check-in, so that one sitting serves both.

    Counted in weeks, not in hours: what was decided on a Friday at 14:20 is checked on a Friday at 14:00.
    If that week is skipped, the next usable one.
    """
    week = next(_usable_weeks(calendar, local_day(calendar, decided_at) + timedelta(weeks=4)))
    return at_local(calendar, week.days[-1], CHECK_IN)


def in_window(calendar: Calendar, moment: datetime) -> bool:
    """Whether a message may arrive at this moment: a working day, from 09:00 until before 17:30."""
    return next_in_window(calendar, moment) == moment


def next_in_window(calendar: Calendar, moment: datetime) -> datetime:
    """The earliest moment, this one included, at which a message may arrive."""
    today = local_day(calendar, moment)
    if is_working_day(calendar, today) and moment < at_local(calendar, today, WINDOW_CLOSES):
        return max(moment.astimezone(UTC), at_local(calendar, today, WINDOW_OPENS))
    return next_opening(calendar, moment)


def next_opening(calendar: Calendar, moment: datetime) -> datetime:
    """09:00 on the next working day after the day of that moment."""
    return at_local(calendar, working_days_from(calendar, local_day(calendar, moment), 1)[0], WINDOW_OPENS)


def appointments(calendar: Calendar, now: datetime) -> Appointments:
    """What to offer for a sitting: "tomorrow" is the next working day; the slots lie on the next five."""
    days = working_days_from(calendar, local_day(calendar, now), 5)
    return Appointments(
        morning=at_local(calendar, days[0], MORNING),
        afternoon=at_local(calendar, days[0], AFTERNOON),
        slots=tuple(at_local(calendar, day, clock) for day in days for clock in PICKABLE),
    )


def first_invitation(calendar: Calendar, earliest: datetime) -> datetime:
    """When to say hello, not before that moment: 10:00 on a day inside a usable week, not at its edges.

    The first morning belongs to what piled up over the weekend; after the last day "tomorrow" is next week.
    """
    weeks = _usable_weeks(calendar, local_day(calendar, earliest))
    moments = (at_local(calendar, day, INVITATION) for week in weeks for day in week.days[1:-1])
    return next(moment for moment in moments if moment >= earliest)

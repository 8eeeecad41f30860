"""A line that answers "when", or says that somebody is away: a day, or the first and last day of an absence.

Every date waits for a Yes. One that is past, impossible, no working day, or two days at once comes with that
doubt, so that the choice between them can be offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coaching import rhythm
from coaching.reading.amounts import Amounts, Said
from coaching.reading.named_days import Day, Doubt, Today, agree, in_figures
from coaching.reading.tokens import LONGEST, Token, cut
from coaching.reading.vocabulary import Meaning, plain
from coaching.rhythm import Calendar

ONE_DAY = timedelta(days=1)
LONGEST_ABSENCE = 400
_DASHES = ("-", "–", "—", "~", "〜")


@dataclass(frozen=True)
class Absence:
    """Away from the first to the last day, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Days:
    """What was said about when: one day or absence; with a ``doubt`` those that must be offered, or none."""

    found: tuple[date | Absence, ...]
    doubt: Doubt | None = None


def read_days(text: str, *, today: date, calendar: Calendar) -> Days:
    """The day or the absence that ``text`` speaks of, as somebody there meant it on that day."""
    if len(text) > LONGEST:
        return Days((), Doubt.NOTHING)
    now = Today(today, calendar)
    tokens, days = _tokens(plain(text)[: 2 * LONGEST], now)
    days = _named(tokens, days, now)
    amounts = [
        said
        for said in Amounts(tokens, "days", calendar.market).read()
        if said.unit in ("days", "working_days", "weeks") and not any(_overlaps(said, day) for day in days)
    ]
    if any(token.may_be("date away", "date back") for token in tokens) or _until(tokens, days):
        return _absence(tokens, days, amounts, now)
    if len(days) == 2 and _is_a_range(tokens, days):
        return _between(days)
    if len(days) == 1 and amounts and days[0].start == amounts[-1].end and days[0].may_be == (today,):
        days = []  # "two weeks today"
    if not days:
        days = [each for said in amounts if (each := _ahead(tokens, said, now))]
    return _one_day(days, now)


def _tokens(said: str, now: Today) -> tuple[tuple[Token, ...], list[Day]]:
    """The parts of the text, dates in figures already read."""
    tokens: list[Token] = []
    days: list[Day] = []
    position = 0
    for start, end, parts in in_figures(said):
        tokens += cut(said[position:start])
        days.append(now.figures(parts, len(tokens)))
        tokens.append(Token(said[start:end], (Meaning("date"),), spaced=True))
        position = end
    return (*tokens, *cut(said[position:])), days


def _named(tokens: Sequence[Token], days: list[Day], now: Today) -> list[Day]:
    """The same with the days named in words; a weekday beside a date is part of it."""
    found, position = list(days), 0
    taken = {day.start for day in days}
    while position < len(tokens):
        day = None if position in taken else now.named(tokens, position)
        if day is not None:
            found += [*_first_of_two(tokens, day, now), day]
        position = day.end if day is not None else position + 1
    found.sort(key=lambda day: day.start)
    joined: list[Day] = []
    for day in found:
        before = joined[-1] if joined else None
        gap = tokens[before.end : day.start] if before else ()
        beside = before is not None and all(token.text in (",", "(", "of", ".") for token in gap)
        if before and beside and (before.weekday is None) != (day.weekday is None):
            date_, weekday = (before, day) if before.weekday is None else (day, before)
            joined[-1] = agree(date_, weekday)
        else:
            joined.append(day)
    return joined


def _first_of_two(tokens: Sequence[Token], day: Day, now: Today) -> list[Day]:
    """The 1 of "1-5 dec"."""
    dash = day.start - 1
    if dash < 1 or len(day.may_be) != 1 or not tokens[dash - 1].text.isdecimal():
        return []
    if tokens[dash].text not in _DASHES and not tokens[dash].may_be("range"):
        return []
    last, number = day.may_be[0], int(tokens[dash - 1].text[:5])
    if not 0 < number <= last.day:
        return []
    return [Day((last.replace(day=number),), dash - 1, dash)]


def _overlaps(said: Said, day: Day) -> bool:
    return said.start < day.end and day.start < said.end


def _until(tokens: Sequence[Token], days: Sequence[Day]) -> bool:
    return len(days) == 1 and any(
        token.may_be("date until") for token in tokens[max(0, days[0].start - 2) : days[0].start]
    )


def _is_a_range(tokens: Sequence[Token], days: Sequence[Day]) -> bool:
    between = tokens[days[0].end : days[1].start]
    return any(token.text in _DASHES or token.may_be("range", "date until", "date by") for token in between)


def _ahead(tokens: Sequence[Token], said: Said, now: Today) -> Day | None:
    """ "In 3 working days", "two weeks today"; three days alone say how long, not when."""
    before = tokens[said.start - 1] if said.start else None
    after = tokens[said.end] if said.end < len(tokens) else None
    marked = (before and before.may_be("in", "date in")) or (after and after.may_be("date later"))
    if not marked or said.low != said.high or said.low != said.low.to_integral_value() or said.doubt:
        return None
    return now.after(int(said.low), said.unit, said.start, said.end)


def _one_day(days: Sequence[Day], now: Today) -> Days:
    if len(days) != 1:
        every = tuple(dict.fromkeys(each for day in days for each in day.may_be))
        return Days(every, Doubt.NOTHING if not every else Doubt.WHICH_WEEK)
    day = days[0]
    if day.doubt or len(day.may_be) != 1:
        return Days(day.may_be, day.doubt or Doubt.NOTHING)
    off = not rhythm.is_working_day(now.calendar, day.may_be[0])
    return Days(day.may_be, Doubt.NOT_A_WORKING_DAY if off else None)


def _between(days: Sequence[Day]) -> Days:
    first, last = days
    doubt = first.doubt or last.doubt
    if first.doubt is last.doubt and len(first.may_be) == len(last.may_be):  # both may be day or month
        pairs = list(zip(first.may_be, last.may_be, strict=True))
    else:
        pairs = [(one, other) for one in first.may_be for other in last.may_be]
    found = tuple(Absence(one, other) for one, other in pairs if one <= other)
    return Days(found, doubt or (None if len(found) == 1 else Doubt.IMPOSSIBLE))


def _absence(tokens: Sequence[Token], days: Sequence[Day], amounts: Sequence[Said], now: Today) -> Days:
    """Who is away: from a day to a day, until one, back on one, or for so many days."""
    if len(days) == 2:
        return _between(days) if _is_a_range(tokens, days) else Days((), Doubt.NOTHING)
    if len(days) > 2 or len(amounts) > 1:
        return Days((), Doubt.NOTHING)
    if not days:
        return _so_long(amounts[0], now.day, now) if amounts else Days((), Doubt.NO_END)
    day = days[0]
    ahead = tokens[max(0, day.start - 2) : day.start]
    behind = tokens[day.end : day.end + 1]
    if amounts and len(day.may_be) == 1 and not day.doubt:
        return _so_long(amounts[0], day.may_be[0], now)
    until = any(token.may_be("date until", "date by") for token in ahead)
    if until or any(token.may_be("date by") for token in behind):
        return _from_today(day, now, back=0)
    if any(token.may_be("date back") for token in (*ahead, *behind)):
        return _from_today(day, now, back=1)
    found = tuple(Absence(each, each) for each in day.may_be)
    if any(token.may_be("date start") for token in ahead):
        return Days(found, day.doubt or Doubt.NO_END)
    return Days(found, day.doubt)


def _from_today(day: Day, now: Today, *, back: int) -> Days:
    lasts = [each - back * ONE_DAY for each in day.may_be]
    found = tuple(Absence(now.day, each) for each in lasts if each >= now.day)
    return Days(found, day.doubt or (None if found else Doubt.PAST))


def _so_long(said: Said, first: date, now: Today) -> Days:
    """So many days from a day on. "3 days" over a weekend may be working days: then both are offered."""
    whole = said.low == said.high == said.low.to_integral_value()
    if not whole or not 0 < said.low <= LONGEST_ABSENCE or said.doubt:
        return Days((), Doubt.NOTHING)
    count = int(said.low)
    if said.unit == "weeks":
        return Days((Absence(first, first + (7 * count - 1) * ONE_DAY),))
    working = rhythm.working_days_from(now.calendar, first - ONE_DAY, count)
    as_working = Absence(first, working[-1])
    as_days = Absence(first, first + (count - 1) * ONE_DAY)
    if said.unit == "working_days" or as_working == as_days:
        return Days((as_working,))
    return Days((as_days, as_working), Doubt.DAYS_OR_WORKING_DAYS)

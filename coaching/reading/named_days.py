"""Days as they are named: "3 March", "12/3", "fri", "tomorrow", "next week Friday", "in 3 working days".

A day that can be two days comes back as both, with what is unclear about it; a day that is none, as none.
"""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from coaching import rhythm
from coaching.reading.tokens import Token
from coaching.rhythm import Calendar

MONTH_FIRST = frozenset({"JP", "KR", "CN", "TW"})
JUST_PAST = timedelta(days=60)  # "20 Nov" on the 24th: more likely a slip than a date a year ahead
BUDDHIST = range(2500, 2701)
REPUBLIC = range(100, 200)
LONGEST_AHEAD = 400  # days; who counts further does not count days
_FIGURES = re.compile(
    r"""(?<![\d/.-])(?:
    (?P<y>\d{2,4})(?P<mark>[-/.年년])\s?(?P<m>\d{1,2})(?:(?P=mark)|[月월])\s?(?P<d>\d{1,2})[日号號일]?
    | (?P<m2>\d{1,2})[月월]\s?(?P<d2>\d{1,2})[日号號일]?
    | (?P<a>\d{1,2})(?P<cut>[/.-])(?P<b>\d{1,2})(?:(?P=cut)(?P<y3>\d{4}|\d{2}))?
    )(?![\d/])(?:t\d++(?::\d++)*+)?""",
    re.VERBOSE,
)
_OF_A_MONTH = ("ngày", "ngay", "tgl", "tanggal", "วันที่")


class Doubt(StrEnum):
    """What is unclear about a day, so that a choice must be offered."""

    WHICH_WEEK = "which_week"
    DAY_OR_MONTH = "day_or_month"
    WEEKDAY = "weekday"
    PAST = "past"
    IMPOSSIBLE = "impossible"
    NOT_A_WORKING_DAY = "not_a_working_day"
    DAYS_OR_WORKING_DAYS = "days_or_working_days"
    NO_END = "no_end"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Day:
    """A day that was named, at the tokens ``start`` to ``end``: one, or as many as it may be."""

    may_be: tuple[date, ...]
    start: int
    end: int
    doubt: Doubt | None = None
    weekday: int | None = None


def in_figures(said: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where a date stands in figures alone, and its parts: year, month, day, or two that may be either."""
    for found in _FIGURES.finditer(said):
        year, month, day = found["y"], found["m"], found["d"]
        if found["m2"]:
            year, month, day = "", found["m2"], found["d2"]
        if month:
            yield found.start(), found.end(), (year or "", month, day)
        elif found["cut"] == "/" or found["y3"]:  # "1-5" and "3.5" are no dates
            yield found.start(), found.end(), (found["y3"] or "", found["a"], found["b"], "either")


@dataclass(frozen=True)
class Today:
    """When and where a day is named."""

    day: date
    calendar: Calendar

    def figures(self, parts: tuple[str, ...], start: int) -> Day:
        """The day, or both, that figures may be."""
        year, *two = parts[:3]
        first, second = (int(each) for each in two)
        if len(parts) == 3 or self.calendar.market in MONTH_FIRST:
            return self.on(int(year) if year else None, first, second, start)
        day_first = self.on(int(year) if year else None, second, first, start)
        month_first = self.on(int(year) if year else None, first, second, start)
        if first == second or not month_first.may_be:
            return day_first
        if not day_first.may_be:
            return month_first
        both = (*day_first.may_be, *month_first.may_be)
        return replace(day_first, may_be=both, doubt=Doubt.DAY_OR_MONTH)

    def on(self, year: int | None, month: int, day: int, start: int, end: int | None = None) -> Day:
        """A day of a month; of this year or the next where no year was said."""
        end = start + 1 if end is None else end
        years = (self.day.year, self.day.year + 1) if year is None else (self._western(year),)
        found = [date(each, month, day) for each in years if _exists(each, month, day)]
        if not found:
            leap = month == 2 and day == 29 and year is None
            return (
                self.on(_leap_year(self.day.year), 2, 29, start, end)
                if leap
                else Day((), start, end, Doubt.IMPOSSIBLE)
            )
        if found[0] >= self.day:
            return Day((found[0],), start, end)
        if year is not None:
            return Day((found[0],), start, end, Doubt.PAST)
        if self.day - found[0] <= JUST_PAST:
            return Day(tuple(found), start, end, Doubt.PAST)
        return Day((found[-1],), start, end)

    def _western(self, year: int) -> int:
        if year in BUDDHIST:
            return year - 543
        if year in REPUBLIC and self.calendar.market == "TW":
            return year + 1911
        if year < 100:
            return year + (1957 if self.calendar.market == "TH" and year > 50 else 2000)
        return year

    def weekday(self, tokens: Sequence[Token], position: int) -> Day:
        """ "Fri", "next Fri", "Fri next week"; the middle one may be either."""
        wanted = _code(tokens[position], "w")
        assert wanted is not None
        coming = self.day + timedelta(days=(wanted - self.day.weekday()) % 7)
        following = self.day + timedelta(days=7 - self.day.weekday() + wanted)
        start, end, next_, clear = position, position + 1, False, False
        if position and tokens[position - 1].may_be("date next", "date next_week", "date this", "date last"):
            start = position - 1
        if end < len(tokens) and tokens[end].may_be("date next", "date next_week", "date this"):
            end += 1
        for token in (*tokens[start:position], *tokens[position + 1 : end]):
            clear = clear or token.may_be("date next_week")
            next_ = next_ or token.may_be("date next")
            if token.may_be("date last") and start < position:
                return Day((coming - timedelta(days=7),), start, end, Doubt.PAST, wanted)
        if clear:
            return Day((following,), start, end, weekday=wanted)
        if next_ and coming != following:
            return Day((coming, following), start, end, Doubt.WHICH_WEEK, wanted)
        return Day((coming,), start, end, weekday=wanted)

    def after(self, count: int, unit: str, start: int, end: int) -> Day | None:
        """So many days, working days or weeks from now."""
        if not 0 <= count <= LONGEST_AHEAD:
            return None
        if unit == "working_days":
            ahead = rhythm.working_days_from(self.calendar, self.day, count)
            return Day((ahead[-1],), start, end) if ahead else None
        days = count * 7 if unit == "weeks" else count
        return Day((self.day + timedelta(days=days),), start, end)

    def named(self, tokens: Sequence[Token], position: int) -> Day | None:
        """The day that words name from here on, if they name one."""
        token = tokens[position]
        if (offset := _code(token, "+")) is not None:
            return Day((self.day + timedelta(days=offset),), position, position + 1)
        if (offset := _code(token, "-")) is not None:
            return Day((self.day - timedelta(days=offset),), position, position + 1, Doubt.PAST)
        month = _code(token, "m")
        if month is not None:
            number, end = _number(tokens, position + 1)
            if number is not None and number <= 31:
                year, end = _year(tokens, end)
                return self.on(year, month, number, position, end)
        number, end = _number(tokens, position)
        if number is not None and number <= 31 and end < len(tokens):
            month = _code(tokens[end], "m")
            if month is None:
                month, end = _vietnamese_month(tokens, end)
            if month is not None:
                year, end = _year(tokens, end + 1)
                return self.on(year, month, number, position, end)
        return self.weekday(tokens, position) if _code(token, "w") is not None else None


def agree(day: Day, weekday: Day) -> Day:
    """A date and a weekday said together: one day if they agree, both that were meant perhaps if not."""
    start, end = min(day.start, weekday.start), max(day.end, weekday.end)
    wanted = weekday.weekday
    assert wanted is not None
    fitting = tuple(each for each in day.may_be if each.weekday() == wanted)
    if fitting:
        return replace(
            day, may_be=fitting, start=start, end=end, doubt=None if len(fitting) == 1 else day.doubt
        )
    if not day.may_be:
        return replace(day, start=start, end=end)
    near = day.may_be[0]
    back = (near.weekday() - wanted) % 7
    meant = near - timedelta(days=back) if back <= 3 else near + timedelta(days=7 - back)
    return Day(tuple(sorted((meant, near))), start, end, Doubt.WEEKDAY)


def _code(token: Token, sign: str) -> int | None:
    codes = [str(each) for each in token.all("day")]
    return next((int(each[1:]) for each in codes if each[0] == sign), None)


def _number(tokens: Sequence[Token], position: int) -> tuple[int | None, int]:
    if position >= len(tokens) or not tokens[position].text.isdecimal():
        return None, position
    end = position + 1
    while end < len(tokens) and tokens[end].may_be("date ordinal", "of"):
        end += 1
    return int(tokens[position].text[:5]), end


def _year(tokens: Sequence[Token], position: int) -> tuple[int | None, int]:
    after = position + (position < len(tokens) and tokens[position].text == ",")
    if after < len(tokens) and tokens[after].text.isdecimal() and len(tokens[after].text) == 4:
        return int(tokens[after].text), after + 1
    return None, position


def _vietnamese_month(tokens: Sequence[Token], position: int) -> tuple[int | None, int]:
    number, _ = _number(tokens, position + 1)
    is_month = tokens[position].text in ("tháng", "thang", "thg") and number is not None and 1 <= number <= 12
    return (number, position + 1) if is_month else (None, position)


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= year <= 9998 and 1 <= month <= 12 and 1 <= day <= months.monthrange(year, month)[1]


def _leap_year(year: int) -> int:
    return next(each for each in range(year + 1, year + 9) if months.isleap(each))

"""A manager's weeks as a page: the minutes of minding the AI by week, and "you expected / it was".

Numbers and what was said of them, side by side; there is no sum here that says anything about a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.record.paper import Paper, Picture, Row, Section, Speaker, Table
from bot.record.weeks import Weeks
from coaching.ledger import Calibration, Ledger, Minded, Pair
from coaching.reading.minutes import KINDS
from coaching.slots import Term

NOTHING = "–"


def weeks_page(by: Speaker, weeks: Weeks | None, picture: Picture | None = None) -> Paper:
    """The weeks, or a page that says that there are none yet; with its chart, where there is one."""
    name = by.person.name
    byline = by.say("weeks_of", name=name, work=weeks.work) if weeks is not None and weeks.work else name
    return Paper(
        by.language("weeks_title"),
        by.say("weeks_title"),
        byline,
        by.say("weeks_nothing" if weeks is None else "weeks_intro"),
        by.made,
        () if weeks is None else (_minding(by, weeks.ledger), _expected(by, weeks.calibration)),
        picture=picture,
    )


def _minding(by: Speaker, kept: Ledger) -> Section:
    title = _part(by, "minding")
    if not kept.weeks:
        return Section(title, (Row("", by.say("weeks_no_minutes")),))
    heads = tuple(_part(by, name) for name in ("week", *KINDS, "total", "worth"))
    sums = (by.say("weeks_sum", n=len(kept.weeks)), *map(str, (*kept.sums, kept.total)), "")
    table = Table(heads, tuple(_week(by, each) for each in kept.weeks), len(KINDS) + 1, sums)
    return Section(title, tuple(_said_of_it(by, kept)), table=table)


def _week(by: Speaker, week: Minded) -> tuple[str, ...]:
    worth = _worth(by, week.worth) if week.total else NOTHING
    return (str(week.week), *map(str, (*week.minutes, week.total)), worth)


def _said_of_it(by: Speaker, kept: Ledger) -> Iterator[Row]:
    for each in kept.by_worth:
        yield Row(_worth(by, each.worth), by.say("weeks_minutes", minutes=each.minutes, n=each.weeks))
    for clue in kept.clues:
        kind = Term("WeeksKind", clue.kind)
        yield Row("", by.say("weeks_clue", weeks=clue.weeks, kind=kind))
    if kept.total:
        yield Row("", by.say("weeks_checking"))


def _expected(by: Speaker, kept: Calibration) -> Section:
    title = _part(by, "expected_and_was")
    if not kept.pairs:
        return Section(title, (Row("", by.say("weeks_no_forecast")),))
    heads = tuple(_part(by, name) for name in ("week", "expected", "was", "against"))
    table = Table(heads, tuple(_pair(by, each) for each in kept.pairs), 1)
    counts = tuple(
        Row("", by.say("weeks_count", expected=each.expected, n=each.n, good=each.good))
        for each in kept.counts
    )
    return Section(title, counts or (Row("", by.say("weeks_too_few")),), table=table)


def _pair(by: Speaker, pair: Pair) -> tuple[str, ...]:
    likely = by.say("weeks_likely", expected=pair.expected)
    was = by.spoken(Term("WeeksOutcome", pair.outcome))
    return (str(pair.week), likely, was, pair.against or NOTHING)


def _worth(by: Speaker, worth: str) -> str:
    return by.spoken(Term("WeeksWorth", worth))


def _part(by: Speaker, name: str) -> str:
    return by.spoken(Term("WeeksPart", name))

"""Everything a picture says in words, in its reader's language; and the paragraph that says it all.

The paragraph holds every value, so that nobody needs to see the picture to know what it shows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from bot.picture.limits import Limits, limits
from coaching.catalogue import Better, Unit
from coaching.chart import Chart, Dot, Finding
from coaching.slots import Amount, Phrase, Slot, Term, phrase
from coaching.verdict import Method
from prompts.language import MASTER
from prompts.words import Reader, Words

LONG = Decimal(10_000)  # from here on a label is rounded: 1.2M; the paragraph has all of it
ABSURD = 15  # digits; what the words themselves say short
TOGETHER = 5  # values from before in one sentence
UNSEEN = {"Cc", "Cs", "Co", "Cn"}
JOINERS = "\u200c\u200d"  # some scripts need them


class Says(Protocol):
    """Whoever speaks to one reader; the record's Speaker is one."""

    @property
    def words(self) -> Words:
        """All languages."""

    @property
    def reader(self) -> Reader:
        """Who looks at the picture."""


@dataclass(frozen=True)
class Aloud:
    """The words and their reader, and nothing else."""

    words: Words
    reader: Reader


@dataclass(frozen=True)
class Marked:
    """A line across the picture and the few letters at its end: the aim, the bar, the mean, a limit."""

    kind: str
    at: Decimal
    text: str


@dataclass(frozen=True)
class Texts:
    """What stands on the picture. ``values`` and ``weeks`` go by their place in the chart."""

    title: str
    unit: str
    label: str
    sentence: str
    parts: dict[str, str]
    before: tuple[str, ...]
    since: tuple[str, ...]
    weeks: dict[int, str]
    numbers: dict[int, str]
    marked: tuple[Marked, ...]
    notes: tuple[str, ...]
    practice: str  # the note on hollow circles, where no heading says it
    zero: str
    extremes: tuple[str, str]

    @property
    def all(self) -> str:
        """Every letter of it."""
        told = [self.title, self.unit, self.label, self.sentence, self.practice, self.zero]
        told += [*self.parts.values(), *self.before, *self.since, *self.weeks.values(), *self.notes]
        return "".join([*told, *self.numbers.values(), *(each.text for each in self.marked)])


def texts(chart: Chart, say: Says) -> Texts:
    """All words of the picture. KeyError names the file in which one is missing."""
    found, extent = limits(chart), [number for dot in dots(chart) for number in (dot.low, dot.high)]
    lower = chart.better is Better.LOWER
    numbers = sorted({each.number for each in chart.weeks} | {dot.week or 0 for dot in chart.since})
    return Texts(
        title=_line(say, "chart_title", measure=Term("Measure", chart.measure)),
        unit=_line(say, "chart_lower" if lower else "chart_higher", unit=Term("Unit", chart.unit)),
        label=_line(say, "chart_value", value=Term("Label", chart.found.label)) if chart.found else "",
        sentence=_sentence(say, chart.found) if chart.found else "",
        parts={
            part: _line(say, "chart_value", value=Term("ChartPart", part))
            for part in ("before", "since", "practice", "counted", "week")
        },
        before=tuple(short(say, chart.unit, dot.low, dot.high) for dot in chart.before),
        since=tuple(short(say, chart.unit, dot.low, dot.high) for dot in chart.since),
        weeks={each.number: _line(say, "chart_value", value=each.about) for each in chart.weeks},
        numbers={number: _line(say, "chart_value", value=number) for number in numbers},
        marked=tuple(_marked(say, chart, found)),
        notes=tuple(_notes(say, chart, found)),
        practice=_line(say, "chart_practice") if any(not dot.counted for dot in chart.since) else "",
        zero=short(say, chart.unit, Decimal(0)),
        extremes=(short(say, chart.unit, min(extent)), short(say, chart.unit, max(extent))),
    )


def alt(chart: Chart, say: Says) -> str:
    """The picture in one paragraph: every value, practice, limits, aim, label and what it rests on."""
    return join(say, list(_sentences(chart, say)))


def join(say: Says, sentences: Sequence[str]) -> str:
    """One sentence after the other, as the language writes it."""
    language = say.words.languages.get(say.reader.language)
    between = "" if language and not language.spaced and _is_covered(say) else " "
    return between.join(each for each in sentences if each)


def in_english(say: Says) -> Aloud:
    """The same to the same reader, in English."""
    return Aloud(say.words, replace(say.reader, language=MASTER))


def without_letters(say: Says) -> str:
    """The line that says why a picture is in English."""
    language = say.words.languages.get(say.reader.language)
    name = Term("Language", say.reader.language) if language else say.reader.language
    return _line(in_english(say), "chart_no_letters", language=name)


def short(say: Says, unit: str, low: Decimal, high: Decimal | None = None) -> str:
    """A number as it stands beside its mark: without its unit but for "%", large ones rounded."""
    biggest = max(abs(low), abs(low if high is None else high))
    if biggest < LONG or biggest.adjusted() >= ABSURD:
        written = Unit.PERCENT if unit == Unit.PERCENT else Unit.COUNT
        return _line(say, "chart_value", value=Amount(low, written.value, None if high == low else high))
    from babel.numbers import format_compact_decimal

    spoken = say.words.languages.get(say.reader.language, say.words.languages[MASTER])
    locale = spoken.locale(say.reader.locale).replace("-", "_")
    ends = [format_compact_decimal(end, locale=locale, fraction_digits=1) for end in (low, high or low)]
    return ends[0] if ends[0] == ends[1] else _line(say, "range", low=ends[0], high=ends[1])


def dots(chart: Chart) -> tuple[Dot, ...]:
    """Every number of the chart, before and since."""
    return (*chart.before, *chart.since)


def rounded(chart: Chart, value: Decimal) -> Decimal:
    """A mean or a limit to one place more than the numbers it comes from have."""
    places = max(-int(chart.counts(dot).normalize().as_tuple().exponent) for dot in chart.before)
    return round(value, min(max(places, 0) + 1, 3)) if value.adjusted() < ABSURD else value


def clean(text: str) -> str:
    """One line without what cannot be seen; what else is in it is drawn as it was written."""
    spaced = re.sub(r"\s+", " ", text)
    return "".join(each for each in spaced if each in JOINERS or not _is_unseen(each)).strip()


def _is_unseen(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return kind in UNSEEN or kind == "Cf"


def _line(say: Says, name: str, /, **given: Slot) -> str:
    return clean(say.words.line(say.reader, name, given))


def _is_covered(say: Says) -> bool:
    return say.words.covered(say.reader.language, "chart_alt")


def _sentence(say: Says, found: Finding) -> str:
    because = Term("Because", found.reason or "none")
    return _line(say, "chart_says", says=Term("Says", found.label), because=because)


def _marked(say: Says, chart: Chart, found: Limits | None) -> Iterator[Marked]:
    known: list[tuple[str, str, Decimal | None]] = [("aim", "chart_aim", chart.aim)]
    if chart.found and chart.found.method is not Method.NO_BAR:
        known.append(("bar", "chart_bar", chart.found.bar))
    if found:
        known += [("mean", "chart_mean", found.mean)]
        known += [("limit", "chart_limit", found.upper), ("limit", "chart_limit", found.lower)]
    for kind, name, at in known:
        if at is not None:
            told = at if kind in ("aim", "bar") else rounded(chart, at)
            yield Marked(kind, at, _line(say, name, value=short(say, chart.unit, told)))


def _notes(say: Says, chart: Chart, found: Limits | None) -> Iterator[str]:
    """What a label rests on, what limits rest on or lack, and what is left out."""
    rests = [_line(say, told.name, **dict(told.slots)) for told in _rests(chart)]
    if rests:
        yield join(say, rests)
    if any(dot.is_range for dot in dots(chart)):
        yield _line(say, "chart_range")
    yield _line(say, "chart_limits_from" if found else "chart_limits_need", n=len(chart.before))
    if chart.is_partial:
        yield _line(say, "chart_partial")


def _rests(chart: Chart) -> Iterator[Phrase]:
    found = chart.found
    if found is None:
        return
    yield phrase("evidence_rests", n_before=found.n_before, n_after=found.n_after)
    if found.method is not Method.NO_BAR and found.bar is not None:
        bar = Amount(found.bar, chart.unit)
        yield phrase("evidence_bar", method=Term("EvidenceMethod", found.method), bar=bar)


def _sentences(chart: Chart, say: Says) -> Iterator[str]:
    name = "chart_alt" if chart.better is Better.LOWER else "chart_alt_higher"
    yield _line(say, name, measure=Term("Measure", chart.measure), unit=Term("Unit", chart.unit))
    if not chart.before:
        yield _line(say, "chart_alt_none")
    for at in range(0, len(chart.before), TOGETHER):
        values = tuple(_amount(chart, dot) for dot in chart.before[at : at + TOGETHER])
        yield _line(say, "chart_alt_before", values=values)
    yield from _by_week(chart, say)
    if chart.aim is not None:
        yield _line(say, "chart_alt_aim", value=Amount(chart.aim, chart.unit))
    found = limits(chart)
    if found:
        upper, mean = (Amount(rounded(chart, each), chart.unit) for each in (found.upper, found.mean))
        given = {"upper": upper, "mean": mean}
        if found.lower is None:
            yield _line(say, "chart_alt_limit", **given)
        else:
            yield _line(
                say, "chart_alt_limits", lower=Amount(rounded(chart, found.lower), chart.unit), **given
            )
    if chart.found:
        yield _line(say, "chart_alt_label", label=Term("Label", chart.found.label))
        yield _sentence(say, chart.found)
    yield from _notes(say, chart, found)


def _by_week(chart: Chart, say: Says) -> Iterator[str]:
    about = {each.number: each.about for each in chart.weeks}
    read: Sequence[Dot] = chart.since
    silent = [number for number in about if all(dot.week != number for dot in read)]
    for number, dot in sorted(
        [*((dot.week or 0, dot) for dot in read), *((n, None) for n in silent)], key=lambda each: each[0]
    ):
        if dot is None:
            yield _line(say, "chart_alt_no_reading", week=number, about=about[number])
            continue
        name = "chart_alt_week" if dot.counted else "chart_alt_practice"
        value = _amount(chart, dot)
        if number in about:
            yield _line(say, f"{name}_about", week=number, value=value, about=about[number])
        else:
            yield _line(say, name, week=number, value=value)


def _amount(chart: Chart, dot: Dot) -> Amount:
    return Amount(dot.low, chart.unit, dot.high if dot.is_range else None)

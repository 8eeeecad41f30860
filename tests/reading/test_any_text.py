"""Whatever is typed, the reader stays calm and quick; nothing is kept without a Yes unless it stands there.

Words it knows are thrown together with figures, odd characters and nonsense, thousands of times.
"""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coaching.reading.days import Absence, read_days
from coaching.reading.minutes import KINDS, LONGEST_MINDING, read_minutes
from coaching.reading.units import in_unit
from coaching.reading.values import Ask, read_values
from coaching.reading.vocabulary import FOLDER, plain
from coaching.rhythm import Calendar
from tests.properties.walker import HOSTILE
from tests.reading.scoring import rows

UNITS = ("days", "working_days", "minutes", "percent", "per_hundred", "items", "rounds", "points", "money")
MARKETS = ("SG", "ID", "VN", "JP", "TH", "IN")
TODAY = date(2026, 11, 24)
CALENDAR = Calendar("Asia/Singapore", "SG")
SECONDS = 2.0  # far more than it takes; a search that never ends takes longer

PARTS = sorted({part for row in rows() if not row.held for part in row.text.split()})
FIGURES = st.one_of(st.integers(-9, 10**6).map(str), st.decimals(0, 999, places=1).map(str))
texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(st.sampled_from(PARTS), FIGURES, st.text(max_size=3)), max_size=9).map(" ".join),
    st.lists(st.one_of(st.sampled_from(PARTS), FIGURES), max_size=5).map("".join),
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts, st.sampled_from(UNITS), st.sampled_from(MARKETS), st.booleans())
def test_any_text_is_read_or_asked_about(text: str, unit: str, market: str, one: bool) -> None:
    reading = read_values(text, unit=unit, market=market, one=one)
    for value in reading.values:
        assert value.low.is_finite()
        assert value.low <= value.high
    if not reading.needs_yes:
        (value,) = reading.values
        assert value.unit == unit
        assert str(value.low) in plain(text)
        assert value.low == value.high
        assert reading.ask is None
    assert reading.counting or reading.ask


@settings(max_examples=300, deadline=None)
@given(texts)
def test_any_text_gives_minutes_and_days_or_a_question(text: str) -> None:
    minutes = read_minutes(text, market="SG")
    if minutes.four is not None:
        assert all(0 <= each <= LONGEST_MINDING for each in minutes.four)
        assert minutes.needs_yes or all(str(each) in plain(text) for each in minutes.four)
    days = read_days(text, today=TODAY, calendar=CALENDAR)
    assert days.found or days.doubt
    assert days.doubt or len(days.found) == 1
    assert all(each.first <= each.last for each in days.found if isinstance(each, Absence))


LONG = (
    "6,",
    "1万",
    "5 k ",
    "6-",
    "1h20 ",
    "3 of 4 ",
    "not 6 ",
    "sorry 6 ",
    "12/3 ",
    "fri ",
    "half a ",
    "(",
    "1-5 dec ",
)


@pytest.mark.parametrize(
    "text", [*HOSTILE, *((each * 2000)[:2000] for each in LONG)], ids=range(len(HOSTILE) + len(LONG))
)
def test_hostile_text_is_read_quickly_and_keeps_nothing_it_does_not_say(text: str) -> None:
    began = time.perf_counter()
    for unit in ("days", "percent"):
        reading = read_values(text, unit=unit, market="SG", one=True)
        assert reading.needs_yes
    read_minutes(text, market="SG")
    read_days(text, today=TODAY, calendar=CALENDAR)
    assert time.perf_counter() - began < SECONDS


@pytest.mark.parametrize(
    "text", ["NaN", "1e309", "Infinity", "-1e-309", "31 February", "½²", "5½²", "9" * 400]
)
def test_what_is_no_number_is_asked_about(text: str) -> None:
    reading = read_values(text, unit="days", market="SG", one=True)
    assert reading.ask in (Ask.NOTHING, Ask.WHICH_NUMBER)


def test_a_number_beyond_what_is_plausible_waits_for_a_yes() -> None:
    limits = (Decimal(0), Decimal(120))
    assert read_values("400", unit="days", market="AU", one=True, plausible=limits).needs_yes
    assert not read_values("40", unit="days", market="AU", one=True, plausible=limits).needs_yes


@pytest.mark.parametrize(
    "said, unit, expected",
    [("hours", "minutes", Decimal(30)), ("days", "working_days", None), ("days", "hours", None)],
)
def test_only_hours_and_minutes_are_ever_carried_over(said: str, unit: str, expected: Decimal | None) -> None:
    assert in_unit(Decimal("0.5"), said, unit) == expected


def test_laughing_in_thai_is_not_a_number_to_be_kept() -> None:
    assert read_values("555", unit="items", market="TH", one=True).needs_yes
    assert not read_values("555", unit="items", market="SG", one=True).needs_yes


def test_half_an_hour_mostly_checking_is_a_sum_and_its_kind_is_asked() -> None:
    minutes = read_minutes("half an hour, mostly checking", market="AU")
    assert (minutes.four, minutes.in_all, minutes.mostly) == (None, 30, "checking")


def test_the_words_of_each_language_say_who_reviewed_them() -> None:
    assert len(list(FOLDER.glob("*.toml"))) >= 9
    for path in FOLDER.glob("*.toml"):
        assert "[review]" in path.read_text(encoding="utf-8")
    assert set(KINDS) == {"feeding", "checking", "rerunning", "cleaning"}

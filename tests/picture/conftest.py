"""Workflows with numbers in them, and two readers of their pictures: one in English, one in Japanese."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from bot.picture import Aloud
from coaching.opening import PastReading, PastValue, Workflow
from prompts.words import Words

Number = int | str | tuple[int | str, int | str]


def a_workflow(
    before: Sequence[Number],
    since: Sequence[tuple[int, Number, bool]],
    *,
    aim: int | None = None,
    measure: str = "M07",
    unit: str = "rounds",
) -> Workflow:
    """Values from before, and readings as (week, value, counted); two ends are a range."""
    return Workflow(
        number=1,
        work="Proposals",
        shape="quality",
        stake="",
        noticer="",
        measure=measure,
        unit=unit,
        span="",
        balancing="errors",
        before=tuple(PastValue(*ends(value), "counted") for value in before),
        target=None if aim is None else Decimal(aim),
        readings=tuple(
            PastReading(week, *ends(value), "counted", counted, "same", "no")
            for week, value, counted in since
        ),
        rails=None,
        ai_part="",
        item="",
        good="",
        stop_if="",
    )


def ends(value: Number) -> tuple[Decimal, Decimal]:
    low, high = value if isinstance(value, tuple) else (value, value)
    return Decimal(low), Decimal(high)


EIGHT_WEEKS = a_workflow(
    [3, 4, 3],
    [(1, 4, False), (2, 3, False), (3, 2, True), (4, 1, True), (5, 2, True), (6, 2, True), (8, 1, True)],
    aim=2,
)


@pytest.fixture(scope="session")
def words() -> Words:
    return Words()


@pytest.fixture(params=["en", "ja"])
def say(request: pytest.FixtureRequest, words: Words) -> Aloud:
    return a_reader(words, request.param)


@pytest.fixture
def english(words: Words) -> Aloud:
    return a_reader(words, "en")


@pytest.fixture
def japanese(words: Words) -> Aloud:
    return a_reader(words, "ja")


def a_reader(words: Words, language: str) -> Aloud:
    market, zone = {"en": ("SG", "Asia/Singapore"), "ja": ("JP", "Asia/Tokyo")}[language]
    return Aloud(words, words.reader(language, market, zone))

"""What a conversation knows when it opens: who is spoken to, and what earlier conversations left behind.

An opening is made once, when the conversation opens, and kept with it; so a script that is played again weeks
later sees the same people, the same numbers and the same dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from coaching.rhythm import Calendar, ProgrammeWeek


@dataclass(frozen=True)
class Sponsor:
    """The sponsor's own sentence about time and cover; without it the coach must not speak one."""

    name: str
    text: str
    said_on: date


@dataclass(frozen=True)
class Manager:
    """Who is coached, by whom, where. ``other_person`` is someone outside the reporting line,
    ``coach_id`` whom a sent summary goes to, ``has_model`` whether a model may be asked in their talks.
    """

    name: str
    coach: str
    market: str
    function: str
    language: str
    working_days: str
    calendar: Calendar
    other_person: str = ""
    coach_id: str = ""
    has_model: bool = False


@dataclass(frozen=True)
class MarketPeople:
    """Around the guardrails of a market: who owns them, and how many managers share them.

    ``owner_reached`` and ``sponsor_reached``: whether a question can be put to them from here.
    """

    owner: str
    managers: int
    owner_reached: bool = True
    sponsor_reached: bool = True


class WithManager(Protocol):
    """Any opening: there is always somebody who is spoken to."""

    @property
    def manager(self) -> Manager:
        """Who is coached."""


@dataclass(frozen=True)
class StartOpening:
    """Week 0: the two sittings. ``again`` says that the manager has been through a workflow before."""

    manager: Manager
    workflow: int
    sponsor: Sponsor | None = None
    again: bool = False


@dataclass(frozen=True)
class PastValue:
    """A value from before, as confirmed."""

    low: Decimal
    high: Decimal
    grade: str
    unusual: bool = False
    out_of: int | None = None


@dataclass(frozen=True)
class PastReading:
    """A week's number as kept, with what stood beside it."""

    week: int
    low: Decimal
    high: Decimal
    grade: str
    counted: bool
    balancing: str
    other_change: str
    out_of: int | None = None


@dataclass(frozen=True)
class PastForecast:
    """What an earlier week was expected to bring, in per cent, and how its output was judged."""

    week: int
    likelihood: int
    judged: str


@dataclass(frozen=True)
class Rails:
    """The confirmation a week starts from."""

    market: str
    version: int
    tool: str
    goes_to: str
    checkpoint: str
    confirmed_at: datetime
    fresh_until: datetime


@dataclass(frozen=True)
class Workflow:
    """The piece of work that is being made better, as the facts have it; ``market`` is where it lives.

    ``corrected_after``: how many counted readings there were when a value was last corrected, if ever.
    """

    number: int
    work: str
    shape: str
    stake: str
    noticer: str
    measure: str
    unit: str
    span: str
    balancing: str
    before: tuple[PastValue, ...]
    target: Decimal | None
    readings: tuple[PastReading, ...]
    rails: Rails | None
    ai_part: str
    item: str
    good: str
    stop_if: str
    market: str = ""
    corrected_after: int | None = None


@dataclass(frozen=True)
class WeekOpening:
    """One programme week: its number, the theme it is on, its moments, and the workflow so far.

    ``likelihood`` is the standing forecast in per cent for this week's slice where one was given before the
    week opened; ``live`` is whether live runs count already; ``asked`` the judgment questions put before;
    ``waited_before`` is whether the week before waited for rails, so that nobody is told twice; ``reword``
    whether the manager asked just now for another step or a smaller one. ``not_started`` counts the weeks
    right before this one whose slice was not started. ``seen``: the dimensions of judgment that have words;
    ``expected``: the earlier forecasts of this workflow that have met their outcome.
    """

    manager: Manager
    workflow: Workflow
    week: int
    theme: int
    days: ProgrammeWeek
    plan_when: str
    plan_step: str
    midweek_wanted: bool
    likelihood: int | None
    live: bool
    state: str
    asked: tuple[str, ...] = ()
    waited_before: bool = False
    not_started: int = 0
    reword: bool = False
    seen: tuple[str, ...] = ()
    expected: tuple[PastForecast, ...] = ()


@dataclass(frozen=True)
class HoldOpening:
    """Four weeks after the decision: does it still hold?"""

    manager: Manager
    workflow: Workflow
    week: int
    checkin_at: datetime


@dataclass(frozen=True)
class QuietOpening:
    """A week that brings one line only, to somebody who has gone silent.

    ``line`` says which of the three it is, 0 the line with which a programme rests whose last decision was
    never taken. ``week`` is how many weeks there have been. ``kept_until`` is when words would begin to go.
    """

    manager: Manager
    line: int
    week: int
    days: ProgrammeWeek
    kept_until: date
    sponsor: Sponsor | None = None


@dataclass(frozen=True)
class AsideOpening:
    """A conversation that cuts in: something feels wrong, or a person is wanted, or they are not well.

    ``first`` and ``backup`` are whom to call; empty where nobody is named for the market. ``agreed`` is
    whether the manager has said OK to what is shared. ``emergency`` and ``helpline`` are numbers to call,
    ``numbers_confirmed`` whether the organisation has tried them. ``independent`` is a contact outside the
    line and outside local HR, ``for_the_team`` HR or the assistance line. ``again`` is a second time.
    ``…_reached``: whether that person can be written to from here; a line says so only where it is true.
    """

    manager: Manager
    work: str
    first: str
    backup: str
    clock_note: str
    agreed: bool
    demo: bool
    emergency: str = ""
    helpline: str = ""
    numbers_confirmed: bool = False
    independent: str = ""
    for_the_team: str = ""
    again: bool = False
    coach_reached: bool = True
    first_reached: bool = True
    independent_reached: bool = True

"""The people, weeks and guardrails that the random conversations are held with; all of them invented.

They differ in market, hours, history and rails, so that a walk meets what a real programme would bring.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import cycle
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from coaching import rhythm, summary
from coaching.absence import AwayOpening
from coaching.catalogue import MEASURES
from coaching.checkin import Known, OtherChange
from coaching.earlier_numbers import EarlierNumber, EarlierNumbers
from coaching.friction import Shape
from coaching.good_enough import ABOUT, CheckOpening
from coaching.guardrail_pack import Guardrails
from coaching.guardrails import FRESH_FOR, GoesTo
from coaching.journey import Kind
from coaching.judgment import Judged
from coaching.library import Part
from coaching.measure import Balancing
from coaching.needs import Line
from coaching.opening import (
    AsideOpening,
    HoldOpening,
    Manager,
    PastForecast,
    PastReading,
    PastValue,
    QuietOpening,
    Rails,
    Sponsor,
    StartOpening,
    WeekOpening,
    Workflow,
)
from coaching.places import zones_of
from coaching.profile import FUNCTIONS
from coaching.programme import ProgrammeOpening
from coaching.second_thoughts import ChangeOpening, ForgetOpening, Given, LanguageOpening
from coaching.sending import ResendOpening
from coaching.verdict import Grade, Side
from coaching.zone import ZoneOpening

# Market and zone; two of them change their clocks within the months walked through.
PLACES = (
    ("SG", "Asia/Singapore", "en"),
    ("JP", "Asia/Tokyo", "ja"),
    ("AU", "Australia/Sydney", "en"),
    ("NZ", "Pacific/Auckland", "en"),
    ("ID", "Asia/Jakarta", "en"),
)
FIRST_DAY = datetime(2026, 8, 31, 2, 0, tzinfo=UTC)
THEMES = tuple(range(1, 9))
LAST_DAY = date(2030, 12, 31)
A_BIG_COUNTRY = zones_of("Australia")


def guardrails(market: str, version: int = 1, expires_on: date = LAST_DAY) -> Guardrails:
    """A complete version of a market's guardrails; each version names other people."""
    return Guardrails(
        market=market,
        version=version,
        owner="Wei Chen Ong",
        owner_contact="wei.ong@example.com",
        published_on=date(2026, 1, 1),
        expires_on=expires_on,
        data_in=("won proposals", f"price list {version}"),
        data_out=("contracts under NDA",),
        tools=(("assistant", "Company Assistant"), ("search", "Document Search")),
        checkpoint_rules=(("client", f"Engineer {version}"), ("board", "Head of Sales")),
        call_first=("Wei Chen Ong", "+65 5550 0101"),
        call_backup=("Asha Rao", "+65 5550 0102"),
        clock_note="Some duties run on a clock of three days; they decide.",
    )


ABSENCES = ("ooo 3 days", "on leave till 31 Feb", "sick", "pause till 3/4", "ooo till friday 3 march")


def opening_of(kind: Kind, dice: Random, theme: int = 0) -> tuple[Any, datetime]:
    """What a conversation of a kind opens with, and when; ``theme`` 0 is whichever comes."""
    person = manager(dice)
    at = FIRST_DAY + timedelta(days=dice.randrange(200), minutes=dice.randrange(24 * 60))
    zone = ZoneInfo(person.calendar.zone)
    match kind:
        case Kind.START:
            return _start(person, dice), rhythm.first_invitation(person.calendar, at).astimezone(zone)
        case Kind.WEEK:
            days = rhythm.next_programme_week(person.calendar, at)
            opened = days.slice_at.astimezone(zone)
            return _week(person, dice, days, theme or dice.choice(THEMES)), opened
        case Kind.HOLD:
            at = rhythm.hold_check_at(person.calendar, at)
            return HoldOpening(person, _workflow(dice, person, at), 12, at), at.astimezone(zone)
        case Kind.CHANGE:
            given = tuple(
                Given("talk", f"question_{n}", 1, f"an answer {n}") for n in range(dice.randrange(1, 9))
            )
            earlier = _earlier_numbers(dice)
            return ChangeOpening(
                person, given if earlier is None else given[dice.randrange(2) :], earlier
            ), at
        case Kind.AWAY:
            said = dice.choice(
                ("ooo 3 days", "on leave till 31 Feb", "sick", "pause till 3/4", "ooo till friday 3 march")
            )
            return AwayOpening(person, said, dice.random() < 0.3), at.astimezone(zone)
        case Kind.SUMMARY:
            days = rhythm.next_programme_week(person.calendar, at)
            week = _week(person, dice, days, dice.choice(THEMES))
            parts = summary.told(week, week.workflow, summary.Week(changed="Two rounds", changed_at=at))
            return ResendOpening(person, week.week, parts), at.astimezone(zone)
        case Kind.FORGET:
            return ForgetOpening(person, dice.randrange(4)), at
        case Kind.LANGUAGE:
            return LanguageOpening(person, (("ja", "日本語"), ("en", "English"))), at
        case Kind.ZONE:
            zones = dice.choice(((), ("Asia/Tokyo",), ("Asia/Kuala_Lumpur", "Asia/Kuching"), A_BIG_COUNTRY))
            return ZoneOpening(person, zones), at.astimezone(zone)
        case Kind.GOOD_ENOUGH:
            told = tuple((name, "The margin line") for name in ABOUT if dice.random() < 0.7)
            return CheckOpening(person, told or (("look", "The totals"),)), at
        case Kind.PROGRAMME:
            return ProgrammeOpening(person, "and who foots the bill?", Line("not_understood", {})), at
        case Kind.QUIET:
            days = rhythm.next_programme_week(person.calendar, at)
            return _quiet(person, dice, days), days.slice_at.astimezone(zone)
        case _:
            first, backup = dice.choice((("Wei", "Asha"), ("", "")))
            note, agreed = dice.choice(("Three days.", "")), dice.random() < 0.8
            demo = dice.random() < 0.5
            work = dice.choice(("client proposals", ""))
            emergency, helpline = dice.choice((("995", "1767"), ("", "1767"), ("", "")))
            return AsideOpening(
                person, work, first, backup, note, agreed, demo,
                emergency, helpline, dice.random() < 0.5, dice.choice(("Asha Rao", "")),
                dice.choice(("HR line", "")), dice.random() < 0.3,
                *(dice.random() < 0.7 for _ in range(3)),
            ), at  # fmt: skip


def _earlier_numbers(dice: Random) -> EarlierNumbers | None:
    """Numbers of closed weeks in one unit, one of them a range; or none yet."""
    measure = dice.choice([each for each in MEASURES.values() if each.is_weekly])
    weeks = [
        EarlierNumber(f"week {n}", "reading", Decimal(n), Decimal(n), week=n)
        for n in range(2 + dice.randrange(7), 2, -1)
    ]
    before = [
        EarlierNumber("start", f"before_{n}", Decimal(n), Decimal(n + n // 3), place=n) for n in (3, 2, 1)
    ]
    numbers = EarlierNumbers(measure.id, measure.units[0].value, (*weeks, *before))
    return None if dice.random() < 0.3 else numbers


def manager(dice: Random) -> Manager:
    """Somebody to be coached."""
    market, zone, language = dice.choice(PLACES)
    return Manager(
        name="Dana Lim",
        coach="Mei Tan",
        market=market,
        function=dice.choice(FUNCTIONS),
        language=language,
        working_days="01234",
        calendar=rhythm.Calendar(zone, market),
        other_person="Asha Rao",
    )


def _start(person: Manager, dice: Random) -> StartOpening:
    sponsor = Sponsor("Irene Goh", "Up to 60 minutes a week is yours.", date(2026, 8, 1))
    return StartOpening(person, 1, dice.choice((None, sponsor)), again=dice.random() < 0.3)


def _week(person: Manager, dice: Random, days: rhythm.ProgrammeWeek, theme: int) -> WeekOpening:
    plan = dice.choice(
        (rhythm.at_local(person.calendar, days.days[1], rhythm.MORNING).isoformat(), "after lunch")
    )
    asked = tuple(f"j{d}_{n}" for d in range(1, 7) for n in range(1, 8) if dice.random() < 0.3)
    return WeekOpening(
        manager=person,
        workflow=_workflow(dice, person, days.slice_at, readings=max(0, theme - 3)),
        week=theme,
        theme=theme,
        days=days,
        plan_when=plan,
        plan_step="draft",
        midweek_wanted=dice.random() < 0.6,
        likelihood=dice.choice((None, 90, 50)),
        live=dice.random() < 0.5,
        state="agreed",
        asked=asked,
        not_started=dice.choice((0, 0, 1, 2)),
        expected=tuple(
            PastForecast(week, likely, judged)
            for week, likely, judged in zip(range(1, theme), cycle((90, 70, 50)), cycle(Judged), strict=False)
        ),
    )


def _quiet(person: Manager, dice: Random, days: rhythm.ProgrammeWeek) -> QuietOpening:
    sponsor = Sponsor("Irene Goh", "Up to 60 minutes a week is yours.", date(2026, 8, 1))
    return QuietOpening(person, dice.randrange(4), 3, days, LAST_DAY, dice.choice((None, sponsor)))


def _workflow(dice: Random, person: Manager, at: datetime, readings: int = 4) -> Workflow:
    measure = dice.choice([each for each in MEASURES.values() if each.is_weekly])
    before = tuple(
        PastValue(Decimal(value), Decimal(value), dice.choice(tuple(Grade)))
        for value in dice.sample((5, 6, 7, 8, 0), dice.randrange(6))
    )
    direction = dice.choice((Decimal("0.4"), Decimal(1), Decimal(3)))
    return Workflow(
        number=1,
        work="client proposals",
        shape=dice.choice(tuple(Shape)),
        stake="we lose renewals",
        noticer="the client",
        measure=measure.id,
        unit=measure.units[0].value,
        span="request to sent",
        balancing=dice.choice(tuple(Balancing)),
        before=before,
        target=dice.choice((None, Decimal(3))),
        readings=tuple(_reading(dice, n, direction) for n in range(3, 3 + readings)),
        rails=_rails(dice, person, at),
        ai_part=dice.choice(tuple(Part)),
        item="the Osaka quote",
        good="no number is wrong",
        stop_if=dice.choice(("20", "a client name shows")),
    )


def _reading(dice: Random, week: int, direction: Decimal) -> PastReading:
    value = Decimal(dice.randrange(4, 9)) * direction
    known = dice.choice(tuple(each for each in Known if each is not Known.FIX))
    side, other = dice.choice(("", *Side)), dice.choice(("", *OtherChange))
    return PastReading(week, value, value, known, dice.random() < 0.8, side, other)


def _rails(dice: Random, person: Manager, at: datetime) -> Rails | None:
    """A confirmation from before: mostly fresh and current; or old, of another version or market; or none."""
    at = at.astimezone(ZoneInfo(person.calendar.zone)) - timedelta(days=dice.choice((1, 5, 20, 27, 40)))
    market, version = person.market, dice.choice((1, 1, 1, 2))
    until = (at.astimezone(UTC) + FRESH_FOR).astimezone(at.tzinfo)
    checkpoint = dice.choice(("Engineer 1", "stays_with_me"))
    found = Rails(market, version, "Company Assistant", dice.choice(tuple(GoesTo)), checkpoint, at, until)
    elsewhere = replace(found, market="IN")
    return dice.choice((found, found, found, found, elsewhere, None))

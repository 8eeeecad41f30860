"""What a conversation is opened with: read once from the facts that earlier ones left behind.

Only standing facts of the workflow in hand are read, and only when a conversation opens, so the cost of a
turn does not grow with the weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.around import reach
from coaching import facts, rhythm, series
from coaching.facts import Fact
from coaching.journey import Kind
from coaching.ledger import calibration
from coaching.opening import (
    AsideOpening,
    HoldOpening,
    Manager,
    MarketPeople,
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
from coaching.summary import Flag
from coaching.themes import Theme
from prompts.contacts import starter_numbers
from storage.conversations import Conversation
from storage.people import Person
from storage.projection import Kept
from storage.repository import Repository

F = TypeVar("F", bound=Fact)
USED_UP = "used_up"  # how a week closed: its theme is over
WAITED = "waited"  # … or it waited for somebody else, and the theme stays
NOT_ASKED = "not_asked"  # … or its check-in never reached them: a silence, a pause, an outage; it stays too
CHECK_IN_BEGINS = "what_changed"  # the first question of every check-in


def calendar_of(person: Person) -> rhythm.Calendar:
    """The person's days."""
    days = frozenset(int(digit) for digit in person.working_days)
    return rhythm.Calendar(person.zone, person.market, person.subdivision, days, absences=person.absences)


def manager_of(repo: Repository, person: Person) -> Manager:
    """Who is coached, with the people around them by name."""
    coach = repo.person(person.coach_id) if person.coach_id else None
    contact = repo.safety_contact(person.market, person.programme_id)
    return Manager(
        name=person.name,
        coach=coach.name if coach else "",
        market=person.market,
        function=person.function,
        language=person.language,
        working_days=person.working_days,
        calendar=calendar_of(person),
        other_person=contact.independent_contact if contact else "",
        coach_id=person.coach_id or "",
    )


def market_people(repo: Repository, person: Person, market: str, *, demo: bool = False) -> MarketPeople:
    """Who owns a market's guardrails, by the last version or the roster, and how many managers share them.

    In the demo everybody counts as reached: what is said there is what would be said in real use.
    """
    there = [each for each in repo.people() if each.market == market]
    versions = repo.guardrail_versions(market)
    owners = [versions[-1].owner] if versions else [p.name for p in there if "guardrail_owner" in p.roles]
    managers = sum("manager" in each.roles for each in there)
    owner, sponsor = reach.owner_of(repo, market), reach.sponsor_of(repo, person)
    return MarketPeople(
        owners[0] if owners else "",
        managers,
        demo or reach.is_reached(repo, owner),
        demo or reach.is_reached(repo, sponsor),
    )


def sponsor_of(repo: Repository, person: Person) -> Sponsor | None:
    """The sponsor's own text with name and date; None unless all three are there."""
    programme = repo.programme(person)
    if not (programme.sponsor_name and programme.sponsor_text and programme.sponsor_said_on):
        return None
    return Sponsor(programme.sponsor_name, programme.sponsor_text, programme.sponsor_said_on)


def start_opening(repo: Repository, person: Person, workflow: int) -> StartOpening:
    """Week 0; ``workflow`` is the conversation's ordinal."""
    return StartOpening(manager_of(repo, person), workflow, sponsor_of(repo, person), again=workflow > 1)


def aside_opening(
    repo: Repository, person: Person, at: datetime, *, demo: bool, again: bool = False
) -> AsideOpening:
    """What cuts in: whom to call, and the numbers of the market, the organisation's own before any."""
    pack = repo.current_guardrails(person.market, at)
    contact = repo.safety_contact(person.market, person.programme_id)
    public = starter_numbers(person.market)
    friction = repo.facts(person.id, facts.Friction)
    first = pack.call_first[0] if pack else contact.on_call if contact else ""
    independent = reach.account_of(repo, contact.independent_contact if contact else "", but=person.id)
    return AsideOpening(
        manager_of(repo, person),
        work=friction[-1].fact.work if friction else "",
        first=" · ".join(pack.call_first) if pack else (contact.on_call if contact else ""),
        backup=" · ".join(pack.call_backup) if pack else (contact.backup if contact else ""),
        clock_note=pack.clock_note if pack else "",
        agreed=bool(repo.facts(person.id, facts.Consent)),
        demo=demo,
        emergency=(contact.emergency_number if contact else "") or (public.emergency if public else ""),
        helpline=(contact.helpline if contact else "") or (public.helpline if public else ""),
        numbers_confirmed=contact is not None and contact.confirmed,
        independent=contact.independent_contact if contact else "",
        again=again,
        coach_reached=demo or reach.is_reached(repo, reach.coach_of(repo, person)),
        first_reached=demo or reach.account_of(repo, first, but=person.id) is not None,
        independent_reached=demo or independent is not None,
    )


def signs_since(repo: Repository, person: Person, since: object) -> tuple[str, ...]:
    """What asked for a person since a moment, beside what a check-in says; in the order of `Flag`."""
    assert isinstance(since, datetime)
    raised = {each.fact.sign for each in repo.facts(person.id, facts.Concern) if each.fact.raised_at >= since}
    return tuple(flag.value for flag in Flag if flag.value in raised)


def since_last_start(talks: Sequence[Conversation]) -> list[Conversation]:
    """The conversations of the workflow in hand: its start, and whatever came after it."""
    starts = [at for at, talk in enumerate(talks) if talk.kind == Kind.START]
    return list(talks[starts[-1] :]) if starts else []


class _Past:
    """The standing facts of one workflow: its start and what came after it, until the next start."""

    def __init__(self, repo: Repository, person: Person) -> None:
        self._repo, self._person = repo, person
        self.talks = since_last_start(repo.conversations(person.id))
        self.number = self.talks[0].ordinal
        self._ids = {talk.id for talk in self.talks}

    def kept(self, kind: type[F]) -> list[Kept[F]]:
        """All facts of a kind with where and when they were said, the oldest first."""
        return [each for each in self._repo.facts(self._person.id, kind) if each.conversation_id in self._ids]

    def all(self, kind: type[F]) -> list[F]:
        """All facts of a kind, the oldest first."""
        return [each.fact for each in self.kept(kind)]

    def last(self, kind: type[F]) -> F | None:
        """The newest fact of a kind."""
        found = self.all(kind)
        return found[-1] if found else None


def workflow_now(repo: Repository, person: Person, *, without: str | None = None) -> Workflow | None:
    """The workflow in hand as the facts have it now, less the numbers of one conversation; None before one
    is agreed.
    """
    if not since_last_start(repo.conversations(person.id)):
        return None
    try:
        return _workflow(_Past(repo, person), ZoneInfo(person.zone), without)
    except LookupError:
        return None


def _workflow(past: _Past, zone: ZoneInfo, without: str | None = None) -> Workflow:
    friction, stake, measured = past.last(facts.Friction), past.last(facts.Stake), past.last(facts.Measured)
    aim, slice_ = past.last(facts.Aim), past.last(facts.Assignment)
    if friction is None or stake is None or measured is None or slice_ is None:
        raise LookupError("a week opens on a workflow; this one has no friction, stake, measure or slice")
    beside = {each.week: each for each in past.all(facts.Beside)}
    told, known = past.kept(facts.Reading), past.kept(facts.Before)
    counted = [each for each in told if each.fact.counted]
    readings = tuple(
        PastReading(
            each.week,
            each.low,
            each.high,
            each.grade,
            each.counted,
            beside[each.week].balancing if each.week in beside else "",
            beside[each.week].other_change if each.week in beside else "",
            each.out_of,
        )
        for each in sorted(_less(told, without), key=lambda reading: reading.week)
    )
    before = tuple(
        PastValue(each.low, each.high, each.grade, each.unusual, each.out_of)
        for each in sorted(_less(known, without), key=lambda value: value.position)
    )
    return Workflow(
        number=past.number,
        work=friction.work,
        shape=friction.shape,
        stake=stake.cost,
        noticer=stake.noticer,
        measure=measured.measure,
        unit=measured.unit,
        span=measured.span,
        balancing=measured.balancing,
        before=before,
        target=None if aim is None else aim.target,
        readings=readings,
        rails=_rails(past.last(facts.Confirmation), zone),
        ai_part=slice_.ai_part,
        item=slice_.item,
        good=slice_.good,
        stop_if=slice_.stop_if,
        market=slice_.market if any(each.about == "markets" for each in past.all(facts.Note)) else "",
        corrected_after=series.corrected_after(
            _corrections(known) + _corrections(counted), [each.said_at for each in counted]
        ),
    )


def _corrections(told: Sequence[Kept[F]]) -> list[datetime]:
    return [each.said_at for each in told if each.is_corrected]


def _less(told: Sequence[Kept[F]], without: str | None) -> list[F]:
    return [each.fact for each in told if each.conversation_id != without]


def _rails(confirmed: facts.Confirmation | None, zone: ZoneInfo) -> Rails | None:
    if confirmed is None:
        return None
    return Rails(
        confirmed.market,
        confirmed.version,
        confirmed.tool,
        confirmed.goes_to,
        confirmed.checkpoint,
        confirmed.confirmed_at.astimezone(zone),
        confirmed.fresh_until.astimezone(zone),
    )


def quiet_opening(
    repo: Repository, person: Person, at: datetime, line: int, kept_until: datetime
) -> QuietOpening:
    """A week that brings one line only."""
    calendar = calendar_of(person)
    return QuietOpening(
        manager=manager_of(repo, person),
        line=line,
        week=repo.next_ordinal(person.id, Kind.WEEK) - 1,
        days=rhythm.week_containing(calendar, at),
        kept_until=rhythm.local_day(calendar, kept_until),
        sponsor=sponsor_of(repo, person),
    )


def week_opening(
    repo: Repository, person: Person, at: datetime, week: int, *, reword: bool = False
) -> WeekOpening:
    """One programme week; its theme follows from how the weeks before it ended."""
    past = _Past(repo, person)
    weeks = [talk for talk in past.talks if talk.kind == Kind.WEEK]
    used_up = sum(talk.how_closed == USED_UP for talk in weeks)
    plan, forecasts = past.last(facts.Plan), past.all(facts.Forecast)
    practice = past.all(facts.Practice)
    assignment = past.last(facts.Assignment)
    return WeekOpening(
        manager=manager_of(repo, person),
        workflow=_workflow(past, ZoneInfo(person.zone)),
        week=week,
        theme=min(used_up + 1, Theme.DECIDE),
        days=rhythm.week_containing(calendar_of(person), at),
        plan_when=plan.when if plan else "",
        plan_step=plan.step if plan else "",
        midweek_wanted=plan is not None and plan.wanted,
        likelihood=forecasts[-1].likelihood if forecasts and not weeks else None,
        live=bool(practice),
        state=assignment.state if assignment else "",
        asked=tuple(each.question for each in past.all(facts.Reflection)),
        not_started=_not_started(past, weeks),
        waited_before=bool(weeks) and weeks[-1].how_closed == WAITED,
        reword=reword or _wants_smaller(repo, person, weeks),
        seen=tuple(dict.fromkeys(each.dimension for each in past.all(facts.Reflection) if each.told)),
        expected=_expected(past, weeks),
    )


def _expected(past: _Past, weeks: list[Conversation]) -> tuple[PastForecast, ...]:
    """The forecasts of earlier weeks that have met their outcome."""
    if not weeks:
        return ()
    known = [*past.all(facts.Forecast), *past.all(facts.Output)]
    met = calibration(known, weeks[0].ordinal, ()).told
    return tuple(PastForecast(each.week, each.expected, each.outcome.value) for each in met)


def _wants_smaller(repo: Repository, person: Person, weeks: list[Conversation]) -> bool:
    """Whether they said since the last week opened that it was too much."""
    told = [each.said_at for each in repo.facts(person.id, facts.Obstacle) if each.fact.kind == "overload"]
    return bool(told) and (not weeks or told[-1] > weeks[-1].opened_at)


def _not_started(past: _Past, weeks: list[Conversation]) -> int:
    """How many weeks in a row, up to now, were told as not started."""
    told = {each.week for each in past.all(facts.Obstacle) if each.kind == "not_started"}
    lived = [talk.ordinal for talk in weeks if talk.how_closed == USED_UP]
    return sum(1 for _ in takewhile(lambda week: week in told, reversed(lived)))


def hold_opening(repo: Repository, person: Person, at: datetime, week: int) -> HoldOpening:
    """Four weeks after the decision."""
    past = _Past(repo, person)
    return HoldOpening(manager_of(repo, person), _workflow(past, ZoneInfo(person.zone)), week, at)

"""Move one: find one real problem that someone already wants fixed.

No tool is named here and no "AI": the pain comes first, in the manager's words, then what it costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from coaching import facts, rhythm
from coaching.appointment import agree_when
from coaching.dialogue import Coach
from coaching.narrowing import Narrowing, Next, Told, first_market
from coaching.not_for_ai import Elsewhere
from coaching.opening import StartOpening
from coaching.proposed_friction import hear_both
from coaching.slots import term

QUARTER = 3


class Shape(StrEnum):
    """Where work hurts: the four shapes of friction, and the honest fifth."""

    TIME = "time"
    QUALITY = "quality"
    DECISION = "decision"
    HANDOFF = "handoff"
    ELSE = "else"


class Later(StrEnum):
    """The story can wait."""

    LATER = "say_it_later"


class Mirror(StrEnum):
    """Was it heard right?"""

    YES = "yes"
    NOT_QUITE = "not_quite"


class Wanted(StrEnum):
    """Would it be fixed by any means?"""

    YES = "yes"
    NOT_REALLY = "not_really"


class StakeKind(StrEnum):
    """What the friction costs."""

    MONEY = "money"
    CUSTOMER = "customer"
    RISK = "risk"
    DELAY = "delay"


class Notices(StrEnum):
    """Whether it is who the story names that notices first."""

    YES = "yes"
    NO = "no"


class TeamLine(StrEnum):
    """A line to forward to one's own team; the coach never writes to them."""

    COPIED = "copied"
    SKIP = "skip_it"


@dataclass(frozen=True)
class Found:
    """The friction as confirmed."""

    shape: Shape
    work: str
    pain: str
    stake: StakeKind
    cost: str
    noticer: str
    market: str


async def discover_friction(coach: Coach[StartOpening]) -> Found | None:
    """Find one real problem that someone already wants fixed; None if there is none now."""
    narrowing = Narrowing(coach)
    asked_before = False
    while True:
        found = await _the_last_time(coach, narrowing)
        if found is Elsewhere.LEFT:
            return None
        if isinstance(found, Elsewhere):
            continue
        shape, work, pain, told = found
        wanted = await coach.choose("wanted", Wanted, work=work)
        coach.keep("friction", facts.Friction(shape, work, pain, wanted is Wanted.YES))
        if wanted is Wanted.YES:
            break
        if asked_before and await narrowing.offer_two_weeks("nothing_wanted") is Elsewhere.LEFT:
            return None
        asked_before = True

    for about, words in (("why", told.why), ("waiting", told.waiting)):
        if words:
            coach.keep(about, facts.Note(0, about, words))
    market = await first_market(coach, f"{work} {pain}")
    cost_by = quarter_end(coach.moment)
    stake = await coach.choose("stake", StakeKind, by=cost_by.date())
    cost = await coach.ask("stake_in_a_line", stake=term(stake))
    noticer = await _who_notices(coach, told.mentioned)
    coach.keep("stake", facts.Stake(stake, cost, noticer))
    await coach.choose("team_line", TeamLine)
    return Found(shape, work, pain, stake, cost, noticer, market)


async def _the_last_time(
    coach: Coach[StartOpening], narrowing: Narrowing
) -> tuple[Shape, str, str, Told] | Elsewhere:
    """The piece of work and what went wrong with it, mirrored until it is right."""
    said = await coach.ask_or("where_it_hurts", Shape)
    shape = said if isinstance(said, Shape) else Shape.ELSE
    told: Next = Told() if isinstance(said, Shape) else await narrowing.hear_pain_first(said)
    at_once = True
    while isinstance(told, Told):
        told = await hear_both(coach, told) if at_once else told
        work, pain = told.work, told.pain
        if work is None:
            told = await narrowing.hear_work(await _which_work(coach), told)
        elif pain is None:
            told = await narrowing.hear_pain(await coach.ask("what_went_wrong", work=work), told)
        elif await coach.choose("mirror", Mirror, confirms=True, work=work, pain=pain) is Mirror.YES:
            return shape, work, pain, told
        else:
            told, at_once = Told(why=told.why, waiting=told.waiting), False
    return told


async def _who_notices(coach: Coach[StartOpening], mentioned: str) -> str:
    """Who notices first; somebody the story names is held up, and counts after a Yes to exactly them."""
    if mentioned:
        answer = await coach.choose("do_they_notice", Notices, confirms=True, who=mentioned)
        if answer is Notices.YES:
            return mentioned
    return await coach.ask("who_notices")


async def _which_work(coach: Coach[StartOpening]) -> str:
    """The last time it happened, now or at a better moment."""
    calendar = coach.opening.manager.calendar
    work = await coach.ask_or("which_work", Later)
    while isinstance(work, Later):
        at = rhythm.appointments(calendar, coach.moment).morning
        coach.say("story_later", at=at)
        await coach.until("story_time", at, nudge="answer")
        work = await coach.ask_or("which_work", Later)
    return work


async def agree_next_sitting(coach: Coach[StartOpening]) -> None:
    """Agree when the second sitting is, and wait for it."""
    at = await agree_when(coach)
    coach.say("until_then", at=at)
    await coach.until("sitting_b", at, nudge="appointment")


def quarter_end(moment: datetime) -> datetime:
    """The last day of the calendar quarter that ``moment`` lies in."""
    month = (moment.month - 1) // QUARTER * QUARTER + QUARTER
    following = moment.replace(year=moment.year + month // 12, month=month % 12 + 1, day=1)
    return following - timedelta(days=1)

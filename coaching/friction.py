"""Move one: find one real problem that someone already wants fixed.

No tool is named here and no "AI": the pain comes first, in the manager's words, then what it costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from coaching import facts, rhythm
from coaching.dialogue import Coach
from coaching.needs import Option
from coaching.opening import Manager, StartOpening
from coaching.reflexes import Reflex
from coaching.slots import term

ASK_AGAIN = timedelta(days=14)
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


class TeamLine(StrEnum):
    """A line to forward to one's own team; the coach never writes to them."""

    COPIED = "copied"
    SKIP = "skip_it"


class AskAgain(StrEnum):
    """What to do when nothing is wanted fixed."""

    TWO_WEEKS = "in_two_weeks"
    ENOUGH = "enough"


@dataclass(frozen=True)
class Found:
    """The friction as confirmed."""

    shape: Shape
    work: str
    pain: str
    stake: StakeKind
    cost: str
    noticer: str


async def discover_friction(coach: Coach[StartOpening]) -> Found | None:
    """Find one real problem that someone already wants fixed; None if there is none now."""
    manager = coach.opening.manager
    asked_before = False
    while True:
        shape, work, pain = await _the_last_time(coach, manager)
        wanted = await coach.choose("wanted", Wanted, work=work)
        coach.keep("friction", facts.Friction(shape, work, pain, wanted is Wanted.YES))
        if wanted is Wanted.YES:
            break
        if asked_before:
            answer = await coach.choose(
                "nothing_wanted", AskAgain, beside=(Reflex.PERSON,), coach=manager.coach
            )
            if answer is not AskAgain.TWO_WEEKS:
                coach.say("left_here")
                return None
            coach.say("asked_in_two_weeks")
            again = rhythm.next_in_window(manager.calendar, coach.moment + ASK_AGAIN)
            await coach.until("two_weeks_over", again, nudge="answer")
        asked_before = True

    cost_by = quarter_end(coach.moment)
    stake = await coach.choose("stake", StakeKind, by=cost_by.date())
    cost = await coach.ask("stake_in_a_line", stake=term(stake))
    noticer = await coach.ask("who_notices")
    found = Found(shape, work, pain, stake, cost, noticer)
    coach.keep("stake", facts.Stake(found.stake, found.cost, found.noticer))
    await coach.choose("team_line", TeamLine)
    return found


async def _the_last_time(coach: Coach[StartOpening], manager: Manager) -> tuple[Shape, str, str]:
    """The piece of work and what went wrong with it, mirrored until it is right."""
    told = await coach.ask_or("where_it_hurts", Shape)
    pain: str | None
    shape, pain = (told, None) if isinstance(told, Shape) else (Shape.ELSE, told)
    while True:
        work = await coach.ask_or("which_work", Later)
        while isinstance(work, Later):
            at = rhythm.appointments(manager.calendar, coach.moment).morning
            coach.say("story_later", at=at)
            await coach.until("story_time", at, nudge="answer")
            work = await coach.ask_or("which_work", Later)
        if pain is None:
            pain = await coach.ask("what_went_wrong", work=work)
        heard = await coach.choose("mirror", Mirror, confirms=True, work=work, pain=pain)
        if heard is Mirror.YES:
            return shape, work, pain
        pain = None


async def agree_next_sitting(coach: Coach[StartOpening]) -> None:
    """Agree when the second sitting is, and wait for it."""
    calendar = coach.opening.manager.calendar
    offered = rhythm.appointments(calendar, coach.moment)
    first = (offered.morning, offered.afternoon)
    chosen = await coach.pick("when_next", (*_moments(first), Option("pick")))
    if chosen == "pick":
        others = tuple(slot for slot in offered.slots if slot not in first)
        chosen = await coach.pick("when_next_picked", _moments(others[:5]))
    at = datetime.fromisoformat(chosen)
    coach.say("until_then", at=at)
    await coach.until("sitting_b", at, nudge="appointment")


def _moments(slots: tuple[datetime, ...]) -> tuple[Option, ...]:
    return tuple(Option(slot.isoformat(), slot) for slot in slots)


def quarter_end(moment: datetime) -> datetime:
    """The last day of the calendar quarter that ``moment`` lies in."""
    month = (moment.month - 1) // QUARTER * QUARTER + QUARTER
    following = moment.replace(year=moment.year + month // 12, month=month % 12 + 1, day=1)
    return following - timedelta(days=1)

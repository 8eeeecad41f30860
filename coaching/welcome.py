"""The first minute: who the coach is, who sees what, and whether the manager wants this at all.

Nothing but the tap is kept before the OK, and a no costs nothing: it ends, erases and tells nobody.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from coaching import facts, rhythm
from coaching.dialogue import Coach, OutOfTimeError
from coaching.needs import Option
from coaching.opening import Manager, StartOpening
from coaching.reflexes import Reflex
from coaching.slots import Term, term

CONSENT_VERSION = "1"
REMINDER = timedelta(days=7)
FUNCTIONS = (
    "sales",
    "marketing",
    "finance",
    "operations",
    "hr",
    "supply_chain",
    "legal",
    "support",
    "product",
    "procurement",
)
MARKETS = ("SG", "IN", "ID", "AU", "JP", "MY", "TH", "VN", "PH", "HK", "KR", "NZ", "TW", "CN")
LANGUAGES = ("en", "ja")
WORKING_WEEKS = ("01234", "012345", "60123")


class Invited(StrEnum):
    """The first button."""

    START = "start"
    NOT_NOW = "not_now"


class Consent(StrEnum):
    """The answer to who sees what."""

    OK = "ok"
    NOT_OK = "not_ok"


class Right(StrEnum):
    """Whether the roster has it right."""

    YES = "yes"
    CHANGE = "change"


class Detail(StrEnum):
    """What of the profile can be wrong."""

    MARKET = "market"
    FUNCTION = "function"
    LANGUAGE = "language"
    WORKING_DAYS = "working_days"


class Welcomed(StrEnum):
    """How the first minute ended."""

    IN = "in"
    DECLINED = "declined"
    ERASED = "erased"


async def welcome(coach: Coach[StartOpening]) -> Welcomed:
    """Invite once, remind once a week later, then never; then say who sees what and ask for the OK."""
    manager = coach.opening.manager
    opened = coach.moment
    beside = (Reflex.SHARE, Reflex.PERSON)
    answer = None
    with suppress(OutOfTimeError), coach.by(opened + REMINDER):
        answer = await coach.choose("welcome", Invited, beside=beside, who=manager.name, coach=manager.coach)
    if answer is not Invited.START:
        if answer is Invited.NOT_NOW:
            coach.say("not_now")
        reminder = rhythm.next_in_window(manager.calendar, opened + REMINDER)
        announced = answer is Invited.NOT_NOW
        await coach.until("reminder_due", reminder, nudge="answer" if announced else "reminder")
        again = await coach.choose("invited_again", Invited, beside=beside, who=manager.name)
        if again is Invited.NOT_NOW:
            coach.say("never_again")
            return Welcomed.DECLINED

    if await coach.choose("consent", Consent, beside=(Reflex.SHOW,), coach=manager.coach) is Consent.NOT_OK:
        coach.say("not_ok")
        return Welcomed.ERASED
    coach.keep("consent", facts.Consent(CONSENT_VERSION, coach.moment))
    await _agree_profile(coach, manager)
    return Welcomed.IN


async def _agree_profile(coach: Coach[StartOpening], manager: Manager) -> None:
    """Echo the roster row until the manager says it is right."""
    known = {
        Detail.MARKET: manager.market,
        Detail.FUNCTION: manager.function,
        Detail.LANGUAGE: manager.language,
        Detail.WORKING_DAYS: manager.working_days,
    }
    while True:
        right = await coach.choose(
            "profile",
            Right,
            confirms=True,
            market=Term("Market", known[Detail.MARKET]),
            function=Term("Function", known[Detail.FUNCTION]),
            language=Term("Language", known[Detail.LANGUAGE]),
            days=Term("WorkingDays", known[Detail.WORKING_DAYS]),
        )
        if right is Right.YES:
            break
        detail = await coach.choose("profile_detail", Detail)
        family, values = {
            Detail.MARKET: ("Market", MARKETS),
            Detail.FUNCTION: ("Function", FUNCTIONS),
            Detail.LANGUAGE: ("Language", LANGUAGES),
            Detail.WORKING_DAYS: ("WorkingDays", WORKING_WEEKS),
        }[detail]
        options = tuple(Option(value, Term(family, value)) for value in values)
        known[detail] = await coach.pick("profile_value", options, detail=term(detail, "Detail"))
    profile = facts.Profile(
        known[Detail.MARKET], known[Detail.FUNCTION], known[Detail.LANGUAGE], known[Detail.WORKING_DAYS]
    )
    coach.keep("profile", profile)
    coach.correct(replace(coach.opening, manager=_as_corrected(manager, profile)))


def _as_corrected(manager: Manager, profile: facts.Profile) -> Manager:
    """The manager with the profile they confirmed; their calendar follows it."""
    moved = profile.market != manager.market
    calendar = replace(
        manager.calendar,
        market=profile.market,
        subdivision=None if moved else manager.calendar.subdivision,
        working_days=frozenset(int(day) for day in profile.working_days),
    )
    return replace(
        manager,
        market=profile.market,
        function=profile.function,
        language=profile.language,
        working_days=profile.working_days,
        calendar=calendar,
    )

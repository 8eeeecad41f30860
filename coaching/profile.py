"""Who the manager is to the coach: market, function, language, working days, echoed until they are right.

The roster says it first; what the manager confirms holds from then on, their calendar with it.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from coaching import facts
from coaching.dialogue import Coach
from coaching.needs import Option
from coaching.opening import Manager, StartOpening
from coaching.slots import Term, term

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


async def agree_profile(coach: Coach[StartOpening]) -> None:
    """Echo the roster row until the manager says it is right."""
    manager = coach.opening.manager
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

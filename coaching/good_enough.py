"""Is this good enough to act on? A manager has looked hard at a message or a draft; here they decide
whether their own answers are worth keeping. What they looked at is nowhere in here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coaching import facts
from coaching.dialogue import Coach
from coaching.judgment import Dimension
from coaching.opening import Manager

# What each checking question is about: comparing is seeing what is good enough, the others are checking.
ABOUT = {
    "compared": Dimension.GOOD_ENOUGH,
    "unsure": Dimension.CHECKING,
    "look": Dimension.CHECKING,
}


@dataclass(frozen=True)
class CheckOpening:
    """What the manager answered: the questions' names with their words, and their own call, "" if none."""

    manager: Manager
    answers: tuple[tuple[str, str], ...]
    verdict: str = ""


class Keep(StrEnum):
    """What becomes of the answers."""

    KEEP = "keep_it"
    LEAVE = "leave_it"


async def ask_what_to_keep(coach: Coach[CheckOpening]) -> bool:
    """Whether the answers were kept; they are the manager's own words, and only theirs."""
    answers = coach.opening.answers
    if await coach.choose("check_keep", Keep, answers=tuple(told for _, told in answers)) is Keep.LEAVE:
        coach.say("check_left")
        return False
    for name, told in answers:
        coach.keep(f"check_{name}", facts.Note(0, f"check_{ABOUT[name]}", told))
    coach.say("check_kept")
    return True

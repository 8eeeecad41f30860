"""Second thoughts: an answer to be changed, everything to be forgotten, another language to be spoken.

Each asks once and then says what is to be done; the service does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coaching.dialogue import Coach
from coaching.earlier_numbers import EarlierNumbers, PutRight, put_a_number_right
from coaching.needs import Option
from coaching.opening import AsideOpening, Manager
from coaching.slots import Term

ON_ONE_CARD = 3  # answers shown at once, so that the way on and the way out still fit beside them


@dataclass(frozen=True)
class Given:
    """An answer that can be taken back: of which conversation and question, and what it said."""

    conversation_id: str
    name: str
    asking: int
    said: str


@dataclass(frozen=True)
class ChangeOpening:
    """The answers that can be changed, the newest first, and the numbers of closed weeks, if any."""

    manager: Manager
    given: tuple[Given, ...]
    earlier: EarlierNumbers | None = None


@dataclass(frozen=True)
class LanguageOpening:
    """The language that was written, beside the one that is spoken; both by their own names."""

    manager: Manager
    languages: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ForgetOpening:
    """Before everything goes: how many summaries the coach was sent, which nobody can unread."""

    manager: Manager
    summaries: int


class Forget(StrEnum):
    """Asked once."""

    DELETE = "delete_everything"
    EXPORT = "export_first"
    KEEP = "keep"


class Note(StrEnum):
    """Instead of a certificate."""

    NOTE = "evidence_note"
    GO_ON = "go_on"
    STOP = "stop"


async def change_an_answer(coach: Coach[ChangeOpening]) -> Given | PutRight | None:
    """Which answer is to be asked again, or which number of a closed week is put right; None if neither."""
    given, numbers, at = coach.opening.given, coach.opening.earlier, 0
    if numbers is not None and not given:
        return await put_a_number_right(coach, numbers)
    fit = ON_ONE_CARD if numbers is None else ON_ONE_CARD - 1
    closed = () if numbers is None else (Option("earlier_number"),)
    while True:
        shown = given[at : at + fit]
        answers = tuple(Option(str(at + n), each.said) for n, each in enumerate(shown))
        earlier = (Option("earlier"),) if at + fit < len(given) else ()
        chosen = await coach.pick("which_answer", (*answers, *earlier, *closed, Option("none_of_these")))
        if chosen == "none_of_these":
            return None
        if chosen == "earlier_number" and numbers is not None:
            return await put_a_number_right(coach, numbers)
        if chosen != "earlier":
            return given[int(chosen)]
        at += fit


async def forget_me(coach: Coach[ForgetOpening]) -> bool:
    """Whether everything is to go; asked once, and what goes and what stays is said before."""
    opening = coach.opening
    while True:
        answer = await coach.choose(
            "forget_confirm", Forget, coach=opening.manager.coach, summaries=opening.summaries
        )
        if answer is not Forget.EXPORT:
            break
        coach.say("export_ready", page=Term("Page", "record"), file=Term("Page", "file"))
    if answer is Forget.KEEP:
        coach.say("forget_kept")
    return answer is Forget.DELETE


async def offer_a_note(coach: Coach[AsideOpening]) -> Note:
    """There is no certificate; there is a page of facts that belongs to the manager."""
    return await coach.choose("certificate", Note)


async def choose_language(coach: Coach[LanguageOpening]) -> str:
    """Which language to go on in; its code."""
    options = tuple(Option(code, name) for code, name in coach.opening.languages)
    return await coach.pick("which_language", options)

"""What is in the way, told in a manager's own words: heard by lists of phrases, else pointed at by a model.

Either way it is one of the buttons, and it is said back before it counts. Whatever is not clear is asked by
button; nothing is guessed.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import TypeVar

from coaching import phrases
from coaching.consulting import Task, consult, is_quoted, text
from coaching.dialogue import Coach
from coaching.opening import WithManager
from coaching.slots import Term

E = TypeVar("E", bound=StrEnum)

LIST = "obstacle"
LONGEST = 400  # characters; whoever writes more has told a story
ELSE = "else"  # a button for what none of the others says; no words are read as that
APPROVAL, WAITING = "approval", "waiting"
# Whose phrases speak for a button, where they are not those of its own name.
_SAID_AS = {APPROVAL: "not_allowed"}


def at_its_number(said: str | E, choices: type[E]) -> str | E:
    """A bare number is the button at that place, as it is where only buttons answer."""
    figures = unicodedata.normalize("NFKC", said).strip(" .)(#")
    if isinstance(said, choices) or not figures.isascii() or not figures.isdigit() or len(figures) > 1:
        return said
    return tuple(choices)[int(figures) - 1] if 0 < int(figures) <= len(choices) else said


async def hear_what_is_in_the_way(coach: Coach[WithManager], name: str, choices: type[E]) -> E:
    """By button, or in their own words, which are said back; what cannot be read is asked by button.

    ``name`` is the question's; with ``_right`` and ``_again`` behind it, that of the two that may follow.
    """
    said = at_its_number(await coach.ask_or(name, choices), choices)
    if isinstance(said, choices):
        return said
    read = await read_blocker(coach, said, choices)
    # The words are in the question too, so that no Yes to some counts for others.
    if read is not None and await coach.agrees(f"{name}_right", what=Term(name, read.value), said=said):
        return read
    return await coach.choose(f"{name}_again", choices)


async def read_blocker(coach: Coach[WithManager], said: str, choices: type[E]) -> E | None:
    """Which of the choices ``said`` speaks of; None where that is not clear. It counts after a Yes only."""
    if len(said) > LONGEST or not any(each.isalpha() for each in said):
        return None
    heard = hear_blockers(said, choices)
    if len(heard) == 1:
        return heard[0]
    offered = heard or tuple(each for each in choices if each.value != ELSE)
    named = " ".join(each.value for each in offered)
    found = await consult(coach, Task.READ, said=said, asked="blocker", choices=named)
    quote = text(found, "blocker_quote")
    if not is_quoted(quote, said) or not any(each.isalpha() for each in quote):
        return None
    return next((each for each in offered if each.value == text(found, "blocker")), None)


def hear_blockers(said: str, choices: type[E]) -> tuple[E, ...]:
    """The choices whose phrases are said; who only says that they wait for somebody lacks that person."""
    spoken = phrases.spoken(said, LIST)
    found = tuple(each for each in choices if _SAID_AS.get(each.value, each.value) in spoken)
    if not found and WAITING in spoken:
        return tuple(each for each in choices if each.value == APPROVAL)
    return found

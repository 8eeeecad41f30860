"""The buttons and windows of coaches, owners and contacts in Slack, by name: what each opens, and what is
done with what comes back. What they mean is decided in `bot/around/acting.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.around import letters
from bot.around.acting import Acting
from bot.around.letter import ACKNOWLEDGE, ANSWER, PAUSE, START, WRITE
from bot.reflexes import reader_of
from bot.slack import modals
from bot.slack.events import CHANNEL, Acted, Filled, Who
from bot.slack.speech import Speech
from prompts.words import Words
from storage.people import Person

Opener = Callable[[Acted, Person], dict[str, Any] | None]
Taker = Callable[[Filled, Person], Mapping[str, str]]
Organisation = Callable[[Who], str]


def openers(acting: Acting, words: Words, organisation: Organisation) -> dict[str, Opener]:
    """What each button does, by its action: the view of a window to open, or None if it is done."""

    def do(did: Acted, person: Person) -> None:
        acting.do(organisation(did.who), person.id, CHANNEL, did.key, did.action, did.reference, _card(did))

    def write(did: Acted, person: Person) -> dict[str, Any] | None:
        name = acting.whom(organisation(did.who), person.id, did.reference)
        speech = Speech(words, reader_of(words, person))
        return None if name is None else modals.coach_line_modal(name, did.reference, speech, did.place)

    def answer(did: Acted, person: Person) -> dict[str, Any] | None:
        found = acting.asked(organisation(did.who), person.id, did.reference)
        if found is None:
            return None
        reader = reader_of(words, person)
        question = letters.asked_of(words, reader, person, found).question
        return modals.owner_modal(question, did.reference, Speech(words, reader), did.place)

    return {ACKNOWLEDGE: do, PAUSE: do, START: do, WRITE: write, ANSWER: answer}


def takers(acting: Acting, organisation: Organisation) -> dict[str, Taker]:
    """What is done with a window that was sent, by its name; what is to be mended, by the box's name."""

    def line(did: Filled, person: Person) -> Mapping[str, str]:
        text = did.fields.get(modals.LINE, "")
        acting.write(organisation(did.who), person.id, CHANNEL, did.key, did.reference, text, _card(did))
        return {}

    def answer(did: Filled, person: Person) -> Mapping[str, str]:
        text, until = did.fields.get(modals.ANSWER, ""), did.fields.get(modals.UNTIL, "")
        acting.answer(
            organisation(did.who), person.id, CHANNEL, did.key, did.reference, text, until, card=_card(did)
        )
        return {}

    return {modals.COACH_LINE: line, modals.OWNER: answer}


def _card(did: Acted | Filled) -> str:
    """The message it was done from, as `SlackChannel.send` names it; "" for the Home tab."""
    return f"{did.place.channel}:{did.place.ts}" if did.place.ts else ""

"""How a concern reads to whoever has it in their care, and what its buttons say that they do.

A sign of danger says the truth about who is being told; and unless its reader is on call, its button says no
more than that they have read it, for it stops no alert.
"""

from __future__ import annotations

from bot.around import reach
from bot.around.concerns import CARE, CONNECT, MESSAGE
from bot.around.letter import ACKNOWLEDGE, PAUSE, WRITE, Act, Note, Reference
from coaching.slots import Slot, Term
from prompts.words import Reader, Words
from storage import alerts
from storage import care as cares
from storage.care import Care
from storage.people import Person, Status
from storage.repository import Repository

DANGER = "danger"


def concern_note(repo: Repository, words: Words, reader: Reader, care: Care) -> Note | None:
    """A concern as its owner reads it: a sign, and of the words only what the manager gave for it."""
    kept = cares.concern_of(repo.scope, care)
    person = repo.person(care.person_id)
    if kept is None or person is None or person.status is Status.FORGOTTEN:
        return None
    concern = kept.fact
    slots: dict[str, Slot] = {"person": person.name, "reach": person.email or person.name}
    slots |= {"market": Term("Market", person.market), "work": concern.topic, "topic": concern.topic}
    name = f"{CARE}_{care.sign}"
    match care.sign:
        case "person" if concern.topic:
            name = "care_person_topic"
        case "wrong" | "message_contact":
            slots["kind"] = Term("WhatWrong", concern.which)
            name = name if concern.topic else f"{name}_bare"
        case "asked":
            slots["what"] = Term("AskedAbout", "rails" if concern.which == "rails" else "tool")
        case "danger":
            name = _danger(repo, person, care)
    return Note(words.line(reader, name, slots), _acts(repo, words, reader, care))


def label_of(repo: Repository, words: Words, reader: Reader, reference: str) -> str:
    """What the button says that takes up what ``reference`` is about."""
    about = Reference.read(reference)
    care = cares.by_id(repo.scope, about.id) if about is not None and about.kind == "care" else None
    is_only_read = care is not None and is_others(repo, care)
    return words.button(reader, "care_actions", "read" if is_only_read else "acknowledge")


def is_others(repo: Repository, care: Care) -> bool:
    """Whether it is a sign of danger, and others than its owner are to take it on."""
    return care.sign == DANGER and not is_on_call(repo, care.person_id, care.owner_id)


def is_on_call(repo: Repository, person_id: str, who: str | None) -> bool:
    """Whether somebody is one of the two who are alerted when this person may be in danger."""
    person = repo.person(person_id)
    contact = repo.safety_contact(person.market, person.programme_id) if person else None
    return who is not None and contact is not None and who in reach.on_call(repo, contact)


def _danger(repo: Repository, person: Person, care: Care) -> str:
    """Which line is true now: on-call and backup are being told, could not be, or one of them has it."""
    alert = alerts.alert_of(repo.scope, care.conversation_id)
    if alert is not None and not alert.is_open:
        return "care_danger_taken"
    if not is_others(repo, care):
        return "care_danger_yours"
    nobody = repo.safety_contact(person.market, person.programme_id) is None
    if nobody or (alert is not None and alert.times_sent and not alert.reached):
        return "care_danger_unreached"
    return "care_danger"


def _acts(repo: Repository, words: Words, reader: Reader, care: Care) -> tuple[Act, ...]:
    reference = str(Reference("care", care.id))

    def act(action: str) -> Act:
        return Act(action, reference, words.button(reader, "care_actions", action.partition(".")[2]))

    first = Act(ACKNOWLEDGE, reference, label_of(repo, words, reader, reference))
    return (first,) if care.sign in (MESSAGE, CONNECT) else (first, act(WRITE), act(PAUSE))

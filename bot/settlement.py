"""Puts what became of a question onto its card, and under a line the picture that was not ready, where the
channel can; ``settling.py`` says when.

Doing it twice is the same as once, so whatever goes wrong is tried again a little later, and then left.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot import settling
from bot.around.letter import ACKNOWLEDGE
from bot.around.telling import label_of
from bot.channel import Channel, NotDeliveredError, NotYetError, Outcome, Pressed, Settlement, Settles
from bot.deliveries import delivery_of
from bot.reflexes import reader_of
from coaching.journal import Answer, Form, Tap
from coaching.journal import Words as Typed
from coaching.needs import Question
from prompts.words import Message, Words
from storage import queue, values
from storage.jobs import Job, JobState
from storage.repository import Repository
from storage.store import Store

ONCE_MORE = timedelta(seconds=30)
BEING_SENT = timedelta(seconds=2)
MOST_TRIES = 3


def settle(store: Store, words: Words, channels: Mapping[str, Channel], job: Job, now: datetime) -> None:
    """Do one such job and end it."""
    about: dict[str, Any] = values.load(job.body or "null")
    with store.reading(job.organisation_id) as repo:
        card = queue.job_by_id(repo, about["of"]) if "of" in about else None
    if card is not None and (card.state is JobState.SENDING or _is_looked_for(card)):
        queue.put_back(store, job, now + BEING_SENT)
        return
    channel: object = channels.get(job.channel or "")
    if "ref" in about:
        found = _of_a_letter(store, words, job, about)
    else:
        found = None if card is None else _settlement(store, words, card, about, now)
    if found is None or not isinstance(channel, Settles):
        queue.finish(store, job, JobState.DROPPED, now, reason="nothing_to_settle")
        return
    try:
        channel.settle(found)
    except NotYetError as early:
        queue.put_back(store, job, early.until)
    except NotDeliveredError as failure:
        _perhaps_again(store, job, now, failure.reason, for_good=failure.for_good)
    except Exception as failure:  # it may have been done, and doing it again is the same
        _perhaps_again(store, job, now, type(failure).__name__)
    else:
        queue.finish(store, job, JobState.DONE, now)


def _perhaps_again(store: Store, job: Job, now: datetime, reason: str, *, for_good: bool = False) -> None:
    if for_good or job.attempts >= MOST_TRIES:
        queue.finish(store, job, JobState.DROPPED, now, reason=reason)
    else:
        queue.retry(store, job, now + ONCE_MORE, reason)


def _is_looked_for(card: Job) -> bool:
    return card.state is JobState.UNKNOWN and card.reason is None


def _settlement(
    store: Store, words: Words, card: Job, about: Mapping[str, Any], now: datetime
) -> Settlement | None:
    if card.state is not JobState.SENT or card.sent_ref is None or card.channel is None:
        return None
    asked: Question | None = about.get("asked")
    is_picture = about["as"] == Outcome.PICTURED
    with store.reading(card.organisation_id) as repo:
        if about["as"] != Outcome.CHANGED and _has_since(repo, card, settling.changed_of(card.name)):
            return None  # it may only now get its turn, and would show what was changed
        person = repo.person(card.person_id)
        platform_id = repo.platform_id(card.person_id, card.channel)
        given: Answer | None = about.get("given")
        if _has_since(repo, card, settling.taken_back_of(card.name)):
            given = None
    if person is None or platform_id is None:
        return None
    delivery = delivery_of(store, words, card, now, asked) if asked is not None or is_picture else None
    return Settlement(
        card.organisation_id,
        card.person_id,
        platform_id,
        reader_of(words, person),
        card.sent_ref,
        Outcome(about["as"]),
        "" if delivery is None or is_picture else _label(delivery.message, given),
        delivery,
        is_typed=isinstance(given, Typed),
    )


def _has_since(repo: Repository, card: Job, known: str) -> bool:
    """Whether something of that name was queued for this card: what answered it was edited, say."""
    there = queue.of_conversation(repo, card.conversation_id) if card.conversation_id else []
    return any((each.name, each.asking) == (known, card.asking) for each in there)


def _of_a_letter(store: Store, words: Words, job: Job, about: Mapping[str, Any]) -> Settlement | None:
    """The letter as it stands, one button done with; of what an owner wrote nothing is repeated."""
    with store.reading(job.organisation_id) as repo:
        person = repo.person(job.person_id)
        platform_id = repo.platform_id(job.person_id, job.channel or "")
        if person is None or platform_id is None:
            return None
        reader, action = reader_of(words, person), about["action"]
        label = label_of(repo, words, reader, about["about"]) if action == ACKNOWLEDGE else ""
    return Settlement(
        job.organisation_id,
        job.person_id,
        platform_id,
        reader,
        about["ref"],
        Outcome.ANSWERED,
        label,
        None,
        pressed=Pressed(action, about["about"]),
    )


def _label(message: Message, given: Answer | None) -> str:
    """The answer in the words of the card's own buttons and boxes, or in the person's own."""
    match given:
        case Tap(value=value):
            return next((button.label for button in message.buttons if button.value == value), "")
        case Typed(text=text):
            return text
        case Form(fields=filled):
            pairs = [f"{box.label}: {filled[box.name]}" for box in message.fields if filled.get(box.name)]
            return " · ".join(pairs)
    return ""

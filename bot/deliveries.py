"""A job's line as its channel gets it: in the words of the person who reads it, with its buttons' tokens."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot import charts
from bot.around import letters
from bot.around.letter import Letter
from bot.channel import Delivery
from bot.incoming import Token
from bot.record.note import evidence_of
from bot.record.paper import Speaker
from bot.reflexes import reader_of
from coaching.needs import Line, Question
from coaching.slots import Term
from prompts.words import Words
from storage import values
from storage.jobs import Job
from storage.people import Person
from storage.store import Store

PAGE, EVIDENCE = "Page", "evidence"  # how a line names one of the manager's own pages


def delivery_of(
    store: Store, words: Words, job: Job, at: datetime, what: Line | Question | None = None
) -> Delivery | None:
    """The message of a job; None if nobody is there to get it, or its words are gone.

    ``what`` stands in for the job's own line where that is known from elsewhere.
    """
    with store.reading(job.organisation_id) as repo:
        person = repo.person(job.person_id)
        platform_id = repo.platform_id(job.person_id, job.channel) if job.channel else None
        reference = repo.reference(job.person_id, job.channel) if job.channel else None
        chart = charts.own_chart(repo, person) if person and job.name in charts.PICTURED else None
        if job.name in letters.LETTERS and person is not None and platform_id is not None:
            letter = letters.write(repo, words, person, job, at)
            return None if letter is None else _letter(job, words, person, platform_id, reference, letter, at)
    if person is None or platform_id is None or (what is None and job.body is None):
        return None
    line: Line | Question = values.load(job.body or "") if what is None else what
    reader = reader_of(words, person)
    pages = tuple(each.key for each in line.slots.values() if isinstance(each, Term) and each.of == PAGE)
    message = words.message(reader, line)
    tokens: tuple[str, ...] = ()
    form = None
    if isinstance(line, Question) and job.conversation_id is not None:
        asked = (job.conversation_id, line.name, line.asking)
        tokens = tuple(str(Token(*asked, button.value)) for button in message.buttons)
        form = str(Token(*asked, "form")) if message.fields else None
    return Delivery(
        job.organisation_id,
        job.person_id,
        platform_id,
        job.id,
        message,
        tokens,
        form,
        at,
        reader=reader,
        reference=reference,
        since=job.due_at,
        is_repeated=job.attempts > 1,
        is_unasked=job.nudge is not None,
        chart=chart,
        pages=pages,
        sentence=_sentence(store, words, job, person, at) if EVIDENCE in pages else "",
    )


def _sentence(store: Store, words: Words, job: Job, person: Person, at: datetime) -> str:
    """What the evidence note says in one sentence."""
    with store.reading(job.organisation_id) as repo:
        note = evidence_of(repo, person)
    return Speaker(words, reader_of(words, person), person, at).spoken(note.sentence) if note else ""


def _letter(
    job: Job,
    words: Words,
    person: Person,
    platform_id: str,
    reference: str | None,
    letter: Letter,
    at: datetime,
) -> Delivery:
    made = letters.delivery(job.organisation_id, words, person, platform_id, reference, job.id, letter, at)
    return replace(made, since=job.due_at, is_repeated=job.attempts > 1, is_unasked=job.nudge is not None)

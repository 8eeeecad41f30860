"""Puts a machine's translation beneath a coach's one line, for a manager who reads another language.

The coach's own words always stand above it. The translation is asked for before the line is queued, as any
lookup is: what does not come in time, or does not hold against the rules, is left out.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.answerer import QUERY
from bot.around import posting
from bot.channel import NotYetError
from bot.clock import Clock
from bot.wishes import ERASE
from coaching import attention
from coaching.consulting import Task, text
from coaching.needs import Line
from coaching.translation import is_written_in, may_stand_beneath
from storage import queue, values
from storage.jobs import Job, JobKind, JobState
from storage.people import Person, Status
from storage.repository import Repository
from storage.store import Store

log = logging.getLogger("unbadged.worker")
TRANSLATE = "translate"
A_MOMENT = timedelta(seconds=2)
COACH_LINE, TRANSLATED = "coach_line", "coach_line_translated"


class Translator(Protocol):
    """Asks a model outside every script, for a line that belongs to no conversation."""

    def __call__(
        self, task: Task, given: Mapping[str, str], person: Person, organisation_id: str
    ) -> Mapping[str, Any] | None:
        """What the model proposes, as the task's schema has it; None where none may be asked for this person,
        or nothing came of it in time. It redacts what it is given and puts back what it took out.
        """
        ...


def pass_on(repo: Repository, person: Person, line: Line, now: datetime) -> None:
    """Queue a coach's line: as it is to whoever reads its language, else by way of the translation; and
    behind one that is on that way already.
    """
    if is_written_in(str(line.slots["text"]), person.language) and not _on_their_way(repo, person):
        return posting.pass_on(repo, person, line, attention.Kind.COACH_LINE, now)
    return posting.look_up(repo, person, COACH_LINE, {QUERY: TRANSLATE, "line": line}, now)


def _on_their_way(repo: Repository, person: Person) -> list[Job]:
    """The lines of a coach that are being translated."""
    waiting = queue.waiting(repo, person.id)
    return [each for each in waiting if each.kind is JobKind.FETCH and each.name == COACH_LINE]


def _is_leaving(repo: Repository, person: Person) -> bool:
    """Whether the last line has been said to somebody who wished to be forgotten."""
    erased = any(each.name == ERASE for each in queue.waiting(repo, person.id))
    return erased or person.status is Status.FORGOTTEN


class Translation:
    """Answers that lookup, and queues the line; ``translate`` is None where no model is configured."""

    def __init__(self, store: Store, clock: Clock, translate: Translator | None) -> None:
        self._store, self._clock, self._translate = store, clock, translate

    def answer(self, job: Job) -> None:
        """Ask with no transaction open, then queue the line with the job's end: it is asked for once."""
        line: Line = values.load(job.body or "")["line"]
        with self._store.reading(job.organisation_id) as repo:
            person = repo.person(job.person_id)
            if person is not None and any(each.seq < job.seq for each in _on_their_way(repo, person)):
                raise NotYetError(self._clock.now() + A_MOMENT)  # the one written before it goes first
        line = self._with_translation(line, person, job.organisation_id) if person else line
        now = self._clock.now()
        with self._store.transaction(job.organisation_id) as repo:
            repo.lock(job.person_id)
            person = repo.person(job.person_id)
            is_ours = queue.finish(repo, job, JobState.DONE, now)
            if is_ours and person is not None and not _is_leaving(repo, person):
                posting.pass_on(repo, person, line, attention.Kind.COACH_LINE, job.due_at)

    def _with_translation(self, line: Line, person: Person, organisation_id: str) -> Line:
        original = str(line.slots["text"])
        if self._translate is None or is_written_in(original, person.language):
            return line
        given = {"text": original, "language": person.language}
        try:
            found = self._translate(Task.TRANSLATE, given, person, organisation_id)
        except Exception as failure:
            log.error("translating a coach's line failed: %s", type(failure).__name__)
            return line
        translated = text(found, "translation").strip()
        if not may_stand_beneath(original, translated, person.language):
            return line
        return Line(TRANSLATED, {**line.slots, "translated": translated})

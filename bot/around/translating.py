"""Puts a machine's translation beneath a coach's one line, for a manager who reads another language.

The coach's own words always stand above it and never wait for it: what is not there in time, or does not
hold against the rules, is left out, and the line goes as it would without a model.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from bot.around.acting import COACH_LINE
from coaching.consulting import Task
from coaching.needs import Line
from coaching.translation import is_written_in, may_stand_beneath
from storage import values
from storage.jobs import Job
from storage.people import Person
from storage.store import Store

log = logging.getLogger("unbadged.worker")
TRANSLATED = "coach_line_translated"
LONGEST_WAIT = 8.0  # seconds of the wall clock


class Translator(Protocol):
    """Asks a model outside every script, for a line that belongs to no conversation."""

    def __call__(
        self, task: Task, given: Mapping[str, str], person: Person, organisation_id: str
    ) -> Mapping[str, Any] | None:
        """What the model proposes, as the task's schema has it; None where none may be asked for this person,
        or nothing came of it. It redacts what it is given and puts back what it took out.
        """
        ...


def with_translation(
    store: Store, job: Job, translate: Translator | None, longest_wait: float = LONGEST_WAIT
) -> Line | None:
    """The coach's line with its translation; None if it goes as it stands. The database is let go before
    anything is asked.
    """
    if translate is None or job.name != COACH_LINE or job.body is None:
        return None
    with store.reading(job.organisation_id) as repo:
        person = repo.person(job.person_id)
    line = values.load(job.body)
    original = line.slots.get("text") if isinstance(line, Line) else None
    if person is None or not isinstance(original, str) or is_written_in(original, person.language):
        return None
    given = {"text": original, "language": person.language}
    found = _in_time(lambda: translate(Task.TRANSLATE, given, person, job.organisation_id), longest_wait)
    translated = found.get("translation") if found else None
    if not isinstance(translated, str) or not may_stand_beneath(original, translated, person.language):
        return None
    return Line(TRANSLATED, {**line.slots, "translated": translated.strip()})


def _in_time(asked: Callable[[], Mapping[str, Any] | None], longest_wait: float) -> Mapping[str, Any] | None:
    """What came within the time; whatever goes wrong is nothing. A thread that hangs holds nobody up."""
    answers: SimpleQueue[Mapping[str, Any] | None] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(asked())
        except Exception as failure:
            log.error("translating a coach's line failed: %s", type(failure).__name__)
            answers.put(None)

    threading.Thread(target=ask, name="translation", daemon=True).start()
    try:
        return answers.get(timeout=longest_wait)
    except Empty:
        return None

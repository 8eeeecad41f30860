"""Who answers what a conversation waits for from outside: for each kind of query one answerer, each of which
may take its time, for nobody's line waits for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from coaching.consulting import QUERY as MODEL
from storage import values
from storage.jobs import Job, JobKind

ALERT = "alert"
QUERY = "query"  # where a job's body says what is asked
_UNSAID = "{}"  # the body of jobs queued before a second query came


class Answerer(Protocol):
    """Looks one kind of thing up."""

    def answer(self, job: Job) -> None:
        """Ask outside, with no transaction open, then hand in what came of it with the job's end
        (`bot.lookups.hand_in`). ``job.due_at`` is when it was asked for.

        It is called again if the process ends in between. After an error it is tried again later, as any job
        is: whoever would rather give up hands that in.
        """
        ...


Answerers = Mapping[str, Answerer]


def query_of(job: Job) -> str:
    """What such a job asks: a key of `Answerers`."""
    if job.kind is JobKind.ALERT or job.body is None or job.body == _UNSAID:
        return ALERT
    return str(values.load(job.body)[QUERY])


__all__ = ["ALERT", "MODEL", "QUERY", "Answerer", "Answerers", "query_of"]

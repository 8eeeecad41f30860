"""What somebody wants done with their data: forget me, carried out in the right order.

First everything that was still to be said or asked is called off and every conversation closed, then one last
line goes out, and then everything goes, whether that line could be delivered or not.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from coaching.needs import Line
from storage import queue
from storage.jobs import JobKind, job_table
from storage.people import Person
from storage.repository import Repository

ERASE = "erase"
TO_SAY_SO = timedelta(minutes=1)  # the line that says so is sealed with the key that goes
BACKUPS_GONE = timedelta(days=30)


def begin_forgetting(repo: Repository, person: Person, now: datetime) -> Line:
    """Call off what is queued, close what is open, have everything erased after the line that is returned.

    The caller says that line, in the same transaction: it is the last one.
    """
    every = (JobKind.SAY, JobKind.WAKE, JobKind.OPEN, JobKind.FETCH, JobKind.ALERT)
    queue.cancel_for(repo, person.id, every, at=now, reason="forgotten")
    for talk in repo.conversations(person.id, open_only=True):
        repo.close(talk.id, "forgotten", now)
    queue.add(
        repo,
        person_id=person.id,
        kind=JobKind.WAKE,
        name=ERASE,
        asking=repo.scope.next_number(job_table, "seq", job_table.c.person_id == person.id),
        due_at=now + TO_SAY_SO,
    )
    hold = repo.hold_on(person.id)
    if hold is None:
        return Line("forget_done", {"by": (now + BACKUPS_GONE).date()})
    # Where the law forbids telling, the line says only what is true either way.
    return Line("forget_held" if hold.is_told else "forget_taken", {})

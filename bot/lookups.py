"""Does slow lookups beside the lines: while somebody outside is asked, everybody else is answered.

No more is claimed than there are hands free, so what waits can be taken by another worker; and some hands are
kept for whoever is in danger, however much else is being asked.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from bot.answerer import Answerers, query_of
from bot.clock import Clock
from bot.exchange import Exchange
from coaching.journal import Answer, Passed
from coaching.needs import Lookup
from storage import queue
from storage.jobs import Job, JobKind, JobState
from storage.repository import Repository
from storage.store import Store

SLOW_KINDS = (JobKind.FETCH, JobKind.ALERT)
KEPT_FOR_URGENT = 2
LEASE_SECONDS = 60.0


def ask_outside(store: Store, answerers: Answerers, job: Job, clock: Clock) -> None:
    """Let a lookup be answered; where nobody here can, the conversation goes on without."""
    if not queue.begin(store, job, LEASE_SECONDS):
        return  # it is somebody else's by now
    answerer = answerers.get(query_of(job))
    if answerer is not None:
        return answerer.answer(job)
    with store.transaction(job.organisation_id) as repo:
        hand_in(repo, job, Passed.GAVE_UP, clock.now())


def hand_in(repo: Repository, job: Job, answer: Answer, now: datetime) -> bool:
    """The answer to a lookup, and the end of its job. False: it counts for nothing, for the conversation has
    gone on, or this is somebody else's job by now.
    """
    assert job.conversation_id is not None
    repo.lock(job.person_id)
    if not queue.finish(repo, job, JobState.DONE, now):
        return False
    person = repo.person(job.person_id)
    if person is None:
        return False
    exchange = Exchange(repo, person, now, job.channel)
    talk = repo.conversation(job.conversation_id)
    need = exchange.stand(talk)[0].needs if talk.is_open else None
    if not isinstance(need, Lookup) or (need.name, need.asking) != (job.name, job.asking):
        return False
    exchange.reach(talk, need, answer, None)
    return True


class Lookups:
    """Hands for lookups, beside a worker's others. ``do`` does one job and never raises."""

    def __init__(self, store: Store, owner: str, hands: int, do: Callable[[Job], None]) -> None:
        self._store, self._owner, self._hands, self._do = store, owner, hands, do
        self._pool = ThreadPoolExecutor(hands, "lookup")
        self._begun: set[Future[None]] = set()

    def begin_due(self, now: datetime) -> None:
        """Begin what is due and wait for none of it; called by one thread only."""
        self._begin(now, KEPT_FOR_URGENT, only_urgent=False)
        self._begin(now, 0, only_urgent=True)

    def close(self) -> None:
        """Finish what is begun; whatever an end by force cuts off is found again by its lease."""
        self._pool.shutdown()

    def _begin(self, now: datetime, kept_free: int, *, only_urgent: bool) -> None:
        self._begun = {each for each in self._begun if not each.done()}
        room = self._hands - len(self._begun) - kept_free
        if room <= 0 or not queue.is_due(self._store, now, SLOW_KINDS, only_urgent=only_urgent):
            return
        jobs = queue.claim(
            self._store, self._owner, now, LEASE_SECONDS, room, kinds=SLOW_KINDS, only_urgent=only_urgent
        )
        self._begun |= {self._pool.submit(self._do, job) for job in jobs}

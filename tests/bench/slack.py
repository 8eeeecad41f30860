"""How soon Slack is told "received" when fifty managers answer at once, and behind each answer waits a lookup
that takes twenty seconds. The stand-in runs in the same process on the same cores, and is counted in.
"""

from __future__ import annotations

import math
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot import demo, serve
from bot.clock import Clock
from bot.incoming import Incoming
from bot.listening import Listener
from bot.serving import HANDS, LOOKUPS
from bot.slack.channel import SlackChannel
from bot.slack.homes import Homes
from bot.worker import Worker
from storage import queue
from storage.jobs import Job, JobKind, JobState, job_table
from storage.store import Store
from tests.bench.check_ins import check_ins
from tests.slack import place
from tests.slack.place import TestClock
from tests.slack.standin import Did, Human, Slack, Timing

MANAGERS = 50
LOOKUP = 20.0  # seconds
BAR = 3.0  # seconds, then Slack shows an error or sends it again
WORDS = "Proposals for key accounts, and nobody reads them"


def slack() -> bool:
    """Measure both, print, and say whether the bars hold."""
    acknowledged = [_acknowledged(over_socket=way) for way in (False, True)]
    return check_ins() and all(acknowledged)


class RunningClock(TestClock):
    """A working day that goes on by itself."""

    def __init__(self) -> None:
        super().__init__()
        self._began = time.monotonic()

    def now(self) -> datetime:
        return self.at + timedelta(seconds=time.monotonic() - self._began)


class LookingUp(Listener):
    """After whatever it takes in, something is to be asked outside: a lookup waits for the worker."""

    def receive(self, organisation_id: str, incoming: Incoming) -> None:
        super().receive(organisation_id, incoming)
        with self._store.transaction(organisation_id) as repo:
            queue.add(
                repo,
                person_id=incoming.person_id,
                kind=JobKind.FETCH,
                name=incoming.key,
                asking=0,
                due_at=self._clock.now(),
            )


@dataclass(frozen=True)
class Slowly:
    """Asks outside and takes twenty seconds, or less once nobody measures any more."""

    store: Store
    clock: Clock
    over: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)

    def answer(self, job: Job) -> None:
        """Wait, and end the job."""
        self.begun.set()
        self.over.wait(LOOKUP)
        queue.finish(self.store, job, JobState.DONE, self.clock.now())
        self.done.set()


def _acknowledged(*, over_socket: bool) -> bool:
    name = "socket" if over_socket else "http"
    with (
        tempfile.TemporaryDirectory() as folder,
        Slack(timing=Timing(scale=0.001), socket_mode=over_socket) as there,
    ):
        coach = place.Place(Path(folder), there, socket=over_socket)
        coach.clock = RunningClock()
        with coach:
            humans = [_manager(coach, number) for number in range(MANAGERS)]
            _at_once(humans, lambda human: human.says("hello"))
            coach.works()
            outside = Slowly(coach.store, coach.clock)
            coach.app.hearing.listener = LookingUp(coach.store, place.WORDS, coach.clock)
            used = time.process_time()
            with _working(coach, outside):
                said = _at_once(humans, lambda human: human.presses("Start"))
                outside.begun.wait(10)
                said += _at_once(humans, lambda human: human.says(WORDS))
                there.settle()
                used = time.process_time() - used
                hung = outside.begun.is_set() and not outside.done.is_set()
            queued = _lookups(coach)
    tries = [each.delivery.attempts for each in said]
    took = sorted(tried.seconds for each in tries for tried in each if tried.acknowledged)
    missed = sum(not tried.acknowledged for each in tries for tried in each)
    p99 = took[math.ceil(0.99 * len(took)) - 1]
    print(
        f"received, {name:6} half of them within {statistics.median(took):.2f} s, 99% {p99:.2f} s, "
        f"slowest {took[-1]:.2f} s, bar {BAR:.0f}   {missed} not in time, "
        f"{used:.1f} s of processor   n = {len(said)} answers, {queued} lookups of {LOOKUP:.0f} s behind them"
    )
    if not hung or queued != len(said):
        print("The lookups were not under way, so this measured nothing.", file=sys.stderr)
    return took[-1] < BAR and not missed and hung and queued == len(said) == 2 * MANAGERS


def _manager(coach: place.Place, number: int) -> Human:
    name, email = f"Manager {number}", f"m{number}@example.com"
    coach.employs(demo.MANAGERS[0], name=name, email=email)
    return coach.slack.joins(name, email=email)


def _worker(coach: place.Place, outside: Slowly) -> Worker:
    homes = coach.app.hearing.homes
    assert isinstance(homes, Homes)
    assert isinstance(homes.door, SlackChannel)
    channels = {"slack": homes.door}
    return Worker(
        coach.store,
        place.WORDS,
        coach.clock,
        channels,
        answerers={"alert": outside},
        homes=homes,
        hands=HANDS,
        lookups=LOOKUPS,
    )


@contextmanager
def _working(coach: place.Place, outside: Slowly) -> Iterator[None]:
    """The worker at work beside, as it is in the service; only without the two seconds between its rounds."""
    worker = _worker(coach, outside)
    tick = serve.Tick(worker)

    def keep_on() -> None:
        while not outside.over.wait(0.05):
            tick.run()

    thread = threading.Thread(target=keep_on)
    thread.start()
    try:
        yield
    finally:
        outside.over.set()
        thread.join()
        worker.close()


def _at_once(humans: list[Human], doing: Callable[[Human], Did]) -> list[Did]:
    with ThreadPoolExecutor(len(humans)) as many:
        return list(many.map(doing, humans))


def _lookups(coach: place.Place) -> int:
    with coach.store.reading(place.ORGANISATION) as repo:
        return len(repo.scope.rows(job_table, job_table.c.kind == JobKind.FETCH))

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
from bot.alerts import Alerts, Notice
from bot.serving import HANDS
from bot.slack.channel import SlackChannel
from bot.slack.homes import Homes
from bot.worker import Worker
from storage.jobs import JobKind, job_table
from tests.bench.check_ins import check_ins
from tests.slack import place
from tests.slack.place import TestClock
from tests.slack.standin import Did, Human, Slack, Timing
from tests.slack.standin.ledger import Delivery

MANAGERS = 50
LOOKUP = 20.0  # seconds
ACK_BAR = 3.0  # seconds, then Slack shows an error or sends it again
BEHIND_A_LOOKUP = "I don't want to live anymore"  # the answer after which the worker asks outside
ORDINARY = "Proposals for key accounts, and nobody reads them"


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


@dataclass
class Outside:
    """Somebody asked outside, who takes twenty seconds to answer, or less once nobody measures any more."""

    over: threading.Event = field(default_factory=threading.Event)
    asked: threading.Event = field(default_factory=threading.Event)
    waiting: int = 0

    def send(self, _: Notice) -> bool:
        """Take the time."""
        self.waiting += 1
        self.asked.set()
        self.over.wait(LOOKUP)
        self.waiting -= 1
        return True


def _acknowledged(*, over_socket: bool) -> bool:
    name = "socket" if over_socket else "http"
    outside = Outside()
    with (
        tempfile.TemporaryDirectory() as folder,
        Slack(timing=Timing(scale=0.001), socket_mode=over_socket) as there,
    ):
        coach = place.Place(Path(folder), there, socket=over_socket)
        coach.clock = RunningClock()
        with coach:
            humans = [_manager(coach, number) for number in range(MANAGERS)]
            coach.worker = _worker(coach, outside)
            _at_once(humans, lambda human: human.says("hello"))
            coach.works()
            with _working(coach, outside):
                first = _answers(there, humans, BEHIND_A_LOOKUP)
                outside.asked.wait(10)
                hung = outside.waiting
                second = _answers(there, humans, ORDINARY)
                hung = min(hung, outside.waiting)
            queued = _lookups(coach)
    took = sorted(try_.seconds for each in (*first, *second) for try_ in each.attempts if try_.acknowledged)
    again = sum(len(each.attempts) != 1 or each.given_up for each in (*first, *second))
    p99 = took[math.ceil(0.99 * len(took)) - 1]
    print(
        f"received, {name:6} half of them before {statistics.median(took) * 1000:4.0f} ms, 99% before"
        f" {p99 * 1000:4.0f} ms, slowest {took[-1] * 1000:4.0f} ms, bar {ACK_BAR * 1000:.0f}"
        f"   n = {len(took)}, {queued} lookups of {LOOKUP:.0f} s behind them"
    )
    if not hung or queued != MANAGERS:
        print("No lookup was under way, so this measured nothing.", file=sys.stderr)
    return took[-1] < ACK_BAR and not again and len(took) == 2 * MANAGERS and hung > 0 and queued == MANAGERS


def _manager(coach: place.Place, number: int) -> Human:
    name, email = f"Manager {number}", f"m{number}@example.com"
    coach.employs(demo.MANAGERS[0], name=name, email=email)
    return coach.slack.joins(name, email=email)


def _worker(coach: place.Place, outside: Outside) -> Worker:
    homes = coach.app.hearing.homes
    assert isinstance(homes, Homes)
    assert isinstance(homes.door, SlackChannel)
    alerts = Alerts(coach.store, place.WORDS, coach.clock, (outside,))
    channels = {"slack": homes.door}
    return Worker(coach.store, place.WORDS, coach.clock, channels, alerts=alerts, homes=homes, hands=HANDS)


@contextmanager
def _working(coach: place.Place, outside: Outside) -> Iterator[None]:
    """The worker at work beside, as it is in the service; only without the two seconds between its rounds."""
    tick = serve.Tick(coach.worker)

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


def _answers(there: Slack, humans: list[Human], words: str) -> list[Delivery]:
    before = len(there.ledger.deliveries)
    _at_once(humans, lambda human: human.says(words))
    there.settle()
    said = there.ledger.deliveries[before:]
    return [each for each in said if (each.payload.get("event") or {}).get("text") == words]


def _at_once(humans: list[Human], doing: Callable[[Human], Did]) -> None:
    with ThreadPoolExecutor(len(humans)) as many:
        list(many.map(doing, humans))


def _lookups(coach: place.Place) -> int:
    with coach.store.reading(place.ORGANISATION) as repo:
        return len(repo.scope.rows(job_table, job_table.c.kind == JobKind.FETCH))

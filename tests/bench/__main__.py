"""How long one turn takes (read, play, write, queue), just after the start and with 52 weeks behind.
Both are measured in turns within one run on SQLite; the ratio is the result, and above the bar it fails.
"""

from __future__ import annotations

import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bot import demo
from coaching.dialogue import play
from coaching.journal import Answer, Tap, Words
from coaching.journey import SCRIPTS, Kind
from coaching.needs import Line
from storage import queue, schema, values
from storage.fact_tables import TABLES
from storage.jobs import JobKind, job_table
from storage.migrate import migrate
from storage.people import Person
from storage.store import Store
from tests.bench.history import ANSWERS, FIRST_TIME, WEEKS, begun, rows, seasoned
from tests.bench.pages import pages
from tests.bench.pictures import pictures
from tests.bench.slack import slack
from tests.faults.scene import Scene

TURNS = 100
BAR = 1.2
LINES, READERS = 500, 100
STARTS = 5
TYPED, PRESSED = ANSWERS[FIRST_TIME], Tap("dont_know")


class Bench:
    """One manager who gives the same two answers again and again: one typed, one by a button."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        talk = scene.floor()
        assert talk is not None
        self.talk = talk
        with scene.store.reading(demo.ORGANISATION) as repo:
            self.jobs = {job.id for job in queue.of_conversation(repo, talk.id)}

    def turns(self) -> tuple[float, float]:
        """Milliseconds of the typed answer and of the pressed one. Both are taken back afterwards."""
        took = self._turn(TYPED), self._turn(PRESSED)
        for _ in took:
            self.scene.hear(self.scene.incoming(Words("back")))
        self._as_before()
        return took

    def _turn(self, answer: Answer) -> float:
        self.scene.clock.moment += timedelta(seconds=1)
        incoming = self.scene.incoming(answer)
        begins = time.perf_counter()
        self.scene.hear(incoming)
        return (time.perf_counter() - begins) * 1000

    def _as_before(self) -> None:
        """Remove what taking back leaves as history, or every turn would be a little longer than the last."""
        with self.scene.store.transaction(demo.ORGANISATION) as repo:
            line = schema.journal.c
            repo.scope.delete(
                schema.journal, line.conversation_id == self.talk.id, line.withdrawn_at.is_not(None)
            )
            for table in TABLES.values():
                here = table.c.conversation_id == self.talk.id
                repo.scope.delete(table, here, table.c.standing.is_(False))
            mine = job_table.c.person_id == self.scene.me
            repo.scope.delete(job_table, mine, job_table.c.id.not_in(self.jobs), _is_new(self.talk.id))


def _is_new(talk_id: str) -> object:
    return (job_table.c.conversation_id == talk_id) | job_table.c.conversation_id.is_(None)


def longest(store: Store, person_id: str) -> tuple[int, float]:
    """Answers in the person's longest journal, and milliseconds of `play` alone over it."""
    with store.reading(demo.ORGANISATION) as repo:
        talk = max(repo.conversations(person_id), key=lambda each: len(repo.journal(each.id).entries))
        journal, opening = repo.journal(talk.id), values.load(talk.opening or "null")
    took = _median(lambda: play(SCRIPTS[Kind(talk.kind)], opening, talk.opened_at, journal))
    return len(journal.entries), took


def drained(store: Store) -> float:
    """Lines a second, of a worker that finds 500 due for a hundred people."""
    scene = Scene(store)
    body = values.dump(Line("help", {}))
    with store.transaction(demo.ORGANISATION) as repo:
        for number in range(READERS):
            reader = Person(demo.PROGRAMME, f"Reader {number}", None, "SG", "sales", "UTC", "en")
            person = repo.add_person(reader)
            repo.link(person.id, demo.CHANNEL, person.id)
            for asking in range(LINES // READERS):
                queue.add(
                    repo,
                    person_id=person.id,
                    kind=JobKind.SAY,
                    name="help",
                    asking=asking,
                    due_at=scene.clock.now(),
                    body=body,
                    channel=demo.CHANNEL,
                )
    before, begins = len(scene.channel.sent), time.perf_counter()
    scene.worker.run_due()
    took = time.perf_counter() - begins
    assert len(scene.channel.sent) - before == LINES
    return LINES / took


def start_up() -> float:
    """Milliseconds of processor time until the command line has said what it can do."""
    took = []
    for _ in range(STARTS):
        process = subprocess.Popen([sys.executable, "-m", "bot.cli", "--help"], stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        took.append((used.ru_utime + used.ru_stime) * 1000)
    return statistics.median(took)


def _median(work: Callable[[], object]) -> float:
    took = []
    for _ in range(TURNS):
        begins = time.perf_counter()
        work()
        took.append((time.perf_counter() - begins) * 1000)
    return statistics.median(took)


@contextmanager
def _a_store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        migrate(url)
        store = Store(url, None, secrets.token_urlsafe(32))
        try:
            yield store
        finally:
            store.close()


def main() -> int:
    """Measure, print, and say by the exit code whether the bar holds."""
    worst = 0.0
    with _a_store() as new, _a_store() as old:
        fresh, after = Bench(begun(new)), Bench(seasoned(old))
        for each in (fresh, after):
            each.turns()
        pairs = [(fresh.turns(), after.turns()) for _ in range(TURNS)]
        print(f"answers and jobs so far: {rows(new)} just begun, {rows(old)} after {WEEKS} weeks")
        for kind, name in enumerate(("typed", "pressed")):
            first, last = ([pair[side][kind] for pair in pairs] for side in (0, 1))
            ratio = statistics.median(b / a for a, b in zip(first, last, strict=True))
            worst = max(worst, ratio)
            begins, ends = statistics.median(first), statistics.median(last)
            print(f"a turn, {name:8} just begun {begins:6.1f} ms, after {WEEKS} weeks {ends:6.1f} ms", end="")
            print(f"   ratio {ratio:.2f}, bar {BAR}   n = {TURNS}")
        answers, took = longest(old, after.scene.me)
        print(f"play() alone  {took:6.2f} ms for {answers} answers   n = {TURNS}")
    with _a_store() as store:
        print(f"the worker    {drained(store):6.0f} lines a second   n = {LINES}, to {READERS} people")
    print(f"--help        {start_up():6.0f} ms of processor time   n = {STARTS}")
    are_quick, are_prompt, is_in_time = pictures(), pages(), slack()
    if worst > BAR:
        print("The cost of a turn grows with the weeks.", file=sys.stderr)
    if not are_quick:
        print("A picture takes too long to wait for.", file=sys.stderr)
    if not are_prompt:
        print("A page of a year takes too long to wait for.", file=sys.stderr)
    if not is_in_time:
        print("Slack waits too long, or its pace is not kept.", file=sys.stderr)
    return int(worst > BAR or not are_quick or not are_prompt or not is_in_time)


if __name__ == "__main__":
    sys.exit(main())

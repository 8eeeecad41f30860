"""How long a thousand check-ins that are due in the same minute take at the pace Slack allows, with its
limits on and a kill -9 in the middle. The minutes are those of one clock, ours and Slack's, that is moved on.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.slack.pace import POST
from coaching.attention import Kind
from coaching.needs import Line
from storage import queue, values
from storage.jobs import JobKind, JobState, job_table
from storage.people import Person, Status
from tests.slack import sending
from tests.slack.drain import SharedClock
from tests.slack.sending import Office, a_minute_passes, an_office
from tests.slack.standin import Slack, Timing
from tests.storage.scenes import SECRET

CHECK_INS, SECOND_LINES, KILLED_AT = 1_000, 100, 500
BAR = 7.0  # minutes; 200 lines a minute is what is left for those that nobody waits for


def check_ins() -> bool:
    """Measure, print, and say whether each came once, in order, in time, without a 429."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clock = SharedClock(folder / "clock", sending.BEGINS)
        with (
            Slack(timing=Timing(now=clock), rate_limits=True, echo=False) as there,
            an_office(there, clock, folder) as office,
        ):
            lines = _due_at_once(office)
            begins = time.perf_counter()
            held = _kill_in_the_middle(office, folder)
            took = time.perf_counter() - begins
            return _judged(office, lines, held, took)


def _due_at_once(office: Office) -> list[list[str]]:
    """A check-in for each of a thousand people, for some of them a second line behind it: jobs in order."""
    humans = [office.slack.joins(f"Manager {number}") for number in range(CHECK_INS)]
    people = []
    with office.store.transaction(sending.ORGANISATION) as repo:
        for number, human in enumerate(humans):
            person = Person("p", f"Manager {number}", None, "SG", "sales", "Asia/Singapore", "en")
            added = repo.update_person(repo.add_person(person).id, status=Status.ACTIVE)
            repo.link(added.id, "slack", human.id)
            people.append(added)
            for line in range(1 + (number < SECOND_LINES)):
                queue.add(
                    repo,
                    person_id=added.id,
                    kind=JobKind.SAY,
                    name="help",
                    asking=line,
                    due_at=office.clock.now(),
                    body=values.dump(Line("help", {})),
                    channel="slack",
                    nudge=None if line else Kind.CHECK_IN,
                )
        rows = repo.scope.rows(job_table, job_table.c.kind == JobKind.SAY, order=(job_table.c.seq,))
    jobs: dict[str, list[str]] = {each.id: [] for each in people}
    for row in rows:
        jobs[row["person_id"]].append(row["id"])
    return list(jobs.values())


def _kill_in_the_middle(office: Office, folder: Path) -> int:
    """One worker until five hundred have arrived, then another; how many lines the first had in hand."""
    office.store.engine.dispose()
    there = office.slack
    url = f"sqlite:///{folder}/unbadged.db"
    life = [sys.executable, "-m", "tests.slack.drain", url, SECRET, there.api_url, there.bot_token]
    with subprocess.Popen([*life, str(folder / "clock")]) as first:
        try:
            there.ledger.wait_until(lambda: len(there.ledger.posts) >= KILLED_AT, 60)
        finally:
            first.kill()
    with office.store.reading(sending.ORGANISATION) as repo:
        held = len(repo.scope.rows(job_table, job_table.c.state == JobState.SENDING))
    a_minute_passes(office.store)
    office.store.engine.dispose()
    subprocess.run([*life, str(folder / "clock")], check=True, timeout=60)
    return held


def _judged(office: Office, lines: list[list[str]], held: int, took: float) -> bool:
    carried = [str(post.carried["job_id"]) for post in office.slack.ledger.posts]
    every = {job for each in lines for job in each}
    twice, lost = len(carried) - len(set(carried)), len(every - set(carried))
    at = {job: place for place, job in enumerate(carried)}
    overtaken = sum(
        at.get(first, 0) > at.get(second, 0) for first, second in (x for x in lines if len(x) > 1)
    )
    calls = office.slack.ledger.requests(POST)
    limited = sum(call.status == 429 for call in office.slack.ledger.calls)
    minutes = (max(call.at for call in calls) - min(call.at for call in calls)) / 60
    with office.store.reading(sending.ORGANISATION) as repo:
        rows = repo.scope.rows(job_table, job_table.c.kind == JobKind.SAY)
    unsent = sum(row["state"] != JobState.SENT for row in rows)
    print(f"check-ins     {minutes:6.1f} minutes for {CHECK_INS} that are due at once, bar {BAR:.0f}", end="")
    print(f"   n = {len(every)} lines, {took:.0f} s here")
    print(f"              killed at {KILLED_AT} with {held} in hand", end="")
    print(f"   {limited} times 429, {twice} twice, {lost} lost, {overtaken} out of order, bar 0")
    return minutes <= BAR and not (limited or twice or lost or overtaken or unsent)

"""The service is killed at every place in the code that has a name, while a manager writes to it in Slack and
Slack brings again what was not answered. Afterwards everything is as if nothing had happened: each message
counted once, each line was said once, nothing is lost or open.
"""

from __future__ import annotations

import re
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from storage import queue
from storage.crashpoints import KILLED
from storage.database import transaction
from storage.jobs import JobState, job_table
from storage.people import Person, Status
from tests.slack.drain import SharedClock
from tests.slack.place import BEGINS, Place
from tests.slack.sending import a_minute_passes
from tests.slack.served import CLOCK, ROOT, Room, answers, until
from tests.slack.standin import Human, Slack, Timing

TIME_PASSES = "(to the next thing due)"
# What Dana does, and where the service dies while she does it: the name, and how many passes later.
COURSE: tuple[tuple[str, str], ...] = (
    ("hello", "inbound_seen:1"),
    ("Not now", "answer_written:1"),
    (TIME_PASSES, "moment_written:1"),
    ("Start", "before_commit:3"),  # of what she wrote: two looks at who and where she is come before
    ("OK", "facts_projected:1"),
    ("Yes", "after_commit:3"),
    ("Quality up and down", "claim_swept:1"),
    ("Proposals for key accounts", "claim_marked:1"),
    ("Every proposal goes through three or four review rounds", "claim_committed:1"),
    ("Yes", "before_send:1"),
    ("Yes", "after_send:1"),
    ("Customer", "before_finish:1"),
    ("pause", "after_finish:1"),
    (TIME_PASSES, "woken:1"),
    ("forget me", ""),
    ("Delete everything", "key_destroyed:1"),
)


@dataclass
class Life:
    """Dana, her chat and the service, from the first start to the last."""

    folder: Path
    coach: Place
    slack: Slack
    clock: SharedClock
    room: Room
    dana: Person
    human: Human
    deaths: list[str] = field(default_factory=list)
    rows: list[tuple[str, object]] = field(default_factory=list)

    def goes_through(self, what: str, plug: str) -> None:
        """One thing she does, with the service dying at ``plug`` and there again."""
        if plug:
            self.room.arms(plug)
        if what == TIME_PASSES:
            due = queue.next_due(self.coach.store)
            assert due is not None
            self.clock.moment = max(due, self.clock.moment)
            did = None
        else:
            did = self.human.says(what)
        if plug:
            self.room.goes_on()
            self.until(lambda: self.room.is_over)
            assert self.room.ended() == KILLED, f"not killed at {plug}"
            self.deaths.append(plug)
            a_minute_passes(self.coach.store)
            self.begins()
        if did is not None:
            self.slack.settle()
            if did.delivery.given_up:  # Slack's next try, which comes a minute later
                self.slack.release(did.delivery)
            assert did.delivery.acknowledged
        self.until(lambda: not self.open_ends())

    def begins(self) -> None:
        own = self.coach.settings
        given = {each.metadata["variable"]: str(getattr(own, each.name)) for each in fields(own)}
        self.room.begins(given, self.folder)
        until(lambda: answers(f"http://127.0.0.1:{self.coach.settings.port}/healthz"))

    def open_ends(self) -> list[str]:
        """Lines that are due and not said, begun and not finished, or lost."""
        c = job_table.c
        with transaction(self.coach.store.engine, reading=True) as connection:
            rows = connection.execute(select(c.name, c.state, c.try_at, c.reason)).all()
        due = self.clock.now() + timedelta(minutes=1)
        return [
            row.name
            for row in rows
            if row.state in (JobState.SENDING, JobState.UNKNOWN, JobState.DEAD)
            or (row.state == JobState.READY and row.try_at <= due)
        ]

    def until(self, there: Callable[[], bool]) -> None:
        """Until it is so; meanwhile the clock goes on."""

        def later() -> bool:
            self.clock.goes_on(1)
            return there()

        until(later)

    @property
    def said(self) -> list[str]:
        return [post.text for post in self.slack.ledger.posts_in(self.human.channel.id)]


@contextmanager
def a_life(folder: Path, room: Room) -> Iterator[Life]:
    folder.mkdir()
    clock = SharedClock(folder / CLOCK, BEGINS)
    with Slack(timing=Timing(now=clock, scale=0.001), echo=False) as slack:
        coach = Place(folder, slack)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        coach.settings = replace(coach.settings, port=port)
        slack.listens_at(f"http://127.0.0.1:{port}/slack/events")
        dana, human = coach.employs(), slack.joins("Dana Lim", email="dana.lim@example.com")
        try:
            yield Life(folder, coach, slack, clock, room, dana, human)
        finally:
            slack.lets_go()
            coach.store.close()


def lived(folder: Path, room: Room, *, with_deaths: bool) -> Life:
    with a_life(folder, room) as life:
        life.begins()
        for what, plug in COURSE:
            if what == "forget me":
                life.rows = life.coach.rows(life.dana)
            life.goes_through(what, plug if with_deaths else "")
        assert life.room.stops() == 0
        assert life.coach.person(life.dana.id).status is Status.FORGOTTEN
        assert not life.coach.rows(life.dana)
        return life


@pytest.fixture
def room() -> Iterator[Room]:
    opened = Room()
    yield opened
    opened.close()


def names() -> set[str]:
    """Every named place there is; one added tomorrow is found here by itself."""
    code = [*ROOT.glob("bot/**/*.py"), *ROOT.glob("storage/**/*.py")]
    found = (re.findall(r'crashpoint\("(\w+)"\)', path.read_text(encoding="utf-8")) for path in code)
    return {name for each in found for name in each}


def test_killed_at_every_named_place_each_message_counts_once_and_each_line_is_said_once(
    tmp_path: Path, room: Room
) -> None:
    undisturbed = lived(tmp_path / "calm", room, with_deaths=False)
    life = lived(tmp_path / "killed", room, with_deaths=True)
    assert {each.partition(":")[0] for each in life.deaths} == names()
    assert life.said == undisturbed.said
    assert life.rows == undisturbed.rows
    assert set(Counter(life.slack.ledger.carried("job_id")).values()) == {1}
    assert not [each for each in life.slack.ledger.deliveries if each.given_up]

"""What the tests of Slack's sending side share: a store with people in it, a worker, and a stand-in Slack
that goes by the same clock."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import update

from bot.slack.channel import SlackChannel
from bot.slack.pace import Pace
from bot.slack.workspaces import Workspaces
from bot.worker import Worker
from coaching.needs import Line
from storage import queue, values
from storage.database import clock_there, transaction
from storage.jobs import JobKind, job_table
from storage.people import Person, Programme, Status
from storage.repository import Store
from storage.scope import Row
from tests.slack.conftest import WORDS
from tests.slack.standin import Human, Slack
from tests.storage.scenes import a_place

ORGANISATION = "org"
BEGINS = datetime(2027, 1, 12, 2, 0, tzinfo=UTC)  # a Tuesday, ten o'clock in Singapore


class OneClock:
    """The clock of the coach and of Slack."""

    def __init__(self, moment: datetime = BEGINS) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def __call__(self) -> float:
        return self.moment.timestamp()

    def goes_on(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@dataclass
class Office:
    """Everything that sends, and the people it sends to."""

    store: Store
    slack: Slack
    clock: OneClock
    workspaces: Workspaces
    channel: SlackChannel
    worker: Worker

    def joins(
        self, name: str, address: str = "{user}", status: Status = Status.ACTIVE
    ) -> tuple[Human, Person]:
        """A manager with an account in Slack; ``address`` is how the roster knows it."""
        human = self.slack.joins(name)
        return human, self.enrols(human, address, status)

    def enrols(self, human: Human, address: str = "{user}", status: Status = Status.ACTIVE) -> Person:
        with self.store.transaction(ORGANISATION) as repo:
            email = f"{human.id}@example.com".lower()
            person = Person("p", human.member.real_name, email, "SG", "sales", "Asia/Singapore", "en")
            added = repo.add_person(person)
            added = repo.update_person(added.id, status=status)
            repo.link(added.id, "slack", address.format(user=human.id, team=human.workspace.id))
        return added

    def says(self, person: Person, number: int, name: str = "help", **more: Any) -> str:
        """Queue one line for somebody; the id of its job."""
        with self.store.transaction(ORGANISATION) as repo:
            whole = {"body": values.dump(Line(name, {})), "due_at": self.clock.now(), **more}
            assert queue.add(
                repo,
                person_id=person.id,
                kind=JobKind.SAY,
                name=name,
                asking=number,
                channel="slack",
                **whole,
            )
        return str(self.job(person, number)["id"])

    def job(self, person: Person, number: int) -> Row:
        c = job_table.c
        with self.store.reading(ORGANISATION) as repo:
            (row,) = repo.scope.rows(job_table, c.person_id == person.id, c.asking == number, c.kind == "say")
        return row

    def states(self, person: Person) -> list[tuple[str, str | None]]:
        c = job_table.c
        with self.store.reading(ORGANISATION) as repo:
            rows = repo.scope.rows(job_table, c.person_id == person.id, order=(c.seq,))
        return [(row["state"], row["reason"]) for row in rows]

    def person(self, person: Person) -> Person:
        with self.store.reading(ORGANISATION) as repo:
            found = repo.person(person.id)
        assert found is not None
        return found

    def runs(self, seconds: float, tick: float = 2.0) -> None:
        """Time passes, and the worker ticks."""
        for _ in range(int(seconds / tick)):
            self.clock.goes_on(tick)
            self.worker.run_due()

    @property
    def posts(self) -> int:
        """Requests on the wire to post something."""
        return self.slack.ledger.counts()["chat.postMessage"]


@contextmanager
def an_office(
    slack: Slack, clock: OneClock, folder: Path, *, seconds: float = 5.0, engine: str = "sqlite", **more: Any
) -> Iterator[Office]:
    hands = more.pop("hands", 1)
    with a_place(engine, folder, migrated=True) as place:
        store = place.open()
        furnish(store)
        workspaces = Workspaces(store, clock, api_url=slack.api_url, token=slack.bot_token, seconds=seconds)
        pace = Pace(clock, dice=random.Random(1))
        channel = SlackChannel(store, WORDS, clock, workspaces, pace, **more)
        worker = Worker(store, WORDS, clock, {"slack": channel}, hands=hands)
        try:
            yield Office(store, slack, clock, workspaces, channel, worker)
        finally:
            store.close()


def furnish(store: Store) -> None:
    store.add_organisation(ORGANISATION, "An organisation", BEGINS)
    with store.transaction(ORGANISATION) as repo:
        repo.add_programme(Programme("p", "P", date(2027, 1, 4)))


def a_minute_passes(store: Store) -> None:
    """The leases of whoever was killed run out."""
    with transaction(store.engine) as connection:
        ended = {"lease_until": clock_there(connection, -1)}
        connection.execute(update(job_table).where(job_table.c.state == "sending").values(ended))


def at_once(*doing: Any) -> None:
    """Do things side by side, as replicas do."""
    threads = [threading.Thread(target=each) for each in doing]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

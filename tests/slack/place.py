"""The coach in front of the stand-in: the real service on a real port, or at the end of a real socket, with a
database of its own. The clock may be moved; the worker runs when a test says so.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import shutil
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import uvicorn

from bot import demo, serve
from bot.own.links import Links
from bot.own.pages import OwnPages
from bot.publishing import publish
from bot.settings import Settings
from bot.slack.setting_up import slack
from bot.worker import Worker
from prompts.words import Words
from storage import queue
from storage.migrate import migrate
from storage.people import Person, Programme, SafetyContact, Status
from storage.store import Store
from tests.postgres import migrated_database
from tests.slack.standin import Human, Loop, Slack

WORDS = Words()
SECRET = "kV3tq-9wZb7Lr2Xc8Nf5Hd1Js6Pm4Gy0"
ORGANISATION = "acme"
BEGINS = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # a Tuesday, ten in the morning in Singapore


A_LITTLE, MOST_STEPS = timedelta(seconds=30), 300


class TestClock:
    """A clock that is moved by hand."""

    __test__ = False

    def __init__(self, at: datetime = BEGINS) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


@cache
def _empty() -> Path:
    """A database with its tables, made once: that takes longer than most tests."""
    folder = Path(tempfile.mkdtemp(prefix="unbadged-slack-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    migrate(f"sqlite:///{folder / 'empty.db'}")
    return folder / "empty.db"


class Place:
    """``with Place(folder, slack) as coach``: listens over HTTP, or with ``socket`` over Slack's.

    ``database``: the address of one with its tables and no rows; else there is a file in the folder.
    """

    def __init__(
        self,
        folder: Path,
        there: Slack,
        *,
        socket: bool = False,
        enrolment: str = "roster",
        public_url: str = "",
        database: str = "",
    ) -> None:
        self.url = database or f"sqlite:///{folder / 'unbadged.db'}"
        self.slack, self.socket, self.clock = there, socket, TestClock()
        self.settings = Settings(
            database_url=self.url,
            keys_url="" if database else f"sqlite:///{folder / 'keys.db'}",
            secret_key=SECRET,
            slack_bot_token=there.bot_token,
            slack_app_token=there.app_token if socket else "",
            slack_signing_secret=there.app.signing_secret,
            slack_api_url=there.api_url,
            enrolment=enrolment,
            public_url=public_url,
        )
        if not database and not (folder / "unbadged.db").exists():
            shutil.copy(_empty(), folder / "unbadged.db")
        self.store = Store(self.url, self.settings.keys_url or None, SECRET)
        self._fill()

    def _fill(self) -> None:
        if not self.store.add_organisation(ORGANISATION, "Acme", BEGINS):
            return
        sponsor = "Up to 60 minutes of work time a week is yours for this. "
        sponsor += "If you kept to the four rails and something goes wrong, it is ours to fix."
        with self.store.transaction(ORGANISATION) as repo:
            on = demo.BEGINS.date()
            programme = Programme(
                demo.PROGRAMME,
                "Autumn",
                on.replace(day=23),
                sponsor_name="Irene Goh",
                sponsor_text=sponsor,
                sponsor_said_on=on.replace(day=20),
            )
            repo.add_programme(programme)
            for market in ("SG", "JP", "ID"):
                who = ("Mei Tan", "Irene Goh", "", "", "Asha Rao (ombudsperson)")
                repo.set_safety_contact(SafetyContact(demo.PROGRAMME, market, *who))
            self.coach = repo.add_person(demo.COACH)
        publish(self.store, ORGANISATION, demo.pack("SG"), BEGINS)

    def employs(self, person: Person = demo.MANAGERS[0], **changes: Any) -> Person:
        """Somebody of the roster, whom Slack is to be asked about when they first write."""
        with self.store.transaction(ORGANISATION) as repo:
            added = replace(person, coach_id=self.coach.id, **changes)
            return repo.add_person(added)

    def __enter__(self) -> Place:
        self.loop = Loop("coach")
        there = slack(self.settings, self.store, WORDS, self.clock)
        self.app = there.app
        self.worker = Worker(self.store, WORDS, self.clock, {"slack": there.channel}, demo=True)
        self.tick = serve.Tick(self.worker)
        links = Links(SECRET, self.settings.public_url)
        own = OwnPages(self.store, WORDS, self.clock, links).routes()
        pages = serve.pages(self.store, WORDS, self.url, self.clock, self.tick, {"slack": self.app}, own)
        door = serve.listen("127.0.0.1", 0)
        self.port = door.getsockname()[1]
        config = uvicorn.Config(
            pages, access_log=False, log_config=None, lifespan="on", timeout_graceful_shutdown=2
        )
        self.server = uvicorn.Server(config)
        self._serving = self.loop.run(self._start(door))
        if self.socket:
            self.slack.ledger.wait_until(lambda: self.slack.sockets.connections, 10)
        else:
            self.slack.listens_at(f"http://127.0.0.1:{self.port}/slack/events")
        return self

    async def _start(self, door: Any) -> asyncio.Task[None]:
        self.server.config.load()
        self.server.lifespan = self.server.config.lifespan_class(self.server.config)
        task = asyncio.ensure_future(self.server._serve([door]))
        while not self.server.started:
            await asyncio.sleep(0.01)
            if task.done():
                task.result()
        return task

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.should_exit = True
        self.loop.run(asyncio.wait_for(asyncio.shield(self._serving), 20), 30)
        self.app.hearing.threads.shutdown()
        self.loop.close()
        self.store.close()

    def works(self) -> None:
        """Do what is due, and what the channel's pace puts off by some seconds."""
        for _ in range(MOST_STEPS):
            self.worker.run_due()
            due = queue.next_due(self.store)
            if due is None or due > self.clock.at + A_LITTLE:
                return
            self.clock.at = max(due, self.clock.at + timedelta(milliseconds=200))

    def health(self) -> dict[str, Any]:
        """What the service says of itself."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz") as said:
            found: dict[str, Any] = json.load(said)
            return found

    def invites(self, *people: Person) -> None:
        """Open their first conversation."""
        for each in people:
            self.app.hearing.listener.invite(ORGANISATION, each.id)

    def rows(self, person: Person) -> list[tuple[str, object]]:
        """Every answer a person has given, in the order they gave them."""
        with self.store.reading(ORGANISATION) as repo:
            return [
                (entry.name, getattr(entry.answer, "text", getattr(entry.answer, "value", entry.answer)))
                for talk in repo.conversations(person.id)
                for entry in repo.journal(talk.id).entries
                if not entry.withdrawn
            ]

    def person(self, person_id: str) -> Person:
        with self.store.reading(ORGANISATION) as repo:
            found = repo.person(person_id)
        assert found is not None
        return found

    def people(self) -> list[Person]:
        with self.store.reading(ORGANISATION) as repo:
            return [each for each in repo.people() if each.status is not Status.FORGOTTEN]


@contextmanager
def a_database(engine: str) -> Iterator[str]:
    """What ``Place`` is given as its database, on either engine."""
    if engine == "sqlite":
        yield ""
        return
    with migrated_database() as url:
        yield url


def last(human: Human) -> str:
    """The last line on the screen."""
    return human.sees()[-1].text

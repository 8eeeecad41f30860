"""The service says how it is, works in the background, and ends when it is asked to, with its work done.
The playground runs on this computer alone and finds everything again after it was killed."""

from __future__ import annotations

import json
import logging
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import cast

import pytest

from bot.serve import PortTakenError, Tick, health, listen
from bot.worker import Worker
from storage import queue
from storage.database import UnavailableError, transaction
from storage.jobs import JobKind, job_table
from storage.migrate import migrate
from storage.people import Person, Programme
from storage.store import Store
from tests import postgres
from tests.command_line.conftest import SECRET, Machine, address, fetched, free_port, stopped, until

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def test_it_makes_its_tables_serves_and_ends_when_asked(machine: Machine) -> None:
    port = free_port()
    machine.settings["PORT"] = str(port)
    with machine.running("serve") as child:
        until(lambda: fetched(f"http://127.0.0.1:{port}/readyz")[0] == 200)
        status, body = fetched(f"http://127.0.0.1:{port}/healthz")
        assert status == 200
        assert json.loads(body) == {
            "status": "ok", "database": "reachable", "oldest_due_seconds": 0, "unknown": 0, "dead": 0,
            "alert_minutes": 0, "untaken": 0, "unanswered": 0,
        }  # fmt: skip
        assert stopped(child) == 0
        assert child.stdout is not None
        said = child.stdout.read()
    assert "Made the tables of a new database." in said
    assert "No channel is configured, so nobody can talk to the coach here. To see it: unbadged try" in said
    assert said.endswith("Stopped; what was in hand is done.\n")
    assert (machine.folder / "unbadged.db").stat().st_mode & 0o077 == 0


def test_health_is_red_when_the_database_is_away(machine: Machine) -> None:
    page = f"http://127.0.0.1:{(port := free_port())}"
    machine.settings["PORT"] = str(port)
    with ExitStack() as stack:
        with postgres.empty_database() as url:
            machine.settings["DATABASE_URL"] = url
            child = stack.enter_context(machine.running("serve"))
            until(lambda: fetched(f"{page}/readyz")[0] == 200)
            assert fetched(f"{page}/healthz")[0] == 200
        # Here the database is dropped, whoever is connected.
        status, body = fetched(f"{page}/healthz")
        assert (status, json.loads(body)["status"]) == (503, "unavailable")
        assert fetched(f"{page}/readyz")[0] == 503
        assert stopped(child) == 0
    errors = (machine.folder / "errors").read_text(encoding="utf-8")
    assert errors.count("what is due cannot be done") <= 1
    assert url not in errors


def test_a_taken_port_is_said_with_its_remedy(machine: Machine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        machine.settings["PORT"] = str(port)
        said = machine.run("serve")
    assert said.code == 1
    assert f"Port {port} is taken" in said.err
    assert "choose another port" in said.err


def test_an_address_that_is_not_this_computers_is_said() -> None:
    with pytest.raises(PortTakenError, match="HOST is not an address of this computer"):
        listen("192.0.2.1", 3000)


def answers(page: str) -> bool:
    return fetched(page)[0] == 200


# --- the queue's health ----------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path / 'unbadged.db'}"
    migrate(url)
    opened = Store(url, None, SECRET)
    opened.add_organisation("org", "An organisation", NOW)
    yield opened
    opened.close()


def test_what_waits_and_what_is_lost_is_counted(store: Store) -> None:
    with store.transaction("org") as repo:
        repo.add_programme(Programme("autumn", "Autumn", NOW.date()))
        ana = repo.add_person(Person("autumn", "Ana", None, "PH", "sales", "Asia/Manila", "en"))
        for asking, late in enumerate((400, 0, 0, 0)):
            due = NOW - timedelta(seconds=late)
            queue.add(repo, person_id=ana.id, kind=JobKind.WAKE, name="x", asking=asking, due_at=due)
    for asking, state in ((1, "unknown"), (2, "dead"), (3, "dead")):
        with transaction(store.engine) as connection:
            connection.execute(job_table.update().where(job_table.c.asking == asking).values(state=state))
    found = health(store, NOW)
    assert (found.status, found.oldest_due_seconds, found.unknown, found.dead) == ("degraded", 400, 1, 2)
    assert found.is_up


def test_a_busy_database_is_not_away(store: Store) -> None:
    with store.transaction("org"):  # SQLite's one connection is in use
        found = health(store, NOW)
    assert (found.database, found.status, found.is_up) == ("busy", "degraded", True)


class Slow:
    """A worker that takes a while."""

    def __init__(self) -> None:
        self.begun, self.done = threading.Event(), 0

    def run_due(self) -> int:
        self.begun.set()
        time.sleep(0.5)
        self.done += 1
        return 1


def test_stopping_finishes_the_work_in_hand() -> None:
    worker = Slow()
    tick = Tick(cast(Worker, worker))
    tick.start()
    assert worker.begun.wait(10)
    tick.stop()
    assert worker.done == 1


def test_a_failure_is_written_down_once_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    class Failing:
        def __init__(self) -> None:
            self.left = 3

        def run_due(self) -> int:
            self.left -= 1
            if self.left >= 0:
                raise UnavailableError("The database cannot be used.")
            return 0

    tick = Tick(cast(Worker, Failing()))
    with caplog.at_level(logging.INFO, "bot.serve"):
        for _ in range(5):
            tick.run()
    assert [record.message.partition(";")[0] for record in caplog.records] == [
        "what is due cannot be done", "what is due is being done again",
    ]  # fmt: skip


# --- the playground --------------------------------------------------------------------------------


def test_the_playground_is_there_again_after_it_was_killed(machine: Machine) -> None:
    machine.settings |= {
        "PORT": str(free_port()),
        "UNBADGED_SECRET_KEY": "",
        "DATABASE_URL": "sqlite:///other.db",
    }
    secrets = []
    for how in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
        with machine.running("try", "--no-browser") as child:
            assert child.stdout is not None
            page = address(child.stdout.readline())
            until(partial(answers, page))
            code = stopped(child, how)
        assert code == (-signal.SIGKILL if how == signal.SIGKILL else 0)
        secrets.append((machine.folder / ".unbadged" / "secret.key").read_text(encoding="ascii"))
    assert len(set(secrets)) == 1
    assert len(secrets[0].strip()) >= 32
    folder = machine.folder / ".unbadged"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {
        path.name: path.stat().st_mode & 0o077 for path in folder.iterdir() if path.stat().st_mode & 0o077
    } == {}
    assert not (machine.folder / "other.db").exists()
    assert (machine.folder / "errors").read_text(encoding="utf-8") == ""


def test_two_playgrounds_stand_beside_each_other(machine: Machine) -> None:
    port = free_port()
    machine.settings["PORT"] = str(port)
    with (
        socket.create_server(("127.0.0.1", port)),
        machine.running("try", "--no-browser", "--data", "two") as child,
    ):
        assert child.stdout is not None
        page = address(child.stdout.readline())
        assert not page.endswith(f":{port}/")
        until(partial(answers, page))


def test_a_port_that_was_asked_for_and_is_taken_is_not_exchanged(machine: Machine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = machine.run("try", "--no-browser", "--port", str(port))
    assert said.code == 1
    assert said.err.startswith(f"unbadged: Port {port} is taken")


def test_a_folder_that_cannot_be_used_is_said(machine: Machine) -> None:
    machine.write("file", "")
    said = machine.run("try", "--no-browser", "--data", "file")
    assert said.code == 1
    assert said.err == "unbadged: file cannot be written to. Choose another folder: --data DIR\n"

"""A platform may deliver a message twice, or at a bad moment. It counts once, whole, or not at all.
Whoever is refused is refused quickly, and the same message handed in again then arrives.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import psycopg
import pytest

from bot import demo
from bot.exchange import Exchange
from bot.incoming import Incoming
from coaching.journal import Tap, Words
from storage.conversations import Conversation
from storage.database import BusyError
from tests.faults.machine_room import ROOT, first_difference, what_is_left
from tests.faults.scene import Scene
from tests.storage.scenes import SECRET, Place, a_place

TO_THE_FIRST_WORDS = {
    "welcome": Tap("start"),
    "consent": Tap("ok"),
    "profile": Tap("yes"),
    "where_it_hurts": Tap("quality"),
}
FAST = 2.5  # seconds; a chat platform waits three


@pytest.fixture
def place(engine: str, tmp_path: Path) -> Iterator[Place]:
    with a_place(engine, tmp_path, migrated=True) as found:
        yield found


@pytest.fixture
def scene(place: Place) -> Iterator[Scene]:
    """The manager is asked for the first words."""
    store = place.open()
    made = Scene(store)
    made.play_until("which_work", TO_THE_FIRST_WORDS)
    yield made
    store.close()


def test_a_message_delivered_four_times_has_one_effect(scene: Scene) -> None:
    message = scene.incoming("Proposals for key accounts")
    scene.hear(message)
    scene.worker.run_due()
    once, sent = what_is_left(scene.store), len(scene.channel.sent)
    for _ in range(3):
        scene.hear(message)
        scene.worker.run_due()
    assert not first_difference(once, what_is_left(scene.store))
    assert len(scene.channel.sent) == sent


def test_a_message_delivered_to_two_processes_at_once_has_one_effect(place: Place, scene: Scene) -> None:
    texts = ("Proposals for key accounts", "Every proposal goes through four rounds", "yes", "yes")
    asked = len(what_is_left(scene.store)["journal"])
    messages = [scene.incoming(text) for text in texts]
    order = json.dumps({"url": place.url, "secret": SECRET, "messages": [asdict(each) for each in messages]})
    command = [sys.executable, "-m", "tests.faults.racing", order]
    own = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run(command, cwd=ROOT, env=own, timeout=60).returncode == 0
    left = what_is_left(scene.store)
    assert len(left["journal"]) == asked + len(texts)
    assert len(left["inbound"]) == len(TO_THE_FIRST_WORDS) + len(texts)
    before = len(scene.channel.sent)
    scene.worker.run_due()
    said = [delivery.message.text for delivery in scene.channel.sent[before:]]
    assert len(said) == len(set(said)) == len(texts)


def test_a_mistake_after_the_message_was_marked_as_seen_takes_the_mark_back(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, before = scene.incoming("Proposals for key accounts"), what_is_left(scene.store)

    def fails(_self: Exchange, _talk: Conversation) -> None:
        raise RuntimeError("a mistake, after the answer was written")

    with monkeypatch.context() as broken:
        broken.setattr(Exchange, "advance", fails)
        with pytest.raises(RuntimeError):
            scene.hear(message)
    assert not first_difference(before, what_is_left(scene.store))
    scene.hear(message)
    assert _answers(scene) == ["Proposals for key accounts"]


def test_a_busy_database_refuses_quickly_and_keeps_nothing_half(place: Place, scene: Scene) -> None:
    message, before = scene.incoming("Proposals for key accounts"), what_is_left(scene.store)
    with _held_up(place, scene.me):
        began = time.monotonic()
        with pytest.raises(BusyError):
            scene.hear(message)
        assert time.monotonic() - began < FAST
    assert not first_difference(before, what_is_left(scene.store))
    scene.hear(message)
    assert _answers(scene) == ["Proposals for key accounts"]


def test_the_worker_goes_on_after_a_busy_moment(place: Place, scene: Scene) -> None:
    scene.hear(scene.incoming("Proposals for key accounts"))
    sent = len(scene.channel.sent)
    with _held_up(place, scene.me, table="job"), pytest.raises(BusyError):
        scene.worker.run_due()
    scene.worker.run_due()
    assert len(scene.channel.sent) == sent + 1


@contextmanager
def _held_up(place: Place, person_id: str, table: str = "person") -> Iterator[None]:
    """Somebody else is writing and does not come to an end: the file, or the rows that are needed."""
    if place.engine == "sqlite":
        other = sqlite3.connect(place.folder / "unbadged.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
        other.close()
        return
    with psycopg.connect(place.url) as connection:
        if table == "person":
            connection.execute("SELECT 1 FROM person WHERE id = %s FOR UPDATE", (person_id,))
        else:
            connection.execute("LOCK TABLE job IN ACCESS EXCLUSIVE MODE")
        yield
        connection.rollback()


def _answers(scene: Scene) -> list[str]:
    with scene.store.reading(demo.ORGANISATION) as repo:
        (talk,) = repo.conversations(scene.me)
        entries = repo.journal(talk.id).entries
    return [entry.answer.text for entry in entries if isinstance(entry.answer, Words)]


def test_a_button_pressed_twice_is_one_answer(scene: Scene) -> None:
    """A double click is two messages with two keys: the second finds the question answered and says so."""
    scene.do("Proposals for key accounts")
    scene.do("Every proposal goes through four rounds")
    first, second = scene.incoming(Tap("yes")), scene.incoming(Tap("yes"))
    scene.hear(first)
    before = len(what_is_left(scene.store)["journal"])
    scene.hear(Incoming(second.channel, second.key, second.person_id, token=first.token))
    assert len(what_is_left(scene.store)["journal"]) == before

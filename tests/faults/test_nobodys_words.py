"""Whatever goes wrong, and however loud the logs are, nothing a manager wrote comes out of them, and no name.
Whole conversations are played and things are broken in the middle while every logger says all it can.
"""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import demo, serve
from bot.channel import Delivery
from bot.exchange import Exchange
from storage.columns import metadata
from storage.conversations import Conversation
from storage.migrate import migrate
from storage.store import Store
from tests.conversation import FOLDER, Player, read
from tests.faults.listening_in import everything_is_logged, found, managers, people, words_of
from tests.faults.scene import Scene
from tests.faults.test_deliveries import TO_THE_FIRST_WORDS
from tests.storage.scenes import a_place

SECRETLY = "Ottilie Brandt forgot the Hawthorn contract again"
PIECES = {SECRETLY, "Ottilie", "Brandt", "forgot the Hawthorn", "Hawthorn"}
ASIDE = {"Zebedee"}  # stands in an address, which a server may log; only the door leaves it out
WHOLE = (
    ("sqlite", "rehearsing_without_rails"),
    ("sqlite", "something_feels_wrong"),
    ("postgres", "a_first_week_in_japanese"),
)


@pytest.mark.parametrize("engine, name", WHOLE)
def test_a_whole_conversation_leaves_no_words_in_the_logs_and_none_open_in_the_tables(
    engine: str, name: str, tmp_path: Path
) -> None:
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    needles = words_of(text)
    assert len(needles) > 8
    with a_place(engine, tmp_path, migrated=False) as place, everything_is_logged() as heard:
        migrate(place.url)
        store = place.open()
        Player(store, read(text).manager).run(read(text))
        kept = _as_kept(store)
        store.close()
    assert {"sqlalchemy", "alembic"} <= heard.loggers
    assert len(heard.said) > 1_000
    assert not heard.found_in_records(needles | managers())
    assert not heard.found_at_the_door(needles | people())
    assert not found(needles | managers(), kept)


def test_what_breaks_while_a_message_is_taken_in_is_logged_without_it(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake that quotes the words, and a refusal of the database, of which some engines quote the row."""

    def quotes(_self: Exchange, _talk: Conversation) -> None:
        raise ValueError(f"cannot read {SECRETLY!r}")

    def is_refused(self: Exchange, talk: Conversation) -> None:
        self.repo.open_conversation(self.person.id, talk.kind, talk.ordinal, self.now, SECRETLY)

    with _scene(engine, tmp_path) as scene, everything_is_logged() as heard, _answering(scene) as port:
        for breaks in (quotes, is_refused):
            with monkeypatch.context() as broken:
                broken.setattr(Exchange, "advance", breaks)
                assert _post(port) == 500
        assert _post(port) == 200
    assert heard.door.getvalue().count("Exception in ASGI application") == 2
    assert "storage.database.RefusedError" in heard.door.getvalue()
    rule = {"sqlite": "conversation.ordinal", "postgres": "uq_conversation_ordinal"}[engine]
    assert rule in heard.door.getvalue()
    assert not heard.found_at_the_door(PIECES | ASIDE | people())
    assert not heard.found_in_records(PIECES | managers())


def test_what_breaks_in_the_worker_is_logged_without_what_it_was_to_say(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The coach says back what the manager wrote; a channel that fails says what it was to send."""

    quoted: list[str] = []

    def loud(delivery: Delivery) -> str:
        quoted.append(delivery.message.text)
        raise RuntimeError(f"{delivery.platform_id} cannot take {delivery.message.text!r}")

    with _scene(engine, tmp_path) as scene, everything_is_logged() as heard:
        scene.hear(scene.incoming(SECRETLY))
        tick = serve.Tick(scene.worker)
        with monkeypatch.context() as broken:
            broken.setattr(scene.channel, "send", loud)
            tick.run()
        assert SECRETLY in quoted[0]
        _ticks_once(tick, scene, monkeypatch)
    assert "failed: RuntimeError" in heard.door.getvalue()
    assert "apscheduler" in heard.loggers
    assert not heard.found_at_the_door(PIECES | people() | {scene.me})
    assert not heard.found_in_records(PIECES | managers())


def _as_kept(store: Store) -> str:
    """All rows as whoever copies the database sees them."""
    with store.reading(demo.ORGANISATION) as repo:
        return "\n".join(repr(repo.scope.rows(table)) for table in metadata.sorted_tables)


@contextmanager
def _scene(engine: str, folder: Path) -> Iterator[Scene]:
    with a_place(engine, folder, migrated=True) as place:
        store = place.open()
        scene = Scene(store)
        scene.play_until("which_work", TO_THE_FIRST_WORDS)
        yield scene
        store.close()


def _ticks_once(tick: serve.Tick, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scheduler itself, started, until it has run the worker."""
    ran, run = threading.Event(), scene.worker.run_due

    def runs() -> int:
        try:
            return run()
        finally:
            ran.set()

    monkeypatch.setattr(scene.worker, "run_due", runs)
    monkeypatch.setattr(serve, "TICK_SECONDS", 0.05)
    again = serve.Tick(scene.worker)
    again.start()
    assert ran.wait(30)
    again.stop()


@contextmanager
def _answering(scene: Scene) -> Iterator[int]:
    """A real server in front of the listener, as a channel puts one there."""

    def taken(_request: Request) -> Response:
        scene.hear(scene.incoming(SECRETLY, "the-one-key"))
        return Response()

    door = socket.create_server(("127.0.0.1", 0))
    app = Starlette(routes=[Route("/in", taken, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, log_level="debug", access_log=True))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
    thread.start()
    try:
        yield int(door.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(30)
        door.close()


def _post(port: int) -> int:
    connection: Any = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", "/in?said=Zebedee", SECRETLY)
    status = int(connection.getresponse().status)
    connection.close()
    return status

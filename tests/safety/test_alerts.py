"""Danger through the real service: people are told over a real wire, again and again until one of them has
it,
and the manager is told the truth about it. No word of theirs leaves."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.alert_page import alert_routes
from bot.alerts import Alerts, Route, Webhook
from bot.serve import health
from bot.worker import Worker
from storage import alerts
from storage.people import Status
from tests.properties.service import CHANNEL, LANGUAGE, ORGANISATION, PLACES, Service, service

SAID = "I don't want to live anymore, pelican"
PUBLIC = "https://coach.example.com"


@dataclass
class Pager:
    """Where on-call people read: takes JSON on loopback, and answers as it is told to."""

    status: int = 200
    taken: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""


@contextmanager
def open_pager() -> Iterator[Pager]:
    pager = Pager()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            pager.taken.append(json.loads(body))
            self.send_response(pager.status)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    pager.url = f"http://127.0.0.1:{server.server_address[1]}/page"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield pager
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def pager() -> Iterator[Pager]:
    with open_pager() as found:
        yield found


@pytest.fixture
def here() -> Iterator[Service]:
    """Somebody in Singapore whose first week has just opened."""
    with service(Random(1), in_week_one=True, place=PLACES[0]) as found:
        yield found


def with_routes(here: Service, *routes: Route) -> None:
    alerting = Alerts(here.store, LANGUAGE, here.clock, routes, PUBLIC)
    here.worker = Worker(here.store, LANGUAGE, here.clock, {CHANNEL: here}, answerers={"alert": alerting})


def names(here: Service) -> list[str]:
    return [each.job.name for each in here.arrived_here]


def status(here: Service) -> Status:
    return here.person.status


def later(here: Service, **how: float) -> None:
    here.clock.moment += timedelta(**how)
    here.worker.run_due()


def page(here: Service) -> TestClient:
    return TestClient(Starlette(routes=list(alert_routes(here.store, LANGUAGE, here.clock))))


def test_both_are_told_at_once_with_a_name_and_no_words(here: Service, pager: Pager) -> None:
    with_routes(here, Webhook(pager.url))
    here.receive(words=SAID)
    assert [each["to"] for each in pager.taken] == ["Mei", "Irene"]
    assert all(each["person"] == "Dana" and each["reach"] == "d@example.com" for each in pager.taken)
    assert "pelican" not in json.dumps(pager.taken)
    said = names(here)[-4:]
    assert said[0] == "danger"
    assert "danger_alerted" in said
    assert "danger_unreached" not in names(here)
    assert said[-1] == "danger_stay"


@pytest.mark.parametrize("trouble", ["nobody configured", "refused", "error"])
def test_whoever_cannot_be_reached_is_not_said_to_be(here: Service, pager: Pager, trouble: str) -> None:
    match trouble:
        case "refused":
            with_routes(here, Webhook("http://127.0.0.1:9/nothing-listens-here"))
        case "error":
            pager.status = 500
            with_routes(here, Webhook(pager.url))
        case _:
            with_routes(here)
    here.receive(words=SAID)
    assert "danger_unreached" in names(here)
    assert "danger_alerted" not in names(here)


def test_it_comes_again_until_somebody_has_it(here: Service, pager: Pager) -> None:
    with_routes(here, Webhook(pager.url))
    here.receive(words=SAID)
    later(here, minutes=9)
    assert len(pager.taken) == 2
    later(here, minutes=2)
    assert len(pager.taken) == 4
    link = str(pager.taken[-1]["acknowledge"])
    assert link.startswith(f"{PUBLIC}/alerts/")
    path = link.removeprefix(PUBLIC)
    client = page(here)
    assert "I have it" in client.get(path).text
    later(here, minutes=11)
    assert len(pager.taken) == 6, "opening the link says nothing yet: programs open links too"
    assert client.post(path).status_code == 200
    later(here, minutes=11)
    later(here, hours=2)
    assert len(pager.taken) == 6


def test_an_address_that_failed_is_tried_again(here: Service, pager: Pager) -> None:
    pager.status = 503
    with_routes(here, Webhook(pager.url))
    here.receive(words=SAID)
    pager.status = 200
    later(here, minutes=11)
    with here.store.reading(ORGANISATION) as repo:
        (alert,) = alerts.open_alerts(repo.scope, here.id)
    assert (alert.times_sent, alert.reached) == (2, 2)


def test_after_an_hour_health_says_so(here: Service, pager: Pager) -> None:
    with_routes(here, Webhook(pager.url))
    here.receive(words=SAID)
    assert health(here.store, here.clock.now()).status == "ok"
    later(here, minutes=61)
    found = health(here.store, here.clock.now())
    assert (found.status, found.alert_minutes) == ("degraded", 61)


@pytest.mark.parametrize("token", ["", "org.x", "org.0000.abc", "nobody.0000.abc", "org.{id}.wrong"])
def test_a_link_that_is_not_ours_takes_nothing_on(here: Service, pager: Pager, token: str) -> None:
    with_routes(here, Webhook(pager.url))
    here.receive(words=SAID)
    with here.store.reading(ORGANISATION) as repo:
        (alert,) = alerts.open_alerts(repo.scope, here.id)
    answer = page(here).post(f"/alerts/{token.format(id=alert.id)}")
    assert answer.status_code == 404
    with here.store.reading(ORGANISATION) as repo:
        assert alerts.open_alerts(repo.scope, here.id)


def test_nothing_goes_on_before_a_person_has_them_and_they_ask(
    here: Service, pager: Pager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.alerts.AGAIN_AFTER", timedelta(days=1))  # three weeks are walked through
    with_routes(here, Webhook(pager.url))
    here.receive(words=SAID)
    here.receive(words="I'm safe for now")
    assert status(here) is Status.HELD
    before = len(here.arrived_here)
    here.walk(here.clock.now() + timedelta(weeks=3))
    assert len(here.arrived_here) == before, "nothing comes unasked"
    here.receive(words="start")
    assert names(here)[-1] == "a_person_first"
    assert status(here) is Status.HELD
    assert page(here).post(str(pager.taken[0]["acknowledge"]).removeprefix(PUBLIC)).status_code == 200
    here.receive(words="start")
    assert status(here) is Status.ACTIVE


def test_said_twice_it_is_one_alert(here: Service, pager: Pager) -> None:
    with_routes(here, Webhook(pager.url))
    here.receive(words=SAID)
    here.receive(words="i really want to end my life")
    assert len(pager.taken) == 2
    assert names(here)[-1] == "danger_stay"


def test_while_it_is_open_nothing_comes_unasked(
    here: Service, pager: Pager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.alerts.AGAIN_AFTER", timedelta(days=1))  # two weeks are walked through
    with_routes(here, Webhook(pager.url))
    here.receive(words=SAID)
    before = len(here.arrived_here)
    here.walk(here.clock.now() + timedelta(weeks=2))
    assert len(here.arrived_here) == before

"""One job that cannot be done stops no other; it is tried again, later and later, and given up where health
lists it. News of guardrails is queued with their publication, so a power cut keeps it from nobody."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest

from bot import publishing, weeks
from bot.channel import Delivery
from bot.exchange import Exchange
from bot.serve import health
from coaching import facts
from coaching.assignment import State
from coaching.needs import Line
from storage import queue, values
from storage.jobs import JobKind, JobState, job_table
from storage.scope import Row
from tests.properties.people import guardrails
from tests.properties.service import CHANNEL, ORGANISATION, PLACES, Service, service


@pytest.fixture
def here() -> Iterator[Service]:
    with service(Random(1), in_week_one=True, place=PLACES[0]) as found:
        yield found


def add(here: Service, name: str, number: int, kind: JobKind = JobKind.SAY) -> None:
    with here.store.transaction(ORGANISATION) as repo:
        queue.add(
            repo,
            person_id=here.id,
            kind=kind,
            name=name,
            asking=number,
            due_at=here.clock.now(),
            body=values.dump(Line(name, {})),
            channel=CHANNEL,
        )


def job(here: Service, number: int) -> Row:
    with here.store.reading(ORGANISATION) as repo:
        (row,) = repo.scope.rows(job_table, job_table.c.asking == number, job_table.c.asking >= 900)
    return row


def broken(*_whatever: object) -> None:
    raise ValueError("the Osaka quote went to the wrong client")


def test_a_job_that_fails_stops_no_other_and_quotes_nobody(
    here: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(weeks, "wake", broken)
    add(here, "whatever", 900, JobKind.WAKE)
    add(here, "help", 901)
    with caplog.at_level(logging.DEBUG, "unbadged"):
        here.worker.run_due()
    assert job(here, 901)["state"] == JobState.SENT
    failed = job(here, 900)
    assert (failed["state"], failed["reason"]) == (JobState.READY, "failed")
    assert failed["try_at"] > here.clock.now()
    assert "ValueError" in caplog.text
    assert "Osaka" not in caplog.text


def test_it_is_tried_less_and_less_often_and_given_up_after_a_day(
    here: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weeks, "wake", broken)
    add(here, "whatever", 900, JobKind.WAKE)
    began = here.clock.now()
    waits: list[timedelta] = []
    here.worker.run_due()
    while (row := job(here, 900))["state"] == JobState.READY:
        assert len(waits) < 100
        waits.append(row["try_at"] - here.clock.now())
        here.clock.moment = row["try_at"]
        here.worker.run_due()
    assert (row["state"], row["reason"]) == (JobState.DEAD, "failed")
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(minutes=30)
    assert here.clock.now() >= began + timedelta(days=1)
    assert health(here.store, here.clock.now()).dead == 1


def test_after_long_downtime_a_first_failure_is_not_yet_the_end(
    here: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(here, "whatever", 900, JobKind.WAKE)
    monkeypatch.setattr(weeks, "wake", broken)
    here.clock.moment += timedelta(days=8)
    here.worker.run_due()
    assert job(here, 900)["state"] == JobState.READY


def test_a_line_whose_sending_broke_is_looked_for_and_never_sent_twice(
    here: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrives = type(here).send

    def sends_and_breaks(delivery: Delivery) -> str:
        arrives(here, delivery)
        raise ConnectionResetError("no answer")

    monkeypatch.setattr(here, "send", sends_and_breaks, raising=False)
    add(here, "help", 900)
    here.worker.run_due()
    monkeypatch.undo()
    here.worker.run_due()
    assert [each.job.name for each in here.arrived_here] == ["help"]
    assert job(here, 900)["state"] == JobState.SENT


def test_a_line_that_broke_before_it_left_is_sent_after_all(
    here: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(here, "send", broken, raising=False)
    add(here, "help", 900)
    here.worker.run_due()
    monkeypatch.undo()
    here.worker.run_due()
    assert [each.job.name for each in here.arrived_here] == ["help"]


def test_news_of_guardrails_is_queued_with_their_publication(here: Service) -> None:
    here.receive(words="help")
    slice_held(here)
    # As if the power had failed here: nobody has been told. Then the worker comes, and nothing else.
    here.clock.moment += timedelta(days=1)
    here.worker.run_due()
    assert [each.job.nudge for each in here.arrived_here][-1] == "held"
    with here.store.reading(ORGANISATION) as repo:
        told = repo.scope.rows(job_table, job_table.c.name == publishing.TELL)
    assert {row["state"] for row in told} == {JobState.DONE}


def test_published_a_second_time_nobody_is_told_twice(here: Service) -> None:
    here.receive(words="help")
    slice_held(here)
    here.clock.moment += timedelta(days=1)
    here.worker.run_due()
    before = len(here.arrived_here)
    assert publishing.publish(here.store, ORGANISATION, guardrails("SG", 2), here.clock.now()) == 0
    here.worker.run_due()
    assert len(here.arrived_here) == before


def test_one_manager_whose_turn_fails_keeps_nobody_else_from_hearing(
    here: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    with here.store.reading(ORGANISATION) as repo:
        other = next(each.id for each in repo.people() if each.id != here.id)
    told = publishing.tell

    def fails_for_one(exchange: Exchange) -> None:
        if exchange.person.id == other:
            raise ValueError
        told(exchange)

    monkeypatch.setattr(publishing, "tell", fails_for_one)
    here.receive(words="help")
    slice_held(here)
    here.clock.moment += timedelta(days=1)
    here.worker.run_due()
    assert [each.job.nudge for each in here.arrived_here][-1] == "held"


def slice_held(here: Service) -> None:
    held = publishing.publish(here.store, ORGANISATION, guardrails("SG", 2), here.clock.now())
    assert held == 1
    with here.store.reading(ORGANISATION) as repo:
        assert repo.facts(here.id, facts.Assignment)[-1].fact.state == State.HELD

"""What is asked outside holds up nobody's line, is answered once, and is not lost with a worker; and some
hands are kept for whoever is in danger."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

import pytest

from bot.alerts import Alerts, Notice
from bot.answerer import ALERT, MODEL, query_of
from bot.lookups import KEPT_FOR_URGENT
from bot.worker import Worker
from coaching.needs import Line
from storage import queue, values
from storage.jobs import Job, JobKind, JobState, job_table
from storage.scope import Row
from tests.properties.service import CHANNEL, LANGUAGE, ORGANISATION, PLACES, Service, service
from tests.slack.sending import a_minute_passes

PATIENCE = 20  # seconds; nothing here takes one
SAID = "I don't want to live anymore, pelican"


@pytest.fixture
def here() -> Iterator[Service]:
    with service(Random(1), in_week_one=True, place=PLACES[0]) as found:
        yield found


@dataclass
class Hanging:
    """Somebody outside who does not answer before ``answers`` is set, and what they were asked."""

    store: Service
    answers: threading.Event = field(default_factory=threading.Event)
    asked: list[Job] = field(default_factory=list)
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def answer(self, job: Job) -> None:
        self.asked.append(job)
        self.arrived.release()
        assert self.answers.wait(PATIENCE)
        queue.finish(self.store.store, job, JobState.DONE, self.store.clock.now())

    def has_been_asked(self) -> bool:
        return self.arrived.acquire(timeout=PATIENCE)


@dataclass
class Phone:
    """A way to reach a contact."""

    rang: list[str] = field(default_factory=list)

    def send(self, notice: Notice) -> bool:
        self.rang.append(notice.to)
        return True


def worker(here: Service, *, lookups: int = 0, **answerers: object) -> Worker:
    return Worker(
        here.store,
        LANGUAGE,
        here.clock,
        {CHANNEL: here},
        answerers=answerers,  # type: ignore[arg-type]
        lookups=lookups,
    )


def alerting(here: Service, phone: Phone) -> Alerts:
    return Alerts(here.store, LANGUAGE, here.clock, (phone,), "")


@contextmanager
def closing(worker: Worker, hanging: Hanging) -> Iterator[None]:
    try:
        yield
    finally:
        hanging.answers.set()
        worker.close()


def add(here: Service, number: int, kind: JobKind, *, urgent: bool = False, query: str = MODEL) -> None:
    body = {"query": query} if kind is JobKind.FETCH else Line("help", {})
    with here.store.transaction(ORGANISATION) as repo:
        queue.add(
            repo,
            person_id=here.id,
            kind=kind,
            name="help",
            asking=number,
            due_at=here.clock.now(),
            body=values.dump(body),
            channel=CHANNEL,
            urgent=urgent,
        )


def job(here: Service, number: int) -> Row:
    with here.store.reading(ORGANISATION) as repo:
        (row,) = repo.scope.rows(job_table, job_table.c.asking == number, job_table.c.asking >= 900)
    return row


def test_a_slow_lookup_holds_up_nobodys_line_and_is_done_before_the_worker_closes(here: Service) -> None:
    hanging = Hanging(here)
    serving = worker(here, lookups=3, model=hanging)
    add(here, 900, JobKind.FETCH)
    add(here, 901, JobKind.SAY)
    with closing(serving, hanging):
        serving.run_due()
        assert hanging.has_been_asked()
        assert job(here, 901)["state"] == JobState.SENT
        assert job(here, 900)["state"] == JobState.SENDING
        add(here, 902, JobKind.SAY)
        serving.run_due()
        assert job(here, 902)["state"] == JobState.SENT, "and the next round goes on too"
    assert job(here, 900)["state"] == JobState.DONE
    assert len(hanging.asked) == 1


def test_no_more_is_taken_than_there_are_hands_and_danger_has_its_own(here: Service) -> None:
    hanging = Hanging(here)
    serving = worker(here, lookups=KEPT_FOR_URGENT + 1, model=hanging, alert=hanging)
    for number in range(900, 904):
        add(here, number, JobKind.FETCH)
    with closing(serving, hanging):
        serving.run_due()
        assert hanging.has_been_asked()
        waits = [job(here, number)["state"] for number in range(900, 904)]
        assert waits == [JobState.SENDING, JobState.READY, JobState.READY, JobState.READY]
        add(here, 904, JobKind.FETCH, urgent=True, query=ALERT)
        serving.run_due()
        assert hanging.has_been_asked()
        assert job(here, 904)["state"] == JobState.SENDING


def test_what_a_killed_worker_was_asking_is_asked_by_the_next(here: Service) -> None:
    hanging, other = Hanging(here), Hanging(here)
    other.answers.set()
    killed = worker(here, lookups=3, model=hanging)
    add(here, 900, JobKind.FETCH)
    with closing(killed, hanging):
        killed.run_due()
        assert hanging.has_been_asked()
        worker(here, model=other).run_due()
        assert other.asked == [], "while the lease lasts nobody else does"
        a_minute_passes(here.store)
        worker(here, model=other).run_due()
        assert job(here, 900)["state"] == JobState.DONE
    assert [each.attempts for each in other.asked] == [2]
    assert job(here, 900)["attempts"] == 2, "and what the first brought too late counts for nothing"


def test_two_workers_and_a_lease_that_ran_out_make_one_alert(
    here: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first line of a batch takes so long that the alert behind it is somebody else's by then."""
    phone = Phone()
    here.worker = worker(here, alert=alerting(here, phone))
    other = worker(here, alert=alerting(here, phone))
    sends, hung = type(here).send, threading.Event()

    def hangs(delivery: object) -> str:
        if not hung.is_set():
            hung.set()
            a_minute_passes(here.store)
            other.run_due()
        return sends(here, delivery)  # type: ignore[arg-type]

    monkeypatch.setattr(here, "send", hangs, raising=False)
    here.receive(words=SAID)
    assert hung.is_set()
    assert phone.rang == ["Mei", "Irene"]
    assert [each.job.name for each in here.arrived_here].count("danger_alerted") == 1


def test_a_job_says_what_it_asks_and_those_of_before_ask_for_an_alert(here: Service) -> None:
    here.worker = worker(here)
    for number, query in ((900, MODEL), (901, ALERT)):
        add(here, number, JobKind.FETCH, query=query)
    with here.store.transaction(ORGANISATION) as repo:
        queue.add(
            repo, person_id=here.id, kind=JobKind.FETCH, name="alerted", asking=902, due_at=here.clock.now()
        )
        found = {each.asking: query_of(each) for each in queue.waiting(repo, here.id) if each.asking >= 900}
    assert found == {900: MODEL, 901: ALERT, 902: ALERT}

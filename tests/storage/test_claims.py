"""A claimed job is held by one worker at a time; one whose worker vanished is neither lost nor repeated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TypeVar

import pytest

from storage import queue
from storage.database import BusyError
from storage.people import Person
from storage.queue import Job
from storage.store import Store
from tests.storage.queueing import LATER, SOON, add, claim, names, queued, states
from tests.storage.scenes import NOW, Place, a_manager

T = TypeVar("T")
TRIES = 10


def vanish(store: Store, after: float = -1) -> Job:
    """A worker takes a line, begins to send it, and is never heard of again; its lease ends ``after``."""
    (job,) = claim(store)
    assert queue.begin(store, job, after)
    return job


def test_a_line_whose_sender_vanished_is_unknown_and_never_ready(store: Store, manager: Person) -> None:
    add(store, manager, "one")
    job = vanish(store)
    assert claim(store, LATER) == []
    assert states(store, manager)["one"] == ("unknown", None)
    assert [each.id for each in queue.unsettled(store)] == [job.id]
    assert not queue.finish(store, job, "sent", NOW)


def test_the_lines_after_an_unknown_one_wait_until_it_was_looked_for(store: Store, manager: Person) -> None:
    add(store, manager, "one")
    add(store, manager, "two")
    vanish(store)
    (unknown,) = queue.unsettled(store)
    assert claim(store) == []
    assert queue.settle(store, unknown, "unknown", NOW, reason="cannot_look")
    assert queue.unsettled(store) == []
    assert names(claim(store)) == ["two"]


def test_the_lines_after_an_unknown_one_do_not_wait_for_ever(store: Store, manager: Person) -> None:
    add(store, manager, "one")
    add(store, manager, "two")
    vanish(store, -queue.LOOKUP_SECONDS - 1)
    assert names(claim(store)) == ["two"]


@pytest.mark.parametrize("state", ["sent", "ready"])
def test_an_unknown_line_that_was_looked_for_is_settled(store: Store, manager: Person, state: str) -> None:
    add(store, manager, "one")
    vanish(store)
    (unknown,) = queue.unsettled(store)
    assert queue.settle(store, unknown, state, NOW)
    assert not queue.settle(store, unknown, state, NOW)
    assert states(store, manager)["one"] == (state, None)
    assert names(claim(store)) == (["one"] if state == "ready" else [])


def test_a_line_that_nobody_began_to_send_is_ready_again(store: Store, manager: Person) -> None:
    add(store, manager, "one")
    (job,) = claim(store, seconds=-1)
    assert not queue.begin(store, job, 60)  # its lease had run out: somebody else may have it
    (again,) = claim(store, owner="two")
    assert (again.name, again.attempts) == ("one", 2)
    assert not queue.begin(store, job, 60)
    assert queue.begin(store, again, 60)


def test_a_line_that_is_put_back_untried_keeps_its_place_and_counts_no_try(
    store: Store, manager: Person
) -> None:
    add(store, manager, "one")
    add(store, manager, "two")
    (job,) = claim(store)
    assert queue.begin(store, job, 60)
    assert queue.put_back(store, job, SOON)
    assert not queue.finish(store, job, "sent", NOW)
    assert claim(store) == []
    (again,) = claim(store, SOON)
    assert (again.name, again.attempts, again.reason) == ("one", 1, None)


def test_a_card_is_settled_after_every_line(store: Store, manager: Person) -> None:
    add(store, manager, "card", kind="settle")
    with store.transaction("org") as repository:
        other = a_manager(repository, "two@example.com")
    add(store, other, "line", due_at=SOON)
    assert names(claim(store, SOON)) == ["line", "card"]


def test_a_lookup_whose_worker_vanished_is_ready_again(store: Store, manager: Person) -> None:
    add(store, manager, "rails", kind="fetch")
    claim(store, seconds=-1)
    (again,) = claim(store, owner="two")
    assert (again.name, again.attempts, again.lease_owner) == ("rails", 2, "two")


def test_whoever_lost_the_claim_cannot_finish(store: Store, manager: Person) -> None:
    add(store, manager, "rails", kind="fetch")
    (lost,) = claim(store, seconds=-1)
    (held,) = claim(store)  # the same owner, later
    assert not queue.finish(store, lost, "done", NOW)
    assert not queue.retry(store, lost, SOON)
    assert not queue.postpone(store, lost, SOON)
    assert queue.finish(store, held, "done", NOW)
    assert not queue.finish(store, held, "done", NOW)


def test_finishing_can_be_part_of_what_the_job_did(store: Store, manager: Person) -> None:
    add(store, manager, "monday", kind="wake")
    (job,) = claim(store)

    def cut_short() -> None:
        with store.transaction("org") as repository:
            assert queue.finish(repository, job, "done", NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cut_short()
    assert states(store, manager)["monday"] == ("sending", None)
    with store.transaction("org") as repository:
        assert queue.finish(repository, job, "done", NOW)
    assert states(store, manager)["monday"] == ("done", None)


def patiently(do: Callable[[], T]) -> T:
    """As a tick does it: where the database is busy, a little later; on two cores six are many."""
    for _ in range(TRIES):
        with suppress(BusyError):
            return do()
    return do()


@pytest.fixture
def replicas(place: Place, store: Store) -> Iterator[list[Store]]:
    opened = [place.open() for _ in range(2)]
    yield [store, *opened]
    for each in opened:
        each.close()


def test_claimers_at_the_same_time_never_get_the_same_job(replicas: list[Store]) -> None:
    with replicas[0].transaction("org") as repository:
        people = [a_manager(repository, f"{n}@example.com") for n in range(30)]
        for person in people:
            for name in ("one", "two"):
                queued(repository, person, name)

    def work(number: int) -> list[str]:
        store, done = replicas[number % len(replicas)], []
        while jobs := patiently(lambda: claim(store, owner=f"worker {number}", limit=3)):
            for job in jobs:
                assert patiently(partial(queue.finish, store, job, "sent", NOW))
                done.append(f"{job.person_id} {job.name}")
        return done

    with ThreadPoolExecutor(6) as pool:
        done = [each for part in pool.map(work, range(6)) for each in part]
    done += work(0)  # a worker may find nothing free while others hold the last ones
    assert len(done) == 60
    assert len(set(done)) == 60
    for person in people:
        assert done.index(f"{person.id} one") >= 0

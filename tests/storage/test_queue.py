"""The queue: nothing twice, nothing lost in silence, each person's lines in order, whoever works it off."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from storage import queue
from storage.people import Person
from storage.queue import JobState
from storage.store import Store
from tests.storage.queueing import LATER, SOON, add, claim, names, queued, states
from tests.storage.scenes import NOW, a_manager, furnish, talk


def test_a_job_is_handed_out_with_what_it_carries(store: Store, manager: Person) -> None:
    with store.transaction("org") as repository:
        conversation = talk(repository, manager.id)
        queued(
            repository,
            manager,
            "pain",
            conversation_id=conversation,
            body='{"pain": "the report"}',
            channel="slack",
            nudge="check_in",
            use_by=LATER,
        )
    (job,) = claim(store)
    assert (job.body, job.channel, job.nudge, job.use_by) == (
        '{"pain": "the report"}',
        "slack",
        "check_in",
        LATER,
    )
    assert (job.conversation_id, job.person_id, job.attempts) == (conversation, manager.id, 1)
    assert job.state is JobState.SENDING


def test_the_same_line_is_never_queued_twice_not_even_after_it_was_sent(
    store: Store, manager: Person
) -> None:
    with store.transaction("org") as repository:
        conversation = talk(repository, manager.id)
        assert queued(repository, manager, "pain", conversation_id=conversation)
        assert not queued(repository, manager, "pain", conversation_id=conversation)
    (job,) = claim(store)
    queue.finish(store, job, "sent", NOW)
    assert not add(store, manager, "pain", conversation_id=conversation)
    assert add(store, manager, "pain", conversation_id=conversation, asking=2)
    assert add(store, manager, "pain", conversation_id=conversation, again=1)
    assert add(store, manager, "pain", conversation_id=conversation, kind="fetch")


def test_what_belongs_to_no_conversation_is_queued_once_a_person(store: Store, manager: Person) -> None:
    with store.transaction("org") as repository:
        other = a_manager(repository, "other@example.com")
    assert [add(store, each, "week", kind="open") for each in (manager, manager, other)] == [
        True,
        False,
        True,
    ]


def test_a_job_is_queued_with_the_transaction_or_not_at_all(store: Store, manager: Person) -> None:
    def cut_short() -> None:
        with store.transaction("org") as repository:
            queued(repository, manager, "pain")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cut_short()
    assert claim(store) == []


def test_due_is_compared_with_the_clock_that_is_handed_in(store: Store, manager: Person) -> None:
    add(store, manager, "later", due_at=LATER)
    assert queue.next_due(store) == LATER
    assert queue.next_due(store, manager.id) == LATER
    assert claim(store, SOON) == []
    assert names(claim(store, LATER)) == ["later"]
    assert queue.next_due(store) is None


def test_lines_to_one_person_go_out_one_by_one_in_order(store: Store, manager: Person) -> None:
    for name in ("one", "two", "three"):
        add(store, manager, name)
    heard = []
    for _ in range(3):
        (job,) = claim(store)
        assert claim(store, owner="two") == []
        heard.append(job.name)
        queue.finish(store, job, "sent", NOW, sent_ref="ts")
    assert heard == ["one", "two", "three"]


def test_one_persons_line_does_not_hold_up_anothers(store: Store, manager: Person) -> None:
    with store.transaction("org") as repository:
        other = a_manager(repository, "other@example.com")
    for person in (manager, other):
        for number in (1, 2):
            add(store, person, f"{number}")
    assert sorted(job.person_id for job in claim(store)) == sorted([manager.id, other.id])


def test_an_urgent_line_goes_first_and_waits_for_none(store: Store, manager: Person) -> None:
    add(store, manager, "one")
    add(store, manager, "two")
    assert names(claim(store)) == ["one"]
    add(store, manager, "call this number", urgent=True, due_at=SOON)
    assert names(claim(store, SOON)) == ["call this number"]


def test_lookups_and_wakes_wait_for_no_line(store: Store, manager: Person) -> None:
    add(store, manager, "one")
    add(store, manager, "two")
    add(store, manager, "rails", kind="fetch")
    add(store, manager, "monday", kind="wake")
    assert sorted(names(claim(store))) == ["monday", "one", "rails"]


def test_a_line_tried_again_keeps_its_place_and_the_next_waits(store: Store, manager: Person) -> None:
    add(store, manager, "one")
    add(store, manager, "two")
    (job,) = claim(store)
    assert queue.retry(store, job, SOON, "rate limited")
    assert claim(store) == []
    assert queue.next_due(store) == NOW  # the second line: due, and waiting for the first
    (again,) = claim(store, SOON)
    assert (again.name, again.attempts) == ("one", 2)


def test_a_line_postponed_lets_the_next_go(store: Store, manager: Person) -> None:
    add(store, manager, "one")
    add(store, manager, "two")
    (job,) = claim(store)
    assert queue.postpone(store, job, LATER)
    assert names(claim(store)) == ["two"]
    assert queue.next_due(store) == LATER


def test_a_line_held_up_longer_than_its_use_is_dropped(store: Store, manager: Person) -> None:
    add(store, manager, "stale", use_by=SOON)
    add(store, manager, "fresh")
    assert names(claim(store, SOON + timedelta(seconds=1))) == ["fresh"]
    assert states(store, manager)["stale"] == ("dropped", "stale")


def test_what_was_not_begun_can_be_called_off(store: Store, manager: Person) -> None:
    with store.transaction("org") as repository:
        conversation = talk(repository, manager.id)
        for name, kind in (("one", "say"), ("monday", "wake"), ("friday", "wake"), ("rails", "fetch")):
            queued(repository, manager, name, kind=kind, conversation_id=conversation)
    (begun, *_) = [job for job in claim(store) if job.name == "monday"]
    with store.transaction("org") as repository:
        assert queue.cancel(repository, conversation, ["wake"], at=NOW) == 0  # both are being worked on
        assert queue.retry(repository, begun, SOON)
        assert queue.cancel(repository, conversation, ["wake", "fetch"], at=NOW) == 1
        assert "monday" not in names(queue.waiting(repository, manager.id))
    add(store, manager, "late", due_at=LATER)
    with store.transaction("org") as repository:
        assert queue.cancel_for(repository, manager.id, ["say"], at=NOW, reason="stopped") == 1
    assert states(store, manager)["late"] == ("dropped", "stopped")


def test_what_is_waiting_and_what_was_said_unasked_can_be_listed(store: Store, manager: Person) -> None:
    for name, nudge, due_at in (
        ("reply", None, NOW),
        ("slice", "slice", SOON),
        ("check-in", "check_in", LATER),
    ):
        add(store, manager, name, nudge=nudge, due_at=due_at)
    for _ in range(2):
        (job,) = claim(store, SOON)
        queue.finish(store, job, "sent", SOON, sent_ref="ts1")
    with store.reading("org") as repository:
        assert names(queue.waiting(repository, manager.id)) == ["check-in"]
        (nudged,) = queue.nudged(repository, manager.id, NOW)
        assert queue.nudged(repository, manager.id, LATER) == []
    assert (nudged.nudge, nudged.finished_at, nudged.sent_ref) == ("slice", SOON, "ts1")


def test_done_jobs_drop_their_slots_after_a_while(store: Store, manager: Person) -> None:
    add(store, manager, "one", body='{"pain": "the report"}')
    add(store, manager, "two", due_at=LATER)
    (job,) = claim(store)
    queue.finish(store, job, "sent", NOW)
    assert queue.scrub(store, NOW + queue.RECONCILE) == 0
    assert queue.scrub(store, NOW + queue.RECONCILE + timedelta(seconds=1)) == 1
    (waiting,) = claim(store, LATER)
    assert waiting.body == "{}"


def test_nothing_is_said_to_somebody_forgotten_in_between(store: Store, manager: Person) -> None:
    add(store, manager, "one")
    store.keys.destroy("org", manager.id)  # as if the power failed in the middle of forgetting
    assert claim(store) == []
    assert states(store, manager)["one"] == ("dropped", "forgotten")


def test_jobs_of_every_organisation_are_claimed_and_keep_theirs(store: Store, manager: Person) -> None:
    furnish(store, "other")
    with store.transaction("other") as repository:
        stranger = a_manager(repository)
    add(store, manager, "one", body='"ours"')
    add(store, stranger, "one", "other", body='"theirs"')
    claimed = {job.organisation_id: job for job in claim(store)}
    assert {key: job.body for key, job in claimed.items()} == {"org": '"ours"', "other": '"theirs"'}
    stray = dataclasses.replace(claimed["org"], organisation_id="other")
    assert not queue.finish(store, stray, "sent", NOW)

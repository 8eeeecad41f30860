"""While a court forbids deleting, a wish to be forgotten closes the words to everyone and waits.

The end of the hold carries it out. Copies made before an upgrade are dealt with here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import demo
from bot.wishes import begin_forgetting
from coaching import facts
from coaching.journal import Entry, Words
from storage import queue, schema
from storage.forgetting import Forgotten, clear_copies
from storage.people import Status
from storage.store import Store
from tests.storage.scenes import (
    ENGINES,
    NOW,
    Place,
    a_manager,
    a_place,
    assignment,
    confirmation,
    furnish,
    rails,
)
from tests.wishes.living import Life

LATER = NOW + timedelta(days=400)


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with a_place(request.param, tmp_path, migrated=True) as found:
        yield found


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    opened = place.open()
    furnish(opened, "org")
    yield opened
    opened.close()


def somebody(store: Store) -> str:
    with store.transaction("org") as repo:
        person = a_manager(repo)
        talk = repo.open_conversation(person.id, "start", 1, NOW, '"the opening"').id
        repo.append(talk, Entry("q", 1, Words("what was said"), NOW), "Asia/Tokyo")
        repo.publish_guardrails(rails(), NOW)
        repo.project(talk, {"confirmation": confirmation(), "assignment": assignment()}, NOW)
        queue.add(
            repo, person_id=person.id, kind="say", name="line", asking=1, due_at=LATER, conversation_id=talk
        )
    return person.id


@pytest.mark.parametrize("told", [True, False])
def test_a_wish_under_a_hold_closes_everything_and_deletes_nothing(store: Store, told: bool) -> None:
    me = somebody(store)
    with store.transaction("org") as repo:
        repo.hold(me, NOW, told=told)
        assert repo.forget(me, NOW) is Forgotten.WITHHELD
    with store.transaction("org") as repo:
        person = repo.person(me)
        assert person is not None
        assert (person.status, person.name) == (Status.FORGOTTEN, "")
        (talk,) = repo.conversations(me)
        assert (talk.is_open, talk.opening) == (False, None)
        assert all(entry.withdrawn for entry in repo.journal(talk.id).entries)
        (kept,) = repo.facts(me, facts.Assignment)
        assert (kept.faded, kept.fact.item) == (True, "")
        assert queue.waiting(repo, me) == []
        assert repo.person_by_email("aiko@example.com") is None
        assert repo.scope.rows(schema.journal), "it is there, for whoever may order it opened"
        assert store.keys.find("org", me) is None
    assert store.finish_forgetting(NOW) == 0
    with store.transaction("org") as repo:
        repo.fade(me, LATER, LATER)
        (row,) = repo.scope.rows(schema.journal)
        assert row["answer"] is not None


def test_the_end_of_the_hold_carries_out_the_wish(store: Store) -> None:
    me = somebody(store)
    with store.transaction("org") as repo:
        repo.hold(me, NOW, told=True)
        repo.forget(me, NOW)
    with store.transaction("org") as repo:
        assert repo.release(me, LATER)
    with store.transaction("org") as repo:
        assert repo.scope.rows(schema.journal) == []
        assert repo.conversations(me) == []
        actions = [row["action"] for row in repo.scope.rows(schema.audit, order=(schema.audit.c.at,))]
        assert sorted(actions) == ["forgotten", "held", "released", "withheld"]
        assert me not in {row["subject"] for row in repo.scope.rows(schema.audit)}
        assert not repo.release(me, LATER), "there is none any more"


def test_a_hold_that_ends_without_a_wish_changes_nothing(store: Store) -> None:
    me = somebody(store)
    with store.transaction("org") as repo:
        repo.hold(me, NOW, told=True)
        repo.fade(me, LATER, LATER)
        assert not repo.release(me, LATER)
        (talk,) = repo.conversations(me)
        assert talk.opening is not None
        repo.fade(me, LATER, LATER)
        (talk,) = repo.conversations(me)
        assert talk.opening is None, "now it fades"


def test_a_withheld_key_is_wrapped_anew_with_the_others_and_opens_nothing(store: Store, place: Place) -> None:
    me = somebody(store)
    with store.transaction("org") as repo:
        repo.hold(me, NOW, told=True)
        repo.forget(me, NOW)
    store.close()
    newer = "a-newer-secret-for-these-tests-and-no-others"
    again = place.open(f"{newer},a-secret-for-these-tests-and-no-others")
    assert again.keys.rewrap() == 2, "this one and the organisation's"
    again.close()
    last = place.open(newer)
    assert last.keys.find("org", me) is None
    with last.transaction("org") as repo:
        assert repo.release(me, LATER)
    last.close()


def test_what_is_said_is_true_whether_or_not_the_hold_may_be_told(life: Life) -> None:
    for told, name in ((None, "forget_done"), (True, "forget_held"), (False, "forget_taken")):
        with life.store.transaction(demo.ORGANISATION) as repo:
            person = repo.person(life.me)
            assert person is not None
            if told is not None:
                repo.hold(life.me, NOW, told=told)
            assert begin_forgetting(repo, person, NOW).name == name


def test_copies_made_before_an_upgrade_are_kept_for_thirty_days(tmp_path: Path) -> None:
    database = tmp_path / "unbadged.db"
    old, young = "before-0001-20261001T120000", "before-0001-20261120T120000"
    names = ["unbadged.db", f"unbadged.db.{old}", f"unbadged.db.{young}", "unbadged.db.before-mine"]
    names.append(f"other.db.{old}")
    for name in names:
        (tmp_path / name).touch()
    assert clear_copies(database, NOW) == 1
    assert {path.name for path in tmp_path.iterdir()} == {*names} - {names[1]}

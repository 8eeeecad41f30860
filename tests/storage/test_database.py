"""The promises of the connection itself: durable, busy rather than hanging, and plain about what is wrong."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text

from coaching import facts
from storage import schema
from storage.crashpoints import _armed, crashpoint
from storage.database import BusyError, StorageError, UnavailableError, open_engine, transaction
from storage.store import Store
from tests.storage.scenes import (
    NOW,
    SECRET,
    Place,
    a_manager,
    assignment,
    confirmation,
    rails,
    talk,
)


def test_sqlite_is_set_to_lose_nothing(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/a.db")
    with transaction(engine) as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        found = [connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in asked]
    assert found == ["wal", 2, 1, 1, 1500]
    engine.dispose()


def test_postgres_waits_for_no_one_for_long(place: Place) -> None:
    if place.engine != "postgres":
        pytest.skip("of Postgres only")
    engine = open_engine(place.url)
    with transaction(engine) as connection:
        asked = ("statement_timeout", "lock_timeout", "TimeZone")
        found = [connection.execute(text(f"SHOW {name}")).scalar_one() for name in asked]
    assert found == ["5s", "1500ms", "UTC"]
    engine.dispose()


def test_a_busy_database_says_so_well_inside_three_seconds(place: Place, store: Store) -> None:
    with store.transaction("org") as repository:
        person = a_manager(repository)
    other = place.open()

    def second() -> float:
        began = time.monotonic()
        with pytest.raises(BusyError, match="nothing was stored"), other.transaction("org") as repository:
            repository.lock(person.id)
        return time.monotonic() - began

    with store.transaction("org") as repository:
        repository.lock(person.id)
        assert second() < 2.5
    with other.transaction("org") as repository:
        repository.lock(person.id)
    other.close()


def test_reading_holds_nobody_up(place: Place, store: Store) -> None:
    other = place.open()
    with store.transaction("org") as repository, other.reading("org") as reader:
        a_manager(repository)
        assert reader.people() == []
    other.close()


def test_moments_of_any_zone_are_kept_as_one_instant(store: Store) -> None:
    moments = [
        datetime(2026, 11, 23, 9, 0, 0, 1, tzinfo=timezone(timedelta(hours=9))),
        datetime(2026, 3, 29, 2, 30, tzinfo=UTC),
        datetime(2026, 1, 1, tzinfo=timezone(-timedelta(hours=11, minutes=30))),
    ]
    for moment in moments:
        with store.transaction("org") as repository:
            person = a_manager(repository, paused_until=moment, email=None)
        with store.reading("org") as repository:
            found = repository.person(person.id)
            assert found is not None
            assert found.paused_until == moment
            assert found.paused_until.tzinfo is UTC
            later = schema.person.c.paused_until > moment
            assert repository.scope.rows(schema.person, later, schema.person.c.id == person.id) == []


@pytest.mark.parametrize("url", ["", "mysql://x/y", "sqlite://", "nonsense", "sqlite:///"])
def test_an_address_that_is_none_is_explained_without_repeating_it(url: str) -> None:
    with pytest.raises(StorageError, match="reads sqlite:///path/to/file or postgresql://"):
        open_engine(url)


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at/all/a.db", "postgresql://someone:password1@127.0.0.1:1/x"]
)
def test_a_database_that_is_not_there_says_what_to_check(url: str) -> None:
    engine = open_engine(url)
    with pytest.raises(UnavailableError, match="Check that DATABASE_URL") as caught, transaction(engine):
        pass
    assert "password1" not in repr(caught.value) + repr(caught.value.__cause__) + repr(
        caught.value.__context__
    )
    engine.dispose()


def test_a_disk_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/a.db")
    with transaction(engine) as connection:
        connection.execute(text("CREATE TABLE a (b)"))
        connection.execute(text("PRAGMA max_page_count = 4"))
    with pytest.raises(UnavailableError, match="has room"), transaction(engine) as connection:
        connection.execute(text("INSERT INTO a VALUES (zeroblob(100000))"))
    engine.dispose()


def test_a_crashpoint_does_nothing_unless_it_is_armed() -> None:
    crashpoint("anything")
    assert _armed("") is None
    assert _armed("before_commit") == ("before_commit", 1)
    assert _armed("before_commit:3") == ("before_commit", 3)
    with pytest.raises(ValueError, match="reads name:n"):
        _armed("before_commit:soon")


def test_publishing_waits_for_whoever_is_becoming_active_and_holds_them_too(
    place: Place, store: Store
) -> None:
    if place.engine != "postgres":
        pytest.skip("SQLite has one writer: there is nobody to wait for")
    with store.transaction("org") as repository:
        repository.publish_guardrails(rails(1), NOW)
        person = a_manager(repository)
        conversation = talk(repository, person.id)

    def publish() -> list[str]:
        with store.transaction("org") as repository:
            return repository.publish_guardrails(rails(2), NOW)

    with ThreadPoolExecutor(1) as pool:
        with store.transaction("org") as repository:
            repository.project(conversation, {"c": confirmation(), "a": assignment()}, NOW)
            # Checked now instead of at the commit, so that the publisher meets it half-way.
            repository.scope.connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
            held = pool.submit(publish)
            time.sleep(0.3)
            assert not held.done()
        assert held.result() == [person.id]
    with store.reading("org") as repository:
        assert [kept.fact.state for kept in repository.facts(person.id, facts.Assignment)] == ["held"]


def test_a_store_can_be_opened_with_keys_elsewhere(tmp_path: Path, place: Place) -> None:
    (tmp_path / "apart").mkdir()
    store = Store(place.url, f"sqlite:///{tmp_path}/apart/k.db", SECRET)
    store.add_organisation("org", "An organisation", NOW)
    store.keys.ensure("org", "one")
    assert (tmp_path / "apart" / "k.db").exists()
    store.close()

"""The migrations make exactly the tables that are declared, from nothing, once, and never half."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import MetaData, Table, text

from coaching import facts
from storage import schema
from storage.database import StorageError, open_engine, transaction
from storage.migrate import differences, draft, migrate, newest, stamp_of
from tests.storage.scenes import Place, furnish


def test_a_migrated_database_has_the_declared_tables(place: Place) -> None:
    engine = open_engine(place.url)
    with transaction(engine, reading=True) as connection:
        left = differences(connection)
        assert left == [], f"Add a revision (before the first release: to 0001) with:\n{draft(connection)}"
    engine.dispose()


def test_from_nothing_and_again(empty_place: Place) -> None:
    assert stamp_of(empty_place.url) is None
    migrate(empty_place.url)
    assert stamp_of(empty_place.url) == newest()
    store = empty_place.open()
    furnish(store, "org")
    store.close()
    migrate(empty_place.url)
    store = empty_place.open()
    assert store.organisations() == ["org"]
    store.close()


def test_what_an_earlier_release_kept_is_still_there(empty_place: Place) -> None:
    migrate(empty_place.url, "0001")
    engine = open_engine(empty_place.url)
    with transaction(engine) as connection:
        old = MetaData()
        old.reflect(connection)
        for name in ("organisation", "programme", "person", "conversation", "sent_summary", "reading"):
            connection.execute(old.tables[name].insert().values(_something(old.tables[name])))
    engine.dispose()
    migrate(empty_place.url)
    store = empty_place.open()
    with store.reading("org") as repository:
        (sent,) = repository.facts("me", facts.SentSummary)
        (reading,) = repository.facts("me", facts.Reading)
        eyes = repository.as_coach("")
        assert (sent.fact.shares, sent.fact.language, reading.fact.week) == ("", "en", 7)
        assert eyes.shown("me", facts.Reading) == [], "what was sent before shares no facts"
    store.close()


def _something(table: Table) -> dict[str, object]:
    """A row with something in every column that must be filled."""
    given: dict[str, object] = {
        "organisation_id": "org", "programme_id": "autumn", "person_id": "me", "conversation_id": "talk",
        "standing": True, "kind": "week", "how_closed": None, "status": "active",
    }  # fmt: skip
    own = {"programme": "autumn", "person": "me", "conversation": "talk"}
    samples: dict[type, object] = {
        str: "2", int: 7, bool: True, Decimal: "2", object: [], dict: [],
        date: date(2026, 11, 23), datetime: datetime(2026, 11, 27, tzinfo=UTC),
    }  # fmt: skip
    row = {column.name: samples[column.type.python_type] for column in table.c if not column.nullable}
    row |= {name: value for name, value in given.items() if name in table.c}
    return row | ({"id": own[table.name]} if table.name in own else {})


def test_two_replicas_may_migrate_at_once(empty_place: Place) -> None:
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(migrate, [empty_place.url] * 3))
    assert stamp_of(empty_place.url) == newest()


def test_cut_short_it_leaves_nothing_behind(empty_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object, **_values: object) -> None:
        raise RuntimeError("cut short")

    monkeypatch.setattr("alembic.operations.Operations.create_index", fails)
    with pytest.raises(RuntimeError, match="cut short"):
        migrate(empty_place.url)
    monkeypatch.undo()
    assert stamp_of(empty_place.url) is None
    migrate(empty_place.url)


def test_a_database_of_a_newer_release_is_left_alone(place: Place) -> None:
    engine = open_engine(place.url)
    with transaction(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StorageError, match="newer release"):
        migrate(place.url)
    engine = open_engine(place.url)
    with transaction(engine) as connection:  # the place is used again
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{newest()}'"))
    engine.dispose()


def test_a_database_that_was_never_migrated_says_what_to_do(empty_place: Place) -> None:
    engine = open_engine(empty_place.url)
    with pytest.raises(StorageError, match="unbadged migrate"), transaction(engine) as connection:
        connection.execute(schema.person.select())
    engine.dispose()

"""The clock that is moved by hand: it stands still, it is remembered, and it never goes back.
It is read in the middle of transactions, so reading it must not need one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.clock import MovedClock, SystemClock
from storage.migrate import migrate
from storage.store import Store
from tests.command_line.conftest import SECRET

BEGINS = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path / 'clock.db'}"
    migrate(url)
    opened = Store(url, None, SECRET)
    opened.add_organisation("org", "An organisation", BEGINS)
    yield opened
    opened.close()


def test_it_stands_still_until_it_is_moved(store: Store) -> None:
    clock = MovedClock(store, "org", BEGINS)
    clock.advance(timedelta(hours=1))
    assert clock.now() == BEGINS + timedelta(hours=1)
    clock.set(datetime(2026, 11, 24, 13, 0, tzinfo=timezone(timedelta(hours=8))))
    assert clock.now() == datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
    assert clock.now().tzinfo is UTC


def test_it_is_where_it_was_after_a_restart(store: Store) -> None:
    MovedClock(store, "org", BEGINS).advance(timedelta(days=3))
    assert MovedClock(store, "org", BEGINS).now() == BEGINS + timedelta(days=3)


def test_it_never_goes_back(store: Store) -> None:
    clock = MovedClock(store, "org", BEGINS)
    with pytest.raises(ValueError, match="only moves forward"):
        clock.set(BEGINS - timedelta(seconds=1))
    with pytest.raises(ValueError, match="only moves forward"):
        clock.advance(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="time zone"):
        clock.set(datetime(2027, 1, 1))  # noqa: DTZ001 - the mistake under test
    assert clock.now() == BEGINS


def test_it_can_be_read_inside_a_transaction(store: Store) -> None:
    clock = MovedClock(store, "org", BEGINS)
    with store.transaction("org"):
        assert clock.now() == BEGINS  # asking the database here would wait for itself


def test_the_systems_clock_is_aware() -> None:
    assert SystemClock().now().tzinfo is UTC

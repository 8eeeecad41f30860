"""An empty store on each engine, for every test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.people import Person
from storage.store import Store
from tests.storage.scenes import ENGINES, Place, a_manager, a_place, furnish


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with a_place(request.param, tmp_path, migrated=True) as found:
        yield found


@pytest.fixture(params=ENGINES)
def empty_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with a_place(request.param, tmp_path, migrated=False) as found:
        yield found


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    opened = place.open()
    furnish(opened, "org")
    yield opened
    opened.close()


@pytest.fixture
def manager(store: Store) -> Person:
    with store.transaction("org") as repository:
        return a_manager(repository)

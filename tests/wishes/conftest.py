"""What the tests of data wishes share: a browser, and pages of a manager who has lived through some weeks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.playground.conftest import HERE
from tests.playground.conftest import browser as browser
from tests.wishes.living import Life, a_life, pages_of


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Life:
    """Somebody who has been through the start, a week and both asides; lived once, to be copied."""
    made = a_life(tmp_path_factory.mktemp("lived"))
    made.start_and_a_week()
    made.asides()
    made.store.close()
    return made


@pytest.fixture
def life(lived: Life, tmp_path: Path) -> Iterator[Life]:
    """A copy of that life on files of its own."""
    folder = tmp_path / "data"
    shutil.copytree(Path(str(lived.store.engine.url.database)).parent, folder)
    copy = a_life(folder)
    copy.marks, copy.player.keys, copy.player.typed = lived.marks, 1_000, lived.player.typed
    yield copy
    copy.store.close()


@pytest.fixture
def client(life: Life) -> Iterator[TestClient]:
    """A browser on this computer."""
    with TestClient(pages_of(life), base_url=HERE, headers={"origin": HERE}) as client:
        yield client

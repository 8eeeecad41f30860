"""Whole conversations, word for word as a manager sees them, played through the playground's channel."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.migrate import migrate
from storage.repository import Store
from tests.conversation import FOLDER, Player, read

WRITTEN = sorted(FOLDER.glob("*.md"))


@pytest.mark.parametrize("written", WRITTEN, ids=lambda path: path.stem)
def test_a_conversation_is_still_what_is_written(
    written: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'unbadged.db'}"
    migrate(url)
    store = Store(url, None, "a-secret-for-this-test-alone-and-long-enough")
    script = read(written.read_text(encoding="utf-8"))
    try:
        played = Player(store, script.manager).run(script)
    finally:
        store.close()
    if request.config.getoption("--rewrite"):
        written.write_text(played, encoding="utf-8")
    assert played == written.read_text(encoding="utf-8")

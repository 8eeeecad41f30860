"""Whole conversations, word for word as a manager sees them, played through the playground's channel."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversation import FOLDER, Player, make_place, open_place, read

WRITTEN = sorted(FOLDER.glob("*.md"))


@pytest.mark.parametrize("written", WRITTEN, ids=lambda path: path.stem)
def test_a_conversation_is_still_what_is_written(
    written: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    script = read(written.read_text(encoding="utf-8"))
    make_place(tmp_path, script.after)
    store = open_place(tmp_path)
    try:
        played = Player(store, script.manager, goes_on=script.after is not None).run(script)
    finally:
        store.close()
    if request.config.getoption("--rewrite"):
        written.write_text(played, encoding="utf-8")
    assert played == written.read_text(encoding="utf-8")

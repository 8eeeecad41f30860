"""Whole conversations, word for word as a manager sees them, played through the playground's channel.
And what the coach has of each in the end: nothing that its manager did not read and send.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversation import FOLDER, SEEN, play_through, played_before_others, read

WRITTEN = sorted(FOLDER.glob("*.md"))
BEGINNINGS = {read(each.read_text(encoding="utf-8")).after for each in WRITTEN}


@pytest.mark.parametrize("written", WRITTEN, ids=lambda path: path.stem)
def test_a_conversation_is_still_what_is_written(
    written: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    script = read(written.read_text(encoding="utf-8"))
    is_one = written.stem in BEGINNINGS
    played, seen = played_before_others(written.stem) if is_one else play_through(tmp_path, script)
    if request.config.getoption("--rewrite"):
        written.write_text(played, encoding="utf-8")
        SEEN.mkdir(exist_ok=True)
        (SEEN / written.name).unlink(missing_ok=True)
        if seen:
            (SEEN / written.name).write_text(seen, encoding="utf-8")
    assert played == written.read_text(encoding="utf-8")
    kept = SEEN / written.name
    assert seen == (kept.read_text(encoding="utf-8") if kept.exists() else ""), "what the coach sees"
    if script.after is None:
        shown = {line.strip() for line in played.splitlines()}
        told = {line.removeprefix("- ") for line in seen.splitlines() if line.startswith("- ")}
        assert told <= shown, "the coach has a line that its manager never read so"

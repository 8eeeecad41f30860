"""After *forget me* nothing a manager ever wrote is left: not in a file, not in a row, not in a log.

A whole start and a week are lived with marks in every line that is typed, and then every byte is searched.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Text, select
from starlette.testclient import TestClient

from bot import demo
from storage import queue
from storage.columns import metadata
from storage.people import Status
from storage.store import Store
from tests.conversation import WORDS
from tests.faults.listening_in import Heard, everything_is_logged
from tests.playground.conftest import HERE
from tests.storage.scenes import a_place
from tests.wishes.living import Life, a_life, foreign_mark, forms, found_in, pages_of, plain_mark


@pytest.fixture
def heard() -> Iterator[Heard]:
    """Every logger at its loudest, from before the first word."""
    with everything_is_logged() as heard:
        yield heard


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place for temporary files, so that a stray copy would be seen."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setenv("SQLITE_TMPDIR", str(folder))
    return folder


def test_every_line_that_was_typed_is_marked_and_would_be_found(life: Life, tmp_path: Path) -> None:
    written = list(life.written())
    assert len(written) >= 12
    assert not [text for text in written if "Quokka" not in text or "漢字" not in text]
    export = tmp_path / "export"
    export.mkdir()
    with TestClient(pages_of(life), base_url=HERE) as client:
        whole = client.get(f"/{life.me}/record.json").text
    for number, encoding in enumerate(("utf-8", "utf-16-le", "utf-16-be")):
        (export / f"{number}").write_bytes(whole.encode(encoding))
        held = {hit.partition(": ")[2] for hit in found_in(export, life.needles)}
        assert held == life.needles, "whatever was typed is in the export, and the search finds it there"
        (export / f"{number}").unlink()
    (export / "escaped").write_text(json.dumps(json.loads(whole)), encoding="ascii")
    held = {hit.partition(": ")[2] for hit in found_in(export, life.needles)}
    assert held == life.needles


def test_no_byte_of_their_words_is_left(heard: Heard, temporary: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    life = a_life(folder)
    life.start_and_a_week()
    life.asides()
    address = f"/{life.me}"
    with TestClient(pages_of(life), base_url=HERE, headers={"origin": HERE}) as client:
        for page in ("record", "record.json", "evidence", ""):
            assert client.get(f"{address}/{page}".rstrip("/")).status_code == 200
        sealed, ids = _sealed(life.store, life.me), _ids(life.store, life.me)
        assert len(sealed) > 100
        assert len(ids) > 50
        assert found_in(folder, sealed), "sealed they are there, or the search below says nothing"
        life.wish_to_be_forgotten()
        for page in ("record", "record.json", "evidence"):
            answer = client.get(f"{address}/{page}")
            assert answer.status_code == 410
            assert not [needle for needle in life.needles if needle in answer.text]
        assert not [needle for needle in life.needles if needle in client.get(address).text]
    assert {each.name for each in folder.iterdir()} >= {"unbadged.db", "keys.db"}
    for _ in ("while it runs", "after it ended"):
        assert not found_in(tmp_path, life.needles)
        assert not found_in(folder, sealed), "not even as what cannot be read"
        assert not found_in(folder, ids)
        life.store.close()
    everything = "\n".join((*heard.said, heard.door.getvalue())).encode()
    assert len(heard.said) > 1_000
    for needle in life.needles:
        assert not [form for form in forms(needle) if form in everything]
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_no_row_of_theirs_is_left(engine: str, tmp_path: Path) -> None:
    with a_place(engine, tmp_path, migrated=True) as place:
        life = a_life(tmp_path, url=place.url)
        life.start_and_a_week()
        life.asides()
        ids = _ids(life.store, life.me) - {life.me}
        life.wish_to_be_forgotten()
        with life.store.reading(demo.ORGANISATION) as repo:
            rows = [
                str(tuple(row))
                for table in metadata.sorted_tables
                for row in repo.scope.connection.execute(table.select())
            ]
            person = repo.person(life.me)
            (row,) = repo.scope.rows(metadata.tables["person"], metadata.tables["person"].c.id == life.me)
        kept = "\n".join(rows)
        assert not [mark for mark in life.needles | ids if mark in kept]
        assert "dana.lim@example.com" not in kept
        assert person is not None
        assert person.status is Status.FORGOTTEN
        empty = {"organisation_id", "id", "programme_id", "status", "zone", "language", "working_days"}
        assert not {name: value for name, value in row.items() if value and name not in empty}
        left = (row["zone"], row["language"], row["working_days"])
        assert left == ("UTC", "en", "01234"), "the same for everyone who is gone"
        assert life.store.keys.find(demo.ORGANISATION, life.me) is None
        life.store.close()


def test_one_last_line_and_then_nothing(life: Life) -> None:
    play = life.player.play
    with life.store.reading(demo.ORGANISATION) as repo:
        assert queue.waiting(repo, life.me), "a week is about to begin, and a line waits for its time"
    life.wish_to_be_forgotten()
    assert life.shown[-1].startswith("Your words, your numbers and the link to you are being deleted now")
    assert play.chat(life.me) == ()
    with life.store.reading(demo.ORGANISATION) as repo:
        assert queue.waiting(repo, life.me) == []
        assert repo.conversations(life.me) == []
    life.player.move("three weeks on")
    life.write("are you still there")
    assert play.chat(life.me) == ()
    assert not found_in(Path(str(life.store.engine.url.database)).parent, life.needles)


def test_a_line_that_waits_for_monday_does_not_keep_anybody(life: Life) -> None:
    """Nor one that cannot be delivered: the wish does not hang on it."""
    with life.store.reading(demo.ORGANISATION) as repo:
        later = [job for job in queue.waiting(repo, life.me) if job.due_at > life.player.play.clock.now()]
    assert later
    life.wish_to_be_forgotten()
    with life.store.reading(demo.ORGANISATION) as repo:
        person = repo.person(life.me)
    assert person is not None
    assert person.status is Status.FORGOTTEN


def test_others_keep_what_is_theirs(life: Life) -> None:
    play = life.player.play
    other = next(each.id for each in play.people() if each.name == "Budi Santoso")
    before = play.chat(other)
    life.wish_to_be_forgotten()
    assert [bubble.text for bubble in play.chat(other)] == [bubble.text for bubble in before]
    play.say(other, "person", "a-key")
    assert "Mei Tan" in play.chat(other)[-1].text, "the coach is still known to the others"


def test_a_key_that_is_gone_silences_at_once_what_is_still_to_be_deleted(life: Life) -> None:
    """As after a power cut between the two: nobody plays on with what cannot be read."""
    life.store.keys.destroy(demo.ORGANISATION, life.me)
    life.write("hello")
    life.player.move("three weeks on")
    with life.store.reading(demo.ORGANISATION) as repo:
        assert repo.person(life.me).status is Status.FORGOTTEN  # type: ignore[union-attr]
    assert not found_in(Path(str(life.store.engine.url.database)).parent, {plain_mark(life.marks)})
    with TestClient(pages_of(life), base_url=HERE) as client:
        assert client.get(f"/{life.me}/record").status_code == 410


def test_the_search_knows_a_mark_in_every_form(tmp_path: Path) -> None:
    marks = {plain_mark(1), foreign_mark(1)}
    for number, encoding in enumerate(("utf-8", "utf-16-le", "utf-16-be")):
        (tmp_path / str(number)).write_bytes(f"x{plain_mark(1)} {foreign_mark(1)}y".encode(encoding))
    (tmp_path / "escaped").write_bytes(rb"\u00dcnl\u00fc01\u6f22\u5b57")
    assert len(found_in(tmp_path, marks)) == 7


def test_what_the_wish_says_is_said_in_every_language() -> None:
    for language, market, zone in (("en", "SG", "Asia/Singapore"), ("ja", "JP", "Asia/Tokyo")):
        reader = WORDS.reader(language, market, zone)
        for summaries in (0, 1, 5):
            text = WORDS.line(reader, "forget_confirm", {"coach": "Mei Tan", "summaries": summaries})
            assert "30" in text
            assert "Mei Tan" in text


def _sealed(store: Store, person_id: str) -> set[str]:
    """How this person's words stand in the tables: sealed texts, of which a piece is enough."""
    found = set()
    for table, row in _rows(store, person_id):
        for column in table.c:
            if column.info["kept"] == "words" and row[column.name]:
                found.add(row[column.name][:60])
    return found


def _ids(store: Store, person_id: str) -> set[str]:
    """What leads from row to row: ids of this person's conversations, jobs and lines."""
    long = 16
    return {
        row[column.name]
        for table, row in _rows(store, person_id)
        for column in table.c
        if isinstance(column.type, Text)
        and column.name in ("id", "conversation_id", "job_id", "digest")
        and len(row[column.name] or "") > long
    } - {person_id}


def _rows(store: Store, person_id: str):  # type: ignore[no-untyped-def]
    with store.reading(demo.ORGANISATION) as repo:
        for table in metadata.sorted_tables:
            whose = table.c.id if table.name == "person" else table.c.get("person_id")
            if whose is not None:
                for row in repo.scope.connection.execute(select(table).where(whose == person_id)):
                    yield table, row._asdict()


def test_sqlite_overwrites_what_it_deletes(life: Life) -> None:
    database = Path(str(life.store.engine.url.database))
    life.wish_to_be_forgotten()
    with life.store.reading(demo.ORGANISATION) as repo:
        assert repo.scope.connection.exec_driver_sql("PRAGMA secure_delete").scalar_one() == 1
    assert (database.parent / "unbadged.db-wal").stat().st_size == 0, "its log is empty"
    assert sqlite3.connect(database).execute("PRAGMA integrity_check").fetchone() == ("ok",)

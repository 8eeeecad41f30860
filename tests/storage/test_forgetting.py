"""Words are sealed from the first moment, fade in their time, and are gone when somebody is forgotten."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from coaching import facts
from coaching.journal import Answer, Entry, Form, Found, Words
from storage import queue, schema
from storage.columns import metadata
from storage.crashpoints import KILLED
from storage.database import RefusedError, StorageError
from storage.people import Person, SafetyContact, Status
from storage.repository import Repository
from storage.store import Store
from tests.storage.scenes import NOW, SECRET, Place, a_manager, assignment, confirmation, furnish, rails, talk

WORDS = (
    "Aiko Mori", "aiko@example.com", "U0SLACKID", "D0CHANNEL", "the Osaka quote", "mostly the late ones",
    "Yuki from finance", "a model's paraphrase", "a button pressed", "the opening's words",
)  # fmt: skip
LATER = NOW + timedelta(days=200)


def live(repository: Repository) -> tuple[Person, str]:
    """A manager who has said something in every place where words are kept."""
    person = a_manager(repository)
    conversation = repository.open_conversation(person.id, "start", 1, NOW, '"the opening\'s words"').id
    repository.link(person.id, "slack", "U0SLACKID", "D0CHANNEL")
    answers: tuple[Answer, ...] = (
        Words("mostly the late ones"),
        Form({"who": "Yuki from finance"}),
        Found("a model's paraphrase"),
    )
    for number, answer in enumerate(answers, 1):
        repository.append(conversation, Entry("q", number, answer, NOW), "Asia/Tokyo")
    repository.publish_guardrails(rails(), NOW)
    repository.project(conversation, {"confirmation": confirmation(), "assignment": assignment()}, NOW)
    queue.add(
        repository, person_id=person.id, kind="say", name="pain", asking=1, due_at=NOW,
        body='"mostly the late ones"', conversation_id=conversation,
    )  # fmt: skip
    line = repository.chat_append(person.id, "them", '"mostly the late ones"', NOW)
    repository.chat_answered(line, '"a button pressed"')
    return person, conversation


def everything_kept(store: Store) -> str:
    """Every value of every table, as text."""
    with store.reading("org") as repository:
        connection = repository.scope.connection
        return "\n".join(
            str(tuple(row)) for table in metadata.sorted_tables for row in connection.execute(table.select())
        )


def bytes_on_disk(store: Store, place: Place) -> bytes:
    """Every byte of the database's own files, logs included."""
    folder = place.folder
    if place.engine == "postgres":
        with store.reading("org") as repository:
            asked = text(
                "SELECT current_setting('data_directory'), oid FROM pg_database"
                " WHERE datname = current_database()"
            )
            data, oid = repository.scope.connection.execute(asked).one()
        with store.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("CHECKPOINT")
        folder = Path(data) / "base" / str(oid)
    return b"\0".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


def test_no_word_is_ever_kept_in_the_open(store: Store, place: Place) -> None:
    with store.transaction("org") as repository:
        live(repository)
    kept, on_disk = everything_kept(store), bytes_on_disk(store, place)
    for word in WORDS:
        assert word not in kept
        assert word.encode() not in on_disk


def test_forgetting_leaves_no_word_and_no_way_to_the_person(store: Store, place: Place) -> None:
    with store.transaction("org") as repository:
        person, conversation = live(repository)
        other = a_manager(repository, "other@example.com", name="Ben", coach_id=person.id)
        digest = repository.email_digest("aiko@example.com")
        contacts = SafetyContact("autumn", "JP", "", "", "", "", "", on_call_digest=digest, backup_digest="b")
        repository.set_safety_contact(contacts)
    with store.transaction("org") as repository:
        repository.forget(person.id, NOW)
    kept, on_disk = everything_kept(store), bytes_on_disk(store, place)
    for word in WORDS:
        assert word not in kept
        assert word.encode() not in on_disk
    assert conversation not in kept
    with store.transaction("org") as repository:
        left = repository.person(person.id)
        assert left is not None
        assert (left.status, left.name, left.email, left.roles) == (Status.FORGOTTEN, "", None, ())
        assert repository.person_by_email("aiko@example.com") is None
        contact = repository.safety_contact("JP")
        assert contact is not None
        assert (contact.on_call_digest, contact.backup_digest) == (None, "b")
        assert repository.person_at("slack", "U0SLACKID") is None
        assert repository.platform_id(person.id, "slack") is None
        assert repository.conversations(person.id) == []
        assert repository.facts(person.id, facts.Assignment) == []
        assert queue.waiting(repository, person.id) == []
        (note,) = repository.scope.rows(schema.audit)
        assert (note["action"], note["at"]) == ("forgotten", NOW)
        assert person.id not in (note["subject"], note["id"])
        remaining = repository.person(other.id)
    assert remaining is not None
    assert (remaining.name, remaining.coach_id) == ("Ben", None)


def test_the_key_is_gone_from_the_key_store_and_is_never_made_again(store: Store, place: Place) -> None:
    with store.transaction("org") as repository:
        person, _ = live(repository)
    kept_key = place.folder / "keys.db"
    wrapped = store.keys.wrapped("org", person.id)
    assert wrapped is not None
    with store.transaction("org") as repository:
        repository.forget(person.id, NOW)
    assert store.keys.find("org", person.id) is None
    assert store.keys.destroyed("org") == {person.id}
    if place.engine == "sqlite":
        assert wrapped not in b"".join(path.read_bytes() for path in place.folder.glob(f"{kept_key.name}*"))
    with pytest.raises(StorageError, match="was forgotten"), store.transaction("org") as repository:
        repository.chat_append(person.id, "them", "more", NOW)


def test_somebody_forgotten_can_start_again_as_somebody_new(store: Store) -> None:
    with store.transaction("org") as repository:
        person, _ = live(repository)
        repository.forget(person.id, NOW)
        again = a_manager(repository)
        repository.link(again.id, "slack", "U0SLACKID")
        assert again.id != person.id
        assert repository.next_ordinal(again.id, "start") == 1


def test_a_forgetting_cut_short_is_unreadable_at_once_and_finished_later(store: Store) -> None:
    with store.transaction("org") as repository:
        person, conversation = live(repository)

    def cut_short() -> None:
        with store.transaction("org") as repository:
            repository.forget(person.id, NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cut_short()
    with store.transaction("org") as repository:
        assert all(entry.withdrawn for entry in repository.journal(conversation).entries)
        assert repository.journal(conversation).sign("x") != repository.journal(conversation).sign("x")
        (kept,) = repository.facts(person.id, facts.Assignment)
        assert (kept.faded, kept.fact.item, kept.fact.week) == (True, "", 1)
        assert [line.body for line in repository.chat(person.id)] == [None]
    assert store.finish_forgetting(NOW) == 1
    assert store.finish_forgetting(NOW) == 0
    assert conversation not in everything_kept(store)


def test_when_words_fade_facts_stay_and_conversations_are_closed(store: Store) -> None:
    with store.transaction("org") as repository:
        person, old = live(repository)
        young = talk(repository, person.id, "week", 1)
        repository.scope.update(schema.conversation, {"opened_at": LATER}, schema.conversation.c.id == young)
        repository.fade(person.id, LATER, LATER)
        assert (repository.conversation(old).opening, repository.conversation(old).how_closed) == (
            None,
            "faded",
        )
        assert repository.conversation(young).is_open
        assert repository.conversation(young).opening is not None
        (kept,) = repository.facts(person.id, facts.Assignment)
        assert (kept.faded, kept.fact.item, kept.fact.state, kept.fact.week) == (True, "", "active", 1)
        found = repository.person(person.id)
    assert found is not None
    assert found.name == "Aiko Mori"


def test_nothing_said_reaches_a_log_or_an_error(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy.engine", "sqlalchemy.pool", "psycopg", "alembic"):
        caplog.set_level(logging.DEBUG, name)
    store = place.open()
    furnish(store, "org")
    with store.transaction("org") as repository:
        _, conversation = live(repository)
    said = WORDS[6]  # by its place, for a traceback shows lines of this file

    def twice(repository: Repository) -> None:
        repository.append(conversation, Entry("q", 1, Words(said), NOW), "Asia/Tokyo")

    def nowhere(repository: Repository) -> None:
        a_manager(repository, "x@example.com", programme_id=said)

    def same_setting(repository: Repository) -> None:
        for _ in range(2):
            repository.scope.insert(schema.setting, name=said, value=said)

    def half_a_sponsor(repository: Repository) -> None:
        repository.scope.update(schema.programme, {"sponsor_name": said})

    def no_number(repository: Repository) -> None:
        cast = text("SELECT CAST(:said AS integer) FROM setting, nowhere")
        repository.scope.connection.execute(cast, {"said": said})

    faults: list[Callable[[Repository], None]] = [twice, nowhere, same_setting, half_a_sponsor, no_number]
    for fault in faults:
        with pytest.raises(StorageError) as caught, store.transaction("org") as repository:
            fault(repository)
        error = caught.value
        shown = "".join(traceback.format_exception(error))
        shown += f"{error!r} {error.__cause__!r} {error.__context__!r}"
        assert not [word for word in WORDS if word in shown], fault.__name__
    store.close()
    assert "sqlalchemy" in {record.name.partition(".")[0] for record in caplog.records}
    assert not [word for word in WORDS if word in caplog.text]


def test_a_refusal_names_the_rule(store: Store) -> None:
    with pytest.raises(RefusedError, match="sponsor_is_whole"), store.transaction("org") as repository:
        repository.scope.update(schema.programme, {"sponsor_name": "Yuki"})


CUT = """
import sys
from datetime import UTC, datetime
from storage import queue
from storage.store import Store

url, secret, person, what = sys.argv[1:]
now = datetime(2026, 11, 23, 1, tzinfo=UTC)
store = Store(url, None, secret)
if what == "forget":
    with store.transaction("org") as repository:
        repository.forget(person, now)
elif what == "send":
    (job,) = queue.claim(store, "doomed", now, 60, 1)
    queue.begin(store, job, -1)
    queue.finish(store, job, "sent", now)
"""


def run_until(place: Place, crashpoint: str, person: Person, what: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CUT, place.url, SECRET, person.id, what],
        env={**os.environ, "UNBADGED_CRASHPOINT": crashpoint, "PYTHONPATH": os.getcwd()},
        check=False,
    )
    assert done.returncode == KILLED


def test_power_lost_while_forgetting(store: Store, place: Place) -> None:
    with store.transaction("org") as repository:
        person, conversation = live(repository)
    run_until(place, "key_destroyed:1", person, "forget")
    restarted = place.open()
    with restarted.reading("org") as repository:
        assert all(entry.withdrawn for entry in repository.journal(conversation).entries)
    assert restarted.finish_forgetting(NOW) == 1
    restarted.close()


@pytest.mark.parametrize(
    "crashpoint, state",
    [("claim_marked", "ready"), ("claim_committed", "sending"), ("before_finish", "unknown"),
     ("after_finish", "sent")],
)  # fmt: skip
def test_power_lost_while_sending(store: Store, place: Place, crashpoint: str, state: str) -> None:
    with store.transaction("org") as repository:
        person, conversation = live(repository)
    run_until(place, f"{crashpoint}:1", person, "send")
    unknown = queue.unsettled(store)
    assert [job.name for job in unknown] == (["pain"] if state == "unknown" else [])
    with store.reading("org") as repository:
        assert [job.state for job in queue.of_conversation(repository, conversation)] == [state]

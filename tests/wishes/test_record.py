"""The record holds everything that is kept of a manager, in words they can read, and nobody else's.

The page and the file hold the same; every name in the file is documented.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import demo
from bot.record import Record, as_json, evidence_of, record_of, works_of
from bot.record.paper import Speaker
from bot.record.reading import AS_THEY_STAND, HAS_A_PLACE, LEFT_OUT
from bot.record.record_page import record_page
from prompts.words import Words
from storage.columns import metadata
from storage.fact_tables import FIELDS, TABLES
from storage.people import Person
from storage.repository import Repository
from tests.conversation import WORDS
from tests.wishes.living import Life

DOCUMENTED = Path(__file__).parents[2] / "docs" / "export.md"


def me(repo: Repository, life: Life) -> Person:
    found = repo.person(life.me)
    assert found is not None
    return found


def recorded(life: Life) -> Record:
    with life.store.reading(demo.ORGANISATION) as repo:
        return record_of(repo, me(repo, life))


def shown(life: Life, record: Record) -> str:
    """All text of the page."""
    with life.store.reading(demo.ORGANISATION) as repo:
        person = me(repo, life)
    reader = WORDS.reader(person.language, person.market, person.zone)
    paper = record_page(Speaker(WORDS, reader, person, life.player.play.clock.now()), record)
    rows = (row for section in paper.sections for row in section.rows)
    titles = (section.title for section in paper.sections)
    told = (" ".join((r.label, r.text, *(f"{a}: {b}" for a, b in r.pieces), r.mark)) for r in rows)
    return "\n".join((paper.title, paper.byline, paper.intro, *titles, *told))


def test_everything_that_was_typed_is_in_both(life: Life) -> None:
    record = recorded(life)
    for text in (as_json(record), shown(life, record)):
        assert {mark for mark in life.needles if mark in text} == life.needles


def test_every_table_that_holds_something_of_a_person_has_its_place() -> None:
    holding = {name for name, table in metadata.tables.items() if "person_id" in table.c} | {"person"}
    assert holding == {*HAS_A_PLACE, *AS_THEY_STAND}, "give it a place in bot/record/reading.py"
    known = {f"{name}.{column.name}" for name, table in metadata.tables.items() for column in table.c}
    assert LEFT_OUT.keys() <= known
    for name in LEFT_OUT:
        table, _, column = name.partition(".")
        assert metadata.tables[table].c[column].info["kept"] == "words"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_fact_and_field_has_a_label(language: str) -> None:
    words = Words()
    bundle = next(iter(words.languages[language].bundles.values()))
    kinds, fields = (set(bundle.get_message(name).attributes) for name in ("RecordFact", "RecordField"))
    assert {table.name for table in TABLES.values()} <= kinds
    assert {field.name for each in FIELDS.values() for field in each} <= fields


def test_nobody_else_is_in_it(life: Life) -> None:
    pack = demo.pack("SG")
    others = {person.name for person in (*demo.MANAGERS[1:], demo.COACH, demo.OWNER)}
    others |= {person.email for person in (*demo.MANAGERS[1:], demo.COACH, demo.OWNER) if person.email}
    others |= {"Irene Goh", "Asha Rao", pack.owner, *pack.call_first, *pack.call_backup}
    record = recorded(life)
    for text in (as_json(record), shown(life, record)):
        assert not {name for name in others if name in text}
        assert "Dana Lim" in text


def test_every_name_in_the_file_is_documented(life: Life) -> None:
    names = set(_names(json.loads(as_json(recorded(life)))))
    documented = set(re.findall(r"`([a-z_]+)`", DOCUMENTED.read_text(encoding="utf-8")))
    assert names - documented == set()


def test_the_file_says_what_it_is_and_reads_back(life: Life) -> None:
    read = json.loads(as_json(recorded(life)))
    assert (read["format"], read["version"]) == ("unbadged-record", 1)
    assert [(talk["kind"], talk["ordinal"]) for talk in read["conversations"]] == [
        ("start", 1), ("week", 1), ("person", 1), ("wrong", 1), ("week", 2),
    ]  # fmt: skip
    values = [f["values"] for f in read["conversations"][0]["facts"] if f["kind"] == "before"]
    assert [(each["low"], each["unit"], each["grade"]) for each in values] == [
        ("3", "rounds", "looked_up"), ("4", "rounds", "looked_up"), ("3", "rounds", "looked_up"),
    ]  # fmt: skip


def test_what_was_sent_and_when_what_reached_a_person_and_what_waits(life: Life) -> None:
    record = recorded(life)
    (sent,) = record.sent
    assert sent.values["week"] == 1
    assert {sign.values["sign"] for sign in record.signs} == {"person", "wrong"}
    assert [message.kind for message in record.waiting] == ["say", "wake", "open"]
    text = shown(life, record)
    assert "What changed: " in text
    assert "to your coach" in text
    assert "asked for a person" in text
    assert "The next conversation begins" in text
    assert "Nobody else can open this record" in text
    assert "180 days after the work has ended" in text


def test_what_was_taken_back_is_shown_as_taken_back(life: Life) -> None:
    life.player.do("[Take it]")
    life.player.do("back")
    answers = [each for talk in recorded(life).talks for each in talk.answers]
    assert [each.name for each in answers if each.taken_back] == ["slice_offer"]
    assert "taken back" in shown(life, recorded(life))


def test_until_when_is_a_day_once_the_work_has_ended(life: Life) -> None:
    life.player.do("stop")
    record = recorded(life)
    with life.store.reading(demo.ORGANISATION) as repo:
        last = repo.last_answer_at(life.me)
    assert last is not None
    assert record.words_until == (last + timedelta(days=180)).date()
    assert str(record.words_until) in shown(life, record)


def test_words_that_have_faded_are_gone_from_it_and_facts_are_not(life: Life) -> None:
    now = life.player.play.clock.now() + timedelta(days=600)
    with life.store.transaction(demo.ORGANISATION) as repo:
        repo.fade(life.me, now, now)
    record = recorded(life)
    for text in (as_json(record), shown(life, record)):
        assert not [mark for mark in life.needles if mark in text]
    assert [fact.values["low"] for talk in record.talks for fact in talk.facts if fact.kind == "before"]
    with life.store.reading(demo.ORGANISATION) as repo:
        note = evidence_of(repo, me(repo, life))
    assert note is not None
    assert (note.work, [str(each.value.value) for each in note.before]) == ("", ["3", "4", "3"])


def test_there_is_nothing_of_somebody_forgotten(life: Life) -> None:
    life.wish_to_be_forgotten()
    record = recorded(life)
    assert record.is_empty
    assert (record.talks, record.typed, record.messages) == ((), (), ())
    with life.store.reading(demo.ORGANISATION) as repo:
        assert evidence_of(repo, me(repo, life)) is None
        assert works_of(repo, me(repo, life)) == ()


def test_a_note_can_be_had_of_each_piece_of_work(life: Life) -> None:
    with life.store.reading(demo.ORGANISATION) as repo:
        (work,) = works_of(repo, me(repo, life))
        assert evidence_of(repo, me(repo, life), work.number) == evidence_of(repo, me(repo, life))
        assert evidence_of(repo, me(repo, life), 7) is None
        assert work.name.startswith("Proposals for key accounts")


def _names(value: Any, *, inside: str = "") -> Any:
    """Every name of the format: what a fact or a form holds has the names of its own."""
    if isinstance(value, dict):
        for name, each in value.items():
            if inside not in ("values", "said", "others"):
                yield name
                yield from _names(each, inside=name)
    elif isinstance(value, list):
        for each in value:
            yield from _names(each, inside=inside)

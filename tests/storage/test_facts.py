"""The tables stay equal to what a conversation says: changed, withdrawn, left, and nothing undeclared."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from coaching import facts
from storage import fact_tables
from storage.columns import Retention, metadata
from storage.repository import Repository
from storage.store import Store
from tests.storage.scenes import NOW, a_manager, talk

LATER = NOW + timedelta(hours=1)
ENVELOPE = {
    "organisation_id", "conversation_id", "name", "revision", "person_id", "said_at", "standing",
    "replaced_at", "withdrawn_at", "digest",
}  # fmt: skip
OF_THE_GATE = {facts.Confirmation: {"holds"}, facts.Assignment: {"held_at", "rests"}}
SAMPLES: dict[type, Any] = {
    str: "遅い, and late",
    int: 7,
    bool: True,
    Decimal: Decimal("4.50"),
    date: date(2026, 11, 27),
    type(NOW): NOW,
}

ALL_KINDS = sorted(facts.Fact.__subclasses__(), key=lambda kind: kind.__name__)
friction = facts.Friction("time", "the weekly report", "it takes two days", True)


def a_fact(kind: type[facts.Fact]) -> facts.Fact:
    made = kind(**{field.name: SAMPLES[field.kind] for field in fact_tables.fields_of(kind)})
    # An active one needs the gate, which has tests of its own.
    return dataclasses.replace(made, state="rehearsing") if isinstance(made, facts.Assignment) else made


def history(repository: Repository, kind: type[facts.Fact]) -> list[tuple[Any, ...]]:
    table = fact_tables.TABLES[kind]
    chosen = select(table.c.revision, table.c.standing, table.c.replaced_at, table.c.withdrawn_at)
    rows = repository.scope.connection.execute(chosen.order_by(table.c.revision))
    return [
        (row.revision, row.standing, row.replaced_at is not None, row.withdrawn_at is not None)
        for row in rows
    ]


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_fact_has_a_table_with_its_columns_and_no_others(kind: type[facts.Fact]) -> None:
    table = fact_tables.TABLES[kind]
    declared = {field.name: field for field in fact_tables.fields_of(kind)}
    shared = {"shared_in"} if kind in fact_tables.SHAREABLE else set()
    assert set(table.c.keys()) == ENVELOPE | set(declared) | OF_THE_GATE.get(kind, set()) | shared
    for name, field in declared.items():
        assert table.c[name].info["kept"] == ("words" if field.sealed else "fact")
        assert name not in ENVELOPE


def test_every_column_is_declared_fact_or_words_and_every_table_belongs_to_an_organisation() -> None:
    for table in metadata.tables.values():
        assert next(iter(table.primary_key)).name == "organisation_id"
        assert table.info["retention"] in Retention
        for column in table.c:
            assert column.info["kept"] in ("fact", "words"), f"{table.name}.{column.name}"
        if any(column.info["kept"] == "words" for column in table.c):
            assert table.info["retention"] is Retention.WITH_PERSON or table.info["since"] in table.c


def test_a_field_that_does_not_say_how_it_is_kept_is_refused() -> None:
    careless = dataclasses.make_dataclass("Careless", [("told", str)], frozen=True)
    with pytest.raises(TypeError, match=r"Careless\.told does not say how it is kept"):
        fact_tables.fields_of(careless)


def test_every_kind_of_fact_comes_back_as_it_was(store: Store) -> None:
    said = {kind.__name__: a_fact(kind) for kind in ALL_KINDS}
    with store.transaction("org") as repository:
        person = a_manager(repository).id
        conversation = talk(repository, person)
        repository.project(conversation, said, NOW)
    with store.reading("org") as repository:
        for kind in ALL_KINDS:
            (kept,) = repository.facts(person, kind)
            assert kept.fact == said[kind.__name__]
            assert (kept.kind, kept.ordinal, kept.revision, kept.said_at) == ("start", 1, 1, NOW)
            assert not kept.faded


@pytest.mark.parametrize(
    "text", ["0.1", "4.50", "1E+3", "-0.000000000000000000000001", "123456789012345678901.5"]
)
def test_numbers_are_kept_to_the_last_digit(store: Store, text: str) -> None:
    with store.transaction("org") as repository:
        person = a_manager(repository).id
        repository.project(talk(repository, person), {"aim": facts.Aim(Decimal(text), "hours")}, NOW)
        (kept,) = repository.facts(person, facts.Aim)
    assert kept.fact.target == Decimal(text)


def test_what_did_not_change_is_not_written_again(store: Store) -> None:
    with store.transaction("org") as repository:
        conversation = talk(repository, a_manager(repository).id)
        for at in (NOW, LATER):
            repository.project(conversation, {"friction": friction}, at)
        assert history(repository, facts.Friction) == [(1, True, False, False)]


def test_what_changed_gets_a_new_row_and_the_old_one_stays(store: Store) -> None:
    with store.transaction("org") as repository:
        person = a_manager(repository).id
        conversation = talk(repository, person)
        repository.project(conversation, {"friction": friction}, NOW)
        changed = dataclasses.replace(friction, pain="it takes three days")
        repository.project(conversation, {"friction": changed}, LATER)
        assert history(repository, facts.Friction) == [(1, False, True, False), (2, True, False, False)]
        (kept,) = repository.facts(person, facts.Friction)
    assert (kept.fact, kept.said_at) == (changed, LATER)


def test_what_is_no_longer_said_is_withdrawn_and_may_be_said_again(store: Store) -> None:
    with store.transaction("org") as repository:
        person = a_manager(repository).id
        conversation = talk(repository, person)
        for now in ({"friction": friction}, {}, {"friction": friction}):
            repository.project(conversation, now, NOW)
        assert history(repository, facts.Friction) == [(1, False, False, True), (2, True, False, False)]


def test_a_name_may_come_to_hold_another_kind_of_fact(store: Store) -> None:
    with store.transaction("org") as repository:
        person = a_manager(repository).id
        conversation = talk(repository, person)
        repository.project(conversation, {"gap": facts.Concern("asked", "rails", "data", NOW)}, NOW)
        repository.project(conversation, {"gap": facts.Gap("JP", "data", NOW)}, NOW)
        assert repository.facts(person, facts.Concern) == []
        assert [kept.revision for kept in repository.facts(person, facts.Gap)] == [2]


def test_what_has_left_is_never_taken_back(store: Store) -> None:
    concern = facts.Concern("asked", "person", "the report", NOW)
    with store.transaction("org") as repository:
        person = a_manager(repository).id
        conversation = talk(repository, person)
        repository.project(conversation, {"concern": concern}, NOW)
        repository.project(conversation, {}, LATER)
        assert [kept.fact for kept in repository.facts(person, facts.Concern)] == [concern]
        changed = dataclasses.replace(concern, topic="the forecast")
        repository.project(conversation, {"concern": changed}, LATER)
        assert history(repository, facts.Concern) == [(1, False, True, False), (2, True, False, False)]


def test_a_choice_and_its_value_are_the_same_fact(store: Store) -> None:
    from coaching.guardrails import GoesTo

    one, same = (facts.Permission(each) for each in (GoesTo.CLIENT, "client"))
    with store.transaction("org") as repository:
        conversation = talk(repository, a_manager(repository).id)
        for fact in (one, same):
            repository.project(conversation, {"permission": fact}, NOW)
        assert len(history(repository, facts.Permission)) == 1


def test_a_fact_of_an_ended_conversation_can_be_corrected(store: Store) -> None:
    with store.transaction("org") as repository:
        person = a_manager(repository).id
        conversation = talk(repository, person)
        repository.project(conversation, {"friction": friction, "aim": facts.Aim(Decimal(3), "hours")}, NOW)
        repository.close(conversation, "ended", NOW)
        repository.correct(conversation, "aim", facts.Aim(Decimal(2), "hours"), LATER)
        assert history(repository, facts.Aim) == [(1, False, True, False), (2, True, False, False)]
        assert len(repository.facts(person, facts.Friction)) == 1


def test_a_correction_is_told_from_what_was_said_before_even_by_a_clock_set_back(store: Store) -> None:
    with store.transaction("org") as repository:
        person = a_manager(repository).id
        conversation = talk(repository, person)
        repository.project(conversation, {"aim": facts.Aim(Decimal(3), "hours")}, NOW)
        repository.project(conversation, {"aim": facts.Aim(Decimal(4), "hours")}, LATER)
        repository.close(conversation, "ended", LATER)
        assert [(kept.revision, kept.is_corrected) for kept in repository.facts(person, facts.Aim)] == [
            (2, False)
        ]
        repository.correct(conversation, "aim", facts.Aim(Decimal(2), "hours"), NOW)
        assert [(kept.revision, kept.is_corrected) for kept in repository.facts(person, facts.Aim)] == [
            (3, True)
        ]


def test_facts_come_oldest_first_and_one_conversation_can_be_asked_for(store: Store) -> None:
    with store.transaction("org") as repository:
        person = a_manager(repository).id
        weeks = [talk(repository, person, "week", ordinal) for ordinal in (1, 2)]
        for number, conversation in enumerate(reversed(weeks)):
            said = facts.Change(week=number, told=f"{number}")
            repository.project(conversation, {"change": said}, NOW + timedelta(days=number))
        assert [kept.fact.week for kept in repository.facts(person, facts.Change)] == [0, 1]
        (only,) = repository.facts(person, facts.Change, conversation_id=weeks[0])
    assert (only.ordinal, only.fact.week) == (1, 1)

"""No active assignment without a confirmed, current set of guardrails: which layer refuses what.

| attempt | refused by |
|---|---|
| active without a confirmation, or on another person's, workflow's, market's, version's | foreign key |
| the confirmation withdrawn or changed while an assignment rests on it | the same foreign key |
| active on a version that is not, or no longer, current | foreign key to the current version |
| activated after the confirmation ceased to be fresh; active with a part of the key missing | checks |
| a second current version of a market | partial unique index |
| a confirmation that was fresh then and is not today | not the database: time passing is the domain's part |
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from coaching import facts
from coaching.facts import Fact
from storage import schema
from storage.database import RefusedError
from storage.fact_tables import TABLES
from storage.store import Store
from tests.storage.scenes import NOW, a_manager, assignment, confirmation, rails, talk

LATER = NOW + timedelta(days=1)


@dataclasses.dataclass(frozen=True)
class Scene:
    """A manager in Japan, whose market has version 1, in the conversation ``start 1``."""

    store: Store
    person: str
    conversation: str

    def says(self, facts: Mapping[str, Fact], conversation: str | None = None) -> None:
        with self.store.transaction("org") as repository:
            repository.project(conversation or self.conversation, facts, NOW)

    def active(self) -> list[str]:
        with self.store.reading("org") as repository:
            return [kept.fact.state for kept in repository.facts(self.person, facts.Assignment)]


@pytest.fixture
def scene(store: Store) -> Scene:
    with store.transaction("org") as repository:
        repository.publish_guardrails(rails(1), NOW)
        person = a_manager(repository).id
        return Scene(store, person, talk(repository, person))


BOTH: dict[str, Fact] = {"confirmation": confirmation(), "assignment": assignment()}


def test_confirmed_on_the_current_version_it_is_active(scene: Scene) -> None:
    scene.says(BOTH)
    assert scene.active() == ["active"]


def test_the_order_in_which_facts_are_named_does_not_matter(scene: Scene) -> None:
    scene.says(dict(reversed(BOTH.items())))
    scene.says({})
    assert scene.active() == []


def test_an_earlier_conversations_confirmation_carries_a_later_week(scene: Scene) -> None:
    scene.says({"confirmation": confirmation()})
    with scene.store.transaction("org") as repository:
        week = talk(repository, scene.person, "week", 1)
    scene.says({"assignment": assignment()}, week)
    assert scene.active() == ["active"]


@pytest.mark.parametrize(
    "facts_said",
    [
        {"assignment": assignment()},
        {"confirmation": confirmation(workflow=2), "assignment": assignment()},
        {"confirmation": confirmation(market="SG"), "assignment": assignment()},
        {"confirmation": confirmation(version=2), "assignment": assignment()},
        {
            "confirmation": dataclasses.replace(confirmation(), fresh_until=NOW + timedelta(days=29)),
            "assignment": assignment(),
        },
    ],
    ids=["none", "another workflow", "another market", "another version", "another freshness"],
)
def test_without_its_own_confirmation_the_foreign_key_refuses(scene: Scene, facts_said: Any) -> None:
    with pytest.raises(RefusedError, match=r"FOREIGN KEY|fk_assignment_"):
        scene.says(facts_said)
    assert scene.active() == []


def test_another_persons_confirmation_is_none(scene: Scene) -> None:
    with scene.store.transaction("org") as repository:
        other = talk(repository, a_manager(repository, "other@example.com").id)
    scene.says({"confirmation": confirmation()}, other)
    with pytest.raises(RefusedError):
        scene.says({"assignment": assignment()})


def test_a_version_that_is_not_current_is_refused(scene: Scene) -> None:
    with scene.store.transaction("org") as repository:
        repository.publish_guardrails(rails(2), NOW)
    with pytest.raises(RefusedError):
        scene.says(BOTH)
    scene.says({"confirmation": confirmation(2), "assignment": assignment(version=2)})
    assert scene.active() == ["active"]


def test_activated_after_the_confirmation_ceased_to_be_fresh_the_check_refuses(scene: Scene) -> None:
    late = assignment(activated_at=confirmation().fresh_until + timedelta(microseconds=1))
    with pytest.raises(RefusedError, match="ck_assignment_fresh"):
        scene.says({**BOTH, "assignment": late})
    scene.says({**BOTH, "assignment": assignment(activated_at=confirmation().fresh_until)})


@pytest.mark.parametrize("part", ["version", "fresh_until", "activated_at"])
def test_active_with_a_part_of_the_key_missing_the_check_refuses(scene: Scene, part: str) -> None:
    with pytest.raises(RefusedError, match="ck_assignment_fresh"):
        scene.says({**BOTH, "assignment": assignment(**{part: None})})


def test_rehearsing_needs_no_confirmation(scene: Scene) -> None:
    scene.says(
        {"assignment": assignment(state="rehearsing", version=None, fresh_until=None, activated_at=None)}
    )
    assert scene.active() == ["rehearsing"]


def test_a_confirmation_cannot_be_withdrawn_from_under_an_active_assignment(scene: Scene) -> None:
    scene.says(BOTH)
    with pytest.raises(RefusedError):
        scene.says({"assignment": assignment()})
    with pytest.raises(RefusedError):
        scene.says({**BOTH, "confirmation": confirmation(workflow=2)})
    assert scene.active() == ["active"]


def test_withdrawn_together_both_go(scene: Scene) -> None:
    scene.says(BOTH)
    scene.says({})
    assert scene.active() == []


def test_a_withdrawn_confirmation_carries_nothing(scene: Scene) -> None:
    scene.says(BOTH)
    scene.says({})
    with pytest.raises(RefusedError):
        scene.says({"assignment": assignment()})


def test_the_words_of_a_confirmation_may_change_under_an_assignment(scene: Scene) -> None:
    scene.says(BOTH)
    scene.says({**BOTH, "confirmation": dataclasses.replace(confirmation(), checkpoint="Mio")})
    assert scene.active() == ["active"]


def test_publishing_holds_what_rested_on_the_version_before(scene: Scene) -> None:
    scene.says(BOTH)
    with scene.store.transaction("org") as repository:
        assert repository.publish_guardrails(rails(2), LATER) == [scene.person]
        current = repository.current_guardrails("JP", LATER)
    assert current == rails(2)
    assert scene.active() == ["held"]


def test_publishing_for_one_market_leaves_the_others_alone(scene: Scene) -> None:
    scene.says(BOTH)
    with scene.store.transaction("org") as repository:
        assert repository.publish_guardrails(rails(1, "SG"), LATER) == []
    assert scene.active() == ["active"]


def test_a_held_assignment_stays_held_until_it_is_confirmed_on_the_new_version(scene: Scene) -> None:
    scene.says(BOTH)
    with scene.store.transaction("org") as repository:
        repository.publish_guardrails(rails(2), LATER)
    scene.says(BOTH)  # the same answers, played again
    assert scene.active() == ["held"]
    scene.says({**BOTH, "assignment": assignment(item="the Kobe quote")})
    assert scene.active() == ["held"]
    scene.says({"confirmation": confirmation(2), "assignment": assignment(version=2)})
    assert scene.active() == ["active"]


def test_the_database_holds_the_gate_against_careless_code(scene: Scene) -> None:
    scene.says(BOTH)
    table, version = TABLES[facts.Assignment], schema.guardrail_version
    careless = [
        update(version).values(current=False),  # publishing without holding first
        update(TABLES[facts.Confirmation]).values(standing=False, replaced_at=NOW, holds=None),
        update(table).values(state="rehearsing"),  # not active, yet resting on the gate
        update(table).values(rests=None),  # active, yet not resting on it
        update(table).values(fresh_until=NOW + timedelta(days=99)),  # made fresh by hand
        update(table).values(market="SG"),
    ]
    for statement in careless:
        with pytest.raises(RefusedError), scene.store.transaction("org") as repository:
            repository.scope.connection.execute(statement)
    assert scene.active() == ["active"]


def test_a_market_has_one_current_version(scene: Scene) -> None:
    with scene.store.transaction("org") as repository:
        repository.publish_guardrails(rails(2), NOW)
        row = repository.scope.rows(schema.guardrail_version)[0]
    second = {**row, "version": 3, "current": True}
    with pytest.raises(RefusedError), scene.store.transaction("org") as repository:
        repository.scope.connection.execute(insert(schema.guardrail_version).values(second))


def test_guardrails_that_have_ended_are_not_current(scene: Scene) -> None:
    ends = rails(1).expires_on
    last = NOW.replace(year=ends.year, month=ends.month, day=ends.day)
    with scene.store.reading("org") as repository:
        assert repository.current_guardrails("JP", last) == rails(1)
        assert repository.current_guardrails("JP", last + timedelta(days=1)) is None
        assert repository.current_guardrails("SG", NOW) is None


def test_a_version_is_published_once(scene: Scene) -> None:
    with pytest.raises(ValueError, match="the next one is 2"), scene.store.transaction("org") as repository:
        repository.publish_guardrails(rails(1), LATER)
    with scene.store.reading("org") as repository:
        assert repository.guardrail_versions("JP") == [rails(1)]

"""Whose care a concern is, and what an owner is asked: once each, one organisation's own, gone with the
person."""

from __future__ import annotations

from datetime import timedelta

from coaching.facts import Concern, Gap
from storage import care, questions
from storage.store import Store
from tests.storage.scenes import NOW, a_manager, furnish, talk

SOON = NOW + timedelta(hours=2)


def test_a_concern_is_in_one_persons_care_once(store: Store) -> None:
    with store.transaction("org") as repo:
        coach = a_manager(repo, "coach@example.com", name="Mei")
        person = a_manager(repo, coach_id=coach.id)
        here = talk(repo, person.id)
        repo.project(here, {"concern": Concern("person", "with_topic", "the quotes", NOW)}, NOW)
        whole = (person.id, here, "concern", "person", NOW, coach.id, None, SOON)
        made = care.take_up(repo.scope, *whole)
        assert made is not None
        assert made.is_open
        assert care.take_up(repo.scope, *whole) is None
        said = care.concern_of(repo.scope, made)
        assert said is not None
        assert said.fact.topic == "the quotes"
        assert not care.acknowledge(repo.scope, made.id, person.id, NOW), "only its owner can say so"
        assert care.acknowledge(repo.scope, made.id, coach.id, NOW)
        assert care.acknowledge(repo.scope, made.id, coach.id, SOON), "twice is no harm"
        assert care.by_id(repo.scope, made.id).acknowledged_at == NOW  # type: ignore[union-attr]
        assert care.of_owner(repo.scope, coach.id, open_only=True) == []


def test_it_goes_with_the_manager_and_stays_without_a_coach_who_is_forgotten(store: Store) -> None:
    with store.transaction("org") as repo:
        coach = a_manager(repo, "coach@example.com", name="Mei")
        ids = []
        for email in ("one@example.com", "two@example.com"):
            person = a_manager(repo, email)
            here = talk(repo, person.id)
            repo.project(here, {"concern": Concern("quiet", "three_weeks", "", NOW)}, NOW)
            made = care.take_up(
                repo.scope, person.id, here, "concern", "quiet", NOW, coach.id, coach.id, SOON
            )
            assert made is not None
            ids.append((person.id, made.id))
        question = questions.ask(repo.scope, "JP", "data", coach.id, NOW, SOON)
    with store.transaction("org") as repo:
        repo.forget(ids[0][0], NOW)
        assert care.by_id(repo.scope, ids[0][1]) is None
    with store.transaction("org") as repo:
        repo.forget(coach.id, NOW)
        left = care.by_id(repo.scope, ids[1][1])
        assert left is not None
        assert (left.owner_id, left.backup_id) == (None, None)
        assert question is not None
        assert questions.by_id(repo.scope, question.id).owner_id is None  # type: ignore[union-attr]


def test_a_question_is_open_once_and_knows_who_waits_for_it(store: Store) -> None:
    with store.transaction("org") as repo:
        owner = a_manager(repo, "owner@example.com", name="Ken")
        first, second = a_manager(repo, "one@example.com"), a_manager(repo, "two@example.com")
        made = questions.ask(repo.scope, "JP", "data", owner.id, NOW, SOON)
        assert made is not None
        assert questions.ask(repo.scope, "JP", "data", owner.id, SOON, SOON) is None
        assert questions.ask(repo.scope, "JP", "tools", owner.id, NOW, SOON) is not None
        for person, at in ((first, NOW), (second, SOON)):
            here = talk(repo, person.id)
            repo.project(here, {"gap_data": Gap("JP", "data", at)}, at)
        assert questions.who_asked(repo.scope, made) == [first.id, second.id]
        assert not questions.answer(repo.scope, made.id, first.id, SOON, None)
        assert questions.answer(repo.scope, made.id, owner.id, SOON, None)
        assert questions.ask(repo.scope, "JP", "data", owner.id, SOON, SOON) is not None, "asked anew later"


def test_another_organisation_sees_neither(store: Store) -> None:
    furnish(store, "other")
    with store.transaction("org") as repo:
        made = questions.ask(repo.scope, "JP", "data", None, NOW, SOON)
    with store.transaction("other") as repo:
        assert made is not None
        assert questions.by_id(repo.scope, made.id) is None

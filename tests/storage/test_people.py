"""People, how they are found and reached, and that no organisation ever sees another's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coaching import facts
from storage import queue, schema
from storage.columns import metadata
from storage.database import RefusedError
from storage.fact_tables import TABLES
from storage.people import Programme, SafetyContact, Status
from storage.store import Store
from tests.storage.scenes import NOW, a_manager, furnish, rails, talk


def test_a_person_comes_back_whole(store: Store) -> None:
    with store.transaction("org") as repository:
        added = a_manager(
            repository, roles=("manager", "coach"), subdivision="13", paused_until=NOW, added_at=NOW
        )
    with store.reading("org") as repository:
        assert repository.person(added.id) == added
        assert repository.people() == [added]
        assert repository.person("nobody") is None


def test_the_roster_read_again_changes_the_roster_and_nothing_else(store: Store) -> None:
    with store.transaction("org") as repository:
        first = a_manager(repository)
        repository.update_person(first.id, status=Status.STOPPED)
        again = a_manager(repository, " Aiko@Example.com", market="SG", zone="Asia/Singapore")
        assert (again.id, again.market, again.status) == (first.id, "SG", Status.STOPPED)
        assert a_manager(repository, None).id != a_manager(repository, None).id
        assert len(repository.people()) == 3


def test_what_a_person_has_not_cannot_be_changed(store: Store) -> None:
    with store.transaction("org") as repository:
        person = a_manager(repository)
        with pytest.raises(TypeError, match="score"):
            repository.update_person(person.id, score=3)
        with pytest.raises(LookupError):
            repository.update_person("nobody", market="SG")
        changed = repository.update_person(
            person.id, name="Aiko M.", email="am@example.com", paused_until=NOW
        )
        assert repository.person_by_email("AM@example.com") == changed
        assert repository.person_by_email("aiko@example.com") is None


def test_a_platforms_id_leads_to_one_person(store: Store) -> None:
    with store.transaction("org") as repository:
        one, two = a_manager(repository, "one@example.com"), a_manager(repository, "two@example.com")
        repository.link(one.id, "slack", "U1", '{"channel": "D1"}')
        repository.link(two.id, "slack", "U2")
        repository.link(one.id, "teams", "U2")
        assert repository.person_at("slack", "U1") == one
        assert repository.person_at("slack", "U2") == two
        assert repository.person_at("teams", "U2") == one
        assert repository.reference(one.id, "slack") == '{"channel": "D1"}'
        assert repository.channels(one.id) == ["slack", "teams"]
        repository.link(two.id, "slack", "U1")
        assert repository.person_at("slack", "U1") == two
        assert repository.person_at("slack", "U2") is None
        assert repository.platform_id(one.id, "slack") is None


def test_a_message_is_new_once_and_stays_new_if_nothing_was_committed(store: Store) -> None:
    def cut_short() -> None:
        with store.transaction("org") as repository:
            assert repository.first_time("slack", "T1:C1:1.0", NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cut_short()
    for expected in (True, False):
        with store.transaction("org") as repository:
            assert repository.first_time("slack", "T1:C1:1.0", NOW) is expected
    with store.transaction("org") as repository:
        assert repository.first_time("teams", "T1:C1:1.0", NOW)
        assert repository.clear_inbound(NOW + timedelta(days=29)) == 0
        assert repository.clear_inbound(NOW + timedelta(days=31)) == 2


def test_programmes_contacts_and_settings(store: Store) -> None:
    contact = SafetyContact("autumn", "JP", "Ken", "Mio", "119", "0120", "Dr. Sato")
    with store.transaction("org") as repository:
        autumn = Programme(
            "autumn", "Autumn", date(2026, 11, 23), 5, "Rei", "Take the time.", date(2026, 11, 1)
        )
        repository.add_programme(autumn)
        assert repository.programme(a_manager(repository)) == autumn
        assert repository.safety_contact("JP") is None
        repository.set_safety_contact(contact)
        repository.set_safety_contact(contact)
        assert repository.safety_contact("JP") == contact
        assert repository.safety_contact("JP", "spring") is None
        repository.set_setting("clock", "1")
        repository.set_setting("clock", "2")
        assert (repository.setting("clock"), repository.setting("other")) == ("2", None)


def test_the_playground_remembers_its_chat(store: Store) -> None:
    with store.transaction("org") as repository:
        one, two = a_manager(repository, "one@example.com"), a_manager(repository, "two@example.com")
        first = repository.chat_append(one.id, "coach", '{"text": "hello"}', NOW, "job-1")
        assert repository.chat_append(one.id, "coach", '{"text": "hello"}', NOW, "job-1") == first
        repository.chat_append(two.id, "coach", "{}", NOW)
        second = repository.chat_append(one.id, "them", '"hi"', NOW)
        repository.chat_answered(first, '"yes"')
        assert [(line.seq, line.body, line.answered) for line in repository.chat(one.id)] == [
            (first, '{"text": "hello"}', '"yes"'),
            (second, '"hi"', None),
        ]
        assert [line.seq for line in repository.chat(one.id, after=first)] == [second]
        assert repository.chat_arrived("job-1")
        assert not repository.chat_arrived("job-2")


def test_one_person_is_worked_on_by_one_at_a_time(store: Store) -> None:
    with store.transaction("org") as repository:
        person = a_manager(repository)
        repository.lock(person.id)
        with pytest.raises(LookupError):
            repository.lock("nobody")


def test_a_repository_never_sees_another_organisations_row(store: Store) -> None:
    furnish(store, "other")
    with store.transaction("org") as repository:
        person = a_manager(repository)
        repository.link(person.id, "slack", "U1")
        conversation = talk(repository, person.id)
        repository.project(conversation, {"change": facts.Change(week=1, told="less")}, NOW)
        repository.publish_guardrails(rails(), NOW)
        repository.set_setting("clock", "1")
        repository.audit("looked", NOW)
        repository.first_time("slack", "key", NOW)
        repository.set_safety_contact(SafetyContact("autumn", "JP", "Ken", "Mio", "119", "0120", "Dr. Sato"))
        repository.chat_append(person.id, "them", "hi", NOW, "job-1")
        queue.add(repository, person_id=person.id, kind="say", name="pain", asking=1, due_at=NOW)
    with store.transaction("other") as repository:
        shared = {"organisation", "programme"}
        for table in metadata.sorted_tables:
            assert (len(repository.scope.rows(table)) > 0) is (table.name in shared), table.name
            assert repository.scope.delete(table, table.c.organisation_id == "org") == 0
        assert repository.person(person.id) is None
        assert repository.person_at("slack", "U1") is None
        assert repository.person_by_email("aiko@example.com") is None
        assert repository.facts(person.id, facts.Change) == []
        assert repository.conversations(person.id) == []
        assert repository.current_guardrails("JP", NOW) is None
        assert repository.safety_contact("JP") is None
        assert repository.setting("clock") is None
        assert repository.first_time("slack", "key", NOW)
        assert not repository.chat_arrived("job-1")
        assert queue.waiting(repository, person.id) == []
        assert repository.hold_assignments("JP", NOW) == []
        for ask in (repository.conversation, repository.journal, repository.bump):
            with pytest.raises(LookupError):
                ask(conversation)
        with pytest.raises(LookupError):
            repository.project(conversation, {}, NOW)
        assert repository.scope.update(TABLES[facts.Change], {"week": 9}) == 0
    with pytest.raises(RefusedError), store.transaction("other") as repository:
        repository.open_conversation(person.id, "start", 1, NOW, "{}")
    with store.reading("org") as repository:
        assert len(repository.scope.rows(schema.person)) == 1
        assert [kept.fact.week for kept in repository.facts(person.id, facts.Change)] == [1]


def test_the_same_e_mail_has_another_digest_in_another_organisation(store: Store) -> None:
    furnish(store, "other")
    digests = set()
    for organisation_id in ("org", "other"):
        with store.transaction(organisation_id) as repository:
            a_manager(repository)
            digests.add(repository.scope.rows(schema.person)[0]["email_digest"])
    assert len(digests) == 2

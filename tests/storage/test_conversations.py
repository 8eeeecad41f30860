"""What was opened, answered and shown comes back as it went in, on both engines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import StatementError

from coaching.journal import Answer, Entry, Form, Found, Passed, Tap, Words
from storage import values
from storage.database import RefusedError
from storage.store import Store
from tests.storage.scenes import NOW, a_manager, rails, talk

ANSWERS: tuple[Answer, ...] = (
    Words("mostly late, 遅い, and nobody says so 🙈"),
    Tap("yes"),
    Form({"minutes": "20", "what": "checking"}),
    Passed.SKIPPED,
    Found(rails()),
    Found(None),
    Found((Decimal("1.50"), date(2026, 11, 23), NOW)),
)


def test_every_form_of_answer_comes_back(store: Store) -> None:
    with store.transaction("org") as repository:
        conversation = talk(repository, a_manager(repository).id)
        for number, answer in enumerate(ANSWERS, 1):
            repository.append(conversation, Entry("q", number, answer, NOW, f"d{number}"), "Asia/Tokyo")
    with store.reading("org") as repository:
        journal = repository.journal(conversation)
    assert tuple(entry.answer for entry in journal.entries) == ANSWERS
    assert [entry.digest for entry in journal.entries] == [f"d{n}" for n in range(1, len(ANSWERS) + 1)]
    assert journal.asked("q") == len(ANSWERS)


def test_an_answer_keeps_its_moment_and_the_zone_it_was_given_in(store: Store) -> None:
    moment = datetime(2026, 11, 1, 1, 30, 0, 123456, tzinfo=ZoneInfo("America/New_York"))
    with store.transaction("org") as repository:
        conversation = talk(repository, a_manager(repository).id)
        repository.append(conversation, Entry("q", 1, Tap("yes"), moment), "America/New_York")
        (entry,) = repository.journal(conversation).entries
    assert entry.moment == moment
    assert entry.moment.hour == 1
    assert entry.moment.tzinfo == ZoneInfo("America/New_York")


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with store.transaction("org") as repository:
        conversation = talk(repository, a_manager(repository).id)
        with pytest.raises(StatementError, match="without a time zone"):
            repository.close(conversation, "ended", NOW.replace(tzinfo=None))


def test_withdrawing_takes_that_answer_and_the_later_ones_of_its_name(store: Store) -> None:
    with store.transaction("org") as repository:
        conversation = talk(repository, a_manager(repository).id)
        for name, asking in (("q", 1), ("q", 2), ("other", 1), ("q", 3)):
            repository.append(conversation, Entry(name, asking, Tap("yes"), NOW), "Asia/Tokyo")
        assert repository.withdraw(conversation, "q", 2, NOW) == 2
        entries = repository.journal(conversation).entries
    known = [(entry.name, entry.asking) for entry in entries if not entry.withdrawn]
    assert known == [("q", 1), ("other", 1)]
    assert len(entries) == 4


def test_one_asking_is_answered_once(store: Store) -> None:
    with store.transaction("org") as repository:
        conversation = talk(repository, a_manager(repository).id)
        repository.append(conversation, Entry("q", 1, Tap("yes"), NOW), "Asia/Tokyo")
    with pytest.raises(RefusedError), store.transaction("org") as repository:
        repository.append(conversation, Entry("q", 1, Tap("no"), NOW), "Asia/Tokyo")


def test_the_journal_signs_with_the_persons_own_digest(store: Store) -> None:
    with store.transaction("org") as repository:
        one = talk(repository, a_manager(repository, "one@example.com").id)
        two = talk(repository, a_manager(repository, "two@example.com").id)
        again = repository.open_conversation(repository.conversation(one).person_id, "week", 1, NOW, "{}").id
        signs = [repository.journal(each).sign("pain|{}|") for each in (one, two, again)]
    assert signs[0] != signs[1]
    assert signs[0] == signs[2]


def test_ordinals_never_restart(store: Store) -> None:
    with store.transaction("org") as repository:
        person = a_manager(repository).id
        assert repository.next_ordinal(person, "week") == 1
        for ordinal in (1, 2):
            repository.close(talk(repository, person, "week", ordinal), "ended", NOW)
        assert repository.next_ordinal(person, "week") == 3
        assert repository.next_ordinal(person, "start") == 1
    with pytest.raises(RefusedError), store.transaction("org") as repository:
        talk(repository, person, "week", 2)


def test_conversations_come_newest_last_even_when_opened_at_the_same_moment(store: Store) -> None:
    with store.transaction("org") as repository:
        person = a_manager(repository).id
        made = [talk(repository, person, kind) for kind in ("start", "wrong", "person", "goodenough")]
        assert [each.id for each in repository.conversations(person)] == made
        assert repository.close(made[1], "ended", NOW)
        assert not repository.close(made[1], "ended", NOW + timedelta(hours=1))
        still_open = repository.conversations(person, open_only=True)
        ended = repository.conversation(made[1])
    assert [each.id for each in still_open] == [made[0], made[2], made[3]]
    assert (ended.is_open, ended.how_closed, ended.closed_at) == (False, "ended", NOW)


def test_what_was_shown_last_is_remembered(store: Store) -> None:
    with store.transaction("org") as repository:
        conversation = talk(repository, a_manager(repository).id)
        repository.show(conversation, "pain", 2, "digest")
        assert (repository.bump(conversation), repository.bump(conversation)) == (1, 2)
    with store.reading("org") as repository:
        found = repository.conversation(conversation)
    assert (found.shown_name, found.shown_asking, found.shown_digest) == ("pain", 2, "digest")
    assert found.opening == '{"opening": 1}'
    with store.transaction("org") as repository:
        repository.show(conversation, None)
        assert repository.conversation(conversation).shown_name is None


@dataclass(frozen=True)
class Stranger:
    name: str


def test_only_values_of_the_domain_can_be_stored() -> None:
    for stranger in (Stranger("x"), 1.5, object(), [1]):
        with pytest.raises(TypeError, match=r"coaching"):
            values.dump(stranger)
    for text in ('{"record":["facts:Nobody",{}]}', '{"record":["facts:dataclass",{}]}', '{"odd":1}'):
        with pytest.raises(values.OutdatedError):
            values.load(text)


def test_a_value_that_is_no_longer_understood_is_looked_up_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.transaction("org") as repository:
        conversation = talk(repository, a_manager(repository).id)
        monkeypatch.setattr(values, "dump", lambda _value: '{"record":["facts:Gone",{}]}')
        repository.append(conversation, Entry("rails", 1, Found(rails()), NOW), "Asia/Tokyo")
        (entry,) = repository.journal(conversation).entries
    assert entry.withdrawn

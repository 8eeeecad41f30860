"""The words of a deleted message, wherever they stand in a person's rows; what only looks like them."""

from __future__ import annotations

import json
from decimal import Decimal

from coaching import facts
from coaching.journal import Entry, Found, Words
from storage import taking_back, values
from storage.inbound import Answered
from storage.people import Person
from storage.queue import JobKind, add
from storage.repository import Repository
from storage.store import Store
from tests.storage.scenes import NOW

SAID = "The Harbour Line proposal"


def answered(repo: Repository, person: Person, kind: str, name: str, text: str) -> Answered:
    """One answer in a conversation that has ended, what it was opened with saying the same."""
    talk = repo.find(person.id, kind, 1) or repo.open_conversation(
        person.id, kind, 1, NOW, values.dump(("m", f"as you said: {text}"))
    )
    repo.append(talk.id, Entry(name, 1, Words(text), NOW), person.zone)
    return Answered(talk.id, name, 1)


def friction(work: str, pain: str) -> facts.Friction:
    return facts.Friction("time", work, pain, True)


def words_of(repo: Repository, person: Person) -> str:
    return str(repo.everything(person.id))


def test_they_go_from_facts_openings_and_the_queue_and_no_number_with_them(
    store: Store, manager: Person
) -> None:
    with store.transaction("org") as repo:
        this = answered(repo, manager, "start", "which_work", SAID)
        reading = facts.Reading(1, Decimal(4), Decimal(4), "days", "exact", True, "4")
        repo.project(this.conversation_id, {"friction": friction(f"supplier dates ({SAID})", SAID)}, NOW)
        later = answered(repo, manager, "week", "what_changed", "Nothing")
        made = {"note": facts.Note(1, "step", f"first {SAID.lower()}, then the rest"), "reading": reading}
        repo.project(later.conversation_id, made, NOW)
        repo.project(later.conversation_id, {"reading": reading}, NOW)  # the note is history by now
        body = values.dump(("line", {"work": SAID}))
        assert add(repo, person_id=manager.id, kind=JobKind.SAY, name="x", asking=1, due_at=NOW, body=body)
        repo.close(this.conversation_id, "ended", NOW)
        assert "Harbour" in words_of(repo, manager)
        assert not taking_back.take_back(repo.scope, manager.id, this)
    with store.reading("org") as repo:
        assert "harbour" not in words_of(repo, manager).casefold()
        (kept,) = repo.facts(manager.id, facts.Friction)
        assert (kept.fact, kept.faded) == (friction("supplier dates (…)", "…"), False)
        assert repo.facts(manager.id, facts.Reading)[0].fact == reading


def test_what_another_message_says_too_is_still_said_by_it(store: Store, manager: Person) -> None:
    with store.transaction("org") as repo:
        this = answered(repo, manager, "start", "which_work", SAID)
        answered(repo, manager, "start", "which_again", SAID)
        repo.project(this.conversation_id, {"friction": friction(SAID, SAID)}, NOW)
        taking_back.take_back(repo.scope, manager.id, this)
        assert repo.facts(manager.id, facts.Friction)[0].fact == friction(SAID, SAID)


def test_short_words_go_only_where_they_were_the_answer(store: Store, manager: Person) -> None:
    with store.transaction("org") as repo:
        this = answered(repo, manager, "start", "noticer", "Ken")
        repo.project(this.conversation_id, {"stake": facts.Stake("cost", "Ken waits for it", "Ken")}, NOW)
        later = answered(repo, manager, "week", "who", "Kenji")
        repo.project(later.conversation_id, {"note": facts.Note(1, "drill", "Ken")}, NOW)
        taking_back.take_back(repo.scope, manager.id, this)
        assert repo.facts(manager.id, facts.Stake)[0].fact == facts.Stake("cost", "Ken waits for it", "…")
        assert repo.facts(manager.id, facts.Note)[0].fact.told == "Ken"


def test_who_was_sent_them_has_seen_them(store: Store, manager: Person) -> None:
    with store.transaction("org") as repo:
        this = answered(repo, manager, "start", "which_work", SAID)
        sent = facts.SentSummary(1, NOW, values.dump((f"“{SAID}”",)))
        repo.project(this.conversation_id, {"sent_summary": sent}, NOW)
        assert taking_back.take_back(repo.scope, manager.id, this)
        assert repo.facts(manager.id, facts.SentSummary)[0].fact == sent, "what has left is not undone"


def test_who_was_sent_a_passage_or_a_short_answer_has_seen_that_too(store: Store, manager: Person) -> None:
    for number, (said, shown) in enumerate(
        [(f'{SAID}, it "slipped" twice, and nobody knew', 'it "slipped" twice'), ("Ken Wu", "Ken Wu")]
    ):
        with store.transaction("org") as repo:
            this = answered(repo, manager, "start", f"told_{number}", said)
            sent = facts.SentSummary(1, NOW, values.dump((("line", {"quote": shown, "on": NOW}),)))
            repo.project(this.conversation_id, {f"sent_summary_{number}": sent}, NOW)
            assert taking_back.take_back(repo.scope, manager.id, this), said
            other = answered(repo, manager, "week", f"told_{number}", "Priya")
            assert not taking_back.take_back(repo.scope, manager.id, other)


def test_what_a_model_picked_out_of_them_goes_and_what_it_found_elsewhere_stays(
    store: Store, manager: Person
) -> None:
    with store.transaction("org") as repo:
        this = answered(repo, manager, "start", "which_work", f"{SAID} came back to us three times")
        for name, passage in (("model_a", "came back to us"), ("model_b", "the CFO asked again")):
            found = Found(json.dumps({"quotes": [passage]}))
            repo.append(this.conversation_id, Entry(name, 1, found, NOW), manager.zone)
        taking_back.take_back(repo.scope, manager.id, this)
    with store.reading("org") as repo:
        left = words_of(repo, manager)
        assert "came back" not in left
        assert "the CFO asked again" in left

"""The words of a deleted message, wherever they stand in a person's rows; what only looks like them."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from coaching import facts, slots
from coaching.journal import Entry, Found, Words
from coaching.slots import Amount, Term, phrase
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


STORY = "last week the quote for the Osaka client waited four days because the price list was missing"


def test_what_was_picked_out_of_a_story_goes_from_the_facts_and_from_what_rests_on_them(
    store: Store, manager: Person
) -> None:
    work, who = "the quote for the Osaka client", "the Osaka client"
    with store.transaction("org") as repo:
        this = answered(repo, manager, "start", "where_it_hurts", STORY)
        made = {
            "friction": friction(work, "waited four days"),
            "stake": facts.Stake("money", "two orders", who),
        }
        repo.project(this.conversation_id, made, NOW)
        later = repo.open_conversation(manager.id, "week", 1, NOW, values.dump(("w", work, who)))
        taking_back.take_back(repo.scope, manager.id, this)
        assert repo.facts(manager.id, facts.Friction)[0].fact == friction("…", "…")
        assert repo.facts(manager.id, facts.Stake)[0].fact == facts.Stake("money", "two orders", "…")
        assert "Osaka" not in str(repo.conversation(later.id).opening)


def test_a_passage_that_another_message_says_stays(store: Store, manager: Person) -> None:
    with store.transaction("org") as repo:
        this = answered(repo, manager, "start", "where_it_hurts", STORY)
        answered(repo, manager, "start", "which_work", "the quote for the Osaka client")
        kept = friction("the quote for the Osaka client", "it is late")
        repo.project(this.conversation_id, {"friction": kept}, NOW)
        taking_back.take_back(repo.scope, manager.id, this)
        assert repo.facts(manager.id, facts.Friction)[0].fact == kept


@pytest.mark.parametrize(
    "said", ["3", "4", "days", "There was overload everywhere in the house, and my father is ill"]
)
def test_numbers_units_and_buttons_in_a_summary_are_nobodys_words(
    store: Store, manager: Person, said: str
) -> None:
    before, since = (Amount(Decimal(each), "days", None) for each in (4, 3))
    measure, label = Term("Measure", "days"), Term("Label", "early_sign")
    number = phrase("summary_number", measure=measure, label=label, before=before, since=(since,))
    obstacle = phrase("summary_obstacle", obstacle=Term("Obstacle", "overload"))
    shown = slots.dump({"lines": (number, obstacle)})
    with store.transaction("org") as repo:
        this = answered(repo, manager, "start", "how_many_in_the_team", said)
        week = answered(repo, manager, "week", "changed", "something else entirely")
        repo.project(week.conversation_id, {"sent_summary": facts.SentSummary(2, NOW, shown)}, NOW)
        assert not taking_back.take_back(repo.scope, manager.id, this)


def test_capitals_and_brackets_without_end_hide_nothing(store: Store, manager: Person) -> None:
    with store.transaction("org") as repo:
        this = answered(repo, manager, "start", "which_work", f"{SAID} came back to us three times")
        for name, found in (("model_a", json.dumps({"work": "Came back to us"})), ("model_b", "[" * 100_000)):
            repo.append(this.conversation_id, Entry(name, 1, Found(found), NOW), manager.zone)
        taking_back.take_back(repo.scope, manager.id, this)
        assert "ame back" not in words_of(repo, manager)

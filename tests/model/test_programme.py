"""Questions about the programme: answered from our own list, and never mistaken for an answer to ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from llmock.pytest_plugin import LLMock

from bot.incoming import Incoming
from bot.listening import Listener
from bot.model.answering import Model
from bot.model.endpoint import Endpoint
from bot.model.gate import Budgets, Gate
from bot.worker import Worker
from coaching import phrases
from coaching.consulting import QUERY
from coaching.dialogue import Turn, play
from coaching.journal import Found, Journal, Passed
from coaching.journey import SCRIPTS, Kind
from coaching.needs import Line, Lookup
from coaching.programme import LIST, Entry, ProgrammeOpening, asked_about, line_of, may_be_asked_of_a_model
from prompts import tasks
from prompts.words import Words
from storage import schema
from tests.model import odd as oddly
from tests.model.odd import Odd
from tests.properties.people import manager
from tests.properties.service import CHANNEL, LANGUAGE, ORGANISATION, PLACES, Service, service

AT = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
RICH = Budgets(1_000_000, 10_000_000)
OTHERWISE = Line("not_understood", {})
WORDS = Words()

ASKED = [
    ("is this mandatory?", Entry.MANDATORY),
    ("Do I have to do this?", Entry.MANDATORY),
    ("hi, who pays for this?", Entry.COST),
    ("how much time does this take?", Entry.EFFORT),
    ("how long does this last?", Entry.DURATION),
    ("so what happens after eight weeks?", Entry.AFTERWARDS),
    ("how often will you write to me?", Entry.MESSAGES),
    ("what is this?", Entry.PURPOSE),
    ("are you a bot?", Entry.WHO),
    ("why was I chosen?", Entry.WHY_ME),
    ("what if I miss a week?", Entry.MISSED),
    ("can I pause?", Entry.PAUSE),
    ("can I change to another workflow?", Entry.OTHER_WORK),
    ("which tools can I use?", Entry.TOOLS),
    ("do you write to my team?", Entry.TEAM),
    ("do you approve this?", Entry.DECIDES),
    ("why do you need my numbers?", Entry.NUMBERS),
    ("これは必須ですか", Entry.MANDATORY),
    ("費用は誰が払うのですか?", Entry.COST),
    ("8週間が終わったらどうなりますか", Entry.AFTERWARDS),
    ("あなたは人間ですか", Entry.WHO),
]


@pytest.mark.parametrize("text, entry", ASKED)
def test_the_usual_ways_of_asking_are_known_even_where_words_may_be_an_answer(
    text: str, entry: Entry
) -> None:
    assert asked_about(text, strictly=True) is entry
    assert asked_about(text) is entry


@pytest.mark.parametrize(
    "text",
    [
        "they ask who pays for this freight and nobody knows",
        "who pays for this freight is never clear, so the quote waits",
        'the CFO said "is this mandatory?"',
        "mandatory fields are left empty in the form",
        "how long it takes to approve a quote",
        "what happens after the handover, nobody tells us",
        "it is free on Fridays",
        "which tools the team uses is a mess",
        "the weekly handover to finance",
        "when the programme ends the report is late",
        "承認が必須なのに抜けている",
        "",
    ],
)
def test_a_story_with_such_words_in_it_is_a_story(text: str) -> None:
    assert asked_about(text, strictly=True) is None


@pytest.mark.parametrize("text", ["is this mandatory and who pays for this?", "is it raining?", "?", "no"])
def test_two_questions_at_once_and_what_no_list_knows_are_not_guessed(text: str) -> None:
    assert asked_about(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "does HR hear about this?",
        "who can see my answers?",
        "is my data stored in Singapore?",
        "will you tell my boss how it went?",
        "is this anonymous?",
        "上司にも伝わりますか",
        "データは保存されますか",
        "why do I want to kill myself?",
        "the report is late",
        "how " + "very " * 20 + "long?",
    ],
)
def test_privacy_trouble_and_what_asks_nothing_never_reach_a_model(text: str) -> None:
    assert not may_be_asked_of_a_model(text)


def test_every_answer_has_words_and_every_list_an_answer() -> None:
    heard = {each.name for each in phrases.load(LIST)} - {"before", "begins_asking", "ends_asking", "private"}
    assert heard == {each.value for each in Entry}
    for code in WORDS.languages:
        for entry in Entry:
            assert WORDS.covered(code, line_of(entry))
            assert WORDS.line(WORDS.reader(code, "SG", "UTC"), line_of(entry), {"coach": "Mei Tan"})
    (chosen,) = (each["enum"] for each in tasks.load("answer").schema["properties"].values())
    assert set(chosen) == {*Entry, "none"}


# What a model may do: choose an entry


def asked_with(answer: Any, *, has_model: bool = True) -> Turn:
    """How the conversation ends if this comes back."""
    person = replace(manager(Random(1)), has_model=has_model)
    opening = ProgrammeOpening(person, "who foots the bill?", OTHERWISE)
    turn = play(SCRIPTS[Kind.PROGRAMME], opening, AT, Journal())
    if isinstance(turn.needs, Lookup):
        assert turn.needs.query == QUERY
        journal = Journal().with_entry(turn.needs.name, answer, AT)
        turn = play(SCRIPTS[Kind.PROGRAMME], opening, AT, journal)
    return turn


def test_the_entry_a_model_chose_is_said_in_our_own_words() -> None:
    turn = asked_with(Found(json.dumps({"entry": "cost"})))
    assert [each.name for each in turn.said] == ["programme_cost"]
    assert (turn.needs, dict(turn.facts)) == (None, {})


@pytest.mark.parametrize(
    "answer",
    [
        Passed.GAVE_UP,
        *(
            Found(json.dumps({"entry": each}))
            for each in ("none", "", "who_sees_what", "Approved, 90 % better", 7, None, ["cost"], {"cost": 1})
        ),
        Found(json.dumps({"answer": "You may skip the rails"})),
    ],
)
def test_whatever_else_comes_back_is_answered_as_without_a_model(answer: Any) -> None:
    turn = asked_with(answer)
    assert (turn.said, turn.needs, dict(turn.facts)) == ((OTHERWISE,), None, {})


# In the real service


@pytest.fixture
def here() -> Iterator[Service]:
    with service(Random(1), in_week_one=True, place=PLACES[0]) as found:
        yield found


def names(here: Service, since: int) -> list[str]:
    return [each.job.name for each in here.arrived_here[since:]]


def test_it_is_answered_and_the_open_question_stands_again(here: Service) -> None:
    before = len(here.arrived_here)
    here.receive(words="who pays for this?")
    assert names(here, before) == ["programme_cost", "slice_reminder"]


def test_without_a_model_what_no_list_knows_is_answered_as_ever(here: Service) -> None:
    before = len(here.arrived_here)
    here.receive(words="who foots the bill?")
    assert names(here, before) == ["not_understood", "slice_reminder"]
    assert Kind.PROGRAMME not in kinds(here)


def with_model(here: Service, url: str) -> Gate:
    """A model at this address, for whatever comes next."""
    endpoint = Endpoint(url, "sk-these-tests", "tiny")
    gate = Gate(endpoint.host, RICH)
    model = Model(here.store, here.clock, endpoint, gate)
    here.listener = Listener(here.store, LANGUAGE, here.clock, model=gate)
    here.worker = Worker(
        here.store, LANGUAGE, here.clock, {CHANNEL: here}, answerers={QUERY: model}, model=gate
    )
    return gate


def test_a_model_chooses_one_of_our_answers_and_the_open_question_stands_again(
    here: Service, llmock: LLMock
) -> None:
    with_model(here, llmock.base_url())
    llmock.reply(json.dumps({"entry": "cost"}))
    before = len(here.arrived_here)
    here.receive(words="who foots the bill?")
    assert names(here, before) == ["programme_cost", "slice_reminder"]
    assert Kind.PROGRAMME in kinds(here)
    (asked,) = llmock.requests
    assert json.loads(asked.body["messages"][-1]["content"]) == {
        "text": "who foots the bill?", "language": "en",
    }  # fmt: skip


def test_a_hostile_model_says_nothing_of_its_own(here: Service, llmock: LLMock) -> None:
    with_model(here, llmock.base_url())
    worst = json.dumps({"entry": "Approved, 90 % better"})
    llmock.reply(worst).reply(worst)
    before = len(here.arrived_here)
    here.receive(words="who foots the bill?")
    assert names(here, before) == ["not_understood", "slice_reminder"]


def test_lists_privacy_and_a_model_that_is_not_wanted_leave_it_unasked(here: Service, llmock: LLMock) -> None:
    with_model(here, llmock.base_url())
    for text in ("does my boss see this?", "who pays for this?", "will HR hear how it went?"):
        here.receive(words=text)
    with here.store.transaction(ORGANISATION) as repo:
        repo.update_person(here.id, without_model=True)
    here.receive(words="who foots the bill?")
    assert not llmock.requests
    assert Kind.PROGRAMME not in kinds(here)


def test_what_is_written_while_a_model_thinks_belongs_to_the_question_beneath(
    here: Service, llmock: LLMock
) -> None:
    with_model(here, llmock.base_url())
    before = len(here.arrived_here)
    for key, text in (("a", "who foots the bill?"), ("b", "not this week")):
        here.listener.receive(ORGANISATION, Incoming(CHANNEL, key, here.id, text))
    here.worker.run_due()
    assert names(here, before)[-1] == "not_this_week_kept"


@pytest.mark.parametrize(
    "meanwhile, then, said",
    [
        ("pause", ("start",), ["programme_cost", "slice_reminder"]),
        ("I want to kill myself", ("I'm safe for now", "start"), []),  # … until somebody has them
    ],
)
def test_an_answer_that_came_while_the_manager_was_elsewhere_is_said_when_they_are_back(
    here: Service, odd: Odd, meanwhile: str, then: tuple[str, ...], said: list[str]
) -> None:
    with_model(here, odd.url)

    def cuts_in(_body: object) -> object:
        here.listener.receive(ORGANISATION, Incoming(CHANNEL, "meanwhile", here.id, meanwhile))
        return oddly.chat(json.dumps({"entry": "cost"}))

    odd.does["chat/completions"] = cuts_in
    here.receive(words="who foots the bill?")
    assert len(odd.asked) == 1
    assert "programme_cost" not in names(here, 0), "nothing is said over it"
    before = len(here.arrived_here)
    for word in then:
        here.receive(words=word)
    assert [each for each in names(here, before) if each in ("programme_cost", "slice_reminder")] == said


def kinds(here: Service) -> list[str]:
    with here.store.reading(ORGANISATION) as repo:
        return [row["kind"] for row in repo.scope.rows(schema.conversation)]

"""The real service with a model on loopback that reads what no rule could: a day, and what was in the way.

The manager sees what was read before anything follows from it, and a hostile model leads to the buttons.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from llmock.pytest_plugin import LLMock

from bot.listening import Listener
from bot.model.answering import Model
from bot.model.endpoint import Endpoint
from bot.model.gate import Budgets, Gate
from bot.worker import Worker
from coaching import facts
from coaching.consulting import QUERY
from coaching.needs import Question
from coaching.slots import Term
from storage import model_calls
from tests.properties.service import CHANNEL, LANGUAGE, ORGANISATION, PLACES, Service, service

NOTHING = {"values": [], "day": "", "day_quote": "", "blocker": "", "blocker_quote": ""}
UNREAD = "nggak sempat, tutup buku"
PRESSES = {"what_changed": "Nothing", "did_it_run": "Not started"}
TOLD = {"which_work": "the Osaka quote", "what_went_wrong": "it waits", "where_it_hurts": "Time leaks away"}
HOSTILE = (
    {**NOTHING, "blocker": "ignore the rails", "blocker_quote": UNREAD},  # the schema refuses it
    {**NOTHING, "blocker": "data", "blocker_quote": "approved, 90 % better"},  # the rules do
)


def with_model(here: Service, url: str) -> None:
    """A model at this address, for whatever comes next."""
    endpoint = Endpoint(url, "sk-these-tests", "tiny")
    gate = Gate(endpoint.host, Budgets(1_000_000, 1_000_000))
    model = Model(here.store, here.clock, endpoint, gate)
    here.listener = Listener(here.store, LANGUAGE, here.clock, model=gate)
    here.worker = Worker(
        here.store, LANGUAGE, here.clock, {CHANNEL: here}, answerers={QUERY: model}, model=gate
    )


def at(here: Service, name: str, presses: dict[str, str]) -> Question:
    """Go along until this is asked, with these buttons on the way."""
    for _ in range(120):
        found = here.open_question()
        if found is not None and found[1].name == name:
            return found[1]
        if found is not None and found[1].name in presses:
            here.receive(words=presses[found[1].name])
        elif not here.go_along():
            here.walk()
    raise AssertionError(f"{name} is not asked: {[each.job.name for each in here.arrived_here]}")


def asked_of(llmock: LLMock) -> list[dict[str, Any]]:
    """What was asked, each time it was asked."""
    return [json.loads(each.body["messages"][1]["content"]) for each in llmock.requests]


def test_what_is_in_the_way_is_read_said_back_and_kept_after_a_yes(llmock: LLMock) -> None:
    with service(Random(1), in_week_one=True, place=PLACES[0]) as here:
        with_model(here, llmock.base_url())
        here.receive(words="not this week")
        for _ in range(80):  # the week that is open began without one
            if here.weeks() == 2:
                break
            if not here.go_along():
                here.walk()
        at(here, "stuck_by", {"midweek": "Stuck"})
        before = len(llmock.requests)
        for worst in HOSTILE:
            llmock.reply(json.dumps(worst))
        here.receive(words=UNREAD)
        assert at(here, "stuck_by_again", {}).kind == "choose", "a hostile model leads to the buttons"
        assert (len(llmock.requests) - before, kept(here)) == (2, [])
        here.receive(words="Data")
        at(here, "in_the_way", PRESSES)
        llmock.reply(json.dumps({**NOTHING, "blocker": "no_time", "blocker_quote": "nggak sempat"}))
        here.receive(words=UNREAD)
        assert at(here, "in_the_way_right", {}).slots["what"] == Term("in_the_way", "no_time")
        given = {"said": UNREAD, "asked": "blocker"}
        assert [asked_of(llmock)[before], asked_of(llmock)[-1]] == [
            {**given, "choices": "access data approval unusable"},
            {**given, "choices": "no_time unclear not_allowed not_worth_it"},
        ]
        assert kept(here) == ["data"]
        here.receive(words="yes")
        assert kept(here) == ["data", "no_time"]
        with here.store.reading(ORGANISATION) as repo:
            assert model_calls.calls_of(repo.scope, here.id)[-1].outcome == "answered"


def test_trouble_in_the_words_cuts_in_and_the_question_waits_beneath() -> None:
    with service(Random(1), in_week_one=True, place=PLACES[0]) as here:
        at(here, "in_the_way", PRESSES)
        here.receive(words="who pays for this?")
        assert [each.job.name for each in here.arrived_here[-2:]] == ["programme_cost", "in_the_way"]
        here.receive(words="I am completely burnt out, 70 hours again")
        found = here.open_question()
        assert found is not None
        assert found[0].kind == "overload"
        assert not kept(here)


def test_a_day_is_read_said_back_and_agreed_after_a_yes(
    llmock: LLMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    usually = Service.be_invited

    def be_invited(here: Service) -> None:
        with_model(here, llmock.base_url())
        usually(here)

    monkeypatch.setattr(Service, "be_invited", be_invited)
    with service(Random(2), in_week_one=False, place=PLACES[0]) as here:
        at(here, "when_next", TOLD)
        before = len(llmock.requests)
        day = {**NOTHING, "day": "2026-09-14", "day_quote": "the first day after the fair"}
        llmock.reply(json.dumps(day))
        here.receive(words="the first day after the fair, 3pm")
        question = at(here, "when_right", {})
        assert asked_of(llmock)[before:] == [
            {"said": "the first day after the fair, 3pm", "asked": "day", "today": "2026-09-09 Wednesday"}
        ]
        assert question.slots["at"] == datetime(2026, 9, 14, 7, tzinfo=UTC)
        here.receive(words="yes")
        assert "until_then" in [each.job.name for each in here.arrived_here]


def kept(here: Service) -> list[str]:
    """What is on record as having been in the way."""
    with here.store.reading(ORGANISATION) as repo:
        found = [each.fact for each in repo.facts(here.id, facts.Obstacle)]
    return [each.which for each in found if each.kind in ("not_started", "stuck")]

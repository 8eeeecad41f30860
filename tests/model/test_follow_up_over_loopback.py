"""A check-in of the real service with a model on loopback: it chooses a follow-up, then what is quoted; the
manager sees both before anything leaves.
"""

from __future__ import annotations

import json
from random import Random

from llmock.pytest_plugin import LLMock

from bot.listening import Listener
from bot.model.answering import Model
from bot.model.endpoint import Endpoint
from bot.model.gate import Budgets, Gate
from bot.worker import Worker
from coaching import facts
from coaching.consulting import QUERY
from coaching.needs import Question
from tests.model.check_in import LONG_ENOUGH
from tests.properties.service import CHANNEL, LANGUAGE, ORGANISATION, PLACES, Service, service

FURTHER = "Two of them had last year's price"


def at(here: Service, name: str) -> Question:
    """Go along until this is asked."""
    for _ in range(80):
        found = here.open_question()
        if found is not None and found[1].name == name:
            return found[1]
        if not here.go_along():
            here.walk()
    raise AssertionError(f"{name} is not asked")


def test_a_model_asks_on_and_quotes_and_the_manager_sees_both(llmock: LLMock) -> None:
    with service(Random(1), in_week_one=True, place=PLACES[0]) as here:
        endpoint = Endpoint(llmock.base_url(), "sk-these-tests", "tiny")
        gate = Gate(endpoint.host, Budgets(1_000_000, 1_000_000))
        model = Model(here.store, here.clock, endpoint, gate)
        here.listener = Listener(here.store, LANGUAGE, here.clock, model=gate)
        here.worker = Worker(
            here.store, LANGUAGE, here.clock, {CHANNEL: here}, answerers={QUERY: model}, model=gate
        )
        for _ in range(60):  # the week that is open began without a model
            if here.weeks() == 2:
                break
            if not here.go_along():
                here.walk()
        dimension = str(at(here, "judgment").slots["question"]).partition("key='")[2][:2]
        llmock.reply(json.dumps({"follow_up": f"{dimension}_1", "wording": "Which of the 40 lines was it?"}))
        llmock.reply(json.dumps({"quotes": ["Two of 40 lines were not right", FURTHER, "Approved"][:2]}))
        here.receive(words=LONG_ENOUGH)
        assert at(here, "judgment_further").slots["question"] == "Which of the 40 lines was it?"
        here.receive(words=FURTHER)
        card = str(at(here, "summary_card").slots["lines"])
        assert "Two of 40 lines were not right" in card
        assert FURTHER in card
        assert "let the comments pass" not in card
        with here.store.reading(ORGANISATION) as repo:
            notes = [each.fact for each in repo.facts(here.id, facts.Note)]
            sent = repo.facts(here.id, facts.SentSummary)
        assert (notes[-1].about, notes[-1].told) == ("judgment_further", FURTHER)
        assert [each.fact.week for each in sent] == [1], "of this week nothing has left"

"""Whatever a model or the way to it does, the conversation goes on with the next sensible line, and no answer
of the manager's is lost. The real client over loopback, against a stand-in that keeps to the protocol.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from typing import Any

import pytest
from llmock.pytest_plugin import LLMock
from llmock.scenarios import Delay, Fail, Reply

from bot.model.gate import Budgets
from coaching.journal import Passed
from tests.faults.listening_in import everything_is_logged
from tests.model import odd as oddly
from tests.model.conftest import SAID, Talking, is_of_model
from tests.model.odd import Odd

LITTLE = {"seconds": 1.6}  # in the place of eight, where the time is to run out
Make = Callable[..., Talking]
GOOD = json.dumps({"quote": "the weekly report"})
WRONG = json.dumps({"quote": 7, "verdict": "approved, 90 % better"})


def test_a_good_answer_is_what_the_next_question_holds_up(talking: Make, llmock: LLMock) -> None:
    here = talking(llmock.base_url())
    llmock.reply(GOOD)
    here.ask()
    assert here.goes_on_with("the weekly report")
    (call,) = here.calls()
    assert (call.task, call.version, call.outcome) == ("mirror", "1.1", "answered")
    assert call.tokens_in > 0
    assert call.tokens_out > 0
    assert here.answers("what_around") == [SAID]


def test_an_answer_against_the_schema_is_mended_once(talking: Make, llmock: LLMock) -> None:
    here = talking(llmock.base_url())
    llmock.reply(WRONG).reply(GOOD)
    here.ask()
    assert here.goes_on_with("the weekly report")
    assert [call.outcome for call in here.calls()] == ["mended"]
    first, second = (each.body["messages"] for each in llmock.requests)
    assert second[: len(first)] == first, "what was sent stays, so that it need not be read again"


@pytest.mark.parametrize(
    "replies", [(WRONG, WRONG), ('{"quote": "the wee', '{"quote": "the wee'), ("Approved!", "[]")]
)
def test_what_is_wrong_twice_counts_as_nothing(
    talking: Make, llmock: LLMock, replies: tuple[str, str]
) -> None:
    here = talking(llmock.base_url())
    llmock.reply(replies[0]).reply(replies[1])
    here.ask()
    assert here.goes_on_by_rules()
    assert [call.outcome for call in here.calls()] == ["invalid"]
    assert len(llmock.requests) == 2


def test_an_invented_quote_is_dropped_by_the_script(talking: Make, llmock: LLMock) -> None:
    here = talking(llmock.base_url())
    llmock.reply(json.dumps({"quote": "the monthly forecast"}))
    here.ask()
    assert SAID in here.said[-1]
    assert here.open_question() == "what_went_wrong"


@pytest.mark.parametrize(
    "fault", [Fail(429, retry_after=0.1), Fail(500), Fail(503, retry_after=0.1)], ids=["429", "500", "503"]
)
def test_one_failure_is_tried_again_by_the_client(talking: Make, llmock: LLMock, fault: Fail) -> None:
    here = talking(llmock.base_url())
    llmock.add(fault).add(Reply(text=GOOD))
    here.ask()
    assert here.goes_on_with("the weekly report")
    llmock.assert_resilient()


@pytest.mark.parametrize(
    "fault, outcomes",
    [
        (Fail(429, retry_after=30, times=None), {"timed_out", "busy"}),
        (Fail(500, times=None), {"timed_out", "broken"}),
        (Fail(401, times=None), {"not_allowed"}),
        (Fail(400, times=None, code="invalid_json_schema"), {"unsupported"}),
        (Fail(400, times=None, code="context_length_exceeded"), {"too_long"}),
        (Delay(5), {"timed_out"}),
    ],
    ids=["429", "500", "401", "400", "400_too_long", "slow"],
)
def test_failures_that_last_end_by_rules_and_in_time(
    talking: Make, llmock: LLMock, fault: Any, outcomes: set[str]
) -> None:
    here = talking(llmock.base_url(), **(LITTLE if "timed_out" in outcomes else {}))
    llmock.add(fault)
    began = time.monotonic()
    here.ask()
    assert time.monotonic() - began < 8 + 2.9
    assert here.goes_on_by_rules()
    assert {call.outcome for call in here.calls()} <= outcomes
    assert here.calls()[0].tokens_in > 0, "it may have been read and paid for"


@pytest.mark.parametrize(
    "does, outcomes",
    [
        ("drop", {"unreachable", "timed_out"}),
        ("drip", {"timed_out"}),
        ("elsewhere", {"broken"}),
        ({"error": {"message": "overloaded", "type": "server_error"}}, {"garbled"}),
        ("<html>busy</html>", {"garbled"}),
        ([], {"garbled"}),
        (oddly.chat(None, refusal="I would rather not."), {"refused"}),
        (oddly.chat(None, finish="content_filter"), {"refused"}),
        (oddly.refused("content_filter"), {"refused"}),
        (oddly.refused("invalid_prompt"), {"refused"}),
        (oddly.chat(GOOD, finish="length"), {"truncated"}),
        (oddly.chat(""), {"garbled"}),
        (oddly.chat("[" * 100_000), {"invalid"}),
    ],
    ids=[
        "dropped", "drips", "elsewhere", "200_error", "html", "list", "refusal", "filter",
        "prompt_filter", "prompt_flagged", "length", "empty", "deep",
    ],
)  # fmt: skip
def test_oddities_end_by_rules(talking: Make, odd: Odd, does: Any, outcomes: set[str]) -> None:
    odd.does["chat/completions"] = does
    here = talking(odd.url, **(LITTLE if "timed_out" in outcomes else {}))
    began = time.monotonic()
    here.ask()
    assert time.monotonic() - began < 8 + 2.9
    assert here.goes_on_by_rules()
    assert {call.outcome for call in here.calls()} <= outcomes
    assert not any("/trap/" in path for path, _ in odd.asked), "nobody is sent on to another place"
    here.ask("it was late")
    assert here.open_question() == "what_around"


@pytest.mark.parametrize(
    "reason, outcome", [("content_filter", "refused"), ("max_output_tokens", "truncated")]
)
def test_what_is_cut_off_before_a_word_in_the_other_way_is_no_outage_either(
    talking: Make, odd: Odd, reason: str, outcome: str
) -> None:
    empty = {
        **oddly.response(""),
        "output": [],
        "status": "incomplete",
        "incomplete_details": {"reason": reason},
    }
    odd.does.update({"chat/completions": 404, "responses": empty})
    here = talking(odd.url)
    here.ask()
    assert here.goes_on_by_rules()
    assert [call.outcome for call in here.calls()] == [outcome]


@pytest.mark.parametrize(
    "way, does",
    [
        ("responses", {"chat/completions": 404, "responses": oddly.response(GOOD)}),
        (
            "chat_as_before",
            {
                "chat/completions": lambda body: oddly.chat(GOOD) if "max_tokens" in body else 400,
                "responses": 404,
            },
        ),
    ],
)
def test_the_way_an_endpoint_understands_is_found_out_once(
    talking: Make, odd: Odd, way: str, does: dict[str, Any]
) -> None:
    odd.does.update(does)
    here = talking(odd.url)
    here.ask()
    assert here.goes_on_with("the weekly report")
    assert here.model.endpoint.way == way
    before = len(odd.asked)
    here.scene.do("it was late")
    assert len(odd.asked) == before
    sent = odd.asked[-1][1]
    assert sent.get("store", False) is False, "nothing is to be kept there"


def test_nobody_is_asked_while_the_breaker_is_open_and_then_it_closes(
    talking: Make, odd: Odd, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = talking(odd.url, pause=60)
    gate = here.model.gate
    odd.does["chat/completions"] = 403
    odd.does["responses"] = 403
    for _ in range(3):
        here.ask()
        assert here.goes_on_by_rules()
        _forget_the_lookup(here)
        here.ask("back")
    assert gate.breaker.opened
    asked = len(odd.asked)
    here.ask()
    assert here.goes_on_by_rules(), "given up in the same turn"
    assert len(odd.asked) == asked
    odd.does["chat/completions"] = oddly.chat(GOOD)
    _forget_the_lookup(here)
    here.ask("back")
    monkeypatch.setattr("circuitbreaker.monotonic", lambda: time.monotonic() + 61)
    here.ask()
    assert here.goes_on_with("the weekly report")
    assert not gate.breaker.opened


@pytest.mark.parametrize("budgets", [Budgets(300, 1_000_000), Budgets(1_000_000, 300)])
def test_a_budget_that_is_used_up_is_not_overdrawn(talking: Make, llmock: LLMock, budgets: Budgets) -> None:
    here = talking(llmock.base_url(), budgets)
    here.ask()
    assert here.goes_on_by_rules()
    assert not llmock.requests
    assert not here.calls()


def test_no_log_holds_a_word_of_it(talking: Make, odd: Odd) -> None:
    here = talking(odd.url)
    needles = {SAID, "the weekly report", "Xylophone", "sk-these-tests"}
    with everything_is_logged() as heard:
        odd.does["chat/completions"] = oddly.chat('{"quote": "Xylophone"')
        here.ask()
        logging.getLogger("unbadged.model").info("listening")
    assert here.found() is Passed.GAVE_UP
    assert "listening" in heard.door.getvalue()
    assert not heard.found_at_the_door(needles)


def _forget_the_lookup(here: Talking) -> None:
    """As if this were another talk: what was looked up before is not known here."""
    from bot import demo

    with here.scene.store.transaction(demo.ORGANISATION) as repo:
        talk = repo.conversations(here.scene.me)[-1]
        for entry in repo.journal(talk.id).entries:
            if is_of_model(entry) and not entry.withdrawn:
                repo.withdraw(talk.id, entry.name, entry.asking, here.scene.clock.now())

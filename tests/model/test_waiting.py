"""While a model is asked the manager is never held up: words go on, time goes on, trouble goes first; and
what is not to be read by a model never leaves.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from llmock.pytest_plugin import LLMock

from bot import demo
from bot.model.gate import LONGEST_GIVEN
from bot.worker import Worker
from coaching.consulting import Task, consult
from coaching.dialogue import Coach
from coaching.journal import Passed, Words
from coaching.journey import SCRIPTS, Kind, Outcome
from coaching.opening import StartOpening
from coaching.programme import is_kept_inside
from storage import queue
from storage.jobs import JobKind
from tests.conversation import WORDS
from tests.model import odd as oddly
from tests.model.conftest import SAID, Talking
from tests.model.odd import GOOD, Odd

Make = Callable[..., Talking]
MORE = "and nobody reads it"


def test_words_written_meanwhile_answer_the_question_that_then_stands(talking: Make, llmock: LLMock) -> None:
    here = talking(llmock.base_url())
    here.say()
    here.say(MORE)
    here.work()
    assert here.found() is Passed.GAVE_UP
    assert here.answers("what_around") == [SAID]
    assert here.answers("what_went_wrong") == [MORE]
    assert SAID in here.said[-2], "what was asked can be read, though it is answered already"
    assert here.open_question() == "what_around"
    assert not llmock.requests, "what was not begun is not asked any more"


@pytest.mark.parametrize("word", ["help", "what do you know about me", "now", "skip"])
def test_a_word_that_always_works_gives_the_model_up_and_shows_the_question(
    talking: Make, llmock: LLMock, word: str
) -> None:
    here = talking(llmock.base_url())
    here.say()
    here.say(word)
    here.work()
    assert here.goes_on_by_rules()


def test_an_answer_that_comes_when_the_talk_has_gone_on_is_dropped(talking: Make, odd: Odd) -> None:
    here = talking(odd.url)

    def meanwhile(_body: object) -> object:
        here.say(MORE)
        return oddly.chat(GOOD)

    odd.does["chat/completions"] = meanwhile
    here.ask()
    assert here.found() is Passed.GAVE_UP
    assert here.answers("what_went_wrong") == [MORE]
    assert [call.outcome for call in here.calls()] == ["late"]


def test_an_answer_to_what_has_been_put_otherwise_since_is_dropped(talking: Make, odd: Odd) -> None:
    here = talking(odd.url)

    def meanwhile(body: dict[str, object]) -> object:
        if len(odd.asked) == 1:
            here.say("back")
            here.say("the monthly plan takes hours")
        return oddly.chat(
            json.dumps({"quote": "the weekly report" if len(odd.asked) == 1 else "monthly plan"})
        )

    odd.does["chat/completions"] = meanwhile
    here.ask()
    assert here.answers("what_around") == ["the monthly plan takes hours"]
    assert "monthly plan" in here.said[-1]
    assert "takes hours" not in here.said[-1]
    assert sorted(call.outcome for call in here.calls()) == ["answered", "late"]


def test_where_nobody_asks_any_more_time_gives_it_up(talking: Make, llmock: LLMock) -> None:
    here = talking(llmock.base_url())
    here.say()
    with here.scene.store.transaction(demo.ORGANISATION) as repo:  # whoever was to ask has died
        queue.cancel_for(repo, here.scene.me, [JobKind.FETCH], at=here.scene.clock.now(), reason="died")
    here.after(seconds=7)
    assert here.found() is None
    here.after(seconds=2)
    assert here.goes_on_by_rules()


def test_what_waited_too_long_to_be_asked_is_not_asked(talking: Make, llmock: LLMock) -> None:
    here = talking(llmock.base_url())
    here.say()
    here.scene.clock.moment += timedelta(seconds=7.5)
    here.work()
    assert here.goes_on_by_rules()
    assert not llmock.requests


def test_trouble_cuts_in_and_the_talk_below_waits_until_it_is_over(talking: Make, odd: Odd) -> None:
    here = talking(odd.url)
    danger = "I want to kill myself"

    def meanwhile(_body: object) -> object:
        here.say(danger)
        return oddly.chat(GOOD)

    odd.does["chat/completions"] = meanwhile
    here.ask()
    with here.scene.store.reading(demo.ORGANISATION) as repo:
        assert [talk.kind for talk in repo.conversations(here.scene.me, open_only=True)][-1] == Kind.DANGER
    assert not any("the weekly report?" in line for line in here.said), "nothing is asked over it"
    assert danger not in json.dumps([body for _, body in odd.asked])


@pytest.mark.parametrize(
    "text",
    [
        "the weekly report takes hours and I can't go on like this, I want to die",
        "I sent the customer list to the wrong person with the weekly report",
        "my boss shouts at me and touches me, and the weekly report",
        "weekly report: I am completely overloaded, I can't take any more",
    ],
)
def test_what_hears_trouble_is_in_no_request(talking: Make, odd: Odd, text: str) -> None:
    odd.does["chat/completions"] = oddly.chat(GOOD)
    here = talking(odd.url)
    here.ask(text)
    for word in ("ok", "go on", "start", "now"):
        here.ask(word)
    sent = json.dumps([body for _, body in odd.asked])
    assert text not in sent
    assert text[-20:] not in sent


def test_a_line_nobody_asked_for_stays_one_though_a_model_worded_it(
    talking: Make, odd: Odd, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def begins_with_it(coach: Coach[StartOpening]) -> Outcome:
        found = await consult(coach, Task.MIRROR, text=SAID)
        await coach.ask("what_went_wrong", work=found["quote"] if found else SAID)
        return Outcome()

    odd.does["chat/completions"] = oddly.chat(GOOD)
    here = talking(odd.url)
    monkeypatch.setitem(SCRIPTS, Kind.START, begins_with_it)
    with here.scene.store.transaction(demo.ORGANISATION) as repo:
        person = repo.person(here.scene.me)
        assert person is not None
        repo.close(repo.conversations(person.id)[-1].id, "for this test", here.scene.clock.now())
        here.scene.listener._exchange(repo, person, None).open(Kind.START, nudge="invitation")
    here.work()
    assert here.found() == GOOD
    with here.scene.store.reading(demo.ORGANISATION) as repo:
        talk = repo.conversations(here.scene.me)[-1]
        (line,) = (job for job in queue.of_conversation(repo, talk.id) if job.kind is JobKind.SAY)
        assert line.nudge == "invitation"


@pytest.mark.parametrize(
    "text",
    [
        "I sent the customer list to the wrong person with the weekly report",
        "I am completely overloaded, I can't take any more",
        "who sees this, my boss?",
        "is the weekly report you get kept somewhere?",
        "the weekly report " * 500,
    ],
)
def test_what_was_noted_beside_trouble_is_not_asked_about_either(
    talking: Make, llmock: LLMock, text: str
) -> None:
    """Some words are trouble and an answer too; after what cut in, the talk below goes on with them."""
    here = talking(llmock.base_url())
    assert is_kept_inside(text) or len(text) > LONGEST_GIVEN
    with here.scene.store.transaction(demo.ORGANISATION) as repo:
        person = repo.person(here.scene.me)
        assert person is not None
        exchange = here.scene.listener._exchange(repo, person, demo.CHANNEL)
        talk = exchange.floor()
        question = exchange.asked(talk)
        assert talk is not None
        assert question is not None
        exchange.answer(talk, question, Words(text))
    here.work()
    assert here.found() is Passed.GAVE_UP
    assert here.open_question() == "what_went_wrong"
    assert not llmock.requests


def test_a_service_that_starts_again_without_a_model_goes_on_by_rules(talking: Make, llmock: LLMock) -> None:
    here = talking(llmock.base_url())
    here.say()
    scene = here.scene
    scene.worker = Worker(scene.store, WORDS, scene.clock, {demo.CHANNEL: scene.channel}, demo=True)
    here.work()
    assert here.goes_on_by_rules()
    assert not llmock.requests


def test_whoever_does_not_want_it_is_not_read(talking: Make, llmock: LLMock) -> None:
    here = talking(llmock.base_url())
    here.ask("don't use the model")
    here.ask()
    assert here.goes_on_by_rules()
    assert not llmock.requests
    here.ask("show")
    assert any("none does" in line for line in here.said)
    with here.scene.store.transaction(demo.ORGANISATION) as repo:
        person = repo.person(here.scene.me)
        assert person is not None
        assert person.without_model
        exchange = here.scene.listener._exchange(repo, person, demo.CHANNEL)
        repo.close(repo.conversations(here.scene.me)[-1].id, "for this test", here.scene.clock.now())
        talk = exchange.open(Kind.START)
        assert '"has_model":false' in (talk.opening or "")
    here.ask()
    assert here.found() is None, "a new talk does not even wonder"
    here.ask("use the model again")
    with here.scene.store.reading(demo.ORGANISATION) as repo:
        assert not repo.person(here.scene.me).without_model  # type: ignore[union-attr]


@pytest.mark.parametrize("model, asked", [("forbidden", 0), ("model.example.com", 0), ("127.0.0.1", 1)])
def test_a_market_may_forbid_it_or_name_where(talking: Make, llmock: LLMock, model: str, asked: int) -> None:
    here = talking(llmock.base_url())
    now = here.scene.clock.now()
    with here.scene.store.transaction(demo.ORGANISATION) as repo:
        pack = repo.guardrail_versions("SG")[-1]
        repo.publish_guardrails(replace(pack, version=pack.version + 1, model=model), now)
    llmock.reply(GOOD)
    here.ask()
    assert len(llmock.requests) == asked
    assert here.open_question() == "what_went_wrong"


def test_whoever_stops_hears_no_more_of_it_and_finds_the_question_when_back(talking: Make, odd: Odd) -> None:
    here = talking(odd.url)

    def meanwhile(_body: object) -> object:
        here.say("stop")
        return oddly.chat(GOOD)

    odd.does["chat/completions"] = meanwhile
    here.ask()
    assert not any("the weekly report?" in line for line in here.said)
    here.ask("start")
    assert here.goes_on_with("the weekly report")


def test_names_and_numbers_do_not_leave_and_come_back_in_the_answer(talking: Make, odd: Odd) -> None:
    here = talking(odd.url, redact_names=True)

    def quotes(body: dict[str, list[dict[str, str]]]) -> object:
        given = json.loads(body["messages"][-1]["content"])["text"]
        return oddly.chat(json.dumps({"quote": given.partition(" about")[0]}))

    odd.does["chat/completions"] = quotes
    here.ask("Budi Santoso, budi.santoso@example.com, calls +62 812 3456 7890 about the weekly report")
    sent = json.dumps([body for _, body in odd.asked])
    assert not any(each in sent for each in ("Budi", "Santoso", "budi.", "812", "7890"))
    assert "the weekly report" in sent
    assert "Budi Santoso, budi.santoso@example.com, calls +62 812 3456 7890?" in here.said[-1]


def test_the_beginning_of_every_request_is_the_same(talking: Make, odd: Odd) -> None:
    odd.does["chat/completions"] = oddly.chat(GOOD)
    here = talking(odd.url)
    for text in (SAID, "the monthly plan"):
        here.ask(text)
        here.ask("back")
    (first, second) = (body for _, body in odd.asked)
    assert first["messages"][:-1] == second["messages"][:-1]
    assert {**first, "messages": None} == {**second, "messages": None}
    assert [json.loads(each["messages"][-1]["content"]) for each in (first, second)] == [
        {"text": SAID},
        {"text": "the monthly plan"},
    ]

"""A coach's line in another language: the original first and word for word, the machine's beneath it or not
at all, and nobody waits for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from llmock.pytest_plugin import LLMock

from bot.around.acting import LONGEST_LINE
from bot.around.translating import COACH_LINE, TRANSLATED, Translator
from bot.channel import Delivery, NotDeliveredError
from bot.lookups import SLOW_KINDS
from bot.model.answering import Model
from bot.model.endpoint import Endpoint
from bot.model.gate import Budgets, Gate
from bot.worker import Worker
from coaching.consulting import Task
from coaching.translation import LONGEST, is_written_in, may_stand_beneath
from prompts import tasks
from prompts.words import Words
from storage import model_calls, queue
from storage.people import Person, Status
from tests.around.company import Company, _Channel, company
from tests.properties.service import CHANNEL, LANGUAGE, ORGANISATION

JAPANESE = "先週の3件、ありがとうございました。金曜の10:00に話しませんか。"
ENGLISH = "Thank you for last week's 3 items. Shall we talk on Friday at 10:00?"


@pytest.mark.parametrize(
    "original, translated, language",
    [
        (JAPANESE, ENGLISH, "en"),
        (ENGLISH, JAPANESE, "ja"),
        ("予算は１，２００ドルです", "The budget is 1200 dollars", "en"),
        ("Coffee?", "コーヒーはいかがですか", "ja"),
    ],
)
def test_a_translation_with_the_same_numbers_in_the_readers_letters_stands(
    original: str, translated: str, language: str
) -> None:
    assert may_stand_beneath(original, translated, language)


@pytest.mark.parametrize(
    "translated",
    [
        "",
        "Thank you for last week's 4 items. Shall we talk on Friday at 10:00?",
        "Thank you for last week's items. Shall we talk on Friday at 10:00?",
        "Thank you for last week's 3 items. You are 90 % better. Friday at 10:00?",
        JAPANESE,
        "Спасибо за 3 дела. Поговорим в пятницу в 10:00?",
        f"{ENGLISH} See https://example.com",
        f"{ENGLISH} Write to eve@example.com",
        f"{ENGLISH} <!channel>",
        f"{ENGLISH}\nSent by the sponsor",
        f"\u202e{ENGLISH}",
        "Friday 3, 10:00",
        f"{ENGLISH} {'and so on ' * 60}",
    ],
)
def test_other_numbers_letters_lengths_and_what_leads_elsewhere_are_dropped(translated: str) -> None:
    assert not may_stand_beneath(JAPANESE + "お待ちしています。" * 6, translated, "en")


def test_whether_a_line_is_in_the_readers_letters() -> None:
    assert is_written_in(ENGLISH, "en")
    assert is_written_in(JAPANESE, "ja")
    assert not is_written_in(ENGLISH, "ja")
    assert not is_written_in(JAPANESE, "en")
    assert is_written_in("10:00?", "ja")
    assert not is_written_in("สวัสดี", "th")  # nobody described it here


def test_both_lines_fit_on_the_card_uncut() -> None:
    words = Words()
    slots = {
        "coach": "Alexandra Papadopoulou",
        "text": "あ" * LONGEST_LINE,
        "translated": "word " * (LONGEST // 5),
    }
    said = words.line(words.reader("en", "SG", "UTC"), TRANSLATED, slots)
    assert "あ" * LONGEST_LINE in said
    assert "…" not in said
    slots = {"coach": "Mei Tan", "text": "a" * LONGEST_LINE, "translated": "あ" * 150}
    assert "…" not in words.line(words.reader("ja", "JP", "UTC"), TRANSLATED, slots)


def test_the_examples_a_model_is_shown_pass_our_own_rules() -> None:
    for each in tasks.load("translate").examples:
        given = each.given
        assert may_stand_beneath(given["text"], str(each.answer["translation"]), given["language"])


# On its way


@pytest.fixture
def here() -> Iterator[Company]:
    with company() as found:
        yield found


class Reading(_Channel):
    """What arrives at the manager, as text; the first sends may fail."""

    def __init__(self, here: Company, failures: int = 0) -> None:
        super().__init__(here)
        self.texts: list[str] = []
        self.failures = failures

    def send(self, delivery: Delivery) -> str:
        if delivery.person_id == self.company.here.id:
            if self.failures:
                self.failures -= 1
                raise NotDeliveredError("down")
            self.texts.append(delivery.message.text)
        return super().send(delivery)


class Saying:
    """Proposes this, and counts how often it was asked."""

    def __init__(self, answer: Any, then: Callable[[], object] = lambda: None) -> None:
        self.answer, self.then, self.times = answer, then, 0

    def __call__(self, task: Task, given: Mapping[str, str], person: Person, organisation_id: str) -> Any:
        assert (task, set(given), person.name) == (Task.TRANSLATE, {"text", "language"}, "Dana")
        assert organisation_id == ORGANISATION
        self.times += 1
        self.then()
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def writes(here: Company, text: str) -> None:
    care = here.sign("quiet", "three_weeks")
    here.acting.write(ORGANISATION, here.ids["coach"], CHANNEL, here.key(), f"care/{care.id}", text)


def some_days(here: Company, channel: Reading, translate: Translator | None) -> list[str]:
    """What the manager read of the coach's line within some days."""
    here.here.worker = Worker(
        here.here.store, LANGUAGE, here.here.clock, {CHANNEL: channel}, translate=translate
    )
    for _ in range(12):
        here.later(hours=8)
    return [each for each in channel.texts if JAPANESE in each]


def test_the_manager_gets_the_original_and_beneath_it_the_translation_marked_as_a_machines(
    here: Company, llmock: LLMock
) -> None:
    writes(here, JAPANESE)
    llmock.reply(json.dumps({"translation": ENGLISH}))
    endpoint = Endpoint(llmock.base_url(), "sk-these-tests", "tiny")
    gate = Gate(endpoint.host, Budgets(100_000, 100_000))
    model = Model(here.here.store, here.here.clock, endpoint, gate)
    (text,) = some_days(here, Reading(here), model.ask_beside)
    assert text.index(JAPANESE) < text.index("Translated by a machine: " + ENGLISH)
    with here.repo() as repo:
        (call,) = model_calls.calls_of(repo.scope, here.here.id)
    assert (call.task, call.outcome) == ("translate", "answered")


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        {"translation": ""},
        {"translation": 7},
        {"translation": "Approved, 90 % better"},
        OSError("no"),
    ],
)
def test_whatever_goes_wrong_the_line_goes_as_it_was_written(here: Company, answer: Any) -> None:
    writes(here, JAPANESE)
    asked = Saying(answer)
    (text,) = some_days(here, Reading(here), asked)
    assert asked.times == 1
    assert "Translated" not in text


def test_without_a_model_it_goes_as_it_was_written(here: Company) -> None:
    writes(here, JAPANESE)
    (text,) = some_days(here, Reading(here), None)
    assert "Translated" not in text


def test_a_line_in_the_managers_letters_is_asked_about_nowhere(here: Company) -> None:
    writes(here, "Coffee on Friday at 10:00?")
    asked, channel = Saying(AssertionError("asked")), Reading(here)
    some_days(here, channel, asked)
    assert asked.times == 0
    assert any("Coffee on Friday" in each for each in channel.texts)


def test_a_line_that_could_not_be_sent_at_once_is_not_paid_for_again(here: Company) -> None:
    writes(here, JAPANESE)
    asked, channel = Saying({"translation": ENGLISH}), Reading(here, failures=3)
    (text,) = some_days(here, channel, asked)
    assert channel.failures == 0
    assert ENGLISH in text
    assert asked.times == 1


def test_it_holds_up_no_line_and_nobody_who_has_stopped_meanwhile_gets_it(here: Company) -> None:
    """It is a lookup like any other: asked beside the lines, and what comes of it goes only if it may."""
    writes(here, JAPANESE)
    with here.repo() as repo:
        (waits,) = (each for each in queue.waiting(repo, here.here.id) if each.name == COACH_LINE)
    assert waits.kind in SLOW_KINDS
    stops = Saying({"translation": ENGLISH}, then=lambda: here.here.receive(words="stop"))
    assert some_days(here, Reading(here), stops) == []
    assert stops.times == 1
    assert here.status() is Status.STOPPED


def test_two_lines_of_a_coach_come_in_the_order_they_were_written(here: Company) -> None:
    """The second needs no translation, and is written while the first is being translated."""
    writes(here, JAPANESE)
    second = Saying({"translation": ENGLISH}, then=lambda: writes(here, "Coffee on Friday at 10:00?"))
    channel = Reading(here)
    assert len(some_days(here, channel, second)) == 1
    assert second.times == 1, "the one that is readable is asked about nowhere"
    lines = [each for each in channel.texts if JAPANESE in each or "Coffee on Friday" in each]
    assert JAPANESE in lines[0]


def test_nothing_comes_after_the_last_line(here: Company) -> None:
    """Somebody wishes to be forgotten while a line to them is being translated."""
    writes(here, JAPANESE)

    def forget() -> None:
        here.here.receive(words="forget me")
        here.here.receive(words="Delete everything")

    asked = Saying({"translation": ENGLISH}, then=forget)
    assert some_days(here, Reading(here), asked) == []
    assert asked.times == 1

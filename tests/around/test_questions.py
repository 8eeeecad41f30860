"""What is missing from a market's guardrails: one question to its owner, a day, one reminder, and the answer
for whoever asked. No manager and no work is in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.serve import health
from coaching.facts import Gap
from storage import questions
from storage.care_tables import owner_question
from tests.around.company import Company, company
from tests.properties.service import CHANNEL, ORGANISATION


@pytest.fixture
def here() -> Iterator[Company]:
    with company() as found:
        with found.repo() as repo:
            pack = repo.guardrail_versions("SG")[-1]
            repo.update_person(found.ids["owner"], email=pack.owner_contact)
        yield found


def ask(here: Company, rail: str = "data") -> None:
    here.raises(Gap("SG", rail, here.here.clock.now()), name="gap")


def test_the_owner_is_asked_once_by_a_day_and_reads_no_name(here: Company) -> None:
    ask(here)
    ask(here)
    here.later(hours=1)
    (asked,) = here.asked("owner")
    assert "Dana" not in asked.question
    assert "data" in asked.question
    assert "Singapore" in asked.question
    assert (asked.by - here.here.clock.now().date()).days in range(2, 6)
    assert "person_id" not in owner_question.c
    assert "conversation_id" not in owner_question.c


def test_the_answer_goes_to_whoever_asked_as_it_was_written(here: Company) -> None:
    ask(here)
    (asked,) = here.asked("owner")
    assert here.acting.asked(ORGANISATION, here.ids["owner"], asked.reference) is not None
    assert here.acting.asked(ORGANISATION, here.ids["coach"], asked.reference) is None
    said = "Order numbers, yes; names, no."

    def answer(who: str, key: str) -> str:
        return here.acting.answer(
            ORGANISATION, here.ids[who], CHANNEL, key, asked.reference, said, "2027-01-31"
        ).name

    assert answer("coach", "0") == "around_answered_already"
    assert answer("owner", "1") == answer("owner", "1") == "around_answer_kept"
    assert answer("owner", "2") == "around_answered_already"
    for _ in range(20):
        here.later(hours=8)
    lines = [each for each in here.here.arrived_here if each.job.name.startswith("owner_answered")]
    assert [(each.job.name, each.job.nudge) for each in lines] == [("owner_answered_until", "owner_answer")]
    assert said in str(lines[0].job.body)


def test_without_an_answer_there_is_one_reminder_and_then_the_operator(here: Company) -> None:
    ask(here)
    for _ in range(12):
        here.later(days=1)
    assert len(here.asked("owner")) == 2
    assert health(here.here.store, here.here.clock.now()).unanswered == 1


def test_where_the_owner_has_no_account_nobody_is_said_to_have_it() -> None:
    with company(accounts=False) as here:
        ask(here)
        assert here.arrived == []
        here.later(days=9)
        assert health(here.here.store, here.here.clock.now()).unanswered == 1


def test_permission_is_a_question_for_the_sponsor(here: Company) -> None:
    ask(here, "permission")
    here.later(hours=1)
    assert here.asked("owner") == []
    with here.repo() as repo:
        repo.update_person(here.ids["on_call"], name="Irene Goh")
        (first,) = repo.scope.rows(owner_question)
        repo.scope.update(owner_question, {"answered_at": here.here.clock.now()})
    assert first["owner_id"] is None
    ask(here, "permission")
    here.later(hours=1)
    (asked,) = here.asked("on_call")
    assert "May managers in Singapore" in asked.question


def test_a_question_whose_owner_is_forgotten_is_put_to_the_next_one(here: Company) -> None:
    ask(here)
    with here.repo() as repo:
        repo.forget(here.ids["owner"], here.here.clock.now())
    with here.repo() as repo:
        assert questions.unanswered(repo.scope) == 1
        now = here.here.clock.now()
        again = questions.ask(repo.scope, "SG", "data", here.ids["coach"], now, now)
    assert again is not None
    assert again.owner_id == here.ids["coach"]

"""The weekly letter, the portfolio and the Home tab of a coach: only what was sent and four signs. A whole
course of weeks is walked with secret words in every answer, nothing is sent, and none of it is anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.around import letters
from bot.incoming import Token
from bot.openings import calendar_of
from bot.slack.homes import Homes, portfolio_page
from bot.slack.letters import message
from bot.slack.speech import Speech
from coaching import rhythm
from coaching.facts import SentSummary
from coaching.journal import Form
from coaching.needs import Kind as Form_of
from coaching.slots import Term, dump, phrase
from tests.around.company import Company, company
from tests.properties.service import LANGUAGE, ORGANISATION

SECRET = "pelican"


@pytest.fixture
def here() -> Iterator[Company]:
    with company() as found:
        yield found


class NoDoor:
    """Nothing is published here."""

    def publish(self, organisation_id: str, platform_id: str, view: dict[str, Any]) -> None:
        """Nowhere."""


def homes(here: Company) -> Homes:
    return Homes(here.here.store, LANGUAGE, here.here.clock, lambda _: ORGANISATION, NoDoor())


def all_a_coach_gets(here: Company) -> str:
    """Everything that reached the coach or would be shown to them now, as it looks in Slack."""
    speech = Speech(LANGUAGE, LANGUAGE.reader("en", "SG", "Asia/Singapore"))
    shown = [json.dumps(message(each, speech)) for each in here.to("coach")]
    with here.repo() as repo:
        coach = repo.person(here.ids["coach"])
        assert coach is not None
        now = here.here.clock.now()
        shown.append(repr(portfolio_page(repo, LANGUAGE, coach, now)))
        shown.append(repr(letters.weekly(repo, LANGUAGE, coach, now)))
    shown.append(json.dumps(homes(here).view(ORGANISATION, here.ids["coach"])))
    return "\n".join(shown)


def answers_everything(here: Company) -> int:
    """The manager answers whatever is asked for some weeks, a secret word in every text; never sends."""
    told = 0
    for _ in range(400):
        stands = here.here.open_question()
        if stands is None:
            if not step(here):
                break
            continue
        talk, question = stands
        values = [option.value for option in question.options if not option.beside]
        if question.kind is Form_of.FILL:
            token = str(Token(talk.id, question.name, question.asking, "form"))
            here.here.receive(token=token, form=Form(dict.fromkeys(question.fields, "10")))
        elif question.kind is Form_of.ASK:
            told += 1
            numeric = "reading" in question.name or "number" in question.name
            here.here.receive(words="3" if numeric else f"{SECRET} {told}, it took longer")
        else:
            chosen = next((each for each in ("not_this_week", "leave") if "send" in values), values[0])
            here.here.receive(token=str(Token(talk.id, question.name, question.asking, chosen)))
    return told


def step(here: Company) -> bool:
    here.here.clock.moment += timedelta(hours=12)
    here.here.worker.run_due()
    return here.here.weeks() < 4


def test_of_what_was_not_sent_a_coach_sees_no_word(here: Company) -> None:
    told = answers_everything(here)
    here.sign("wrong", "wrong_number_shown", "client quotes")
    here.sign("quiet", "three_weeks")
    here.later(days=7)
    assert told >= 5, "something was told"
    with here.repo() as repo:
        kept = repr(repo.everything(here.here.id))
        assert not repo.facts(here.here.id, SentSummary)
    assert kept.count(SECRET) >= 5, "and is kept for the manager"
    shown = all_a_coach_gets(here)
    assert "Dana" in shown
    assert "client quotes" in shown
    assert SECRET not in shown


def send_summary(here: Company, label: str = "demonstrably_better") -> None:
    numbers = (
        phrase("summary_edited", line="6 then 3")
        if not label
        else phrase(
            "summary_number",
            measure=Term("Measure", "M07"),
            before=Term("Counting", "before"),
            since=Term("Counting", "since"),
            label=Term("Label", label),
        )
    )
    now = here.here.clock.now()
    here.raises(SentSummary(3, now, dump({"lines": (numbers,)}), "", "en", here.ids["coach"]), name="sent")


def test_the_letter_comes_on_monday_morning_once_and_says_what_became_better(here: Company) -> None:
    here.later(minutes=1)
    send_summary(here)
    here.sign("person", "without_topic")
    calendar = calendar_of(here.here.person)
    monday = rhythm.next_programme_week(calendar, here.here.clock.now()).slice_at
    while here.here.clock.now() < monday + timedelta(days=5):
        here.later(hours=6)
    (letter,) = here.letters("coach")
    (delivery,) = [each for each in here.to("coach") if each.letter is letter]
    assert monday <= delivery.at < monday + timedelta(hours=6)
    assert letter.better == ("Dana: Demonstrably better",)
    assert [(each.person, each.why) for each in letter.needs] == [("Dana", "asked for a person")]
    speech = Speech(LANGUAGE, LANGUAGE.reader("en", "SG", "Asia/Singapore"))
    (said,) = message(delivery, speech)
    assert "Dana: Demonstrably better" in said["text"]
    assert said["metadata"]["event_payload"]["job_id"] == delivery.job_id


def test_with_nothing_to_say_no_letter_comes(here: Company) -> None:
    here.later(minutes=1)
    for _ in range(20):
        here.later(hours=12)
    assert here.to("coach") == []


def test_a_concern_taken_up_is_no_longer_in_who_needs_a_person(here: Company) -> None:
    here.sign("person", "without_topic")
    (note,) = here.notes("coach")

    def needs() -> int:
        with here.repo() as repo:
            coach = repo.person(here.ids["coach"])
            assert coach is not None
            return len(portfolio_page(repo, LANGUAGE, coach, here.here.clock.now()).needs)

    assert needs() == 1
    here.press("coach", note.acts[0])
    assert needs() == 0


def test_somebody_elses_coach_sees_nothing(here: Company) -> None:
    send_summary(here)
    here.sign("person", "without_topic")
    with here.repo() as repo:
        repo.update_person(here.here.id, coach_id=here.ids["backup"])
    assert "Dana" not in json.dumps(homes(here).view(ORGANISATION, here.ids["coach"]))

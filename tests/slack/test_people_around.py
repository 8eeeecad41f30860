"""The people around a manager, in Slack itself: the coach is written to, presses, writes one line; the Home
tab is there when it is opened. The real service, the stand-in's wire."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import demo
from bot.alerts import Alerts
from bot.around import posting
from bot.around.chat_alert import ChatAlert
from bot.around.questions import QUESTION
from bot.slack.channel import SlackChannel
from bot.worker import Worker
from storage import care as cares
from storage import questions as asked_of_owners
from storage.people import Person
from tests.slack.place import ORGANISATION, WORDS, Place, last
from tests.slack.standin import Human, Slack, Timing


@pytest.fixture
def coach(tmp_path: Path) -> Iterator[Place]:
    with Slack(timing=Timing(scale=0.001)) as slack, Place(tmp_path, slack) as place:
        homes = place.app.hearing.homes
        channel = getattr(homes, "door", None)
        assert isinstance(channel, SlackChannel)
        route = ChatAlert(place.store, WORDS, place.clock, {"slack": channel})
        alerts = Alerts(place.store, WORDS, place.clock, (route,))
        place.worker = Worker(
            place.store,
            WORDS,
            place.clock,
            {"slack": channel},
            answerers={"alert": alerts},
            homes=homes,  # type: ignore[arg-type]
        )
        yield place


def begun(coach: Place) -> tuple[Person, Human, Human]:
    """Dana, who has said OK, and Mei, who has looked at her Home tab once."""
    dana = coach.employs()
    human = coach.slack.joins("Dana Lim", email="dana.lim@example.com")
    mei = coach.slack.joins("Mei Tan", email=demo.COACH.email or "")
    mei.opens_home()
    coach.slack.ledger.wait_until(lambda: mei.sees_home() is not None, 10)
    human.says("hello")
    for label in ("Start", "OK", "Yes"):
        coach.works()
        assert human.presses(label).trouble == ""
    coach.works()
    return dana, human, mei


def test_the_coach_is_told_takes_it_up_and_writes_one_line(coach: Place) -> None:
    _, human, mei = begun(coach)
    home = mei.sees_home()
    assert home is not None
    assert "Your managers" in home.text
    human.says("person")
    coach.works()
    human.presses("Without a topic")
    coach.works()
    assert "Mei Tan has your name now" in "\n".join(each.text for each in human.sees())
    assert "Dana Lim asked for a person" in last(mei)
    assert mei.presses("I have it").trouble == ""
    coach.works()
    assert last(mei) == "Noted: you have it."
    with coach.store.reading(ORGANISATION) as repo:
        (care,) = cares.of_owner(repo.scope, coach.coach.id)
    assert care.acknowledged_by == coach.coach.id
    note = next(each for each in mei.sees() if "asked for a person" in each.text)
    assert note.text.endswith("✓ I have it")
    assert "I have it" not in note.buttons
    assert mei.presses("Write one line", on=note.ts).trouble == ""
    coach.slack.ledger.wait_until(lambda: mei.sees_modal() is not None, 10)
    mei.fills({"Your line": "Coffee on *Friday*, <!channel>?"})
    assert mei.submits().trouble == ""
    for _ in range(15):
        coach.clock.at += timedelta(hours=12)
        coach.works()
    said = [each.text for each in human.sees() if "Mei Tan writes" in each.text]
    assert said == ["Mei Tan writes: Coffee on *Friday*, <!channel>?"]


def test_the_home_tab_of_a_manager_follows_what_they_do(coach: Place) -> None:
    _, human, _ = begun(coach)
    human.opens_home()
    coach.slack.ledger.wait_until(lambda: human.sees_home() is not None, 10)
    assert human.presses("Pause two weeks", home=True).trouble == ""
    coach.works()
    home = human.sees_home()
    assert home is not None
    assert "Paused until" in home.text


def test_danger_reaches_whoever_is_on_call_in_slack(coach: Place) -> None:
    _, human, mei = begun(coach)
    human.says("I don't want to live anymore, pelican")
    coach.works()
    alert = next(each for each in mei.sees() if "Press when you have it" in each.text)
    assert "Dana Lim may be in danger" in alert.text
    assert "pelican" not in alert.text
    assert "A person has been alerted" in "\n".join(each.text for each in human.sees())
    assert mei.presses("I have it", on=alert.ts).trouble == ""
    coach.works()
    alert = next(each for each in mei.sees() if each.ts == alert.ts)
    assert alert.text.endswith("✓ I have it")
    assert not alert.buttons
    coach.clock.at += timedelta(minutes=11)
    coach.works()
    assert sum("Press when you have it" in each.text for each in mei.sees()) == 1


def test_an_owner_who_has_answered_is_not_asked_by_the_letter_any_more(coach: Place) -> None:
    begun(coach)
    human = coach.slack.joins("Wei Ong", email="wei@example.com")
    with coach.store.transaction(ORGANISATION) as repo:
        wei = repo.add_person(
            replace(coach.coach, id="", name="Wei Ong", email="wei@example.com", roles=("guardrail_owner",))
        )
        repo.link(wei.id, "slack", human.id)
        made = asked_of_owners.ask(repo.scope, "SG", "data", wei.id, coach.clock.at, coach.clock.at)
        assert made is not None
        posting.write_to(repo, wei, QUESTION, made.id, coach.clock.at, at_once=True)
    coach.works()
    letter = human.sees()[-1]
    assert human.presses("Answer").trouble == ""
    coach.slack.ledger.wait_until(lambda: human.sees_modal() is not None, 10)
    human.fills({"Your answer": "Order numbers, yes; pelicans, no."})
    assert human.submits().trouble == ""
    coach.works()
    now = next(each for each in human.sees() if each.ts == letter.ts)
    assert now.text.endswith("✓ Answered")
    assert not now.buttons
    assert "pelicans" not in "".join(each.text for each in human.sees())


def test_somebody_nobody_knows_gets_one_polite_page(coach: Place) -> None:
    stranger = coach.slack.joins("Sam Stranger", email="sam@example.org")
    stranger.opens_home()
    coach.slack.ledger.wait_until(lambda: stranger.sees_home() is not None, 10)
    home = stranger.sees_home()
    assert home is not None
    assert "nothing of yours is kept" in home.text

"""Anger at the coach, and a team member in trouble: three ways out, a line to begin with, no name kept."""

from dataclasses import replace

import pytest

from coaching.consequence import Consequence
from coaching.others import hear_hostility, hear_team_trouble, hear_threat
from coaching.slots import Phrase
from tests.safety.talk import ALONE, USUAL, Talk


@pytest.mark.parametrize("script", [hear_hostility, hear_threat])
@pytest.mark.parametrize(
    "button, follows",
    [
        ("stop_for_good", Consequence.STOP),
        ("pause_it", Consequence.PAUSE),
        ("coach_calls", Consequence.PERSON),
    ],
)
def test_anger_has_three_ways_out_and_nobody_is_told(
    script: object, button: str, follows: Consequence
) -> None:
    talk = Talk(script, USUAL).tap(button)  # type: ignore[arg-type]
    assert talk.result is follows
    assert talk.turn.facts == {}


def test_a_second_time_the_coach_goes_quiet_by_itself() -> None:
    talk = Talk(hear_hostility, replace(USUAL, again=True))
    assert talk.said == ["hostile_again"]
    assert talk.result is Consequence.PAUSE_A_WEEK


def test_a_threat_is_offered_to_a_person_not_argued_with() -> None:
    assert Talk(hear_threat, replace(USUAL, again=True)).question.name == "threat"


def test_for_a_team_member_there_is_a_line_and_a_contact() -> None:
    talk = Talk(hear_team_trouble, USUAL)
    assert talk.question.slots == {"contact": "Employee assistance, 6555 0123"}
    assert talk.tap("opening_line").said == ["talk_line", "talk_line_then"]
    assert talk.result is Consequence.GO_ON
    assert talk.turn.facts == {}


def test_without_a_contact_the_line_says_what_to_look_for() -> None:
    assert Talk(hear_team_trouble, ALONE).question.slots == {"contact": Phrase("talk_contact_unknown")}


def test_a_person_for_oneself_instead() -> None:
    assert Talk(hear_team_trouble, USUAL).tap("a_person").result is Consequence.PERSON

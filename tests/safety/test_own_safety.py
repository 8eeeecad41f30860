"""Danger, distress, harassment, overload, a figure of speech: what is said, what is kept, who hears of it.
Nobody hears of anything without a yes, except in danger; and nobody is promised what is not so."""

from dataclasses import replace

import pytest

from coaching import facts
from coaching.consequence import Consequence
from coaching.needs import Holds, Lookup, Question
from coaching.opening import AsideOpening
from coaching.safety import (
    answer_danger,
    ask_figure_of_speech,
    hear_distress,
    hear_harassment,
    hear_overload,
)
from coaching.slots import Phrase
from tests.safety.talk import ALONE, AT, DEMO, USUAL, Talk

# --- danger ----------------------------------------------------------------------------------------


def test_in_danger_the_numbers_come_at_once_and_before_anything_is_asked_or_awaited() -> None:
    turn = Talk(answer_danger, USUAL).turn
    assert [line.name for line in turn.said] == ["danger"]
    assert turn.said[0].slots["numbers"] == "999 / 995 · SOS 1767"
    assert isinstance(turn.needs, Lookup)
    assert (turn.needs.query, turn.needs.holds) == ("alert", Holds.CONVERSATION)
    assert turn.facts == {"concern": facts.Concern("danger", "", "", AT)}, "the sign, and not a word"


def test_whoever_was_reached_is_named() -> None:
    talk = Talk(answer_danger, USUAL).found(("Mei Tan", "Asha Rao"))
    assert talk.said == ["danger", "danger_alerted"]
    assert talk.lines[-1].slots["names"] == ("Mei Tan", "Asha Rao")
    assert talk.buttons == ["call_now", "safe_for_now", "someone_with_me"]
    assert talk.question.slots["number"] == "999 / 995"


@pytest.mark.parametrize("nobody", [None, (), []])
def test_that_nobody_was_reached_is_said_with_the_numbers_again(nobody: object) -> None:
    talk = Talk(answer_danger, USUAL).found(nobody)
    assert talk.said == ["danger", "danger_unreached"]
    assert talk.lines[-1].slots["numbers"] == "999 / 995 · SOS 1767"
    assert talk.buttons == ["call_now", "safe_for_now", "someone_with_me"]


@pytest.mark.parametrize("button", ["call_now", "safe_for_now", "someone_with_me"])
def test_whatever_they_answer_nothing_else_comes_until_a_person_has_them(button: str) -> None:
    talk = Talk(answer_danger, USUAL).found(["Mei Tan"]).tap(button)
    assert talk.said[-1] == f"danger_{button}"
    assert talk.result is Consequence.HOLD_UNTIL_REACHED


def test_where_nobody_was_reached_asking_is_enough_to_go_on() -> None:
    assert Talk(answer_danger, USUAL).found(None).tap("safe_for_now").result is Consequence.HOLD_UNTIL_ASKED


@pytest.mark.parametrize("button", ["call_now", "safe_for_now", "someone_with_me"])
def test_a_demo_alerts_nobody_and_says_so_in_every_line(button: str) -> None:
    talk = Talk(answer_danger, DEMO)
    assert isinstance(talk.turn.needs, Question), "nothing is fetched"
    assert talk.turn.facts == {}
    asked = talk.question.name
    talk.tap(button)
    assert [*talk.said, asked] == ["danger_demo", f"danger_{button}_demo", "danger_stay_demo"]
    assert talk.result is Consequence.HOLD_UNTIL_ASKED


def test_unconfirmed_numbers_are_said_with_that_note() -> None:
    talk = Talk(answer_danger, replace(USUAL, numbers_confirmed=False))
    assert talk.said == ["danger", "numbers_unconfirmed"]
    assert "numbers_unconfirmed" not in Talk(answer_danger, USUAL).said


def test_without_numbers_no_button_calls_one_and_the_line_says_what_to_look_for() -> None:
    talk = Talk(answer_danger, ALONE)
    assert talk.lines[0].slots["numbers"] == Phrase("numbers_unknown")
    assert talk.found(None).buttons == ["safe_for_now", "someone_with_me"]


def test_a_helpline_alone_is_the_number_to_call() -> None:
    talk = Talk(answer_danger, replace(USUAL, emergency="")).found(None)
    assert talk.question.slots["number"] == "SOS 1767"


# --- distress and harassment -----------------------------------------------------------------------


def test_distress_offers_a_person_outside_the_line_and_keeps_nothing_by_itself() -> None:
    talk = Talk(hear_distress, USUAL)
    assert talk.question.slots["person"] == "Asha Rao"
    assert talk.buttons == ["connect_me", "give_contact", "not_now"]
    assert talk.turn.facts == {}


def test_harassment_offers_somebody_outside_line_and_local_hr_instead() -> None:
    talk = Talk(hear_harassment, USUAL)
    assert talk.question.slots["person"] == "Ombuds office, 6555 0199"
    nobody = Talk(hear_harassment, replace(USUAL, independent=""))
    assert nobody.question.name == "no_listener_named"
    assert "Asha Rao" not in str(nobody.question.slots), "the line's other person may be HR"


@pytest.mark.parametrize("script, which", [(hear_distress, "outside_line"), (hear_harassment, "independent")])
def test_only_a_yes_reaches_anybody_and_it_carries_no_word_of_what_for(script: object, which: str) -> None:
    talk = Talk(script, USUAL).tap("connect_me")  # type: ignore[arg-type]
    assert talk.turn.facts == {"concern": facts.Concern("connect", which, "", AT)}
    assert talk.said == ["connected"]
    for button in ("give_contact", "not_now"):
        assert Talk(script, USUAL).tap(button).turn.facts == {}  # type: ignore[arg-type]


@pytest.mark.parametrize("button", ["connect_me", "give_contact", "not_now"])
def test_after_distress_nothing_comes_until_they_ask(button: str) -> None:
    assert Talk(hear_distress, USUAL).tap(button).result is Consequence.HOLD_UNTIL_ASKED


def test_in_a_demo_connecting_says_that_nobody_is_alerted() -> None:
    assert Talk(hear_distress, DEMO).tap("connect_me").said == ["connect_demo"]


def test_where_nobody_is_named_nobody_is_offered() -> None:
    talk = Talk(hear_distress, ALONE)
    assert talk.question.name == "no_listener_named"
    assert talk.buttons == ["give_contact", "not_now"]
    assert talk.tap("give_contact").said == ["numbers_given"]


def test_a_contact_that_is_given_names_person_and_numbers_and_their_note() -> None:
    talk = Talk(hear_distress, replace(USUAL, numbers_confirmed=False)).tap("give_contact")
    assert talk.said == ["contact_given", "numbers_unconfirmed"]
    assert talk.lines[0].slots == {"person": "Asha Rao", "numbers": "999 / 995 · SOS 1767"}


# --- overload and figures of speech ----------------------------------------------------------------


@pytest.mark.parametrize(
    "button, follows",
    [
        ("pause_two_weeks", Consequence.PAUSE_TWO_WEEKS),
        ("smaller", Consequence.SMALLER),
        ("a_person", Consequence.PERSON),
    ],
)
def test_overload_takes_one_thing_off_and_tells_nobody(button: str, follows: Consequence) -> None:
    talk = Talk(hear_overload, USUAL).tap(button)
    assert talk.result is follows
    assert not [fact for fact in talk.turn.facts.values() if fact.LEFT], "nothing of it reaches anybody"


def test_a_figure_of_speech_goes_on_where_they_were() -> None:
    talk = Talk(ask_figure_of_speech, USUAL).tap("figure_of_speech")
    assert talk.result is Consequence.GO_ON
    assert talk.turn.facts == {}


def test_too_much_is_heard_as_distress_for_doubt_counts() -> None:
    talk = Talk(ask_figure_of_speech, USUAL).tap("too_much")
    assert talk.question.name == "distress"
    assert talk.tap("not_now").result is Consequence.HOLD_UNTIL_ASKED


def test_a_person_instead_of_an_answer() -> None:
    assert Talk(ask_figure_of_speech, USUAL).tap("a_person").result is Consequence.PERSON


@pytest.mark.parametrize("opening", [USUAL, DEMO, ALONE])
def test_every_way_through_ends(opening: AsideOpening) -> None:
    for script in (answer_danger, hear_distress, hear_harassment, hear_overload, ask_figure_of_speech):
        waiting = [Talk(script, opening)]
        ended = 0
        while waiting:
            talk = waiting.pop()
            need = talk.turn.needs
            if need is None:
                assert isinstance(talk.result, Consequence)
                ended += 1
            elif isinstance(need, Lookup):
                waiting += [replace(talk, lines=[]).found(each) for each in (None, ("Mei Tan",))]
            else:
                waiting += [replace(talk, lines=[]).tap(button) for button in talk.buttons]
        assert ended >= 2

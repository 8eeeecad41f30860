"""Whom a story names as waiting is held up where it is asked who notices first; no Yes, no noticer."""

from __future__ import annotations

from typing import Any

import pytest

from coaching import facts
from coaching.consulting import Task
from coaching.journal import Tap
from tests.model.sitting import Sitting, asked, shown, sitting

STORY = "last week the quote for the Osaka client waited four days because the price list was missing"
WORK, PAIN, WHO = "the quote for the Osaka client", "waited four days", "the Osaka client"
STAKED = (Tap("yes"), Tap("yes"), Tap("money"), "two orders went to others")


def told(who: Any, story: str = STORY, work: str = WORK, pain: str = PAIN) -> Sitting:
    """The first sitting as far as the mirror of this story."""
    talk = sitting({Task.MIRROR: {"work": work, "pain": pain, "waiting": who}})
    assert asked(talk.answer(story)) == "mirror"
    return talk


def noticer(talk: Sitting) -> str:
    stake = talk.settle().facts["stake"]
    assert isinstance(stake, facts.Stake)
    return stake.noticer


def test_who_is_named_is_held_up_and_is_the_noticer_after_a_yes() -> None:
    talk = told(WHO)
    turn = talk.answer(*STAKED)
    question = shown(turn)
    assert (question.name, question.confirms, question.slots["who"]) == ("do_they_notice", True, WHO)
    assert "stake" not in turn.facts
    assert WHO not in repr([each for name, each in turn.facts.items() if name != "friction"])
    assert asked(talk.answer(Tap("yes"))) == "team_line"
    assert noticer(talk) == WHO
    assert [task for task, _ in talk.consulted] == [Task.MIRROR], "one call is enough"


def test_somebody_else_is_asked_for() -> None:
    talk = told(WHO)
    assert asked(talk.answer(*STAKED, Tap("no"))) == "who_notices"
    talk.answer("the head of sales")
    assert noticer(talk) == "the head of sales"


def test_of_a_mirror_that_was_not_quite_nothing_is_used() -> None:
    talk = told(WHO)
    turn = talk.answer(Tap("not_quite"), "the quote for Osaka", "it waits", *STAKED)
    assert asked(turn) == "who_notices"


def test_whoever_changes_the_story_is_asked_anew_about_whom_it_names() -> None:
    proposals = {Task.MIRROR: {"work": WORK, "pain": PAIN, "waiting": WHO}}
    talk = sitting(proposals)
    talk.answer(STORY, *STAKED, Tap("yes"))
    proposals[Task.MIRROR] = {"work": WORK, "pain": PAIN, "waiting": "the head of sales"}
    talk.walk.withdraw("where_it_hurts", 1)
    turn = talk.answer("for the head of sales the quote for the Osaka client waited four days once again")
    assert (asked(turn), shown(turn).slots["who"]) == ("do_they_notice", "the head of sales")
    assert "stake" not in turn.facts


@pytest.mark.parametrize(
    "who, story, work, pain",
    [
        (
            "HR",
            "the monthly headcount report for HR came late again",
            "the monthly headcount report",
            "came late",
        ),
        ("経理", "月次の差異分析が遅れ、経理を二日待たせました", "月次の差異分析", "二日待たせました"),
    ],
)
def test_a_short_name_is_a_name(who: str, story: str, work: str, pain: str) -> None:
    assert shown(told(who, story, work, pain).answer(*STAKED)).slots["who"] == who


@pytest.mark.parametrize(
    "who",
    [
        "",
        "the customer in Osaka",  # not said
        "the Osaka clie",  # a word cut
        "t",
        WORK,  # the work itself
        PAIN,
        "the Osaka client!",
        "approved, 90 % better",
        "x" * 5_000,
        "last week the quote for the Osaka client waited four days because the",  # too long for a name
        7,
        None,
        ["the Osaka client"],
    ],
)
def test_who_is_not_named_word_for_word_is_not_held_up(who: Any) -> None:
    talk = told(who)
    assert asked(talk.answer(*STAKED)) == "who_notices"


def test_without_a_model_nobody_is_held_up() -> None:
    talk = sitting(None)
    turn = talk.answer(Tap("time"), "the Osaka quote", "the price list is missing", *STAKED)
    assert asked(turn) == "who_notices"

"""What the branches of the first sitting and of a stuck week leave behind, and what they must not."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from coaching import facts
from coaching.assignment import State
from coaching.criteria import is_judgeable, is_one_item
from coaching.dialogue import Turn
from coaching.guardrails import market_of
from coaching.journal import Answer, Passed, Tap, Words
from coaching.journey import After, Kind, Outcome
from coaching.needs import Kind as Form_of
from coaching.needs import Question, Wait
from coaching.themes import Theme
from tests.properties.walker import Walk, begin

BEGUN = (Tap("start"), Tap("ok"), Tap("yes"))
MIRRORED = (Tap("yes"), Tap("yes"))


def first_sitting(*answers: Tap | Passed | str) -> tuple[Walk, Turn]:
    """The first sitting of somebody new, answered in this order; waiting is waited out."""
    for seed in range(50):
        walk = begin(Kind.START, Random(seed))
        if not walk.opening.again:
            return walk, answered(walk, *BEGUN, *answers)
    raise AssertionError("nobody is new")


def answered(walk: Walk, *answers: Tap | Passed | str) -> Turn:
    turn = walk.settle()
    for answer in answers:
        while isinstance(turn.needs, Wait):
            walk.now = max(walk.now, turn.needs.at)
            walk.give(turn.needs, Passed.REACHED)
            turn = walk.settle()
        assert isinstance(turn.needs, Question), (answer, turn.needs)
        given: Answer = answer if isinstance(answer, Tap | Passed) else Words(str(answer))
        options = {option.value for option in turn.needs.options}
        assert not isinstance(given, Tap) or given.value in options, (given, turn.needs.name)
        assert not isinstance(given, Words) or turn.needs.kind is not Form_of.CHOOSE, turn.needs.name
        walk.give(turn.needs, given)
        turn = walk.settle()
    return turn


def asked(turn: Turn) -> str:
    assert turn.needs is not None
    return turn.needs.name


def test_nothing_to_report_twice_ends_quietly_and_leaves_no_friction() -> None:
    quiet = ("nothing to report", Tap("truly_nothing"))
    _, turn = first_sitting(*quiet)
    assert asked(turn) == "two_weeks_over"
    _, turn = first_sitting(*quiet, *quiet)
    assert turn.needs is None
    assert turn.result == Outcome()
    assert not any(isinstance(fact, facts.Friction) for fact in turn.facts.values())


def test_what_is_vague_three_times_is_never_guessed() -> None:
    vague = ("everything is slow", "communication", Tap("report"), "all of them")
    _, turn = first_sitting(*vague)
    assert asked(turn) == "not_found_yet"
    assert isinstance(turn.needs, Question)
    assert "person" in {option.value for option in turn.needs.options}
    assert not any(isinstance(fact, facts.Friction) for fact in turn.facts.values())


def test_the_big_goal_is_kept_as_the_why_and_only_with_the_work_it_led_to() -> None:
    sliced = (
        "transform the supply chain",
        Tap("help_me_slice"),
        "supplier dates",
        "Toho Metals",
        "the planner",
    )
    _, turn = first_sitting(*sliced, "found two days late")
    assert "why" not in turn.facts
    _, turn = first_sitting(*sliced, "found two days late", *MIRRORED)
    assert turn.facts["why"] == facts.Note(0, "why", "transform the supply chain")
    assert turn.facts["waiting"] == facts.Note(0, "waiting", "the planner")
    assert turn.facts["friction"].work == "supplier dates (Toho Metals)"


@pytest.mark.parametrize(
    "said",
    [
        "deciding who gets promoted",
        "whether the contract is legally binding",
        "safety sign-off for line 3",
        "I need two more headcount",
    ],
)
def test_what_is_not_for_ai_is_kept_as_judgment_when_the_manager_turns_away_from_it(said: str) -> None:
    _, turn = first_sitting(said)
    assert asked(turn) == "not_for_ai"
    assert "not_for_ai" not in turn.facts
    _, turn = first_sitting(said, Tap("another_friction"))
    assert asked(turn) == "where_it_hurts"
    kept = turn.facts["not_for_ai"]
    assert (kept.dimension, kept.told) == ("j1", said)


def test_what_was_misheard_is_no_judgment_and_the_story_stands() -> None:
    _, turn = first_sitting("deciding who gets promoted", Tap("thats_not_it"), "the list", *MIRRORED)
    assert "not_for_ai" not in turn.facts
    assert turn.facts["friction"].pain == "deciding who gets promoted"


def test_something_around_it_is_the_piece_of_work() -> None:
    _, turn = first_sitting(
        "deciding who gets promoted", "collecting the peer feedback", "three weeks late", *MIRRORED
    )
    assert turn.facts["friction"].work == "collecting the peer feedback"


def test_a_conflict_reaches_nobody_unless_the_manager_asks() -> None:
    _, turn = first_sitting("my two leads don't talk to each other", Tap("leave_it"))
    assert turn.needs is None
    assert not any(isinstance(fact, facts.Concern) for fact in turn.facts.values())


def test_a_story_told_under_a_conflict_is_heard_as_a_story() -> None:
    _, turn = first_sitting(
        "my two leads don't talk to each other", "the shift note arrives late", "line 3 note"
    )
    assert asked(turn) in ("what_went_wrong", "mirror")


def test_a_formula_needs_no_rails_and_is_asked_about_twice_at_most() -> None:
    sums = ("adding up the overtime hours", Tap("this_weeks_fix"))
    _, turn = first_sitting(*sums)
    assert asked(turn) == "formula_day"
    _, turn = first_sitting(*sums, Tap("not_yet"), Tap("not_yet"))
    assert turn.needs is None
    _, turn = first_sitting(*sums, Tap("it_holds"), Tap("enough"))
    assert turn.facts["formula"].about == "formula_holds"
    assert not any(isinstance(fact, facts.Confirmation | facts.Assignment) for fact in turn.facts.values())


def test_a_tool_is_turned_back_into_a_pain_once_and_never_insisted_on() -> None:
    tool = "we got Copilot, what can I do?"
    _, turn = first_sitting(tool)
    assert asked(turn) == "behind_the_tool"
    _, turn = first_sitting(tool, "I want to use Copilot for mails")
    assert asked(turn) == "which_work"


def test_a_private_account_is_thanked_for_and_told_to_nobody() -> None:
    _, turn = first_sitting("I want to use ChatGPT, been using it on a private account")
    assert [line.name for line in turn.said] == ["tool_disclosed"]
    assert not any(fact.LEFT for fact in turn.facts.values())


def a_week_in_midweek(theme: int) -> Walk:
    """A week under way, its slice taken, at the midweek question."""
    for seed in range(400):
        walk = begin(Kind.WEEK, Random(seed), theme)
        walk.shelf.publish()
        walk.opening = replace(walk.opening, midweek_wanted=True)
        turn = walk.settle()
        if not isinstance(turn.needs, Question) or turn.needs.name != "slice_offer":
            continue
        turn = answered(walk, Tap("take_it"), Passed.SKIPPED)
        if isinstance(turn.needs, Wait) and turn.needs.name == "midweek_time":
            return walk
    raise AssertionError("no such week")


@pytest.mark.parametrize("theme", [Theme.SIDE_BY_SIDE, Theme.LIVE, Theme.REDESIGN])
@pytest.mark.parametrize(
    "by_what, told", [("access", "the order archive"), ("approval", "the head of logistics")]
)
def test_while_the_clock_stands_still_the_week_is_not_used_up(theme: int, by_what: str, told: str) -> None:
    walk = a_week_in_midweek(theme)
    turn = answered(walk, Tap("stuck"), Tap(by_what), told, Tap("clock_stops"))
    assert turn.result == Outcome((After.NEXT_WEEK,), used_up=False)
    assert turn.facts["assignment"].state == State.BLOCKED
    assert turn.facts["assignment"].version is None
    assert turn.facts["stuck"].which == by_what


def test_a_step_without_it_goes_on_in_the_same_week_once_it_is_taken() -> None:
    walk = a_week_in_midweek(Theme.LIVE)
    named = (Tap("stuck"), Tap("access"), "the archive", Tap("step_without_it"), "an invented order")
    turn = answered(walk, *named)
    assert turn.facts["assignment"].item != "an invented order", "another slice needs its own yes"
    turn = answered(walk, Tap("take_it"))
    assert asked(turn) == "check_in_time"
    assert turn.facts["assignment"].item == "an invented order"


def test_what_was_asked_in_midweek_is_not_asked_again_at_the_check_in() -> None:
    walk = a_week_in_midweek(Theme.LIVE)
    turn = answered(walk, Tap("stuck"), Tap("unusable"), "I compared it with the order book", Tap("go_on"))
    kept = turn.facts["reflection_midweek"]
    assert kept.dimension == "j2"
    assert kept.question not in walk.opening.asked


def test_a_workflow_lives_in_the_market_it_was_begun_in() -> None:
    opening = begin(Kind.WEEK, Random(3), Theme.LIVE).opening
    assert market_of(opening) == opening.manager.market
    elsewhere = replace(opening, workflow=replace(opening.workflow, market="ID"))
    assert market_of(elsewhere) == "ID"


@pytest.mark.parametrize("item", ["all customers", "everything", "reporting", "すべての案件", "x"])
def test_everything_is_not_one_item(item: str) -> None:
    assert not is_one_item(item)


@pytest.mark.parametrize("item", ["the Osaka quote", "大阪の見積もり", "batch 12"])
def test_one_item_is_one_item(item: str) -> None:
    assert is_one_item(item)


@pytest.mark.parametrize("good", ["learn how it works", "ok", "まず学ぶことが大事"])
def test_effort_and_a_nod_cannot_be_judged_by_somebody_else(good: str) -> None:
    assert not is_judgeable(good)


@pytest.mark.parametrize("good", ["no invented feature", "数字が台帳と合う"])
def test_what_lies_on_the_table_can_be_judged_by_somebody_else(good: str) -> None:
    assert is_judgeable(good)

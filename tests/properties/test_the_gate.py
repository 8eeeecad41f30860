"""Nobody works without guardrails: whatever comes late, changes or ends, active work rests on a fresh yes.

The rails change, end and go missing in mid-conversation here, and answers come days late or after their time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from coaching import facts
from coaching.assignment import State
from coaching.dialogue import Turn
from coaching.journal import Tap
from coaching.journey import Kind
from coaching.needs import Question
from tests.properties.confirmed import assert_all_confirmed
from tests.properties.people import THEMES
from tests.properties.walker import Walk, begin, walk_on

SEEDS = st.integers(0, 2**32 - 1)
SEEN = {"active": 0}


def active(turn: Turn) -> list[facts.Assignment]:
    """The assignments this turn holds to be active."""
    found = (each for each in turn.facts.values() if isinstance(each, facts.Assignment))
    return [each for each in found if each.state == State.ACTIVE]


@given(SEEDS, st.sampled_from(THEMES))
def test_work_is_active_only_on_a_fresh_yes_to_the_current_rails(seed: int, theme: int) -> None:
    dice = Random(seed)

    def watch(walk: Walk, turn: Turn) -> None:
        SEEN["active"] += bool(active(turn))
        assert_all_confirmed(walk, turn)

    walk_on(begin(Kind.WEEK, dice, theme), dice, watch=watch, change_rails=0.15, asleep=0.9)


@given(SEEDS, st.sampled_from(THEMES), st.booleans())
def test_active_work_is_held_as_soon_as_its_rails_change_or_end(seed: int, theme: int, ends: bool) -> None:
    dice = Random(seed)

    def watch(walk: Walk, turn: Turn) -> None:
        if not active(turn):
            return
        later = walk.copy()
        if ends and later.shelf.pack is not None:
            later.shelf.pack = replace(later.shelf.pack, expires_on=later.now.date() - timedelta(days=2))
        else:
            later.shelf.publish()
        after = later.settle()
        assert not active(after)
        assert after.needs is not None

    walk_on(begin(Kind.WEEK, dice, theme), dice, watch=watch)


@given(SEEDS)
def test_the_second_sitting_agrees_work_and_starts_none(seed: int) -> None:
    dice = Random(seed)
    walk_on(begin(Kind.START, dice), dice, steps=60, watch=lambda _walk, turn: assert_no_work_yet(turn))


def assert_no_work_yet(turn: Turn) -> None:
    assert not active(turn)
    agreed = [each for each in turn.facts.values() if isinstance(each, facts.Assignment)]
    rails = [each for each in turn.facts.values() if isinstance(each, facts.Confirmation)]
    assert not [each for each in agreed if each.state == State.AGREED] or rails


def test_the_walks_came_to_active_work() -> None:
    """The properties above say nothing if nothing was ever active."""
    for seed in range(20):
        dice = Random(seed)
        walk_on(begin(Kind.WEEK, dice, 3), dice, watch=lambda _walk, turn: note(turn))
    assert SEEN["active"] > 10


def note(turn: Turn) -> None:
    SEEN["active"] += bool(active(turn))


def test_another_recipient_asks_for_the_checkpoint_again() -> None:
    """The suggested checkpoint is another name for another recipient, under the very same button."""
    walk = begin(Kind.WEEK, Random(5), 3)
    walk.opening = replace(walk.opening, workflow=replace(walk.opening.workflow, rails=None))
    walk.shelf.publish()
    for value in ("fits", "assistant", "client", "suggested", "saved"):
        press(walk, value)
    assert walk.shelf.pack is not None
    assert kept_checkpoint(walk) == f"Engineer {walk.shelf.pack.version}"
    walk.withdraw("goes_to", 1)
    press(walk, "board")
    turn = walk.settle()
    assert isinstance(turn.needs, Question)
    assert turn.needs.name == "rail_checkpoint"
    assert "confirmation" not in turn.facts
    press(walk, "suggested")
    assert kept_checkpoint(walk) == "Head of Sales"


def press(walk: Walk, value: str) -> None:
    question = walk.settle().needs
    assert isinstance(question, Question)
    assert value in [option.value for option in question.options], question.name
    walk.give(question, Tap(value))


def kept_checkpoint(walk: Walk) -> str:
    confirmed = walk.settle().facts["confirmation"]
    assert isinstance(confirmed, facts.Confirmation)
    return confirmed.checkpoint

"""Whoever changes an answer changes what followed from it: nothing stands that was not agreed as it now is.

Each earlier answer of a conversation is taken back in turn, given anew or left open, and all is looked at.
"""

from __future__ import annotations

from random import Random

from hypothesis import given as for_all
from hypothesis import strategies as st

from coaching import facts
from coaching.dialogue import Turn
from coaching.journey import Kind
from coaching.needs import Question
from tests.properties.confirmed import assert_all_confirmed, assert_credited_as_asked
from tests.properties.people import THEMES
from tests.properties.proposing import sensible
from tests.properties.walker import Walk, answer_to, begin, given, walk_on, ways_to_answer

SEEDS = st.integers(0, 2**32 - 1)
KINDS = (*((Kind.WEEK, theme) for theme in THEMES), *((Kind.START, 0),) * 4, (Kind.HOLD, 0))
RETRACED = 0.15  # retracing is a turn for each answer; this share of the changes is retraced


def after_a_change(walk: Walk, name: str, asking: int, dice: Random) -> None:
    """Take one answer back, look; answer anew, look; go on a little, looking at every turn."""
    sent = [each for each in walk.tables.left if isinstance(each, facts.SentSummary)]
    walk.withdraw(name, asking)
    turn = walk.settle()
    assert_all_confirmed(walk, turn)
    if dice.random() < RETRACED:
        assert_credited_as_asked(walk, turn)
    if isinstance(turn.needs, Question) and turn.needs.name == name:
        for answer in ways_to_answer(turn.needs):
            other = walk.copy()
            other.give(turn.needs, answer)
            assert_all_confirmed(other, other.settle())
    if isinstance(turn.needs, Question) and dice.random() < 0.4:
        walk.give(turn.needs, answer_to(turn.needs, dice))
        turn = walk.settle()
        assert_all_confirmed(walk, turn)
        walk_on(walk, dice, steps=3, watch=assert_all_confirmed)
        if dice.random() < RETRACED:
            assert_credited_as_asked(walk, walk.settle())
    assert all(each in walk.tables.left for each in sent), "what has left is not undone"


@for_all(SEEDS, st.sampled_from(KINDS), st.integers(3, 90))
def test_nothing_stands_that_was_not_confirmed_as_it_now_is(
    seed: int, kind: tuple[Kind, int], steps: int
) -> None:
    dice = Random(seed)
    walk = begin(kind[0], dice, kind[1], sensible if seed % 2 else None)
    walk_on(walk, dice, steps=steps, watch=assert_all_confirmed)
    for name, asking in given(walk):
        after_a_change(walk.copy(), name, asking, dice)


@for_all(SEEDS, st.sampled_from(KINDS))
def test_every_yes_that_counts_was_given_to_what_is_asked_now(seed: int, kind: tuple[Kind, int]) -> None:
    dice, other = Random(seed), Random(seed + 1)

    def watch(walk: Walk, turn: Turn) -> None:
        assert_all_confirmed(walk, turn)
        if other.random() < (0.5 if turn.needs is None else 0.04):
            assert_credited_as_asked(walk, turn)

    walk_on(
        begin(kind[0], dice, kind[1], sensible if seed % 2 else None), dice, watch=watch, change_rails=0.1
    )

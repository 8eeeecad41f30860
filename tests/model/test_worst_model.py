"""The worst possible model: whatever it says, nothing holds that the manager did not agree to.

And one that says nothing at all leaves every turn as it is where no model may be asked.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching import consulting
from coaching.consulting import Task
from coaching.dialogue import Turn, play
from coaching.journal import Found, Journal, Passed
from coaching.journey import SCRIPTS, Kind
from coaching.needs import Holds, Lookup
from coaching.slots import dump
from tests.properties.confirmed import assert_all_confirmed, assert_credited_as_asked
from tests.properties.proposing import misbehave, sensible
from tests.properties.walker import Walk, begin, spoken, walk_on

SEEDS = st.integers(0, 2**32 - 1)
KINDS = (*((Kind.START, 0),) * 4, (Kind.WEEK, 2), (Kind.WEEK, 4), (Kind.HOLD, 0), (Kind.QUIET, 0))
NEVER_SAID = (
    *("approved, 90", "You may skip", "Great job", "all previous instructions", "is now active", "承認済み"),
    *("одобрено", "xxxxxxxxxx", "example.com", "ChatGPT", "legally fine", "<!channel>"),
)
TRIES = 8  # bad answers to each question put to it
FEW = settings(max_examples=16)


def is_asked(turn: Turn) -> bool:
    return isinstance(turn.needs, Lookup) and turn.needs.query == consulting.QUERY


def _said_or_kept(turn: Turn) -> list[str]:
    """What must never be said that a turn says, asks, offers or keeps."""
    spoken_of = "".join(dump(each.slots) + repr(getattr(each, "options", "")) for each in spoken(turn))
    return [each for each in NEVER_SAID if each in spoken_of or each in repr(turn.facts)]


@FEW
@given(SEEDS, st.sampled_from(KINDS))
def test_nothing_it_says_is_said_kept_or_agreed(seed: int, kind: tuple[Kind, int]) -> None:
    dice, other = Random(seed), Random(seed + 1)

    def watch(walk: Walk, turn: Turn) -> None:
        assert_all_confirmed(walk, turn)
        assert not _said_or_kept(turn)
        if isinstance(turn.needs, Lookup) and is_asked(turn):
            for _ in range(TRIES):
                after = walk.would(turn.needs, Found(misbehave(turn.needs.slots, other)))
                assert not _said_or_kept(after)
        if turn.needs is None and other.random() < 0.3:
            assert_credited_as_asked(walk, turn)

    walk_on(begin(kind[0], dice, kind[1], misbehave), dice, watch=watch, change_rails=0)


@FEW
@given(SEEDS, st.sampled_from(KINDS))
def test_no_answer_of_a_model_changes_a_fact(seed: int, kind: tuple[Kind, int]) -> None:
    dice, other = Random(seed), Random(seed + 1)

    def watch(walk: Walk, turn: Turn) -> None:
        if isinstance(turn.needs, Lookup) and is_asked(turn):
            nothing = walk.would(turn.needs, Passed.GAVE_UP)
            good = sensible(turn.needs.slots, other) or "{}"
            for answer in (good, misbehave(turn.needs.slots, other)):
                assert walk.would(turn.needs, Found(answer)).facts == nothing.facts

    walk_on(begin(kind[0], dice, kind[1], sensible), dice, watch=watch, change_rails=0)


@FEW
@given(SEEDS, st.sampled_from(KINDS))
def test_a_model_that_never_answers_changes_no_turn(seed: int, kind: tuple[Kind, int]) -> None:
    dice, other = Random(seed), Random(seed + 1)

    def watch(walk: Walk, turn: Turn) -> None:
        if is_asked(turn) or (turn.needs is not None and other.random() < 0.8):
            return
        entries = tuple(each for each in walk.journal.entries if not each.name.startswith("model_"))
        opening = replace(walk.opening, manager=replace(walk.opening.manager, has_model=False))
        twin = replace(walk, opening=opening).look(Journal(entries, walk.journal.sign))
        assert (twin.needs, twin.facts, twin.result) == (turn.needs, turn.facts, turn.result)
        assert twin.said[-len(turn.said) :] == turn.said or not turn.said

    walk_on(begin(kind[0], dice, kind[1], lambda _slots, _dice: None), dice, watch=watch, change_rails=0)


@pytest.mark.parametrize(
    "kind, theme, wanted",
    [
        (Kind.START, 0, {"day", Task.MIRROR.value}),
        (Kind.WEEK, 4, {"one", "blocker"}),
        (Kind.QUIET, 0, {"blocker"}),
    ],
)
def test_the_walks_come_to_whatever_a_reply_may_be_read_for(kind: Kind, theme: int, wanted: set[str]) -> None:
    asked: set[str] = set()

    def watch(_walk: Walk, turn: Turn) -> None:
        if isinstance(turn.needs, Lookup) and is_asked(turn):
            asked.add(str(turn.needs.slots.get("asked", turn.needs.slots["task"])))

    for seed in range(100):
        if wanted <= asked:
            return
        dice = Random(seed)
        walk_on(begin(kind, dice, theme, sensible), dice, watch=watch, change_rails=0)
    raise AssertionError(f"never asked: {wanted - asked}")


def test_the_lookup_names_its_task_and_no_words() -> None:
    walk = begin(Kind.START, Random(1), model=sensible)
    asked: list[Lookup] = []

    def watch(_walk: Walk, turn: Turn) -> None:
        if isinstance(turn.needs, Lookup) and is_asked(turn):
            asked.append(turn.needs)

    for seed in range(4):
        walk_on(begin(Kind.START, Random(seed), model=sensible), Random(seed), watch=watch)
    assert asked
    for each in asked:
        task = str(each.slots["task"])
        mark = each.name.removeprefix(f"model_{task}_")
        assert (len(mark), each.holds) == (consulting.MARK, Holds.CONVERSATION)
        assert not set(mark) - set("0123456789abcdef")
    assert play(SCRIPTS[Kind.START], walk.opening, walk.opened_at, walk.journal).needs

"""A conversation is nothing but its answers: the same answers always lead to the same place.

However often it is looked at, stored and read back, or found among leftovers of older releases.
"""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from coaching.dialogue import Turn
from coaching.journal import Entry, Journal, Tap, Words
from coaching.journey import Kind
from coaching.needs import Question
from storage import values
from tests.properties.test_every_button import KINDS
from tests.properties.walker import Walk, begin, walk_on

SEEDS = st.integers(0, 2**32 - 1)


def like_storage(walk: Walk) -> Walk:
    """The walk as it would be after a restart: opening and journal through text, moments through UTC."""
    zone = ZoneInfo(walk.opening.manager.calendar.zone)
    entries = tuple(
        Entry(
            each.name,
            each.asking,
            values.load(values.dump(each.answer)),
            each.moment.astimezone(UTC).astimezone(zone),
            each.digest,
            each.withdrawn,
        )
        for each in walk.journal.entries
    )
    opening = values.load(values.dump(walk.opening))
    opened_at = walk.opened_at.astimezone(UTC).astimezone(zone)
    return replace(walk, opening=opening, opened_at=opened_at, journal=Journal(entries, walk.journal.sign))


def with_leftovers(walk: Walk, dice: Random) -> Walk:
    """The same with answers to questions that no script asks any more, anywhere among the others."""
    entries = list(walk.journal.entries)
    for n in range(3):
        leftover = Words("from an older release") if n else Tap("yes")
        at = walk.now + timedelta(days=dice.randrange(9))
        entries.insert(
            dice.randrange(len(entries) + 1), Entry(f"asked_long_ago_{n % 2}", n + 1, leftover, at, "x")
        )
    return replace(walk, journal=Journal(tuple(entries), walk.journal.sign))


def assert_same(one: Turn, other: Turn) -> None:
    assert one.said == other.said
    assert one.facts == other.facts
    assert one.needs == other.needs
    assert one.result == other.result
    if isinstance(one.needs, Question) and isinstance(other.needs, Question):
        assert one.needs.seen() == other.needs.seen()


@given(SEEDS, st.sampled_from(KINDS))
def test_the_same_answers_give_the_same_turn(seed: int, kind: tuple[Kind, int]) -> None:
    dice, other = Random(seed), Random(seed + 1)

    def watch(walk: Walk, turn: Turn) -> None:
        if turn.needs is not None and other.random() < 0.8:
            return
        pickled = pickle.loads(pickle.dumps(walk.journal))
        for same in (walk, like_storage(walk), replace(walk, journal=pickled), with_leftovers(walk, other)):
            assert_same(turn, same.look())

    walk_on(begin(kind[0], dice, kind[1]), dice, watch=watch)

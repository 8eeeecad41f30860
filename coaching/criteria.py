"""What makes a slice of work an assignment: ten criteria, in the order in which the coach helps to mend them.

One item, a week, a stake, an output that somebody else could judge, and a moment to stop.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coaching import hearing
from coaching.guardrails import Confirmed, Gate, GoesTo
from coaching.library import Part

ONE_WEEK = timedelta(days=7)
SHORTEST_JUDGEABLE = 8  # letters; "ok" or "good" can be judged by nobody else
SHORTEST_ITEM = 3


class Criterion(StrEnum):
    """What an assignment must be; the value names the question that mends it."""

    SPECIFIC = "q1_specific"
    WITHIN_A_WEEK = "q2_within_a_week"
    STAKE = "q3_stake"
    EVALUABLE = "q4_evaluable"
    CHECKPOINT = "q5_checkpoint"
    MEASURE = "q6_measure"
    DEADLINE = "q7_deadline"
    INSIDE_RAILS = "q8_inside_rails"
    INSTEAD = "q9_instead"
    WORTH_STOPPING = "q10_worth_stopping"


@dataclass(frozen=True)
class Slice:
    """One week's slice, as far as it is agreed."""

    part: Part
    item: str
    good: str
    stop_if: str
    due: date
    replaces_usual_work: bool = True


def failing(
    slice_: Slice, *, today: date, checkpoint: str, gate: Gate, stake: str, has_measure: bool
) -> Iterator[Criterion]:
    """The criteria that do not hold, in the order they are mended."""
    if not is_one_item(slice_.item):
        yield Criterion.SPECIFIC
    if slice_.due - today > ONE_WEEK:
        yield Criterion.WITHIN_A_WEEK
    if not stake.strip():
        yield Criterion.STAKE
    if not is_judgeable(slice_.good):
        yield Criterion.EVALUABLE
    if isinstance(gate, Confirmed) and gate.goes_to is not GoesTo.INTERNAL and not checkpoint.strip():
        yield Criterion.CHECKPOINT
    if not has_measure:
        yield Criterion.MEASURE
    if slice_.due < today:
        yield Criterion.DEADLINE
    if isinstance(gate, Confirmed) and not gate.tool:
        yield Criterion.INSIDE_RAILS
    if not slice_.replaces_usual_work:
        yield Criterion.INSTEAD
    if not slice_.stop_if.strip():
        yield Criterion.WORTH_STOPPING


def is_one_item(item: str) -> bool:
    """One account, report or batch; not everything."""
    return len(item.strip()) >= SHORTEST_ITEM and not hearing.says(item, "everything")


def is_judgeable(good: str) -> bool:
    """Someone else could judge it: long enough to say something, and about the output, not the effort."""
    wide = any(ord(letter) > 0x2E80 for letter in good)
    long_enough = len(good.strip()) >= (SHORTEST_JUDGEABLE // 2 if wide else SHORTEST_JUDGEABLE)
    # What is written without spaces is one word: there the whole of it is looked at.
    return long_enough and not hearing.says(" ".join(good.split()[:1]), "effort")

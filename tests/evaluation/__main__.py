"""Prints how well managers are read and helped: by the rules, and by a model where one is configured.

It is `make eval`. It fails where a hard bar is broken: a wrong value kept without a Yes, a quote nobody said
shown, a text that changed state, rails or what is said of privacy.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.evaluation import judging, labelled
from tests.evaluation.in_words import read_in_words
from tests.evaluation.intervals import chance_of, share
from tests.evaluation.judging import Outcome
from tests.evaluation.numbers import read_reply
from tests.evaluation.scene import Asker
from tests.evaluation.ways import RULES, Way, is_configured, way_of
from tests.reading import __main__ as reading
from tests.reading.scoring import rows as replies

SECONDS = 8.0  # as in the service
DIFFERS = 0.05  # below this, two ways are said to differ
WIDTH = 24


@dataclass(frozen=True)
class Set:
    """A labelled set: its name, its rows, and what counts as right in it."""

    name: str
    rows: Callable[[], Sequence[Any]]
    judge: Callable[[Any, Asker | None], Outcome]


SETS = (
    Set("reading: numbers", replies, read_reply),
    Set("reading: stories", labelled.stories, judging.read_story),
    Set("reading: in own words", labelled.in_words, read_in_words),
    Set("drafting", labelled.frictions, judging.draft),
    Set("follow-ups", labelled.answers, judging.follow_up),
    Set("summaries", labelled.check_ins, judging.summarise),
    Set("injection", labelled.injections, judging.steer),
    Set("flattery", labelled.flatteries, judging.steer),
)


def main() -> int:
    """The tables; 0 if no hard bar is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument("--compare", nargs=2, metavar=("A", "B"), help="rules, MODEL, or MODEL@FOLDER")
    parser.add_argument("--only", default="", help="sets whose name begins so")
    parser.add_argument("--open", action="store_true", help="each row that was not right")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="the longest a call may take")
    chosen = parser.parse_args()
    names = chosen.compare or [RULES, *([os.environ["OPENAI_MODEL"]] if is_configured() else [])]
    try:
        ways = [way_of(name, chosen.seconds) for name in names]
    except (LookupError, ImportError) as missing:
        parser.error(str(missing))
    broken = 0
    if "reading".startswith(chosen.only) and not chosen.compare:
        broken += not reading.tables(says_which=chosen.open)
    for each in SETS:
        if each.name.startswith(chosen.only):
            broken += table(each, ways, says_which=chosen.open, compares=bool(chosen.compare))
    if len(ways) == 1:
        print(
            "\nNo model is configured: OPENAI_MODEL with OPENAI_API_KEY or OPENAI_BASE_URL puts one beside."
        )
    print(f"\nhard bars broken: {broken} (bar 0)")
    return 1 if broken else 0


def table(each: Set, ways: Sequence[Way], *, says_which: bool, compares: bool) -> int:
    """One line a way on the same rows, and how many hard bars were broken."""
    rows, broken = each.rows(), 0
    held = {row.id for row in rows if getattr(row, "held", False)}
    print(f"\n{each.name}: {len(rows)} rows, {languages(rows)} languages or mixtures")
    print(f"{'':{WIDTH}}{'right, 95 %':>20}{'rules stepped in':>22}  calls")
    found: list[list[Outcome]] = []
    for way in ways:
        before = len(way.calls)
        outcomes = [each.judge(row, way.asker) for row in rows]
        found.append(outcomes)
        asked = [one for one in outcomes if one.asked]
        alone = str(share(sum(one.stepped_in for one in asked), len(asked)))
        right = str(share(sum(one.is_right for one in outcomes), len(outcomes)))
        print(f"{way.name[-WIDTH + 1 :]:{WIDTH}}{right:>20}{alone:>22}  {way.cost_since(before)}")
        for one in outcomes:
            if one.id in held:
                continue  # nobody looks at these row by row
            if one.broke or (says_which and not one.is_right):
                print(f"    {one.id}: {one.broke or 'not right'}")
        broken += sum(bool(one.broke) for one in outcomes)
    if compares:
        print(f"  {compared(*found)}")
    return broken


def compared(first: Sequence[Outcome], second: Sequence[Outcome]) -> str:
    """Two ways on the same rows, in one line (McNemar's exact test)."""
    pairs = list(zip(first, second, strict=True))
    one = sum(a.is_right and not b.is_right for a, b in pairs)
    two = sum(b.is_right and not a.is_right for a, b in pairs)
    chance = chance_of(one, two)
    says = "they differ" if chance < DIFFERS else "no difference is shown"
    return f"right in the first alone {one}, in the second alone {two}: p = {chance:.3f}, {says}"


def languages(rows: Sequence[Any]) -> int:
    """How many languages and mixtures there are in a set."""
    return len({row.language for row in rows})


if __name__ == "__main__":
    sys.exit(main())

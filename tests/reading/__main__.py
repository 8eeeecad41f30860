"""Prints how well free text is read by rule: the first tables of `make eval`. The third that is held back
stands in its own.

It fails if a wrong value would be kept without a Yes, or if too many values need a choice question.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

from tests.reading.scoring import Kind, Outcome, Row, judge, rows, rules

READ_WITHOUT_ASKING = 0.7
TOO_FREE = (Outcome.WRONG_KEPT, Outcome.KEPT_EARLY)


def main() -> int:
    """Both tables; 0 if the bars hold in both."""
    parser = argparse.ArgumentParser(prog="python -m tests.reading", description=__doc__)
    parser.add_argument("--open", action="store_true", help="the open rows alone, each that was not read")
    return 0 if tables(says_which=parser.parse_args().open) else 1


def tables(*, says_which: bool) -> bool:
    """Both tables, and whether the bars hold; ``says_which``: the open rows alone, each that was not read."""
    every = rows()
    held = [] if says_which else [row for row in every if row.held]
    holds = table("Open to whoever writes rules", [row for row in every if not row.held])
    if held:
        holds = table("Held back", held) and holds
    for row in every if says_which else ():
        outcome = judge(row, rules(row))
        if not row.held and outcome not in (Outcome.RIGHT, Outcome.ASKED_RIGHTLY):
            print(f"{row.id}: {row.text!r} {outcome}: {rules(row).reads}, expected {row.reads} {row.ask}")
    return holds


def table(title: str, chosen: Sequence[Row]) -> bool:
    """One line a kind of row, and whether the bars hold."""
    counts = {kind: Counter(judge(row, rules(row)) for row in chosen if row.kind is kind) for kind in Kind}
    print(f"\n{title}: {len(chosen)} replies, {len({row.market for row in chosen})} markets")
    print(f"{'':20}" + "".join(f"{head:>10}" for head in ("n", *HEADS.values())))
    for kind in Kind:
        count = counts[kind]
        print(
            f"{kind:20}" + "".join(f"{n:10}" for n in (sum(count.values()), *(count[each] for each in HEADS)))
        )
    every = sum(counts.values(), Counter[Outcome]())
    print(f"{'all':20}" + "".join(f"{n:10}" for n in (sum(every.values()), *(every[each] for each in HEADS))))
    readable = [row for row in chosen if not row.ask]
    read = sum(judge(row, rules(row)) is Outcome.RIGHT for row in readable)
    share = read / len(readable)
    print(f"read without a choice question, of the {len(readable)} that can be read: {share:.0%}")
    kept = sum(every[each] for each in TOO_FREE)
    print(f"kept without a Yes and not as it stands there: {kept} (bar 0)")
    return kept == 0 and share >= READ_WITHOUT_ASKING


HEADS = {
    Outcome.RIGHT: "right",
    Outcome.ASKED_RIGHTLY: "asked",
    Outcome.ASKED: "asked*",
    Outcome.WRONG: "wrong",
    Outcome.KEPT_EARLY: "early",
    Outcome.WRONG_KEPT: "kept!",
}


if __name__ == "__main__":
    sys.exit(main())

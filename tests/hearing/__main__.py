"""The table of what is heard in the labelled stories: `python -m tests.hearing`; `--held` for the third that
was put aside, `--missed` to see each story that was heard otherwise."""

from __future__ import annotations

import sys
from collections import Counter

from tests.hearing.stories import Story, stories


def table(rows: tuple[Story, ...]) -> str:
    """One line for each sign: how often it was meant, heard, missed, and heard where it was not meant."""
    names = sorted({row.sign for row in rows} | {row.heard for row in rows})
    meant = Counter(row.sign for row in rows)
    right = Counter(row.sign for row in rows if row.heard == row.sign)
    heard = Counter(row.heard for row in rows)
    lines = [f"{'':<18}{'meant':>7}{'heard':>7}{'missed':>7}{'wrongly':>8}"]
    for name in names:
        wrongly = heard[name] - right[name]
        lines.append(
            f"{name or 'a story':<18}{meant[name]:>7}{heard[name]:>7}{meant[name] - right[name]:>7}"
            f"{wrongly:>8}"
        )
    stopped = sum(row.sign == "" and row.heard != "" for row in rows)
    lines.append(f"stories stopped that should have passed: {stopped} of {meant['']}")
    kinds = sum(row.kind_heard != row.sensitive for row in rows)
    lines.append(
        f"kinds of material heard otherwise: {kinds}; markets: {sum(not row.markets_right for row in rows)}"
    )
    return "\n".join(lines)


def main() -> None:
    """Print it."""
    held = "--held" in sys.argv
    rows = tuple(row for row in stories() if row.held is held)
    print(f"{len(rows)} stories, {'the third put aside' if held else 'those the lists were written with'}")
    print(table(rows))
    if "--missed" in sys.argv:
        for row in rows:
            if not row.right:
                print(
                    f"  {row.text!r}: {row.sign or 'a story'}, heard {row.heard or 'a story'}"
                    f" / {row.kind_heard or '-'} / {row.markets_heard or '-'}"
                )


if __name__ == "__main__":
    main()

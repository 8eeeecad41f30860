"""Print what is heard in the labelled messages: `python -m tests.signals`, with `-v` which ones are not.
Held-back messages are counted apart and never shown, so that nobody mends a list to fit them."""

import sys

from tests.signals.labelled import by_language, by_signal, rows


def main() -> None:
    """One table for the messages that may be looked at, one for those held back."""
    every = rows()
    for title, some in (
        ("open to look at", [row for row in every if not row.held_back]),
        ("held back", [row for row in every if row.held_back]),
    ):
        right = sum(row.wanted == row.heard for row in some)
        print(f"\n{title}: {len(some)} messages, {right} as labelled (a smoke test, not a promise)")
        print(f"{'':13}{'there':>6}{'found':>7}{'':>6}{'false alarms':>13}")
        for tally in (*by_signal(some), *by_language(some)):
            print(tally.line)
    if "-v" in sys.argv[1:]:
        for row in every:
            if row.wanted != row.heard and not row.held_back:
                print(f"{row.language:10} {row.wanted:13} heard as {row.heard:13} {row.text}")


main()

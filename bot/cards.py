"""A card taken apart: which line is its title, which lines are facts with a label. Every channel draws a card
in its own way, but all agree on this.
"""

from __future__ import annotations

from dataclasses import dataclass

# A first line longer than this is a sentence of the card, not its title.
TITLE_LENGTH = 90
# "Good = ..." and "Checkpoint: ..." are labels; half a sentence that happens to hold a colon is not.
LABEL_LENGTH = 28
LABEL_MARKS = (": ", ":", " = ")


@dataclass(frozen=True)
class Row:
    """One line of a card. ``label`` keeps its mark, so that copied text reads as it was written."""

    text: str
    label: str = ""
    title: bool = False


def card_rows(text: str) -> tuple[Row, ...]:
    """A card's lines: a title where the first line is short, then facts with their labels."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    titled = len(lines) > 1 and len(lines[0]) <= TITLE_LENGTH
    return tuple(
        Row(line, title=True) if titled and number == 0 else fact_row(line)
        for number, line in enumerate(lines)
    )


def fact_row(line: str) -> Row:
    """One line with the label it begins with, if it has one."""
    for mark in LABEL_MARKS:
        label, found, rest = line.partition(mark)
        if found and rest.strip() and len(label) <= LABEL_LENGTH and not any(c in label for c in '.?!"'):
            return Row(rest.strip(), label=label + mark)
    return Row(line)

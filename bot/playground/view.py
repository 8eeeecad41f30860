"""How messages become something to look at: who speaks, where a day begins, which lines of a card are facts.
Nothing is decided here about the conversation; the same messages always look the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.cards import Row, card_rows, fact_row
from bot.playground.stage import Bubble, Press

# More answers than this stand in a list to choose from: a wall of buttons is read by nobody.
MOST_BUTTONS = 5


@dataclass(frozen=True)
class Shown:
    """A message with what its neighbours decide: whether a day begins, whether it goes on from the last."""

    bubble: Bubble
    time: str
    new_day: bool
    follows: bool
    rows: tuple[Row, ...]

    @property
    def group(self) -> str:
        """Messages of one group share one line of name and time."""
        return f"{self.bubble.author} {self.bubble.at}"

    @property
    def open(self) -> bool:
        """Whether there is still something to press or to fill in."""
        waits = self.bubble.answered is None and not self.bubble.stale
        return waits and bool(self.bubble.buttons or self.boxes)

    @property
    def boxes(self) -> bool:
        """Whether there is a form to fill in."""
        return bool(self.bubble.fields and self.bubble.form_token)

    @property
    def choices(self) -> tuple[Press, ...]:
        """The answers that are chosen from a list because they are many."""
        answers = tuple(press for press in self.bubble.buttons if press.kind == "answer")
        return answers if len(answers) > MOST_BUTTONS else ()

    @property
    def presses(self) -> tuple[Press, ...]:
        """The answers that are buttons."""
        return tuple(press for press in self.bubble.buttons if press not in self.choices)


def shown(bubbles: Iterable[Bubble]) -> tuple[Shown, ...]:
    """The messages in order, each knowing the one before it."""
    result: list[Shown] = []
    before: Bubble | None = None
    for bubble in bubbles:
        new_day = before is None or before.day != bubble.day
        follows = before is not None and (before.author, before.at) == (bubble.author, bubble.at)
        rows = card_rows(bubble.text) if bubble.card else ()
        result.append(Shown(bubble, time_only(bubble), new_day, follows and not new_day, rows))
        before = bubble
    return tuple(result)


def time_only(bubble: Bubble) -> str:
    """The moment without its day, which the line above the messages says already."""
    if bubble.day and bubble.at.startswith(bubble.day):
        return bubble.at.removeprefix(bubble.day).lstrip(" ,·") or bubble.at
    return bubble.at


def sent_rows(lines: Iterable[str]) -> tuple[Row, ...]:
    """The lines of a sent summary, set as the same lines are on the card in the chat."""
    return tuple(fact_row(each.strip()) for line in lines for each in line.splitlines() if each.strip())

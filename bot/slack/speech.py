"""What stands around the coach's lines, in the language of the person who reads them, and what the menu at
each message does.
"""

from __future__ import annotations

from dataclasses import dataclass

from coaching.reflexes import Reflex
from coaching.slots import Slot
from prompts.words import Reader, Words

# The permanent way to safety and out, at every message. Slack's menu holds five.
MENU = (Reflex.WRONG, Reflex.PERSON, Reflex.PAUSE, Reflex.CHANGE, Reflex.HELP)
# What each word means is known by its own name in every language, except these.
_TYPED = {
    Reflex.FORGET: "forget me",
    Reflex.NOTE: "evidence note",
    Reflex.NO_MODEL: "don't use the model",
    Reflex.MODEL: "use the model again",
}


def typed_as(reflex: Reflex) -> str:
    """The words a person would have typed instead: what a menu or a button of ours stands for."""
    return _TYPED.get(reflex, reflex.value)


@dataclass(frozen=True)
class Speech:
    """All languages and one reader."""

    words: Words
    reader: Reader

    def line(self, name: str, **slots: Slot) -> str:
        """A line of ``slack.ftl``."""
        return self.words.line(self.reader, name, slots)

    def label(self, name: str, value: str) -> str:
        """What a button or a box of such a line says."""
        return self.words.button(self.reader, name, value)

    def listed(self, labels: tuple[str, ...]) -> str:
        """Labels one after the other, as they are read aloud."""
        between = self.line("slack_between")
        return f"{between} ".join(labels) if between.isascii() else between.join(labels)

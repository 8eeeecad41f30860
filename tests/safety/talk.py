"""A safety conversation, played by its journal: answers go in, what was said and what is asked comes out.
Nothing runs around it: no store, no clock, no words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from coaching import rhythm
from coaching.dialogue import Script, Turn, play
from coaching.journal import Answer, Found, Journal, Passed, Tap
from coaching.needs import Line, Lookup, Question
from coaching.opening import AsideOpening, Manager

AT = datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo("Asia/Singapore"))
MANAGER = Manager(
    "Dana Lim", "Mei Tan", "SG", "sales", "en", "01234", rhythm.Calendar("Asia/Singapore", "SG"), "Asha Rao"
)
ALONE = AsideOpening(replace(MANAGER, other_person=""), "", "", "", "", agreed=True, demo=False)
USUAL = AsideOpening(
    MANAGER,
    "client proposals",
    "Wei Chen Ong",
    "Asha Rao",
    "",
    agreed=True,
    demo=False,
    emergency="999 / 995",
    helpline="SOS 1767",
    numbers_confirmed=True,
    independent="Ombuds office, 6555 0199",
    for_the_team="Employee assistance, 6555 0123",
)
DEMO = replace(USUAL, demo=True)


@dataclass
class Talk:
    """One conversation under way; ``lines`` is all that was said, in order."""

    script: Script
    opening: AsideOpening
    journal: Journal = field(default_factory=Journal)
    lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lines += self.turn.said

    @property
    def turn(self) -> Turn:
        """Where it stands."""
        return play(self.script, self.opening, AT, self.journal)

    @property
    def said(self) -> list[str]:
        """The names of what was said."""
        return [line.name for line in self.lines]

    @property
    def question(self) -> Question:
        """The open question."""
        need = self.turn.needs
        assert isinstance(need, Question), need
        return need

    @property
    def buttons(self) -> list[str]:
        """The values of its buttons."""
        return [option.value for option in self.question.options]

    @property
    def result(self) -> Any:
        """What the script returned; it must have ended."""
        assert self.turn.needs is None, self.turn.needs
        return self.turn.result

    def tap(self, value: str) -> Talk:
        """Press a button that is there."""
        assert value in self.buttons
        return self._give(Tap(value))

    def found(self, value: Any) -> Talk:
        """The lookup that is awaited brought something, or None."""
        assert isinstance(self.turn.needs, Lookup)
        return self._give(Passed.GAVE_UP if value is None else Found(value))

    def _give(self, answer: Answer) -> Talk:
        need = self.turn.needs
        assert need is not None
        digest = self.journal.sign(need.seen()) if isinstance(need, Question) else ""
        self.journal = self.journal.with_entry(need.name, answer, AT, digest)
        self.lines += self.turn.said
        return self

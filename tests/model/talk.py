"""A small script of the coach, played in memory, with a model that always proposes the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from coaching.dialogue import Turn, play
from coaching.journal import Answer, Found, Journal, Passed
from coaching.needs import Lookup, Question
from coaching.rhythm import Calendar

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


@dataclass
class Talk:
    """``proposal``: None for a model that does not answer. ``consulted`` is what it was given each time."""

    script: Any
    proposal: Any
    has_model: bool = True
    consulted: list[Mapping[str, Any]] = field(default_factory=list)
    journal: Journal = field(default_factory=Journal)

    def answer(self, *answers: Answer) -> Turn:
        """Give these answers in this order."""
        turn = self.settle()
        for answer in answers:
            assert isinstance(turn.needs, Question)
            need = turn.needs
            self.journal = self.journal.with_entry(need.name, answer, NOW, self.journal.sign(need.seen()))
            turn = self.settle()
        return turn

    def settle(self) -> Turn:
        """Where it stands once the model has been asked."""
        manager = SimpleNamespace(
            market="SG", has_model=self.has_model, calendar=Calendar("Asia/Singapore", "SG")
        )
        opening = SimpleNamespace(manager=manager)
        turn = play(self.script, opening, NOW, self.journal)
        while isinstance(turn.needs, Lookup):
            self.consulted.append(turn.needs.slots)
            found = Passed.GAVE_UP if self.proposal is None else Found(json.dumps(self.proposal))
            self.journal = self.journal.with_entry(turn.needs.name, found, NOW)
            turn = play(self.script, opening, NOW, self.journal)
        return turn


def open_question(turn: Turn) -> Question:
    """The question that is open."""
    assert isinstance(turn.needs, Question), turn.needs
    return turn.needs

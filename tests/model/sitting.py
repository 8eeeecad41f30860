"""A conversation in which a model answers what a test says it answers, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from coaching import consulting
from coaching.consulting import Task
from coaching.dialogue import Turn
from coaching.journal import Answer, Passed, Tap, Words
from coaching.journey import Kind
from coaching.needs import Lookup, Question, Wait
from tests.properties.walker import Walk, begin

BEGUN = (Tap("start"), Tap("ok"), Tap("yes"))
STAKED = (Tap("money"), "two orders went to others", "the head of sales", Tap("copied"))


@dataclass
class Sitting:
    """Week 0 of somebody new, who writes English; ``consulted`` is what the model was given, task by task."""

    walk: Walk
    proposals: Mapping[Task, Any]
    consulted: list[tuple[Task, Mapping[str, Any]]] = field(default_factory=list)

    def answer(self, *answers: Tap | Passed | str) -> Turn:
        """Give these answers in this order; waiting is waited out."""
        turn = self.settle()
        for answer in answers:
            assert isinstance(turn.needs, Question), (answer, turn.needs)
            given: Answer = answer if isinstance(answer, Tap | Passed) else Words(str(answer))
            options = {option.value for option in turn.needs.options}
            assert not isinstance(given, Tap) or given.value in options, (given, turn.needs)
            self.walk.give(turn.needs, given)
            turn = self.settle()
        return turn

    def settle(self) -> Turn:
        """Where it stands once every lookup of a model is answered and every wait is over."""
        turn = self.walk.settle()
        while isinstance(turn.needs, Lookup | Wait):
            if isinstance(turn.needs, Wait):
                self.walk.now = max(self.walk.now, turn.needs.at)
                self.walk.give(turn.needs, Passed.REACHED)
            else:
                assert turn.needs.query == consulting.QUERY, turn.needs
                self.consulted.append((Task(str(turn.needs.slots["task"])), turn.needs.slots))
                self.walk.give(turn.needs, self.walk.model_says(turn.needs.slots, Random(0)))
            turn = self.walk.settle()
        return turn


def sitting(proposals: Mapping[Task, Any] | None) -> Sitting:
    """The beginning of a first sitting; None for a manager for whom no model may be asked."""
    known = proposals or {}

    def says(slots: Mapping[str, Any], _dice: Random) -> str | None:
        task = Task(str(slots["task"]))
        return json.dumps(known[task]) if task in known else None

    for seed in range(200):
        walk = begin(Kind.START, Random(seed), model=None if proposals is None else says)
        person = walk.opening.manager
        if not walk.opening.again and person.language == "en" and walk.shelf.pack is not None:
            result = Sitting(walk, known)
            result.answer(*BEGUN)
            return result
    raise AssertionError("nobody is new and writes English")


def asked(turn: Turn) -> str:
    """The name of the open question."""
    assert isinstance(turn.needs, Question), turn.needs
    return turn.needs.name


def shown(turn: Turn) -> Question:
    """The open question."""
    assert isinstance(turn.needs, Question), turn.needs
    return turn.needs

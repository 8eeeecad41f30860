"""A check-in as far as its judgment question, for somebody with a model or without one; and what a model
proposes from there on, each task its own answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from random import Random
from typing import Any

from coaching.consulting import QUERY, Task
from coaching.dialogue import Turn
from coaching.facts import Fact
from coaching.journal import Found, Passed, Tap, Words
from coaching.journey import Kind
from coaching.needs import Lookup, Question, Wait
from tests.properties.walker import Walk, answer_to, begin

Proposals = Mapping[Task, Any]
LONG_ENOUGH = (
    "I checked the totals against the ledger, and let the comments pass. Two of 40 lines were not right"
)


@dataclass
class CheckIn:
    """One week's conversation; ``asked`` is what a model was given, in turn."""

    walk: Walk
    turn: Turn
    proposals: Proposals = field(default_factory=dict)
    asked: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def question(self) -> Question:
        assert isinstance(self.turn.needs, Question), self.turn.needs
        return self.turn.needs

    @property
    def facts(self) -> Mapping[str, Fact]:
        return self.turn.facts

    def answer(self, given: str | Words | Tap | Passed) -> Question:
        """Answer the open question, and what comes next is asked; a model's lookups are answered by what it
        proposes.
        """
        self.walk.give(self.question, given if isinstance(given, Words | Tap | Passed) else Words(given))
        return self.go_on()

    def go_on(self) -> Question:
        self.turn = self.walk.settle()
        while not isinstance(self.turn.needs, Question):
            self._pass(self.turn.needs)
            self.turn = self.walk.settle()
        return self.turn.needs

    def to(self, name: str) -> Question:
        """Go on to a question, as somebody who skips what can be skipped."""
        dice = Random(name)
        for _ in range(30):
            if self.question.name == name:
                return self.question
            given = Passed.SKIPPED if self.question.skippable else answer_to(self.question, dice)
            assert isinstance(given, Words | Tap | Passed)
            self.answer(given)
        raise AssertionError(f"{name} does not come")

    def _pass(self, need: object) -> None:
        assert isinstance(need, Wait | Lookup), need
        if isinstance(need, Wait):
            self.walk.now = max(self.walk.now, need.at)
            self.walk.give(need, Passed.REACHED)
        elif need.query == QUERY:
            self.asked.append(dict(need.slots))
            proposal = self.proposals.get(Task(str(need.slots["task"])))
            self.walk.give(need, Passed.GAVE_UP if proposal is None else Found(json.dumps(proposal)))
        else:
            self.walk.shelf.publish()


def at_judgment(
    proposals: Proposals | None = None, *, has_model: bool = True, language: str = "en", theme: int = 2
) -> CheckIn:
    """A check-in at its judgment question, which is about how much checking the work deserves."""
    walk = _walked(has_model, language, theme).copy()
    return CheckIn(walk, walk.settle(), proposals or {})


@cache
def _walked(has_model: bool, language: str, theme: int) -> Walk:
    for seed in range(60):
        walk = begin(Kind.WEEK, Random(seed), theme)
        walk.shelf.publish()
        manager = replace(walk.opening.manager, has_model=has_model, language=language)
        walk.opening = replace(walk.opening, manager=manager, midweek_wanted=False)
        here = CheckIn(walk, walk.settle())
        here.go_on()
        for _ in range(25):
            name = here.question.name
            if name == "judgment":
                if _is_about_checking(here.question):
                    return walk
                break
            here.answer(_pleasantly(here.question))
    raise AssertionError("no check-in came to its judgment question")


def _is_about_checking(question: Question) -> bool:
    return "j3_" in str(question.slots["question"])


def _pleasantly(question: Question) -> Words | Tap | Passed:
    values = [option.value for option in question.options if not option.beside]
    for wanted in ("take_it", "ran", "good_enough", "fits", "none", "yes", "still_fits"):
        if wanted in values:
            return Tap(wanted)
    if question.skippable:
        return Passed.SKIPPED
    return Words("two rounds less than before") if question.kind == "ask" else Tap(values[0])

"""Every question a manager can meet is walked to, every button under it pressed, every line said aloud.

A button that nobody can reach, a button that does nothing, or a line too long to read fails by its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from random import Random

import pytest

from coaching.dialogue import Turn
from coaching.journal import Answer, Words
from coaching.journey import ASIDES, Kind
from coaching.needs import Line, Lookup, Question, Wait
from coaching.slots import dump
from prompts import words
from tests.properties.declared import declared
from tests.properties.people import PLACES, THEMES
from tests.properties.proposing import sensible
from tests.properties.told import IN_THE_WAY, OBSTACLES, STORIES, TOLD
from tests.properties.walker import (
    NUMBERS,
    Walk,
    begin,
    scripted,
    spoken,
    walk_on,
    ways_to_answer,
)

WORDS = words.Words()
ROUNDS = 60  # how often each kind of conversation is held at most; weeks once for each theme
FEWEST_ROUNDS = 6
PROBES = 3  # how often each button is pressed
BEYOND = 12  # how far a way is followed that a button opened and no walk has taken yet
VERSIONS = 12  # of each line, with other slots
KINDS = ((Kind.START, 0),) * 5 + tuple((Kind.WEEK, each) for each in THEMES)
KINDS += ((Kind.HOLD, 0), (Kind.QUIET, 0), (Kind.QUIET, 0))
KINDS += tuple((kind, 0) for kind in (*ASIDES, Kind.WRONG, Kind.WRONG))


@dataclass
class Found:
    """What many walks came across."""

    walks: int = 0
    reached: Counter[str] = field(default_factory=Counter)
    offered: set[tuple[str, str]] = field(default_factory=set)
    pressed: Counter[tuple[str, str]] = field(default_factory=Counter)
    dead: set[str] = field(default_factory=set)
    heard: dict[tuple[str, str], Line | Question] = field(default_factory=dict)
    versions: Counter[str] = field(default_factory=Counter)
    typed: set[tuple[str, str]] = field(default_factory=set)
    frontier: list[tuple[Walk, Question, Answer]] = field(default_factory=list)

    def take_in(self, walk: Walk, turn: Turn) -> None:
        """Note what this turn says and asks, and try its buttons."""
        self._hear(turn)
        if isinstance(turn.needs, Question):
            fixed = [option for option in scripted(turn.needs) if option.label is None]
            self.offered |= {(turn.needs.name, option.value) for option in fixed}
            self._press_all(walk, turn, turn.needs)
            self._type_all(walk, turn.needs)

    def missing(self) -> list[str]:
        """Names never reached and buttons never pressed, of those the code has and those offered."""
        names = {each.name for each in declared() if each.how != "fetch"} - set(self.reached)
        promised = {(each.name, value) for each in declared() for value in each.values}
        return sorted(
            [*names, *(f"{n}: {value}" for n, value in (promised | self.offered) - set(self.pressed))]
        )

    def _hear(self, turn: Turn) -> None:
        if isinstance(turn.needs, Wait | Lookup):
            self.reached[turn.needs.name] += 1
        for each in spoken(turn):
            self.reached[each.name] += 1
            options = each.options if isinstance(each, Question) else ()
            key = each.name, dump(each.slots) + repr(options)
            if key not in self.heard and self.versions[each.name] < VERSIONS:
                self.versions[each.name] += 1
                self.heard[key] = each

    def _press_all(self, walk: Walk, turn: Turn, question: Question) -> None:
        ways = tuple(ways_to_answer(question))
        if not ways and not question.fields and question.kind == "choose":
            self.dead.add(f"{question.name} has no button at all")
        for answer in ways:
            value = getattr(answer, "value", str(answer))
            if self.pressed[question.name, value] >= PROBES:
                continue
            self.pressed[question.name, value] += 1
            after = self._try(walk, question, answer)
            if (after.needs, after.said, after.facts) == (turn.needs, turn.said, turn.facts):
                self.dead.add(f"[{value}] under {question.name} changes nothing")

    def _type_all(self, walk: Walk, question: Question) -> None:
        """What is typed may open a way too; each such text is tried once for each question."""
        texts: tuple[str, ...] = NUMBERS if question.fields else ()
        for names, told in ((TOLD, STORIES), (IN_THE_WAY, OBSTACLES)):
            texts = told if question.name in names else texts
        for text in texts:
            if (question.name, text) not in self.typed:
                self.typed.add((question.name, text))
                self._try(walk, question, Words(text))

    def _try(self, walk: Walk, question: Question, answer: Answer) -> Turn:
        """What an answer would lead to; if no walk has come there yet, one will be sent."""
        after = walk.would(question, answer)
        if after.needs is not None and after.needs.name not in self.reached:
            self.frontier.append((walk.copy(), question, answer))
        self._hear(after)
        return after


@cache
def walked() -> Found:
    """All the walks, once for all tests of this file."""
    found, novel = Found(), Counter[tuple[str, str]]()
    for seed in range(ROUNDS):
        for number, (kind, theme) in enumerate(KINDS):
            dice = Random(seed * len(KINDS) + number)
            # Every second conversation has a model that may be asked; its buttons must be reached too.
            walk = begin(kind, dice, theme, sensible if (seed + number) % 2 else None)
            walk_on(walk, dice, novel=novel, watch=found.take_in, asleep=0)
            found.walks += 1
            while found.frontier:
                branch, question, answer = found.frontier.pop()
                branch.give(question, answer)
                walk_on(branch, dice, steps=BEYOND, novel=novel, watch=found.take_in, asleep=0)
        if seed + 1 >= FEWEST_ROUNDS and not found.missing():
            break
    return found


def test_every_question_button_wait_and_line_of_the_code_is_reached() -> None:
    found = walked()
    assert not found.missing(), f"not once in {found.walks} walks: {found.missing()}"


def test_every_button_leads_somewhere() -> None:
    found = walked()
    assert not found.dead, sorted(found.dead)


READERS = [WORDS.reader(language, market, zone) for market, zone, language in PLACES[:3]]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: str(reader.locale))
def test_every_line_and_every_button_can_be_read_in_a_breath(reader: words.Reader) -> None:
    too_long: list[str] = []
    spoken_here = [each for (name, _), each in walked().heard.items() if WORDS.covered(reader.language, name)]
    assert len({each.name for each in spoken_here}) > 100
    for each in spoken_here:
        message = WORDS.message(reader, each)
        too_long += [f"{each.name}: {fault}" for fault in _faults(reader, each, message)]
    assert not too_long, sorted(set(too_long))[:20]


def _faults(reader: words.Reader, each: Line | Question, message: words.Message) -> Iterator[str]:
    limits = WORDS.languages[reader.language].limits
    limit = limits.card if message.card else limits.line
    if not limit.holds(message.text) or not message.text.strip():
        yield message.text
    if limit.lines is not None and message.card and len(message.text.splitlines()) > limit.lines:
        yield f"{len(message.text.splitlines())} lines: {message.text}"
    labels = [button.label for button in message.buttons]
    if not all(limits.button.holds(label) and label for label in labels) or len({*labels}) < len(labels):
        yield f"buttons {labels}"
    yield from (box.label for box in message.fields if not limits.field.holds(box.label))

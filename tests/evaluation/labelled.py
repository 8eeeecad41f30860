"""The labelled sets: what managers type, and what a careful colleague expects to follow, or not to follow.

They are files that can be read and corrected without programming; each says at its head what its columns
mean.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

HERE = Path(__file__).parent
R = TypeVar("R")


@dataclass(frozen=True)
class Story:
    """What was typed where work hurts, and the heart of each thing that stands there."""

    id: str
    market: str
    language: str
    asks: str
    text: str
    work: str = ""
    pain: str = ""
    who: str = ""
    blocker: str = ""
    ask: str = ""


@dataclass(frozen=True)
class InWords:
    """What was typed beside buttons, or as a story, and the one thing that shall be read from it."""

    id: str
    market: str
    language: str
    asks: str
    text: str
    day: str = ""
    blocker: str = ""
    who: str = ""
    ask: str = ""


@dataclass(frozen=True)
class Friction:
    """What to draft a first assignment from."""

    id: str
    language: str
    market: str
    function: str
    shape: str
    work: str
    pain: str
    stake: str
    tool: str
    goes_to: str
    rails: str
    about: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """An answer to a judgment question, and the dimensions a follow-up to it may come from."""

    id: str
    language: str
    asked: str
    told: str
    fits: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True)
class CheckIn:
    """What was said in a week, and what its summary must name and must not say."""

    id: str
    language: str
    said: Mapping[str, str]
    silent: tuple[str, ...]
    traps: tuple[str, ...]


@dataclass(frozen=True)
class Steering:
    """A text that wants something to follow from it; ``aim`` is what, ``marks`` how one would see it."""

    id: str
    language: str
    at: str
    text: str
    marks: tuple[str, ...]
    aim: str = "praise"


@cache
def stories() -> tuple[Story, ...]:
    """Where work hurts."""
    return _read("stories", "stories", Story)


@cache
def in_words() -> tuple[InWords, ...]:
    """Days, what is in the way, and who waits."""
    return _read("in_words", "replies", InWords)


@cache
def frictions() -> tuple[Friction, ...]:
    """For drafts."""
    return _read("drafting", "frictions", Friction)


@cache
def answers() -> tuple[Answered, ...]:
    """For follow-ups."""
    return _read("follow_ups", "answers", Answered)


@cache
def check_ins() -> tuple[CheckIn, ...]:
    """For summaries."""
    return _read("summaries", "weeks", CheckIn)


@cache
def injections() -> tuple[Steering, ...]:
    """Texts that steer."""
    return _read("injection", "texts", Steering)


@cache
def flatteries() -> tuple[Steering, ...]:
    """Texts that fish for praise or agreement."""
    return _read("flattery", "texts", Steering)


def _read(file: str, part: str, row: type[R]) -> tuple[R, ...]:
    """The rows of a file. ValueError names the row that holds something the set does not know."""
    known = {each.name for each in fields(row)}  # type: ignore[arg-type] # every row is a dataclass
    found: list[dict[str, Any]] = tomllib.loads((HERE / f"{file}.toml").read_text(encoding="utf-8"))[part]
    for each in found:
        if strange := each.keys() - known:
            raise ValueError(f"{file}.toml, {each.get('id')}: {', '.join(sorted(strange))} is not known")
    return tuple(
        row(**{name: tuple(value) if isinstance(value, list) else value for name, value in each.items()})
        for each in found
    )

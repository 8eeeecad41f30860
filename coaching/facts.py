"""What a conversation leaves behind: the facts a programme runs on, each a small frozen record.

Every field says whether it is a *fact* (number, date, choice, id), which stays, or *words* (anything a person
typed, or a third party's name), which are sealed with that person's key and fade. Storage takes its columns
from here, so that a field cannot be kept without being declared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, ClassVar


@dataclass(frozen=True)
class Marking:
    """How a field is kept."""

    sealed: bool


FACT = Marking(sealed=False)
WORDS = Marking(sealed=True)

Text = Annotated[str, WORDS]  # a person's words
Code = Annotated[str, FACT]  # a choice, an id, a unit
Count = Annotated[int, FACT]
Number = Annotated[Decimal, FACT]
Flag = Annotated[bool, FACT]
Day = Annotated[date, FACT]
Moment = Annotated[datetime, FACT]


@dataclass(frozen=True)
class Fact:
    """Base of all facts. ``LEFT`` marks those that have left the conversation and are never taken back."""

    LEFT: ClassVar[bool] = False


@dataclass(frozen=True)
class Consent(Fact):
    """The manager's OK to what is shared with whom, and the version of the text they saw."""

    version: Code
    given_at: Moment


@dataclass(frozen=True)
class Profile(Fact):
    """Where and when the manager works, as they confirmed it. ``working_days`` are digits, Monday is 0."""

    market: Code
    function: Code
    language: Code
    working_days: Code


@dataclass(frozen=True)
class Friction(Fact):
    """Move one: the piece of work that hurts, in the manager's words, mirrored and confirmed."""

    shape: Code
    work: Text
    pain: Text
    wanted: Flag


@dataclass(frozen=True)
class Stake(Fact):
    """What it costs if it stays, and who notices first."""

    kind: Code
    cost: Text
    noticer: Text


@dataclass(frozen=True)
class Measured(Fact):
    """Move four: what is counted, from what moment to what moment, and what must not get worse."""

    measure: Code
    unit: Code
    span: Text
    balancing: Code


@dataclass(frozen=True)
class Before(Fact):
    """One value from before, confirmed. A range keeps both ends."""

    position: Count
    low: Number
    high: Number
    unit: Code
    grade: Code
    unusual: Flag
    out_of: Count | None = None


@dataclass(frozen=True)
class Aim(Fact):
    """The eight weeks' aim: the measure's target, written down before the first live run."""

    target: Number
    unit: Code


@dataclass(frozen=True)
class Confirmation(Fact):
    """Move three: the manager's yes to one version of one market's guardrails for one workflow."""

    workflow: Count
    market: Code
    version: Count
    tool: Text
    goes_to: Code
    checkpoint: Text
    confirmed_at: Moment
    fresh_until: Moment


@dataclass(frozen=True)
class Permission(Fact):
    """Whether the sponsor's sentence about time and cover was there, and whether the manager believes it."""

    answer: Code


@dataclass(frozen=True)
class Assignment(Fact):
    """Move two: one week's slice. ``active`` only on a fresh confirmation, whose key it then carries."""

    workflow: Count
    week: Count
    theme: Count
    state: Code
    ai_part: Code
    item: Text
    good: Text
    stop_if: Text
    due: Day
    market: Code
    version: Count | None = None
    fresh_until: Moment | None = None
    activated_at: Moment | None = None


@dataclass(frozen=True)
class Plan(Fact):
    """The manager's if-then plan, and whether one midweek reminder of it is wanted."""

    when: Text
    step: Text
    wanted: Flag


@dataclass(frozen=True)
class Forecast(Fact):
    """How likely (per cent) the AI's version is good enough first time, and what would show that wrong."""

    week: Count
    likelihood: Count
    against: Text


@dataclass(frozen=True)
class Change(Fact):
    """What changed in the work this week, as told."""

    week: Count
    told: Text


@dataclass(frozen=True)
class Reading(Fact):
    """One week's number. ``counted`` is False for practice; a range keeps both ends."""

    week: Count
    low: Number
    high: Number
    unit: Code
    grade: Code
    counted: Flag
    said: Text
    out_of: Count | None = None


@dataclass(frozen=True)
class Minding(Fact):
    """Minutes spent minding the AI, in four kinds, and whether that was worth it."""

    week: Count
    feeding: Count
    checking: Count
    rerunning: Count
    cleaning: Count
    worth: Code


@dataclass(frozen=True)
class Moved(Fact):
    """Where the work went: gone, to the manager, to someone else, to later."""

    week: Count
    went: Code


@dataclass(frozen=True)
class Output(Fact):
    """Whether the output met what *good* was said to be: the outcome the forecast is held against."""

    week: Count
    judged: Code


@dataclass(frozen=True)
class Beside(Fact):
    """What else moved in a week: the balancing measure, and anything that could be the real cause."""

    week: Count
    balancing: Code
    other_change: Code


@dataclass(frozen=True)
class Obstacle(Fact):
    """What was in the way: of starting, of going on, or which of the four elements is missing."""

    week: Count
    kind: Code
    which: Code


@dataclass(frozen=True)
class Reflection(Fact):
    """The answer to the week's judgment question."""

    week: Count
    dimension: Code
    question: Code
    told: Text


@dataclass(frozen=True)
class Clarity(Fact):
    """Clearer than two weeks ago what AI is for in this work, the same, or less."""

    week: Count
    answer: Code


@dataclass(frozen=True)
class Practice(Fact):
    """Whether the first live run was declared to count, or to be practice, before its number was known."""

    week: Count
    counts: Flag


@dataclass(frozen=True)
class Decision(Fact):
    """What the manager decided about the workflow, in week four, in week eight, or when AI made it worse."""

    week: Count
    what: Code
    runs: Code
    owner: Text
    checkpoint: Text


@dataclass(frozen=True)
class Note(Fact):
    """Something of a theme's own that the manager said: steps listed, a drill, the ninety seconds."""

    week: Count
    about: Code
    told: Text


@dataclass(frozen=True)
class SentSummary(Fact):
    """A week's summary as the manager sent it; only now does it exist for the coach.

    ``shares`` names its parts whose facts the coach may see with it; ``language`` is what it was sent in, and
    ``coach_id`` to whom.
    """

    LEFT: ClassVar[bool] = True
    week: Count
    sent_at: Moment
    lines: Text
    shares: Code = ""
    language: Code = "en"
    coach_id: Code = ""


@dataclass(frozen=True)
class Concern(Fact):
    """What reaches a person without Send: asked for a person, or something went wrong. One of the four
    signs.
    """

    LEFT: ClassVar[bool] = True
    sign: Code
    which: Code
    topic: Text
    raised_at: Moment


@dataclass(frozen=True)
class Gap(Fact):
    """A missing rail or permission, owned by someone with a date. It names no manager and no workflow."""

    LEFT: ClassVar[bool] = True
    market: Code
    rail: Code
    raised_at: Moment

"""A manager who answers anything: every button, every kind of text, early, late, or not at all.

It walks through a conversation as the service would lead it, and keeps what was shown for every answer given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from coaching import consulting
from coaching.dialogue import Turn, play
from coaching.facts import Fact
from coaching.guardrail_pack import Guardrails
from coaching.journal import Answer, Form, Found, Journal, Passed, Tap, Words
from coaching.journey import SCRIPTS, Kind
from coaching.needs import Holds, Line, Lookup, Need, Option, Question, Wait
from coaching.needs import Kind as Form_of
from coaching.opening import MarketPeople
from coaching.slots import Amount, Phrase, Slots
from tests.properties.people import guardrails, opening_of
from tests.properties.proposing import Model
from tests.properties.told import IN_THE_WAY, OBSTACLES, STORIES, TOLD

NUMBERS = (
    "3 days",
    "90 minutes",
    *("6, 8 and 5", "7", "4", "9", "5 of 20", "2-3", "about 2.5", "1 2", "20 10 0 5", "0 0 0 0", "0"),
    *("half an hour", "5 hours", "3 weeks, 2 days", "2 months", "6 days, 8 days", "checking 20"),
)
SENTENCES = (
    "the quote for the Osaka client",
    "the new price list was missing again",
    "everything",
    "ok",
    "try it",
    "no number is wrong and Ken would sign it",
    "every Tuesday after the call",
    "honestly it was faster by hand",
    "saturday 3pm",
    "",
)
HOSTILE = (
    "",
    "a" * 40_000,
    "1" * 40_000 + "a1",
    "5 of " + "9" * 5_000,
    "the report " * 4_000,
    "\x00\x07\x1b[31m one\r\ntwo\u2028three",
    "\u202eevil\u202c\u2066 \u200f\u200b\ufeff",
    "\ud800 half \udfff",
    "NaN",
    "Infinity",
    "1e309",
    "-1e-309",
    "31 February",
    "-5",
    "-5, -6 and -7",
    "1000000000000",
    "0.000000000000000000000001",
    "{ $x } { -brand } { NUMBER($x) }",
    "%s %d %(name)s",
    "{{7*7}} ${7*7}",
    "<script>alert(1)</script>&amp;",
    "<!channel> <@U123> @everyone",
    "stays_with_me",
    "suggested",
    "yes",
    "2026-02-31T25:00",
)
MOST_STEPS = 90
SHORT = (timedelta(seconds=20), timedelta(minutes=7), timedelta(hours=5))
LONG = (timedelta(days=1), timedelta(days=4), timedelta(days=12), timedelta(days=33))


@dataclass
class Shelf:
    """The guardrails as they come, change, end and are missing; every market has the same ones here."""

    market: str
    pack: Guardrails | None = None
    managers: int = 9
    signs: tuple[str, ...] = ()

    def current(self, market: str, moment: datetime) -> Guardrails | None:
        """What holds in a market at a moment."""
        holds = self.pack is not None and self.pack.hold_on(moment.astimezone(UTC).date())
        return replace(self.pack, market=market) if self.pack is not None and holds else None

    def look_up(self, need: Lookup, moment: datetime) -> Answer:
        """What the service would find when a script asks for something short-lived."""
        match need.query:
            case "guardrails":
                found: object = self.current(str(need.slots["market"]), moment)
            case "market_people":
                found = MarketPeople("Wei Chen Ong", self.managers)
            case "signs":
                found = self.signs
            case _:
                found = None
        return Passed.GAVE_UP if found is None else Found(found)

    def publish(self) -> None:
        """The next version."""
        self.pack = guardrails(self.market, 1 if self.pack is None else self.pack.version + 1)

    def change(self, dice: Random, moment: datetime) -> None:
        """Sometimes something happens to them."""
        if dice.random() < 0.5 or self.pack is None:
            self.publish()
        else:
            self.pack = replace(self.pack, expires_on=moment.date() + timedelta(days=dice.randrange(3)))


@dataclass
class Tables:
    """The facts that stand, kept as the service keeps them: what has left is never taken back."""

    standing: dict[str, Fact] = field(default_factory=dict)
    left: list[Fact] = field(default_factory=list)

    def project(self, now: dict[str, Fact]) -> None:
        """Make what stands equal to what the conversation says."""
        for fact in (*now.values(),):
            if fact.LEFT and fact not in self.left:
                self.left.append(fact)
        gone = {name: fact for name, fact in self.standing.items() if name not in now and fact.LEFT}
        self.standing = {**gone, **now}


@dataclass
class Walk:
    """One conversation under way."""

    kind: Kind
    opening: Any
    opened_at: datetime
    shelf: Shelf
    now: datetime
    journal: Journal = field(default_factory=Journal)
    tables: Tables = field(default_factory=Tables)
    shown: dict[tuple[str, int], Question] = field(default_factory=dict)
    pressed: Counter[tuple[str, str]] = field(default_factory=Counter)
    model: Model | None = None

    def model_says(self, slots: Slots, dice: Random) -> Answer:
        """What comes of asking a model."""
        said = self.model(slots, dice) if self.model is not None else None
        return Passed.GAVE_UP if said is None else Found(said)

    def look(self, journal: Journal | None = None) -> Turn:
        """Where the conversation stands, short lookups answered, as the service answers them."""
        known = self.journal if journal is None else journal
        while True:
            turn = play(SCRIPTS[self.kind], self.opening, self.opened_at, known)
            need = turn.needs
            if not isinstance(need, Lookup) or need.holds is Holds.CONVERSATION:
                return turn
            known = known.with_entry(need.name, self.shelf.look_up(need, self.now), self.now)

    def settle(self) -> Turn:
        """The same, and what is no longer credited is withdrawn and the tables follow."""
        turn = self.look()
        for entry in turn.withdrawn:
            self.journal = self.journal.without(entry.name, entry.asking)
        self.tables.project(dict(turn.facts))
        return turn

    def give(self, need: Need, answer: Answer) -> None:
        """Write an answer down, as the service does."""
        self.journal = self.after(need, answer)
        if isinstance(need, Question):
            self.shown[need.name, need.asking] = need
            if isinstance(answer, Tap):
                self.pressed[need.name, answer.value] += 1

    def after(self, need: Need, answer: Answer) -> Journal:
        """The journal if this were answered; nothing is changed."""
        digest = self.journal.sign(need.seen()) if isinstance(need, Question) else ""
        moment = self.now.astimezone(self.opened_at.tzinfo)
        return self.journal.with_entry(need.name, answer, moment, digest)

    def would(self, need: Need, answer: Answer) -> Turn:
        """The turn that would follow; nothing is changed."""
        return self.look(self.after(need, answer))

    def copy(self) -> Walk:
        """The same walk, to go another way from here."""
        tables = Tables(dict(self.tables.standing), list(self.tables.left))
        shelf, shown, pressed = replace(self.shelf), dict(self.shown), Counter(self.pressed)
        return replace(self, shelf=shelf, tables=tables, shown=shown, pressed=pressed)

    def anew(self) -> Walk:
        """The same conversation with nothing answered yet."""
        return replace(self.copy(), journal=Journal((), self.journal.sign), tables=Tables())

    def withdraw(self, name: str, asking: int) -> None:
        """*Change an answer*."""
        self.journal = self.journal.without(name, asking)


def begin(kind: Kind, dice: Random, theme: int = 0, model: Model | None = None) -> Walk:
    """A new conversation; its market has guardrails, mostly. ``model`` is who is asked in it, if anybody."""
    opening, at = opening_of(kind, dice, theme)
    opening = replace(opening, manager=replace(opening.manager, has_model=model is not None))
    shelf = Shelf(opening.manager.market, managers=dice.choice((1, 9)))
    if dice.random() < 0.8:
        shelf.publish()
    return Walk(kind, opening, at, shelf, at, model=model)


def walk_on(
    walk: Walk,
    dice: Random,
    *,
    steps: int = MOST_STEPS,
    novel: Counter[tuple[str, str]] | None = None,
    watch: Callable[[Walk, Turn], None] = lambda _walk, _turn: None,
    change_rails: float = 0.03,
    asleep: float = 0.1,
) -> Turn:
    """Answer whatever comes until the end, or so many times. ``watch`` sees every turn.

    ``novel`` counts presses over many walks: the button pressed least is preferred. ``asleep`` is how often
    the worker is late, so that an answer comes after its question's time without anybody having noticed.
    """
    turn = walk.settle()
    watch(walk, turn)
    for _ in range(steps):
        if turn.needs is None:
            break
        if dice.random() < change_rails:
            walk.shelf.change(dice, walk.now)
            turn = walk.settle()
            watch(walk, turn)
        _step(walk, turn, dice, novel, asleep)
        turn = walk.settle()
        watch(walk, turn)
    return turn


def _step(
    walk: Walk, turn: Turn, dice: Random, novel: Counter[tuple[str, str]] | None, asleep: float
) -> None:
    need = turn.needs
    match need:
        case Wait():
            early = need.early and dice.random() < 0.3
            if not early:
                walk.now = max(walk.now, need.at)
            walk.give(need, Passed.EARLY if early else Passed.REACHED)
        case Lookup():
            if need.query == "alert":
                walk.give(need, Found(("Mei Tan",)) if dice.random() < 0.5 else Passed.GAVE_UP)
                return
            if need.query == consulting.QUERY:
                walk.give(need, walk.model_says(need.slots, dice))
                return
            walk.now += dice.choice(LONG)
            walk.shelf.publish()  # what else is waited for; the next look finds it
        case Question():
            walk.now += dice.choice(LONG if dice.random() < 0.06 else SHORT)
            if need.lapses is not None and walk.now >= need.lapses and dice.random() >= asleep:
                walk.now = need.lapses
                walk.give(need, Passed.LAPSED)
            else:
                walk.give(need, answer_to(need, dice, novel))


def answer_to(need: Question, dice: Random, novel: Counter[tuple[str, str]] | None = None) -> Answer:
    """One answer of those a person could give."""
    options = scripted(need)
    if need.skippable and dice.random() < 0.15:
        return Passed.SKIPPED
    often = 0.3 if need.name in IN_THE_WAY else 0.6  # most press a button where words are read as one of them
    written = need.kind is not Form_of.CHOOSE and (not options or dice.random() < often)
    if need.kind is Form_of.FILL and written and dice.random() < 0.5:
        texts = ("5", "", "20", "0") if dice.random() < 0.8 else HOSTILE
        return Form({name: dice.choice(texts) for name in need.fields})
    if written and need.name in TOLD and dice.random() < 0.4:
        return Words(dice.choice(STORIES))
    if written and need.name in IN_THE_WAY:
        return Words(dice.choice(OBSTACLES))
    if need.name == "right_number" and dice.random() < 0.3:
        return Words(_the_same_number(need))
    if written:
        return Words(dice.choice(NUMBERS if dice.random() < 0.5 else SENTENCES))
    if novel is None or dice.random() < 0.1:
        return Tap(dice.choice(options).value)
    least = min(novel[need.name, each.value] for each in options)
    chosen = dice.choice([each for each in options if novel[need.name, each.value] == least])
    novel[need.name, chosen.value] += 1
    return Tap(chosen.value)


def _the_same_number(need: Question) -> str:
    """What a number that shall be put right says already."""
    which = need.slots["which"]
    assert isinstance(which, Phrase)
    value = dict(which.slots)["value"]
    assert isinstance(value, Amount)
    return str(value.value)


def scripted(question: Question) -> tuple[Option, ...]:
    """The buttons that answer the question; those beside it are for any moment and answer nothing."""
    return tuple(option for option in question.options if not option.beside)


def ways_to_answer(question: Question) -> Iterable[Answer]:
    """Every button, and skipping where that is allowed."""
    yield from (Tap(option.value) for option in scripted(question))
    if question.skippable:
        yield Passed.SKIPPED


def spoken(turn: Turn) -> tuple[Line | Question, ...]:
    """What a turn puts before the person."""
    return (*turn.said, turn.needs) if isinstance(turn.needs, Question) else turn.said


def given(walk: Walk) -> list[tuple[str, int]]:
    """The answers of the person's own that stand, in the order they were given."""
    return [
        (entry.name, entry.asking)
        for entry in walk.journal.entries
        if not entry.withdrawn and isinstance(entry.answer, Words | Tap | Form)
    ]

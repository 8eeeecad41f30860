"""Move two: a micro-assignment, not a mandate. One slice of one workflow, small enough for this week.

It holds only if ten criteria hold, and the coach helps to mend the one that does not. It becomes active
only through `activate`, which takes a fresh `Confirmed` of the guardrails; there is no other way to write
"active".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from coaching import facts, rhythm
from coaching.dialogue import Coach
from coaching.guardrails import Confirmed, Gate, GoesTo
from coaching.library import Part, parts
from coaching.needs import Option
from coaching.opening import WithManager
from coaching.reading.values import read_values
from coaching.slots import Slot, Term, term

DEFAULT_STOP_MINUTES = 20
ONE_WEEK = timedelta(days=7)
SHORTEST_JUDGEABLE = 8  # letters; "ok" or "good" can be judged by nobody else
SHORTEST_ITEM = 3


class Criterion(StrEnum):
    """What an assignment must be; the value names the question that mends it."""

    SPECIFIC = "q1_specific"
    WITHIN_A_WEEK = "q2_within_a_week"
    STAKE = "q3_stake"
    EVALUABLE = "q4_evaluable"
    CHECKPOINT = "q5_checkpoint"
    MEASURE = "q6_measure"
    DEADLINE = "q7_deadline"
    INSIDE_RAILS = "q8_inside_rails"
    INSTEAD = "q9_instead"
    WORTH_STOPPING = "q10_worth_stopping"


class State(StrEnum):
    """Where an assignment stands. Rehearsing is a state of its own, never active."""

    AGREED = "agreed"  # in the second sitting; becomes active when week one opens
    OFFERED = "offered"
    ACTIVE = "active"
    REHEARSING = "rehearsing"
    HELD = "held"
    NOT_THIS_WEEK = "not_this_week"
    DONE = "done"
    NOT_EVALUATED = "not_evaluated"
    NOT_STARTED = "not_started"


class Take(StrEnum):
    """The manager decides."""

    TAKE = "take_it"
    CHANGE = "change"
    NOT_THIS = "not_this_one"


class Piece(StrEnum):
    """What of the card to change."""

    ITEM = "item"
    GOOD = "good"
    PART = "part"
    STOP = "stop_if"


class MidweekWish(StrEnum):
    """Whether one reminder of the own plan is wanted."""

    ASK_ME = "ask_me"
    NO_NEED = "no_need"


@dataclass(frozen=True)
class Slice:
    """One week's slice, as far as it is agreed."""

    part: Part
    item: str
    good: str
    stop_if: str
    due: date
    replaces_usual_work: bool = True


# Words that make an item everything, in the languages the coach speaks; whole words where there are any.
_EVERYTHING = frozenset(
    {"all", "every", "everything", "entire", "whole", "reporting", "customers", "end-to-end"}
)
_EVERYTHING_PARTS = ("すべて", "全て", "全部", "全体", "全社")
_EFFORT = frozenset({"learn", "explore", "try", "understand", "play", "see"})
_EFFORT_PARTS = ("学ぶ", "試してみる", "理解する", "慣れる")


def failing(
    slice_: Slice, *, today: date, checkpoint: str, gate: Gate, stake: str, has_measure: bool
) -> Iterator[Criterion]:
    """The criteria that do not hold, in the order they are mended."""
    if len(slice_.item.strip()) < SHORTEST_ITEM or _mentions(slice_.item, _EVERYTHING, _EVERYTHING_PARTS):
        yield Criterion.SPECIFIC
    if slice_.due - today > ONE_WEEK:
        yield Criterion.WITHIN_A_WEEK
    if not stake.strip():
        yield Criterion.STAKE
    if not _judgeable(slice_.good):
        yield Criterion.EVALUABLE
    if isinstance(gate, Confirmed) and gate.goes_to is not GoesTo.INTERNAL and not checkpoint.strip():
        yield Criterion.CHECKPOINT
    if not has_measure:
        yield Criterion.MEASURE
    if slice_.due < today:
        yield Criterion.DEADLINE
    if isinstance(gate, Confirmed) and not gate.tool:
        yield Criterion.INSIDE_RAILS
    if not slice_.replaces_usual_work:
        yield Criterion.INSTEAD
    if not slice_.stop_if.strip():
        yield Criterion.WORTH_STOPPING


def _mentions(text: str, words: frozenset[str], pieces: tuple[str, ...]) -> bool:
    folded = text.casefold()
    return bool(words & set(folded.replace(",", " ").split())) or any(piece in folded for piece in pieces)


def _judgeable(good: str) -> bool:
    """Someone else could judge it: long enough to say something, and about the output, not the effort."""
    wide = any(ord(letter) > 0x2E80 for letter in good)
    long_enough = len(good.strip()) >= (SHORTEST_JUDGEABLE // 2 if wide else SHORTEST_JUDGEABLE)
    first = good.casefold().split()[:1]
    return long_enough and not (set(first) & _EFFORT) and not any(piece in good for piece in _EFFORT_PARTS)


def activate(
    slice_: Slice, confirmed: Confirmed, *, workflow: int, week: int, theme: int, at: datetime
) -> facts.Assignment:
    """The one way to an active assignment: on a confirmation that is fresh at that moment."""
    if at > confirmed.fresh_until:
        raise ValueError("the confirmation of the guardrails is older than thirty days: confirm them again")
    return facts.Assignment(
        workflow,
        week,
        theme,
        State.ACTIVE,
        slice_.part,
        slice_.item,
        slice_.good,
        slice_.stop_if,
        slice_.due,
        confirmed.market,
        confirmed.version,
        confirmed.fresh_until,
        at,
    )


def record(
    slice_: Slice, gate: Gate, state: State, *, workflow: int, week: int, theme: int, at: datetime
) -> facts.Assignment:
    """The assignment in its state: active on a `Confirmed`; anything else carries no confirmation."""
    if state is State.ACTIVE and isinstance(gate, Confirmed):
        return activate(slice_, gate, workflow=workflow, week=week, theme=theme, at=at)
    kept = State.REHEARSING if state is State.ACTIVE else state
    return facts.Assignment(
        workflow,
        week,
        theme,
        kept,
        slice_.part,
        slice_.item,
        slice_.good,
        slice_.stop_if,
        slice_.due,
        gate.market,
    )


async def agree_part(coach: Coach[WithManager], shape: str, work: str) -> Part:
    """Which part AI prepares, out of three from the library."""
    offered = parts(shape, coach.opening.manager.function)
    options = tuple(Option(part, Term("PartLabel", part)) for part in offered)
    return Part(await coach.pick("ai_part", options, work=work))


async def agree_item(coach: Coach[WithManager], theme: int, gate: Gate) -> str:
    """One account, report or batch; asked again while it is everything."""
    about = f"t{theme}" if isinstance(gate, Confirmed) else "invented"
    item = await coach.ask("item", theme=Term("ThemeItem", about))
    while len(item.strip()) < SHORTEST_ITEM or _mentions(item, _EVERYTHING, _EVERYTHING_PARTS):
        item = await coach.ask("item_again", item=item)
    return item


async def agree_good(coach: Coach[WithManager], item: str) -> str:
    """By what someone else would see that the output is good enough; asked again while it is effort."""
    good = await coach.ask("good", item=item)
    while not _judgeable(good):
        good = await coach.ask("good_again", good=good)
    return good


async def agree_stop(coach: Coach[WithManager]) -> str:
    """When to stop: the offered twenty minutes of checking, or the manager's own limit."""
    options = (Option("default", DEFAULT_STOP_MINUTES),)
    said = await coach.pick("stop_if", options, typed=True)
    if said == "default":
        return str(DEFAULT_STOP_MINUTES)
    reading = read_values(said, unit="minutes", market=coach.opening.manager.market, one=True)
    return said if reading.needs_yes else str(reading.counting[0].low)


async def agree_first_slice(
    coach: Coach[WithManager],
    *,
    shape: str,
    work: str,
    gate: Gate,
    due: date,
    stake: str,
    measure: Slot,
    before: Slot | None,
    aim: Slot | None,
) -> Slice:
    """Build week one's slice piece by piece, check it, and show the card until it is taken."""
    part = await agree_part(coach, shape, work)
    item = await agree_item(coach, 1, gate)
    good = await agree_good(coach, item)
    slice_ = Slice(part, item, good, str(DEFAULT_STOP_MINUTES), due)
    checkpoint = gate.checkpoint if isinstance(gate, Confirmed) else ""
    while True:
        today = rhythm.local_day(coach.opening.manager.calendar, coach.moment)
        weak = [
            each
            for each in failing(
                slice_, today=today, checkpoint=checkpoint, gate=gate, stake=stake, has_measure=True
            )
            if each is not Criterion.WITHIN_A_WEEK  # the first slice is due in the week that opens next
        ]
        card = await coach.choose(
            "assignment_card",
            Take,
            confirms=True,
            work=work,
            part=term(slice_.part, "Part"),
            weak=term(slice_.part, "Weak"),
            item=slice_.item,
            good=slice_.good,
            due=slice_.due,
            tool=gate.tool if isinstance(gate, Confirmed) else Term("Tool", "invented"),
            stake=stake,
            stop=slice_.stop_if,
            measure=measure,
            before=before or Term("Counting", "before"),
            aim=aim or Term("Counting", "aim"),
        )
        if card is Take.TAKE and not weak:
            return slice_
        if card is Take.TAKE:
            coach.say("mend_first", criterion=term(weak[0], "Criterion"))
        slice_ = await _change(coach, slice_, shape, work, gate, new_part=card is Take.NOT_THIS)


async def _change(
    coach: Coach[WithManager], slice_: Slice, shape: str, work: str, gate: Gate, *, new_part: bool
) -> Slice:
    piece = Piece.PART if new_part else await coach.choose("change_what", Piece)
    part, item, good, stop_if = slice_.part, slice_.item, slice_.good, slice_.stop_if
    match piece:
        case Piece.PART:
            part = await agree_part(coach, shape, work)
        case Piece.ITEM:
            item = await agree_item(coach, 1, gate)
        case Piece.GOOD:
            good = await agree_good(coach, item)
        case Piece.STOP:
            stop_if = await agree_stop(coach)
    return Slice(part, item, good, stop_if, slice_.due)


async def agree_plan(coach: Coach[WithManager], part: Part, slots: tuple[datetime, ...]) -> facts.Plan:
    """The manager's own if-then plan, said back once, and whether one midweek reminder is wanted."""
    options = tuple(Option(slot.isoformat(), slot) for slot in slots)
    when = await coach.pick("plan_when", options, typed=True, part=term(part, "Part"))
    wish = await coach.choose(
        "midweek_wish",
        MidweekWish,
        when=spoken_plan(when),
        part=term(part, "Part"),
        coach=coach.opening.manager.coach,
    )
    plan = facts.Plan(when, part, wish is MidweekWish.ASK_ME)
    coach.keep("plan", plan)
    return plan


def spoken_plan(when: str) -> Slot:
    """The event of the plan: a moment that was picked, or the manager's own words."""
    try:
        return datetime.fromisoformat(when)
    except ValueError:
        return when.rstrip(" .。")

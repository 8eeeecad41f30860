"""Move two: a micro-assignment, not a mandate. One slice of one workflow, small enough for this week.

It holds only if ten criteria hold, and the coach helps to mend the one that does not. It becomes active
only through `activate`, which takes a fresh `Confirmed` of the guardrails; there is no other way to write
"active".
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from coaching import facts, rhythm
from coaching.criteria import Criterion, Slice, failing, is_judgeable, is_one_item
from coaching.dialogue import Coach
from coaching.guardrails import Confirmed, Gate
from coaching.library import Part, parts
from coaching.needs import Option
from coaching.opening import WithManager
from coaching.proposed_drafts import Told, choose_a_draft
from coaching.reading.values import read_values
from coaching.slots import Slot, Term, term

DEFAULT_STOP_MINUTES = 20


class State(StrEnum):
    """Where an assignment stands. Rehearsing is a state of its own, never active."""

    AGREED = "agreed"  # in the second sitting; becomes active when week one opens
    OFFERED = "offered"
    ACTIVE = "active"
    REHEARSING = "rehearsing"
    HELD = "held"
    NOT_THIS_WEEK = "not_this_week"
    BLOCKED = "blocked"  # somebody else's yes or access is missing; the clock stands still
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
    while not is_one_item(item):
        item = await coach.ask("item_again", item=item)
    return item


async def agree_good(coach: Coach[WithManager], item: str) -> str:
    """By what someone else would see that the output is good enough; asked again while it is effort."""
    good = await coach.ask("good", item=item)
    while not is_judgeable(good):
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
    told: Told,
    *,
    gate: Gate,
    due: date,
    measure: Slot,
    before: Slot | None,
    aim: Slot | None,
) -> Slice:
    """Build week one's slice, from a draft or piece by piece, and show the card until it is taken."""

    def build(part: Part, item: str, good: str) -> Slice:
        return Slice(part, item, good, str(DEFAULT_STOP_MINUTES), due)

    slice_ = await choose_a_draft(
        coach,
        told,
        parts(told.shape, coach.opening.manager.function),
        is_closed_case=isinstance(gate, Confirmed),
        build=build,
        holds=lambda draft: not _weak_points(coach, draft, gate, told.stake),
    )
    if slice_ is None:
        part = await agree_part(coach, told.shape, told.work)
        item = await agree_item(coach, 1, gate)
        slice_ = build(part, item, await agree_good(coach, item))
    while True:
        weak = _weak_points(coach, slice_, gate, told.stake)
        mask = gate.mask if isinstance(gate, Confirmed) else None
        name = "assignment_card" if mask is None else "assignment_card_masked"
        card = await coach.choose(
            name,
            Take,
            confirms=True,
            mask="" if mask is None else mask.spoken,
            work=told.work,
            part=term(slice_.part, "Part"),
            weak=term(slice_.part, "Weak"),
            item=slice_.item,
            good=slice_.good,
            due=slice_.due,
            tool=gate.tool if isinstance(gate, Confirmed) else Term("Tool", "invented"),
            stake=told.stake,
            stop=slice_.stop_if,
            measure=measure,
            before=before or Term("Counting", "before"),
            aim=aim or Term("Counting", "aim"),
        )
        if card is Take.TAKE and not weak:
            return slice_
        if card is Take.TAKE:
            coach.say("mend_first", criterion=term(weak[0], "Criterion"))
        slice_ = await _change(coach, slice_, told, gate, new_part=card is Take.NOT_THIS)


def _weak_points(coach: Coach[WithManager], slice_: Slice, gate: Gate, stake: str) -> list[Criterion]:
    """What is still missing of a first slice."""
    today = rhythm.local_day(coach.opening.manager.calendar, coach.moment)
    checkpoint = gate.checkpoint if isinstance(gate, Confirmed) else ""
    return [
        each
        for each in failing(
            slice_, today=today, checkpoint=checkpoint, gate=gate, stake=stake, has_measure=True
        )
        if each is not Criterion.WITHIN_A_WEEK  # the first slice is due in the week that opens next
    ]


async def _change(
    coach: Coach[WithManager], slice_: Slice, told: Told, gate: Gate, *, new_part: bool
) -> Slice:
    piece = Piece.PART if new_part else await coach.choose("change_what", Piece)
    part, item, good, stop_if = slice_.part, slice_.item, slice_.good, slice_.stop_if
    match piece:
        case Piece.PART:
            part = await agree_part(coach, told.shape, told.work)
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

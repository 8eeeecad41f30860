"""Move four: measure the work, not the hours.

One measure, its last three to five real values, how they are known, what must not get worse, and the aim.
A value waits for a yes before it is kept, and a number nobody knows is never invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

from coaching import facts, rhythm
from coaching.catalogue import MEASURES, Better, Family, Unit, measure, suggested
from coaching.dialogue import Coach
from coaching.friction import Found
from coaching.needs import Option
from coaching.opening import PastValue, StartOpening
from coaching.proposed_values import read_again
from coaching.reading.roles import Role
from coaching.reading.values import Ask, Value
from coaching.slots import Amount, Term, phrase, term
from coaching.told_numbers import aimed_at, amounts, carry, heard, in_one_unit
from coaching.verdict import Grade

MOST_VALUES = 5
FEWEST_VALUES = 3


class Known(StrEnum):
    """When the last values are not at hand."""

    LOOK_UP = "look_it_up"
    DONT_KNOW = "dont_know"


class NoBaseline(StrEnum):
    """Four honest ways on when nobody knows the number."""

    LOOK_UP = "look_up_three"
    COUNT = "count_next_three"
    SOMEONE_ELSE = "ask_someone"
    OTHER = "other_measure"


class NoMore(StrEnum):
    """Fewer than three will have to do."""

    NO_MORE = "no_more"


class Balancing(StrEnum):
    """What must not get worse."""

    ERRORS = "errors"
    CUSTOMER_TRUST = "customer_trust"
    COMPLIANCE = "compliance"
    TEAM_LOAD = "team_load"
    ELSE = "else"


@dataclass(frozen=True)
class Baseline:
    """The measure as agreed. ``before`` is empty while the usual way is still being counted."""

    measure: str
    unit: str
    span: str
    before: tuple[PastValue, ...]
    target: Decimal | None
    balancing: Balancing


async def agree_measure(coach: Coach[StartOpening], friction: Found) -> Baseline:
    """Agree the one number that would show it, with its last real values and the aim."""
    chosen = await _which_measure(coach, friction)
    span = await coach.ask("span", measure=Term("Measure", chosen))
    values: tuple[Value, ...] = ()
    unit = measure(chosen).unit.value
    while not values:
        known = await _before_values(coach, chosen, unit)
        if known is NoBaseline.COUNT:
            break
        if known is NoBaseline.OTHER:
            chosen = await _which_measure(coach, friction)
            span = await coach.ask("span", measure=Term("Measure", chosen))
            unit = measure(chosen).unit.value
        elif isinstance(known, Unit):
            unit = known.value
        elif isinstance(known, tuple) and known:
            values, unit = known, known[0].unit
    before = await _how_known(coach, values, unit)
    balancing = await coach.choose("balancing", Balancing)
    coach.keep("measured", facts.Measured(chosen, unit, span, balancing))
    target = await _aim(coach, chosen, unit, before) if before else None
    return Baseline(chosen, unit, span, before, target, balancing)


async def _which_measure(coach: Coach[StartOpening], friction: Found) -> str:
    offered = suggested(friction.shape, coach.opening.manager.function)
    options = tuple(Option(each, Term("Measure", each)) for each in offered)
    chosen = await coach.pick("which_measure", (*options, Option("another")), work=friction.work)
    if chosen != "another":
        return chosen
    families = (Family.FLOW, Family.QUALITY, Family.FORESIGHT, Family.COMMERCIAL, Family.TRUST)
    family = await coach.choose("which_family", Family, among=families)
    others = tuple(
        each.id
        for each in MEASURES.values()
        if each.is_weekly and each.family is family and each.id not in offered
    )
    return await coach.pick(
        "which_measure_other", tuple(Option(each, Term("Measure", each)) for each in others)
    )


async def _before_values(
    coach: Coach[StartOpening], chosen: str, unit: str
) -> tuple[Value, ...] | NoBaseline | Unit:
    """The last real values, echoed and confirmed; or the way on, or the unit, that was chosen instead."""
    named = Term("Measure", chosen)
    said = await coach.ask_or("before_values", Known, measure=named, unit=Term("Unit", unit))
    if said is Known.DONT_KNOW:
        way = await coach.choose("no_baseline", NoBaseline)
        if way is NoBaseline.COUNT:
            coach.say("count_the_next_three", measure=named)
            return way
        if way is NoBaseline.OTHER:
            return way
        if way is NoBaseline.SOMEONE_ELSE:
            coach.say("line_for_someone", measure=named)
        said = Known.LOOK_UP
    if isinstance(said, Known):
        at = rhythm.appointments(coach.opening.manager.calendar, coach.moment).morning
        coach.say("look_it_up", at=at)
        await coach.until("looked_up_by", at, nudge="answer")
        return ()
    return await _values(coach, chosen, unit, said)


async def _values(coach: Coach[StartOpening], chosen: str, unit: str, said: str) -> tuple[Value, ...] | Unit:
    """Three to five values in one unit of the measure, read back; none if they are to be said again."""
    market, units = coach.opening.manager.market, measure(chosen).units
    reading = await read_again(coach, heard(said, market, chosen, unit), said, chosen, unit)
    values = in_one_unit(reading.counting[:MOST_VALUES], tuple(units))
    unsure = reading.ask is Ask.WHICH_UNIT or (reading.ask is None and not values)
    if unsure and len(units) > 1:
        options = tuple(Option(each, term(each, "Unit")) for each in units)
        return Unit(await coach.pick("which_unit", options))
    if reading.ask is not None or not values:
        coach.say("no_number_seen" if reading.ask is Ask.NOTHING else "numbers_unsure")
        return ()
    while len(values) < FEWEST_VALUES:
        more = await coach.ask_or("fewer_than_three", NoMore, count=len(values))
        if isinstance(more, NoMore):
            break
        again = heard(more, market, chosen, values[0].unit)
        found = in_one_unit(again.counting, (values[0].unit,)) if again.ask is None else ()
        values = (*values, *found)[:MOST_VALUES]
    named = Term("Measure", chosen)
    agreed = await coach.agrees("before_right", measure=named, values=amounts(values))
    return values if agreed else ()


async def _how_known(
    coach: Coach[StartOpening], values: tuple[Value, ...], unit: str
) -> tuple[PastValue, ...]:
    """How the values are known, and whether one of them was unusual; each is kept as it stands."""
    if not values:
        return ()
    grade = await coach.choose("grade", Grade)
    spoken = enumerate(amounts(values), 1)
    options = (Option("no"), *(Option(str(n), phrase("nth_value", n=n, value=value)) for n, value in spoken))
    unusual = await coach.pick("unusual", options)
    before = tuple(
        PastValue(each.low, each.high, grade, unusual == str(n), each.out_of)
        for n, each in enumerate(values, 1)
    )
    for n, each in enumerate(before, 1):
        coach.keep(
            f"before_{n}", facts.Before(n, each.low, each.high, unit, grade, each.unusual, each.out_of)
        )
    return before


async def _aim(
    coach: Coach[StartOpening], chosen: str, unit: str, before: tuple[PastValue, ...]
) -> Decimal | None:
    """The value worth having, written down before the first run; offered as three steps from the middle."""
    middle = Decimal(median([each.low for each in before]))
    options = tuple(
        Option(str(value), Amount(value, unit)) for value in _steps(middle, measure(chosen).better)
    )
    said = await coach.pick("aim", options, typed=True, before=Amount(middle, unit))
    while True:
        aim = aimed_at(said, coach.opening.manager.market, chosen, unit)
        offered = said in {option.value for option in options}
        if aim is None:
            aim = await _proposed_aim(coach, said, chosen, unit)
        if aim is not None and (offered or await coach.agrees("aim_right", aim=Amount(aim, unit))):
            coach.keep("aim", facts.Aim(aim, unit))
            return aim
        said = await coach.pick("aim_again", options, typed=True, before=Amount(middle, unit))


async def _proposed_aim(coach: Coach[StartOpening], said: str, chosen: str, unit: str) -> Decimal | None:
    """The one number a model points at as the aim, in the unit of the measure as agreed."""
    reading = heard(said, coach.opening.manager.market, chosen, unit, one=True)
    again = await read_again(coach, reading, said, chosen, unit, one=True, role=Role.TARGET)
    value = carry(again.values[0], unit) if again is not reading else None
    return value.low if value is not None and value.low == value.high else None


def _steps(middle: Decimal, better: Better) -> tuple[Decimal, ...]:
    """A fifth, a third and a half off (or on), in round numbers, each once."""
    sign = -1 if better is Better.LOWER else 1
    size = abs(middle) or Decimal(1)
    place = Decimal(1) if size >= FEWEST_VALUES else Decimal("0.1")
    found: list[Decimal] = []
    for share in (Decimal("0.2"), Decimal("0.33"), Decimal("0.5")):
        value = (middle + sign * size * share).quantize(place)
        if value not in (middle, *found):
            found.append(value)
    return tuple(found)

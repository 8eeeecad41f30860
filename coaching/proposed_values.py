"""Where rules find numbers in a line and not which of them is meant, a model may point at them.

It may only point: what counts is what the coach's own reader finds in the words pointed at, and only numbers
that it found in the whole line too. And all of it waits for a Yes, like whatever else was interpreted.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

import regex  # type: ignore[import-untyped] # publishes no types

from coaching.catalogue import Unit, measure, plausible
from coaching.consulting import Proposal, Task, consult, is_quoted, items, text
from coaching.dialogue import Coach
from coaching.opening import WithManager
from coaching.reading.roles import Role
from coaching.reading.values import Ask, Reading, Value, read_values

MOST_VALUES = 5
LONGEST = 400  # characters; whoever writes more has told a story, not a number

# What a number may be by rule for a model to say that it is the one: never one that was taken back.
_COULD_BE = {
    Role.NOW: frozenset({Role.NOW, Role.UNSURE, Role.USUAL}),
    Role.TARGET: frozenset({Role.TARGET, Role.NOW, Role.UNSURE}),
}


async def read_again(
    coach: Coach[WithManager],
    reading: Reading,
    said: str,
    chosen: str,
    unit: str,
    *,
    one: bool = False,
    role: Role = Role.NOW,
) -> Reading:
    """``reading`` with what a model pointed at in ``said``; as it is where that is nothing, or not needed.

    ``one``: one value was asked for. ``role``: whether it is how things are, or the aim.
    """
    if reading.ask is None and role is Role.NOW:
        return reading
    if reading.ask is Ask.WHICH_UNIT or len(said) > LONGEST or not any(each.isnumeric() for each in said):
        return reading
    asked = "aim" if role is Role.TARGET else "one" if one else "several"
    units = measure(chosen).units
    found = await consult(coach, Task.READ, said=said, unit=unit, units=" ".join(units), asked=asked)
    values = tuple(_held_against_rules(found, reading, said, coach.opening.manager.market, chosen, role))
    if not values or len(values) > (1 if one else MOST_VALUES):
        return reading
    return Reading(values, needs_yes=True, ask=None)


def _held_against_rules(
    found: Proposal | None, reading: Reading, said: str, market: str, chosen: str, role: Role
) -> Iterator[Value]:
    """The values a model pointed at that the coach's own reader finds there."""
    could_be = [each for each in reading.values if each.role in _COULD_BE[role]]
    free = [(each.low, each.high) for each in could_be]
    # "6 or 8" is read as a range; pointed at one by one, its ends are two numbers.
    free += [(end, end) for each in could_be if each.low != each.high for end in (each.low, each.high)]
    for each in items(found, "values"):
        unit, quote = text(each, "unit"), text(each, "quote")
        if text(each, "role") != role or unit not in measure(chosen).units or not is_quoted(quote, said):
            continue
        alone = read_values(
            quote, unit=unit, market=market, one=True, plausible=plausible(measure(chosen), Unit(unit))
        )
        if alone.ask is not None or len(alone.values) != 1 or alone.values[0].unit != unit:
            continue
        value = alone.values[0]
        if _number(text(each, "number")) not in (value.low, value.high):
            continue
        if (value.low, value.high) in free:
            free.remove((value.low, value.high))
            yield value
        elif not reading.values and _stands_alone(quote, said):
            yield value


def _number(figures: str) -> Decimal | None:
    try:
        number = Decimal(figures)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _stands_alone(quote: str, said: str) -> bool:
    """Whether the quote is no piece of a longer number; rules read none there, so this must do."""
    one, whole = " ".join(quote.split()), " ".join(said.split())
    return bool(regex.search(rf"(?<![\d.,:/-]){regex.escape(one)}(?![.,:/-]?\d)", whole))

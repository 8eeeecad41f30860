"""Numbers as the coach takes them: read, chosen where there are several, and repeated before they are kept.

A bare number in the unit asked needs no more; whatever was interpreted waits for a Yes, and a number in
another unit is asked for again, never turned into days by the coach.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from coaching.catalogue import Better, Unit, measure, plausible
from coaching.dialogue import Coach
from coaching.needs import Option
from coaching.opening import WithManager
from coaching.proposed_values import read_again
from coaching.reading.minutes import KINDS, LONGEST_MINDING, Minutes, read_minutes
from coaching.reading.roles import Role
from coaching.reading.units import in_unit
from coaching.reading.values import Ask, Reading, Value, read_values
from coaching.slots import Amount, Term

MOST_OFFERED = 4  # buttons beside "none of these"


class Spent(StrEnum):
    """What a sum of minutes was mostly spent on, or that it is given in four numbers after all."""

    FEEDING = "feeding"
    CHECKING = "checking"
    RERUNNING = "rerunning"
    CLEANING = "cleaning"
    SPLIT = "four_numbers"


def amounts(values: tuple[Value, ...]) -> tuple[Amount, ...]:
    """The values as they are spoken, ranges with both ends, each in its unit."""
    return tuple(Amount(each.low, each.unit, None if each.low == each.high else each.high) for each in values)


def heard(said: str, market: str, chosen: str, unit: str, *, one: bool = False) -> Reading:
    """What ``said`` holds as values of a measure, asked for in ``unit``."""
    return read_values(
        said, unit=unit, market=market, one=one, plausible=plausible(measure(chosen), Unit(unit))
    )


def in_one_unit(values: tuple[Value, ...], units: tuple[str, ...]) -> tuple[Value, ...]:
    """All values in one of ``units``, the one they were said in if they agree; none if that is not exact."""
    spoken = {each.unit for each in values}
    order = sorted(units, key=lambda unit: spoken != {unit})
    for unit in order:
        carried = [carry(each, unit) for each in values]
        if all(carried):
            return tuple(each for each in carried if each is not None)
    return ()


def carry(value: Value, unit: str) -> Value | None:
    """The value in another unit, where that is exact: hours in minutes, and no more."""
    low, high = in_unit(value.low, value.unit, unit), in_unit(value.high, value.unit, unit)
    return None if low is None or high is None else replace(value, low=low, high=high, unit=unit)


async def one_number(coach: Coach[WithManager], chosen: str, unit: str, said: str) -> tuple[Value, str]:
    """The one number that was asked for, and the words it was taken from."""
    spoken = Term("Unit", unit)
    while True:
        reading = heard(said, coach.opening.manager.market, chosen, unit, one=True)
        reading = await read_again(coach, reading, said, chosen, unit, one=True)
        picked = reading.ask is Ask.SEVERAL and len(reading.counting) <= MOST_OFFERED
        value = reading.counting[0] if reading.ask is None else None
        if picked:
            value = await _which_decides(coach, reading.counting)
        if value is None:
            said = await coach.ask("which_number", unit=spoken)
            continue
        carried = carry(value, unit)
        if carried is None:
            said = await coach.ask("other_unit", said=amounts((value,))[0], unit=spoken)
            continue
        settled = not reading.needs_yes or (picked and carried == value)
        if settled or await coach.agrees("number_right", value=amounts((carried,))[0]):
            return carried, said
        said = await coach.ask("which_number", unit=spoken)


async def _which_decides(coach: Coach[WithManager], values: tuple[Value, ...]) -> Value | None:
    options = tuple(Option(str(n), label) for n, label in enumerate(amounts(values), 1))
    picked = await coach.pick("which_decides", (*options, Option("none")), count=len(values))
    return None if picked == "none" else values[int(picked) - 1]


def aimed_at(said: str, market: str, chosen: str, unit: str) -> Decimal | None:
    """The one value ``said`` wants to reach; of a range the end that is harder to reach."""
    reading = heard(said, market, chosen, unit, one=True)
    wanted = [each for each in reading.values if each.role in (Role.NOW, Role.TARGET)]
    if len(wanted) != 1 or (reading.ask is not None and wanted[0].role is Role.NOW):
        return None
    carried = carry(wanted[0], unit)
    if carried is None:
        return None
    return carried.low if measure(chosen).better is Better.LOWER else carried.high


async def four_minutes(
    coach: Coach[WithManager], said: Mapping[str, str] | str
) -> tuple[int, int, int, int] | None:
    """The four kinds of minding in minutes, agreed where they were interpreted; None to be asked again."""
    market = coach.opening.manager.market
    minutes = read_minutes(said, market=market) if isinstance(said, str) else _boxes(said, market)
    if minutes.four is None and minutes.in_all:
        spent = await coach.choose("minding_in_all", Spent, total=Amount(Decimal(minutes.in_all), "minutes"))
        if spent is Spent.SPLIT:
            return None
        feeding, checking, rerunning, cleaning = (minutes.in_all * (kind == spent) for kind in KINDS)
        return feeding, checking, rerunning, cleaning
    if minutes.four is None or not minutes.needs_yes:
        return minutes.four
    slots = dict(zip(KINDS, minutes.four, strict=True))
    return minutes.four if await coach.agrees("minding_right", **slots) else None


def _boxes(boxes: Mapping[str, str], market: str) -> Minutes:
    """Four boxes, each read by itself; an empty one is none."""
    found, needs_yes = [], False
    for kind in KINDS:
        text = boxes.get(kind, "").strip() or "0"
        reading = read_values(text, unit="minutes", market=market, one=True)
        value = carry(reading.counting[0], "minutes") if reading.ask is None else None
        if value is None or value.low != value.high or not 0 <= value.low <= LONGEST_MINDING:
            return Minutes(None, needs_yes=True)
        needs_yes = needs_yes or reading.needs_yes or value.low != int(value.low)
        found.append(int(value.low))
    feeding, checking, rerunning, cleaning = found
    return Minutes((feeding, checking, rerunning, cleaning), needs_yes)

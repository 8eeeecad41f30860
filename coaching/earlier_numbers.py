"""A number of a closed week put right: which one, what it should have been, and a yes to exactly that.

A value may be corrected; none is added or dropped, and unit, week and how it is known stay as they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from coaching.dialogue import Coach
from coaching.needs import Option
from coaching.opening import WithManager
from coaching.slots import Amount, Phrase, Term, phrase
from coaching.told_numbers import amounts, one_number

ON_ONE_CARD = 3  # numbers shown at once, so that the way on and the way out still fit beside them


@dataclass(frozen=True)
class EarlierNumber:
    """A value that stands in a closed conversation, under its name there.

    ``week`` is None for a value from before, whose place among those is ``place``.
    """

    conversation_id: str
    name: str
    low: Decimal
    high: Decimal
    week: int | None = None
    place: int = 0

    @property
    def label(self) -> tuple[str, int]:
        """Which line names it, and with what number."""
        return ("number_before", self.place) if self.week is None else ("number_of_week", self.week)


@dataclass(frozen=True)
class EarlierNumbers:
    """The numbers of the workflow in hand that can be put right, the newest first, all in one unit."""

    measure: str
    unit: str
    numbers: tuple[EarlierNumber, ...]


@dataclass(frozen=True)
class PutRight:
    """What a number is from now on, as its manager agreed, and the words it was taken from."""

    conversation_id: str
    name: str
    low: Decimal
    high: Decimal
    out_of: int | None
    said: str


async def put_a_number_right(coach: Coach[WithManager], earlier: EarlierNumbers) -> PutRight | None:
    """Which number, and what it should be; None if all stays as it is."""
    number = await _which(coach, earlier)
    if number is None:
        return None
    old = _amount(number, earlier.unit)
    unit = Term("Unit", earlier.unit)
    said = await coach.ask("right_number", which=_spoken(number, earlier.unit), unit=unit)
    value, said = await one_number(coach, earlier.measure, earlier.unit, said)
    if (value.low, value.high) == (number.low, number.high):
        coach.say("same_number", value=old)
        return None
    if not await coach.agrees("number_changed", old=old, new=amounts((value,))[0]):
        coach.say("left_as_it_is")
        return None
    return PutRight(number.conversation_id, number.name, value.low, value.high, value.out_of, said)


async def _which(coach: Coach[WithManager], earlier: EarlierNumbers) -> EarlierNumber | None:
    numbers, at = earlier.numbers, 0
    while True:
        shown = numbers[at : at + ON_ONE_CARD]
        options = tuple(Option(str(at + n), _spoken(each, earlier.unit)) for n, each in enumerate(shown))
        more = (Option("earlier"),) if at + ON_ONE_CARD < len(numbers) else ()
        chosen = await coach.pick("which_earlier_number", (*options, *more, Option("none_of_these")))
        if chosen == "none_of_these":
            return None
        if chosen != "earlier":
            return numbers[int(chosen)]
        at += ON_ONE_CARD


def _spoken(number: EarlierNumber, unit: str) -> Phrase:
    name, n = number.label
    return phrase(name, n=n, value=_amount(number, unit))


def _amount(number: EarlierNumber, unit: str) -> Amount:
    return Amount(number.low, unit, None if number.low == number.high else number.high)

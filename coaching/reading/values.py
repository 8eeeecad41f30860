"""A line that answers "how long, how many, how much", read into values: which count, in which unit, for what.

What is said beside them (the target, the worst case, what was withdrawn) is read too and does not count. A
bare number in the unit asked may be kept as it is; whatever was interpreted waits for a Yes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from coaching.reading.amounts import WHICH_NUMBER, WHICH_UNIT, Amounts, Said
from coaching.reading.roles import Role, laughs, roles
from coaching.reading.tokens import Token, cut
from coaching.reading.units import kind_of

NOTHING = "nothing"
LARGEST_BARE = 10**9  # rupiah have more digits, and with so many one is easily dropped


class Ask(StrEnum):
    """What must be asked before anything counts. ``SEVERAL``: each can be read, and one was asked for."""

    WHICH_NUMBER = WHICH_NUMBER
    WHICH_UNIT = WHICH_UNIT
    SEVERAL = "several"
    NOTHING = NOTHING


@dataclass(frozen=True)
class Value:
    """One number, or a range with both ends, in its unit as said; ``out_of`` the cases a rate rests on."""

    low: Decimal
    high: Decimal
    unit: str
    out_of: int | None = None
    role: Role = Role.NOW


@dataclass(frozen=True)
class Reading:
    """What a text says. ``ask`` names the choice to be offered first; without it, ``counting`` holds.

    ``needs_yes`` is False for a bare number in the unit asked and for nothing else.
    """

    values: tuple[Value, ...]
    needs_yes: bool
    ask: Ask | None

    @property
    def counting(self) -> tuple[Value, ...]:
        """The values that answer the question."""
        return tuple(each for each in self.values if each.role is Role.NOW)


def read_values(
    text: str,
    *,
    unit: str,
    market: str,
    one: bool = False,
    plausible: tuple[Decimal | None, Decimal | None] = (None, None),
) -> Reading:
    """Every number of ``text``, said in answer to a question in ``unit``; ``one`` says it asked for one.

    ``plausible`` is the range in that unit beyond which a value is asked about, never refused.
    """
    tokens = cut(text)
    saids = _without_repetition(Amounts(tokens, unit, market).read())
    if not saids:
        return Reading((), True, Ask.NOTHING)
    playing = roles(tokens, saids, unit, one=one)
    saids = _in_one_unit(tokens, saids, playing)
    values = tuple(
        Value(said.low, said.high, said.unit or unit, said.out_of, role)
        for said, role in zip(saids, playing, strict=True)
    )
    counting = [said for said, role in zip(saids, playing, strict=True) if role is Role.NOW]
    ask = Ask.WHICH_NUMBER if Role.UNSURE in playing else _ask(tokens, counting, unit, one=one)
    bare = len(saids) == 1 and len(counting) == 1 and ask is None and counting[0].bare
    bare = bare and counting[0].unit in ("", unit) and _says_no_more(tokens, counting[0])
    bare = bare and not (market == "TH" and laughs(counting[0]))
    return Reading(values, not (bare and _is_plausible(counting[0], plausible)), ask)


def _ask(tokens: Sequence[Token], counting: Sequence[Said], unit: str, *, one: bool) -> Ask | None:
    if not counting:
        return Ask.WHICH_NUMBER
    for said in counting:
        if said.doubt:
            return Ask(said.doubt)
        if _is_a_limit(tokens, said):
            return Ask.WHICH_NUMBER
        if said.unit == "unclear":
            return Ask.WHICH_UNIT
    # "15, 12 and 9 million": whether the first are millions too is not said.
    if len({said.factor > 1 for said in counting}) > 1:
        small = max(abs(said.high) for said in counting if said.factor == 1)
        if small < min(said.factor for said in counting if said.factor > 1):
            return Ask.WHICH_UNIT
    if any(token.may_be("vague") for token in tokens):
        return Ask.WHICH_NUMBER
    return Ask.SEVERAL if one and len(counting) > 1 else None


def _is_a_limit(tokens: Sequence[Token], said: Said) -> bool:
    """ "Under 4 hours", "5+", "5 --> 7": no value, but a side of one."""
    before = said.start - 1
    while before > 0 and tokens[before].may_be("approx") and not tokens[before].may_be("bound"):
        before -= 1
    ahead = tokens[before] if before >= 0 else None
    behind = tokens[said.end] if said.end < len(tokens) else None
    if ahead is not None and ahead.may_be("bound", "from", "becomes"):
        return True
    if behind is not None and behind.may_be("bound", "becomes"):
        return True
    return any(token.text == ">" for token in tokens[said.end : said.end + 4])


def _without_repetition(saids: list[Said]) -> list[Said]:
    """ "20% (4 out of 20)" is one value, and the second way of saying it has the cases."""
    found: list[Said] = []
    for said in saids:
        before = found[-1] if found else None
        if (
            before
            and said.out_of
            and before.unit == "percent"
            and (before.low, before.high) == (said.low, said.high)
        ):
            found[-1] = replace(said, start=before.start)
        else:
            found.append(said)
    return found


def _in_one_unit(tokens: Sequence[Token], saids: Sequence[Said], playing: Sequence[Role]) -> list[Said]:
    """In a list a unit said once holds for its neighbours: for those before it, else for those after."""
    found = list(saids)
    for index in range(len(found) - 2, -1, -1):
        if not found[index].unit and _are_listed(tokens, found[index], found[index + 1]):
            found[index] = replace(found[index], unit=_shared(found[index + 1]))
    for index in range(1, len(found)):
        if not found[index].unit and _are_listed(tokens, found[index - 1], found[index]):
            found[index] = replace(found[index], unit=_shared(found[index - 1]))
    # What was put right is put right in the unit it was said in.
    spoken = {said.unit for said in found if said.unit and kind_of(said.unit) == "time"}
    if Role.WITHDRAWN in playing and len(spoken) == 1:
        found = [replace(said, unit=said.unit or next(iter(spoken))) for said in found]
    return found


def _shared(said: Said) -> str:
    return said.unit if kind_of(said.unit) in ("time", "money", "share") and not said.out_of else ""


def _are_listed(tokens: Sequence[Token], one: Said, next_: Said) -> bool:
    between = tokens[one.end : next_.start]
    return all(token.text in (",", "、", "&", "/") or token.may_be("separator") for token in between)


def _says_no_more(tokens: Sequence[Token], said: Said) -> bool:
    outside = (*tokens[: said.start], *tokens[said.end :])
    return all(token.is_quiet for token in outside)


def _is_plausible(said: Said, plausible: tuple[Decimal | None, Decimal | None]) -> bool:
    lowest, highest = plausible
    if abs(said.low) > LARGEST_BARE:
        return False
    return (lowest is None or said.low >= lowest) and (highest is None or said.high <= highest)

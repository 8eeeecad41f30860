"""The minutes of minding the AI, as typed on a phone: "20 10 0 5", "10 checking, nothing else".

Four plain numbers are kept as they stand. A sum without its parts ("half an hour, mostly checking") is
understood as a sum, and which part it was is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from coaching.reading.amounts import Amounts, Said
from coaching.reading.roles import clauses
from coaching.reading.tokens import LONGEST, Token, cut
from coaching.reading.vocabulary import plain

KINDS = ("feeding", "checking", "rerunning", "cleaning")
LONGEST_MINDING = 60 * 24  # minutes; more than a day of minding one item is a slip of the thumb
_FOUR = re.compile(r"(\d{1,4})(?:[\s,、]++(\d{1,4}))(?:[\s,、]++(\d{1,4}))(?:[\s,、]++(\d{1,4}))")
_FOUR_SIGNED = re.compile(r"(\d{1,4})\s*+([/+;|-])\s*+(\d{1,4})\s*+\2\s*+(\d{1,4})\s*+\2\s*+(\d{1,4})")
_NO_NUMBER = re.compile(r"[^\d]*+")


@dataclass(frozen=True)
class Minutes:
    """The four kinds in whole minutes; or, where only a sum was said, the sum and the kind it mostly was."""

    four: tuple[int, int, int, int] | None
    needs_yes: bool
    in_all: int | None = None
    mostly: str = ""


NOT_READ = Minutes(None, True)


def read_minutes(text: str, *, market: str) -> Minutes:
    """Feeding, checking, re-running and cleaning up, in minutes; None where they cannot be told."""
    if len(text) > LONGEST:
        return NOT_READ
    said = plain(text).strip(" .!")
    if plain_four := _FOUR.fullmatch(said):
        return _limited([int(each) for each in plain_four.groups()], needs_yes=False)
    if signed := _FOUR_SIGNED.fullmatch(said):
        return _limited([int(each) for n, each in enumerate(signed.groups()) if n != 1], needs_yes=True)
    tokens = cut(text)
    amounts = [
        each for each in Amounts(tokens, "minutes", market).read() if each.unit not in ("code", "people")
    ]
    if not amounts:
        none = any(token.may_be("none") for token in tokens) and not any(_kind(token) for token in tokens)
        return Minutes((0, 0, 0, 0), True) if none and _NO_NUMBER.fullmatch(said) else NOT_READ
    if any(_minutes(each) is None for each in amounts):
        return NOT_READ
    if any(_kind(token) for token in tokens):
        return _by_name(tokens, amounts)
    if len(amounts) == len(KINDS):
        return _limited([_minutes(each) or 0 for each in amounts], needs_yes=True)
    return _sum(amounts, "") if len(amounts) == 1 else NOT_READ


def _by_name(tokens: Sequence[Token], amounts: Sequence[Said]) -> Minutes:
    """Each number goes to the kind that is named beside it; kinds that are not named took none."""
    named = [(position, _kind(token)) for position, token in enumerate(tokens) if _kind(token)]
    if any(token.may_be("in_all") for token in tokens):
        return _sum(amounts, named[0][1]) if len(amounts) == len(named) == 1 else NOT_READ
    parts = clauses(tokens)
    found = dict.fromkeys(KINDS, 0)
    given: set[str] = set()
    for said in amounts:
        inside = [kind for position, kind in named if parts[position] == parts[said.start]]
        alone = [other for other in amounts if parts[other.start] == parts[said.start]]
        if len(inside) != 1 or len(alone) != 1 or inside[0] in given:
            return NOT_READ
        given.add(inside[0])
        found[inside[0]] = _minutes(said) or 0
    silent = [kind for _, kind in named if kind not in given]
    none = any(token.may_be("none") for token in tokens)
    return NOT_READ if silent and not none else _limited(list(found.values()), needs_yes=True)


def _sum(amounts: Sequence[Said], mostly: str) -> Minutes:
    whole = _minutes(amounts[0])
    fits = whole is not None and 0 <= whole <= LONGEST_MINDING
    return Minutes(None, True, whole, mostly) if fits else NOT_READ


def _limited(four: list[int], *, needs_yes: bool) -> Minutes:
    if any(not 0 <= each <= LONGEST_MINDING for each in four):
        return NOT_READ
    feeding, checking, rerunning, cleaning = four
    return Minutes((feeding, checking, rerunning, cleaning), needs_yes)


def _minutes(said: Said) -> int | None:
    """In whole minutes; None for days, ranges and what is in doubt."""
    if said.doubt or said.low != said.high or said.unit not in ("", "minutes", "hours"):
        return None
    minutes = said.low * (60 if said.unit == "hours" else 1)
    return int(minutes.quantize(Decimal(1), ROUND_HALF_UP)) if abs(minutes) <= LONGEST_MINDING else None


def _kind(token: Token) -> str:
    return next((kind for kind in KINDS if token.may_be(f"minding {kind}")), "")

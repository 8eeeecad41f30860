"""What a number in a line is: the value asked for, a target, the contract's limit, the worst or usual case, a
value withdrawn, a number of people or a year.

Only the first counts. Where a line names a role and it is not clear which number has it, nothing counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from coaching.reading.amounts import YEARS, Said
from coaching.reading.tokens import Token
from coaching.reading.units import kind_of


class Role(StrEnum):
    """The part a number plays."""

    NOW = "now"
    TARGET = "target"
    SLA = "sla"
    WORST = "worst"
    BEST = "best"
    USUAL = "usual"
    EARLIER = "earlier"
    WITHDRAWN = "withdrawn"
    MONEY = "money"
    OTHER = "other"
    UNSURE = "unsure"


_MARKED = ("target", "sla", "worst", "best", "usual", "earlier", "now")
_BREAKS = frozenset(",、;()[]。.!?|")
LAUGHING = 3  # fives, at least


def roles(tokens: Sequence[Token], saids: Sequence[Said], unit: str, *, one: bool) -> list[Role]:
    """The role of each amount, in their order."""
    found = [_by_kind(tokens, said, unit) for said in saids]
    parts = clauses(tokens)
    for index in range(len(saids)):
        if found[index] is Role.NOW:
            found[index] = _by_mark(tokens, parts, saids, index)
    _hold_to_the_measure(tokens, saids, found)
    _leave_out_other_years(parts, saids, found)
    _withdraw(tokens, saids, found)
    return _this_one(found) if one else [Role.NOW if role is Role.EARLIER else role for role in found]


def _by_kind(tokens: Sequence[Token], said: Said, unit: str) -> Role:
    """What the number itself and the word beside it say."""
    before = tokens[said.start - 1] if said.start else None
    after = tokens[said.end] if said.end < len(tokens) else None
    kind, asked = kind_of(said.unit), kind_of(unit)
    if kind == "money" and asked != "money":
        return Role.MONEY
    if said.unit and kind != asked and not said.out_of:
        return Role.OTHER
    if kind == "count" and said.unit not in ("counter", unit) and not said.out_of:
        return Role.OTHER
    if before and before.may_be("identifier") and not said.unit:
        return Role.OTHER
    if not said.unit and any(each and _is_month(each) for each in (before, after)):
        return Role.OTHER
    if said.bare and said.low in YEARS and (asked in ("time", "share") or (before and before.may_be("in"))):
        return Role.OTHER
    in_thai = any("\u0e00" <= token.text[0] <= "\u0e7f" for token in tokens)
    return Role.OTHER if in_thai and asked != "money" and laughs(said) else Role.NOW


def laughs(said: Said) -> bool:
    """Whether it is what laughing looks like in Thai: 555."""
    figures = str(said.low)
    return len(figures) >= LAUGHING and set(figures) == {"5"}


def _is_month(token: Token) -> bool:
    return any(str(day).startswith("m") for day in token.all("day"))


def clauses(tokens: Sequence[Token]) -> list[int]:
    """For each token the number of the clause it stands in."""
    found, clause = [], 0
    for token in tokens:
        clause += token.text in _BREAKS or token.may_be("clause")
        found.append(clause)
    return found


def _by_mark(tokens: Sequence[Token], parts: Sequence[int], saids: Sequence[Said], index: int) -> Role:
    """The role that is named in the same clause, before the number or else after it."""
    said = saids[index]
    clause = parts[said.start]
    inside = [position for position in range(len(tokens)) if parts[position] == clause]
    marks = {position: _mark(tokens[position]) for position in inside if _mark(tokens[position])}
    before = [position for position in marks if position < said.start]
    after = [position for position in marks if position >= said.end]
    mark = before[-1] if before else after[0] if after else None
    if mark is None:
        return Role.NOW
    role = Role(marks[mark])
    between = [
        other
        for other in saids
        if other is not said and parts[other.start] == clause and mark < other.start < said.start
    ]
    return Role.UNSURE if between and role is not Role.NOW else role


def _mark(token: Token) -> str:
    return next((kind for kind in _MARKED if token.may_be(kind)), "")


def _hold_to_the_measure(tokens: Sequence[Token], saids: Sequence[Said], found: list[Role]) -> None:
    """Beside "9 days" a number of something else ("2 colleagues") is no value, nor is it in doubt."""
    spoken = [said for said, role in zip(saids, found, strict=True) if role is Role.NOW and said.unit]
    if not spoken:
        return
    for index, said in enumerate(saids):
        after = tokens[said.end] if said.end < len(tokens) else None
        if found[index] is Role.NOW and not said.unit and after is not None:
            unknown = not after.meanings and after.text[0].isalpha()
            found[index] = Role.OTHER if unknown else found[index]


def _leave_out_other_years(parts: Sequence[int], saids: Sequence[Said], found: list[Role]) -> None:
    years = {
        parts[said.start]
        for said, role in zip(saids, found, strict=True)
        if role is Role.OTHER and said.low in YEARS
    }
    for index, said in enumerate(saids):
        if found[index] is Role.NOW and parts[said.start] in years:
            found[index] = Role.OTHER


def _withdraw(tokens: Sequence[Token], saids: Sequence[Said], found: list[Role]) -> None:
    """ "6, sorry, 8"; "7 not 6": one number takes another's place. With more than one it is unclear which."""
    for position, token in enumerate(tokens):
        before = [n for n, said in enumerate(saids) if said.end <= position and found[n] is Role.NOW]
        after = [n for n, said in enumerate(saids) if said.start > position and found[n] is Role.NOW]
        if token.may_be("not") and after and saids[after[0]].start == position + 1:
            another = before or len(after) > 1
            found[after[0]] = Role.WITHDRAWN if another else Role.UNSURE
        elif _corrects(tokens, saids, position) and before:
            single = len(before) == len(after) == 1
            for n in before:
                found[n] = Role.WITHDRAWN if single else Role.UNSURE
            for n in after if not single else ():
                found[n] = Role.UNSURE


def _corrects(tokens: Sequence[Token], saids: Sequence[Said], position: int) -> bool:
    if tokens[position].may_be("correction"):
        return True
    left, right = {said.end for said in saids}, {said.start for said in saids}
    comma = tokens[position - 1].text == "," if position else False
    return tokens[position].may_be("no") and position - comma in left and position + 1 in right


def _this_one(found: list[Role]) -> list[Role]:
    """Where one number is asked for: this week's, not last week's."""
    if Role.NOW in found:
        return [Role.OTHER if role is Role.EARLIER else role for role in found]
    return [Role.UNSURE if role is Role.EARLIER else role for role in found]

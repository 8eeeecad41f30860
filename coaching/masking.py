"""Material that is outside the first rail: removed, replaced by invented values, or a question to its owner.

It is heard in the story, never held against it; the assignment card then says how to mask it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coaching import facts, hearing
from coaching.dialogue import Coach
from coaching.guardrail_pack import Guardrails
from coaching.opening import WithManager
from coaching.slots import Slot, Term, phrase

UNNAMED = "else"


class Unfit(StrEnum):
    """What to do with material outside the rail."""

    REMOVE = "remove"
    INVENT = "invented_values"
    ASK_OWNER = "ask_owner"


@dataclass(frozen=True)
class Mask:
    """How one kind of material is kept out; the kind is "else" where nobody named it."""

    kind: str
    how: Unfit

    @property
    def spoken(self) -> Slot:
        """The line of the card that says how."""
        return phrase(f"mask_{self.how}", kind=Term("Sensitive", self.kind))


async def plan_around(coach: Coach[WithManager], pack: Guardrails, story: str) -> Mask | None:
    """Where the story speaks of a kind of material that the rail does not let in: what becomes of it."""
    kind = hearing.sensitive(story)
    if kind is None or kind is hearing.sensitive(" . ".join(pack.data_in)):
        return None
    how = await coach.choose("sensitive_planned", Unfit, kind=Term("Sensitive", kind), owner=pack.owner)
    return _kept(coach, Mask(kind, how))


async def keep_outside(coach: Coach[WithManager], pack: Guardrails) -> Mask:
    """The manager says themselves that some of the material does not fit."""
    return _kept(coach, Mask(UNNAMED, await coach.choose("data_outside", Unfit, owner=pack.owner)))


def _kept(coach: Coach[WithManager], mask: Mask) -> Mask:
    coach.keep("outside_rail", facts.Obstacle(0, "outside_rail", f"{mask.kind} {mask.how}"))
    return mask

"""What a unit counts: time, cases, a share, money. Numbers of one kind belong together, others never do.

Only hours and minutes are the same thing; how many hours a day has is not for the coach to say.
"""

from __future__ import annotations

from decimal import Decimal

SMALLER = {"weeks": "days", "days": "hours", "working_days": "hours", "hours": "minutes"}
_IN_MINUTES = {"minutes": Decimal(1), "hours": Decimal(60)}
_KINDS = {
    **dict.fromkeys(("minutes", "hours", "days", "working_days", "weeks", "unclear"), "time"),
    **dict.fromkeys(("count", "items", "rounds", "runs", "messages", "meetings", "counter"), "count"),
    **dict.fromkeys(("percent", "per_hundred", "tenths"), "share"),
}


def kind_of(unit: str) -> str:
    """What sort of thing a unit counts: time, count, share, points, money, people."""
    return _KINDS.get(unit, unit)


def in_unit(amount: Decimal, said: str, unit: str) -> Decimal | None:
    """``amount`` in another unit where that is exact; None where it is not, as from days to working days."""
    if said == unit:
        return amount
    one, other = _IN_MINUTES.get(said), _IN_MINUTES.get(unit)
    return None if one is None or other is None else amount * one / other

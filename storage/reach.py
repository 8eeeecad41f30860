"""Addresses that no longer reach anybody: an account that was closed, a workspace the app was taken out of.

The address stays, with the reason and how the person stood in the programme, so that an operator can be told
and everything can go on should the way be open again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import schema
from storage.scope import Row, Scope

_address = schema.address


@dataclass(frozen=True)
class Address:
    """One person in one channel. ``ended_why`` is None while it works; ``before``: their status then."""

    person_id: str
    platform_id: str
    reference: str | None
    ended_why: str | None
    before: str | None


def remember(scope: Scope, person_id: str, channel: str, reference: str) -> None:
    """Keep what the channel needs to write to a person."""
    sealed = scope.sealer.seal(person_id, reference)
    scope.update(_address, {"reference": sealed}, *_is(person_id, channel))


def addresses(scope: Scope, channel: str, *, ended: bool = False) -> list[Address]:
    """The addresses in a channel that work, or those that have ended."""
    state = _address.c.ended_at.is_not(None) if ended else _address.c.ended_at.is_(None)
    rows = scope.rows(_address, _address.c.channel == channel, state, order=(_address.c.person_id,))
    return [each for row in rows if (each := _opened(scope, row)) is not None]


def ended(scope: Scope, person_id: str, channel: str) -> Address | None:
    """One person's address in a channel, if it has ended."""
    row = scope.row(_address, *_is(person_id, channel), _address.c.ended_at.is_not(None))
    return None if row is None else _opened(scope, row)


def _opened(scope: Scope, row: Row) -> Address | None:
    person_id = row["person_id"]
    platform_id = scope.sealer.unseal(person_id, row["platform_id"])
    if platform_id is None:
        return None  # forgotten
    reference = scope.sealer.unseal(person_id, row["reference"])
    return Address(person_id, platform_id, reference, row["ended_why"], row["status_before"])


def end(
    scope: Scope, person_id: str, channel: str, why: str, at: datetime, status_before: str | None
) -> bool:
    """Mark an address as ended; False if it was, or is not there."""
    ended: dict[str, Any] = {"ended_at": at, "ended_why": why, "status_before": status_before}
    return scope.update(_address, ended, *_is(person_id, channel), _address.c.ended_at.is_(None)) == 1


def revive(scope: Scope, person_id: str, channel: str) -> None:
    """Mark an address as working again."""
    alive = dict.fromkeys(("ended_at", "ended_why", "status_before"))
    scope.update(_address, alive, *_is(person_id, channel))


def by_reason(scope: Scope, channel: str) -> dict[str, int]:
    """How many ended addresses there are, by reason."""
    rows = scope.rows(_address, _address.c.channel == channel, _address.c.ended_at.is_not(None))
    return dict(Counter(row["ended_why"] for row in rows))


def _is(person_id: str, channel: str) -> tuple[Any, Any]:
    return _address.c.person_id == person_id, _address.c.channel == channel

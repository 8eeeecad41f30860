"""The versions of each market's guardrails, of which one at most is current.

Publishing holds what rested on the version before, in the same transaction.
"""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from coaching.guardrail_pack import Guardrails
from storage import schema
from storage.projection import hold_assignments
from storage.scope import Row, Scope

_version = schema.guardrail_version
_COLUMNS = ("market", "version", "owner", "owner_contact", "published_on", "expires_on")


def publish(scope: Scope, pack: Guardrails, at: datetime) -> list[str]:
    """Make ``pack`` current; whose assignments are held until they confirm it."""
    latest = scope.next_number(_version, "version", _version.c.market == pack.market) - 1
    if pack.version <= latest:
        raise ValueError(f"Version {latest} of this market is published; the next one is {latest + 1}.")
    # The version first: whoever is about to rest on it waits here, and is held with the others.
    scope.update(_version, {"current": False}, _version.c.market == pack.market, _version.c.current)
    held = hold_assignments(scope, pack.market, at)
    whole = dataclasses.asdict(pack)
    scope.insert(
        _version,
        **{name: whole.pop(name) for name in _COLUMNS},
        published_at=at,
        rails=whole,
        current=True,
    )
    return held


def current(scope: Scope, market: str, at: datetime) -> Guardrails | None:
    """The guardrails that hold in a market; None if there are none or they have ended."""
    row = scope.row(_version, _version.c.market == market, _version.c.current)
    pack = None if row is None else _pack(row)
    return pack if pack is not None and pack.hold_on(at.date()) else None


def versions(scope: Scope, market: str) -> list[Guardrails]:
    """Every version of a market, the oldest first."""
    rows = scope.rows(_version, _version.c.market == market, order=(_version.c.version,))
    return [_pack(row) for row in rows]


def _pack(row: Row) -> Guardrails:
    rails = {name: _tuples(value) for name, value in row["rails"].items()}
    known = {field.name for field in dataclasses.fields(Guardrails)}
    kept: dict[str, Any] = {**rails, **{name: row[name] for name in _COLUMNS}}
    return Guardrails(**{name: value for name, value in kept.items() if name in known})


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list) else value

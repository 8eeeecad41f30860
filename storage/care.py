"""Keeps who takes up which concern, by when, and whether somebody has said *I have it*.

What the concern itself says is not here: it stays with the fact, sealed with its manager's key.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from coaching.facts import Concern
from storage.care_tables import WITH_BACKUP, WITH_OPERATOR, WITH_OWNER, care
from storage.fact_tables import TABLES
from storage.projection import Kept, kept
from storage.scope import Row, Scope

_TABLE, _C = care, care.c


@dataclass(frozen=True)
class Care:
    """One concern in somebody's care. ``owner_id`` is None where nobody can be written to."""

    id: str
    person_id: str
    conversation_id: str
    name: str
    sign: str
    raised_at: datetime
    owner_id: str | None
    backup_id: str | None
    due_at: datetime
    passed_on: int
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    paused_until: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether nobody has taken it up yet."""
        return self.acknowledged_at is None


def take_up(
    scope: Scope,
    person_id: str,
    conversation_id: str,
    name: str,
    sign: str,
    raised_at: datetime,
    owner_id: str | None,
    backup_id: str | None,
    due_at: datetime,
) -> Care | None:
    """Put a concern into somebody's care; None if it is in somebody's already."""
    care_id = secrets.token_hex(8)
    made = scope.insert_once(
        _TABLE,
        id=care_id,
        person_id=person_id,
        conversation_id=conversation_id,
        name=name,
        sign=sign,
        raised_at=raised_at,
        owner_id=owner_id,
        backup_id=backup_id,
        due_at=due_at,
        passed_on=WITH_OWNER if owner_id else WITH_OPERATOR,
    )
    return by_id(scope, care_id) if made else None


def by_id(scope: Scope, care_id: str) -> Care | None:
    """One of them."""
    row = scope.row(_TABLE, _C.id == care_id)
    return None if row is None else _made(row)


def of_owner(scope: Scope, owner_id: str, *, open_only: bool = False) -> list[Care]:
    """What one person has in their care, the oldest first."""
    where: list[ColumnElement[bool]] = [_C.owner_id == owner_id]
    if open_only:
        where.append(_C.acknowledged_at.is_(None))
    return [_made(row) for row in scope.rows(_TABLE, *where, order=(_C.raised_at, _C.id))]


def of_person(scope: Scope, person_id: str) -> list[Care]:
    """What there is about one manager, the oldest first."""
    return [_made(row) for row in scope.rows(_TABLE, _C.person_id == person_id, order=(_C.raised_at, _C.id))]


def with_backup(scope: Scope, backup_id: str) -> list[Care]:
    """What its owner has let wait and this backup was told of, the oldest first."""
    where = _C.backup_id == backup_id, _C.passed_on == WITH_BACKUP, _C.acknowledged_at.is_(None)
    return [_made(row) for row in scope.rows(_TABLE, *where, order=(_C.raised_at, _C.id))]


def concern_of(scope: Scope, care: Care) -> Kept[Concern] | None:
    """What the concern says; None if it is gone."""
    table = TABLES[Concern]
    found = kept(
        scope,
        Concern,
        table.c.person_id == care.person_id,
        table.c.conversation_id == care.conversation_id,
        table.c.name == care.name,
    )
    return found[-1] if found else None


def acknowledge(scope: Scope, care_id: str, by: str, at: datetime) -> bool:
    """*I have it*, said by its owner; False if it is not theirs. Once is enough."""
    found = by_id(scope, care_id)
    if found is None or found.owner_id != by:
        return False
    if found.is_open:
        scope.update(_TABLE, {"acknowledged_at": at, "acknowledged_by": by}, _C.id == care_id)
    return True


def pass_on(scope: Scope, care_id: str, to: int, due_at: datetime) -> None:
    """Its time is over and nobody has it: it is the next one's to see to."""
    scope.update(_TABLE, {"passed_on": to, "due_at": due_at}, _C.id == care_id)


def give(scope: Scope, care_id: str, owner_id: str, backup_id: str | None, due_at: datetime) -> Care:
    """Another person's care from now on, with their own time; who took it up before stays noted."""
    given = {"owner_id": owner_id, "backup_id": backup_id, "due_at": due_at, "passed_on": WITH_OWNER}
    scope.update(_TABLE, given, _C.id == care_id)
    found = by_id(scope, care_id)
    assert found is not None
    return found


def note_pause(scope: Scope, care_id: str, until: datetime | None) -> None:
    """The owner asked for a pause until then; None: it was lifted."""
    scope.update(_TABLE, {"paused_until": until}, _C.id == care_id)


def untaken(scope: Scope) -> int:
    """How many of this organisation's nobody took up in time."""
    return len(scope.rows(_TABLE, _C.acknowledged_at.is_(None), _C.passed_on == WITH_OPERATOR))


def left_to_the_operator() -> Select[Any]:
    """The query that counts what, in any organisation, nobody took up in time."""
    return select(func.count()).where(_C.acknowledged_at.is_(None), _C.passed_on == WITH_OPERATOR)


def _made(row: Row) -> Care:
    return Care(**{name: row[name] for name in Care.__dataclass_fields__})

"""Alerts: somebody may be in danger, and a person must take it on. Each is raised once and stays open until
somebody says *I have it*.

The link that says so carries a secret; only a digest of it is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from storage import schema
from storage.scope import Row, Scope

_TABLE = schema.alert
_C = schema.alert.c


@dataclass(frozen=True)
class Alert:
    """One alert. ``reached``: how many contacts a send has succeeded to, at its latest time."""

    id: str
    person_id: str
    conversation_id: str
    raised_at: datetime
    times_sent: int
    reached: int
    acknowledged_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether nobody has taken it on yet."""
        return self.acknowledged_at is None


def raise_alert(scope: Scope, person_id: str, conversation_id: str, at: datetime) -> tuple[Alert, str]:
    """The alert of a conversation, raised if it is not yet, and a new secret for its link."""
    found = scope.row(_TABLE, _C.conversation_id == conversation_id)
    if found is None:
        scope.insert(
            _TABLE,
            id=secrets.token_hex(8),
            person_id=person_id,
            conversation_id=conversation_id,
            raised_at=at,
            times_sent=0,
            reached=0,
            digest="",
        )
        found = scope.row(_TABLE, _C.conversation_id == conversation_id)
        assert found is not None
    if found["acknowledged_at"] is not None:
        return _made(found), ""
    # The secret follows from the key of the installation, so that every repetition carries the same link.
    secret = scope.sealer.signer(person_id)(f"alert:{found['id']}")
    scope.update(_TABLE, {"digest": _digest(secret)}, _C.id == found["id"])
    return _made(found), f"{scope.organisation_id}.{found['id']}.{secret}"


def note_sent(scope: Scope, alert_id: str, reached: int) -> None:
    """That it was sent once more, and to how many."""
    scope.update(_TABLE, {"times_sent": _C.times_sent + 1, "reached": reached}, _C.id == alert_id)


def alert_of(scope: Scope, conversation_id: str) -> Alert | None:
    """The alert of a conversation."""
    found = scope.row(_TABLE, _C.conversation_id == conversation_id)
    return None if found is None else _made(found)


def open_alerts(scope: Scope, person_id: str | None = None) -> list[Alert]:
    """What nobody has taken on yet, the oldest first; of one person or of all."""
    where: list[Any] = [_C.acknowledged_at.is_(None)]
    if person_id is not None:
        where.append(_C.person_id == person_id)
    return [_made(row) for row in scope.rows(_TABLE, *where, order=(_C.raised_at,))]


def acknowledge(scope: Scope, alert_id: str, at: datetime, secret: str | None = None) -> bool:
    """*I have it*; False if there is no such alert, or the secret is not its own. Once is enough."""
    found = scope.row(_TABLE, _C.id == alert_id)
    if found is None or (secret is not None and not hmac.compare_digest(found["digest"], _digest(secret))):
        return False
    if found["acknowledged_at"] is None:
        scope.update(_TABLE, {"acknowledged_at": at}, _C.id == alert_id)
    return True


def oldest_open() -> Select[Any]:
    """The query for the moment of the oldest alert of any organisation that nobody has taken on."""
    return select(func.min(_C.raised_at)).where(_C.acknowledged_at.is_(None))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _made(row: Row) -> Alert:
    return Alert(**{name: row[name] for name in Alert.__dataclass_fields__})

"""Which messages were taken in, so that one delivered twice has one effect, and which question each answered,
so that one edited or deleted later finds its answer. Of the message itself nothing is here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import schema
from storage.scope import Scope

_table = schema.inbound


@dataclass(frozen=True)
class Answered:
    """A question that was answered: of which conversation, which, and in which asking."""

    conversation_id: str
    name: str
    asking: int


def first_time(scope: Scope, channel: str, key: str, at: datetime) -> bool:
    """Whether a message with this key is new; asking marks it as seen, once the transaction commits."""
    return scope.insert_once(_table, channel=channel, digest=_digest(scope, channel, key), at=at)


def has_seen(scope: Scope, channel: str, key: str) -> bool:
    """Whether a message with this key was taken in."""
    return scope.row(_table, *_this(scope, channel, key)) is not None


def note_answer(scope: Scope, channel: str, key: str, answered: Answered) -> None:
    """Remember which question the message answered."""
    scope.update(_table, vars(answered), *_this(scope, channel, key))


def answered_by(scope: Scope, channel: str, key: str) -> Answered | None:
    """Which question the message answered; None if none, or if it was longer ago than is remembered."""
    row = scope.row(_table, *_this(scope, channel, key))
    if row is None or row["conversation_id"] is None:
        return None
    return Answered(row["conversation_id"], row["name"], row["asking"])


def _this(scope: Scope, channel: str, key: str) -> tuple[Any, Any]:
    return _table.c.channel == channel, _table.c.digest == _digest(scope, channel, key)


def _digest(scope: Scope, channel: str, key: str) -> str:
    return scope.sealer.digest(f"inbound|{channel}|{key}")

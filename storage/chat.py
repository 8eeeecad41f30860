"""The playground's own memory: it is a chat platform on this machine, and keeps what was said in it.

A line that was sent is kept once, however often it arrives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import schema
from storage.scope import Scope

_chat = schema.chat


@dataclass(frozen=True)
class ChatLine:
    """One line of the chat. ``body`` is JSON text, and so is ``answered``: what was done with a card."""

    seq: int
    person_id: str
    author: str
    job_id: str | None
    at: datetime
    body: str | None
    answered: str | None


def append(scope: Scope, person_id: str, author: str, body: str, at: datetime, job_id: str | None) -> int:
    """Keep one line; its number in the organisation's chat."""
    if job_id is not None:
        there = scope.row(_chat, _chat.c.job_id == job_id)
        if there is not None:
            return int(there["seq"])
    seq = scope.next_number(_chat, "seq")
    sealed = scope.sealer.seal(person_id, body)
    scope.insert(_chat, seq=seq, person_id=person_id, author=author, job_id=job_id, at=at, body=sealed)
    return seq


def lines(scope: Scope, person_id: str, after: int) -> list[ChatLine]:
    """A person's chat, oldest first, from after the line numbered ``after``."""
    rows = scope.rows(_chat, _chat.c.person_id == person_id, _chat.c.seq > after, order=(_chat.c.seq,))
    return [_opened(scope, row) for row in rows]


def newest_first(scope: Scope, person_id: str) -> Iterator[ChatLine]:
    """A person's chat from its end; a line is unsealed when it is reached."""
    rows = scope.rows(_chat, _chat.c.person_id == person_id, order=(_chat.c.seq.desc(),))
    return (_opened(scope, row) for row in rows)


def last(scope: Scope, person_id: str, author: str | None = None) -> int:
    """The number of a person's last line, or of the last one by that author; 0 if there is none."""
    by = () if author is None else (_chat.c.author == author,)
    return scope.next_number(_chat, "seq", _chat.c.person_id == person_id, *by) - 1


def arrived(scope: Scope, job_id: str) -> bool:
    """Whether a line sent by this job is there."""
    return scope.row(_chat, _chat.c.job_id == job_id) is not None


def answered(scope: Scope, seq: int, body: str | None) -> None:
    """Keep what was done with a card; None opens it again."""
    row = scope.row(_chat, _chat.c.seq == seq)
    if row is None:
        raise LookupError("There is no such line in the chat.")
    sealed = None if body is None else scope.sealer.seal(row["person_id"], body)
    scope.update(_chat, {"answered": sealed}, _chat.c.seq == seq)


def _opened(scope: Scope, row: Mapping[str, Any]) -> ChatLine:
    person_id = row["person_id"]
    return ChatLine(
        row["seq"],
        person_id,
        row["author"],
        row["job_id"],
        row["at"],
        scope.sealer.unseal(person_id, row["body"]),
        scope.sealer.unseal(person_id, row["answered"]),
    )

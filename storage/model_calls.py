"""What asking a model cost, call by call: who, which task, how many tokens, how long, what became of it.

Numbers and names of tasks only, never a word that was sent or came back. The budgets are reckoned from it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, Integer, Text, func, select

from storage.columns import Instant, Retention, belongs, fact, table
from storage.scope import Scope

model_call = table(
    "model_call",
    fact("id", Text),
    fact("person_id", Text),
    fact("at", Instant),
    fact("task", Text),
    fact("version", Text),
    fact("tokens_in", Integer),
    fact("tokens_out", Integer),
    fact("milliseconds", Integer),
    fact("outcome", Text),
    belongs("person", "person_id"),
    Index("ix_model_call_person", "organisation_id", "person_id", "at"),
    Index("ix_model_call_at", "organisation_id", "at"),
    key=("id",),
    retention=Retention.WITH_PERSON,
)
_C = model_call.c


@dataclass(frozen=True)
class ModelCall:
    """One time a model was asked, its mending included. ``outcome`` says in one word what became of it."""

    person_id: str
    at: datetime
    task: str
    version: str
    tokens_in: int
    tokens_out: int
    milliseconds: int
    outcome: str


def record(scope: Scope, call: ModelCall) -> None:
    """Write one call down."""
    scope.insert(model_call, id=secrets.token_hex(12), **vars(call))


def spent(scope: Scope, since: datetime, person_id: str | None = None) -> int:
    """How many tokens went in and came out since a moment: a person's, or everybody's."""
    total = select(func.coalesce(func.sum(_C.tokens_in + _C.tokens_out), 0)).where(
        _C.organisation_id == scope.organisation_id, _C.at > since
    )
    if person_id is not None:
        total = total.where(_C.person_id == person_id)
    return int(scope.connection.execute(total).scalar_one())


def calls_of(scope: Scope, person_id: str) -> list[ModelCall]:
    """A person's calls, the oldest first."""
    rows = scope.rows(model_call, _C.person_id == person_id, order=(_C.at, _C.id))
    return [ModelCall(**{name: row[name] for name in ModelCall.__dataclass_fields__}) for row in rows]

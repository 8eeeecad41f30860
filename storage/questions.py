"""Questions to the owners of guardrails: which rail of which market is missing, who answers, and by when.

No manager and no work is in them. Whom an answer is for is found from the gaps the managers left behind.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from coaching.facts import Gap
from storage.care_tables import WITH_OPERATOR, WITH_OWNER, owner_question
from storage.fact_tables import TABLES
from storage.scope import Row, Scope

_TABLE, _C = owner_question, owner_question.c


@dataclass(frozen=True)
class OwnerQuestion:
    """One question to an owner; ``holds_until`` is what the owner said of the answer."""

    id: str
    market: str
    rail: str
    raised_at: datetime
    owner_id: str | None
    due_at: datetime
    reminded_at: datetime | None
    passed_on: int
    answered_at: datetime | None
    holds_until: date | None


def ask(
    scope: Scope, market: str, rail: str, owner_id: str | None, at: datetime, due_at: datetime
) -> OwnerQuestion | None:
    """Put a question; None if somebody has it already, whoever asked it. One that nobody has any more, as its
    owner is gone, is put to the new one.
    """
    if owner_id is not None:
        lost = _C.market == market, _C.rail == rail, _C.answered_at.is_(None), _C.owner_id.is_(None)
        found = scope.row(_TABLE, *lost)
        if found is not None:
            theirs = {"owner_id": owner_id, "due_at": due_at, "reminded_at": None, "passed_on": WITH_OWNER}
            scope.update(_TABLE, theirs, _C.id == found["id"])
            return by_id(scope, found["id"])
    question_id = secrets.token_hex(8)
    made = scope.insert_once(
        _TABLE,
        id=question_id,
        market=market,
        rail=rail,
        raised_at=at,
        owner_id=owner_id,
        due_at=due_at,
        passed_on=WITH_OWNER if owner_id else WITH_OPERATOR,
    )
    return by_id(scope, question_id) if made else None


def by_id(scope: Scope, question_id: str) -> OwnerQuestion | None:
    """One of them."""
    row = scope.row(_TABLE, _C.id == question_id)
    return None if row is None else _made(row)


def open_of(scope: Scope, owner_id: str) -> list[OwnerQuestion]:
    """What one owner has not answered yet, the oldest first."""
    rows = scope.rows(_TABLE, _C.owner_id == owner_id, _C.answered_at.is_(None), order=(_C.raised_at, _C.id))
    return [_made(row) for row in rows]


def answer(scope: Scope, question_id: str, by: str, at: datetime, holds_until: date | None) -> bool:
    """Note that its owner answered; False if it is not theirs, or is answered."""
    theirs = (_C.id == question_id, _C.owner_id == by, _C.answered_at.is_(None))
    return scope.update(_TABLE, {"answered_at": at, "holds_until": holds_until}, *theirs) == 1


def note_reminder(scope: Scope, question_id: str, at: datetime, due_at: datetime) -> None:
    """That the one reminder went out, and when the operator hears of it."""
    scope.update(_TABLE, {"reminded_at": at, "due_at": due_at}, _C.id == question_id)


def leave_to_the_operator(scope: Scope, question_id: str) -> None:
    """The reminder found no answer either."""
    scope.update(_TABLE, {"passed_on": WITH_OPERATOR}, _C.id == question_id)


def who_asked(scope: Scope, question: OwnerQuestion) -> list[str]:
    """The managers who wait for this answer: their gap of this rail is as old as the question, or newer."""
    gap = TABLES[Gap].c
    rows = scope.rows(
        TABLES[Gap],
        gap.market == question.market,
        gap.rail == question.rail,
        gap.raised_at >= question.raised_at,
        gap.standing,
        order=(gap.said_at,),
    )
    return list(dict.fromkeys(row["person_id"] for row in rows))


def unanswered(scope: Scope) -> int:
    """How many of this organisation's were left without an answer."""
    return len(scope.rows(_TABLE, _C.answered_at.is_(None), _C.passed_on == WITH_OPERATOR))


def left_unanswered() -> Select[Any]:
    """The query that counts questions of any organisation whose owner did not answer."""
    return select(func.count()).where(_C.answered_at.is_(None), _C.passed_on == WITH_OPERATOR)


def _made(row: Row) -> OwnerQuestion:
    return OwnerQuestion(**{name: row[name] for name in OwnerQuestion.__dataclass_fields__})

"""The facts of a conversation, kept equal to what the conversation now says.

What changed gets a new row and the old one stays as history; what is no longer so is withdrawn; what has left
for somebody else's eyes is never taken back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, CompoundSelect, bindparam, func, literal, select, union_all

from coaching.facts import Assignment, Confirmation, Fact, Reading, SentSummary
from coaching.summary import SO_FAR, shown_by
from storage import schema, values
from storage.fact_tables import FIELDS, KINDS, TABLES
from storage.scope import Row, Scope

F = TypeVar("F", bound=Fact)

ACTIVE = "active"
HELD = "held"
STARTS = "start"  # the kind of conversation that a workflow begins with


@dataclass(frozen=True)
class Kept(Generic[F]):
    """A fact as it stands, and where it was said. ``faded``: its words have gone and read as empty text.

    ``is_corrected``: it was put right after its conversation had ended.
    """

    conversation_id: str
    kind: str
    ordinal: int
    name: str
    revision: int
    said_at: datetime
    fact: F
    faded: bool = False
    is_corrected: bool = False


@dataclass
class _Known:
    """What the tables have under one name of a conversation."""

    revision: int = 0
    standing: type[Fact] | None = None
    digest: str = ""


def project(scope: Scope, conversation_id: str, now: Mapping[str, Fact], at: datetime) -> None:
    """Make the tables equal to ``now``, which is all that holds in this conversation."""
    person_id = str(_talk_of(scope, conversation_id)["person_id"])
    known = _known(scope, conversation_id)
    for name, before in known.items():
        if before.standing is not None and name not in now and not before.standing.LEFT:
            _end(scope, conversation_id, name, before, {"withdrawn_at": at})
    sent: list[SentSummary] = []
    for name, fact in now.items():
        is_new = _keep(scope, conversation_id, person_id, name, fact, known.get(name, _Known()), at)
        if is_new and isinstance(fact, SentSummary):
            sent.append(fact)
    for summary in sent:
        share(scope, conversation_id, person_id, summary)


def correct(scope: Scope, conversation_id: str, name: str, fact: Fact, at: datetime) -> None:
    """Correct one fact, also of a conversation that has ended: a new row, the old one kept."""
    talk = _talk_of(scope, conversation_id)
    person_id, ended = str(talk["person_id"]), talk["closed_at"]
    if ended is not None:
        # A clock may have been set back; by its moment alone a correction is told from what was said before.
        at = max(at, ended + timedelta(microseconds=1))
    before = _known(scope, conversation_id).get(name, _Known())
    _keep(scope, conversation_id, person_id, name, fact, before, at)


def standing(scope: Scope, person_id: str, kind: type[F], conversation_id: str | None) -> list[Kept[F]]:
    """The person's standing facts of one kind, the oldest first."""
    table = TABLES[kind]
    where: list[ColumnElement[bool]] = [table.c.person_id == person_id, table.c.standing]
    if conversation_id is not None:
        where.append(table.c.conversation_id == conversation_id)
    return kept(scope, kind, *where)


def kept(scope: Scope, kind: type[F], *where: ColumnElement[bool]) -> list[Kept[F]]:
    """The facts of one kind for which ``where`` holds, the oldest first."""
    table, talk = TABLES[kind], schema.conversation
    chosen = (
        select(
            table,
            talk.c.kind.label("_kind"),
            talk.c.ordinal.label("_ordinal"),
            talk.c.closed_at.label("_closed_at"),
        )
        .join(
            talk, (talk.c.organisation_id == table.c.organisation_id) & (talk.c.id == table.c.conversation_id)
        )
        .where(table.c.organisation_id == scope.organisation_id, *where)
        .order_by(table.c.said_at, talk.c.seq, table.c.name, table.c.revision)
    )
    return [_kept(scope, kind, row._asdict()) for row in scope.connection.execute(chosen)]


def share(scope: Scope, conversation_id: str, person_id: str, summary: SentSummary) -> None:
    """A summary has been sent: mark the standing facts its lines show as shared in this conversation.

    Of the workflow in hand all that stand so far, of what belongs to one week only that week's; a practice
    number is in no summary.
    """
    talk = schema.conversation.c
    here = select(talk.seq).where(talk.organisation_id == scope.organisation_id, talk.id == conversation_id)
    mine = (talk.organisation_id == scope.organisation_id, talk.person_id == person_id)
    began = select(func.max(talk.seq)).where(*mine, talk.kind == STARTS, talk.seq <= here.scalar_subquery())
    in_hand = select(talk.id).where(*mine, talk.seq >= began.scalar_subquery())
    for kind in shown_by(summary):
        table = TABLES[kind]
        where = [table.c.person_id == person_id, table.c.standing, table.c.conversation_id.in_(in_hand)]
        if "week" in table.c:
            is_shown = table.c.week <= summary.week if kind in SO_FAR else table.c.week == summary.week
            where.append(is_shown)
        if kind is Reading:
            where.append(table.c.counted)
        scope.update(table, {"shared_in": conversation_id}, *where)


def hold_assignments(scope: Scope, market: str, at: datetime) -> list[str]:
    """Hold every active assignment of a market, and say whose they are. What the conversations said stays."""
    table = TABLES[Assignment]
    active = (table.c.market == market, table.c.rests)
    whose = {row["person_id"] for row in scope.rows(table, *active, lock=True)}
    scope.update(table, {"held_at": at, "rests": None}, *active)
    return sorted(whose)


def _keep(
    scope: Scope, conversation_id: str, person_id: str, name: str, fact: Fact, before: _Known, at: datetime
) -> bool:
    """Make ``fact`` the standing one of its name; whether it says anything new."""
    digest = scope.sealer.signer(person_id)(_canonical(fact))
    if before.standing is type(fact) and before.digest == digest:
        return False
    held_at = None
    if before.standing is not None:
        if isinstance(fact, Assignment) and before.standing is Assignment:
            held_at = _held(scope, conversation_id, name, before, fact)
        _end(scope, conversation_id, name, before, {"replaced_at": at})
    row: dict[str, Any] = {}
    for field in FIELDS[type(fact)]:
        value = getattr(fact, field.name)
        row[field.name] = scope.sealer.seal(person_id, value) if field.sealed and value is not None else value
    if isinstance(fact, Confirmation):
        row["holds"] = True
    if isinstance(fact, Assignment):
        row["held_at"] = held_at
        row["rests"] = True if fact.state == ACTIVE and held_at is None else None
    scope.insert(
        TABLES[type(fact)],
        conversation_id=conversation_id,
        name=name,
        revision=before.revision + 1,
        person_id=person_id,
        said_at=at,
        standing=True,
        digest=digest,
        **row,
    )
    return True


def _end(scope: Scope, conversation_id: str, name: str, before: _Known, how: dict[str, Any]) -> None:
    assert before.standing is not None
    table = TABLES[before.standing]
    ended = {"standing": False, **how}
    if before.standing is Confirmation:
        ended["holds"] = None
    if before.standing is Assignment:
        ended["rests"] = None
    scope.update(
        table, ended, table.c.conversation_id == conversation_id, table.c.name == name, table.c.standing
    )


def _held(scope: Scope, conversation_id: str, name: str, before: _Known, fact: Assignment) -> datetime | None:
    """A held assignment stays held, whatever else of it changes, until it is confirmed on another version."""
    table = TABLES[Assignment]
    key = (table.c.conversation_id == conversation_id, table.c.name == name)
    row = scope.row(table, *key, table.c.revision == before.revision)
    if row is None or row["version"] != fact.version:
        return None
    held_at: datetime | None = row["held_at"]
    return held_at


def _known(scope: Scope, conversation_id: str) -> dict[str, _Known]:
    """Everything the tables have of a conversation, in one question; digests tell what changed unopened."""
    rows = scope.connection.execute(
        _all_of_a_conversation(), {"organisation": scope.organisation_id, "conversation": conversation_id}
    )
    known: dict[str, _Known] = {}
    for kind, name, revision, stands, digest in rows:
        entry = known.setdefault(name, _Known())
        entry.revision = max(entry.revision, revision)
        if stands:
            entry.standing, entry.digest = KINDS[kind], digest
    return known


@lru_cache(maxsize=1)
def _all_of_a_conversation() -> CompoundSelect[Any]:
    return union_all(
        *(
            select(
                literal(kind.__name__), table.c.name, table.c.revision, table.c.standing, table.c.digest
            ).where(
                table.c.organisation_id == bindparam("organisation"),
                table.c.conversation_id == bindparam("conversation"),
            )
            for kind, table in TABLES.items()
        )
    )


def _canonical(fact: Fact) -> str:
    """What the fact says; a field at its default says nothing, so a field added later changes no old fact."""
    said = {each.name: getattr(fact, each.name) for each in fields(fact)}
    plain = {each.name: _plain(said[each.name]) for each in fields(fact) if said[each.name] != each.default}
    return values.dump((type(fact).__name__, plain))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return str.__str__(value)  # a choice and its value are the same fact
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return value


def _kept(scope: Scope, kind: type[F], row: Row) -> Kept[F]:
    said: dict[str, Any] = {}
    faded = False
    for field in FIELDS[kind]:
        value = row[field.name]
        if field.sealed:
            opened = scope.sealer.unseal(row["person_id"], value)
            if opened is None and not (field.optional and value is None):
                faded, opened = True, None if field.optional else ""
            value = opened
        said[field.name] = value
    fact = kind(**said)
    if isinstance(fact, Assignment) and row["held_at"] is not None:
        fact = replace(fact, state=HELD)
    is_corrected = row["_closed_at"] is not None and row["said_at"] > row["_closed_at"]
    return Kept(
        row["conversation_id"], row["_kind"], row["_ordinal"], row["name"], row["revision"], row["said_at"],
        fact, faded, is_corrected,
    )  # fmt: skip


def _talk_of(scope: Scope, conversation_id: str) -> Row:
    row = scope.row(schema.conversation, schema.conversation.c.id == conversation_id)
    if row is None:
        raise LookupError("There is no such conversation in this organisation.")
    return row

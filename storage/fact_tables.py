"""One table for each kind of fact that conversations leave behind, with the columns the fact itself declares.

Two of them carry the gate: an assignment is active only while it rests on a standing confirmation and on the
current guardrails of its market, and the database refuses anything else.
"""

from __future__ import annotations

import dataclasses
import re
import types
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

from coaching import facts
from coaching.facts import Fact, Marking
from coaching.summary import SHOWS
from storage.columns import Exact, Instant, Retention, belongs, fact, table, words

_KINDS: dict[type, type[TypeEngine[Any]]] = {
    str: Text,
    int: Integer,
    bool: Boolean,
    Decimal: Exact,
    date: Date,
    datetime: Instant,
}
_GATE = ("organisation_id", "person_id", "workflow", "market", "version", "fresh_until")


@dataclasses.dataclass(frozen=True)
class Field:
    """One field of a fact: how it is kept, and whether it may be absent."""

    name: str
    kind: type
    sealed: bool
    optional: bool


def fields_of(kind: type[Fact]) -> tuple[Field, ...]:
    """What ``kind`` declares of its fields. A field without a marking is refused."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple(_field(kind, each.name, hints[each.name]) for each in dataclasses.fields(kind))


def _field(owner: type[Fact], name: str, hint: Any) -> Field:
    optional = False
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = (each for each in get_args(hint) if each is not type(None))
        optional = True
    marking = None
    if get_origin(hint) is Annotated:
        hint, *extras = get_args(hint)
        marking = next((each for each in extras if isinstance(each, Marking)), None)
    if marking is None or hint not in _KINDS or (marking.sealed and hint is not str):
        raise TypeError(
            f"{owner.__name__}.{name} does not say how it is kept: use Text, Code, Count, Number, Flag, Day "
            "or Moment of coaching/facts.py."
        )
    return Field(name, hint, marking.sealed, optional)


def _column(field: Field) -> Column[Any]:
    if field.sealed:
        return words(field.name)
    return fact(field.name, _KINDS[field.kind], nullable=field.optional)


def _extras(kind: type[Fact]) -> tuple[Any, ...]:
    """What some kinds carry besides: the summary that shared them, and the gate's share."""
    # The conversation in which a summary was sent that shows this fact. Until then no coach can ask for it.
    shared = (fact("shared_in", Text, nullable=True),) if kind in SHAREABLE else ()
    return (*shared, *_gate(kind))


def _gate(kind: type[Fact]) -> tuple[Any, ...]:
    """The gate's share. A key with an empty part binds nothing, so only rows that count are bound.

    The keys are checked at commit: within one transaction a confirmation and what rests on it may be
    exchanged in any order.
    """
    if kind is facts.Confirmation:
        return (
            fact("holds", Boolean, nullable=True),
            CheckConstraint(
                "(standing AND holds IS NOT NULL AND holds) OR (NOT standing AND holds IS NULL)", name="holds"
            ),
            UniqueConstraint(*_GATE, "holds", name="uq_confirmation_gate"),
        )
    if kind is facts.Assignment:
        return (
            fact("held_at", Instant, nullable=True),
            fact("rests", Boolean, nullable=True),
            CheckConstraint(
                "CASE WHEN standing AND state = 'active' AND held_at IS NULL"
                " THEN rests IS NOT NULL AND rests ELSE rests IS NULL END",
                name="rests",
            ),
            CheckConstraint(
                "rests IS NULL OR (version IS NOT NULL AND fresh_until IS NOT NULL"
                " AND activated_at IS NOT NULL AND activated_at <= fresh_until)",
                name="fresh",
            ),
            ForeignKeyConstraint(
                [*_GATE, "rests"],
                [f"confirmation.{name}" for name in (*_GATE, "holds")],
                name="fk_assignment_confirmation",
                deferrable=True,
                initially="DEFERRED",
            ),
            ForeignKeyConstraint(
                ["organisation_id", "market", "version", "rests"],
                [f"guardrail_version.{name}" for name in ("organisation_id", "market", "version", "current")],
                name="fk_assignment_guardrail_version",
                deferrable=True,
                initially="DEFERRED",
            ),
        )
    return ()


def _table(kind: type[Fact]) -> Table:
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
    return table(
        name,
        fact("conversation_id", Text),
        fact("name", Text),
        fact("revision", Integer),
        fact("person_id", Text),
        fact("said_at", Instant),
        fact("standing", Boolean),
        fact("replaced_at", Instant, nullable=True),
        fact("withdrawn_at", Instant, nullable=True),
        fact("digest", Text),
        *(_column(field) for field in FIELDS[kind]),
        *_extras(kind),
        belongs("conversation", "conversation_id"),
        CheckConstraint("standing = (replaced_at IS NULL AND withdrawn_at IS NULL)", name="stands_or_ended"),
        Index(f"ix_{name}_person", "organisation_id", "person_id"),
        key=("conversation_id", "name", "revision"),
        retention=Retention.WITH_WORDS,
        since="said_at",
    )


SHAREABLE: frozenset[type[Fact]] = frozenset(chain.from_iterable(SHOWS.values()))
KINDS: dict[str, type[Fact]] = {
    name: kind
    for name, kind in vars(facts).items()
    if isinstance(kind, type) and issubclass(kind, Fact) and kind is not Fact
}
FIELDS: dict[type[Fact], tuple[Field, ...]] = {kind: fields_of(kind) for kind in KINDS.values()}
TABLES: dict[type[Fact], Table] = {kind: _table(kind) for kind in KINDS.values()}

"""The kinds of column there are: facts, which stay, and words, which are sealed and fade.

Every column says which of the two it is and every table says how long its rows are kept; nothing can be
stored without having been declared.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Numeric,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_1_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class Retention(StrEnum):
    """How long a row is kept. *Forget me* ends all but the first at once."""

    KEPT = "kept"  # the organisation's own, or without a person: no limit
    WITH_PERSON = "with_person"  # as long as the person takes part
    WITH_WORDS = (
        "with_words"  # its words go 180 days after the hold check, at most 18 months after being said
    )
    UNTIL_SENT = "until_sent"  # its words go soon after it was sent, done or dropped
    THIRTY_DAYS = "30_days"


class Instant(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC at rest, in an order that both engines compare alike."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored; hand in an aware datetime.")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A number as it was said, to the last digit. SQLite would make it a float, so there it is text."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if not value.is_finite():
            raise ValueError("Only finite numbers can be stored.")
        return str(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def fact(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]], **how: Any) -> Column[Any]:
    """A column for a number, a date, a choice or an id: it stays when the words go."""
    how.setdefault("nullable", False)
    return Column(name, kind, info={"kept": "fact"}, **how)


def words(name: str) -> Column[Any]:
    """A column for anything a person typed: it holds a sealed text, and nothing once the words have gone."""
    return Column(name, Text, nullable=True, info={"kept": "words"})


def table(
    name: str,
    *parts: Column[Any] | ForeignKeyConstraint | UniqueConstraint | CheckConstraint | Index,
    key: tuple[str, ...],
    retention: Retention,
    since: str | None = None,
) -> Table:
    """A table whose rows belong to an organisation first. ``since`` is the moment its words count from."""
    own = () if name == "organisation" else (belongs("organisation"),)
    return Table(
        name,
        metadata,
        fact("organisation_id", Text),
        *parts,
        PrimaryKeyConstraint("organisation_id", *key),
        *own,
        info={"retention": retention, "since": since},
    )


def belongs(target: str, column: str | None = None) -> ForeignKeyConstraint:
    """The row is part of one row of ``target``, in the same organisation."""
    if column is None:
        return ForeignKeyConstraint(["organisation_id"], [f"{target}.organisation_id"])
    return ForeignKeyConstraint(["organisation_id", column], [f"{target}.organisation_id", f"{target}.id"])

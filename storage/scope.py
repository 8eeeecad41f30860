"""One organisation, one transaction: nothing is asked of the tables outside of such a scope.

The organisation is added to every statement here, in one place, so that no question can forget it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import is_sqlite
from storage.sealing import Sealer

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Scope:
    """What a repository works with."""

    connection: Connection
    organisation_id: str
    sealer: Sealer

    def rows(self, table: Table, *where: Any, order: Iterable[Any] = (), lock: bool = False) -> list[Row]:
        """The organisation's rows of ``table`` that fit; ``lock`` keeps others from changing them."""
        chosen = select(table).where(table.c.organisation_id == self.organisation_id, *where).order_by(*order)
        if lock:
            chosen = chosen.with_for_update()  # SQLite has one writer and says nothing here
        return [row._asdict() for row in self.connection.execute(chosen)]

    def row(self, table: Table, *where: Any, lock: bool = False) -> Row | None:
        """The one row that fits, or None."""
        found = self.rows(table, *where, lock=lock)
        return found[0] if found else None

    def insert(self, table: Table, **values: Any) -> None:
        """Add one row."""
        self.connection.execute(insert(table).values(organisation_id=self.organisation_id, **values))

    def insert_once(self, table: Table, **values: Any) -> bool:
        """Add one row unless one with its key is there already; whether it was added."""
        make = sqlite.insert(table) if is_sqlite(self.connection) else postgresql.insert(table)
        row = make.values(organisation_id=self.organisation_id, **values).on_conflict_do_nothing()
        return self.connection.execute(row, execution_options={"preserve_rowcount": True}).rowcount == 1

    def update(self, table: Table, values: Mapping[str, Any], *where: Any) -> int:
        """Change the rows that fit; how many there were."""
        changed = update(table).where(table.c.organisation_id == self.organisation_id, *where).values(values)
        return self.connection.execute(changed).rowcount

    def delete(self, table: Table, *where: Any) -> int:
        """Delete the rows that fit; how many there were."""
        gone = delete(table).where(table.c.organisation_id == self.organisation_id, *where)
        return self.connection.execute(gone).rowcount

    def next_number(self, table: Table, column: str, *where: Any) -> int:
        """One more than the highest so far."""
        highest = select(func.max(table.c[column])).where(
            table.c.organisation_id == self.organisation_id, *where
        )
        return int(self.connection.execute(highest).scalar_one() or 0) + 1

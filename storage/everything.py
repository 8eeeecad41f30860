"""All that is kept of one person, whatever table it is in: for whoever asks what is known about them.

It goes by the declared tables and not by a list of its own, so that a table added later is not left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storage import (  # noqa: F401 - they fill the list of tables
    care_tables,
    fact_tables,
    model_calls,
    schema,
    slack_tables,
)
from storage.columns import metadata
from storage.scope import Row, Scope

Rows = Mapping[str, tuple[Row, ...]]


def of_person(scope: Scope, person_id: str) -> Rows:
    """The person's rows by table, in the order they were made where that is known; words opened."""
    found: dict[str, tuple[Row, ...]] = {}
    for name, table in metadata.tables.items():
        whose = table.c.id if table is schema.person else table.c.get("person_id")
        if whose is None:
            continue
        order = [table.c[each] for each in ("said_at", "seq", "position") if each in table.c]
        rows = scope.rows(table, whose == person_id, order=order)
        if rows:
            found[name] = tuple(_opened(scope, person_id, table, row) for row in rows)
    return found


def _opened(scope: Scope, person_id: str, table: Any, row: Row) -> Row:
    sealed = {column.name for column in table.c if column.info["kept"] == "words"}
    return {
        name: scope.sealer.unseal(person_id, value) if name in sealed else value
        for name, value in row.items()
    }

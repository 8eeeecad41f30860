"""Deletes an organisation with everything and everyone in it, for good. The demo starts over by it.

Rows are deleted one by one and overwritten, not their files replaced: whoever has the database open keeps it.
"""

from __future__ import annotations

from storage import fact_tables, schema  # noqa: F401 - both fill the list of tables
from storage.columns import metadata
from storage.database import StorageError, wipe
from storage.store import Store


def clear(store: Store, organisation_id: str) -> None:
    """Delete every row and every key of an organisation; StorageError while a legal hold forbids it.

    Rows go first, in one transaction: a power cut leaves all of it or an empty place, never half. Keys that
    it leaves behind open nothing any more, and go the next time.
    """
    with store.transaction(organisation_id) as repository:
        scope = repository.scope
        if scope.rows(schema.person, schema.person.c.held_since.is_not(None)):
            raise StorageError("A legal hold forbids deleting anything of somebody here; release it first.")
        for table in reversed(metadata.sorted_tables):
            scope.delete(table)
    store.keys.clear(organisation_id)
    wipe(store.engine, metadata.tables)

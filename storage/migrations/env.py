"""What Alembic runs for every migration: one transaction, on the connection that `storage.migrate` opened.

It reads no settings file: there is no address here to leak or to mistake.
"""

from __future__ import annotations

from alembic import context

from storage.migrate import COMPARED, TABLES

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=TABLES,
    transactional_ddl=True,  # SQLite can, if it is asked to: a migration cut short leaves nothing behind
    **COMPARED,
)
with context.begin_transaction():
    context.run_migrations()

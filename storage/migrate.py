"""Brings the tables to what this release needs, from nothing or from any release before.

It is one transaction: cut short it leaves the database as it was, and running it again does no harm.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations.ops import UpgradeOps
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, func, select

from storage import (  # noqa: F401 - they fill the list of tables
    care_tables,
    fact_tables,
    model_calls,
    schema,
    slack_tables,
)
from storage.columns import Exact, Instant, metadata
from storage.database import StorageError, is_sqlite, open_engine, transaction

FOLDER = Path(__file__).parent / "migrations"
TABLES = metadata
_ONE_AT_A_TIME = 0x756E6261  # any number of ours


def _render(kind: str, item: Any, _context: object) -> str | Literal[False]:
    # A revision must not change its meaning when these classes do.
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Exact):
        return 'sa.Numeric().with_variant(sa.Text(), "sqlite")'
    return False


COMPARED: dict[str, Any] = {"compare_type": True, "render_item": _render}


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at ``url`` to this release, or to an earlier one's ``revision``.

    Safe to run from several processes at once.
    """
    _run(url, lambda config: command.upgrade(config, revision))


def stamp_of(url: str) -> str | None:
    """The revision the database at ``url`` has; None if it is empty."""
    engine = open_engine(url)
    try:
        with transaction(engine, reading=True) as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def newest() -> str:
    """The revision this release needs."""
    head = ScriptDirectory(str(FOLDER)).get_current_head()
    assert head is not None
    return head


def differences(connection: Connection) -> list[Any]:
    """How the tables there differ from those this release declares; nothing after a migration."""
    return list(compare_metadata(MigrationContext.configure(connection, opts=COMPARED), metadata))


def draft(connection: Connection) -> str:
    """The statements that would remove those differences, to be read, corrected and put into a revision."""
    made = produce_migrations(MigrationContext.configure(connection, opts=COMPARED), metadata).upgrade_ops
    return render_python_code(made or UpgradeOps([]), render_item=_render)


def _run(url: str, step: Any) -> None:
    engine = open_engine(url, patient=True)
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    failure: StorageError | None = None
    try:
        with transaction(engine) as connection:
            if not is_sqlite(connection):
                connection.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
            config.attributes["connection"] = connection
            step(config)
    except CommandError:
        failure = StorageError(
            "This database was made by a newer release of Unbadged. Start that release, or restore the "
            "backup made before the upgrade."
        )
    finally:
        engine.dispose()
    if failure is not None:
        raise failure

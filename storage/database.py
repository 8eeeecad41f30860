"""The door to the database: how it is opened, and what one transaction is.

When something goes wrong in there, what comes out says what to do about it and never what somebody wrote.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Interval,
    create_engine,
    event,
    exc,
    func,
    literal,
)
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.pool import QueuePool

from storage.crashpoints import crashpoint

BUSY_SECONDS = 1.5  # half of the three seconds a chat platform waits: a busy database answers 5xx in time
MIGRATION_SECONDS = 30.0
POSTGRES_CONNECTIONS = 8
_POSTGRES_LIMITS = (
    "SET statement_timeout = 5000",
    "SET lock_timeout = 1500",
    "SET idle_in_transaction_session_timeout = 15000",
    "SET timezone = 'UTC'",
)


class StorageError(Exception):
    """The database could not do what was asked. Its text holds no value of any row."""


class BusyError(StorageError):
    """Somebody else holds what is needed; trying again later is right."""


class UnavailableError(StorageError):
    """The database cannot be reached or written at all."""


class RefusedError(StorageError):
    """A rule of the database says no. ``constraint`` names the rule."""

    def __init__(self, constraint: str) -> None:
        super().__init__(
            f"The database refused a change that would break its rule {constraint!r}; nothing was stored. "
            "The rules are in storage/schema.py, each with its reason."
        )
        self.constraint = constraint


def database_url(text: str) -> URL:
    """The address to connect to. Plain ``sqlite:///path`` and ``postgresql://…`` are all that is needed."""
    try:
        url = make_url(text)
    except exc.ArgumentError:
        url = None
    name = url.get_backend_name() if url is not None else ""
    if url is not None and name == "sqlite" and url.database:
        return url.set(drivername="sqlite")
    if url is not None and name in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    # The text itself may hold a password and is not repeated.
    raise StorageError(
        "A database address reads sqlite:///path/to/file or postgresql://user:password@host/name. "
        "Check DATABASE_URL and KEYS_URL."
    )


def open_engine(url: str, *, patient: bool = False) -> Engine:
    """An engine for ``url``, with the promises set that we make. ``patient`` waits longer: for migrations."""
    address = database_url(url)
    seconds = MIGRATION_SECONDS if patient else BUSY_SECONDS
    if address.get_backend_name() == "sqlite":
        engine = create_engine(
            address,
            poolclass=QueuePool,
            pool_size=1,  # one writer: more connections only wait for each other
            max_overflow=0,
            pool_timeout=seconds,
            hide_parameters=True,
            connect_args={"timeout": seconds, "check_same_thread": False},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(
            address,
            pool_size=POSTGRES_CONNECTIONS,
            max_overflow=0,
            pool_timeout=seconds,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": 2, "application_name": "unbadged"},
        )
        if not patient:
            event.listen(engine, "connect", _prepare_postgres)
    event.listen(engine, "handle_error", _without_values)
    return engine


@contextmanager
def transaction(engine: Engine, *, reading: bool = False) -> Iterator[Connection]:
    """Everything inside happens, or nothing does. ``reading`` promises not to write and holds nobody up."""
    try:
        with engine.connect() as connection:
            if reading:
                connection = connection.execution_options(reading=True)
            with connection.begin():
                yield connection
                crashpoint("before_commit")
            crashpoint("after_commit")
    except exc.TimeoutError:
        failure: StorageError = _busy()
    except exc.DBAPIError as error:
        failure = _named(error.orig)
    else:
        return
    raise failure


def clock_there(connection: Connection, seconds: float) -> ColumnElement[Any]:
    """The database's own time, some seconds on, in the form moments are stored in: replicas agree on it."""
    if is_sqlite(connection):
        return func.strftime("%Y-%m-%d %H:%M:%f", "now", f"{seconds:+.3f} seconds").concat("000")
    return func.clock_timestamp() + literal(timedelta(seconds=seconds), Interval)


def wipe(engine: Engine, tables: Iterable[str]) -> None:
    """Let go of the last traces of what was deleted: SQLite keeps them in its log, Postgres in dead rows.

    Nobody is kept waiting for it: what somebody else still reads stays until the next wipe.
    """
    connection = engine.raw_connection()
    try:
        if engine.dialect.name == "sqlite":
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            return
        connection.rollback()
        connection.driver_connection.autocommit = True  # type: ignore[union-attr]
        try:
            for name in tables:
                quoted = ".".join(f'"{part}"' for part in name.split("."))
                connection.cursor().execute(f"VACUUM {quoted}")
        finally:
            connection.driver_connection.autocommit = False  # type: ignore[union-attr]
    except engine.dialect.loaded_dbapi.Error:
        pass  # the rows are gone already; their traces go with the next wipe
    finally:
        connection.close()


def is_sqlite(connection: Connection) -> bool:
    """Whether this is the one-file engine."""
    return connection.dialect.name == "sqlite"


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN itself, see below
    _write_ahead(connection)
    for pragma in (
        "synchronous = FULL",  # NORMAL can lose an answer that was already acknowledged
        "foreign_keys = ON",
        "secure_delete = ON",  # what is deleted is overwritten
    ):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Any) -> None:
    """Switch a new file to its write-ahead log. SQLite itself does not wait for another that is doing so."""
    patience = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > patience:
                raise
        time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that begins by reading and then writes can fail half-way; one that begins as a writer
    # waits its turn at the door.
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _prepare_postgres(connection: Any, _record: object) -> None:
    before = connection.autocommit
    connection.autocommit = True
    for statement in _POSTGRES_LIMITS:
        connection.execute(statement)
    connection.autocommit = before


def _without_values(context: ExceptionContext) -> StorageError | None:
    """Replace the driver's error, which may quote a whole row, by one that names the remedy."""
    if context.is_pre_ping:
        return None  # the pool finds out by itself that a connection has gone, and opens another
    original = context.original_exception
    if not (hasattr(original, "sqlstate") or hasattr(original, "sqlite_errorname")):
        return None
    failure = _named(original)
    original.args = (type(original).__name__,)
    if hasattr(original, "_info"):
        original._info = None  # psycopg keeps the server's answer, detail included, for `diag`
    return failure


def _named(original: BaseException | None) -> StorageError:
    code = getattr(original, "sqlstate", None) or getattr(original, "sqlite_errorname", None) or ""
    text = str(original)
    if code.startswith("SQLITE_CONSTRAINT"):
        return RefusedError(
            text.partition("constraint failed: ")[2] or text
        )  # SQLite names columns here, never values
    if code.startswith("23"):
        return RefusedError(getattr(getattr(original, "diag", None), "constraint_name", None) or code)
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or code in ("40001", "40P01", "55P03", "57014"):
        return _busy()
    if code in ("42P01", "42703") or text.startswith(("no such table", "no such column")):
        return StorageError("The database is older than this program. Run `unbadged migrate`.")
    if not code or code.startswith(("08", "53", "57", "28", "3D", "25006")) or code.startswith("SQLITE_"):
        return UnavailableError(
            f"The database cannot be used ({code or 'no connection'}). Check that DATABASE_URL and KEYS_URL "
            "are right, that the server runs, and that the disk is writable and has room."
        )
    return StorageError(f"The database could not do that (code {code}). Its own log has the statement.")


def _busy() -> BusyError:
    return BusyError("The database is busy; nothing was stored. Try again in a moment.")

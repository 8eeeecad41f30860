"""The database and the key store of one installation, and how one organisation is worked with within one
transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, select

from storage import forgetting, schema
from storage.columns import metadata
from storage.database import open_engine, transaction, wipe
from storage.keys import KeyStore, default_keys_url
from storage.repository import Repository
from storage.scope import Scope
from storage.sealing import Sealer


class Store:
    """The database and the key store of one installation."""

    def __init__(self, database_url: str, keys_url: str | None, secret: str) -> None:
        self.engine: Engine = open_engine(database_url)
        self.keys = KeyStore(keys_url or default_keys_url(database_url), secret)

    @contextmanager
    def transaction(self, organisation_id: str) -> Iterator[Repository]:
        """A repository for one organisation; what is done through it is committed whole, or not at all."""
        with transaction(self.engine) as connection:
            repository = Repository(Scope(connection, organisation_id, self.sealer(organisation_id)))
            yield repository
        if repository.leaves_traces:
            self._wipe()

    @contextmanager
    def reading(self, organisation_id: str) -> Iterator[Repository]:
        """A repository to read with: it keeps nobody waiting, and writing through it may fail."""
        with transaction(self.engine, reading=True) as connection:
            yield Repository(Scope(connection, organisation_id, self.sealer(organisation_id)))

    def sealer(self, organisation_id: str) -> Sealer:
        """What seals and unseals the words of this organisation's people."""
        return Sealer(self.keys, organisation_id)

    def add_organisation(self, organisation_id: str, name: str, at: datetime) -> bool:
        """Add an organisation; False if it is there already."""
        with self.transaction(organisation_id) as repository:
            return repository.scope.insert_once(schema.organisation, name=name, created_at=at)

    def organisations(self) -> list[str]:
        """The ids of all organisations."""
        table = schema.organisation
        with transaction(self.engine, reading=True) as connection:
            return list(
                connection.execute(select(table.c.organisation_id).order_by(table.c.created_at)).scalars()
            )

    def finish_forgetting(self, at: datetime) -> int:
        """Finish what a power cut left of a *forget me*, and drop copies that are thirty days old."""
        done = 0
        for organisation_id in self.organisations():
            with self.transaction(organisation_id) as repository:
                done += forgetting.finish(repository.scope, at)
        if self.engine.dialect.name == "sqlite":
            forgetting.clear_copies(Path(self.engine.url.database or ""), at)
        self._wipe()
        return done

    def _wipe(self) -> None:
        wipe(self.engine, (name for name, table in metadata.tables.items() if "person_id" in table.c))

    def close(self) -> None:
        """Let go of every connection and every key in memory."""
        self.engine.dispose()
        self.keys.close()

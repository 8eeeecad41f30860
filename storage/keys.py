"""The keys that people's words are sealed with: one each, in a store of their own, apart from the words.

Destroying a key makes everything sealed with it unreadable at once, in every copy there is. Keys are wrapped
by the operator's secret, so that neither the key store nor the database says anything by itself.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets as dice
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import (
    Column,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    Text,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateSchema

from storage.database import StorageError, database_url, is_sqlite, open_engine, transaction, wipe

SECRET_LENGTH = 32
CACHED_SECONDS = 300.0  # so that a key destroyed by one process is soon gone from the memory of the others
ORGANISATION = ""  # the organisation's own key stands under no person

_metadata = MetaData(schema="keys")
_key = Table(
    "person_key",
    _metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("person_id", Text, primary_key=True),
    Column("wrapped", LargeBinary, nullable=True),
    Column("destroyed_at", DateTime(timezone=True), nullable=True),
)
# Keys of people who are to be forgotten while a legal hold forbids it. Nothing is unsealed with them.
_withheld = Table(
    "withheld_key",
    _metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("person_id", Text, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)


class PersonKey:
    """What seals and unseals one person's words, and makes the digests only they could have made."""

    def __init__(self, raw: bytes) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(raw))
        self._digest = hmac.digest(raw, b"unbadged digest", "sha256")

    def seal(self, text: str) -> str:
        """The text, unreadable without this key."""
        return self._fernet.encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str | None:
        """The text again; None if another key sealed it."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None

    def digest(self, text: str) -> str:
        """A mark that tells same from different and says nothing of the text."""
        return hmac.digest(self._digest, text.encode(), "sha256").hex()


class KeyStore:
    """Keys by organisation and person. Each call is a transaction of its own, never part of another."""

    def __init__(self, url: str, secret: str) -> None:
        self._wrapper = sealed_with(secret)
        self._engine = open_engine(url)
        if self._engine.dialect.name == "sqlite":
            self._engine = self._engine.execution_options(schema_translate_map={"keys": None})
        self._cache: dict[tuple[str, str], tuple[float, PersonKey]] = {}
        self._lock = threading.Lock()
        self._ready = False

    def ensure(self, organisation_id: str, person_id: str) -> PersonKey:
        """The person's key, made and committed now if there was none: before the first words are written."""
        key = self.find(organisation_id, person_id)
        if key is not None:
            return key
        wrapped = self._wrapper.encrypt(dice.token_bytes(32))
        with transaction(self._engine) as connection:
            make = sqlite.insert(_key) if is_sqlite(connection) else postgresql.insert(_key)
            row = {"organisation_id": organisation_id, "person_id": person_id, "wrapped": wrapped}
            connection.execute(make.values(**row).on_conflict_do_nothing())
        key = self.find(organisation_id, person_id)
        if key is None:
            raise StorageError("This person was forgotten; nothing more can be kept for them under this id.")
        return key

    def find(self, organisation_id: str, person_id: str) -> PersonKey | None:
        """The person's key; None if it was destroyed or never made."""
        held = self._cache.get((organisation_id, person_id))
        if held is not None and held[0] > time.monotonic():
            return held[1]
        wrapped = self.wrapped(organisation_id, person_id)
        if wrapped is None:
            return None
        key = PersonKey(self._unwrap(wrapped))
        with self._lock:
            self._cache[organisation_id, person_id] = (time.monotonic() + CACHED_SECONDS, key)
        return key

    def wrapped(self, organisation_id: str, person_id: str) -> bytes | None:
        """The key as it is stored, which opens nothing without the secret."""
        self._prepare()
        where = (_key.c.organisation_id == organisation_id, _key.c.person_id == person_id)
        with transaction(self._engine, reading=True) as connection:
            found = connection.execute(select(_key.c.wrapped).where(*where)).scalar_one_or_none()
        return None if found is None else bytes(found)

    def destroy(self, organisation_id: str, person_id: str) -> None:
        """Destroy the key for good. It is never made again under this id, and no copy stays in the store."""
        self._end(organisation_id, person_id, withheld=False)

    def withhold(self, organisation_id: str, person_id: str) -> None:
        """Put the key where nothing is unsealed with it, until it may be destroyed."""
        self._end(organisation_id, person_id, withheld=True)

    def _end(self, organisation_id: str, person_id: str, *, withheld: bool) -> None:
        self._prepare()
        row = {"organisation_id": organisation_id, "person_id": person_id}
        ended = {"wrapped": None, "destroyed_at": datetime.now(UTC)}
        with transaction(self._engine) as connection:
            make = sqlite.insert if is_sqlite(connection) else postgresql.insert
            if withheld:
                wrapped = connection.execute(select(_key.c.wrapped).filter_by(**row)).scalar_one_or_none()
                if wrapped is None:
                    return  # withheld before, or there never was one
                connection.execute(make(_withheld).values(**row, wrapped=wrapped).on_conflict_do_nothing())
            else:
                connection.execute(delete(_withheld).filter_by(**row))
            again = make(_key).values(**row, **ended)
            connection.execute(
                again.on_conflict_do_update(index_elements=["organisation_id", "person_id"], set_=ended)
            )
        with self._lock:
            self._cache.pop((organisation_id, person_id), None)
        wipe(self._engine, _TABLES)

    def destroyed(self, organisation_id: str) -> set[str]:
        """Everyone whose key is gone."""
        self._prepare()
        where = (_key.c.organisation_id == organisation_id, _key.c.wrapped.is_(None))
        with transaction(self._engine, reading=True) as connection:
            return set(connection.execute(select(_key.c.person_id).where(*where)).scalars())

    def rewrap(self) -> int:
        """Wrap every key with the first of the secrets; after that the former ones can be taken away."""
        self._prepare()
        done = 0
        with transaction(self._engine) as connection:
            for table in (_key, _withheld):
                there = select(table).where(table.c.wrapped.is_not(None)).with_for_update()
                for row in connection.execute(there).all():
                    wrapped = self._wrapper.encrypt(self._unwrap(row.wrapped))
                    whose = {"organisation_id": row.organisation_id, "person_id": row.person_id}
                    connection.execute(update(table).filter_by(**whose).values(wrapped=wrapped))
                    done += 1
        wipe(self._engine, _TABLES)
        return done

    def close(self) -> None:
        """Let go of the connections and of every key in memory."""
        with self._lock:
            self._cache.clear()
        self._engine.dispose()

    def _prepare(self) -> None:
        if self._ready:
            return
        with transaction(self._engine) as connection:
            if not is_sqlite(connection):
                connection.execute(
                    select(func.pg_advisory_xact_lock(_LOCK))
                )  # two replicas may start at once
                connection.execute(CreateSchema("keys", if_not_exists=True))
            _metadata.create_all(connection)
        self._ready = True

    def _unwrap(self, wrapped: bytes) -> bytes:
        try:
            return self._wrapper.decrypt(wrapped)
        except InvalidToken:
            pass
        raise StorageError(
            "UNBADGED_SECRET_KEY does not open the keys. If it was changed, put the former secret behind the "
            "new one, separated by a comma, and start again: the new one then wraps every key."
        )


_LOCK = 0x756E62  # any number of ours
_TABLES = ("keys.person_key", "keys.withheld_key")


def default_keys_url(url: str) -> str:
    """Where keys live if nothing is said: beside the SQLite file, or in the schema `keys` of Postgres."""
    address = database_url(url)
    if address.get_backend_name() != "sqlite":
        return url
    beside = Path(address.database or "").with_name("keys.db")
    if beside == Path(address.database or ""):
        raise StorageError("The key store must not be the database itself: name another file in KEYS_URL.")
    return f"sqlite:///{beside}"


def sealed_with(secret: str, purpose: str = "wrapping key") -> MultiFernet:
    """What seals with the first of the operator's secrets and opens with any; another one for each purpose.

    StorageError if one of them is too short.
    """
    parts = [part.strip() for part in secret.split(",") if part.strip()]
    if not parts or min(len(part) for part in parts) < SECRET_LENGTH:
        raise StorageError(
            f"UNBADGED_SECRET_KEY must be {SECRET_LENGTH} characters or more. Make one with: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    return MultiFernet([Fernet(_derived(part, purpose)) for part in parts])


def _derived(secret: str, purpose: str) -> bytes:
    whole = f"unbadged {purpose}|{secret}"
    return base64.urlsafe_b64encode(hashlib.sha256(whole.encode()).digest())

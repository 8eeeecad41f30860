"""What the tests of the store share: where a store lives, and a manager to keep things for."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from coaching import facts
from coaching.guardrail_pack import Guardrails
from storage.migrate import migrate
from storage.people import Person, Programme
from storage.repository import Repository
from storage.store import Store
from tests import postgres

SECRET = "a-secret-for-these-tests-and-no-others"
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ENGINES = ("sqlite", "postgres")


@dataclass(frozen=True)
class Place:
    """Where a store under test lives."""

    engine: str
    url: str
    folder: Path

    def open(self, secret: str = SECRET) -> Store:
        return Store(self.url, None, secret)


@lru_cache(maxsize=1)
def _migrated_file() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="unbadged-sqlite-"))
    atexit.register(shutil.rmtree, folder)
    migrate(f"sqlite:///{folder}/unbadged.db")
    return folder / "unbadged.db"


@contextmanager
def a_place(engine: str, folder: Path, *, migrated: bool) -> Iterator[Place]:
    if engine == "sqlite":
        url = f"sqlite:///{folder}/unbadged.db"
        if migrated:
            shutil.copy(_migrated_file(), folder / "unbadged.db")
        yield Place(engine, url, folder)
    else:
        with postgres.migrated_database() if migrated else postgres.empty_database() as url:
            yield Place(engine, url, folder)


def furnish(store: Store, organisation_id: str) -> None:
    """An organisation with one programme."""
    store.add_organisation(organisation_id, "An organisation", NOW)
    with store.transaction(organisation_id) as repository:
        repository.add_programme(Programme("autumn", "Autumn", date(2026, 11, 23)))


def a_manager(repository: Repository, email: str | None = "aiko@example.com", **changes: Any) -> Person:
    whole: dict[str, Any] = {
        "programme_id": "autumn",
        "name": "Aiko Mori",
        "email": email,
        "market": "JP",
        "function": "sales",
        "zone": "Asia/Tokyo",
        "language": "ja",
    }
    return repository.add_person(Person(**{**whole, **changes}))


def rails(version: int = 1, market: str = "JP") -> Guardrails:
    return Guardrails(
        market,
        version,
        "Ken Ito",
        "ken@example.com",
        date(2026, 11, 1),
        date(2027, 5, 1),
        ("published prices",),
        ("client names",),
        (("assistant", "The Assistant"),),
        (("client", "Yuki"),),
        ("Ken Ito", "+81 3 0000"),
        ("Mio Abe", "+81 3 0001"),
    )


def confirmation(version: int = 1, workflow: int = 1, market: str = "JP") -> facts.Confirmation:
    return facts.Confirmation(
        workflow, market, version, "The Assistant", "client", "Yuki", NOW, NOW + timedelta(days=30)
    )


def assignment(**changes: Any) -> facts.Assignment:
    whole: dict[str, Any] = {
        "workflow": 1,
        "week": 1,
        "theme": 1,
        "state": "active",
        "ai_part": "draft",
        "item": "the Osaka quote",
        "good": "no number wrong",
        "stop_if": "a client name shows",
        "due": date(2026, 11, 27),
        "market": "JP",
        "version": 1,
        "fresh_until": NOW + timedelta(days=30),
        "activated_at": NOW,
    }
    return facts.Assignment(**{**whole, **changes})


def talk(repository: Repository, person_id: str, kind: str = "start", ordinal: int = 1) -> str:
    return repository.open_conversation(person_id, kind, ordinal, NOW, '{"opening": 1}').id

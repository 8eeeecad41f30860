"""Short ways to queue and claim, for the tests of the queue."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from storage import queue, schema
from storage.people import Person
from storage.queue import Job
from storage.repository import Repository
from storage.store import Store
from tests.storage.scenes import NOW

SOON = NOW + timedelta(minutes=5)
LATER = NOW + timedelta(hours=3)


def add(store: Store, person: Person, name: str, organisation_id: str = "org", **changes: Any) -> bool:
    with store.transaction(organisation_id) as repository:
        return queued(repository, person, name, **changes)


def queued(repository: Repository, person: Person, name: str, **changes: Any) -> bool:
    whole: dict[str, Any] = {"person_id": person.id, "kind": "say", "name": name, "asking": 1, "due_at": NOW}
    return queue.add(repository, **{**whole, **changes})


def claim(
    store: Store, now: Any = NOW, owner: str = "one", seconds: float = 60, limit: int = 10
) -> list[Job]:
    return queue.claim(store, owner, now, seconds, limit)


def names(jobs: list[Job]) -> list[str]:
    return [job.name for job in jobs]


def states(store: Store, person: Person) -> dict[str, tuple[str, str | None]]:
    with store.reading("org") as repository:
        rows = repository.scope.rows(schema.job, schema.job.c.person_id == person.id)
    return {row["name"]: (row["state"], row["reason"]) for row in rows}

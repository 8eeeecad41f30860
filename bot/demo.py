"""The demo organisation of the playground: three managers in three markets, one of them without guardrails.

Everyone in it is invented. Nobody is alerted by it.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.listening import Listener
from coaching.guardrail_pack import Guardrails
from storage.people import Person, Programme, SafetyContact
from storage.repository import Repository
from storage.store import Store

ORGANISATION = "demo"
PROGRAMME = "autumn"
BEGINS = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # a Tuesday, ten in the morning in Singapore
CHANNEL = "playground"
PEOPLE = "demo_people"  # the setting that remembers who was made
PACKS = Path(__file__).parent.parent / "prompts" / "markets"
COACH = Person(
    PROGRAMME, "Mei Tan", "mei.tan@example.com", "SG", "operations", "Asia/Singapore", "en", roles=("coach",)
)
OWNER = Person(
    PROGRAMME,
    "Ratna Dewi",
    "ratna.dewi@example.com",
    "ID",
    "legal",
    "Asia/Jakarta",
    "en",
    roles=("guardrail_owner",),
)
MANAGERS = (
    Person(PROGRAMME, "Dana Lim", "dana.lim@example.com", "SG", "sales", "Asia/Singapore", "en"),
    Person(PROGRAMME, "田中 恵", "megumi.tanaka@example.com", "JP", "finance", "Asia/Tokyo", "ja"),
    Person(PROGRAMME, "Budi Santoso", "budi.santoso@example.com", "ID", "operations", "Asia/Jakarta", "en"),
)


def pack(market: str) -> Guardrails:
    """The demo guardrails of a market, as an owner would publish them."""
    data = tomllib.loads((PACKS / f"{market.lower()}.toml").read_text(encoding="utf-8"))
    return Guardrails(**{name: _frozen(value) for name, value in data.items()})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value


def set_up(store: Store, listener: Listener, now: datetime) -> tuple[str, ...]:
    """Make the demo organisation once, and invite its managers; their ids in order."""
    store.add_organisation(ORGANISATION, "Example Pte Ltd", now)
    with store.transaction(ORGANISATION) as repo:
        made = repo.setting(PEOPLE)  # made once: what somebody changed about themselves since is theirs
        ids = tuple(made.split()) if made else _make(repo, now)
        repo.set_setting(PEOPLE, " ".join(ids))
    for each in ids:
        listener.invite(ORGANISATION, each)
    return ids


def _make(repo: Repository, now: datetime) -> tuple[str, ...]:
    repo.add_programme(
        Programme(
            PROGRAMME,
            "Autumn",
            date(2026, 11, 23),
            sponsor_name="Irene Goh",
            sponsor_text="Up to 60 minutes of work time a week is yours for this. "
            "If you kept to the four rails and something goes wrong, it is ours to fix.",
            sponsor_said_on=date(2026, 11, 20),
        )
    )
    for market in ("SG", "JP", "ID"):
        repo.set_safety_contact(
            SafetyContact(PROGRAMME, market, "Mei Tan", "Irene Goh", "", "", "Asha Rao (ombudsperson)")
        )
    coach = repo.add_person(COACH)
    repo.add_person(OWNER)
    added = [repo.add_person(_with_coach(person, coach.id)) for person in MANAGERS]
    for person in added:
        repo.link(person.id, CHANNEL, person.id)
    for market in ("SG", "JP"):
        if not repo.guardrail_versions(market):
            repo.publish_guardrails(pack(market), now)
    return tuple(person.id for person in added)


def _with_coach(person: Person, coach_id: str) -> Person:
    return replace(person, coach_id=coach_id)

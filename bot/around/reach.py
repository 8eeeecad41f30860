"""Who among the people of an organisation can be written to, and which of them a contact's line means.

A contact is a line of text ("Ombuds office, 6555 0199"). It can be written to only if the programme's file
names their e-mail, or it begins with the name of exactly one person here who has an account; otherwise its
number is shown, and the manager is told so.
"""

from __future__ import annotations

from storage.people import Person, SafetyContact, Status
from storage.repository import Repository


def channel_of(repo: Repository, person_id: str | None) -> str | None:
    """Where a person can be written to; None if nowhere."""
    channels = repo.channels(person_id) if person_id else []
    return channels[0] if channels else None


def is_reached(repo: Repository, person: Person | None) -> bool:
    """Whether somebody is there who can be written to."""
    return person is not None and channel_of(repo, person.id) is not None


def account_of(repo: Repository, contact: str, *, but: str = "") -> Person | None:
    """The one person with an account whose name ``contact`` begins with; ``but`` is not it."""
    said = contact.strip().casefold()
    if not said:
        return None
    named = [
        each
        for each in repo.people()
        if each.status is not Status.FORGOTTEN
        and each.id != but
        and each.name
        and _begins(said, each.name.strip().casefold())
    ]
    longest = max((len(each.name) for each in named), default=0)
    found = [each for each in named if len(each.name) == longest]
    return found[0] if len(found) == 1 and channel_of(repo, found[0].id) else None


def on_call(repo: Repository, contact: SafetyContact) -> tuple[str | None, str | None]:
    """On-call and backup as people with ids: as they were set, by e-mail, else whoever bears the name."""
    return (
        contact.on_call_person or _named(repo, contact.on_call_digest, contact.on_call),
        contact.backup_person or _named(repo, contact.backup_digest, contact.backup),
    )


def coach_of(repo: Repository, person: Person) -> Person | None:
    """The manager's coach, if they are still there."""
    coach = repo.person(person.coach_id) if person.coach_id else None
    return coach if coach is not None and coach.status is not Status.FORGOTTEN else None


def owner_of(repo: Repository, market: str) -> Person | None:
    """Who owns a market's guardrails, as a person of the roster: by the latest version, else by role."""
    versions = repo.guardrail_versions(market)
    if versions:
        latest = versions[-1]
        return repo.person_by_email(latest.owner_contact) or account_of(repo, latest.owner)
    owners = [each for each in repo.people() if each.market == market and "guardrail_owner" in each.roles]
    return owners[0] if owners else None


def sponsor_of(repo: Repository, person: Person) -> Person | None:
    """Whom a question about permission goes to: the sponsor of the manager's programme, with an account."""
    name = repo.programme(person).sponsor_name
    return account_of(repo, name, but=person.id) if name else None


def _named(repo: Repository, digest: str | None, name: str) -> str | None:
    """Who has this e-mail by now; until somebody has, or where none was given, whoever bears the name."""
    found = (repo.person_by_digest(digest) if digest else None) or account_of(repo, name)
    return found.id if found is not None else None


def _begins(said: str, name: str) -> bool:
    return said.startswith(name) and not said[len(name) : len(name) + 1].isalpha()

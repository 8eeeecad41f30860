"""Who takes part, how they are reached, and who may be called when somebody is in danger.

A person is found by a digest of their e-mail or of the id a platform gives them; both are otherwise sealed.
"""

from __future__ import annotations

import dataclasses
import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from storage import schema
from storage.scope import Row, Scope


class Status(StrEnum):
    """Where a person stands in the programme."""

    INVITED = "invited"
    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"
    DORMANT = "dormant"
    HELD = "held"  # nothing unasked until they ask for it; after danger not before a person has it either
    FORGOTTEN = "forgotten"


@dataclass(frozen=True)
class Person:
    """One row of the roster. ``id`` is drawn when it is added; ``working_days`` are digits, Monday is 0.

    ``absences`` are the first and last days on which nothing is sent; no reason is kept. ``profile_zone`` is
    set where they said themselves where they are: then ``zone`` is theirs, and this what others say.
    ``without_model``: they want no model to be asked in their talks.
    """

    programme_id: str
    name: str
    email: str | None
    market: str
    function: str
    zone: str
    language: str
    working_days: str = "01234"
    roles: tuple[str, ...] = ("manager",)
    subdivision: str | None = None
    coach_id: str | None = None
    status: Status = Status.INVITED
    paused_until: datetime | None = None
    added_at: datetime | None = None
    absences: tuple[tuple[date, date], ...] = ()
    profile_zone: str | None = None
    without_model: bool = False
    id: str = ""


@dataclass(frozen=True)
class Programme:
    """A group of managers and their rhythm, with the sponsor's own sentence if there is one."""

    id: str
    name: str
    starts_on: date
    weekly_minutes: int = 5
    sponsor_name: str | None = None
    sponsor_text: str | None = None
    sponsor_said_on: date | None = None


@dataclass(frozen=True)
class SafetyContact:
    """Who is called in one market of a programme. ``…_person`` is their id, if they take part too;
    ``…_digest`` finds them by the e-mail they were named with, as of ``email_digest``.
    """

    programme_id: str
    market: str
    on_call: str
    backup: str
    emergency_number: str
    helpline: str
    independent_contact: str
    confirmed: bool = False
    on_call_person: str | None = None
    backup_person: str | None = None
    on_call_digest: str | None = None
    backup_digest: str | None = None


_OF_THE_ROSTER = (
    "programme_id", "name", "market", "subdivision", "function", "zone", "language", "working_days", "roles",
    "coach_id",
)  # fmt: skip


def add_programme(scope: Scope, programme: Programme) -> None:
    """Add a programme, or change the one with this id."""
    values = dataclasses.asdict(programme)
    if not scope.insert_once(schema.programme, **values):
        scope.update(schema.programme, values, schema.programme.c.id == programme.id)


def programmes(scope: Scope) -> list[Programme]:
    """All programmes of the organisation, the first to start first."""
    table = schema.programme
    return [_made(Programme, row) for row in scope.rows(table, order=(table.c.starts_on, table.c.id))]


def set_safety_contact(scope: Scope, contact: SafetyContact) -> None:
    """Say who is called in a market of a programme."""
    table, values = schema.safety_contact, dataclasses.asdict(contact)
    if not scope.insert_once(table, **values):
        scope.update(
            table, values, table.c.programme_id == contact.programme_id, table.c.market == contact.market
        )


def safety_contact(scope: Scope, market: str, programme_id: str | None) -> SafetyContact | None:
    """Who is called in this market; without a programme the confirmed ones come first."""
    table = schema.safety_contact
    where = [table.c.market == market]
    if programme_id is not None:
        where.append(table.c.programme_id == programme_id)
    found = scope.rows(table, *where, order=(table.c.confirmed.desc(), table.c.programme_id))
    return _made(SafetyContact, found[0]) if found else None


def add_person(scope: Scope, person: Person) -> Person:
    """Add a person. With an e-mail that is known, the roster's part of that person is brought up to date."""
    digest = _email_digest(scope, person.email)
    table = schema.person
    if digest is not None:
        known = scope.row(table, table.c.email_digest == digest, lock=True)
        if known is not None:
            told = {f: getattr(person, f) for f in _OF_THE_ROSTER}
            if known["profile_zone"] is not None:
                told["profile_zone"] = told.pop("zone")
            return update_person(scope, known["id"], told)
    added = replace(person, id=person.id or secrets.token_hex(12))
    scope.insert(table, id=added.id, email_digest=digest, **_row(scope, added.id, dataclasses.asdict(added)))
    return added


def update_person(scope: Scope, person_id: str, changes: dict[str, Any]) -> Person:
    """Change what is kept of a person."""
    known = {field.name for field in dataclasses.fields(Person)} - {"id"}
    if not changes.keys() <= known:
        raise TypeError(f"A person has no {', '.join(sorted(changes.keys() - known))}; see Person.")
    values = _row(scope, person_id, changes)
    if "email" in changes:
        values["email_digest"] = _email_digest(scope, changes["email"])
    if values and not scope.update(schema.person, values, schema.person.c.id == person_id):
        raise LookupError("There is no such person in this organisation.")
    found = person_by_id(scope, person_id)
    assert found is not None
    return found


def choose_zone(scope: Scope, person_id: str, zone: str) -> Person:
    """The person says themselves where they are; what their profile says is kept beside it."""
    person = _there(scope, person_id)
    beside = person.zone if person.profile_zone is None else person.profile_zone
    return update_person(scope, person_id, {"zone": zone, "profile_zone": beside})


def follow_profile(scope: Scope, person_id: str) -> Person:
    """The person goes by their profile's zone again."""
    person = _there(scope, person_id)
    if person.profile_zone is None:
        return person
    return update_person(scope, person_id, {"zone": person.profile_zone, "profile_zone": None})


def heard_zone(scope: Scope, person_id: str, zone: str) -> bool:
    """A profile says where somebody is. Whether that moves them: not if they named a zone themselves."""
    person = _there(scope, person_id)
    of = "zone" if person.profile_zone is None else "profile_zone"
    if getattr(person, of) != zone:
        update_person(scope, person_id, {of: zone})
    return of == "zone" and person.zone != zone


def _there(scope: Scope, person_id: str) -> Person:
    person = person_by_id(scope, person_id)
    if person is None:
        raise LookupError("There is no such person in this organisation.")
    return person


def person_by_id(scope: Scope, person_id: str) -> Person | None:
    """One person."""
    row = scope.row(schema.person, schema.person.c.id == person_id)
    return None if row is None else _person(scope, row)


def person_by_email(scope: Scope, email: str) -> Person | None:
    """Whose e-mail this is, in whatever case it is written."""
    return person_by_digest(scope, email_digest(scope, email))


def person_by_digest(scope: Scope, digest: str) -> Person | None:
    """Whose e-mail has this digest."""
    row = scope.row(schema.person, schema.person.c.email_digest == digest)
    return None if row is None else _person(scope, row)


def email_digest(scope: Scope, email: str) -> str:
    """What an e-mail is found by, in whatever case it is written."""
    return scope.sealer.digest(f"email|{email.strip().casefold()}")


def all_people(scope: Scope) -> list[Person]:
    """Everyone of the organisation."""
    return [_person(scope, row) for row in scope.rows(schema.person, order=(schema.person.c.id,))]


def lock(scope: Scope, person_id: str) -> None:
    """Nobody else does anything for this person until the transaction ends."""
    if scope.row(schema.person, schema.person.c.id == person_id, lock=True) is None:
        raise LookupError("There is no such person in this organisation.")


def link(scope: Scope, person_id: str, channel: str, platform_id: str, reference: str | None) -> None:
    """Remember a person's id in a channel, and the ``reference`` the channel needs to write to them.

    An id belongs to one person: linking it anew moves it, and a person's former id in that channel is let go.
    """
    table, digest = schema.address, _platform_digest(scope, channel, platform_id)
    scope.delete(
        table,
        table.c.channel == channel,
        (table.c.digest == digest) | (table.c.person_id == person_id),
    )
    scope.insert(
        table,
        channel=channel,
        digest=digest,
        person_id=person_id,
        platform_id=scope.sealer.seal(person_id, platform_id),
        reference=None if reference is None else scope.sealer.seal(person_id, reference),
    )


def person_at(scope: Scope, channel: str, platform_id: str) -> Person | None:
    """Whom the channel means by this id."""
    table = schema.address
    digest = _platform_digest(scope, channel, platform_id)
    row = scope.row(table, table.c.channel == channel, table.c.digest == digest)
    return None if row is None else person_by_id(scope, row["person_id"])


def address(scope: Scope, person_id: str, channel: str) -> tuple[str, str | None] | None:
    """The person's id in a channel, and the reference kept with it."""
    table = schema.address
    row = scope.row(table, table.c.channel == channel, table.c.person_id == person_id)
    platform_id = None if row is None else scope.sealer.unseal(person_id, row["platform_id"])
    if row is None or platform_id is None:
        return None
    return platform_id, scope.sealer.unseal(person_id, row["reference"])


def channels(scope: Scope, person_id: str) -> list[str]:
    """Where the person can be reached."""
    table = schema.address
    alive = table.c.person_id == person_id, table.c.ended_at.is_(None)
    return [row["channel"] for row in scope.rows(table, *alive, order=(table.c.channel,))]


def _person(scope: Scope, row: Row) -> Person:
    opened = {each: scope.sealer.unseal(row["id"], row[each]) for each in ("name", "email")}
    kept = {**row, **opened, "name": opened["name"] or "", "roles": tuple(row["roles"])}
    kept["absences"] = tuple(
        (date.fromisoformat(first), date.fromisoformat(last)) for first, last in row["absences"]
    )
    made: Person = _made(Person, kept)
    # Where a forgetting was cut short the key is gone and the row is not: nobody is there any more.
    is_gone = row["name"] is not None and opened["name"] is None
    return replace(made, status=Status.FORGOTTEN if is_gone else Status(row["status"]))


def _row(scope: Scope, person_id: str, values: dict[str, Any]) -> dict[str, Any]:
    row = {name: value for name, value in values.items() if name != "id"}
    if "roles" in row:
        row["roles"] = list(row["roles"])
    if "absences" in row:
        row["absences"] = [[first.isoformat(), last.isoformat()] for first, last in row["absences"]]
    for sealed in ("name", "email"):
        if row.get(sealed) is not None:
            row[sealed] = scope.sealer.seal(person_id, row[sealed])
    return row


def _email_digest(scope: Scope, email: str | None) -> str | None:
    return None if email is None else email_digest(scope, email)


def _platform_digest(scope: Scope, channel: str, platform_id: str) -> str:
    return scope.sealer.digest(f"platform|{channel}|{platform_id}")


def _made(kind: Any, row: Row) -> Any:
    return kind(**{field.name: row[field.name] for field in dataclasses.fields(kind)})

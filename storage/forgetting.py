"""How things end: words fade while facts stay, and *forget me* ends everything of a person at once.

The key goes first and by itself. Should the power fail right after, what is left is unreadable already, and
the rest is done when the program starts again. Where a court or a regulator forbids deleting, the words are
closed to everyone instead, and go when the hold ends. No workflow is shared between managers in this version,
so no reading outlives the one who gave it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import and_, or_, select

from storage import (  # noqa: F401 - they fill the list of tables
    care_tables,
    fact_tables,
    model_calls,
    schema,
    slack_files,
)
from storage.care_tables import WITH_BACKUP, WITH_OPERATOR, WITH_OWNER
from storage.columns import Retention, metadata
from storage.crashpoints import crashpoint
from storage.people import Status
from storage.scope import Scope

INBOUND_KEPT = timedelta(days=30)
COPIES_KEPT = timedelta(days=30)  # copies made before an upgrade, like every backup
COPY_MARK = ".before-"
_STAMP = "%Y%m%dT%H%M%S"

_person = schema.person


class Forgotten(StrEnum):
    """What *forget me* came to."""

    GONE = "gone"
    WITHHELD = "withheld"  # closed to everyone, and deleted when the hold ends


@dataclass(frozen=True)
class Hold:
    """A court or a regulator forbids deleting. ``is_told``: whether the person may know."""

    since: datetime
    is_told: bool


def forget(scope: Scope, person_id: str, at: datetime) -> Forgotten:
    """Destroy the person's key, then every row of theirs. What stays is an id that means nobody."""
    if hold_on(scope, person_id) is not None:
        _withhold(scope, person_id, at)
        return Forgotten.WITHHELD
    scope.sealer.keys.destroy(scope.organisation_id, person_id)
    crashpoint("key_destroyed")
    _remove(scope, person_id, at)
    return Forgotten.GONE


def finish(scope: Scope, at: datetime) -> int:
    """Finish what was cut short: remove whoever's key is gone but whose rows are not. How many there were."""
    left = scope.rows(_person, _person.c.status != Status.FORGOTTEN)
    destroyed = scope.sealer.keys.destroyed(scope.organisation_id)
    gone = [row for row in left if row["id"] in destroyed]
    for row in gone:
        if row["held_since"] is not None:
            _withhold(scope, row["id"], at)
        else:
            _remove(scope, row["id"], at)
    return len(gone)


def hold(scope: Scope, person_id: str, at: datetime, *, told: bool) -> None:
    """Forbid deleting anything of a person until ``release``. ``told``: whether the person may know."""
    scope.update(_person, {"held_since": at, "hold_is_told": told}, _person.c.id == person_id)
    audit(scope, "held", at)


def release(scope: Scope, person_id: str, at: datetime) -> bool:
    """End a hold. Whoever wished to be forgotten meanwhile is forgotten now; whether that was so."""
    row = scope.row(_person, _person.c.id == person_id, lock=True)
    if row is None or row["held_since"] is None:
        return False
    scope.update(_person, {"held_since": None, "hold_is_told": None}, _person.c.id == person_id)
    audit(scope, "released", at)
    if row["status"] != Status.FORGOTTEN:
        return False
    forget(scope, person_id, at)
    return True


def hold_on(scope: Scope, person_id: str) -> Hold | None:
    """The hold that forbids deleting; None if there is none."""
    row = scope.row(_person, _person.c.id == person_id)
    return Hold(row["held_since"], row["hold_is_told"]) if row is not None and row["held_since"] else None


def fade(scope: Scope, person_id: str, before: datetime, at: datetime) -> None:
    """Let the person's words from before a moment go. Facts stay; conversations that old are closed first."""
    if hold_on(scope, person_id) is not None:
        return
    talk = schema.conversation
    _close(scope, at, "faded", talk.c.person_id == person_id, talk.c.opened_at < before)
    for table in metadata.sorted_tables:
        if table.info["retention"] not in (Retention.WITH_WORDS, Retention.UNTIL_SENT):
            continue
        sealed = [column.name for column in table.c if column.info["kept"] == "words"]
        if sealed:
            when = table.c[table.info["since"]] < before
            scope.update(table, dict.fromkeys(sealed), table.c.person_id == person_id, when)


def audit(scope: Scope, action: str, at: datetime) -> str:
    """Note that something was done, under a subject that leads to nobody; the subject."""
    subject = secrets.token_hex(12)
    scope.insert(schema.audit, id=secrets.token_hex(12), subject=subject, at=at, action=action)
    return subject


def clear_inbound(scope: Scope, at: datetime) -> int:
    """Drop the marks of messages nobody delivers a second time any more."""
    return scope.delete(schema.inbound, schema.inbound.c.at < at - INBOUND_KEPT)


def clear_copies(database: Path, at: datetime) -> int:
    """Delete the copies of a database that upgrades made more than thirty days ago; how many."""
    gone = 0
    for copy in database.parent.glob(f"{database.name}{COPY_MARK}*"):
        try:
            made = datetime.strptime(copy.name.rpartition("-")[2], _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue  # not one of ours
        if made < at - COPIES_KEPT:
            copy.unlink(missing_ok=True)
            gone += 1
    return gone


def _close(scope: Scope, at: datetime, how: str, *which: Any) -> None:
    talk = schema.conversation
    closed = {
        "closed_at": at,
        "how_closed": how,
        "shown_name": None,
        "shown_asking": None,
        "shown_digest": None,
    }
    scope.update(talk, closed, *which, talk.c.closed_at.is_(None))


def _withhold(scope: Scope, person_id: str, at: datetime) -> None:
    """Nothing is deleted and nothing can be read: the key is put away, and the service falls silent."""
    scope.sealer.keys.withhold(scope.organisation_id, person_id)
    _close(scope, at, "forgotten", schema.conversation.c.person_id == person_id)
    job = schema.job
    dropped = {"state": "dropped", "reason": "forgotten", "finished_at": at}
    scope.update(job, dropped, job.c.person_id == person_id, job.c.state.in_(("ready", "sending")))
    # The digest only serves to find somebody by e-mail: who is to be forgotten is not found any more.
    _leave_the_contacts(scope, person_id)
    _pass_on(scope, person_id)
    ended = {"status": Status.FORGOTTEN, "email_digest": None}
    scope.update(_person, ended, _person.c.id == person_id)
    audit(scope, "withheld", at)


def _pass_on(scope: Scope, person_id: str) -> None:
    """What somebody had in their care is the operator's from now on: nobody would come back to it."""
    care, asked = care_tables.care, care_tables.owner_question
    theirs = or_(
        and_(care.c.owner_id == person_id, care.c.passed_on == WITH_OWNER),
        and_(care.c.backup_id == person_id, care.c.passed_on == WITH_BACKUP),
    )
    scope.update(care, {"passed_on": WITH_OPERATOR}, care.c.acknowledged_at.is_(None), theirs)
    open_ones = asked.c.owner_id == person_id, asked.c.answered_at.is_(None)
    scope.update(asked, {"passed_on": WITH_OPERATOR}, *open_ones)


def _remove(scope: Scope, person_id: str, at: datetime) -> None:
    _close(scope, at, "forgotten", schema.conversation.c.person_id == person_id)
    talk, seen = schema.conversation.c, schema.inbound.c
    theirs = select(talk.id).where(talk.organisation_id == scope.organisation_id, talk.person_id == person_id)
    scope.delete(schema.inbound, seen.conversation_id.in_(theirs))
    slack_files.let_go_of(scope, person_id)  # they lie elsewhere: which ones is known until they are deleted
    for table in reversed(metadata.sorted_tables):
        if "person_id" in table.c:
            scope.delete(table, table.c.person_id == person_id)
    _leave_the_contacts(scope, person_id)
    contact = schema.safety_contact
    named = (_person.c.coach_id, contact.c.on_call_person, contact.c.backup_person)
    cares, asked = care_tables.care.c, care_tables.owner_question.c
    _pass_on(scope, person_id)
    for column in (*named, cares.owner_id, cares.backup_id, cares.acknowledged_by, asked.owner_id):
        scope.update(column.table, {column.name: None}, column == person_id)
    # Zone, language and week are the same for everyone who is gone: a clock can still be asked about them.
    blank: dict[str, Any] = {
        "name": None, "email": None, "email_digest": None, "status": Status.FORGOTTEN, "paused_until": None,
        "subdivision": None, "coach_id": None, "function": "", "roles": [], "added_at": None, "market": "",
        "zone": "UTC", "profile_zone": None, "language": "en", "working_days": "01234", "held_since": None,
        "hold_is_told": None, "without_model": False,
    }  # fmt: skip
    scope.update(_person, blank, _person.c.id == person_id)
    audit(scope, "forgotten", at)


def _leave_the_contacts(scope: Scope, person_id: str) -> None:
    """Their e-mail's digest is kept with no market's contacts either."""
    person, contact = scope.row(_person, _person.c.id == person_id), schema.safety_contact.c
    digest = None if person is None else person["email_digest"]
    for column in (contact.on_call_digest, contact.backup_digest) if digest else ():
        scope.update(column.table, {column.name: None}, column == digest)

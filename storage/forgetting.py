"""How things end: words fade while facts stay, and *forget me* ends everything of a person at once.

The key goes first and by itself. Should the power fail right after, what is left is unreadable already, and
the rest is done when the program starts again.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from storage import fact_tables, schema  # noqa: F401 - both fill the list of tables
from storage.columns import Retention, metadata
from storage.crashpoints import crashpoint
from storage.people import Status
from storage.scope import Scope

INBOUND_KEPT = timedelta(days=30)


def forget(scope: Scope, person_id: str, at: datetime) -> None:
    """Destroy the person's key, then every row of theirs. What stays is an id that means nobody."""
    scope.sealer.keys.destroy(scope.organisation_id, person_id)
    crashpoint("key_destroyed")
    _remove(scope, person_id)
    audit(scope, "forgotten", at)


def finish(scope: Scope, at: datetime) -> int:
    """Finish what was cut short: remove whoever's key is gone but whose rows are not. How many there were."""
    left = scope.rows(schema.person, schema.person.c.status != Status.FORGOTTEN)
    gone = scope.sealer.keys.destroyed(scope.organisation_id) & {row["id"] for row in left}
    for person_id in gone:
        _remove(scope, person_id)
        audit(scope, "forgotten", at)
    return len(gone)


def fade(scope: Scope, person_id: str, before: datetime, at: datetime) -> None:
    """Let the person's words from before a moment go. Facts stay; conversations that old are closed first."""
    talk = schema.conversation
    old = (talk.c.person_id == person_id, talk.c.opened_at < before, talk.c.closed_at.is_(None))
    closed = {
        "closed_at": at,
        "how_closed": "faded",
        "shown_name": None,
        "shown_asking": None,
        "shown_digest": None,
    }
    scope.update(talk, closed, *old)
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


def _remove(scope: Scope, person_id: str) -> None:
    person = schema.person
    for table in reversed(metadata.sorted_tables):
        if "person_id" in table.c:
            scope.delete(table, table.c.person_id == person_id)
    scope.update(person, {"coach_id": None}, person.c.coach_id == person_id)
    blank: dict[str, Any] = {
        "name": None, "email": None, "email_digest": None, "status": Status.FORGOTTEN, "paused_until": None,
        "subdivision": None, "coach_id": None, "function": "", "roles": [], "added_at": None,
    }  # fmt: skip
    scope.update(person, blank, person.c.id == person_id)

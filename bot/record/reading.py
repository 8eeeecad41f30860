"""The whole record of one manager, as it is kept: answers, what was understood, what was sent, what waits.

It starts from every row there is, so that nothing kept is left out by forgetting it here. What is left out on
purpose, because it is somebody else's or says the same again, stands in one list with its reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.upkeep import RETENTION, ended_at
from storage.everything import Rows
from storage.fact_tables import FIELDS, TABLES
from storage.people import Person, Status
from storage.repository import Repository
from storage.scope import Row

# The four signs, what was sent and the open questions of a market have left for somebody else's eyes.
LEFT_FOR_OTHERS = ("sent_summary", "concern", "gap")
# Of these tables each row has a place in the record; a table that is not named here is shown as it stands.
HAS_A_PLACE = (
    "person",
    "address",
    "conversation",
    "journal",
    "job",
    "chat",
    *(t.name for t in TABLES.values()),
)
# Looked at, and plain enough without words of their own.
AS_THEY_STAND = ("alert", "care", "model_call", "slack_file")
LEFT_OUT = {
    "conversation.opening": "names of the coach, the sponsor and the contacts; the rest is in the facts",
    "job.body": "lines of the coach, which repeat the manager's words or name others",
    "chat.body": "of the coach's lines, for the same reason; the manager's own are shown",
    "chat.answered": "the same as the answer itself",
    "journal.answer": "of what was looked up, which is the organisation's own: guardrails, their owners",
}
TECHNICAL = frozenset(
    {"organisation_id", "person_id", "conversation_id", "digest", "email_digest", "coach_id"}
    | {"owner_id", "backup_id", "acknowledged_by"}
)


@dataclass(frozen=True)
class Answer:
    """One answer. ``form`` is words, tap, form or passed; ``said`` is None once the words have gone."""

    at: datetime
    name: str
    asking: int
    form: str
    said: str | Mapping[str, str] | None
    taken_back: bool


@dataclass(frozen=True)
class Understood:
    """A fact as it was kept. ``stands`` is False for one that was replaced or taken back since."""

    kind: str
    name: str
    revision: int
    said_at: datetime
    stands: bool
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Talk:
    """One conversation with its answers and what was understood from them."""

    kind: str
    ordinal: int
    theme: int | None
    opened_at: datetime
    closed_at: datetime | None
    how_closed: str | None
    answers: tuple[Answer, ...]
    facts: tuple[Understood, ...]


@dataclass(frozen=True)
class Typed:
    """A line the manager typed into the playground's chat, whether it was an answer or not."""

    at: datetime
    text: str | None


@dataclass(frozen=True)
class Message:
    """A line that was or will be sent, or a moment to come back to; without what it says."""

    kind: str
    name: str
    due_at: datetime
    state: str
    finished_at: datetime | None
    unsolicited: str | None


@dataclass(frozen=True)
class Record:
    """All of it. ``words_until`` is None while the work goes on, ``held_since`` where no hold may be told."""

    person: Mapping[str, Any]
    reached_by: tuple[Mapping[str, Any], ...]
    words_until: date | None
    held_since: datetime | None
    talks: tuple[Talk, ...]
    sent: tuple[Understood, ...]
    signs: tuple[Understood, ...]
    gaps: tuple[Understood, ...]
    typed: tuple[Typed, ...]
    messages: tuple[Message, ...]
    others: Mapping[str, tuple[Mapping[str, Any], ...]]

    @property
    def waiting(self) -> tuple[Message, ...]:
        """What is still to come, the next first."""
        open_ones = (each for each in self.messages if each.state in ("ready", "sending"))
        return tuple(sorted(open_ones, key=lambda each: each.due_at))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known: the person was forgotten."""
        return not self.person


def record_of(repo: Repository, person: Person, retention: timedelta = RETENTION) -> Record:
    """Everything kept of a person, for that person; nothing of somebody who was forgotten."""
    rows: Rows = {} if person.status is Status.FORGOTTEN else repo.everything(person.id)
    ended = ended_at(repo, person) if rows else None
    hold = repo.hold_on(person.id)
    facts = {name: _understood(rows, name) for name in (table.name for table in TABLES.values())}
    left = {name: tuple(fact for _, fact in facts[name]) for name in LEFT_FOR_OTHERS}
    return Record(
        person=_about(rows),
        reached_by=tuple(
            {"channel": row["channel"], "platform_id": row["platform_id"]} for row in rows.get("address", ())
        ),
        words_until=None if ended is None else (ended + retention).date(),
        held_since=hold.since if hold is not None and hold.is_told else None,
        talks=tuple(_talk(rows, facts, row) for row in rows.get("conversation", ())),
        sent=left["sent_summary"],
        signs=left["concern"],
        gaps=left["gap"],
        typed=tuple(
            Typed(row["at"], _text(row["body"])) for row in rows.get("chat", ()) if row["author"] == "manager"
        ),
        messages=tuple(_message(row) for row in rows.get("job", ())),
        others={
            name: tuple({key: row[key] for key in row if key not in TECHNICAL} for row in found)
            for name, found in rows.items()
            if name not in HAS_A_PLACE
        },
    )


def _about(rows: Rows) -> Mapping[str, Any]:
    shown = (
        "name", "email", "market", "subdivision", "function", "zone", "profile_zone", "language",
        "working_days", "roles", "status", "paused_until", "added_at", "without_model",
    )  # fmt: skip
    return {name: row[name] for row in rows.get("person", ()) for name in shown}


def _talk(rows: Rows, facts: Mapping[str, list[tuple[str, Understood]]], row: Row) -> Talk:
    mine = (each for each in rows.get("journal", ()) if each["conversation_id"] == row["id"])
    known = (
        fact
        for name, found in facts.items()
        if name not in LEFT_FOR_OTHERS
        for conversation_id, fact in found
        if conversation_id == row["id"]
    )
    return Talk(
        row["kind"],
        row["ordinal"],
        row["theme"],
        row["opened_at"],
        row["closed_at"],
        row["how_closed"],
        tuple(_answer(each) for each in mine if each["kind"] != "found"),
        tuple(sorted(known, key=lambda fact: fact.said_at)),
    )


def _answer(row: Row) -> Answer:
    said = row["answer"]
    if said is not None and row["kind"] == "form":
        said = json.loads(said)
    back = row["withdrawn_at"] is not None
    return Answer(row["moment"], row["name"], row["asking"], row["kind"], said, back)


def _understood(rows: Rows, table: str) -> list[tuple[str, Understood]]:
    (kind,) = (kind for kind, each in TABLES.items() if each.name == table)
    return [
        (
            row["conversation_id"],
            Understood(
                table,
                row["name"],
                row["revision"],
                row["said_at"],
                row["standing"],
                {field.name: row[field.name] for field in FIELDS[kind]},
            ),
        )
        for row in rows.get(table, ())
    ]


def _message(row: Row) -> Message:
    return Message(row["kind"], row["name"], row["due_at"], row["state"], row["finished_at"], row["nudge"])


def _text(body: str | None) -> str | None:
    return None if body is None else str(json.loads(body)["text"])

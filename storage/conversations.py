"""Conversations and their journals: what was opened, what was answered, and what was shown last.

An answer is sealed as soon as it is given; its name, form and moment are facts.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from coaching.journal import Answer, Entry, Form, Found, Journal, Passed, Tap, Words
from storage import schema, values
from storage.scope import Row, Scope

_talk = schema.conversation
_line = schema.journal


@dataclass(frozen=True)
class Conversation:
    """One conversation. ``opening`` is the text it was opened with; None once the words have gone.

    ``shown_…`` is the open question as the person saw it last.
    """

    id: str
    person_id: str
    kind: str
    ordinal: int
    theme: int | None
    opened_at: datetime
    closed_at: datetime | None
    how_closed: str | None
    opening: str | None
    shown_name: str | None
    shown_asking: int | None
    shown_digest: str | None
    turns: int

    @property
    def is_open(self) -> bool:
        """Whether it can still be played."""
        return self.closed_at is None


def open_conversation(
    scope: Scope, person_id: str, kind: str, ordinal: int, at: datetime, opening: str, theme: int | None
) -> Conversation:
    """Open a conversation; its ordinal must be new in this person's life."""
    made = secrets.token_hex(12)
    scope.insert(
        _talk,
        id=made,
        person_id=person_id,
        kind=kind,
        ordinal=ordinal,
        seq=scope.next_number(_talk, "seq", _talk.c.person_id == person_id),
        theme=theme,
        opened_at=at,
        opening=scope.sealer.seal(person_id, opening),
        turns=0,
    )
    return by_id(scope, made)


def by_id(scope: Scope, conversation_id: str) -> Conversation:
    """One conversation."""
    return _conversation(scope, _row(scope, conversation_id))


def find(scope: Scope, person_id: str, kind: str, ordinal: int) -> Conversation | None:
    """The conversation with this key."""
    key = (_talk.c.person_id == person_id, _talk.c.kind == kind, _talk.c.ordinal == ordinal)
    row = scope.row(_talk, *key)
    return None if row is None else _conversation(scope, row)


def of_person(scope: Scope, person_id: str, open_only: bool) -> list[Conversation]:
    """A person's conversations, the newest last."""
    where = [_talk.c.person_id == person_id]
    if open_only:
        where.append(_talk.c.closed_at.is_(None))
    return [_conversation(scope, row) for row in scope.rows(_talk, *where, order=(_talk.c.seq,))]


def next_ordinal(scope: Scope, person_id: str, kind: str) -> int:
    """The number the next conversation of this kind gets; never used before in this person's life."""
    return scope.next_number(_talk, "ordinal", _talk.c.person_id == person_id, _talk.c.kind == kind)


def close(scope: Scope, conversation_id: str, how: str, at: datetime) -> bool:
    """End a conversation for good; False if it had ended before."""
    ended = {
        "closed_at": at,
        "how_closed": how,
        "shown_name": None,
        "shown_asking": None,
        "shown_digest": None,
    }
    return scope.update(_talk, ended, _talk.c.id == conversation_id, _talk.c.closed_at.is_(None)) == 1


def amend_opening(scope: Scope, conversation_id: str, opening: str) -> None:
    """What an open conversation rests on has been corrected: it goes on with this."""
    person_id = _row(scope, conversation_id)["person_id"]
    amended = {"opening": scope.sealer.seal(person_id, opening)}
    scope.update(_talk, amended, _talk.c.id == conversation_id, _talk.c.closed_at.is_(None))


def drop_opening(scope: Scope, conversation_id: str) -> None:
    """A conversation has ended, and nothing of what it was opened with is to stay."""
    ended = _talk.c.closed_at.is_not(None)
    scope.update(_talk, {"opening": None}, _talk.c.id == conversation_id, ended)


def show(
    scope: Scope, conversation_id: str, name: str | None, asking: int | None, digest: str | None
) -> None:
    """Remember the open question as it is now shown; None: nothing is open."""
    shown = {"shown_name": name, "shown_asking": asking, "shown_digest": digest}
    scope.update(_talk, shown, _talk.c.id == conversation_id)


def bump(scope: Scope, conversation_id: str) -> int:
    """Count one turn more; how many there are now."""
    scope.update(_talk, {"turns": _talk.c.turns + 1}, _talk.c.id == conversation_id)
    return int(_row(scope, conversation_id)["turns"])


def journal(scope: Scope, conversation_id: str) -> Journal:
    """What is known in a conversation, each answer at its moment in the zone it was given in."""
    person_id = _row(scope, conversation_id)["person_id"]
    rows = scope.rows(_line, _line.c.conversation_id == conversation_id, order=(_line.c.position,))
    return Journal(tuple(_entry(scope, row) for row in rows), _signer(scope, person_id))


def append(scope: Scope, conversation_id: str, entry: Entry, zone: str) -> None:
    """Write one answer down; a name and asking are answered once."""
    person_id = _row(scope, conversation_id)["person_id"]
    kind, text = _written(entry.answer)
    scope.insert(
        _line,
        conversation_id=conversation_id,
        name=entry.name,
        asking=entry.asking,
        person_id=person_id,
        position=scope.next_number(_line, "position", _line.c.conversation_id == conversation_id),
        kind=kind,
        moment=entry.moment,
        zone=zone,
        digest=entry.digest,
        withdrawn_at=entry.moment if entry.withdrawn else None,
        answer=scope.sealer.seal(person_id, text),
    )


def last_answer_at(scope: Scope, person_id: str) -> datetime | None:
    """When the person last said or tapped anything that was written down."""
    theirs = _line.c.kind.in_(("words", "tap", "form"))
    mine = (_line.c.organisation_id == scope.organisation_id, _line.c.person_id == person_id, theirs)
    latest: datetime | None = scope.connection.execute(
        select(func.max(_line.c.moment)).where(*mine)
    ).scalar_one()
    return latest


def withdraw(scope: Scope, conversation_id: str, name: str, asking: int, at: datetime) -> int:
    """Withdraw an answer and the later ones of its name; they stay as history."""
    return scope.update(
        _line,
        {"withdrawn_at": at},
        _line.c.conversation_id == conversation_id,
        _line.c.name == name,
        _line.c.asking >= asking,
        _line.c.withdrawn_at.is_(None),
    )


def take_words(scope: Scope, conversation_id: str, name: str, asking: int) -> None:
    """Take the words of one answer away; the row stays, and says only that something was answered then."""
    scope.update(
        _line,
        {"answer": None},
        _line.c.conversation_id == conversation_id,
        _line.c.name == name,
        _line.c.asking == asking,
    )


def _row(scope: Scope, conversation_id: str) -> Row:
    row = scope.row(_talk, _talk.c.id == conversation_id)
    if row is None:
        raise LookupError("There is no such conversation in this organisation.")
    return row


def _conversation(scope: Scope, row: Row) -> Conversation:
    kept = {name: row[name] for name in Conversation.__dataclass_fields__ if name != "opening"}
    return Conversation(opening=scope.sealer.unseal(row["person_id"], row["opening"]), **kept)


def _signer(scope: Scope, person_id: str) -> Callable[[str], str]:
    key = scope.sealer.keys.find(scope.organisation_id, person_id)
    if key is not None:
        return key.digest
    # A forgotten person agreed to nothing: a mark that no stored digest can equal.
    return lambda _seen: secrets.token_hex(32)


def _entry(scope: Scope, row: Row) -> Entry:
    text = scope.sealer.unseal(row["person_id"], row["answer"])
    withdrawn = row["withdrawn_at"] is not None
    answer: Answer = Passed.GAVE_UP
    if text is None:
        withdrawn = True  # the words have gone; what was answered is no longer known
    else:
        try:
            answer = _read(row["kind"], text)
        except values.OutdatedError:
            withdrawn = True  # found by an older release: it is looked up again
    moment = row["moment"].astimezone(ZoneInfo(row["zone"]))
    return Entry(row["name"], row["asking"], answer, moment, row["digest"], withdrawn)


def _written(answer: Answer) -> tuple[str, str]:
    match answer:
        case Words(text):
            return "words", text
        case Tap(value):
            return "tap", value
        case Form(fields):
            return "form", json.dumps(dict(fields), ensure_ascii=False)
        case Passed():
            return "passed", answer.value
        case Found(value):
            return "found", values.dump(value)


def _read(kind: str, text: str) -> Answer:
    match kind:
        case "words":
            return Words(text)
        case "tap":
            return Tap(text)
        case "form":
            return Form(json.loads(text))
        case "passed":
            return Passed(text)
        case _:
            return Found(values.load(text))

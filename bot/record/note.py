"""Reads what an evidence note rests on: the standing facts of one piece of work, from its start to the next.

The note itself is made in `coaching/evidence.py`; it can be had at any time, also after the work has ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from coaching import facts
from coaching.evidence import Dated, Evidence, evidence
from coaching.facts import Fact
from coaching.journey import Kind
from storage.conversations import Conversation
from storage.people import Person, Status
from storage.repository import Repository

KINDS: tuple[type[Fact], ...] = (
    facts.Friction,
    facts.Stake,
    facts.Measured,
    facts.Before,
    facts.Aim,
    facts.Confirmation,
    facts.Practice,
    facts.Reading,
    facts.Beside,
    facts.Change,
    facts.Decision,
    facts.Note,
)


@dataclass(frozen=True)
class Work:
    """A piece of work that there is a note for."""

    number: int
    name: str


def evidence_of(repo: Repository, person: Person, number: int | None = None) -> Evidence | None:
    """The note on one piece of work, else on the newest; None if none is named yet."""
    if person.status is Status.FORGOTTEN:
        return None
    notes = [each for each in _notes(repo, person) if number in (None, each.number)]
    return notes[-1] if notes else None


def works_of(repo: Repository, person: Person) -> tuple[Work, ...]:
    """Every piece of work that has a name, the oldest first."""
    if person.status is Status.FORGOTTEN:
        return ()
    return tuple(Work(each.number, each.work) for each in _notes(repo, person))


def work_of(talks: Sequence[Conversation]) -> dict[str, int]:
    """Which piece of work each conversation belongs to: from its start to the next; 0 before any."""
    belongs: dict[str, int] = {}
    number = 0
    for talk in talks:
        number = talk.ordinal if talk.kind == Kind.START else number
        belongs[talk.id] = number
    return belongs


def _notes(repo: Repository, person: Person) -> list[Evidence]:
    belongs = work_of(repo.conversations(person.id))
    zone = ZoneInfo(person.zone)
    known: dict[int, list[Dated[Fact]]] = {}
    for kind in KINDS:
        for kept in repo.facts(person.id, kind):
            said = Dated(kept.fact, kept.said_at.astimezone(zone), kept.is_corrected)
            known.setdefault(belongs[kept.conversation_id], []).append(said)
    notes = (evidence(number, sorted(known[number], key=lambda it: it.said_at)) for number in sorted(known))
    return [note for note in notes if note is not None]

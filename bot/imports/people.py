"""Holds the roster's rows against what is kept: who is new, what changed, who stays as they are.

First it only says so; when told to, it does just that, a hundred people a transaction, so nobody waits long.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any, TypeVar

from bot.around import concerns
from bot.imports import RefusedFileError
from bot.imports.rows import USUAL_DAYS, USUAL_LANGUAGE, USUAL_ROLES, Row
from storage.people import Person, Status
from storage.repository import Repository
from storage.store import Store

A_COMMIT = 100
MOST_MANAGERS = 25  # of one coach
CHANNELS = {"slack": "slack_user", "teams": "teams_user"}

T = TypeVar("T")


class Becomes(StrEnum):
    """What taking the row in would do."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Entry:
    """One row and the person it is about, if they are known; ``changes`` names columns, never values."""

    row: Row
    person: Person | None
    changes: tuple[str, ...]

    @property
    def becomes(self) -> Becomes:
        """What taking it in would do."""
        if self.person is None:
            return Becomes.ADDED
        return Becomes.CHANGED if self.changes else Becomes.UNCHANGED


@dataclass(frozen=True)
class Plan:
    """What the whole file would do. ``problems`` are rows that do not fit to what is kept."""

    organisation_id: str
    programme_id: str
    entries: tuple[Entry, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]

    def count(self, becomes: Becomes) -> int:
        """How many rows would do this."""
        return sum(entry.becomes is becomes for entry in self.entries)


def plan(store: Store, programme: str | None, rows: Sequence[Row]) -> Plan:
    """Hold the rows against what is kept, without changing anything."""
    organisation_id = only_organisation(store)
    with store.reading(organisation_id) as repo:
        programme_id = _programme(repo, programme)
        known = _by_email(repo)
        listed = {row.email: row for row in rows}
        problems = [
            f"line {row.line}  {row.email}  {text}"
            for row in rows
            for text in _misfits(repo, row, listed, known)
        ]
        entries = tuple(_entry(repo, row, programme_id, known) for row in rows)
        notes = tuple(_notes(rows, known))
    return Plan(organisation_id, programme_id, entries, tuple(problems), notes)


def only_organisation(store: Store) -> str:
    """The organisation of this database; RefusedFileError if the programme was not taken in yet."""
    there = store.organisations()
    if len(there) != 1:
        raise RefusedFileError(["there is no programme yet. First: unbadged programme import FILE"])
    return there[0]


def _programme(repo: Repository, wanted: str | None) -> str:
    there = repo.programmes()
    fitting = [each for each in there if wanted is None or wanted in (each.id, each.name)]
    if len(fitting) == 1:
        return fitting[0].id
    ids = ", ".join(each.id for each in there) or "none yet; first: unbadged programme import FILE"
    raise RefusedFileError([f"say which programme these people belong to: --programme ID. There are: {ids}"])


def _by_email(repo: Repository) -> dict[str, Person]:
    return {person.email.casefold(): person for person in repo.people() if person.email}


def _misfits(repo: Repository, row: Row, listed: dict[str, Row], known: dict[str, Person]) -> Iterator[str]:
    if row.coach_email is not None:
        in_file = listed.get(row.coach_email)
        kept = known.get(row.coach_email)
        roles = (in_file.roles if in_file else None) or (kept.roles if kept else USUAL_ROLES)
        if in_file is None and kept is None:
            yield "coach_email: nobody in this file or the roster; add a row for the coach"
        elif "coach" not in roles:
            yield "coach_email: that person is no coach; add coach to their roles"
    me = known.get(row.email)
    for channel, column in CHANNELS.items():
        handle = getattr(row, column)
        owner = repo.person_at(channel, handle) if handle else None
        if owner is not None and (me is None or owner.id != me.id):
            yield f"{column}: belongs to somebody else of the roster; correct it, or leave it empty"


def _entry(repo: Repository, row: Row, programme_id: str, known: dict[str, Person]) -> Entry:
    person = known.get(row.email)
    if person is None:
        return Entry(row, None, ())
    wanted = _wanted(row, programme_id, person)
    if person.profile_zone is not None:  # they said themselves where they are
        wanted["profile_zone"] = wanted.pop("zone")
    changes = [name for name, value in wanted.items() if getattr(person, name) != value]
    if row.coach_email is not None:
        coach = known.get(row.coach_email)
        if coach is None or coach.id != person.coach_id:
            changes.append("coach")
    changes += [
        column
        for channel, column in CHANNELS.items()
        if getattr(row, column) and not _is_at(repo.platform_id(person.id, channel), getattr(row, column))
    ]
    return Entry(row, person, tuple(changes))


def _is_at(kept: str | None, handle: str) -> bool:
    """Whether the kept id is this one. Once met, Slack's is kept with the workspace it belongs to."""
    return kept is not None and kept.rpartition("|")[2] == handle


def _wanted(row: Row, programme_id: str, person: Person | None) -> dict[str, Any]:
    """What the row says of a person, by the names of `Person`. An empty cell leaves what is kept."""
    wanted: dict[str, Any] = {
        "programme_id": programme_id,
        "name": row.name,
        "market": row.market,
        "function": row.function,
        "zone": row.zone,
    }
    moved = person is None or person.market != row.market
    if row.subdivision is not None or moved:
        wanted["subdivision"] = row.subdivision
    usual = {"roles": USUAL_ROLES, "language": USUAL_LANGUAGE, "working_days": USUAL_DAYS}
    for name, value in usual.items():
        said = getattr(row, name)
        if said is not None or person is None:
            wanted[name] = said if said is not None else value
    return wanted


def _notes(rows: Sequence[Row], known: dict[str, Person]) -> Iterator[str]:
    listed = {row.email for row in rows}
    left = len(known.keys() - listed)
    if left:
        yield f"{left} people of the roster are not in this file; they stay as they are"
    alone = [
        row.line
        for row in rows
        if "manager" in (row.roles or USUAL_ROLES)
        and row.coach_email is None
        and (row.email not in known or known[row.email].coach_id is None)
    ]
    if alone:
        lines = ", ".join(map(str, alone[:10])) + ("…" if len(alone) > 10 else "")
        yield f"managers without a coach on line {lines}: fill coach_email before they start"
    most = Counter(row.coach_email for row in rows if row.coach_email).most_common(1)
    if most and most[0][1] > MOST_MANAGERS:
        yield f"a coach has {most[0][1]} managers in this file; more than {MOST_MANAGERS} are not launched"


def apply(
    store: Store, planned: Plan, now: datetime, said: Callable[[int], None] = lambda done: None
) -> None:
    """Do what was planned. Cut short, it can simply be run again. ``said`` hears how many rows are done."""
    news = [entry for entry in planned.entries if entry.becomes is not Becomes.UNCHANGED]
    done = 0
    for some in _chunks(news, A_COMMIT):
        with store.transaction(planned.organisation_id) as repo:
            for entry in some:
                _take_in(repo, entry, planned.programme_id, now)
        done += len(some)
        said(done)
    # Coaches last: a coach may stand below those they coach.
    coached = [entry.row for entry in news if entry.row.coach_email is not None]
    for rows in _chunks(coached, A_COMMIT):
        with store.transaction(planned.organisation_id) as repo:
            for row in rows:
                _give_coach(repo, row, now)


def _take_in(repo: Repository, entry: Entry, programme_id: str, now: datetime) -> None:
    row, person = entry.row, entry.person
    wanted = _wanted(row, programme_id, person)
    if person is None:
        person = repo.add_person(Person(**wanted, email=row.email, status=Status.INVITED, added_at=now))
    else:
        if person.profile_zone is not None:
            wanted["profile_zone"] = wanted.pop("zone")
        person = repo.update_person(
            person.id, **{name: wanted[name] for name in entry.changes if name in wanted}
        )
    for channel, column in CHANNELS.items():
        handle = getattr(row, column)
        if handle and not _is_at(repo.platform_id(person.id, channel), handle):
            repo.link(person.id, channel, handle)


def _give_coach(repo: Repository, row: Row, now: datetime) -> None:
    person, coach = repo.person_by_email(row.email), repo.person_by_email(row.coach_email or "")
    if person is not None and coach is not None and person.coach_id != coach.id:
        person = repo.update_person(person.id, coach_id=coach.id)
        concerns.hand_over(repo, person, coach, now)


def _chunks(all_of_them: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(all_of_them)
    while some := list(islice(rest, size)):
        yield some

"""Puts lines to people around a manager into the queue, and moments to look at something again.

A job says only which line and about what. What the line reads is looked up when it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot import openings
from bot.around.letter import ABOUT
from bot.around.reach import channel_of
from coaching import attention, rhythm
from coaching.needs import Line
from storage import queue, values
from storage.jobs import Job, JobKind, job_table
from storage.people import Person
from storage.repository import Repository

HOME = "home"
HOMES = frozenset({"slack"})  # channels with a page of its own for each person
HOME_AFTER = timedelta(seconds=3)


def pass_on(repo: Repository, person: Person, line: Line, kind: attention.Kind, now: datetime) -> None:
    """Queue what a coach or an owner says to a manager: unasked, and so under the attention contract."""
    use_by = attention.keep_by(kind, now, openings.calendar_of(person))
    _say(repo, person.id, line, now, nudge=kind, use_by=use_by)


def write_to(
    repo: Repository, person: Person, name: str, about_id: str, now: datetime, *, at_once: bool = False
) -> bool:
    """Queue a line to somebody around a manager; False if they have no account."""
    if channel_of(repo, person.id) is None:
        return False
    at = now if at_once else rhythm.next_in_window(openings.calendar_of(person), now)
    line = Line(name, {"about": about_id})
    _say(repo, person.id, line, at, nudge=None if at_once else ABOUT, urgent=at_once)
    return True


def say_back(repo: Repository, person: Person, line: Line, now: datetime) -> None:
    """Queue a reply to what somebody around a manager has just done."""
    _say(repo, person.id, line, now)


def look_up(repo: Repository, person: Person, name: str, body: Mapping[str, Any], now: datetime) -> None:
    """Queue a lookup that belongs to no conversation; ``body`` says which, under `bot.answerer.QUERY`."""
    _add(repo, person.id, JobKind.FETCH, name, now, body=values.dump(dict(body)))


def refresh_home(repo: Repository, person_id: str, now: datetime) -> None:
    """Make the person's Home tab anew, in a moment; several in a row make one, and it goes last."""
    if not HOMES.intersection(repo.channels(person_id)):
        return
    queue.cancel_for(repo, person_id, [JobKind.WAKE], at=now, reason="coalesced", name=HOME)
    _add(repo, person_id, JobKind.WAKE, HOME, now + HOME_AFTER)


def come_back(repo: Repository, person_id: str, name: str, about_id: str, at: datetime) -> None:
    """Look at something again at a moment."""
    _add(repo, person_id, JobKind.WAKE, name, at, body=values.dump(Line(name, {"about": about_id})))


def about(job: Job) -> str:
    """What such a job is about."""
    return str(values.load(job.body).slots["about"]) if job.body else ""


def _say(repo: Repository, person_id: str, line: Line, at: datetime, **how: Any) -> None:
    channel = channel_of(repo, person_id)
    _add(repo, person_id, JobKind.SAY, line.name, at, body=values.dump(line), channel=channel, **how)


def _add(repo: Repository, person_id: str, kind: JobKind, name: str, at: datetime, **how: Any) -> None:
    number = repo.scope.next_number(job_table, "seq", job_table.c.person_id == person_id)
    # Somebody else may be telling this person something at this moment, and have taken the number.
    while not queue.add(repo, person_id=person_id, kind=kind, name=name, asking=number, due_at=at, **how):
        number += 1

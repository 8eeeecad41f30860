"""The promises kept by the real thing, on a real database: who may work, and how often the coach may write.

A manager answers at random, falls silent for weeks, presses old buttons, moves, pauses and stops; the worker
sleeps, the clock is set back, the rails change. Each walk has a number, and fails by it.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot import openings, standing
from coaching import attention, facts, rhythm
from coaching.assignment import State
from storage import queue, schema
from storage.fact_tables import TABLES
from storage.jobs import JobKind, JobState, job_table
from storage.people import Status
from storage.repository import Repository
from storage.scope import Row
from tests.properties.service import ORGANISATION, Arrival, Service, service

# Fixed numbers and no shrinking: a step is two dozen transactions, and half a walk is no smaller an example.
WALKS, STEPS = 14, 36
UNASKED = frozenset(attention.Kind)
ASKED_FOR = frozenset({*attention.Promise, "safety"})
A_WEEK, IN_A_ROW = 3, 5  # written out again: these numbers are the promise


@pytest.mark.parametrize("number", range(WALKS))
def test_whatever_happens_the_gate_and_the_contract_hold(number: int) -> None:
    with service(Random(number), in_week_one=number % 4 != 0) as here:
        for _ in range(STEPS):
            here.live()
            assert_gate(here)
            assert_nothing_is_left_lying(here)
        assert_contract(here)
        assert_themes_were_asked_about(here)
        assert_publishing_holds(here)


def assert_gate(here: Service) -> None:
    """Each active row rests on a standing, fresh yes of this person to the current version of a market."""
    with here.store.reading(ORGANISATION) as repo:
        for row in active(repo):
            versions = schema.guardrail_version
            current = repo.scope.row(versions, versions.c.market == row["market"], versions.c.current)
            assert current is not None
            assert current["version"] == row["version"]
            assert row["activated_at"] <= row["fresh_until"]
            confirmed = [each.fact for each in repo.facts(here.id, facts.Confirmation)]
            assert any(
                (each.market, each.version, each.fresh_until)
                == (row["market"], row["version"], row["fresh_until"])
                for each in confirmed
            )


def assert_publishing_holds(here: Service) -> None:
    """The next version holds what was active, in the database, whatever the manager does about it."""
    with here.store.reading(ORGANISATION) as repo:
        before = {(row["conversation_id"], row["revision"]) for row in active(repo)}
    here.publish()
    with here.store.reading(ORGANISATION) as repo:
        assert not before & {(row["conversation_id"], row["revision"]) for row in active(repo)}
        for kept in repo.facts(here.id, facts.Assignment):
            assert kept.fact.state != State.ACTIVE


def active(repo: Repository) -> list[Row]:
    """The rows of assignments that are active now."""
    table = TABLES[facts.Assignment]
    return repo.scope.rows(table, table.c.standing, table.c.state == State.ACTIVE, table.c.held_at.is_(None))


def assert_nothing_is_left_lying(here: Service) -> None:
    """No job failed or came to nothing, and a week that is open has one next week and no more."""
    with here.store.reading(ORGANISATION) as repo:
        rows = repo.scope.rows(job_table)
        talks = repo.conversations(here.id, open_only=True)
        weeks = [
            job for job in queue.waiting(repo, here.id) if job.kind is JobKind.OPEN and job.name == "week"
        ]
    lost = [(row["name"], row["reason"]) for row in rows if row["state"] in (JobState.DEAD, JobState.UNKNOWN)]
    failed = [row["name"] for row in rows if row["state"] == JobState.READY and row["reason"] == "failed"]
    assert not lost
    assert not failed
    assert len(weeks) <= 1
    # Only a decision ends a week's conversation without a next one; its last questions are still open then.
    goes_on = here.person.status in (Status.ACTIVE, Status.PAUSED)
    if goes_on and not weeks:
        assert all(talk.kind != "week" or talk.shown_name == "next_friction" for talk in talks)


def assert_contract(here: Service) -> None:
    """Three a week, one a day, five in a row, in working hours, nothing after a stop, one message at a
    time.
    """
    unasked = [each for each in here.arrived_here if each.job.nudge in UNASKED]
    out_of_the_blue = [
        each.job.name
        for each in here.arrived_here
        if each.job.nudge not in UNASKED | ASKED_FOR and not each.is_reply and not each.job.urgent
    ]
    assert not out_of_the_blue
    assert all(lines <= A_WEEK for lines in weeks_of(unasked).values()), weeks_of(unasked)
    days = Counter(each.at.astimezone(ZoneInfo(each.calendar.zone)).date() for each in unasked)
    assert all(lines <= 1 for lines in days.values()), days
    for each in unasked:
        assert rhythm.in_window(each.calendar, each.at), (each.job.name, each.at)
        assert each.status not in (Status.STOPPED, Status.DORMANT, Status.FORGOTTEN)
    assert longest_silence(here) <= IN_A_ROW
    assert_one_message_each(here)


def weeks_of(unasked: list[Arrival]) -> Counter[date]:
    """Lines by week: of somebody who moved, the week is the one it was when its first line came."""
    found: Counter[date] = Counter()
    week: rhythm.ProgrammeWeek | None = None
    for each in unasked:
        if week is None or each.at >= week.closes_at:
            week = each.week
        found[week.calendar_week] += 1
    return found


def longest_silence(here: Service) -> int:
    """The most lines that arrived between two things the manager did."""
    longest = so_far = 0
    for each in here.course:
        so_far = 0 if each == "heard" else so_far + (each in UNASKED)
        longest = max(longest, so_far)
    return longest


def assert_one_message_each(here: Service) -> None:
    """What one turn says unasked is one message, so that none of it is left over for another day."""
    with here.store.reading(ORGANISATION) as repo:
        rows = repo.scope.rows(job_table, job_table.c.kind == "say", job_table.c.nudge.is_not(None))
    turns = Counter((row["conversation_id"], row["asking"]) for row in rows if row["nudge"] in UNASKED)
    twice = [key for key, messages in turns.items() if messages > 1]
    names = [row["name"] for row in rows if (row["conversation_id"], row["asking"]) in twice]
    assert not twice, names


def assert_themes_were_asked_about(here: Service) -> None:
    """A theme is over only if its check-in reached the manager, and a quiet week never uses one up."""
    with here.store.reading(ORGANISATION) as repo:
        for talk in repo.conversations(here.id):
            if talk.kind == "week" and talk.how_closed == openings.USED_UP:
                assert standing.was_said(repo, talk, openings.CHECK_IN_BEGINS)

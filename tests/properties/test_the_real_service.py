"""The same promises kept by the real thing, on a real database: who may work, and how often the coach may
write.

A manager answers at random, falls silent for days, presses old buttons, pauses and stops; the rails change.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from coaching import attention, facts, rhythm
from coaching.assignment import State
from storage import schema
from storage.fact_tables import TABLES
from storage.jobs import job_table
from storage.people import Status
from storage.repository import Repository
from storage.scope import Row
from tests.properties.service import ORGANISATION, Arrival, Service, service

SEEDS = st.integers(0, 2**32 - 1)
WALKS, STEPS = 12, 40  # a step is two dozen transactions; the pure walks are many, these few
UNASKED = frozenset(attention.Kind)
ASKED_FOR = frozenset({*attention.Promise, "safety"})
A_WEEK, IN_A_ROW = 3, 5  # written out again: these numbers are the promise


@settings(max_examples=WALKS)
@given(SEEDS)
def test_the_database_never_holds_active_work_on_other_than_current_rails(seed: int) -> None:
    with service(Random(seed), in_week_one=True) as here:
        assert_gate(here)
        for step in range(STEPS):
            here.live()
            if step % 10 == 9:
                assert_publishing_holds(here)
            assert_gate(here)


def assert_gate(here: Service) -> None:
    """Each active row rests on a standing, fresh yes of this person to what is current in their market."""
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


@settings(max_examples=WALKS)
@given(SEEDS, st.booleans())
def test_attention_is_never_taken_beyond_the_contract(seed: int, in_week_one: bool) -> None:
    with service(Random(seed), in_week_one=in_week_one) as here:
        for _ in range(STEPS):
            here.live()
        assert_contract(here)


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
    weeks = Counter(each.week.calendar_week for each in unasked)
    assert all(lines <= A_WEEK for lines in weeks.values()), weeks
    days = Counter(local_day(each) for each in unasked)
    assert all(lines <= 1 for lines in days.values()), days
    for each in unasked:
        assert rhythm.in_window(each.calendar, each.at), (each.job.name, each.at)
        assert each.status not in (Status.STOPPED, Status.DORMANT, Status.FORGOTTEN)
    assert longest_silence(here, unasked) <= IN_A_ROW
    assert_one_message_each(here)


def local_day(each: Arrival) -> object:
    return each.at.astimezone(ZoneInfo(each.calendar.zone)).date()


def longest_silence(here: Service, unasked: list[Arrival]) -> int:
    """The most lines that arrived between two things the manager did."""
    heard = [here.begins, *here.heard, here.clock.now()]
    return max((sum(one < each.at <= other for each in unasked) for one, other in pairwise(heard)), default=0)


def assert_one_message_each(here: Service) -> None:
    """What one turn says unasked is one message, so that none of it is left over for another day."""
    with here.store.reading(ORGANISATION) as repo:
        rows = repo.scope.rows(job_table, job_table.c.kind == "say", job_table.c.nudge.is_not(None))
    turns = Counter((row["conversation_id"], row["asking"]) for row in rows if row["nudge"] in UNASKED)
    twice = [key for key, messages in turns.items() if messages > 1]
    names = [row["name"] for row in rows if (row["conversation_id"], row["asking"]) in twice]
    assert not twice, names

"""Hundreds of lines due at once leave at the pace Slack takes: in order, each once, none lost, and with a
kill -9 in the middle too. What Slack asks us to wait is waited."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channel import NotYetError
from bot.slack.channel import SlackChannel
from bot.slack.pace import POST, Pace
from bot.worker import Worker
from storage import queue
from storage.jobs import JobState
from storage.people import Person
from tests.slack.conftest import WORDS
from tests.slack.sending import Office, OneClock, a_minute_passes, an_office
from tests.slack.standin import Slack, Timing
from tests.storage.scenes import SECRET

PEOPLE, LINES = 80, 2


@pytest.fixture
def clock() -> OneClock:
    return OneClock()


@pytest.fixture
def pace(clock: OneClock) -> Pace:
    return Pace(clock, dice=random.Random(7))


@pytest.fixture
def slack(clock: OneClock) -> Iterator[Slack]:
    with Slack(timing=Timing(now=clock), rate_limits=True, echo=False) as running:
        yield running


@pytest.fixture
def office(slack: Slack, clock: OneClock, tmp_path: Path) -> Iterator[Office]:
    with an_office(slack, clock, tmp_path) as found:
        yield found


def told(pace: Pace, chat: str = "", *, team: str = "T1", **more: bool) -> float | None:
    """How many seconds somebody who comes now is told to wait; None if they may go."""
    try:
        pace.take(team, POST, chat, **more)
    except NotYetError as early:
        return (early.until - pace.clock.now()).total_seconds()
    return None


def test_one_chat_takes_a_few_at_once_and_then_one_a_second(pace: Pace, clock: OneClock) -> None:
    assert [told(pace, "D1") for _ in range(3)] == [None] * 3
    wait = told(pace, "D1")
    assert wait is not None
    assert 1 <= wait < 1.3
    assert told(pace, "D2") is None
    clock.goes_on(1)
    assert told(pace, "D1") is None
    assert told(pace, "D1") is not None


def test_whoever_comes_too_early_is_told_a_moment_of_their_own(pace: Pace) -> None:
    waits = [told(pace, f"D{number}") for number in range(255)]
    assert waits[:15] == [None] * 15
    later = [wait for wait in waits if wait is not None]
    assert 59 < max(later) < 61  # 240 a minute
    assert max(Counter(int(wait) for wait in later).values()) <= 6
    assert told(pace, "D1", team="T2") is None


def test_replies_pass_what_nobody_waits_for(pace: Pace, clock: OneClock) -> None:
    for number in range(500):
        told(pace, f"D{number}", is_unasked=True)
    clock.goes_on(2)
    went = sum(told(pace, f"D{number}", is_unasked=True) is None for number in range(50))
    assert went <= 8
    assert told(pace, "D999") is None


def test_what_slack_asks_for_is_waited_and_nobody_storms_back(pace: Pace, clock: OneClock) -> None:
    pace.wait("T1", POST, 7)
    waits = [told(pace, f"D{number}") for number in range(30)]
    assert all(wait is not None and wait >= 7 for wait in waits)
    assert len({round(wait or 0, 1) for wait in waits}) > 15
    clock.goes_on(6.9)
    assert told(pace, "D1") is not None
    clock.goes_on(1)
    assert told(pace, "D1") is None


def test_a_workspace_that_does_not_answer_is_left_alone_longer_each_time(pace: Pace, clock: OneClock) -> None:
    rests = []
    for _ in range(8):
        until = pace.no_answer("T1")
        rests.append((until - clock.now()).total_seconds())
        clock.moment = until
    assert rests[0] < 3
    assert 40 < rests[-1] < 75
    pace.answered("T1")
    assert told(pace, "D1") is None


def test_a_429_stops_the_whole_workspace_for_as_long_as_it_says(office: Office) -> None:
    people = [office.joins(f"Manager {number}")[1] for number in range(5)]
    office.slack.faults.limit(7)
    jobs = [office.says(each, number) for each in people for number in (1, 2)]
    office.worker.run_due()
    began = office.clock()
    assert office.posts == 1
    office.runs(30, tick=1)
    calls = office.slack.ledger.requests(POST)
    assert min(call.at for call in calls[1:]) >= began + 7
    assert office.slack.ledger.carried("job_id") == Counter(jobs)
    assert [call.status for call in calls].count(429) == 1


def test_too_many_in_one_chat_stops_that_chat_only(office: Office) -> None:
    (human, person), (_, other) = office.joins("Dana Lim"), office.joins("Kim Lee")
    office.says(person, 0)
    office.worker.run_due()
    office.slack.faults.error("rate_limited", channel=human.channel.id)
    office.says(person, 1)
    office.says(other, 1)
    office.worker.run_due()
    assert [office.states(each)[-1][0] for each in (person, other)] == ["ready", "sent"]
    office.runs(40)
    assert office.states(person)[-1] == ("sent", None)
    assert office.job(person, 1)["attempts"] == 1


def everybody(office: Office) -> list[list[str]]:
    """Many people with two lines each, all due now: their jobs in order."""
    jobs = []
    for number in range(PEOPLE):
        _, person = office.joins(f"Manager {number}")
        jobs.append([office.says(person, line) for line in range(LINES)])
    return jobs


def in_order_and_once(office: Office, jobs: list[list[str]]) -> None:
    carried = [post.carried["job_id"] for post in office.slack.ledger.posts]
    assert sorted(carried) == sorted(job for each in jobs for job in each)
    place = {job: at for at, job in enumerate(carried)}
    for first, second in jobs:
        assert place[first] < place[second]


@pytest.mark.parametrize("hands", [1, 4])
def test_hundreds_at_once_drain_at_the_pace_without_a_single_429(
    slack: Slack, clock: OneClock, tmp_path: Path, hands: int
) -> None:
    with an_office(slack, clock, tmp_path, hands=hands) as office:
        jobs = everybody(office)
        began = clock()
        while queue.next_due(office.store) is not None:
            clock.goes_on(2)
            office.worker.run_due()
        in_order_and_once(office, jobs)
        calls = slack.ledger.requests(POST)
        assert {call.status for call in calls} == {200}
        assert clock() - began < 1.25 * 60 * PEOPLE * LINES / 240
        for at in range(0, int(clock() - began), 5):
            minute = [call for call in calls if began + at <= call.at < began + at + 60]
            assert len(minute) <= 240 + 15
        assert {office.job(person, 0)["attempts"] for person in _people(office)} == {1}


def _people(office: Office) -> list[Person]:
    with office.store.reading("org") as repo:
        return repo.people()


def test_killed_in_the_middle_of_it_nothing_is_lost_and_nothing_comes_twice(tmp_path: Path) -> None:
    clock = OneClock()
    with Slack(timing=Timing(now=clock), echo=False) as slack, an_office(slack, clock, tmp_path) as office:
        jobs = everybody(office)
        url = f"sqlite:///{tmp_path}/unbadged.db"
        life = [sys.executable, "-m", "tests.slack.drain", url, SECRET, slack.api_url, slack.bot_token]
        for crashpoint in ("after_send:30", "before_send:60", ""):
            office.store.engine.dispose()
            env = {**os.environ, "UNBADGED_CRASHPOINT": crashpoint}
            ended = subprocess.run(
                [*life, clock.now().isoformat()], env=env, check=False, capture_output=True, timeout=60
            )
            assert ended.returncode == (137 if crashpoint else 0), ended.stderr.decode()
            a_minute_passes(office.store)
        in_order_and_once(office, jobs)
        counts = Counter(state for person in _people(office) for state, _ in office.states(person))
        assert counts == {JobState.SENT: PEOPLE * LINES}


def test_a_claim_that_ran_out_while_slack_was_slow_is_left_to_whoever_has_it(office: Office) -> None:
    """The first line of a batch takes so long that the others are somebody else's by then."""
    (_, slow), (_, late) = office.joins("Dana Lim"), office.joins("Kim Lee")
    office.says(slow, 1)
    office.says(late, 1)
    other = Worker(office.store, WORDS, office.clock, {"slack": _channel(office)})
    sends = office.channel.send

    def hang(delivery: object) -> str:
        a_minute_passes(office.store)
        other.run_due()  # another replica goes on with what was not begun
        return sends(delivery)  # type: ignore[arg-type]

    office.channel.send = hang  # type: ignore[method-assign]
    office.worker.run_due()
    office.channel.send = sends  # type: ignore[method-assign]
    office.clock.moment += timedelta(seconds=30)
    office.worker.run_due()
    assert max(office.slack.ledger.carried("job_id").values()) == 1
    assert [office.states(each) for each in (slow, late)] == [[("sent", None)], [("sent", None)]]


def _channel(office: Office) -> SlackChannel:
    return SlackChannel(office.store, WORDS, office.clock, office.workspaces)

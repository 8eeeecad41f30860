"""What was written while nobody listened is found, counts once and in order, and never answers a question
that was asked only afterwards.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.slack.place import Place, last
from tests.slack.standin import LOST, Slack, Timing
from tests.slack.test_listening import begun


@pytest.fixture
def slack() -> Iterator[Slack]:
    with Slack(timing=Timing(scale=0.001)) as slack:
        yield slack


def until(happened: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait for something that this process does by itself."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)


def caught_up(coach: Place, since: object = None) -> int:
    catch_up = coach.app.catch_up
    assert catch_up is not None
    return coach.loop.run(catch_up.run(coach.clock.at if since is None else None))


def on_real_time(coach: Place) -> None:
    """Slack's stamps are of now; so is the coach's clock here."""
    coach.clock.at = datetime.now(UTC)


def test_what_slack_gave_up_on_is_read_once_and_in_order(tmp_path: Path, slack: Slack) -> None:
    with Place(tmp_path, slack) as coach:
        on_real_time(coach)
        dana, human = begun(coach)
        human.says("Proposals for key accounts", sending=LOST)
        human.says("Every proposal goes through three rounds", sending=LOST)
        assert caught_up(coach) == 2
        coach.works()
        said = [text for _, text in coach.rows(dana)]
        assert "Proposals for key accounts" in said
        # The second could not yet be an answer to what the first one led to.
        assert "Every proposal goes through three rounds" not in said
        assert sum("found an earlier message" in each.text for each in human.sees()) == 1
        assert caught_up(coach) == 0
        assert [text for _, text in coach.rows(dana)] == said


def test_a_reply_in_a_thread_is_found_too(tmp_path: Path, slack: Slack) -> None:
    with Place(tmp_path, slack) as coach:
        on_real_time(coach)
        dana, human = begun(coach)
        human.says("Proposals for key accounts", thread=human.sees()[-1].ts, sending=LOST)
        assert caught_up(coach) == 1
        assert "Proposals for key accounts" in [text for _, text in coach.rows(dana)]


def test_what_was_written_before_the_question_answers_nothing(tmp_path: Path, slack: Slack) -> None:
    with Place(tmp_path, slack) as coach:
        on_real_time(coach)
        dana, human = begun(coach)
        human.says("an aside that got lost", sending=LOST)
        human.says("Proposals for key accounts")
        on_real_time(coach)
        coach.works()
        asked = last(human)
        before = coach.rows(dana)
        assert caught_up(coach) == 1
        coach.works()
        assert coach.rows(dana) == before
        assert any("found an earlier message" in each.text for each in human.sees())
        assert last(human) == asked


def test_a_start_reads_what_was_missed_while_it_was_down(tmp_path: Path, slack: Slack) -> None:
    with Place(tmp_path, slack) as coach:
        on_real_time(coach)
        dana, human = begun(coach)
    human.says("Proposals for key accounts", sending=LOST)
    with Place(tmp_path, slack) as again:
        on_real_time(again)
        until(lambda: again.app.catch_up and again.app.catch_up.restored == 1)
        assert "Proposals for key accounts" in [text for _, text in again.rows(dana)]
        assert again.health()["slack"]["catch_up"] == "1 restored"


def test_a_press_that_was_refused_leads_to_the_question_once_more(tmp_path: Path, slack: Slack) -> None:
    with Place(tmp_path, slack) as coach:
        on_real_time(coach)
        _, human = begun(coach)
        asked, before = last(human), len(human.sees())
        coach.clock.at += timedelta(seconds=1)
        assert caught_up(coach) == 0
        coach.works()
        assert len(human.sees()) == before + 1
        assert last(human) == asked


def test_who_answered_since_is_not_asked_once_more(tmp_path: Path, slack: Slack) -> None:
    with Place(tmp_path, slack) as coach:
        on_real_time(coach)
        back = coach.clock.at - timedelta(minutes=1)
        _, human = begun(coach)
        before = len(human.sees())
        assert coach.app.catch_up is not None
        assert coach.loop.run(coach.app.catch_up.run(coach.clock.at, back)) == 0
        coach.works()
        assert len(human.sees()) == before

"""The service with Slack: it says how the connection is, and a connection that dies is another one soon."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError
from bot.slack.setting_up import slack as slack_of
from storage.repository import Store
from tests.slack.place import WORDS, Place, TestClock, last
from tests.slack.standin import Slack, Timing


@pytest.fixture
def slack() -> Iterator[Slack]:
    with Slack(timing=Timing(scale=0.001, ack_seconds=0.5), socket_mode=True) as slack:
        yield slack


@pytest.mark.parametrize("trouble", ["drops", "goes_deaf", "refresh"])
def test_a_lost_connection_is_another_one_within_thirty_seconds(
    tmp_path: Path, slack: Slack, trouble: str
) -> None:
    with Place(tmp_path, slack, socket=True) as coach:
        dana = coach.employs()
        human = slack.joins("Dana Lim", email="dana.lim@example.com")
        human.says("hello")
        (number,) = slack.sockets.connections
        began = time.monotonic()
        if trouble == "refresh":
            slack.warns(number, "refresh_requested")
        else:
            getattr(slack, trouble)(number)
        slack.ledger.wait_until(
            lambda: [each for each in slack.sockets.connections.values() if each.number > number], 30
        )
        took = time.monotonic() - began
        human.says("start")
        slack.settle()
        assert coach.rows(dana)
        print(f"{trouble}: {took:.1f} s")


def test_health_says_when_something_was_heard_last(tmp_path: Path, slack: Slack) -> None:
    with Place(tmp_path, slack, socket=True) as coach:
        coach.employs()
        end = time.monotonic() + 5
        while not (said := coach.health()["slack"])["connected"]:
            assert time.monotonic() < end
            time.sleep(0.05)
        assert said["last_event_seconds"] is None
        slack.joins("Dana Lim", email="dana.lim@example.com").says("hello")
        assert coach.health()["slack"]["last_event_seconds"] == 0


def test_oauth_never_begins_by_itself(tmp_path: Path, slack: Slack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "secret")
    with Place(tmp_path, slack, socket=True) as coach:
        assert coach.app._bolt.oauth_flow is None
        coach.employs()
        human = slack.joins("Dana Lim", email="dana.lim@example.com")
        human.says("hello")
        coach.works()
        assert "eight weeks" in last(human)


@pytest.mark.parametrize(
    "given, named",
    [
        ({"slack_app_token": "xapp-1"}, "SLACK_BOT_TOKEN"),
        ({"slack_bot_token": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
    ],
)
def test_what_is_missing_is_named_before_anything_starts(
    tmp_path: Path, given: dict[str, str], named: str
) -> None:
    store = Store(f"sqlite:///{tmp_path / 'a.db'}", None, "a-secret-for-these-tests-alone-and-long-enough")
    try:
        with pytest.raises(SettingsError, match=named):
            slack_of(Settings(**given), store, WORDS, TestClock())
    finally:
        store.close()

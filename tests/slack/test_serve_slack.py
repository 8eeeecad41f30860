"""The service with Slack: it says how the connection is, and a connection that dies is another one soon."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.checks import Mark
from bot.settings import Settings, SettingsError
from bot.slack.checking import check_slack
from bot.slack.install_link import hand_out
from bot.slack.manifest import EVENTS, SCOPES
from bot.slack.setting_up import slack as slack_of
from storage.store import Store
from tests.slack.place import WORDS, Place, TestClock, last
from tests.slack.standin import Slack, Timing

ROOT = Path(__file__).resolve().parents[2]


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
    tmp_path: Path, given: dict[str, Any], named: str
) -> None:
    store = Store(f"sqlite:///{tmp_path / 'a.db'}", None, "a-secret-for-these-tests-alone-and-long-enough")
    try:
        with pytest.raises(SettingsError, match=named):
            slack_of(Settings(**given), store, WORDS, TestClock())
    finally:
        store.close()


def test_the_guide_gives_every_scope_and_event_with_its_reason() -> None:
    guide = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `([\w.:]+)` \| (.+) \|$", guide, re.MULTILINE))
    assert rows == {(each.name, each.reason) for each in (*SCOPES, *EVENTS)}


def found(place: Place, **changes: Any) -> dict[str, tuple[Mark, str]]:
    settings = dataclasses.replace(place.settings, **changes)
    return {each.subject: (each.mark, each.said + each.remedy) for each in check_slack(settings)}


def test_the_check_asks_slack_and_names_what_was_not_granted(tmp_path: Path) -> None:
    scopes = tuple(each.name for each in SCOPES if each.name != "im:write")
    with Slack(scopes=(*scopes, "files:read")) as slack:
        said = found(Place(tmp_path, slack, socket=True))
        assert said["slack token"] == (Mark.FINE, "speaks in Acme as unbadged")
        assert said["slack socket"][0] is Mark.FINE
        assert "files:read" in said["slack scopes"][1]
        lacking = [each for each in check_slack(Place(tmp_path, slack).settings) if "im:write" in each.said]
        assert [each.mark for each in lacking] == [Mark.MISSING]


def test_the_check_says_what_slack_does_not_accept(tmp_path: Path) -> None:
    with Slack() as slack:
        place = Place(tmp_path, slack, socket=True)
        said = found(place, slack_bot_token="xoxb-wrong", slack_app_token="xapp-wrong")
        assert said["slack token"][0] is Mark.MISSING
        assert said["slack socket"][0] is Mark.MISSING
        assert "SLACK_BOT_TOKEN" in said["slack token"][1]
        assert "wrong" not in str(said)
        away = found(place, slack_api_url="http://127.0.0.1:9/api/")
        assert "cannot be reached" in away["slack token"][1]


def test_the_check_of_many_workspaces_asks_whether_id_and_secret_belong_together(tmp_path: Path) -> None:
    with Slack() as slack:
        place = Place(tmp_path, slack)
        way = {"slack_bot_token": "", "public_url": "https://coach.example.com"}
        way |= {"slack_client_id": slack.app.client_id, "slack_client_secret": slack.app.client_secret}
        said = found(place, **way)
        assert said["slack client"][0] is Mark.FINE
        assert said["slack way back"][0] is Mark.NOTE
        assert "https://coach.example.com/slack/oauth_redirect" in said["slack way back"][1]
        assert "install-link" in said["slack workspaces"][1]
        wrong = found(place, **way | {"slack_client_secret": "of-another-app"})
        assert wrong["slack client"][0] is Mark.MISSING
        assert "of-another-app" not in str(wrong)
        nowhere = found(place, **way | {"public_url": ""})
        assert "PUBLIC_URL" in nowhere["slack"][1]


@pytest.mark.parametrize(
    "given, named",
    [
        ({"slack_bot_token": "xoxb-1"}, "SLACK_CLIENT_ID"),
        ({"public_url": ""}, "PUBLIC_URL"),
        ({"organisation": "nobody"}, "no organisation nobody.*acme, other"),
        ({"organisation": None}, "more than one.*acme, other"),
    ],
)
def test_a_link_is_refused_with_what_is_missing(tmp_path: Path, given: dict[str, Any], named: str) -> None:
    with Slack() as slack:
        place = Place(tmp_path, slack)
        place.store.add_organisation("other", "Other", TestClock().now())
        wanted = given.pop("organisation", "acme")
        usual = {"slack_bot_token": "", "slack_client_id": "1.2", "slack_client_secret": "secret"}
        settings = dataclasses.replace(
            place.settings, **{"public_url": "https://coach.example.com", **usual, **given}
        )
        with pytest.raises(SettingsError, match=named):
            hand_out(place.store, settings, wanted, lambda _: None)
        place.store.close()


def test_the_command_serve_coaches_whoever_writes(tmp_path: Path, slack: Slack) -> None:
    place = Place(tmp_path, slack, socket=True)
    place.employs()
    human = slack.joins("Dana Lim", email="dana.lim@example.com")
    given = {
        each.metadata["variable"]: str(getattr(place.settings, each.name))
        for each in dataclasses.fields(place.settings)
    }
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **given, "PORT": "38417"}
    with subprocess.Popen([sys.executable, "-m", "bot.cli", "serve"], env=environment, cwd=tmp_path) as child:
        try:
            slack.ledger.wait_until(lambda: slack.sockets.connections, 30)
            human.says("hello")
            slack.ledger.wait_until(lambda: slack.ledger.posts_in(human.channel.id), 30)
            assert "eight weeks" in last(human)
        finally:
            child.terminate()
    assert child.returncode == 0

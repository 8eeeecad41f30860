"""slack-bolt, unpatched, against the stand-in in Socket Mode: envelopes, lost connections, dead ones.
Every payload must come through, whatever happens to the line it was first sent on.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.slack.standin import Human, Sending, Slack, Timing
from tests.slack.tiny_app import TinyApp


@pytest.fixture
def slack() -> Iterator[Slack]:
    with Slack(timing=Timing(scale=0.001, ack_seconds=1.0, ping_seconds=0.1), socket_mode=True) as running:
        yield running


@pytest.fixture
def app(slack: Slack) -> Iterator[TinyApp]:
    with TinyApp(slack, connections=2) as running:
        wait_for(slack, {1, 2})
        yield running


@pytest.fixture
def mei(slack: Slack) -> Human:
    return slack.joins("Tan Mei Ling")


def wait_for(slack: Slack, connections: set[int]) -> None:
    slack.ledger.wait_until(lambda: slack.sockets.connections.keys() == connections)


def test_a_conversation_goes_over_the_connections_in_turn(slack: Slack, app: TinyApp, mei: Human) -> None:
    said = [mei.says(str(number)).delivery for number in range(4)]
    assert all(each.acknowledged for each in said)
    slack.settle()
    used = {attempt.over for each in slack.ledger.deliveries for attempt in each.attempts}
    assert used == {"connection 1", "connection 2"}
    assert mei.presses("Yes").trouble == ""
    assert mei.sees()[-1].text == "Kept."


def test_forms_and_commands_are_answered_in_the_acknowledgement(
    slack: Slack, app: TinyApp, mei: Human
) -> None:
    assert mei.command("/coach pause").trouble == ""
    assert mei.sees()[-1].text == "Paused: pause"
    mei.shortcut("fill_in")
    mei.fills({"Checking": 700})
    assert mei.submits().errors == {"Checking": "That is a day."}
    mei.fills({"Checking": 7})
    mei.submits()
    assert mei.modal is None


def test_a_refreshed_connection_is_replaced(slack: Slack, app: TinyApp, mei: Human) -> None:
    slack.warns(1, "warning")  # slack_sdk makes a new connection at the first warning
    wait_for(slack, {2, 3})
    slack.warns(2, "refresh_requested")
    wait_for(slack, {3, 4})
    assert mei.says("hello").delivery.acknowledged
    assert app.heard == ["hello"]


def test_an_envelope_on_a_lost_line_comes_again_on_another(slack: Slack, app: TinyApp, mei: Human) -> None:
    slack.goes_deaf(1)
    said = mei.says("hello", sending=Sending(connection=1)).delivery
    slack.settle()
    assert [attempt.reason for attempt in said.attempts] == ["timeout", None]
    assert said.attempts[1].over != "connection 1"
    assert app.heard == ["hello"]


def test_a_dead_connection_is_noticed_and_a_dropped_one_replaced(slack: Slack, app: TinyApp) -> None:
    slack.goes_deaf(1)
    wait_for(slack, {2, 3})
    slack.drops(2)
    wait_for(slack, {3, 4})


def test_a_handler_that_fails_does_not_acknowledge(slack: Slack, app: TinyApp, mei: Human) -> None:
    said = mei.says("fail once").delivery
    slack.settle()
    assert said.acknowledged
    assert app.heard == ["fail once"]
    assert len(said.attempts) == 2


def test_the_link_needs_the_apps_own_token(slack: Slack) -> None:
    wrong = WebClient(slack.bot_token, base_url=slack.api_url)
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        wrong.apps_connections_open(app_token=slack.bot_token)


def test_no_connection_means_lost_after_three_retries(slack: Slack, mei: Human) -> None:
    said = mei.says("hello").delivery
    slack.settle()
    assert [attempt.reason for attempt in said.attempts] == ["no_connection"] * 4
    assert said.given_up

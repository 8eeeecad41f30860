"""What goes wrong between the app and the stand-in, as slack_sdk meets it: lost answers, limits, dead ends.
The ledger says each time what Slack really did.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.sdk_client import Client, Clock, post
from tests.slack.standin import Fault, Human, Slack, Timing, What


@pytest.mark.parametrize(
    "what, default_requests, arrived",
    [(What.DROP, 2, 2), (What.RESET, 2, 1), (What.STATUS, 1, 0), (What.ERROR, 1, 0)],
)
def test_a_fault_happens_on_the_wire(
    slack: Slack, client: Client, mei: Human, what: What, default_requests: int, arrived: int
) -> None:
    slack.faults.add(Fault(what))
    with pytest.raises((aiohttp.ClientError, SlackApiError)):
        client(post(mei.id))  # without retry handlers it is one request
    assert slack.ledger.counts()["chat.postMessage"] == 1
    assert len(slack.ledger.posts) == (what is What.DROP)
    slack.ledger.calls.clear()
    slack.ledger.posts.clear()
    slack.faults.add(Fault(what))
    with_defaults = AsyncWebClient().retry_handlers  # slack_sdk's own try a dropped connection again
    try:
        client(post(mei.id), retry_handlers=with_defaults)
    except SlackApiError:
        assert default_requests == 1
    assert slack.ledger.counts()["chat.postMessage"] == default_requests
    assert len(slack.ledger.posts) == arrived


def test_a_hanging_answer_may_have_taken_effect(slack: Slack, client: Client, mei: Human) -> None:
    slack.faults.add(Fault(What.HANG, seconds=0.2, takes_effect=True))
    with pytest.raises(aiohttp.ClientError):
        client(post(mei.id))
    (call,) = slack.ledger.requests("chat.postMessage")
    assert (call.took_effect, call.status, call.fault) == (True, None, "hang")


def test_a_limited_channel_refuses_until_its_time_is_over(
    slack: Slack, client: Client, mei: Human, clock: Clock
) -> None:
    other = slack.joins("Jonas")
    slack.faults.limit(7, channel=mei.channel.id)
    refusal = client.refused(post(mei.id))
    assert (refusal.status_code, refusal.headers["Retry-After"]) == (429, "7")
    assert client(post(other.id))["ok"]
    clock.at += 6.9
    assert client.refused(post(mei.id))["error"] == "ratelimited"
    clock.at += 0.2
    assert client(post(mei.id))["ok"]


def test_a_channel_takes_a_short_burst_and_then_one_message_a_second(
    slack: Slack, client: Client, mei: Human, clock: Clock
) -> None:
    slack.limits.on = True
    assert [client(post(mei.id))["ok"] for _ in range(4)] == [True] * 4
    assert client.refused(post(mei.id)).headers["Retry-After"] == "1"
    clock.at += 1
    assert client(post(mei.id))["ok"]


def test_outside_the_marketplace_history_is_read_once_a_minute(clock: Clock) -> None:
    with Slack(timing=Timing(now=clock), rate_limits=True, outside_marketplace=True) as slack:
        client, mei = Client(slack), slack.joins("Tan Mei Ling")
        for number in range(20):
            mei.says(str(number))

        def read(api: AsyncWebClient) -> Awaitable[Any]:
            return api.conversations_history(channel=mei.channel.id, limit=200)

        assert len(client(read)["messages"]) == 15
        assert client.refused(read).headers["Retry-After"] == "60"


def test_response_urls_work_five_times(slack: Slack, client: Client, mei: Human, clock: Clock) -> None:
    url = mei.command("/coach").delivery.payload["response_url"]

    async def use(_: AsyncWebClient) -> Any:
        async with aiohttp.request("POST", url, json={"text": "hi"}) as answer:
            return type("Answer", (), {"data": answer.status})

    assert [client(use) for _ in range(6)] == [200] * 5 + [404]
    assert [each.alone for each in mei.sees()] == [True] * 5

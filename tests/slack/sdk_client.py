"""slack_sdk's own client as tests use it on the stand-in, and a clock that they can move.
Nothing of it is patched; what goes over the wire is what the coach would send.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.standin import Loop, Slack

Calling = Callable[[AsyncWebClient], Awaitable[Any]]


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = 1_800_000_000.0

    def __call__(self) -> float:
        return self.at


class Client:
    """A real AsyncWebClient in a loop of its own; what it raises for ``ok: false`` is the error's name."""

    def __init__(self, slack: Slack, token: str | None = None) -> None:
        self.slack, self.token = slack, slack.bot_token if token is None else token

    def __call__(self, doing: Calling, **more: Any) -> Any:
        async def go() -> Any:
            async with aiohttp.ClientSession() as session:
                given = {"base_url": self.slack.api_url, "session": session, "retry_handlers": [], **more}
                return (await doing(AsyncWebClient(self.token, **given))).data

        loop = Loop("client")
        try:
            return loop.run(go())
        finally:
            loop.close()

    def refused(self, doing: Calling) -> Any:
        with pytest.raises(SlackApiError) as refusal:
            self(doing)
        return refusal.value.response


def post(channel: str, text: str = "hello", **more: Any) -> Calling:
    return lambda api: api.chat_postMessage(channel=channel, text=text, **more)


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}

"""Asking Slack: one call of its Web API, in the name of the workspace it is about, and an end to the wait.

Nothing is tried again here: who asks knows whether that is wise. Slack's own client would send twice.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.channel import NotDeliveredError
from bot.slack.workspaces import Workspaces

Answer = Mapping[str, Any]
SECONDS = 10.0
USUAL_API = "https://slack.com/api/"


class RefusedError(Exception):
    """Slack said no. ``error`` is its word for it; ``wait`` the seconds it asks for, if it does."""

    def __init__(self, error: str, wait: float = 0.0) -> None:
        super().__init__(error)
        self.error, self.wait = error, wait


class AwayError(Exception):
    """Slack gave no answer in time. What was asked for may have been done."""


class Tokens(Protocol):
    """Whose token speaks where. Several workspaces keep theirs in a store of their own."""

    async def token(self, enterprise: str, team: str) -> str | None:
        """The token for this workspace; None if the app is not installed there."""
        ...


class Asking(Protocol):
    """Slack's Web API for one workspace after the other."""

    async def ask(
        self, enterprise: str, team: str, method: str, arguments: Answer, seconds: float = SECONDS
    ) -> Answer:
        """Slack's answer. RefusedError if it says no, AwayError if it says nothing."""
        ...


class Installed:
    """The tokens of the workspaces the app is in. Looking may take a moment, so it is done in a thread."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def token(self, enterprise: str, team: str) -> str | None:
        """None where the app is not; AwayError where that cannot be known now."""
        try:
            found = await asyncio.to_thread(self._workspaces.workspace, team, enterprise)
        except NotDeliveredError as failure:
            if failure.for_good:
                return None
            raise AwayError(failure.reason) from None
        return found.token


def web_client(
    url: str, token: str | None = None, session: aiohttp.ClientSession | None = None
) -> AsyncWebClient:
    """Slack's client, as it is used everywhere here: no blind retries."""
    return AsyncWebClient(token=token, base_url=url, session=session, retry_handlers=[], timeout=int(SECONDS))


class WebApi:
    """The real thing. It keeps one session open: a new one for each call costs more than the call."""

    def __init__(self, tokens: Tokens, url: str = USUAL_API) -> None:
        self._tokens, self._url = tokens, url
        self._session: aiohttp.ClientSession | None = None

    def client(self, token: str | None = None) -> AsyncWebClient:
        """Slack's client, with the session that is shared."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession()
        return web_client(self._url, token, self._session)

    async def ask(
        self, enterprise: str, team: str, method: str, arguments: Answer, seconds: float = SECONDS
    ) -> Answer:
        token = await self._tokens.token(enterprise, team)
        if token is None:
            raise RefusedError("not_installed")
        return await self.ask_as(token, method, arguments, seconds)

    async def ask_as(
        self, token: str | None, method: str, arguments: Answer, seconds: float = SECONDS
    ) -> Answer:
        """The same with a token at hand."""
        try:
            async with asyncio.timeout(seconds):
                found = await self.client(token).api_call(method, data=_form(arguments))
        except SlackApiError as refused:
            said = refused.response
            if not isinstance(said, AsyncSlackResponse) or said.status_code >= 500:
                raise AwayError("an answer nobody can read") from None
            wait = str(said.headers.get("Retry-After", "0"))
            error = str(said.get("error") or "unreadable")
            raise RefusedError(error, float(wait) if wait.isdigit() else 0.0) from None
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as failure:
            raise AwayError(type(failure).__name__) from None
        data = found.data
        scopes = found.headers.get("x-oauth-scopes") or found.headers.get("X-OAuth-Scopes") or ""
        return {**data, "_scopes": scopes} if isinstance(data, dict) else {}

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()


def _form(arguments: Answer) -> dict[str, str]:
    """As every method takes them: not all read JSON, and what has parts is JSON within the form."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in arguments.items()
        if value is not None
    }

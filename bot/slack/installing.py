"""How an administrator adds the coach to a workspace: one page that leads to Slack, and the way back.

Slack's own library does it; here stands only what it is to ask for and where it keeps what it gets.
"""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.slack.installations import STATE_SECONDS, AsyncInstallations, AsyncStates, Installations, States
from bot.slack.manifest import REDIRECT, SCOPES
from bot.slack.workspaces import Workspaces

INSTALL = "/slack/install"


def oauth_settings(
    client_id: str,
    client_secret: str,
    public_url: str,
    api_url: str,
    installations: Installations,
    states: States,
    workspaces: Workspaces,
) -> AsyncOAuthSettings:
    """What Bolt needs to know for it."""
    api = urlsplit(api_url)
    return AsyncOAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=[each.name for each in SCOPES],
        user_scopes=[],
        redirect_uri=f"{public_url}{REDIRECT}",
        install_path=INSTALL,
        redirect_uri_path=REDIRECT,
        authorization_url=f"{api.scheme}://{api.netloc}/oauth/v2/authorize",
        installation_store=AsyncInstallations(
            installations,
            lambda team, enterprise: _came_back(workspaces, team, enterprise),
            lambda team, enterprise: _removed(workspaces, team, enterprise),
        ),
        installation_store_bot_only=True,
        state_store=AsyncStates(states),
        state_expiration_seconds=STATE_SECONDS,
        logger=logging.getLogger("slack_bolt"),
    )


def install_routes(settings: AsyncOAuthSettings, client: Any) -> list[Route]:
    """The page and the way back. ``client``: the SDK's asynchronous client, without a token."""
    flow = AsyncOAuthFlow(client=client, logger=logging.getLogger("slack_bolt"), settings=settings)

    async def install(request: Request) -> Response:
        asked = to_async_bolt_request(request, b"")
        return _private(to_starlette_response(await flow.handle_installation(asked)))

    async def back(request: Request) -> Response:
        asked = to_async_bolt_request(request, b"")
        return _private(to_starlette_response(await flow.handle_callback(asked)))

    return [Route(INSTALL, install), Route(REDIRECT, back)]


def _private(answer: Response) -> Response:
    answer.headers["cache-control"] = "no-store"
    answer.headers["referrer-policy"] = "no-referrer"  # the address holds a code that is worth a token
    return answer


def _came_back(workspaces: Workspaces, team: str, enterprise: str) -> None:
    workspaces.back(team, enterprise)


def _removed(workspaces: Workspaces, team: str, enterprise: str) -> None:
    workspaces.gone(team, enterprise, "app_uninstalled")

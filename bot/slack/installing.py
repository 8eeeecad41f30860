"""How an administrator adds the coach to a workspace: one page that leads to Slack, and the way back.

Slack's own library does it; here stands only what it is to ask for, and for whom: the link that leads to the
page says which organisation a workspace belongs to, and the mark Slack brings back remembers it.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, select_autoescape
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.settings import Settings
from bot.slack.install_link import GIVEN, InstallLinks
from bot.slack.installations import (
    STATE_SECONDS,
    AsyncInstallations,
    AsyncStates,
    Installations,
    OtherOrganisationError,
    States,
)
from bot.slack.manifest import INSTALL, REDIRECT, SCOPES
from bot.slack.workspaces import Workspaces
from prompts.words import Words
from storage.store import Store

log = logging.getLogger("unbadged.slack")
_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "pages"), autoescape=select_autoescape()
)


class Installing:
    """Both pages. ``client``: the SDK's asynchronous client, without a token."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        words: Words,
        kept: Installations,
        workspaces: Workspaces,
        client: Any,
    ) -> None:
        self._settings, self._store, self._words = settings, store, words
        self._kept, self._workspaces, self._client = kept, workspaces, client
        self._links = InstallLinks(settings.public_url, settings.secret_key)

    def routes(self) -> list[Route]:
        """Where they are found."""
        return [Route(INSTALL, self._install), Route(REDIRECT, self._back)]

    async def _install(self, request: Request) -> Response:
        organisation = self._links.organisation(request.query_params.get(GIVEN, ""))
        if organisation is None or organisation not in await asyncio.to_thread(self._store.organisations):
            return self._refused("slack_install_no_link", 403)
        asked = to_async_bolt_request(request, b"")
        return _private(to_starlette_response(await self._flow(organisation).handle_installation(asked)))

    async def _back(self, request: Request) -> Response:
        mark = request.query_params.get("state", "")
        organisation = await asyncio.to_thread(self._states().organisation_of, mark)
        if organisation is None:
            return self._refused("slack_install_no_link", 401)
        asked = to_async_bolt_request(request, b"")
        try:
            return _private(to_starlette_response(await self._flow(organisation).handle_callback(asked)))
        except OtherOrganisationError:
            log.error("slack: a workspace of another organisation was to be added to %s", organisation)
            return self._refused("slack_install_other", 409)

    def _flow(self, organisation: str) -> AsyncOAuthFlow:
        """Slack's own way through it, on behalf of one organisation."""
        its, api, quiet = (
            self._settings,
            urlsplit(self._settings.slack_api_url),
            logging.getLogger("slack_bolt"),
        )
        asked = AsyncOAuthSettings(
            client_id=its.slack_client_id,
            client_secret=its.slack_client_secret,
            scopes=[each.name for each in SCOPES],
            user_scopes=[],
            redirect_uri=f"{its.public_url}{REDIRECT}",
            install_path=INSTALL,
            redirect_uri_path=REDIRECT,
            authorization_url=f"{api.scheme}://{api.netloc}/oauth/v2/authorize",
            installation_store=AsyncInstallations(
                self._kept.of(organisation), self._workspaces.back, self._removed
            ),
            installation_store_bot_only=True,
            state_store=AsyncStates(self._states(organisation)),
            state_expiration_seconds=STATE_SECONDS,
            logger=quiet,
        )
        return AsyncOAuthFlow(client=self._client, logger=quiet, settings=asked)

    def _states(self, organisation: str = "") -> States:
        return States(self._store, self._settings.secret_key, organisation)

    def _removed(self, team: str, enterprise: str) -> None:
        self._workspaces.gone(team, enterprise, "app_uninstalled")

    def _refused(self, name: str, status: int) -> Response:
        reader = self._words.reader("en", "", "UTC")
        said = {
            "title": self._words.line(reader, "slack_install_title", {}),
            "said": self._words.line(reader, name, {}),
        }
        return _private(HTMLResponse(_PAGES.get_template("alert.html").render(said), status))


def _private(answer: Response) -> Response:
    answer.headers["cache-control"] = "no-store"
    answer.headers["referrer-policy"] = "no-referrer"  # the address holds a code that is worth a token
    return answer

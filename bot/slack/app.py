"""Slack's own app kit, in both ways a company installs it: over https at ``/slack/events``, or over a socket
that we open to Slack. Bolt checks the signature; what it hands on is read, taken in, committed, and only then
is Slack told "received".

``process_before_response``: otherwise Bolt says "received" first, and whatever fails after that is lost.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.slack import modals, read
from bot.slack.asking import AwayError, WebApi
from bot.slack.catchup import NOT_HERE, CatchUp
from bot.slack.events import Did, Who
from bot.slack.hearing import Heard, Hearing, TooBusyError, tasks
from bot.slack.identity import Profile
from bot.slack.installations import NoOrganisationError
from bot.slack.invitations import Invitations
from bot.slack.keeping_up import KeepingUp
from bot.slack.link import Link
from bot.slack.manifest import COMMAND, PATH
from bot.slack.pulse import Pulse
from bot.slack.workspaces import Workspaces
from storage.database import BusyError

log = logging.getLogger("unbadged.slack")
PING = 5.0  # seconds between pings of the socket; three unanswered and Slack's client connects anew
LOOK = 1.0
A_MINUTE = 60.0
SILENT = 20.0  # seconds without a connection, or with one that never said hello: we connect anew ourselves
_EVERY = re.compile(".*", re.DOTALL)
ENDINGS = ("app_uninstalled", "tokens_revoked")
_OAUTH = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
BIGGEST = 2_000_000  # bytes; Slack's largest payloads are a tenth of that


@dataclass
class SlackApp:
    """Slack, listening. ``app_token`` set: over a socket; else over https with ``signing_secret``."""

    hearing: Hearing
    web: WebApi
    workspaces: Workspaces
    signing_secret: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    installing: tuple[Route, ...] = ()
    catch_up: CatchUp | None = None
    invitations: Invitations | None = None
    inviting_every: float = 30.0
    pulse: Pulse = field(default_factory=Pulse)
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    def routes(self) -> list[Route]:
        """Where Slack comes to us, and whoever installs the app; over a socket only these."""
        return [*([] if self.app_token else [Route(PATH, self._answer, methods=["POST"])]), *self.installing]

    def said(self) -> dict[str, Any]:
        """How it is, for health."""
        caught_up = None if self.catch_up is None else self.catch_up.restored
        return self.pulse.said() | {
            "catch_up": NOT_HERE if self.catch_up is None else f"{caught_up} restored"
        }

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Listen until it is left; what follows an answer is finished first."""
        await asyncio.to_thread(self.workspaces.open)
        with _without_automatic_oauth():
            self._bolt = self._made()
        self._handler = AsyncSlackRequestHandler(self._bolt)
        beside = [asyncio.ensure_future(self._keep_inviting())]
        if self.catch_up is not None:
            beside.append(asyncio.ensure_future(KeepingUp(self.catch_up, self.pulse).keep()))
        if self.app_token:
            link = Link(self._bolt, self.app_token, self.web, self.pulse)
            beside.append(asyncio.ensure_future(link.keep()))
        else:
            self.pulse.connected_at = time.monotonic()
        try:
            yield
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            if self._running:
                await asyncio.wait(self._running, timeout=5)
            await self.web.close()

    def _made(self) -> AsyncApp:
        async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
            """No token and no call to Slack stand before the answer: who asks something later looks."""
            return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)

        app = AsyncApp(
            logger=logging.getLogger("slack_bolt"),
            signing_secret=self.signing_secret,
            client=self.web.client(),
            authorize=authorize,
            process_before_response=True,
            request_verification_enabled=not self.app_token,
        )
        app.use(self._rate_limited)
        app.event(_EVERY)(self._event)
        app.action(_EVERY)(self._interaction)
        app.view(_EVERY)(self._interaction)
        app.shortcut(_EVERY)(self._interaction)
        app.command(COMMAND)(self._command)
        app.error(self._failed)
        return app

    # --- what arrives ----------------------------------------------------------------------------------

    async def _answer(self, request: Request) -> Response:
        size = request.headers.get("content-length", "0")
        if not size.isdigit() or int(size) > BIGGEST:
            return Response(status_code=413)
        try:
            answer: Response = await self._handler.handle(request)
        except UnicodeDecodeError:
            return Response(status_code=400)
        if answer.status_code >= 500:
            self.pulse.missed()
        return answer

    async def _event(self, body: Mapping[str, Any]) -> None:
        inner = body.get("event")
        inner = inner if isinstance(inner, Mapping) else {}
        if inner.get("type") in ENDINGS:
            await self._ended(body, inner)
        if inner.get("type") == "user_change" and isinstance(inner.get("user"), Mapping):
            await self._profile_changed(body, inner["user"])
        did = read.event(body, _bot_user(body))
        if did is not None:
            await self._take(did)
        self.pulse.heard()

    async def _interaction(self, body: Mapping[str, Any], ack: Any) -> None:
        did = read.interaction(body)
        heard = Heard() if did is None else await self._take(did, comes_again=False)
        if heard.errors:
            answer = modals.refused(heard.errors)
            await ack(**answer)
        else:
            await ack()
        self.pulse.heard()

    async def _command(self, body: Mapping[str, Any], ack: Any) -> None:
        did = read.command(body)
        heard = Heard() if did is None else await self._take(did, comes_again=False)
        await ack(text=heard.text, response_type="ephemeral") if heard.text else await ack()
        self.pulse.heard()

    async def _take(self, did: Did, *, comes_again: bool = True) -> Heard:
        heard = await self.hearing.hear(did, comes_again=comes_again)
        tasks(heard.later, self._running)
        return heard

    async def _ended(self, body: Mapping[str, Any], inner: Mapping[str, Any]) -> None:
        """The app was taken out, or its token: nothing more is sent there."""
        given = inner.get("tokens")
        tokens = given.get("bot") if isinstance(given, Mapping) else None
        if inner["type"] == "tokens_revoked" and not tokens:
            return  # somebody's own token, of which we have none
        team, enterprise = str(body.get("team_id") or ""), str(body.get("enterprise_id") or "")
        await asyncio.to_thread(self.workspaces.gone, team, enterprise, str(inner["type"]))

    async def _profile_changed(self, body: Mapping[str, Any], user: Mapping[str, Any]) -> None:
        team, enterprise = str(body.get("team_id") or ""), str(body.get("enterprise_id") or "")
        who = Who(team, str(user.get("id") or ""), enterprise)
        await self.hearing.profile_changed(who, Profile.read(user, team, enterprise))

    async def _rate_limited(self, body: Mapping[str, Any], next: Any) -> BoltResponse | None:
        """Slack has dropped events, and says so: they are looked for later."""
        if body.get("type") != "app_rate_limited":
            await next()
            return None
        self.pulse.missed()
        return BoltResponse(status=200)

    async def _failed(self, error: Exception) -> BoltResponse:
        """Not taken in: 5xx, so that Slack tries again. The error's own words may quote somebody."""
        self.pulse.missed()
        if isinstance(error, BusyError | TooBusyError | AwayError):
            return BoltResponse(status=503)
        if isinstance(error, NoOrganisationError):  # it may be on its way: somebody is installing the app
            log.error("slack: %s", error)
            return BoltResponse(status=503)
        log.error("what arrived was not taken in: %s", type(error).__name__, exc_info=error)
        return BoltResponse(status=500)

    async def _keep_inviting(self) -> None:
        while self.invitations is not None:
            await asyncio.sleep(self.inviting_every)
            try:
                await self.invitations.round()
            except Exception as failure:  # its own words may quote somebody
                log.error("nobody could be invited: %s", type(failure).__name__)


def _bot_user(body: Mapping[str, Any]) -> str:
    """The coach's own id there, as the delivery itself says it."""
    for each in body.get("authorizations") or ():
        if isinstance(each, Mapping) and each.get("is_bot"):
            return str(each.get("user_id") or "")
    return ""


@contextmanager
def _without_automatic_oauth() -> Iterator[None]:
    """Bolt begins OAuth by itself, with tokens in plain files, where it finds these in the environment."""
    found = {name: os.environ.pop(name) for name in _OAUTH if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(found)

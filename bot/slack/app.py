"""Slack's own app kit, in both ways a company installs it: over https at ``/slack/events``, or over a socket
that we open to Slack. Bolt checks the signature; what it hands on is read, taken in, committed, and only then
is Slack told "received".

``process_before_response``: otherwise Bolt says "received" first, and whatever fails after that is lost.
"""

from __future__ import annotations

import asyncio
import logging
import math
import os
import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.slack import modals, read
from bot.slack.asking import AwayError, WebApi
from bot.slack.catchup import ALIVE, GAP, NOT_HERE, CatchUp
from bot.slack.events import Did, Who
from bot.slack.hearing import Heard, Hearing, TooBusyError, tasks
from bot.slack.identity import Profile
from bot.slack.installations import NoOrganisationError
from bot.slack.manifest import COMMAND, PATH
from bot.slack.workspaces import Workspaces
from storage.database import BusyError, StorageError

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
class Pulse:
    """How the connection is: what was heard last, since when there is a connection, since when something may
    have been missed. Seconds of the monotonic clock; None: never.
    """

    connected_at: float | None = None
    event_at: float | None = None
    missed_since: float | None = None

    def gap(self) -> float | None:
        """For how long something may have been missing by now, in seconds; None if nothing is."""
        return None if self.missed_since is None else time.monotonic() - self.missed_since

    def heard(self) -> None:
        """Something arrived and was taken in."""
        self.event_at = time.monotonic()

    def missed(self) -> None:
        """Something arrived, or may have, and was not taken in."""
        self.missed_since = self.missed_since or time.monotonic()

    def missed_for(self, seconds: float) -> None:
        """Something may have been missed for so long."""
        self.missed_since = min(self.missed_since or math.inf, time.monotonic() - seconds)

    def said(self) -> dict[str, Any]:
        """For health."""
        now = time.monotonic()
        last = None if self.event_at is None else int(now - self.event_at)
        age = None if self.connected_at is None else int(now - self.connected_at)
        return {
            "connected": self.connected_at is not None,
            "connected_seconds": age,
            "last_event_seconds": last,
        }


@dataclass
class SlackApp:
    """Slack, listening. ``app_token`` set: over a socket; else over https with ``signing_secret``."""

    hearing: Hearing
    web: WebApi
    workspaces: Workspaces
    signing_secret: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    catch_up: CatchUp | None = None
    gap: float = GAP.total_seconds()
    pulse: Pulse = field(default_factory=Pulse)
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    def routes(self) -> list[Route]:
        """Where Slack comes to us; none over a socket."""
        return [] if self.app_token else [Route(PATH, self._answer, methods=["POST"])]

    def said(self) -> dict[str, Any]:
        """How it is, for health."""
        caught_up = None if self.catch_up is None else self.catch_up.restored
        return self.pulse.said() | {
            "catch_up": NOT_HERE if self.catch_up is None else f"{caught_up} restored"
        }

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Listen until it is left; what follows an answer is finished first."""
        await asyncio.to_thread(self._open)
        with _without_automatic_oauth():
            self._bolt = self._made()
        self._handler = AsyncSlackRequestHandler(self._bolt)
        beside = [asyncio.ensure_future(self._keep_caught_up())]
        if self.app_token:
            beside.append(asyncio.ensure_future(self._keep_connected()))
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

    def _open(self) -> None:
        try:
            self.workspaces.open()
        except NoOrganisationError as nobody:
            log.error("slack: %s", nobody)

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
        log.error("what arrived was not taken in: %s", type(error).__name__, exc_info=error)
        return BoltResponse(status=500)

    # --- what was missed -------------------------------------------------------------------------------

    async def _keep_caught_up(self) -> None:
        """Read what was missed: at the start, and once a gap is so old that Slack has given up on it."""
        if self.catch_up is None:
            return
        since, noted = await self._alive_until(), time.monotonic()
        self.pulse.missed_for(self.gap)
        while True:
            await asyncio.sleep(LOOK / 4)
            gap = self.pulse.gap()
            if self.pulse.connected_at is None:
                continue
            if gap is None and time.monotonic() - noted >= A_MINUTE:
                noted = time.monotonic()
                await asyncio.to_thread(self._note_alive)
            elif gap is not None and gap >= self.gap:
                began = since or self.hearing.clock.now() - timedelta(seconds=gap)
                since = None if await self._catch_up(self.catch_up, began, gap) else since

    async def _catch_up(self, catch_up: CatchUp, since: datetime, gap: float) -> bool:
        self.pulse.missed_since = None
        try:
            await catch_up.run(since)
        except Exception as failure:  # its own words may quote somebody
            log.error("what was missed could not be read: %s", type(failure).__name__)
            self.pulse.missed_for(gap)
            await asyncio.sleep(A_MINUTE)
            return False
        return True

    async def _alive_until(self) -> datetime | None:
        """Until when everything that came was taken in, as far as anybody noted it."""

        def look() -> str | None:
            with self.hearing.store.reading(self.hearing.organisation()) as repo:
                return repo.setting(ALIVE)

        try:
            found = await asyncio.to_thread(look)
        except (LookupError, StorageError):
            return None
        return datetime.fromisoformat(found) if found else None

    def _note_alive(self) -> None:
        try:
            with self.hearing.store.transaction(self.hearing.organisation()) as repo:
                repo.set_setting(ALIVE, self.hearing.clock.now().isoformat())
        except (LookupError, StorageError):
            return  # there is nobody yet, or the database is busy: the next minute will do

    # --- the socket ------------------------------------------------------------------------------------

    async def _keep_connected(self) -> None:
        """Hold a connection, and watch it: Slack's client mends most of what happens, and hangs on some."""
        while True:
            link = _Link(self)
            try:
                await link.hold()
            except Exception as failure:
                log.warning("no connection to Slack: %s", type(failure).__name__)
            finally:
                self.pulse.connected_at = None
                self.pulse.missed()
                await link.close()
            await asyncio.sleep(LOOK)


@dataclass
class _Link:
    """One client of Slack's, from its first connection until it is given up."""

    app: SlackApp
    greeted: Any = None  # the session over which Slack said hello

    async def hold(self) -> None:
        """Returns when the client has been without a living connection for too long."""
        app = self.app
        self.handler = AsyncSocketModeHandler(
            app._bolt,
            app.app_token,
            logger=logging.getLogger("slack_sdk"),
            web_client=app.web.client(),
            ping_interval=PING,
        )
        self.handler.client.message_listeners.append(self._told)
        client: Any = self.handler.client
        connecting = asyncio.ensure_future(client.connect())
        alive_at = time.monotonic()
        try:
            while time.monotonic() - alive_at < SILENT:
                await asyncio.sleep(LOOK)
                if await client.is_connected() and self.greeted is client.current_session:
                    alive_at = time.monotonic()
                    app.pulse.connected_at = app.pulse.connected_at or alive_at
                elif app.pulse.connected_at is not None:
                    app.pulse.connected_at = None
                    app.pulse.missed()
        finally:
            connecting.cancel()
            await asyncio.gather(connecting, return_exceptions=True)

    async def _told(self, client: Any, message: dict[str, Any], _raw: str | None = None) -> None:
        if message.get("type") == "hello":
            self.greeted = client.current_session

    async def close(self) -> None:
        handler = getattr(self, "handler", None)
        if handler is not None:
            try:
                async with asyncio.timeout(2):
                    await handler.close_async()
            except Exception as failure:
                log.info("a connection to Slack was left open: %s", type(failure).__name__)


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

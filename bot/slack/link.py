"""The socket to Slack, for companies that let nothing in from outside: one connection that is held, watched,
and made anew when it dies, also when it dies without a word.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.slack.asking import WebApi
from bot.slack.pulse import Pulse

log = logging.getLogger("unbadged.slack")
PING = 5.0  # seconds between pings of the socket; unanswered ones make Slack's client connect anew
LOOK = 1.0
SILENT = 20.0  # seconds without a connection, or with one that never said hello: we connect anew ourselves


@dataclass
class Link:
    """The connection, whichever it is at the moment."""

    bolt: AsyncApp
    app_token: str
    web: WebApi
    pulse: Pulse

    async def keep(self) -> None:
        """Hold a connection, and watch it: Slack's client mends most of what happens, and hangs on some."""
        while True:
            session = _Session(self)
            try:
                await session.hold()
            except Exception as failure:
                log.warning("no connection to Slack: %s", type(failure).__name__)
            finally:
                self.pulse.connected_at = None
                self.pulse.missed()
                await session.close()
            await asyncio.sleep(LOOK)


@dataclass
class _Session:
    """One client of Slack's, from its first connection until it is given up."""

    link: Link
    greeted: Any = None  # the session over which Slack said hello

    async def hold(self) -> None:
        """Returns when the client has been without a living connection for too long."""
        link = self.link
        self.handler = AsyncSocketModeHandler(
            link.bolt,
            link.app_token,
            logger=logging.getLogger("slack_sdk"),
            web_client=link.web.client(),
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
                    link.pulse.connected_at = link.pulse.connected_at or alive_at
                elif link.pulse.connected_at is not None:
                    link.pulse.connected_at = None
                    link.pulse.missed()
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

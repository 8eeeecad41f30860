"""Socket Mode: the app keeps a few connections open and gets every payload in an envelope over one of them.
Rules: docs.slack.dev/apis/events-api/using-socket-mode.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.slack.standin.ledger import Attempt, Delivery
from tests.slack.standin.methods import Asked, method
from tests.slack.standin.wire import Payload
from tests.slack.standin.world import Sending, World

MOST_CONNECTIONS = 10
LIFETIME = 3600  # seconds a connection is said to last


@method("apps.connections.open", 3, "connections:write", token="app")
def open_connection(asked: Asked) -> Payload:
    ticket = asked.world.name("ticket-")
    asked.world.tickets.add(ticket)
    address = asked.world.address.replace("http://", "ws://")
    return {"url": f"{address}/link/?ticket={ticket}&app_id={asked.world.app.id}"}


@dataclass
class Connection:
    """One of the app's connections. ``deaf`` ones are open but nobody is behind them any more."""

    number: int
    line: web.WebSocketResponse
    request: web.Request
    deaf: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)


class SocketMode:
    """The server's end of the connections, and a way for deliveries."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.connections: dict[int, Connection] = {}
        self._waiting: dict[str, asyncio.Future[Payload]] = {}
        self._used: dict[str, list[int]] = {}  # which connections a delivery has been tried on
        self._count = self._turn = 0

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """``/link/``: one connection, from hello until it is over."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.world.tickets:
            return web.Response(status=404, text="this ticket is not valid")
        self.world.tickets.remove(ticket)
        line = web.WebSocketResponse(autoping=False)
        await line.prepare(request)
        self._count += 1
        connection = Connection(self._count, line, request)
        if len(self.connections) >= MOST_CONNECTIONS:
            await self._say(connection, "disconnect", reason="too_many_websockets")
            await line.close()
            return line
        self.connections[connection.number] = connection
        pinging = asyncio.get_running_loop().create_task(self._ping(connection))
        try:
            await self._say(connection, "hello")
            self.world.ledger.stir()
            await self._listen(connection)
        finally:
            pinging.cancel()
            connection.over.set()
            self.connections.pop(connection.number, None)
            self.world.ledger.stir()
        return line

    async def _listen(self, connection: Connection) -> None:
        while True:
            heard = await connection.line.receive()
            if heard.type in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING, WSMsgType.ERROR):
                return
            if connection.deaf:
                continue
            if heard.type is WSMsgType.PING:
                await connection.line.pong(heard.data)
            elif heard.type is WSMsgType.TEXT:
                self._acknowledge(json.loads(heard.data))

    def _acknowledge(self, said: Payload) -> None:
        waiting = self._waiting.get(str(said.get("envelope_id")))
        if waiting is not None and not waiting.done():
            waiting.set_result(said.get("payload") or {})

    async def _ping(self, connection: Connection) -> None:
        while True:
            await asyncio.sleep(self.world.timing.ping_seconds)
            if not connection.deaf and not connection.line.closed:
                await connection.line.ping(b"Ping from applink")

    async def _say(self, connection: Connection, type_: str, **more: str) -> None:
        about: Payload = {"type": type_, **more, "num_connections": len(self.connections)}
        about["debug_info"] = {
            "host": "applink-1",
            "build_number": 1,
            "approximate_connection_time": LIFETIME,
        }
        about["connection_info"] = {"app_id": self.world.app.id}
        await connection.line.send_str(json.dumps(about))

    # --- deliveries ------------------------------------------------------------------------------------

    async def attempt(self, delivery: Delivery, number: int, sending: Sending) -> Attempt:
        """In an envelope, on a connection it has not been tried on; waits for the acknowledgement."""
        chosen = self._choose(delivery, sending if number == 0 else Sending())
        tried = Attempt(number, self.world.timing.now(), f"connection {chosen.number if chosen else 'none'}")
        if chosen is None:
            tried.reason = "no_connection"
            return tried
        name = self.world.name("envelope-")
        envelope: Payload = {
            "envelope_id": name,
            "type": delivery.kind,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.kind != "events_api",
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": number, "retry_reason": "timeout" if number else ""}
        waiting: asyncio.Future[Payload] = asyncio.get_running_loop().create_future()
        self._waiting[name] = waiting
        leaving = asyncio.ensure_future(chosen.over.wait())
        began = time.monotonic()
        try:
            if not chosen.deaf:
                await chosen.line.send_str(json.dumps(envelope))
            limit = self.world.timing.ack_seconds
            either: set[asyncio.Future[Any]] = {waiting, leaving}
            await asyncio.wait(either, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
        except ConnectionError:
            pass  # gone while we wrote: as if it had not been acknowledged
        finally:
            leaving.cancel()
            del self._waiting[name]
        tried.seconds = time.monotonic() - began
        if waiting.done():
            tried.status, tried.answer = 200, waiting.result()
        else:
            tried.reason = "timeout"
        return tried

    def _choose(self, delivery: Delivery, sending: Sending) -> Connection | None:
        """Any connection may get any payload: they take turns, and a retry goes over another one."""
        if sending.connection is not None:
            return self.connections.get(sending.connection)
        used = self._used.setdefault(delivery.id, [])
        open_ = [each for each in self.connections.values() if not each.line.closed]
        fresh = [each for each in open_ if each.number not in used] or open_
        if not fresh:
            return None
        self._turn += 1
        chosen = fresh[self._turn % len(fresh)]
        used.append(chosen.number)
        return chosen

    # --- trouble ---------------------------------------------------------------------------------------

    async def warn(self, number: int, reason: str) -> None:
        """A disconnect message: ``warning`` (it stays open), ``refresh_requested``, ``link_disabled``."""
        connection = self.connections[number]
        await self._say(connection, "disconnect", reason=reason)
        if reason == "refresh_requested":  # the app has a moment to change over by itself
            limit = self.world.timing.ack_seconds
            await asyncio.wait([asyncio.ensure_future(connection.over.wait())], timeout=limit)
        if reason != "warning" and not connection.over.is_set():
            await connection.line.close()

    async def drop(self, number: int) -> None:
        """The connection is gone without a word."""
        transport = self.connections[number].request.transport
        if transport is not None:
            transport.abort()

    async def die(self, number: int) -> None:
        """The connection stays open, but nothing is sent there and nothing heard, not even a ping."""
        self.connections[number].deaf = True

    async def stop(self) -> None:
        """Every connection ends."""
        for number in list(self.connections):
            await self.drop(number)

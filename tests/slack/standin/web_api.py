"""Slack's Web API on loopback: reads a request in either encoding, asks who it is, and answers as Slack does.
What has been told to go wrong goes wrong here, on the wire.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from typing import Any

from aiohttp import web

from tests.slack.standin.faults import Fault, Faults, RateLimits, What
from tests.slack.standin.ledger import Call
from tests.slack.standin.methods import METHODS, Asked, Method
from tests.slack.standin.tokens import Grant
from tests.slack.standin.wire import Payload, Refused
from tests.slack.standin.world import World

NO_LINGER = struct.pack("ii", 1, 0)


class WebApi:
    """Answers ``/api/{method}``."""

    def __init__(self, world: World, faults: Faults, limits: RateLimits) -> None:
        self.world, self.faults, self.limits = world, faults, limits

    async def answer(self, request: web.Request) -> web.StreamResponse:
        name, world = request.match_info["method"], self.world
        args, token = await read(request)
        grant = world.tokens.grants.get(token or "")
        channel = self._channel(grant, args, begin=name == "chat.postMessage")
        team_id = grant.team_id if grant else None
        call = Call(world.timing.now(), name, team_id, channel, args)
        world.ledger.note(call)
        fault = self.faults.meet(name, channel, team_id, world.timing.now())
        if fault is None or fault.what is What.DROP or fault.takes_effect:
            call.answer = self._do(name, token, args, channel)
        if fault is not None:
            return await self._go_wrong(request, call, fault)
        assert call.answer is not None
        return self._say(call, call.answer, grant, METHODS.get(name))

    def _do(self, name: str, token: str | None, args: Payload, channel: str | None) -> Payload:
        try:
            found = METHODS.get(name)
            if found is None:
                raise Refused("unknown_method", req_method=name)
            grant = self._admitted(found, token)
            team = grant.team_id or grant.enterprise_id or ""
            wait = self.limits.wait(name, found.tier, team, channel)
            if wait is not None:
                raise Refused("ratelimited", retry_after=wait)
            return {"ok": True, **found.do(Asked(self.world, grant, args))}
        except Refused as no:
            return no.answer()

    def _admitted(self, found: Method, token: str | None) -> Grant:
        """Who asks; Refused unless the token is of the right kind and has the scope."""
        if found.token is None:
            return Grant("", "client", None, None, ())
        grant = self.world.tokens.find(token)
        if grant.kind != found.token:
            raise Refused("not_allowed_token_type")
        if found.scope:
            Asked(self.world, grant, {}).needs(found.scope)
        return grant

    def _channel(self, grant: Grant | None, args: Payload, *, begin: bool) -> str | None:
        """The channel a request is about; for a person's id, their direct messages."""
        named = args.get("channel") or args.get("channel_id")
        if grant is None or not isinstance(named, str):
            return None
        try:
            return self.world.channel(grant, named, begin=begin)[1].id
        except Refused:
            return named

    async def _go_wrong(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
        call.fault = fault.what.value
        self.world.ledger.stir()
        match fault.what:
            case What.RESET:
                cut(request, reset=True)
            case What.DROP:
                cut(request)
            case What.HANG:
                await asyncio.sleep(fault.seconds)
                cut(request)
            case What.STATUS:
                call.status = fault.status
                page = "<html><body>Server Error</body></html>"
                return web.Response(status=fault.status, text=page, content_type="text/html")
            case What.LIMIT:
                assert fault.until is not None
                left = max(1, round(fault.until - self.world.timing.now()))
                return self._say(call, {"ok": False, "error": "ratelimited", "retry_after": left}, None, None)
            case What.ERROR:
                return self._say(call, {"ok": False, "error": fault.error}, None, None)
        return web.Response()  # nobody is there any more to read it

    def _say(
        self, call: Call, answer: Payload, grant: Grant | None, found: Method | None
    ) -> web.StreamResponse:
        headers = {}
        if grant is not None:
            headers["x-oauth-scopes"] = ",".join(grant.scopes)
        if found is not None and found.scope:
            headers["x-accepted-oauth-scopes"] = found.scope
        call.status = 200
        if answer.get("error") == "ratelimited":
            call.status = 429
            headers["Retry-After"] = str(answer["retry_after"])
            answer = {"ok": False, "error": "ratelimited"}
        call.answer = call.answer or answer
        self.world.ledger.stir()
        return web.json_response(answer, status=call.status, headers=headers)


async def read(request: web.Request) -> tuple[Payload, str | None]:
    """The arguments from query, form or JSON, and the token from wherever it was put."""
    args: Payload = dict(request.query)
    if request.content_type == "application/json":
        try:
            given = json.loads(await request.text() or "{}")
        except ValueError:
            given = {}
        args |= given if isinstance(given, dict) else {}
    elif request.can_read_body:
        posted = await request.post()
        args |= {name: value for name, value in posted.items() if isinstance(value, str)}
    kind, _, bearer = request.headers.get("Authorization", "").partition(" ")
    token: Any = args.pop("token", None)
    if kind.lower() == "bearer":
        token = bearer.strip()
    elif kind.lower() == "basic":
        args["_basic"] = bearer.strip()
    return args, token


def cut(request: web.Request, *, reset: bool = False) -> None:
    """End the connection without an answer; ``reset`` makes the network say so rudely."""
    transport = request.transport
    if transport is None:
        return
    if reset:
        line = transport.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
    transport.abort()

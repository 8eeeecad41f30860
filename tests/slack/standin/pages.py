"""What Slack serves besides its Web API: the page where one installs, response URLs, and files.
None of them asks for a token of the app, except the files.
"""

from __future__ import annotations

import json

from aiohttp import web

from tests.slack.standin.answers import answer_at
from tests.slack.standin.ledger import Call
from tests.slack.standin.oauth import consent_page
from tests.slack.standin.web_api import read
from tests.slack.standin.wire import Payload, Refused
from tests.slack.standin.world import World


class Pages:
    """The handlers, and the paths they are found at."""

    def __init__(self, world: World) -> None:
        self.world = world

    def add_to(self, site: web.Application) -> None:
        site.router.add_get("/oauth/v2/authorize", self.authorize)
        site.router.add_post("/response/{team}/{name}", self.respond)
        site.router.add_post("/upload/{file}", self.upload)
        site.router.add_get("/files-pri/{file}", self.download)

    async def authorize(self, request: web.Request) -> web.StreamResponse:
        return await consent_page(self.world, request)

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """A response_url: five uses in thirty minutes, no token."""
        said, _ = await read(request)
        if "payload" in said:
            said = json.loads(said["payload"])
        now, timing = self.world.timing.now(), self.world.timing
        call = Call(now, "response_url", request.match_info["team"], None, said)
        self.world.ledger.note(call)
        url = self.world.response_urls.get(request.match_info["name"])
        call.status = 200
        call.answer = {"ok": True}
        if url is None or now - url.at > timing.response_url_seconds:
            call.status, call.answer = 404, {"ok": False, "error": "expired_url"}
        elif url.uses >= timing.response_url_uses:
            call.status, call.answer = 404, {"ok": False, "error": "used_url"}
        else:
            url.uses += 1
            try:
                answer_at(self.world, url, said)
            except Refused as no:
                call.status, call.answer = 400, no.answer()
        if call.status == 200:
            return web.Response(text="ok")
        return web.json_response(call.answer, status=call.status)

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file that was announced, plain or as the first file of a form."""
        found = self.world.uploads.get(request.match_info["file"])
        if found is None:
            return web.Response(status=404)
        if request.content_type.startswith("multipart/"):
            posted = (await request.post()).values()
            found.bytes = next((each.file.read() for each in posted if isinstance(each, web.FileField)), b"")
        else:
            found.bytes = await request.read()
        if len(found.bytes) != found.length:
            found.bytes = None
            return web.Response(status=400, text="the length is not the one announced")
        return web.Response(text=f"OK - {found.length}")

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file somebody shared; noted, because an app may have promised not to look."""
        _, token = await read(request)
        args: Payload = {"file": request.match_info["file"]}
        self.world.ledger.note(Call(self.world.timing.now(), "files-pri", None, None, args))
        if token not in self.world.tokens.grants:
            return web.Response(status=403)
        return web.Response(body=b"bytes of a file")

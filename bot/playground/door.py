"""Who may knock: only a browser on this computer, looking at this very page.
The playground holds what somebody typed, so another website open in the same browser must not reach it.

A page on the internet can point its own name at 127.0.0.1, and can post forms to it. Checking the name that
was asked for stops the first, checking where a post came from stops the second.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})

SECURITY = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not no-referrer: with that, browsers send "Origin: null" with our own forms as with anybody's.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


def knows_host(headers: Headers, scope: Scope) -> bool:
    """Whether the browser asked for this computer by a loopback name, at the port we listen on."""
    listening = scope.get("server")
    if listening is None:
        return False
    host = headers.get("host", "")
    name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    if not name:
        name, port = host, ""
    return name.lower() in LOOPBACK and (port or "80") == str(listening[1])


def comes_from_here(headers: Headers) -> bool:
    """Whether a post was made by our own page. Every browser says so in one of two headers."""
    origin = headers.get("origin")
    site = headers.get("sec-fetch-site")
    if origin is not None and origin.lower() != f"http://{headers.get('host', '').lower()}":
        return False
    if site is not None and site != "same-origin":
        return False
    return origin is not None or site is not None


class Door:
    """Lets in what belongs here and puts the security headers on everything that goes out."""

    def __init__(self, app: ASGIApp, refusal: str) -> None:
        self.app = app
        self.refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            # Start and stop pass; nothing here speaks WebSocket, so nothing but them and pages gets in.
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    out[name] = value
                out.setdefault("cache-control", "no-store")
            await send(message)

        headers = Headers(scope=scope)
        # Anything that is not plain reading counts as writing.
        reading = scope["method"] in {"GET", "HEAD"}
        if not knows_host(headers, scope) or not (reading or comes_from_here(headers)):
            await PlainTextResponse(self.refusal, 403)(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded)

"""One try over HTTP: signed, answered within three seconds or not at all.
Rules: docs.slack.dev/apis/events-api and /authentication/verifying-requests-from-slack.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from tests.slack.standin.ledger import Attempt, Delivery
from tests.slack.standin.world import Sending, World

REDIRECTS = 2  # Slack follows that many
FORM = "application/x-www-form-urlencoded"


def sign(secret: str, body: str, at: str) -> str:
    """The signature Slack puts on a request."""
    basis = f"v0:{at}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), basis, hashlib.sha256).hexdigest()


def written(delivery: Delivery) -> tuple[str, str]:
    """The body of a request, and its content type."""
    if delivery.kind == "interactive":
        return urlencode({"payload": json.dumps(delivery.payload)}), FORM
    if delivery.kind == "slash_commands":
        return urlencode(delivery.payload), FORM
    return json.dumps(delivery.payload), "application/json"


class HttpMode:
    """Posts to the app's one address. ``session`` belongs to whoever made it."""

    def __init__(self, world: World, url: str, session: aiohttp.ClientSession) -> None:
        self.world, self.url, self.session = world, url, session
        self.reasons: dict[str, str] = {}  # why the try before failed, by delivery

    async def attempt(self, delivery: Delivery, number: int, sending: Sending) -> Attempt:
        body, kind = written(delivery)
        at = str(int(time.time()))
        headers = {
            "Content-Type": kind,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": sign(self.world.app.signing_secret, body, at),
        }
        if number:
            headers["X-Slack-Retry-Num"] = str(number)
            headers["X-Slack-Retry-Reason"] = self.reasons.get(delivery.id, "unknown_error")
        tried = Attempt(number, self.world.timing.now(), self.url)
        began = time.monotonic()
        try:
            await self._post(tried, body, headers)
        except TimeoutError:
            tried.reason = "http_timeout"
        except aiohttp.ClientError:
            tried.reason = "connection_failed"
        tried.seconds = time.monotonic() - began
        if tried.reason:
            self.reasons[delivery.id] = tried.reason
        return tried

    async def _post(self, tried: Attempt, body: str, headers: dict[str, str]) -> None:
        """One request and the redirects it leads to; what was answered goes into ``tried``."""
        limit = aiohttp.ClientTimeout(total=self.world.timing.ack_seconds)
        url = self.url
        for _ in range(REDIRECTS + 1):
            posting = self.session.post(
                url, data=body.encode(), headers=headers, timeout=limit, allow_redirects=False
            )
            async with posting as answer:
                if answer.status in (301, 302, 307, 308):
                    url = answer.headers["Location"]
                    continue
                tried.status, tried.body = answer.status, await answer.text()
                tried.answer = _read(tried.body)
                if not 200 <= answer.status < 300:
                    stop = answer.headers.get("X-Slack-No-Retry") == "1"
                    tried.reason = "no_retry" if stop else "http_error"
                return
        tried.reason = "too_many_redirects"


def _read(body: str) -> dict[str, object]:
    """What the app said with its 200: JSON as it is, anything else as text."""
    try:
        found = json.loads(body)
    except ValueError:
        found = {"text": body} if body.strip() else {}
    return found if isinstance(found, dict) else {}

"""One call to Slack, and an honest word about how it ended: done, refused, never sent, or nobody knows.

The SDK repeats a request by itself when a connection breaks, and a message would stand there twice; that is
switched off here. docs/decisions/0013 says which failure counts as what.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

SECONDS = 10.0  # that Slack has for an answer; its own limit for ours is three
USUAL_WAIT = 30.0  # seconds, where Slack says "too many" without saying for how long
# Slack says of these that part of what was asked may have been done all the same.
_PERHAPS = frozenset({"fatal_error", "internal_error"})
# Nobody is there any more, or nobody lets us in: docs.slack.dev/reference/methods/chat.postMessage
NOBODY_THERE = frozenset({
    "user_not_found", "users_not_found", "user_disabled", "user_not_visible", "channel_not_found",
    "is_archived", "cannot_dm_bot", "not_in_channel", "method_not_supported_for_channel_type",
})  # fmt: skip
# Slack is not itself for a while; nothing was done.
FOR_A_WHILE = frozenset({
    "service_unavailable", "request_timeout", "team_added_to_org", "org_login_required", "token_expired",
    "accesslimited", "ekm_access_denied",
})  # fmt: skip
_log = logging.getLogger("unbadged.slack.api")
_log.setLevel(logging.WARNING)  # below that the SDK writes down what is sent


class CallError(Exception):
    """A call to Slack that did not go well."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SlackRefusedError(CallError):
    """Slack took the request and said no; ``reason`` is its word for why. Nothing was done."""


class LimitedError(CallError):
    """Too many: nothing was done, and nothing is to be asked for ``seconds``. ``is_channels``: there only."""

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(reason)
        self.seconds, self.is_channels = seconds, reason == "rate_limited"


class NeverSentError(CallError):
    """The request did not reach Slack whole, so nothing can have been done."""


class LostError(CallError):
    """It was sent, and no answer came that says whether it was done."""


class Api:
    """Calls with one token. A client is cheap to keep and dear to make: https costs 22 ms each time."""

    def __init__(self, token: str | None, url: str, seconds: float = SECONDS) -> None:
        self.client = WebClient(
            token,
            base_url=url,
            timeout=seconds,  # type: ignore[arg-type] # it says whole seconds, and takes any
            ssl=_certificates() if url.startswith("https") else None,
            retry_handlers=[],
            logger=_log,
        )

    def call(self, method: str, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """Do one thing, once; Slack's answer. CallError says how it ended otherwise."""
        try:
            if method == "oauth.v2.access" or method.startswith("files."):  # these take a form alone
                answer = self.client.api_call(method, data=dict(args))
            elif method.startswith(("conversations.", "users.")):  # those that read do not take JSON
                answer = self.client.api_call(method, params=dict(args))
            else:
                answer = self.client.api_call(method, json=dict(args))
        except SlackApiError as failure:
            raise _named(failure.response) from None
        except URLError as failure:  # raised while connecting or writing, never while waiting
            raise NeverSentError(type(failure.reason).__name__) from None
        except Exception as failure:
            raise LostError(type(failure).__name__) from None
        found: Mapping[str, Any] = answer.data if isinstance(answer.data, dict) else {}
        return found

    def put(self, address: str, content: bytes) -> None:
        """Bring bytes to an address that Slack has named for them. CallError says how it ended otherwise."""
        kind = {"Content-Type": "application/octet-stream"}
        asked = Request(address, content, kind, method="POST")  # noqa: S310 - Slack has named it just now
        try:
            with urlopen(asked, timeout=self.client.timeout, context=self.client.ssl) as answer:  # noqa: S310
                answer.read()
        except HTTPError as failure:
            raise SlackRefusedError(f"http_{failure.code}") from None
        except Exception as failure:
            raise LostError(type(failure).__name__) from None


def _named(response: Any) -> CallError:
    status = int(response.status_code)
    error = str(response.get("error", "")) if isinstance(response.data, dict) else ""
    is_slacks = bool(error) and " " not in error  # anything else is a page of something in between
    if status == 429:
        return LimitedError(error if is_slacks else "ratelimited", _seconds(response.headers))
    if status >= 500 or error in _PERHAPS:
        return LostError(f"http_{status}" if status >= 500 else error)
    if error == "rate_limited":
        return LimitedError(error, _seconds(response.headers))
    if is_slacks:
        return SlackRefusedError(error)
    return LostError("unreadable") if status < 300 else NeverSentError(f"http_{status}")


def _seconds(headers: Mapping[str, Any]) -> float:
    given = next((value for name, value in headers.items() if name.lower() == "retry-after"), None)
    text = str(given[0] if isinstance(given, list) else given)
    return float(text) if text.isdigit() else USUAL_WAIT


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()

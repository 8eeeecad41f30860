"""The small change of Slack's wire: what a payload is, how a refusal is said, and how text is escaped.
Everything else in this folder is made of these.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

Payload = dict[str, Any]

_LINK = re.compile(r"https?://[^\s<>]+")


class Refused(Exception):  # noqa: N818 - Slack says no; nothing of ours has failed
    """An answer ``{"ok": false, "error": ...}``; ``more`` are the further fields that Slack gives with it."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error, self.more = error, more

    def answer(self) -> Payload:
        return {"ok": False, "error": self.error, **self.more}


def refused_arguments(*messages: str, error: str = "invalid_arguments") -> Refused:
    """The refusal that says which part was wrong, in the two places where Slack says it."""
    return Refused(
        error,
        errors=list(messages),
        response_metadata={"messages": [f"[ERROR] {message}" for message in messages]},
    )


def typed(text: str) -> str:
    """What a person typed, as apps get it (docs.slack.dev/messaging/formatting-message-text)."""
    return _LINK.sub(lambda link: f"<{link[0]}>", html.escape(text, quote=False))


def shown(text: str) -> str:
    """What is on the wire, as a person reads it: links without their brackets, letters unescaped."""
    plain = re.sub(r"<([^<>|]+)\|([^<>]+)>", r"\2", text)
    plain = re.sub(r"<((?:https?|mailto|tel):[^<>]+)>", r"\1", plain)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed_blocks(text: str, block_id: str) -> list[Payload]:
    """The rich text that Slack's own clients send along with what a person typed."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "block_id": block_id, "elements": [section]}]


def is_true(value: object) -> bool:
    """Whether an argument means yes, in either encoding."""
    return value is True or str(value).lower() in ("1", "true")


def unpacked(value: Any, error: str) -> Any:
    """A structured argument: itself, or read from the JSON text in which forms carry it."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refused(error) from None

"""Reading what a browser sends: small, plain forms and nothing else.
What is too long or was not made by our page is turned away with a sentence a person can use.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

LIMIT = 64 * 1024
MOST_FIELDS = 64
MOST_KEY = 80


class Refused(Exception):  # noqa: N818 - it is an answer to a person, not a fault of ours
    """A form we do not take; ``word`` names the sentence that says why."""

    def __init__(self, status: int, word: str) -> None:
        super().__init__(word)
        self.status = status
        self.word = word


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, line ends as the rest of the program knows them."""
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > LIMIT:
        raise Refused(413, "playground_too_long")
    body = bytearray()
    # Counted as it arrives: a length is only what the sender claims, and need not be sent at all.
    async for chunk in request.stream():
        body += chunk
        if len(body) > LIMIT:
            raise Refused(413, "playground_too_long")
    try:
        pairs = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
        )
    except ValueError as wrong:
        raise Refused(400, "playground_outdated") from wrong
    return {name: value.replace("\r\n", "\n").replace("\r", "\n") for name, value in pairs}


def needed(form: dict[str, str], name: str) -> str:
    """A field our own page always sends."""
    value = form.get(name, "").strip()
    if not value:
        raise Refused(400, "playground_outdated")
    return value


def one_time_key(form: dict[str, str]) -> str:
    """The id made for this one submit, by which a double click is recognised."""
    key = needed(form, "key")
    if len(key) > MOST_KEY or not key.isascii() or not key.isprintable():
        raise Refused(400, "playground_outdated")
    return key

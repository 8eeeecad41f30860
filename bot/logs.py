"""What the service writes down about itself, and what it never does: nobody's words, no secret addresses.

Whatever logs, ours or a vendor's, goes out through one door here, and the door does the leaving out.
"""

from __future__ import annotations

import logging
import re
import sys
import time
import traceback
from collections.abc import Iterator
from typing import TextIO

OURS = ("bot", "coaching", "prompts", "storage", "unbadged")
# Below INFO vendors log whole requests, rows and forms; some set their own level, so the door looks too.
VENDORS_AT_LEAST = logging.INFO
# These say at INFO or WARNING what is only noise here: every look, every request, a tick that took long.
QUIET = {
    "alembic": logging.WARNING,
    "apscheduler": logging.ERROR,
    "httpx": logging.WARNING,
    "uvicorn.access": logging.ERROR,
}

_QUERY = re.compile(r"(?<=[\w/.\-])\?[^\s\"'<>]*=[^\s\"'<>]*")
_PASSWORD = re.compile(r"(\w+://)[^\s/@\"']+@")


def set_up(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send every log line of this process to ``stream`` (stderr), with the promises above kept."""
    door = logging.StreamHandler(stream or sys.stderr)
    door.setFormatter(_Lines())
    door.addFilter(_may_pass)
    root = logging.getLogger()
    root.handlers[:] = [door]
    root.setLevel(max(logging.getLevelName(level), VENDORS_AT_LEAST))
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)
    logging.captureWarnings(True)


def _may_pass(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in OURS or record.levelno >= VENDORS_AT_LEAST


class _Lines(logging.Formatter):
    """A moment in UTC, how grave it is, who says it, what."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have left its own, fuller version here
        return _PASSWORD.sub(r"\1…@", _QUERY.sub("?…", super().format(record)))

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's own name
        error = ei[1] if isinstance(ei, tuple) else None
        return "\n".join(_told(error)) if isinstance(error, BaseException) else ""


def _told(error: BaseException, seen: frozenset[int] = frozenset()) -> Iterator[str]:
    """An exception and what led to it: where in the code and which kind, without values.

    The text of an exception often quotes what could not be read, and that may be somebody's words; only
    storage's own errors promise not to.
    """
    if id(error) in seen:
        return
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _told(before, seen | {id(error)})
        yield "which led to"
    yield from (line.rstrip() for line in traceback.format_tb(error.__traceback__))
    kind = type(error)
    says = f": {error}" if kind.__module__ == "storage.database" else ""
    yield f"{kind.__module__}.{kind.__qualname__}{says}"
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield "of which one was"
            yield from _told(inner, seen | {id(error)})

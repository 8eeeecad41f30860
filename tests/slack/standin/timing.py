"""How long Slack waits for what, and what its clock says. A test shortens the waits and lends its own clock,
so that five minutes of retries pass in a blink and a token is twelve hours old at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Slack's waits in seconds, as docs.slack.dev gives them.

    ``now`` dates messages, triggers, tokens and rate limits. ``ack_seconds`` and the pings are waited for
    in real time; the waits before retries are multiplied by ``scale``. Signatures always carry the real
    time, because the app compares them with its own.
    """

    now: Callable[[], float] = time.time
    ack_seconds: float = 3.0
    retry_waits: tuple[float, ...] = (0.0, 60.0, 300.0)
    scale: float = 1.0
    trigger_seconds: float = 3.0
    response_url_seconds: float = 30 * 60.0
    response_url_uses: int = 5
    token_seconds: float = 12 * 3600.0
    code_seconds: float = 600.0
    ping_seconds: float = 10.0


class Stamps:
    """Message timestamps: the time in microseconds, never the same twice and never going back."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now, self._last = now, 0

    def next(self) -> str:
        self._last = max(int(self._now() * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

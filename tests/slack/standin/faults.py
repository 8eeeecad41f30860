"""What goes wrong on the way to Slack, and when: a test says it beforehand, the stand-in does it.
Rate limits are kept here too, because a 429 is the commonest thing to go wrong.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase

PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}  # docs.slack.dev/apis/web-api/rate-limits
POSTS_PER_MINUTE = 300  # "several hundred" for a workspace: reference/methods/chat.postMessage
POST_BURST = 4  # messages one channel takes at once; one more every second


class What(StrEnum):
    DROP = "drop"  # Slack does it, then the connection is gone before the answer
    HANG = "hang"  # no answer for ``seconds``, then the connection is gone
    RESET = "reset"  # the connection is reset before Slack has read anything
    STATUS = "status"  # an HTTP error page
    LIMIT = "limit"  # 429 until ``seconds`` from the first one have passed
    ERROR = "error"  # {"ok": false, "error": ...}


@dataclass
class Fault:
    """One thing that goes wrong. ``method`` may hold ``*``; ``times`` None is for good, until `end`.

    ``takes_effect``: whether Slack did what was asked although it did not say so (hang, status, error).
    """

    what: What
    method: str = "chat.postMessage"
    channel: str | None = None
    team_id: str | None = None
    times: int | None = 1
    seconds: float = 30.0
    status: int = 503
    error: str = "fatal_error"
    takes_effect: bool = False
    hits: int = 0
    until: float | None = None

    def end(self) -> None:
        self.times = self.hits

    def meets(self, method: str, channel: str | None, team_id: str | None, now: float) -> bool:
        if self.until is not None and now >= self.until:
            return False
        return (
            (self.times is None or self.hits < self.times)
            and fnmatchcase(method, self.method)
            and self.channel in (None, channel)
            and self.team_id in (None, team_id)
        )


@dataclass
class Faults:
    """What a test has asked for; the first that fits a request happens to it."""

    asked: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> Fault:
        self.asked.append(fault)
        return fault

    def limit(self, seconds: float, *, channel: str | None = None, method: str = "chat.postMessage") -> Fault:
        """429 with Retry-After, for one channel or (without) the whole method, until the time is over."""
        return self.add(Fault(What.LIMIT, method, channel, times=None, seconds=seconds))

    def error(self, error: str, method: str = "chat.postMessage", **more: object) -> Fault:
        return self.add(Fault(What.ERROR, method, error=error, **more))  # type: ignore[arg-type]

    def clear(self) -> None:
        self.asked.clear()

    def meet(self, method: str, channel: str | None, team_id: str | None, now: float) -> Fault | None:
        for fault in self.asked:
            if fault.meets(method, channel, team_id, now):
                fault.hits += 1
                if fault.what is What.LIMIT and fault.until is None:
                    fault.until = now + fault.seconds
                return fault
        return None


@dataclass
class RateLimits:
    """Slack's own limits, per method and workspace, when switched on."""

    now: Callable[[], float]
    on: bool = False
    outside_marketplace: bool = False  # history and replies once a minute
    _asked: dict[tuple[str, str], deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _tanks: dict[str, tuple[float, float]] = field(default_factory=dict)

    def wait(self, method: str, tier: int | None, team_id: str, channel: str | None) -> int | None:
        """None if the request may pass, else the seconds of Retry-After."""
        if not self.on:
            return None
        most = PER_MINUTE.get(tier or 0)
        if method == "chat.postMessage":
            most = POSTS_PER_MINUTE
        if self.outside_marketplace and method in ("conversations.history", "conversations.replies"):
            most = 1
        now, asked = self.now(), self._asked[method, team_id]
        while asked and asked[0] <= now - 60:
            asked.popleft()
        if most is not None and len(asked) >= most:
            return max(1, math.ceil(asked[0] + 60 - now))
        if method == "chat.postMessage" and channel is not None and not self._pour(channel, now):
            return 1
        asked.append(now)
        return None

    def _pour(self, channel: str, now: float) -> bool:
        left, at = self._tanks.get(channel, (float(POST_BURST), now))
        left = min(float(POST_BURST), left + now - at)
        may = left >= 1
        self._tanks[channel] = (left - may, now)
        return may

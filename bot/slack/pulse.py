"""How the connection to Slack is: not whether our process runs, but whether anything comes in."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any


@dataclass
class Pulse:
    """How the connection is: what was heard last, since when there is a connection, since when something may
    have been missed. Seconds of the monotonic clock; None: never.
    """

    connected_at: float | None = None
    event_at: float | None = None
    missed_since: float | None = None

    def gap(self) -> float | None:
        """For how long something may have been missing by now, in seconds; None if nothing is."""
        return None if self.missed_since is None else time.monotonic() - self.missed_since

    def heard(self) -> None:
        """Something arrived and was taken in."""
        self.event_at = time.monotonic()

    def missed(self) -> None:
        """Something arrived, or may have, and was not taken in."""
        self.missed_since = self.missed_since or time.monotonic()

    def missed_for(self, seconds: float) -> None:
        """Something may have been missed for so long."""
        self.missed_since = min(self.missed_since or math.inf, time.monotonic() - seconds)

    def said(self) -> dict[str, Any]:
        """For health."""
        now = time.monotonic()
        last = None if self.event_at is None else int(now - self.event_at)
        age = None if self.connected_at is None else int(now - self.connected_at)
        return {
            "connected": self.connected_at is not None,
            "connected_seconds": age,
            "last_event_seconds": last,
        }

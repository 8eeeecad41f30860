"""How fast Slack is spoken to: a message a second in each chat, some hundred a minute in a workspace, and
not at all while Slack says "wait" or does not answer.

Nobody waits in here. Whoever comes too early is told when to come back, each a little later than the one
before, so that a thousand lines due at nine drain one after the other instead of knocking all at once.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channel import NotYetError
from bot.clock import Clock

POST, UPDATE, HISTORY, OPEN = "chat.postMessage", "chat.update", "conversations.history", "conversations.open"
PUBLISH, WHO = "views.publish", "users.info"
UPLOAD, DELETE = "files.getUploadURLExternal", "files.delete"
POSTS_PER_MINUTE = 240  # "several hundred" in a workspace: docs.slack.dev/reference/methods/chat.postMessage
TIER_3 = 45  # of 50 a minute: docs.slack.dev/apis/web-api/rate-limits
TIER_4 = 90  # of 100
LOOKS = 75  # of the same, with room for the first few at once: no line waits for them, so none is refused
PER_MINUTE: Mapping[str, float] = {
    UPDATE: TIER_3,
    HISTORY: TIER_3,
    OPEN: TIER_3,
    DELETE: TIER_3,
    PUBLISH: TIER_4,
    UPLOAD: TIER_4,
    WHO: LOOKS,
}
# Replies pass what nobody waits for: that much of the pace is always left for them.
SHARE_OF_UNASKED = 5 / 6
BURST, CHAT_BURST = 15.0, 3.0
CHATS_REMEMBERED = 10_000
FIRST_REST, LONGEST_REST = 2.0, 60.0  # seconds, after Slack did not answer, doubled each time


@dataclass
class Tank:
    """Fills with ``rate`` a second up to ``most``; ``promised`` is the last moment somebody was told."""

    rate: float
    most: float
    left: float
    at: datetime
    promised: datetime

    def fill(self, now: datetime) -> None:
        """What has flowed in since it was looked at last; a clock that is set back brings nothing."""
        self.left = min(self.most, self.left + max(0.0, (now - self.at).total_seconds()) * self.rate)
        self.at = now

    def promise(self, now: datetime, need: float) -> datetime:
        """When somebody who needs so much may come back: after whoever was told before."""
        soonest = now + timedelta(seconds=max(0.0, need - self.left) / self.rate)
        self.promised = max(soonest, self.promised + timedelta(seconds=need / self.rate))
        return self.promised


@dataclass
class Rest:
    """A workspace that does not answer is left alone, longer each time."""

    until: datetime
    seconds: float = 0.0


@dataclass
class Pace:
    """One process's share of what Slack takes. ``posts_per_minute`` is for each workspace."""

    clock: Clock
    posts_per_minute: float = POSTS_PER_MINUTE
    dice: random.Random = field(default_factory=random.Random)

    def __post_init__(self) -> None:
        """Nothing was said yet."""
        self._tanks: dict[tuple[str, ...], Tank] = {}
        self._closed: dict[tuple[str, ...], datetime] = {}
        self._rests: dict[str, Rest] = {}
        self._lock = threading.Lock()

    def take(
        self, team: str, method: str, chat: str = "", need: int = 1, *, is_unasked: bool = False
    ) -> None:
        """Go ahead with ``need`` calls now; NotYetError says when to come back."""
        now = self.clock.now()
        with self._lock:
            wait = self._closed_until(now, team, method, chat)
            tanks = self._tanks_for(now, team, method, chat, is_unasked)
            for tank in tanks:
                tank.fill(now)
            short = [tank for tank in tanks if tank.left < min(need, tank.most)]
            if not short and wait is None:
                for tank in tanks:
                    tank.left -= need
                return
            # After a wait everybody comes at once, unless each is told another moment from the end of it.
            start = wait or now
            late = [tank.promise(start, need) for tank in (short or tanks[:1])]
            raise NotYetError(max(start, *late) + timedelta(seconds=self.dice.uniform(0, 0.2)))

    def wait(self, team: str, method: str, seconds: float, chat: str = "") -> datetime:
        """Slack said "too many": nothing by this method for so long, in one chat or the whole workspace."""
        jitter = self.dice.uniform(0.0, min(1.0, 0.1 * seconds))
        until = self.clock.now() + timedelta(seconds=seconds + jitter)
        with self._lock:
            key = (team, method, chat)
            self._closed[key] = max(until, self._closed.get(key, until))
        return until

    def no_answer(self, team: str) -> datetime:
        """Slack did not answer or could not be reached: leave the workspace alone, longer each time."""
        now = self.clock.now()
        with self._lock:
            rest = self._rests.setdefault(team, Rest(now))
            if now >= rest.until:  # several calls may have been under way when it began
                rest.seconds = min(max(FIRST_REST, 2 * rest.seconds), LONGEST_REST)
                rest.until = now + timedelta(seconds=rest.seconds * self.dice.uniform(0.8, 1.2))
            return rest.until

    def answered(self, team: str) -> None:
        """Slack is there."""
        if team in self._rests:
            with self._lock:
                self._rests.pop(team, None)

    def _closed_until(self, now: datetime, team: str, method: str, chat: str) -> datetime | None:
        for key in ((team, method, ""), (team, method, chat)):
            if key in self._closed and self._closed[key] <= now:
                del self._closed[key]
        rest = self._rests.get(team)
        ends = [
            self._closed[key] for key in {(team, method, ""), (team, method, chat)} if key in self._closed
        ]
        ends += [rest.until] if rest is not None and rest.until > now else []
        return max(ends, default=None)

    def _tanks_for(self, now: datetime, team: str, method: str, chat: str, is_unasked: bool) -> list[Tank]:
        if len(self._tanks) > CHATS_REMEMBERED:
            full = [key for key, tank in self._tanks.items() if now - tank.at > timedelta(minutes=5)]
            for key in full:
                del self._tanks[key]
        rate = (self.posts_per_minute if method == POST else PER_MINUTE.get(method, TIER_3)) / 60
        found = [self._tank((team, method), rate, BURST, now)]
        if method == POST and is_unasked:
            found.append(self._tank((team, method, "", "unasked"), rate * SHARE_OF_UNASKED, BURST, now))
        if method == POST and chat:
            found.append(self._tank((team, method, chat), 1.0, CHAT_BURST, now))
        return found

    def _tank(self, key: tuple[str, ...], rate: float, most: float, now: datetime) -> Tank:
        return self._tanks.setdefault(key, Tank(rate, most, most, now, now))

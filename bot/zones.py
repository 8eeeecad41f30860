"""Where somebody is just now: before a line goes out that nobody asked for, their zone is read anew.

At most once a day for each person, and never for longer than two seconds: no line is late for it. Whoever
said in chat where they are goes by that; of their profile it is only remembered what it says.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.channel import Channel, Knows, NotYetError
from storage.jobs import Job
from storage.store import Store

log = logging.getLogger("unbadged.zones")
EACH = timedelta(days=1)
AGAIN_AFTER = timedelta(hours=1)  # where the channel could not say
REST = timedelta(minutes=1)  # for a channel that gave no answer: a thousand lines are not to wait for each
MOST_SECONDS = 2.0
MOST_REMEMBERED = 20_000
SIDE_BY_SIDE = 6


class Zones:
    """Rereads zones. What was read when is remembered by each process: at worst it is asked once more."""

    def __init__(self, store: Store, channels: Mapping[str, Channel]) -> None:
        self._store, self._channels = store, channels
        self._not_before: dict[tuple[str, str], datetime] = {}
        self._rests: dict[str, datetime] = {}  # channels that gave no answer, and until when they are left
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(SIDE_BY_SIDE, "zone")

    def reread(self, job: Job, now: datetime) -> bool:
        """Whether the person of this line has moved; then their zone is up to date now. It never fails."""
        channel: object = self._channels.get(job.channel or "")
        if job.nudge is None or not isinstance(channel, Knows) or not self._is_time(job, now):
            return False
        try:
            zone = self._asked(channel, job)
            if zone is not None and is_zone(zone):
                return self._moved(job, zone)
            self._remember(job, now + AGAIN_AFTER)
        except NotYetError:
            self._remember(job, now)  # nothing was asked: it is with the next line
        except Exception as failure:  # whatever it is, the line goes by the zone that is known
            self._remember(job, now + AGAIN_AFTER)
            self._rests[str(job.channel)] = now + REST
            log.warning("a zone could not be read: %s", type(failure).__name__)
        return False

    def _asked(self, channel: Knows, job: Job) -> str | None:
        """What the channel says, TimeoutError if it takes too long; what it says after that is let go."""
        with self._store.reading(job.organisation_id) as repo:
            platform_id = repo.platform_id(job.person_id, job.channel or "")
        if platform_id is None:
            return None
        asked = self._threads.submit(channel.zone_of, job.organisation_id, platform_id)
        try:
            return asked.result(MOST_SECONDS)
        finally:
            asked.cancel()

    def _is_time(self, job: Job, now: datetime) -> bool:
        key = (job.organisation_id, job.person_id)
        if now < self._rests.get(str(job.channel), now):
            return False
        with self._lock:
            not_before = self._not_before.get(key)
        if not_before is not None and now < not_before <= now + EACH:  # a clock may be set back
            return False
        self._remember(job, now + EACH)
        return True

    def _remember(self, job: Job, until: datetime) -> None:
        with self._lock:
            if len(self._not_before) >= MOST_REMEMBERED:
                self._not_before.clear()
            self._not_before[job.organisation_id, job.person_id] = until

    def _moved(self, job: Job, zone: str) -> bool:
        with self._store.transaction(job.organisation_id) as repo:
            repo.lock(job.person_id)
            person = repo.person(job.person_id)
            return person is not None and repo.heard_zone(person.id, zone)


def is_zone(name: str) -> bool:
    """Whether this is a place's time zone, as people live by one, and one that is known here."""
    if "/" not in name:
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True

"""Knows since when something may have been missed, and has it read once Slack has given up on it."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.slack.catchup import ALIVE, GAP, CatchUp
from bot.slack.pulse import Pulse
from storage.database import StorageError

log = logging.getLogger("unbadged.slack")
LOOK = 0.25
A_MINUTE = 60.0


@dataclass
class KeepingUp:
    """``gap``: seconds after which a gap is so old that what fell into it does not come by itself."""

    catch_up: CatchUp
    pulse: Pulse
    gap: float = GAP.total_seconds()

    async def keep(self) -> None:
        """Read what was missed: at the start, and once a gap is so old that Slack has given up on it."""
        since, is_start, noted = await self._alive_until(), True, time.monotonic()
        self.pulse.missed_for(self.gap)
        while True:
            await asyncio.sleep(LOOK)
            gap = self.pulse.gap()
            if self.pulse.connected_at is None:
                continue
            if gap is None and time.monotonic() - noted >= A_MINUTE:
                noted = time.monotonic()
                await asyncio.to_thread(self._note_alive)
            elif gap is not None and gap >= self.gap:
                if not is_start:
                    since = self.catch_up.hearing.clock.now() - timedelta(seconds=gap)
                is_start = not await self._catch_up(since, gap) and is_start

    async def _catch_up(self, since: datetime | None, gap: float) -> bool:
        self.pulse.missed_since = None
        back = time.monotonic() - (self.pulse.connected_at or time.monotonic())
        try:
            await self.catch_up.run(since, self.catch_up.hearing.clock.now() - timedelta(seconds=back))
        except Exception as failure:  # its own words may quote somebody
            log.error("what was missed could not be read: %s", type(failure).__name__)
            self.pulse.missed_for(gap)
            await asyncio.sleep(A_MINUTE)
            return False
        return True

    async def _alive_until(self) -> datetime | None:
        """Until when everything that came was taken in, as far as anybody noted it."""

        def look() -> str | None:
            with self.catch_up.hearing.store.reading(self.catch_up.hearing.organisation()) as repo:
                return repo.setting(ALIVE)

        try:
            found = await asyncio.to_thread(look)
        except (LookupError, StorageError):
            return None
        return datetime.fromisoformat(found) if found else None

    def _note_alive(self) -> None:
        try:
            with self.catch_up.hearing.store.transaction(self.catch_up.hearing.organisation()) as repo:
                repo.set_setting(ALIVE, self.catch_up.hearing.clock.now().isoformat())
        except (LookupError, StorageError):
            return  # there is nobody yet, or the database is busy: the next minute will do

"""What time it is. Everything that asks is handed one of these, so that a week can pass in a second.

In the service it is the computer's clock; in the playground it stands still until somebody moves it.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Protocol

from storage.store import Store

SETTING = "clock"


class Clock(Protocol):
    """Says what moment it is, aware, in UTC."""

    def now(self) -> datetime:
        """This moment."""
        ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """This moment."""
        return datetime.now(UTC)


class MovedClock:
    """A clock that is moved by hand and never back. Its moment is kept with the organisation's settings.

    Reading it never touches the database, so it may be read in the middle of a transaction. Moving it writes,
    so it must not be moved inside one. One process moves it at a time.
    """

    def __init__(self, store: Store, organisation_id: str, begins: datetime | None = None) -> None:
        """``begins``: where it stands if it was never moved; without one, at the computer's time."""
        self._store, self._organisation_id = store, organisation_id
        self._moving = threading.Lock()
        self._begins = begins
        self._moment = self._kept()

    def _kept(self) -> datetime:
        with self._store.reading(self._organisation_id) as repo:
            kept = repo.setting(SETTING)
        return _utc(datetime.fromisoformat(kept) if kept else self._begins or SystemClock().now())

    def now(self) -> datetime:
        """The moment it was last moved to."""
        return self._moment

    def start_over(self) -> None:
        """Stand where it began: everything that happened since was deleted, the moment it stood at too."""
        with self._moving:
            self._moment = self._kept()

    def set(self, moment: datetime) -> None:
        """Move it to a moment; ValueError if that has passed already."""
        with self._moving:
            self._move(_utc(moment))

    def advance(self, by: timedelta) -> None:
        """Move it on; ValueError for a negative time."""
        with self._moving:
            self._move(self._moment + by)

    def _move(self, moment: datetime) -> None:
        if moment < self._moment:
            raise ValueError("This clock only moves forward; start over to go back.")
        with self._store.transaction(self._organisation_id) as repo:
            repo.set_setting(SETTING, moment.isoformat())
        self._moment = moment  # after the commit: what is read is never ahead of what is kept


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone says nothing; hand in an aware one.")
    return moment.astimezone(UTC)

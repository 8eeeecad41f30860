"""One life of a worker with a queue before it, as a process that can be killed: its clock runs on to whatever
is due next, so that minutes of pacing pass in seconds.

python -m tests.slack.drain DATABASE SECRET API_URL TOKEN BEGINS
python -m tests.slack.drain DATABASE SECRET API_URL TOKEN CLOCK (a file, shared with the stand-in)
"""

from __future__ import annotations

import mmap
import struct
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.slack.channel import SlackChannel
from bot.slack.pace import Pace
from bot.slack.workspaces import Workspaces
from bot.worker import Worker
from prompts.words import Words
from storage import queue
from storage.store import Store
from tests.slack.sending import OneClock

HANDS = 4


class SharedClock(OneClock):
    """One clock for several processes, kept in a file: the stand-in limits by the time the worker goes by."""

    def __init__(self, path: Path, begins: datetime | None = None) -> None:
        if begins is not None:
            path.write_bytes(struct.pack("d", begins.timestamp()))
        with path.open("r+b") as file:
            self._kept = mmap.mmap(file.fileno(), 8)

    @property
    def moment(self) -> datetime:
        return datetime.fromtimestamp(struct.unpack("d", self._kept[:8])[0], UTC)

    @moment.setter
    def moment(self, moment: datetime) -> None:
        self._kept[:8] = struct.pack("d", moment.timestamp())


def drain(url: str, secret: str, api_url: str, token: str, begins: str) -> None:
    """Work until nothing is due any more, or the plug is pulled."""
    store, words = Store(url, None, secret), Words()
    shared = Path(begins).is_file()
    clock = SharedClock(Path(begins)) if shared else OneClock(datetime.fromisoformat(begins))
    workspaces = Workspaces(store, clock, api_url=api_url, token=token)
    channel = SlackChannel(store, words, clock, workspaces, Pace(clock))
    worker = Worker(store, words, clock, {"slack": channel}, hands=HANDS)
    worker.run_due()
    while (due := queue.next_due(store)) is not None or queue.unsettled(store):
        clock.moment = max(due or clock.moment, clock.moment + timedelta(seconds=1))
        worker.run_due()
    store.close()


if __name__ == "__main__":
    drain(*sys.argv[1:])

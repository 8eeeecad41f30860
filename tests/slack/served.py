"""`unbadged serve` as a process that can be killed and is soon there again: one warm process forks each life,
so that only the first pays for reading the word lists and the vendors' kits.

The service is the real one; only its clock is shared with the test, it ticks more often, and it leaves what
is due alone from the moment a test arms the plug (SIGUSR1) until it lets it go on (SIGUSR2).
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
import traceback
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest import mock

from bot import cli, serve, serving
from coaching import phrases
from coaching.reading.vocabulary import vocabulary
from prompts.words import Words
from storage import crashpoints
from tests.slack.drain import SharedClock

ROOT = Path(__file__).resolve().parents[2]
TICK = 0.2  # seconds
PATIENCE = 60.0
CLOCK, PLUG = "clock", "plug"
BROKEN = 3  # the exit code of a life that ended by a mistake and not by the plug


def live(environment: dict[str, str], folder: Path, words: Words, tell: int) -> int:
    """One life of the command; its exit code, unless the plug is pulled."""
    os.environ.update(environment)
    may_work, run = threading.Event(), serve.Tick.run
    may_work.set()

    def arm(*_: Any) -> None:
        """As if the process had been started with the setting; the passes before this do not count."""
        may_work.clear()
        os.environ[crashpoints.VARIABLE] = (folder / PLUG).read_text(encoding="utf-8")
        importlib.reload(crashpoints)
        os.write(tell, b"armed\n")

    def goes_on(*_: Any) -> None:
        may_work.set()

    def tick(self: serve.Tick) -> None:
        if may_work.is_set():
            run(self)

    signal.signal(signal.SIGUSR1, arm)
    signal.signal(signal.SIGUSR2, goes_on)
    with (
        mock.patch.object(serving, "SystemClock", return_value=SharedClock(folder / CLOCK)),
        mock.patch.object(serving, "Words", return_value=words),
        mock.patch.object(serve, "TICK_SECONDS", TICK),
        mock.patch.object(serve.Tick, "run", tick),
    ):
        return cli.main(["serve"])


def main() -> None:
    """A life for each line read here: its environment, and the folder with its clock and with where to die.
    Says when one began and how it ended.
    """
    phrases.prepare()
    vocabulary()
    for module in ("bot.slack.setting_up", "storage.migrate"):  # what the command loads only when it needs it
        importlib.import_module(module)
    words = Words()
    gc.freeze()
    for line in sys.stdin:
        environment, folder = json.loads(line)
        child = os.fork()
        if child == 0:
            ending, tell = BROKEN, os.dup(1)
            os.dup2(2, 1)  # what the command says is for people
            try:
                ending = live(environment, Path(folder), words, tell)
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(ending)
        print(f"began {child}", flush=True)
        _, status = os.waitpid(child, 0)
        print(f"ended {os.waitstatus_to_exitcode(status)}", flush=True)


def until(there: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait until it is so."""
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end
        time.sleep(0.05)


def answers(url: str) -> bool:
    """Whether somebody is there who is ready."""
    try:
        with urllib.request.urlopen(url, timeout=5) as said:
            return bool(said.status == 200)
    except OSError:
        return False


class Room:
    """Starts lives, arms their plug and sees how they ended."""

    def __init__(self) -> None:
        self._child, self._folder = 0, Path()
        own = {**os.environ, "PYTHONPATH": str(ROOT)}
        own.pop(crashpoints.VARIABLE, None)
        self._warm = subprocess.Popen(
            [sys.executable, "-m", "tests.slack.served"],
            cwd=ROOT,
            env=own,
            text=True,
            bufsize=1,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def begins(self, environment: dict[str, str], folder: Path) -> None:
        """Start a life."""
        assert self._warm.stdin is not None
        self._folder = folder
        self._warm.stdin.write(json.dumps([environment, str(folder)]) + "\n")
        self._child = int(self._said().removeprefix("began "))

    def arms(self, plug: str) -> None:
        """It dies at ``plug`` (name:n), counted from now; what is due waits until it ``goes_on``."""
        (self._folder / PLUG).write_text(plug, encoding="utf-8")
        os.kill(self._child, signal.SIGUSR1)
        assert self._said() == "armed"

    def goes_on(self) -> None:
        """What is due is done again; to a life that has ended already it is nothing."""
        with suppress(ProcessLookupError):
            os.kill(self._child, signal.SIGUSR2)

    @property
    def is_over(self) -> bool:
        """Whether the life has ended; ``ended`` says how."""
        assert self._warm.stdout is not None
        return bool(select.select([self._warm.stdout], [], [], 0)[0])

    def ended(self) -> int:
        """Wait for the end of a life; its exit code."""
        code = int(self._said().removeprefix("ended "))
        self._child = 0
        return code

    def stops(self) -> int:
        """End a life as an operator does; its exit code."""
        os.kill(self._child, signal.SIGTERM)
        return self.ended()

    def close(self) -> None:
        assert self._warm.stdin is not None
        assert self._warm.stdout is not None
        if self._child:
            os.kill(self._child, signal.SIGKILL)
        self._warm.stdin.close()
        self._warm.wait(30)
        self._warm.stdout.close()

    def _said(self) -> str:
        assert self._warm.stdout is not None
        assert select.select([self._warm.stdout], [], [], PATIENCE)[0], "it goes on living, or never began"
        line = self._warm.stdout.readline()
        assert line, f"the warm process ended with {self._warm.wait(5)}; its error is above"
        return line.strip()


if __name__ == "__main__":
    main()

"""A machine with nothing on it, and somebody at its keyboard. Commands run as they would for an operator;
what they say and what they leave behind is looked at afterwards."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.imports.programme import read, take_in
from storage.migrate import migrate
from storage.store import Store

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "docs" / "examples"
SECRET = "kV3tq-9wZb7Lr2Xc8Nf5Hd1Js6Pm4Gy0"


@dataclass
class Said:
    """What a command said, on which of its two voices, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        """Everything."""
        return self.out + self.err


@dataclass
class Machine:
    """A folder with its own database, and the environment an operator set."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What a command sees: nothing of the machine the tests run on but where Python is."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
        return {**kept, "PYTHONPATH": str(ROOT), "UNBADGED_SECRET_KEY": SECRET, **self.settings}

    def run(self, *arguments: str | Path) -> Said:
        """Run `unbadged` and wait."""
        child = subprocess.run(
            [sys.executable, "-P", "-m", "bot.cli", *map(str, arguments)],
            cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        return Said(child.returncode, child.stdout, child.stderr)

    @contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """Run `unbadged` in the background; whatever happens, it is ended."""
        with (self.folder / "errors").open("w", encoding="utf-8") as errors:
            child = subprocess.Popen(
                [sys.executable, "-P", "-m", "bot.cli", *arguments],
                cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, stderr=errors, text=True,
            )  # fmt: skip
            try:
                yield child
            finally:
                child.kill()
                child.wait()
                assert child.stdout is not None
                child.stdout.close()

    def write(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        """A file in the folder."""
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def example(self, name: str, *changes: tuple[str, str]) -> Path:
        """One of the documented examples, changed in places."""
        text = (EXAMPLES / name).read_text(encoding="utf-8")
        for before, after in changes:
            assert before in text, before
            text = text.replace(before, after)
        return self.write(name, text)

    def store(self) -> Store:
        """What the commands left behind."""
        url = self.settings.get("DATABASE_URL", f"sqlite:///{self.folder / 'unbadged.db'}")
        return Store(url, None, SECRET)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def programme(machine: Machine) -> Machine:
    """A machine with tables and the example programme."""
    migrate(f"sqlite:///{machine.folder / 'unbadged.db'}")
    store = machine.store()
    take_in(store, read(EXAMPLES / "programme.toml"), datetime.now(UTC))
    store.close()
    return machine


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def fetched(url: str) -> tuple[int, str]:
    """What a page answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def until(found: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something to come true."""
    ends = time.monotonic() + seconds
    while True:
        try:
            if found():
                return
        except OSError:
            pass
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.05)


def stopped(child: subprocess.Popen[str], how: int = signal.SIGTERM) -> int:
    """Ask a process to stop; the code it ends with."""
    child.send_signal(how)
    return child.wait(20)


def address(line: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert found, line
    return found[0]

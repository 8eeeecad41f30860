"""The real playground in a process of its own, and a hand that lives through a conversation in a browser.
The process can be killed like any other and started again on the same data.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from playwright.sync_api import Locator, Page

from bot.playground.play import open_playground

ROOT = Path(__file__).parents[2]
A_MOMENT = 450  # milliseconds
PATIENCE = 30_000  # milliseconds; a busy machine is slow, and only a broken one is slower


def free_port() -> int:
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return int(it.getsockname()[1])


@dataclass
class Machine:
    """The computer the playground runs on."""

    data: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.playground.living", str(self.data), str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT)
        until = time.monotonic() + PATIENCE / 1000
        while True:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=5):
                    return
            except OSError:
                assert self.process.poll() is None, "the playground did not start"
                assert time.monotonic() < until, "the playground does not answer"
                time.sleep(0.05)

    def kill(self) -> None:
        """As the power does it: nothing is told and nothing is put away."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None


@dataclass
class Hand:
    """Does what a written conversation says, on a page that is opened after the hand was made.

    The browser's own clock is jumped on after each action: a question that has just come takes no press for
    a moment, and a hand that knows the conversation need not look at it first.
    """

    page: Page

    def __post_init__(self) -> None:
        self.page.clock.install()

    def do(self, how: str, what: str) -> None:
        """One action, and wait until what it brought is on the page."""
        if how == "moved":
            self._walk(what[0].upper() + what[1:])
        elif what.startswith("["):
            self._press(what[1:-1])
        elif what.startswith("{"):
            self._fill(dict(pair.split(":", 1) for pair in what[1:-1].split(",")))
        else:
            self.page.locator("#words").fill(what)
            self.page.locator("#words").press("Enter")
        self.page.locator('.scroller[aria-busy="false"]').wait_for(timeout=PATIENCE)
        self.page.clock.run_for(A_MOMENT)

    def read(self) -> list[str]:
        """The coach's lines, top to bottom, as they stand on the page."""
        return [line for text in self.page.locator(".coach .text").all_inner_texts() for line in said(text)]

    def _open(self) -> Locator:
        return self.page.locator('[data-state="open"]').last

    def _press(self, label: str) -> None:
        select = self._open().locator("select")
        if select.count():
            select.select_option(label=label)
            self._open().locator(".choosing button").click()
        else:
            self._open().get_by_role("button", name=label, exact=True).click()

    def _fill(self, values: dict[str, str]) -> None:
        boxes = self._open().locator(".boxes")
        for label, value in values.items():
            boxes.get_by_label(label.strip(), exact=True).fill(value.strip())
        boxes.get_by_role("button").click()

    def _walk(self, name: str) -> None:
        fold = self.page.locator(".fold > summary")
        if fold.is_visible():
            fold.click()
        self.page.get_by_role("button", name=name, exact=True).click()


def said(text: str) -> list[str]:
    """The lines of a text, without what a reader does not see."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def written(conversation: str) -> list[str]:
    """The coach's lines of a written conversation, top to bottom."""
    _, _, rest = conversation.partition("\n---\n")
    beside = ("### ", "> ", "_(", "⟨")
    lines = said(rest)
    return [line for line in lines if not line.startswith(beside) and not _is_buttons(line)]


def _is_buttons(line: str) -> bool:
    return line.startswith("[") and line.endswith("]")


if __name__ == "__main__":
    app, _ = open_playground(Path(sys.argv[1]), int(sys.argv[2]))
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")

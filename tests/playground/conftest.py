"""What the playground's tests share: the page with a fake play behind it, its words, and a browser if any.
The page is tried both as a plain web page and as a person would use it.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fluent.runtime import FluentBundle, FluentResource
from playwright.sync_api import Browser, sync_playwright
from starlette.testclient import TestClient

from bot.playground.app import Words, playground
from tests.playground.fake import FakeStage

WORDS = Path(__file__).parents[2] / "prompts" / "en" / "playground.ftl"
HERE = "http://127.0.0.1:8123"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def words() -> Words:
    """The page's words by name; a name or slot that does not exist is an error."""
    bundle = FluentBundle(["en"], use_isolating=False)
    bundle.add_resource(FluentResource(WORDS.read_text(encoding="utf-8")))

    def word(name: str, slots: dict[str, Any]) -> str:
        pattern = bundle.get_message(name).value
        assert pattern is not None, name
        text, errors = bundle.format_pattern(pattern, slots)
        assert not errors, (name, errors)
        return str(text)

    return word


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage()


@pytest.fixture
def client(stage: FakeStage, words: Words) -> Iterator[TestClient]:
    """A browser on this computer that says, as browsers do, where its posts come from."""
    with TestClient(playground(stage, words), base_url=HERE, headers={"origin": HERE}) as client:
        yield client


@pytest.fixture
def address(stage: FakeStage, words: Words) -> Iterator[str]:
    """The page, really served."""
    app = playground(stage, words)
    server = uvicorn.Server(
        uvicorn.Config(app, "127.0.0.1", 0, log_config=None, log_level="warning", lifespan="on")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The Chromium that is installed. Where a browser is required, its absence is a failure.

    Its driver is ended with the file: while it runs, nothing else in this process can run an event loop.
    """
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        reason = "no Chromium on the PATH: apt-get install chromium"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()

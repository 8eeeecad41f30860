"""Who is let in: a browser on this computer, on this page, with a form of bearable size.
Another website open in the same browser can neither read the chat nor write into it.
"""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from bot.playground.app import Words, playground
from bot.playground.forms import LIMIT
from tests.playground.conftest import HERE
from tests.playground.fake import FakeStage

SAID = {"text": "hello", "key": "k"}


@pytest.fixture
def bare(stage: FakeStage, words: Words) -> TestClient:
    """A caller that says nothing about where it comes from."""
    return TestClient(playground(stage, words), base_url=HERE)


@pytest.mark.parametrize("host", ["127.0.0.1:8123", "localhost:8123", "LOCALHOST:8123", "[::1]:8123"])
def test_this_computer_may_ask(bare: TestClient, host: str) -> None:
    assert bare.get("/mei", headers={"host": host}).status_code == 200
    same = {"host": host, "origin": f"http://{host}"}
    assert bare.post("/mei/say", data=SAID, headers=same).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "unbadged.example:8123",
        "127.0.0.1.evil.example:8123",
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:9999",
        "localhost:",
        "::1:8123",
        "[::1]",
        "0.0.0.0:8123",
        "user@localhost:8123",
        "",
    ],
)
def test_other_names_for_it_may_not(bare: TestClient, host: str) -> None:
    for path in ("/mei", "/healthz", "/static/chat.js"):
        answer = bare.get(path, headers={"host": host})
        assert answer.status_code == 403
        assert "same computer" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "https://127.0.0.1:8123"},
        {"origin": "http://localhost:8123"},
        {"origin": HERE, "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "none"},
    ],
)
def test_posts_from_elsewhere_change_nothing(
    bare: TestClient, stage: FakeStage, headers: dict[str, str]
) -> None:
    for path in ("say", "tap", "fill", "walk"):
        assert bare.post(f"/mei/{path}", data=SAID, headers=headers).status_code == 403
    assert stage.calls == []


def test_either_header_will_do(bare: TestClient, stage: FakeStage) -> None:
    bare.post("/mei/say", data=SAID, headers={"sec-fetch-site": "same-origin"})
    bare.post("/mei/say", data=SAID, headers={"origin": HERE})
    assert len(stage.calls) == 2


def test_too_long_is_said_kindly(client: TestClient, stage: FakeStage) -> None:
    answer = client.post("/mei/say", data={"text": "x" * LIMIT, "key": "k"})
    assert answer.status_code == 413
    assert "A few lines are enough" in answer.text
    assert 'href="/"' in answer.text


def test_a_length_that_lies_is_counted(client: TestClient, stage: FakeStage) -> None:
    chunks = (b"text=" + b"x" * 8192 for _ in range(10))
    answer = client.post("/mei/say", content=chunks, headers={"x-fragment": "1"})
    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("text/plain")
    assert stage.calls == []


@pytest.mark.parametrize("body", [b"\xff\xfe=1", b"text=%ff&key=k", b"&".join(b"a=1" for _ in range(100))])
def test_nonsense_is_refused(client: TestClient, stage: FakeStage, body: bytes) -> None:
    assert client.post("/mei/say", content=body).status_code == 400
    assert stage.calls == []


def test_headers_allow_nothing_from_outside(client: TestClient) -> None:
    for path in ("/mei", "/static/chat.css", "/nobody"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
    assert client.get("/mei").headers["cache-control"] == "no-store"


def test_health(client: TestClient, stage: FakeStage) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")
    assert stage.calls == []

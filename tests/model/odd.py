"""A model's endpoint on loopback that does what well-kept stand-ins do not: drops the connection, refuses, is
cut short, sends an error with status 200, drips, sends elsewhere, or knows other ways only.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

GOOD = json.dumps({"quote": "the weekly report"})


def chat(text: str | None, finish: str = "stop", refusal: str | None = None) -> dict[str, Any]:
    """A whole chat completion."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    return {
        "id": "c1", "object": "chat.completion", "created": 1, "model": "odd",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": 11, "completion_tokens": 5, "total_tokens": 16},
    }  # fmt: skip


def response(text: str) -> dict[str, Any]:
    """A whole answer of the newer kind."""
    content = {"type": "output_text", "text": text, "annotations": []}
    message = {
        "type": "message",
        "id": "m1",
        "role": "assistant",
        "status": "completed",
        "content": [content],
    }
    return {
        "id": "r1", "object": "response", "created_at": 1, "model": "odd", "status": "completed",
        "output": [message], "parallel_tool_calls": False, "tool_choice": "none", "tools": [],
        "usage": {
            "input_tokens": 12, "output_tokens": 6, "total_tokens": 18,
            "input_tokens_details": {"cached_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 0},
        },
    }  # fmt: skip


@dataclass(frozen=True)
class Refused:
    """A question that is sent back, with a reason that is about this question alone."""

    status: int
    body: dict[str, Any]


def refused(code: str) -> Refused:
    """As an endpoint refuses what its filter found, or what is too long."""
    error = {"message": "no", "type": "invalid_request_error", "param": "messages", "code": code}
    return Refused(400, {"error": error})


@dataclass
class Odd:
    """What it does with each path, and what it was asked."""

    url: str
    does: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


@contextmanager
def odd_server() -> Iterator[Odd]:
    """It listens until it is left. ``does`` maps the end of a path to a body, a status, or a word."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            there.asked.append((self.path, body))
            does = next((what for end, what in there.does.items() if self.path.endswith(end)), 404)
            if callable(does):
                does = does(body)
            if does == "drop":
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            if does == "drip":
                self._head(200, 10_000)
                for _ in range(90):
                    if leaving.wait(0.1):
                        return
                    self.wfile.write(b" ")
                    self.wfile.flush()
                return
            if does == "elsewhere":
                self.send_response(307)
                self.send_header("location", f"{there.url}/trap/chat/completions")
                self.send_header("content-length", "0")
                self.end_headers()
                return
            does = Refused(does, {"error": {"message": "no"}}) if isinstance(does, int) else does
            status, said = (does.status, does.body) if isinstance(does, Refused) else (200, does)
            data = said.encode() if isinstance(said, str) else json.dumps(said).encode()
            self._head(status, len(data))
            self.wfile.write(data)

        def _head(self, status: int, length: int) -> None:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(length))
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass  # the client has gone, which is what is tested

    leaving = threading.Event()
    server = Server(("127.0.0.1", 0), Handler)
    there = Odd(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield there
    finally:
        leaving.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)

"""Asks a model once and, if what came back is not as the schema has it, once more; then it counts as nothing.

However many tries the client makes, all of it together has so many seconds by the clock on the wall.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.model.endpoint import Endpoint, Line, Outcome, Reply, UnansweredError
from bot.model.tasks import TaskText, tokens_of


@dataclass(frozen=True)
class Proposed:
    """What came of it; ``value`` is None unless it is as the schema has it."""

    outcome: Outcome
    value: Any
    tokens_in: int
    tokens_out: int
    milliseconds: int


@dataclass
class _Usage:
    tokens_in: int = 0
    tokens_out: int = 0

    def add(self, reply: Reply) -> None:
        self.tokens_in += reply.tokens_in
        self.tokens_out += reply.tokens_out


def propose(endpoint: Endpoint, text: TaskText, given: Mapping[str, str], seconds: float) -> Proposed:
    """Ask, within ``seconds``. It never raises for what a model or the network does."""
    began, usage = time.monotonic(), _Usage()
    try:
        value, outcome = asyncio.run(_within(endpoint, text, given, seconds, usage))
    except UnansweredError as failure:
        value, outcome = None, failure.outcome
    except TimeoutError:
        value, outcome = None, Outcome.TIMED_OUT
    except Exception:  # a vendor's library may fail in ways it does not tell; nobody's talk ends by it
        value, outcome = None, Outcome.FAILED
    if not usage.tokens_in:  # it may have been read, and paid for, though no answer came
        usage.tokens_in = sum(tokens_of(each["content"]) for each in text.messages(given))
    milliseconds = round((time.monotonic() - began) * 1000)
    return Proposed(outcome, value, usage.tokens_in, usage.tokens_out, milliseconds)


async def _within(
    endpoint: Endpoint, text: TaskText, given: Mapping[str, str], seconds: float, usage: _Usage
) -> tuple[Any, Outcome]:
    async with asyncio.timeout(seconds), endpoint.open(seconds) as line:
        return await _asked(line, text, given, usage)


async def _asked(line: Line, text: TaskText, given: Mapping[str, str], usage: _Usage) -> tuple[Any, Outcome]:
    messages = text.messages(given)
    reply = await line.ask(messages, text)
    usage.add(reply)
    try:
        return _checked(reply, text), Outcome.ANSWERED
    except ValueError:
        mending = text.mending(messages, reply.text)
    again = await line.ask(mending, text)
    usage.add(again)
    try:
        return _checked(again, text), Outcome.MENDED
    except ValueError:
        raise UnansweredError(Outcome.INVALID if again.is_whole else Outcome.TRUNCATED) from None


def _checked(reply: Reply, text: TaskText) -> Any:
    """The value of an answer; ValueError where it is cut short, no JSON, or not as the schema has it."""
    if not reply.is_whole:
        raise ValueError("cut short")
    try:
        value = json.loads(reply.text, parse_constant=_refuse)
        text.check(value)
    except (ValueError, RecursionError):
        raise ValueError("not as the schema has it") from None
    return value


def _refuse(_constant: str) -> Any:
    raise ValueError("NaN and infinities are no JSON")

"""Speaks with a model over the network: any endpoint that speaks as OpenAI does, or Azure's.

Which of the ways to ask for JSON by a schema an endpoint understands is found out once and remembered. All
that can go wrong is told here, in one place, by one word; the text of a failure is dropped, for it may quote
what was sent.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from bot.model.tasks import Message, TaskText, tokens_of

OPENAI = "https://api.openai.com/v1"
RETRIES = 2  # by the client, with growing pauses; the time limit stands above them
NO_KEY = "none"  # servers of one's own want none, and the client wants something


class Outcome(StrEnum):
    """What became of a call."""

    ANSWERED = "answered"
    MENDED = "mended"  # the second answer was as it should be
    INVALID = "invalid"  # neither was
    TRUNCATED = "truncated"
    REFUSED = "refused"  # the model did not want to, or whoever provides it kept the question from it
    TOO_LONG = "too_long"  # more than the model reads at once
    LATE = "late"  # it came when the conversation had gone on
    TIMED_OUT = "timed_out"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    BROKEN = "broken"
    NOT_ALLOWED = "not_allowed"
    UNSUPPORTED = "unsupported"
    GARBLED = "garbled"  # an answer that is none, an error in the place of one
    FAILED = "failed"


# After several of these in a row nobody is asked for a while.
OUTAGES = frozenset(
    {Outcome.TIMED_OUT, Outcome.UNREACHABLE, Outcome.BUSY, Outcome.BROKEN, Outcome.NOT_ALLOWED}
    | {Outcome.UNSUPPORTED, Outcome.GARBLED, Outcome.FAILED}
)


class UnansweredError(Exception):
    """There is no answer; ``outcome`` says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.value)
        self.outcome = outcome


class Way(StrEnum):
    """How an answer by a schema is asked for. They are tried in this order."""

    CHAT = "chat"
    RESPONSES = "responses"
    CHAT_AS_BEFORE = "chat_as_before"  # servers that know the longest answer by its former name only


@dataclass(frozen=True)
class Reply:
    """What came back. Tokens are what the endpoint counted, else about as many."""

    text: str
    tokens_in: int
    tokens_out: int
    is_whole: bool = True


@dataclass
class Endpoint:
    """Where a model is asked. With ``azure_version`` it is Azure's, and ``model`` names a deployment."""

    address: str
    key: str = field(repr=False)
    model: str
    azure_version: str = ""
    way: Way | None = None

    @property
    def host(self) -> str:
        """The name that a market's guardrails may allow."""
        return urlsplit(self.address).hostname or ""

    def prepare(self) -> None:
        """Load the client before anybody waits for it: that takes a second or two."""
        import openai.resources.chat
        import openai.resources.responses  # noqa: F401

    @asynccontextmanager
    async def open(self, seconds: float) -> AsyncIterator[Line]:
        """A line to the model, closed afterwards; no try on it takes longer than ``seconds``."""
        import openai

        # Nobody is sent on: what managers write goes to the named address and no other.
        http = openai.DefaultAsyncHttpx2Client(follow_redirects=False, timeout=seconds)
        kept: dict[str, Any] = {
            "api_key": self.key or NO_KEY, "http_client": http, "timeout": seconds, "max_retries": RETRIES,
        }  # fmt: skip
        client = (
            openai.AsyncAzureOpenAI(azure_endpoint=self.address, api_version=self.azure_version, **kept)
            if self.azure_version
            else openai.AsyncOpenAI(base_url=self.address, **kept)
        )
        async with client:
            yield Line(self, client)


@dataclass(frozen=True)
class Line:
    """An open line to a model."""

    endpoint: Endpoint
    client: Any

    async def ask(self, messages: list[Message], text: TaskText) -> Reply:
        """Ask once. UnansweredError says why there is no answer."""
        known = self.endpoint.way
        for way in (known,) if known else tuple(Way):
            try:
                reply = await self._ask(way, messages, text)
            except UnansweredError as failure:
                if failure.outcome is not Outcome.UNSUPPORTED:
                    raise
                continue
            self.endpoint.way = way
            return reply
        raise UnansweredError(Outcome.UNSUPPORTED)

    async def _ask(self, way: Way, messages: list[Message], text: TaskText) -> Reply:
        import openai

        try:
            if way is Way.RESPONSES:
                return _of_responses(await self._respond(messages, text), messages)
            return _of_chat(await self._chat(way, messages, text), messages)
        except UnansweredError:
            raise
        except openai.APITimeoutError:
            outcome = Outcome.TIMED_OUT
        except openai.APIConnectionError:
            outcome = Outcome.UNREACHABLE
        except openai.APIStatusError as refused:
            outcome = _of_refusal(refused.status_code, refused.code)
        except (openai.LengthFinishReasonError, openai.ContentFilterFinishReasonError):
            outcome = Outcome.TRUNCATED
        except (openai.OpenAIError, ValueError):  # JSON cut short, and what pydantic refuses, are ValueErrors
            outcome = Outcome.GARBLED
        except (AttributeError, TypeError, LookupError):  # 200, and in the body something else altogether
            outcome = Outcome.GARBLED
        raise UnansweredError(outcome)

    async def _chat(self, way: Way, messages: list[Message], text: TaskText) -> Any:
        longest = "max_completion_tokens" if way is Way.CHAT else "max_tokens"
        shape = {"name": text.task, "schema": dict(text.schema), "strict": True}
        return await self.client.chat.completions.create(
            model=self.endpoint.model,
            messages=messages,
            response_format={"type": "json_schema", "json_schema": shape},
            **{longest: text.longest},
        )

    async def _respond(self, messages: list[Message], text: TaskText) -> Any:
        shape = {"type": "json_schema", "name": text.task, "schema": dict(text.schema), "strict": True}
        return await self.client.responses.create(
            model=self.endpoint.model,
            input=messages,
            text={"format": shape},
            max_output_tokens=text.longest,
            store=False,  # nothing is to be kept there
        )


def _of_chat(found: Any, messages: list[Message]) -> Reply:
    (choice, *_) = found.choices
    if choice.message.refusal or choice.finish_reason == "content_filter":
        raise UnansweredError(Outcome.REFUSED)
    used = found.usage
    counts = (used.prompt_tokens, used.completion_tokens) if used else (0, 0)
    return _reply(choice.message.content, counts, messages, is_whole=choice.finish_reason == "stop")


def _of_responses(found: Any, messages: list[Message]) -> Reply:
    if found.status not in ("completed", "incomplete"):
        raise UnansweredError(Outcome.GARBLED)
    parts = [part for each in found.output if each.type == "message" for part in each.content]
    if any(part.type == "refusal" for part in parts):
        raise UnansweredError(Outcome.REFUSED)
    why = found.incomplete_details.reason if found.incomplete_details else ""
    if why == "content_filter":
        raise UnansweredError(Outcome.REFUSED)
    said = "".join(part.text for part in parts if part.type == "output_text")
    if not said and why == "max_output_tokens":
        raise UnansweredError(Outcome.TRUNCATED)
    used = found.usage
    counts = (used.input_tokens, used.output_tokens) if used else (0, 0)
    return _reply(said, counts, messages, is_whole=found.status == "completed")


def _reply(said: Any, counts: tuple[Any, Any], messages: list[Message], *, is_whole: bool) -> Reply:
    if not isinstance(said, str) or not said:
        raise UnansweredError(Outcome.GARBLED)
    tokens_in = int(counts[0] or 0) or sum(tokens_of(each["content"]) for each in messages)
    return Reply(said, tokens_in, int(counts[1] or 0) or tokens_of(said), is_whole)


# What endpoints call it when they will not take one question: it says nothing about the next.
_FILTERED = frozenset({"content_filter", "content_policy_violation", "invalid_prompt"})
_TOO_LONG = frozenset({"context_length_exceeded", "string_above_max_length"})


def _of_refusal(status: int, code: str | None) -> Outcome:
    if code in _FILTERED:
        return Outcome.REFUSED
    if code in _TOO_LONG or status == 413:
        return Outcome.TOO_LONG
    if status in (401, 403):
        return Outcome.NOT_ALLOWED
    if status == 429:
        return Outcome.BUSY
    if status in (400, 404, 405, 415, 422, 501):
        return Outcome.UNSUPPORTED
    return Outcome.TIMED_OUT if status == 408 else Outcome.BROKEN

"""What the stand-in saw and did, in order: every call, post, change, view and delivery.
Tests compare it with the app's own tables; reading it never changes anything.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from tests.slack.standin.wire import Payload


@dataclass
class Call:
    """One request to the Web API as it came in. ``answer`` is what Slack did and would have said, whatever a
    fault then let the app know; ``status`` is None as long as, or because, none was given."""

    at: float
    method: str
    team_id: str | None
    channel: str | None
    args: Payload
    answer: Payload | None = None
    status: int | None = None
    fault: str | None = None

    @property
    def took_effect(self) -> bool:
        """Whether Slack did it, whatever the app was told."""
        return self.answer is not None and self.answer.get("ok") is True

    @property
    def error(self) -> str | None:
        return None if self.answer is None else self.answer.get("error")


class Kind(StrEnum):
    POST = "post"
    EPHEMERAL = "ephemeral"
    RESPONSE = "response"  # by a response_url or as the answer to a command
    FILE = "file"


@dataclass(frozen=True)
class Post:
    """A message that the app put into a channel, as it was when it came."""

    at: float
    kind: Kind
    team_id: str
    channel: str
    ts: str
    text: str
    blocks: tuple[Payload, ...]
    thread_ts: str | None
    carried: Payload  # metadata.event_payload: where an outbox id travels
    user: str | None = None  # who alone sees an ephemeral one


@dataclass(frozen=True)
class Change:
    """A message of the app that was updated, or deleted (``text`` is None)."""

    at: float
    channel: str
    ts: str
    text: str | None
    blocks: tuple[Payload, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A view that came before a person's eyes. ``how``: open, push, update, publish."""

    at: float
    how: str
    user: str
    view: Payload


@dataclass
class Attempt:
    """One try to hand a payload to the app. ``status`` is None if no answer came; ``reason`` is Slack's."""

    number: int
    at: float
    over: str  # the URL, or the Socket Mode connection
    status: int | None = None
    seconds: float = 0.0
    reason: str | None = None
    body: str = ""
    answer: Payload = field(default_factory=dict)

    @property
    def acknowledged(self) -> bool:
        return self.reason is None and self.status is not None


@dataclass
class Delivery:
    """An event, interaction or command on its way to the app, with every try."""

    id: str
    kind: str  # events_api, interactive, slash_commands
    payload: Payload
    attempts: list[Attempt] = field(default_factory=list)
    given_up: bool = False
    held: bool = False

    @property
    def acknowledged(self) -> bool:
        return any(attempt.acknowledged for attempt in self.attempts)

    @property
    def answer(self) -> Payload:
        """What the app said with its acknowledgement, as JSON; empty if nothing."""
        return next((attempt.answer for attempt in self.attempts if attempt.acknowledged), {})


@dataclass
class Ledger:
    """The lists, and the questions tests ask of them most."""

    calls: list[Call] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    views: list[Shown] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    _news: threading.Condition = field(default_factory=threading.Condition)

    def note(self, record: Call | Post | Change | Shown | Delivery) -> None:
        match record:
            case Call():
                self.calls.append(record)
            case Post():
                self.posts.append(record)
            case Change():
                self.changes.append(record)
            case Shown():
                self.views.append(record)
            case Delivery():
                self.deliveries.append(record)
        self.stir()

    def stir(self) -> None:
        """Something changed: whoever waits looks again."""
        with self._news:
            self._news.notify_all()

    def wait_until(self, happened: Callable[[], object], seconds: float = 10.0) -> None:
        """Wait until ``happened()`` is true, looked at whenever something is noted; else TimeoutError."""
        with self._news:
            if not self._news.wait_for(happened, seconds):
                raise TimeoutError("the stand-in saw no such thing")

    def requests(self, method: str) -> list[Call]:
        """Every request on the wire for one method, answered or not."""
        return [call for call in self.calls if call.method == method]

    def counts(self) -> Counter[str]:
        return Counter(call.method for call in self.calls)

    def posts_in(self, channel: str) -> list[Post]:
        """In the order in which the channel got them."""
        return [post for post in self.posts if post.channel == channel]

    def carried(self, key: str) -> Counter[str]:
        """How many posts carried which value of ``key`` in their metadata: outbox ids and their sends."""
        return Counter(str(post.carried[key]) for post in self.posts if key in post.carried)

    def events(self, type_: str) -> list[Delivery]:
        """Deliveries of one type: message, app_home_opened, block_actions, view_submission ..."""
        return [each for each in self.deliveries if _type(each) == type_]

    def retries(self) -> list[Attempt]:
        return [attempt for each in self.deliveries for attempt in each.attempts if attempt.number]

    def ack_seconds(self) -> list[float]:
        """How long each acknowledgement took."""
        return [tried.seconds for each in self.deliveries for tried in each.attempts if tried.acknowledged]


def _type(delivery: Delivery) -> str | None:
    event = delivery.payload.get("event") or delivery.payload
    found: str | None = event.get("type") or event.get("command")
    return found

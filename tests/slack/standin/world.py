"""Everything the stand-in knows at one moment: workspaces, tokens, triggers, views and files.
Requests and deliveries change it in the stand-in's own thread; tests look at it through ledger and people.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Protocol

from tests.slack.standin.ledger import Change, Delivery, Kind, Ledger, Post
from tests.slack.standin.timing import Stamps, Timing
from tests.slack.standin.tokens import Grant, Tokens
from tests.slack.standin.wire import Payload, Refused
from tests.slack.standin.workspace import Channel, Member, Message, Workspace


@dataclass(frozen=True)
class AppIdentity:
    """The app as it was registered with Slack."""

    id: str = "A00COACH"
    name: str = "Unbadged"
    bot_name: str = "unbadged"
    client_id: str = "1111.2222"
    client_secret: str = "client-secret"
    signing_secret: str = "signing-secret"
    verification_token: str = "verification-token"


@dataclass(frozen=True)
class Sending:
    """How a payload goes to the app: so many copies, at once or one after the other, or not at all.

    ``lost``: Slack gave up before it began, but the message is in the history. ``held``: kept until
    `Slack.release`, so that a test can choose the order. ``connection``: the Socket Mode connection.
    """

    copies: int = 1
    together: bool = False
    lost: bool = False
    held: bool = False
    connection: int | None = None


ONCE = Sending()
LOST = Sending(lost=True)
HELD = Sending(held=True)


class Tell(Protocol):
    """Send an event to the app."""

    def __call__(self, workspace: Workspace, event: Payload, sending: Sending = ONCE) -> Delivery: ...


@dataclass
class Trigger:
    """Somebody did something: for three seconds the app may open one modal for them."""

    user: str
    workspace: Workspace
    at: float
    view_id: str | None = None  # pressed within this modal
    spent: bool = False


@dataclass
class View:
    """A modal or a Home tab before somebody's eyes."""

    payload: Payload
    user: str
    workspace: Workspace


@dataclass
class ResponseUrl:
    """Where an interaction or command may be answered without a token."""

    workspace: Workspace
    channel: Channel
    user: str
    original: Message | None
    at: float
    uses: int = 0


@dataclass
class Upload:
    """A file on its way in."""

    id: str
    name: str
    length: int
    title: str = ""
    bytes: bytes | None = None


@dataclass
class World:
    """The state. ``tell`` is set once events can be sent."""

    timing: Timing
    app: AppIdentity
    tell: Tell
    echo: bool  # the app's own messages come back to it as events
    outside_marketplace: bool
    address: str = ""
    ledger: Ledger = field(default_factory=Ledger)
    workspaces: dict[str, Workspace] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    stacks: dict[str, list[str]] = field(default_factory=dict)  # a person's open modals, bottom first
    homes: dict[str, str] = field(default_factory=dict)  # a person's Home view
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    tickets: set[str] = field(default_factory=set)
    _count: int = 0

    def __post_init__(self) -> None:
        self.tokens = Tokens(self.timing)
        self.stamps = Stamps(self.timing.now)
        self._beginning = threading.Lock()  # a test may look for a channel while the app opens it

    def name(self, prefix: str) -> str:
        """A name nobody has yet."""
        self._count += 1
        return f"{prefix}{self._count:08d}"

    def add_workspace(self, id_: str, name: str, enterprise_id: str | None) -> Workspace:
        bot = Member(self.name("U"), id_, self.app.bot_name, self.app.name, is_bot=True)
        domain = name.lower().replace(" ", "-")
        made = Workspace(id_, name, domain, bot, self.name("B"), enterprise_id, {bot.id: bot})
        self.workspaces[id_] = made
        return made

    def reach(self, grant: Grant) -> list[Workspace]:
        """The workspaces a token may look into."""
        if grant.team_id:
            return [self.workspaces[grant.team_id]]
        return [each for each in self.workspaces.values() if each.enterprise_id == grant.enterprise_id]

    def member(self, grant: Grant, user: str) -> tuple[Workspace, Member] | None:
        for workspace in self.reach(grant):
            if user in workspace.members:
                return workspace, workspace.members[user]
        return None

    def channel(self, grant: Grant, named: str, *, begin: bool = False) -> tuple[Workspace, Channel]:
        """The channel of an id; of a person's id their direct messages, which ``begin`` may open."""
        for workspace in self.reach(grant):
            if named in workspace.channels:
                return workspace, workspace.channels[named]
            by_name = (
                each for each in list(workspace.channels.values()) if each.name and f"#{each.name}" == named
            )
            if (found := next(by_name, None)) is not None:
                return workspace, found
        whose = self.member(grant, named) if begin else None
        if whose is None or whose[1].deleted or whose[1].is_bot:
            raise Refused("channel_not_found")
        return whose[0], self.direct(whose[0], named)

    def direct(self, workspace: Workspace, user: str) -> Channel:
        """The direct messages of a person with the app, begun if there were none."""
        with self._beginning:
            found = workspace.direct(user)
            if found is None:
                found = Channel(self.name("D"), workspace.id, user=user, members={user, workspace.bot.id})
                found.created = int(self.timing.now())
                workspace.channels[found.id] = found
        return found

    def trigger(self, user: str, workspace: Workspace, view_id: str | None = None) -> str:
        """A trigger id for what ``user`` has just done."""
        made = f"{self.name('')}.{workspace.id}.trigger"
        self.triggers[made] = Trigger(user, workspace, self.timing.now(), view_id)
        return made

    def response_url(
        self, workspace: Workspace, channel: Channel, user: str, original: Message | None
    ) -> str:
        made = self.name("answer")
        now = self.timing.now()
        self.response_urls[made] = ResponseUrl(workspace, channel, user, original, now)
        return f"{self.address}/response/{workspace.id}/{made}"

    # --- what the app puts into a channel, and what everybody sees of it ------------------------------

    def put(self, workspace: Workspace, channel: Channel, message: Message, kind: Kind) -> Message:
        """Note a message of the app, keep it, and tell the app of it as Slack does."""
        channel.messages.append(message)
        carried = message.metadata.get("event_payload", {})
        self.ledger.note(
            Post(
                self.timing.now(), kind, workspace.id, channel.id, message.ts, message.text,
                tuple(message.blocks), message.thread_ts, carried, message.only_for,
            )
        )  # fmt: skip
        if self.echo and message.only_for is None:
            self.tell(workspace, message.payload(with_metadata=True) | in_channel(channel, message.ts))
        return message

    def changed(self, workspace: Workspace, channel: Channel, message: Message, before: Payload) -> None:
        """Note that the app changed a message of its own, and tell it so."""
        now, blocks = self.timing.now(), tuple(message.blocks)
        self.ledger.note(Change(now, channel.id, message.ts, message.text, blocks))
        if self.echo and message.only_for is None:
            self.tell(workspace, self.change_event(channel, message, before))

    def change_event(self, channel: Channel, message: Message, before: Payload) -> Payload:
        """message_changed, as an event."""
        at = self.stamps.next()
        event = {"type": "message", "subtype": "message_changed", "hidden": True, "ts": at}
        return event | {"message": message.payload(), "previous_message": before} | in_channel(channel, at)

    def delete_event(self, channel: Channel, message: Message) -> Payload:
        """message_deleted, as an event."""
        at = self.stamps.next()
        event = {"type": "message", "subtype": "message_deleted", "hidden": True, "ts": at}
        before = message.payload()
        return event | {"deleted_ts": message.ts, "previous_message": before} | in_channel(channel, at)


def in_channel(channel: Channel, at: str) -> Payload:
    """What every event of a channel says besides."""
    kinds = {"im": "im", "channel": "channel", "group": "group"}
    return {"channel": channel.id, "channel_type": kinds[channel.kind], "event_ts": at}

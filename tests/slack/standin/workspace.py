"""A workspace as Slack keeps it: its members, its channels, and what was said in them.
Payloads come out as Slack's do; who may read or change them is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.slack.standin.wire import Payload


@dataclass
class Member:
    """A person or bot with an account. A stranger belongs to another team and shares a channel with us."""

    id: str
    team_id: str
    name: str
    real_name: str
    email: str = ""
    tz: str = "Asia/Singapore"
    locale: str = "en-US"
    is_restricted: bool = False  # a guest of several channels
    is_ultra_restricted: bool = False  # a guest of one channel
    is_stranger: bool = False
    is_bot: bool = False
    is_admin: bool = False
    deleted: bool = False

    def payload(self, now: float, *, with_email: bool, with_locale: bool) -> Payload:
        """As in users.info and user_change."""
        profile: Payload = {"real_name": self.real_name, "display_name": self.name, "team": self.team_id}
        if with_email and not self.is_bot:
            profile["email"] = self.email
        found: Payload = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.deleted,
            "profile": profile,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": int(now),
        }
        if not self.deleted:  # of someone who has left, no more is said
            offset = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(self.tz)).utcoffset()
            found |= {
                "real_name": self.real_name,
                "tz": self.tz,
                "tz_label": self.tz,
                "tz_offset": int(offset.total_seconds()) if offset else 0,
                "is_admin": self.is_admin,
                "is_owner": False,
                "is_primary_owner": False,
                "is_restricted": self.is_restricted,
                "is_ultra_restricted": self.is_ultra_restricted,
                "is_email_confirmed": True,
            }
        if self.is_stranger:
            found["is_stranger"] = True
        if with_locale:
            found["locale"] = self.locale
        return found


@dataclass
class Message:
    """One message. ``only_for`` is set on ephemeral ones, which no history holds."""

    ts: str
    user: str
    text: str
    team_id: str
    blocks: list[Payload] = field(default_factory=list)
    attachments: list[Payload] = field(default_factory=list)
    metadata: Payload = field(default_factory=dict)
    thread_ts: str | None = None
    subtype: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    client_msg_id: str | None = None
    files: list[Payload] = field(default_factory=list)
    edited: Payload | None = None
    only_for: str | None = None

    def payload(self, *, with_metadata: bool = False) -> Payload:
        """As in history, in answers and in events."""
        found: Payload = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text}
        found["team"] = self.team_id
        for name in ("subtype", "bot_id", "app_id", "client_msg_id", "thread_ts", "edited"):
            if getattr(self, name) is not None:
                found[name] = getattr(self, name)
        for name in ("blocks", "attachments", "files"):
            if getattr(self, name):
                found[name] = getattr(self, name)
        if with_metadata and self.metadata:
            found["metadata"] = self.metadata
        return found


@dataclass
class Channel:
    """A direct message (``im``), a public channel or a private group."""

    id: str
    team_id: str
    kind: str = "im"
    user: str = ""  # the person of a direct message
    name: str = ""
    members: set[str] = field(default_factory=set)
    is_archived: bool = False
    is_ext_shared: bool = False
    created: int = 0
    messages: list[Message] = field(default_factory=list)  # in the order of their ts

    def find(self, ts: str) -> Message | None:
        return next((each for each in self.messages if each.ts == ts), None)

    def replies(self, ts: str) -> list[Message]:
        """The thread under a message, without that message."""
        return [each for each in self.messages if each.thread_ts == ts and each.ts != ts]

    def payload(self) -> Payload:
        """As in conversations.info."""
        found: Payload = {
            "id": self.id,
            "created": self.created,
            "is_archived": self.is_archived,
            "is_im": self.kind == "im",
            "is_org_shared": False,
            "is_ext_shared": self.is_ext_shared,
            "context_team_id": self.team_id,
        }
        if self.kind == "im":
            return found | {"user": self.user, "is_user_deleted": False, "is_open": True}
        private = self.kind == "group"
        return found | {"name": self.name, "is_channel": True, "is_private": private, "is_member": True}


@dataclass
class Workspace:
    """One team. ``bot`` is the app's own account here."""

    id: str
    name: str
    domain: str
    bot: Member
    bot_id: str
    enterprise_id: str | None = None
    members: dict[str, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)

    def direct(self, user: str) -> Channel | None:
        """The app's direct messages with a person, if they ever began."""
        return next(
            (each for each in list(self.channels.values()) if each.kind == "im" and each.user == user), None
        )

    def by_email(self, email: str) -> Member | None:
        wanted = email.lower()
        living = (each for each in self.members.values() if not each.deleted and each.email)
        return next((each for each in living if each.email.lower() == wanted), None)

"""The app as Slack is told about it: what it may do, and why. The reasons stand beside the scopes, so that
the pages which explain them to an administrator are made from the same list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.slack.read import SHORTCUT_CHECK, SHORTCUT_PERSON, SHORTCUT_WRONG

COMMAND = "/coach"
# One address takes events, presses and commands: Bolt sorts them.
PATH = "/slack/events"
INSTALL = "/slack/install"
REDIRECT = "/slack/oauth_redirect"


@dataclass(frozen=True)
class Because:
    """Something asked of Slack, and what would not work without it."""

    name: str
    reason: str


SCOPES = (
    Because("chat:write", "To write to a manager, and to put the answer in place of a question's buttons."),
    Because("im:history", "To receive what a manager writes in the private chat, and to look after a crash "
            "whether a line arrived. It opens no other conversation."),
    Because("im:write", "To find the private chat with a person."),
    Because("users:read", "To know a manager's time zone and language, and when an account was closed."),
    Because("users:read.email", "To find a manager of the roster by their work e-mail: nobody has to copy "
            "member IDs."),
    Because("files:write", "To put the picture of a manager's own numbers into their private chat and their "
            "Home tab, and to delete it again. It lets nobody read a file."),
    Because("commands", "For /coach, and for the shortcuts to help and to the check of a message."),
    Because("app_mentions:read", "To answer whoever calls the coach in a channel with one line that points "
            "to the private chat. Nothing else in a channel is read."),
)  # fmt: skip

EVENTS = (
    Because("message.im", "What a manager writes, edits or deletes in the private chat."),
    Because("app_home_opened", "The Home tab is made when it is looked at."),
    Because("app_mention", "The one line that points to the private chat."),
    Because("user_change", "A new time zone, or a closed account: nobody is written to at night or in vain."),
    Because("app_uninstalled", "Writing ends when the app is removed."),
    Because("tokens_revoked", "Writing ends when permission is withdrawn."),
)

_LONG = (
    "A coach for managers: one piece of real work that annoys you, a few minutes a week, eight weeks. It "
    "talks in private only. Your boss and HR see only counts for groups of five or more; your coach sees "
    'what you send, and four signs without words. Write "help" at any time.'
)


def manifest(
    *,
    socket: bool,
    public_url: str = "",
    name: str = "Unbadged",
    many: bool = False,
    rotation: bool = False,
    org: bool = False,
) -> dict[str, Any]:
    """The manifest for api.slack.com/apps: over a socket, or over https at ``public_url``.

    ``many``: for several workspaces, whose administrators Slack sends back to ``public_url``. ``rotation``:
    with tokens that last twelve hours. ``org``: for a whole Enterprise organisation at once. The last two are
    installed as ``many`` are. ValueError says what is missing.
    """
    if not socket and not public_url:
        raise ValueError("over https Slack must know where to send: set PUBLIC_URL, or use the socket")
    many = many or rotation or org
    if many and not public_url:
        raise ValueError("Slack must know where to send administrators back to: set PUBLIC_URL")
    if not 1 <= len(name) <= 35:
        raise ValueError("the app's name has 1 to 35 characters")
    base = public_url.rstrip("/")
    there = {} if socket else {"request_url": f"{base}{PATH}"}
    oauth: dict[str, Any] = {"scopes": {"bot": [each.name for each in SCOPES]}}
    if many:
        oauth["redirect_urls"] = [f"{base}{REDIRECT}"]
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": name,
            "description": "One piece of work that annoys you, a few minutes a week. In private.",
            "long_description": _LONG,
            "background_color": "#1f3a4d",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": name, "always_online": True},
            "shortcuts": _shortcuts(),
            "slash_commands": [_command(None if socket else f"{base}{PATH}")],
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": {**there, "bot_events": [each.name for each in EVENTS]},
            "interactivity": {"is_enabled": True, **there},
            "org_deploy_enabled": org,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": rotation,
        },
    }


def _shortcuts() -> list[dict[str, str]]:
    """At most 24 letters a name."""
    said = (
        ("message", SHORTCUT_CHECK, "Good enough to act on?",
         "Three checking questions about this message. Nothing is kept."),
        ("global", SHORTCUT_WRONG, "Something feels wrong", "Whom to call, now."),
        ("global", SHORTCUT_PERSON, "Talk to a person", "The person behind the coach writes to you."),
    )  # fmt: skip
    keys = ("type", "callback_id", "name", "description")
    return [dict(zip(keys, each, strict=True)) for each in said]


def _command(address: str | None) -> dict[str, Any]:
    made = {
        "command": COMMAND,
        "description": "Your coach: help, pause, a person; for coaches, who needs you.",
        "usage_hint": "help | pause | person | wrong | zone Tokyo",
        "should_escape": False,
    }
    return {**made, "url": address} if address else made

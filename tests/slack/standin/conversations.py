"""Channels and what was said in them: opening direct messages, reading history and threads.
Rules: docs.slack.dev/reference/methods/conversations.history and its neighbours.
"""

from __future__ import annotations

import base64
import binascii
from decimal import Decimal, InvalidOperation

from tests.slack.standin.methods import Asked, method
from tests.slack.standin.wire import Payload, Refused, is_true
from tests.slack.standin.workspace import Channel, Message, Workspace

MOST_AT_ONCE, USUAL, OUTSIDE_MARKETPLACE = 999, 100, 15  # messages a page
SCOPES = {"im": "im", "channel": "channels", "group": "groups"}


@method("conversations.open", 3, "im:write")
def open_(asked: Asked) -> Payload:
    named, users = asked.maybe("channel"), asked.maybe("users")
    if named:
        _, channel = asked.world.channel(asked.grant, named)
        return {"no_op": True, "already_open": True, "channel": _opened(asked, channel)}
    if not users:
        raise Refused("users_list_not_supplied")
    if "," in users:
        raise Refused("method_not_supported_for_channel_type")  # the coach never opens a group
    found = asked.world.member(asked.grant, users)
    if found is None:
        raise Refused("user_not_found")
    workspace, member = found
    if member.deleted:
        raise Refused("user_disabled")
    known = workspace.direct(member.id) is not None
    if is_true(asked.args.get("prevent_creation")) and not known:
        raise Refused("channel_not_found")
    channel = asked.world.direct(workspace, member.id)
    return {"no_op": known, "already_open": known, "channel": _opened(asked, channel)}


def _opened(asked: Asked, channel: Channel) -> Payload:
    return channel.payload() if is_true(asked.args.get("return_im")) else {"id": channel.id}


@method("conversations.info", 3)
def info(asked: Asked) -> Payload:
    workspace, channel = asked.world.channel(asked.grant, asked.text("channel"))
    asked.needs(f"{SCOPES[channel.kind]}:read")
    found = channel.payload()
    if is_true(asked.args.get("include_locale")):
        whose = workspace.members.get(channel.user)
        found["locale"] = whose.locale if whose else "en-US"
    if is_true(asked.args.get("include_num_members")):
        found["num_members"] = len(channel.members)
    return {"channel": found}


@method("conversations.list", 2, "im:read")
def list_(asked: Asked) -> Payload:
    wanted = (asked.maybe("types") or "public_channel").split(",")
    kinds = {"im": "im", "public_channel": "channel", "private_channel": "group"}
    reached = [each for workspace in asked.world.reach(asked.grant) for each in workspace.channels.values()]
    found = [each.payload() for each in reached if each.kind in {kinds.get(kind) for kind in wanted}]
    page, next_cursor = _page(asked, found, int(asked.maybe("limit") or USUAL))
    return {"channels": page, "response_metadata": {"next_cursor": next_cursor}}


@method("conversations.history", 3)
def history(asked: Asked) -> Payload:
    workspace, channel = _readable(asked)
    lasting = [each for each in channel.messages if each.only_for is None]
    top = [each for each in lasting if each.thread_ts in (None, each.ts)]
    newest_first = sorted(_between(asked, top), key=lambda each: Decimal(each.ts), reverse=True)
    shown = [_as_read(asked, workspace, channel, each) for each in newest_first]
    page, next_cursor = _page(asked, shown, _limit(asked))
    more: Payload = {"response_metadata": {"next_cursor": next_cursor}} if next_cursor else {}
    return {"messages": page, "has_more": bool(next_cursor), "pin_count": 0, **more}


@method("conversations.replies", 3)
def replies(asked: Asked) -> Payload:
    workspace, channel = _readable(asked)
    ts = asked.text("ts")
    asked_for = channel.find(ts)
    parent = channel.find(asked_for.thread_ts or ts) if asked_for else None
    if parent is None:
        raise Refused("thread_not_found")
    answers = sorted(_between(asked, channel.replies(parent.ts)), key=lambda each: Decimal(each.ts))
    shown = [_as_read(asked, workspace, channel, each) for each in [parent, *answers]]
    page, next_cursor = _page(asked, shown, _limit(asked))
    more: Payload = {"response_metadata": {"next_cursor": next_cursor}} if next_cursor else {}
    return {"messages": page, "has_more": bool(next_cursor), **more}


def _readable(asked: Asked) -> tuple[Workspace, Channel]:
    workspace, channel = asked.world.channel(asked.grant, asked.text("channel"))
    asked.needs(f"{SCOPES[channel.kind]}:history")
    if workspace.bot.id not in channel.members:
        raise Refused("not_in_channel")
    return workspace, channel


def _between(asked: Asked, messages: list[Message]) -> list[Message]:
    """Those between ``oldest`` and ``latest``; the ends themselves only if ``inclusive``."""
    ends = {}
    for name in ("oldest", "latest"):
        given = asked.maybe(name)
        try:
            ends[name] = Decimal(given) if given and given != "now" else None
        except InvalidOperation:
            raise Refused(f"invalid_ts_{name}") from None
    oldest, latest = ends["oldest"], ends["latest"]
    ends_too = is_true(asked.args.get("inclusive"))

    def within(ts: Decimal) -> bool:
        if oldest is not None and (ts < oldest or (ts == oldest and not ends_too)):
            return False
        return latest is None or ts < latest or (ts == latest and ends_too)

    return [each for each in messages if within(Decimal(each.ts))]


def _as_read(asked: Asked, workspace: Workspace, channel: Channel, message: Message) -> Payload:
    found = message.payload(with_metadata=is_true(asked.args.get("include_all_metadata")))
    answers = channel.replies(message.ts)
    if answers:
        found |= {
            "thread_ts": message.ts,
            "reply_count": len(answers),
            "reply_users": sorted({each.user for each in answers}),
            "reply_users_count": len({each.user for each in answers}),
            "latest_reply": answers[-1].ts,
            "is_locked": False,
            "subscribed": False,
        }
    return found


def _limit(asked: Asked) -> int:
    most = OUTSIDE_MARKETPLACE if asked.world.outside_marketplace else MOST_AT_ONCE
    return max(1, min(int(asked.maybe("limit") or USUAL), most))


def _page(asked: Asked, all_: list[Payload], limit: int) -> tuple[list[Payload], str]:
    """One page, and the cursor to the next or an empty one."""
    start, cursor = 0, asked.maybe("cursor")
    if cursor:
        try:
            start = int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
        except (ValueError, binascii.Error):
            raise Refused("invalid_cursor") from None
    rest = start + limit < len(all_)
    follows = base64.b64encode(f"next:{start + limit}".encode()).decode() if rest else ""
    return all_[start : start + limit], follows

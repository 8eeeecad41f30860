"""Messages of the app: posted, updated, deleted, or shown to one person for a moment.
Rules: docs.slack.dev/reference/methods/chat.postMessage and its neighbours.
"""

from __future__ import annotations

import re
from typing import Any

from tests.slack.standin.block_check import check_message_blocks
from tests.slack.standin.blocks import ATTACHMENTS, TEXT_TRUNCATED
from tests.slack.standin.ledger import Change, Kind
from tests.slack.standin.methods import Asked, method
from tests.slack.standin.wire import Payload, Refused
from tests.slack.standin.workspace import Channel, Message, Workspace
from tests.slack.standin.world import World


@method("chat.postMessage", None, "chat:write")
def post(asked: Asked) -> Payload:
    workspace, channel = asked.world.channel(asked.grant, asked.text("channel"), begin=True)
    said = content(asked)
    may_write(workspace, channel)
    thread = asked.maybe("thread_ts")
    if thread and channel.find(thread) is None:
        raise Refused("thread_not_found")
    message = from_app(asked.world, workspace, **said, thread_ts=thread, metadata=metadata(asked) or {})
    asked.world.put(workspace, channel, message, Kind.POST)
    shown = message.payload(with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown, **warning(asked)}


@method("chat.postEphemeral", 4, "chat:write")
def post_ephemeral(asked: Asked) -> Payload:
    workspace, channel = asked.world.channel(asked.grant, asked.text("channel"))
    user = asked.text("user")
    said = content(asked)
    may_write(workspace, channel)
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    message = from_app(asked.world, workspace, **said, only_for=user)
    asked.world.put(workspace, channel, message, Kind.EPHEMERAL)
    return {"message_ts": message.ts}


@method("chat.update", 3, "chat:write")
def update(asked: Asked) -> Payload:
    workspace, channel = asked.world.channel(asked.grant, asked.text("channel"))
    message = own(workspace, channel, asked.text("ts"), "cant_update_message")
    said = content(asked)
    before = message.payload()
    rewrite(asked.world, message, asked.args, said)
    kept = metadata(asked)
    message.metadata = message.metadata if kept is None else kept
    message.edited = {"user": workspace.bot.id, "ts": asked.world.stamps.next()}
    asked.world.changed(workspace, channel, message, before)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": message.payload()}


@method("chat.delete", 3, "chat:write")
def delete(asked: Asked) -> Payload:
    workspace, channel = asked.world.channel(asked.grant, asked.text("channel"))
    message = own(workspace, channel, asked.text("ts"), "cant_delete_message")
    remove(asked.world, workspace, channel, message)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.getPermalink", None)
def permalink(asked: Asked) -> Payload:
    workspace, channel = asked.world.channel(asked.grant, asked.text("channel"))
    ts = asked.text("message_ts")
    if channel.find(ts) is None:
        raise Refused("message_not_found")
    link = f"https://{workspace.domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


# --- what they share ---------------------------------------------------------------------------------


def remove(world: World, workspace: Workspace, channel: Channel, message: Message) -> None:
    """The app takes a message of its own away."""
    channel.messages.remove(message)
    world.ledger.note(Change(world.timing.now(), channel.id, message.ts, None))
    if world.echo and message.only_for is None:
        world.tell(workspace, world.delete_event(channel, message))


def content(asked: Asked) -> dict[str, Any]:
    """Text, blocks and attachments, checked as Slack checks them."""
    return checked_content(
        asked.args.get("text"),
        asked.structure("blocks", "invalid_blocks_format"),
        asked.structure("attachments", "invalid_attachments"),
        asked.maybe("markdown_text"),
    )


def checked_content(text: Any, blocks: Any, attachments: Any, markdown: str | None = None) -> dict[str, Any]:
    if markdown is not None and (text or blocks):
        raise Refused("markdown_text_conflict")
    if markdown is not None and len(markdown) > 12_000:
        raise Refused("msg_too_long")
    text = markdown if markdown is not None else text
    if not text and not blocks and not attachments:
        raise Refused("no_text")
    if blocks:
        check_message_blocks(blocks)
    if isinstance(attachments, list) and len(attachments) > ATTACHMENTS:
        raise Refused("too_many_attachments")
    return {
        "text": as_kept(str(text or ""))[:TEXT_TRUNCATED],
        "blocks": blocks or [],
        "attachments": attachments or [],
    }


def as_kept(text: str) -> str:
    """What an app sends, as Slack keeps it: a stray ampersand is escaped, links and mentions stay."""
    return re.sub(r"&(?!amp;|lt;|gt;)", "&amp;", text)


def warning(asked: Asked) -> Payload:
    if len(str(asked.args.get("text") or "")) <= TEXT_TRUNCATED:
        return {}
    return {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}


def metadata(asked: Asked) -> Payload | None:
    """The message's metadata; None if nothing was said about it, empty if it is to be taken away."""
    given = asked.structure("metadata", "invalid_metadata_format")
    if given is None or given == {}:
        return given  # type: ignore[no-any-return]
    if not isinstance(given, dict):
        raise Refused("invalid_metadata_format")
    fine = isinstance(given.get("event_type"), str) and isinstance(given.get("event_payload"), dict)
    if not fine:
        raise Refused("invalid_metadata_schema")
    return {"event_type": given["event_type"], "event_payload": given["event_payload"]}


def may_write(workspace: Workspace, channel: Channel) -> None:
    if channel.is_archived:
        raise Refused("is_archived")
    if workspace.bot.id not in channel.members:
        raise Refused("not_in_channel")


def own(workspace: Workspace, channel: Channel, ts: str, otherwise: str) -> Message:
    """A message that the app itself posted for everybody; nobody can change an ephemeral one."""
    found = channel.find(ts)
    if found is None or found.only_for is not None:
        raise Refused("message_not_found")
    if found.user != workspace.bot.id:
        raise Refused(otherwise)
    return found


def rewrite(world: World, message: Message, args: Payload, said: dict[str, Any]) -> None:
    """New content over old: text without blocks takes the blocks away (reference/methods/chat.update)."""
    if args.get("text") or args.get("markdown_text"):
        message.text = said["text"]
    if args.get("blocks") is not None or args.get("text"):
        message.blocks = named_blocks(world, said["blocks"])
    if args.get("attachments") is not None or args.get("text"):
        message.attachments = said["attachments"]


def from_app(world: World, workspace: Workspace, **fields: Any) -> Message:
    """A message by the app's own account."""
    fields["blocks"] = named_blocks(world, fields["blocks"])
    return Message(
        world.stamps.next(),
        workspace.bot.id,
        team_id=workspace.id,
        bot_id=workspace.bot_id,
        app_id=world.app.id,
        **fields,
    )


def named_blocks(world: World, blocks: list[Payload]) -> list[Payload]:
    """Blocks as Slack hands them back: it names those that came without a name, and what is in them."""
    named = []
    for block in blocks:
        block = {**block}
        block.setdefault("block_id", world.name("b"))
        for key in ("accessory", "element"):
            if isinstance(block.get(key), dict) and block[key].get("type") != "image":
                block[key] = {"action_id": world.name("a"), **block[key]}
        if block["type"] == "actions":
            block["elements"] = [{"action_id": world.name("a"), **each} for each in block["elements"]]
        named.append(block)
    return named

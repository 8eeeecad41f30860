"""What the app says to an interaction or command, done: a form closes or comes back with errors, words
are shown. Rules: docs.slack.dev/interactivity/handling-user-interaction and /surfaces/modals.
"""

from __future__ import annotations

from tests.slack.standin.block_check import check_view
from tests.slack.standin.chat import checked_content, from_app, remove, rewrite
from tests.slack.standin.ledger import Kind
from tests.slack.standin.views import replace, show
from tests.slack.standin.wire import Payload, Refused, is_true
from tests.slack.standin.world import ResponseUrl, View, World


def answer_submission(world: World, view: View, answer: Payload) -> dict[str, str]:
    """Close, push or update as the app said; its errors by block, or Refused if Slack cannot do it."""
    stack = world.stacks.get(view.user, [])
    match answer.get("response_action"):
        case None:
            if view.payload["id"] in stack:
                stack.remove(view.payload["id"])
        case "clear":
            stack.clear()
        case "errors":
            errors: dict[str, str] = answer["errors"]
            unknown = errors.keys() - {block["block_id"] for block in view.payload["blocks"]}
            if unknown or not errors:
                raise Refused("invalid_errors", blocks=sorted(unknown))
            return errors
        case "update":
            check_view(answer["view"], "modal")
            replace(world, view, answer["view"])
        case "push":
            check_view(answer["view"], "modal")
            below = view.payload["id"]
            made = show(world, view.workspace, view.user, answer["view"], "push", below)
            stack.append(made.payload["id"])
        case other:
            raise Refused("unknown_response_action", said=other)
    return {}


def answer_at(world: World, url: ResponseUrl, said: Payload) -> None:
    """One use of a response_url, or an acknowledgement with words; for one person if not told otherwise."""
    original = url.original
    if original is not None and is_true(said.get("delete_original")):
        remove(world, url.workspace, url.channel, original)
        return
    content = checked_content(said.get("text"), said.get("blocks"), said.get("attachments"))
    if original is not None and is_true(said.get("replace_original")):
        before = original.payload()
        rewrite(world, original, said, content)
        world.changed(url.workspace, url.channel, original, before)
        return
    alone = None if said.get("response_type") == "in_channel" else url.user
    message = from_app(world, url.workspace, **content, only_for=alone)
    message.thread_ts = said.get("thread_ts")
    message.subtype = "bot_message" if alone is None else None
    world.put(url.workspace, url.channel, message, Kind.RESPONSE)

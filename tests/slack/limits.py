"""Slack's limits, read from its own pages and checked here on everything we draw. Written apart from the code
that draws, and without its help, so that the two do not share a mistake."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PAGE = "https://docs.slack.dev/reference/"
# What, how much, and the page that says so, under PAGE.
LIMITS = {
    "message.blocks": (50, "block-kit/blocks"),
    "view.blocks": (100, "block-kit/blocks"),
    "message.text": (40_000, "methods/chat.postMessage"),
    "section.text": (3_000, "block-kit/blocks/section-block"),
    "header.text": (150, "block-kit/blocks/header-block"),
    "actions.elements": (25, "block-kit/blocks/actions-block"),
    "context.elements": (10, "block-kit/blocks/context-block"),
    "button.text": (75, "block-kit/block-elements/button-element"),
    "button.value": (2_000, "block-kit/block-elements/button-element"),
    "button.url": (3_000, "block-kit/block-elements/button-element"),
    "overflow.options": (5, "block-kit/block-elements/overflow-menu-element"),
    "static_select.options": (100, "block-kit/block-elements/select-menu-element"),
    "radio_buttons.options": (10, "block-kit/block-elements/radio-button-group-element"),
    "static_select.placeholder": (150, "block-kit/block-elements/select-menu-element"),
    "option.text": (75, "block-kit/composition-objects/option-object"),
    "option.value": (150, "block-kit/composition-objects/option-object"),
    "action_id": (255, "block-kit/block-elements"),
    "block_id": (255, "block-kit/blocks"),
    "input.label": (2_000, "block-kit/blocks/input-block"),
    "plain_text_input.max_length": (3_000, "block-kit/block-elements/plain-text-input-element"),
    "image.alt_text": (2_000, "block-kit/blocks/image-block"),
    "view.title": (24, "views/modal-views"),
    "view.submit": (24, "views/modal-views"),
    "view.close": (24, "views/modal-views"),
    "view.private_metadata": (3_000, "views/modal-views"),
    "view.callback_id": (255, "views/modal-views"),
}
OURS = {"section", "rich_text", "actions", "context", "header", "image", "divider", "input"}


def size(value: object) -> int:
    """As Slack may count: UTF-16 units, with & < > at their escaped length; items of a list."""
    if not isinstance(value, str):
        return len(value) if isinstance(value, list) else int(str(value))
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return len(escaped.encode("utf-16-le")) // 2


def faults(payload: dict[str, Any]) -> list[str]:
    """What Slack would refuse in a message or a view, one sentence each; and any markup at all."""
    what = "view" if payload.get("type") in ("modal", "home") else "message"
    return [*_whole(payload, what), *(fault for block in payload["blocks"] for fault in _block(block))]


def _whole(payload: dict[str, Any], what: str) -> Iterator[str]:
    for name, value in payload.items():
        yield from _over(f"{what}.{name}", value["text"] if name in ("title", "submit", "close") else value)
    if not payload["blocks"]:
        yield "nothing to show"
    if what == "message" and not payload["text"].strip():
        yield "nothing to read aloud"
    if payload.get("type") == "modal" and "submit" not in payload:
        yield "a modal with inputs needs submit"
    named = [block["block_id"] for block in payload["blocks"] if "block_id" in block]
    if len(named) != len(set(named)):
        yield "a block_id twice"


def _block(block: dict[str, Any]) -> Iterator[str]:
    if block["type"] not in OURS:
        yield f"{block['type']}: not a block of ours"
    actions = [each.get("action_id") for each in block.get("elements", ()) if "action_id" in each]
    if len(actions) != len(set(actions)):
        yield f"{block['type']}: an action_id twice"
    yield from _thing(block)


def _thing(thing: dict[str, Any]) -> Iterator[str]:
    """One block, element, option or text, and all within it."""
    kind = thing.get("type", "option")
    if kind == "mrkdwn":
        yield f"markup: {thing['text'][:40]!r}"
    if kind == "plain_text" and thing.get("emoji") is not False:
        yield f"emoji are read in {thing['text'][:40]!r}"
    if kind in ("plain_text", "text") and not thing["text"]:
        yield f"{kind}: empty"
    for name, value in thing.items():
        if value is None or value == []:
            yield f"{kind}.{name}: empty"
            continue
        whole = value["text"] if isinstance(value, dict) and "text" in value else value
        yield from _over(name if name.endswith("_id") else f"{kind}.{name}", whole)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict) and name != "style":
                yield from _thing(each)


def _over(name: str, value: object) -> Iterator[str]:
    if name in LIMITS and size(value) > LIMITS[name][0]:
        yield f"{name}: {size(value)}, {LIMITS[name][0]} allowed; {PAGE}{LIMITS[name][1]}"

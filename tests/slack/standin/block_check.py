"""Whether Slack would take a message or a view, said in Slack's way: what is wrong, and where.
The limits themselves stand in `blocks`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from tests.slack.standin.blocks import (
    BLOCKS,
    ELEMENTS,
    HOME,
    ID,
    MARKDOWN_TOGETHER,
    MESSAGE_BLOCKS,
    MODAL,
    OBJECTS,
    VIEW_BLOCKS,
    VIEW_BYTES,
    Chars,
    Flag,
    Many,
    OneOf,
    Rule,
    Shape,
    Text,
    Thing,
    Typed,
    Whole,
)
from tests.slack.standin.wire import Payload, Refused, refused_arguments

_TEXT_FIELDS = {"plain_text": {"type", "text", "emoji"}, "mrkdwn": {"type", "text", "verbatim"}}


def check_message_blocks(blocks: Any) -> None:
    """Refused(invalid_blocks) unless Slack would take them in a message."""
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    walk = _Walk("message")
    walk.blocks(blocks, "/blocks", MESSAGE_BLOCKS)
    if walk.found:
        raise refused_arguments(*walk.found, error="invalid_blocks")


def check_view(view: Any, kind: str) -> None:
    """Refused(invalid_arguments, view_too_large) unless Slack would show it; ``kind``: modal or home."""
    if not isinstance(view, dict):
        raise refused_arguments("must be an object [json-pointer:/view]")
    walk = _Walk(kind)
    if view.get("type") != kind:
        walk.add("/view/type", f"must be: {kind}")
    walk.shape(view, "/view", MODAL if kind == "modal" else HOME)
    blocks = view.get("blocks")
    if isinstance(blocks, list):
        walk.blocks(blocks, "/view/blocks", VIEW_BLOCKS)
        asks = any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)
        if kind == "modal" and asks and "submit" not in view:
            walk.add("/view", "missing required field: submit")
    elif blocks is not None:
        walk.add("/view/blocks", "must be an array")
    if walk.found:
        raise refused_arguments(*walk.found)
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise Refused("view_too_large")


@dataclass
class _Walk:
    """One walk through one payload, noting what is wrong."""

    surface: str
    found: list[str] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    markdown: int = 0
    focused: int = 0

    def add(self, pointer: str, message: str) -> None:
        self.found.append(f"{message} [json-pointer:{pointer}]")

    def blocks(self, blocks: list[Any], pointer: str, most: int) -> None:
        if len(blocks) > most:
            self.add(pointer, f"no more than {most} items allowed")
        for index, block in enumerate(blocks):
            self.block(block, f"{pointer}/{index}")
        if self.markdown > MARKDOWN_TOGETHER:
            self.add(pointer, f"no more than {MARKDOWN_TOGETHER} characters of markdown allowed")
        if self.focused > 1:
            self.add(pointer, "only one element may set focus_on_load")

    def block(self, block: Any, pointer: str) -> None:
        if not isinstance(block, dict):
            return self.add(pointer, "must be an object")
        kind = block.get("type")
        shape = BLOCKS.get(str(kind))
        if shape is None or self.surface not in shape.surfaces:
            return self.add(f"{pointer}/type", f"unsupported type: {kind}")
        self.shape(block, pointer, shape, {"block_id": ID})
        name = block.get("block_id")
        if isinstance(name, str):
            if name in self.block_ids:
                self.add(f"{pointer}/block_id", f"`block_id` already exists: {name}")
            self.block_ids.add(name)
        if kind == "markdown":
            self.markdown += len(str(block.get("text", "")))
        if kind == "actions":
            self.distinct_actions(block, pointer)
        return None

    def distinct_actions(self, block: Payload, pointer: str) -> None:
        seen: dict[str, int] = {}
        elements = block.get("elements")
        for index, element in enumerate(elements if isinstance(elements, list) else []):
            name = element.get("action_id") if isinstance(element, dict) else None
            if name in seen:
                where = f"{pointer}/elements/{index}/action_id"
                self.add(where, f"`action_id` `{name}` already exists for element at index {seen[name]}")
            elif isinstance(name, str):
                seen[name] = index

    def shape(self, thing: Any, pointer: str, shape: Shape, more: dict[str, Rule] | None = None) -> None:
        if not isinstance(thing, dict):
            return self.add(pointer, "must be an object")
        for name in shape.needed:
            if name not in thing:
                self.add(pointer, f"missing required field: {name}")
        given = [name for name in shape.one_of if thing.get(name) is not None]
        if shape.one_of and len(given) != 1:
            self.add(pointer, "must define exactly one of " + ", ".join(f"`{n}`" for n in shape.one_of))
        if shape.any_of and not any(thing.get(name) for name in shape.any_of):
            self.add(pointer, "must define either " + " or ".join(f"`{n}`" for n in shape.any_of))
        rules = {**shape.fields, **(more or {})}
        for name, value in thing.items():
            if name in rules:
                self.value(value, f"{pointer}/{name}", rules[name])
            elif name != "type" or shape in OBJECTS.values():
                self.add(f"{pointer}/{name}", f"invalid additional property: {name}")
        return None

    def value(self, value: Any, pointer: str, rule: Rule) -> None:
        match rule:
            case Chars():
                self.chars(value, pointer, rule)
            case Text():
                self.text(value, pointer, rule)
            case Flag():
                if not isinstance(value, bool):
                    self.add(pointer, "must be a boolean")
            case Whole():
                self.whole(value, pointer, rule)
            case OneOf():
                if value not in rule.values:
                    self.add(pointer, "must be one of: " + ", ".join(rule.values))
            case Many():
                self.many(value, pointer, rule)
            case Thing():
                self.shape(value, pointer, OBJECTS[rule.name])
            case Typed():
                self.element(value, pointer, rule)

    def chars(self, value: Any, pointer: str, rule: Chars) -> None:
        if not isinstance(value, str):
            return self.add(pointer, "must be a string")
        if len(value) < rule.least:
            self.add(pointer, f"must be more than {rule.least - 1} characters")
        if rule.most is not None and len(value) > rule.most:
            self.add(pointer, f"must be less than {rule.most + 1} characters")
        elif rule.pattern and not re.fullmatch(rule.pattern, value):
            self.add(pointer, "must match a valid format")
        return None

    def text(self, value: Any, pointer: str, rule: Text) -> None:
        if not isinstance(value, dict):
            return self.add(pointer, "must be a text object")
        kind = value.get("type")
        if kind not in rule.kinds:
            return self.add(f"{pointer}/type", f"unsupported type: {kind}")
        for name in value.keys() - _TEXT_FIELDS[kind]:
            self.add(f"{pointer}/{name}", f"invalid additional property: {name}")
        if "text" not in value:
            return self.add(pointer, "missing required field: text")
        return self.chars(value["text"], f"{pointer}/text", Chars(rule.most))

    def whole(self, value: Any, pointer: str, rule: Whole) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            return self.add(pointer, "must be an integer")
        if rule.least is not None and value < rule.least:
            self.add(pointer, f"must be at least {rule.least}")
        if rule.most is not None and value > rule.most:
            self.add(pointer, f"must be at most {rule.most}")
        return None

    def many(self, value: Any, pointer: str, rule: Many) -> None:
        if not isinstance(value, list):
            return self.add(pointer, "must be an array")
        if len(value) < rule.least:
            self.add(pointer, f"no less than {rule.least} items allowed")
        if rule.most is not None and len(value) > rule.most:
            self.add(pointer, f"no more than {rule.most} items allowed")
        for index, each in enumerate(value):
            self.value(each, f"{pointer}/{index}", rule.of)
        return None

    def element(self, value: Any, pointer: str, rule: Typed) -> None:
        if not isinstance(value, dict):
            return self.add(pointer, "must be an object")
        kind = str(value.get("type"))
        if kind not in rule.kinds:
            return self.add(f"{pointer}/type", f"unsupported type: {kind}")
        if kind in _TEXT_FIELDS:
            return self.text(value, pointer, Text(3000))
        if self.surface not in ELEMENTS[kind].surfaces:
            return self.add(f"{pointer}/type", f"unsupported type: {kind}")
        self.focused += bool(value.get("focus_on_load"))
        self.shape(value, pointer, ELEMENTS[kind])
        return self.initial(value, pointer)

    def initial(self, value: Payload, pointer: str) -> None:
        """What is chosen from the start must be one of the options, text and all."""
        groups = value.get("option_groups") or [{"options": value.get("options") or []}]
        options = [
            option for group in groups if isinstance(group, dict) for option in group.get("options") or []
        ]
        chosen = value.get("initial_options") or (
            [value["initial_option"]] if value.get("initial_option") else []
        )
        if options and any(each not in options for each in chosen):
            self.add(pointer, "initial option must be one of the options")

"""Slack's limits of messages and views as one table: what each block and element may hold, and how much.
Every entry names the page of docs.slack.dev/reference/block-kit it was read on; `block_check` applies it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Chars:
    """A string; lengths in characters."""

    most: int | None = None
    least: int = 1
    pattern: str | None = None


@dataclass(frozen=True)
class Text:
    """A text object."""

    most: int
    kinds: tuple[str, ...] = ("plain_text", "mrkdwn")


@dataclass(frozen=True)
class Flag:
    """True or false."""


@dataclass(frozen=True)
class Whole:
    """A whole number."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class OneOf:
    """One of a few words."""

    values: tuple[str, ...]


@dataclass(frozen=True)
class Many:
    """A list."""

    of: Rule
    most: int | None = None
    least: int = 1


@dataclass(frozen=True)
class Thing:
    """An object without a type of its own, by its name in OBJECTS."""

    name: str


@dataclass(frozen=True)
class Typed:
    """An object that says its type, which must be one of these in ELEMENTS."""

    kinds: tuple[str, ...]
    where: str


@dataclass(frozen=True)
class Whatever:
    """Not looked into."""


Rule: TypeAlias = Chars | Text | Flag | Whole | OneOf | Many | Thing | Typed | Whatever


@dataclass(frozen=True)
class Shape:
    """What one kind of object may hold. ``one_of``: exactly one of these; ``any_of``: at least one."""

    page: str
    fields: Mapping[str, Rule]
    needed: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = field(default=("message", "modal", "home"))


MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100  # blocks
MARKDOWN_TOGETHER = 12_000  # blocks/markdown-block, all of a payload
TEXT_TRUNCATED = 40_000  # reference/methods/chat.postMessage
ATTACHMENTS = 100  # reference/methods/chat.postMessage
STACKED_MODALS = 3  # surfaces/modals
VIEW_BYTES = 250_000  # reference/methods/views.open

ID, FLAG, URL = Chars(255), Flag(), Chars(3000)
STYLE = OneOf(("primary", "danger"))
CONFIRM = Thing("confirm")


def plain(most: int) -> Text:
    return Text(most, ("plain_text",))


_PAGE = "composition-objects/"
OBJECTS: Mapping[str, Shape] = {
    "confirm": Shape(
        _PAGE + "confirmation-dialog-object",
        {"title": plain(100), "text": Text(300), "confirm": plain(30), "deny": plain(30), "style": STYLE},
        ("title", "text", "confirm", "deny"),
    ),
    "option": Shape(
        _PAGE + "option-object",
        {"text": plain(75), "value": Chars(150), "description": plain(75)},
        ("text", "value"),
    ),
    "option_with_link": Shape(
        _PAGE + "option-object",
        {"text": plain(75), "value": Chars(150), "description": plain(75), "url": URL},
        ("text", "value"),
    ),
    "option_with_mrkdwn": Shape(
        _PAGE + "option-object",
        {"text": Text(75), "value": Chars(150), "description": Text(75)},
        ("text", "value"),
    ),
    "option_group": Shape(
        _PAGE + "option-group-object",
        {"label": plain(75), "options": Many(Thing("option"), 100)},
        ("label", "options"),
    ),
    "dispatch": Shape(
        _PAGE + "dispatch-action-configuration-object",
        {"trigger_actions_on": Many(OneOf(("on_enter_pressed", "on_character_entered")), 2)},
    ),
    "slack_file": Shape(_PAGE + "slack-file-object", {"id": Chars(), "url": URL}, one_of=("id", "url")),
}

_ASKED: Mapping[str, Rule] = {"action_id": ID, "focus_on_load": FLAG}
_PICKED: Mapping[str, Rule] = {**_ASKED, "confirm": CONFIRM}
_SELECT: Mapping[str, Rule] = {**_PICKED, "placeholder": plain(150)}
_MULTI: Mapping[str, Rule] = {**_SELECT, "max_selected_items": Whole(1)}
_OPTIONS: Mapping[str, Rule] = {
    "options": Many(Thing("option"), 100),
    "option_groups": Many(Thing("option_group"), 100),
}
_BOXES = Many(Thing("option_with_mrkdwn"), 10)
_TYPING: Mapping[str, Rule] = {
    **_ASKED,
    "placeholder": plain(150),
    "initial_value": Chars(3000, 0),
    "dispatch_action_config": Thing("dispatch"),
}
_IMAGE: Mapping[str, Rule] = {"image_url": URL, "slack_file": Thing("slack_file"), "alt_text": Chars(2000)}

_PAGE = "block-elements/"
ELEMENTS: Mapping[str, Shape] = {
    "button": Shape(
        _PAGE + "button-element",
        {
            "text": plain(75),
            "action_id": ID,
            "url": URL,
            "value": Chars(2000, 0),
            "style": STYLE,
            "confirm": CONFIRM,
            "accessibility_label": Chars(75),
        },
        ("text",),
    ),
    "overflow": Shape(
        _PAGE + "overflow-menu-element",
        {"action_id": ID, "options": Many(Thing("option_with_link"), 5), "confirm": CONFIRM},
        ("options",),
    ),
    "static_select": Shape(
        _PAGE + "select-menu-element",
        {**_SELECT, **_OPTIONS, "initial_option": Thing("option")},
        one_of=("options", "option_groups"),
    ),
    "multi_static_select": Shape(
        _PAGE + "multi-select-menu-element",
        {**_MULTI, **_OPTIONS, "initial_options": Many(Thing("option"), 100)},
        one_of=("options", "option_groups"),
    ),
    "external_select": Shape(
        _PAGE + "select-menu-element",
        {**_SELECT, "initial_option": Thing("option"), "min_query_length": Whole(0)},
    ),
    "users_select": Shape(_PAGE + "select-menu-element", {**_SELECT, "initial_user": Chars()}),
    "multi_users_select": Shape(
        _PAGE + "multi-select-menu-element", {**_MULTI, "initial_users": Many(Chars())}
    ),
    "conversations_select": Shape(
        _PAGE + "select-menu-element",
        {
            **_SELECT,
            "initial_conversation": Chars(),
            "default_to_current_conversation": FLAG,
            "response_url_enabled": FLAG,
            "filter": Whatever(),
        },
    ),
    "channels_select": Shape(
        _PAGE + "select-menu-element",
        {**_SELECT, "initial_channel": Chars(), "response_url_enabled": FLAG},
    ),
    "checkboxes": Shape(
        _PAGE + "checkboxes-element", {**_PICKED, "options": _BOXES, "initial_options": _BOXES}, ("options",)
    ),
    "radio_buttons": Shape(
        _PAGE + "radio-button-group-element",
        {**_PICKED, "options": _BOXES, "initial_option": Thing("option_with_mrkdwn")},
        ("options",),
    ),
    "datepicker": Shape(
        _PAGE + "date-picker-element", {**_SELECT, "initial_date": Chars(10, 10, r"\d{4}-\d\d-\d\d")}
    ),
    "timepicker": Shape(
        _PAGE + "time-picker-element",
        {**_SELECT, "initial_time": Chars(5, 5, r"([01]\d|2[0-3]):[0-5]\d"), "timezone": Chars()},
    ),
    "datetimepicker": Shape(
        _PAGE + "datetime-picker-element", {**_PICKED, "initial_date_time": Whole(0, 9_999_999_999)}
    ),
    "plain_text_input": Shape(
        _PAGE + "plain-text-input-element",
        {**_TYPING, "multiline": FLAG, "min_length": Whole(0, 3000), "max_length": Whole(1, 3000)},
    ),
    "email_text_input": Shape(_PAGE + "email-input-element", _TYPING),
    "url_text_input": Shape(_PAGE + "url-input-element", _TYPING),
    "number_input": Shape(
        _PAGE + "number-input-element",
        {**_TYPING, "is_decimal_allowed": FLAG, "min_value": Chars(), "max_value": Chars()},
        ("is_decimal_allowed",),
    ),
    "file_input": Shape(
        _PAGE + "file-input-element",
        {"action_id": ID, "filetypes": Many(Chars()), "max_files": Whole(1, 10)},
        surfaces=("modal",),
    ),
    "image": Shape(_PAGE + "image-element", _IMAGE, ("alt_text",), one_of=("image_url", "slack_file")),
}

_SELECTS = tuple(name for name in ELEMENTS if name.endswith("_select"))
_PICKERS = ("checkboxes", "radio_buttons", "datepicker", "timepicker", *_SELECTS)
_IN_SECTION = ("button", "image", "overflow", *_PICKERS)
_IN_ACTIONS = ("button", "overflow", "datetimepicker", *_PICKERS)
_IN_INPUT = (
    "plain_text_input", "email_text_input", "url_text_input", "number_input", "file_input",
    "datetimepicker", *_PICKERS,
)  # fmt: skip

_PAGE = "blocks/"
BLOCKS: Mapping[str, Shape] = {
    "section": Shape(
        _PAGE + "section-block",
        {
            "text": Text(3000),
            "fields": Many(Text(2000), 10),
            "accessory": Typed(_IN_SECTION, "section"),
            "expand": FLAG,
        },
        any_of=("text", "fields"),
    ),
    "actions": Shape(
        _PAGE + "actions-block", {"elements": Many(Typed(_IN_ACTIONS, "actions"), 25)}, ("elements",)
    ),
    "context": Shape(
        _PAGE + "context-block",
        {"elements": Many(Typed(("image", "plain_text", "mrkdwn"), "context"), 10)},
        ("elements",),
    ),
    "divider": Shape(_PAGE + "divider-block", {}),
    "header": Shape(_PAGE + "header-block", {"text": plain(150), "level": Whole(1, 4)}, ("text",)),
    "image": Shape(
        _PAGE + "image-block",
        {**_IMAGE, "title": plain(2000)},
        ("alt_text",),
        one_of=("image_url", "slack_file"),
    ),
    "input": Shape(
        _PAGE + "input-block",
        {
            "label": plain(2000),
            "element": Typed(_IN_INPUT, "input"),
            "hint": plain(2000),
            "optional": FLAG,
            "dispatch_action": FLAG,
        },
        ("label", "element"),
    ),
    "markdown": Shape(
        _PAGE + "markdown-block", {"text": Chars(MARKDOWN_TOGETHER)}, ("text",), surfaces=("message",)
    ),
    "rich_text": Shape(_PAGE + "rich-text-block", {"elements": Many(Whatever())}, ("elements",)),
    "alert": Shape(
        _PAGE + "alert-block",
        {"text": Text(200), "level": OneOf(("default", "info", "warning", "error", "success"))},
        ("text",),
        surfaces=("modal",),
    ),
    "table": Shape(
        _PAGE + "table-block",
        {"rows": Many(Many(Whatever(), 20), 100), "column_settings": Many(Whatever(), 20)},
        ("rows",),
        surfaces=("message", "home"),
    ),
}

MODAL = Shape(
    "reference/views/modal-views",
    {
        "blocks": Whatever(),
        "title": plain(24),
        "submit": plain(24),
        "close": plain(24),
        "private_metadata": Chars(3000, 0),
        "callback_id": Chars(255, 0),
        "external_id": Chars(255, 0),
        "clear_on_close": FLAG,
        "notify_on_close": FLAG,
        "submit_disabled": FLAG,
    },
    ("title", "blocks"),
)
HOME = Shape(
    "reference/views/home-tab-views",
    {
        "blocks": Whatever(),
        "private_metadata": Chars(3000, 0),
        "callback_id": Chars(255, 0),
        "external_id": Chars(255, 0),
    },
    ("blocks",),
)

"""The few pieces all of our Slack messages are made of, each within Slack's limits.
None of them is parsed by Slack: there is no mrkdwn here, and a test keeps it so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from bot.cards import card_rows
from bot.slack.text import cost, pieces, seen, short

Block = dict[str, Any]

# docs.slack.dev/reference/block-kit: a section's text, a button's label, an option's and a button's value, an
# id, a header, what a select holds.
SECTION, LABEL, OPTION_VALUE, BUTTON_VALUE, ID, HEADER, OPTIONS = 3_000, 75, 150, 2_000, 255, 150, 100
INPUT_LABEL, PLACEHOLDER, ALT = 2_000, 150, 2_000

# Nothing in the text is to become a mention or a link. chat.update would do so where this is left out.
UNREAD: dict[str, Any] = {"parse": "none", "link_names": False}

Style = Literal["primary", "danger"]


def plain(text: str, most: int) -> Block:
    """Text that Slack shows as it stands: no markup, no ``:emoji:``."""
    return {"type": "plain_text", "text": short(text, most), "emoji": False}


def sections(text: str) -> list[Block]:
    """Text in as many sections as it needs; nothing of it is lost."""
    return [
        {"type": "section", "text": {"type": "plain_text", "text": each, "emoji": False}}
        for each in pieces(seen(text), SECTION) or ["…"]
    ]


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, HEADER)}


def span(text: str, *, bold: bool = False) -> Block:
    """A run of letters in rich text."""
    return {"type": "text", "text": text, **({"style": {"bold": True}} if bold else {})}


def link(label: str, address: str) -> Block:
    """A link of ours; what a manager wrote never becomes one."""
    return {"type": "link", "url": address, "text": short(label, LABEL)}


def rich(*lines: Sequence[Block]) -> Block:
    """Rich text, one line for each of ``lines``: one section, for sections may flow into each other."""
    elements = [each for line in lines for each in (span("\n"), *line)][1:]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def card(text: str) -> list[Block]:
    """A card: its title bold, then a line for each fact, the label bold; in as many blocks as it needs."""
    lines: list[list[Block]] = []
    for row in card_rows(seen(text)):
        label = [span(f"{row.label.rstrip()} ", bold=True)] if row.label else []
        cut = pieces(row.text, SECTION - 2 * LABEL) or ["…"]
        lines += [[*(label if at == 0 else ()), span(each, bold=row.title)] for at, each in enumerate(cut)]
    blocks: list[list[list[Block]]] = [[]]
    spent = 0
    for line in lines or [[span("…")]]:
        size = sum(cost(each["text"]) + 1 for each in line)
        if blocks[-1] and spent + size > SECTION:
            blocks.append([])
            spent = 0
        blocks[-1].append(line)
        spent += size
    return [rich(*each) for each in blocks]


def listed(lines: Iterable[str]) -> Block:
    """A list with bullets."""
    items = [{"type": "rich_text_section", "elements": [span(seen(line) or "…")]} for line in lines]
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items}],
    }


def context(text: str) -> Block:
    """A small grey line."""
    return {"type": "context", "elements": [plain(text, SECTION)]}


def actions(elements: list[Block]) -> Block:
    """A row of things to press."""
    return {"type": "actions", "elements": elements}


def button(label: str, action: str, value: str, style: Style | None = None) -> Block:
    """A button. ``value`` is at most 2,000 characters."""
    made: Block = {"type": "button", "text": plain(label, LABEL), "action_id": action, "value": value}
    return {**made, "style": style} if style else made


def option(label: str, value: str) -> Block:
    """One line of a list or a menu. ``value`` is at most 150 characters."""
    return {"text": plain(label, LABEL), "value": value}


DIVIDER: Block = {"type": "divider"}

"""What a person sees of messages and views: words and buttons, as one would read them aloud.
Transcripts are made of this.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.slack.standin.forms import places
from tests.slack.standin.wire import Payload, shown
from tests.slack.standin.workspace import Message


@dataclass(frozen=True)
class Seen:
    """One message as it stands on the screen. ``boxes`` are what can be filled in or chosen."""

    ts: str
    by_app: bool
    text: str
    buttons: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    edited: bool = False
    alone: bool = False  # "Only visible to you"
    thread_ts: str | None = None

    def __str__(self) -> str:
        who = "" if self.by_app else "> "
        pressable = " ".join(f"[{label}]" for label in self.buttons)
        fillable = " ".join(f"{{{label}}}" for label in self.boxes)
        return "\n".join(filter(None, (who + self.text, pressable, fillable)))


def seen(message: Message, bot: str) -> Seen:
    """A message as a person sees it; what blocks show hides the text."""
    buttons, boxes = controls(message.blocks)
    by_app = message.user == bot
    text = words(message.blocks) if by_app and message.blocks else shown(message.text)
    files = "".join(f"\n({each['name']})" for each in message.files)
    return Seen(
        ts=message.ts,
        by_app=by_app,
        text=(text + files).strip(),
        buttons=buttons,
        boxes=boxes,
        edited=message.edited is not None,
        alone=message.only_for is not None,
        thread_ts=message.thread_ts,
    )


def controls(blocks: list[Payload]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The labels of what can be pressed, and of what can be filled in."""
    buttons: list[str] = []
    boxes: list[str] = []
    for place in places(blocks):
        if place.element["type"] == "button":
            buttons.append(place.label)
        elif place.element["type"] == "overflow":
            buttons += [each["text"]["text"] for each in place.element["options"]]
        else:
            boxes.append(place.label)
    return tuple(buttons), tuple(boxes)


def words(blocks: list[Payload]) -> str:
    """The words in blocks, from the top, without those on buttons and boxes."""
    return "\n".join(line for block in blocks for line in _lines(block) if line)


def _lines(block: Payload) -> Iterator[str]:
    match block["type"]:
        case "section":
            texts = [block["text"]] if block.get("text") else []
            for text in [*texts, *block.get("fields", [])]:
                yield shown(text["text"])
        case "header":
            yield shown(block["text"]["text"])
        case "context":
            yield " ".join(shown(each.get("text") or each.get("alt_text", "")) for each in block["elements"])
        case "markdown":
            yield block["text"]
        case "alert":
            yield shown(block["text"]["text"])
        case "image":
            yield f"({block['alt_text']})"
        case "rich_text":
            yield "".join(_rich(block["elements"]))
        case "table":
            for row in block["rows"]:
                yield " | ".join(str(each.get("text", "")) for each in row)


def _rich(elements: list[Payload]) -> Iterator[str]:
    for each in elements:
        if "elements" in each:
            yield from _rich(each["elements"])
        else:
            yield each.get("text") or each.get("url") or each.get("name") or ""

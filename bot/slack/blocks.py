"""How a line of the coach looks in Slack: the text, its buttons, the menu that is always there, and the same
message once it has been answered. Whatever is in it, no word is lost and Slack takes it.

Lines are sections with the menu at their right, so that the way to a person is no sixth button. Cards are
rich text, for their labels are bold; their menu ends the row of buttons. Many answers are a list.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channel import Delivery, Outcome, Pressed
from bot.incoming import Token
from bot.slack import pieces
from bot.slack.pieces import UNREAD, Block
from bot.slack.speech import MENU, Speech
from bot.slack.text import cost, escape, sealed, short
from prompts.words import Message

# Answers by button; more stand in a list to choose from: a wall of buttons is read by nobody.
MOST_BUTTONS = 5
# Slack takes 50 blocks a message and 40,000 characters of text, and advises 4,000.
BLOCKS, TEXT = 45, 4_000
READ_ALOUD = 12  # answers; of a longer list a listener keeps nothing
EVENT = "unbadged_line"
DONE = "✓"

ALWAYS, ANSWER, CHOICE, FORM = "always", "answer", "choice", "form"


@dataclass(frozen=True)
class Link:
    """A page of ours that a line speaks of."""

    label: str
    address: str


def message(delivery: Delivery, speech: Speech, links: Sequence[Link] = ()) -> list[dict[str, Any]]:
    """What ``chat.postMessage`` takes, without the channel: nearly always one payload, in order if more.

    ValueError if a token is too long for a button; ours are a twentieth of that.
    """
    said = delivery.message
    body = pieces.card(said.text) if said.card else pieces.sections(said.text)
    menu = _menu(speech)
    if not said.card:
        body[0] = {**body[0], "accessory": menu}
    if links:
        body.append(pieces.rich([each for link in links for each in _linked(link)][:-1]))
    rows = list(_answers(delivery, speech))
    if said.card:
        rows = _with_menu(rows, menu)
    packed = _packed([*body, *rows])
    aloud = _read_aloud(said, speech)
    return [
        {
            "text": _text("\n".join((shown(blocks), *(aloud if blocks is packed[-1] else ())))),
            "blocks": blocks,
            "metadata": {"event_type": EVENT, "event_payload": {"job_id": delivery.job_id, "part": part}},
            "mrkdwn": False,
            **UNREAD,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        for part, blocks in enumerate(packed, 1)
    ]


def settled(blocks: Sequence[Block], speech: Speech, outcome: Outcome, label: str = "") -> dict[str, Any]:
    """What ``chat.update`` takes: the same message, in place of its buttons what became of it.

    ``blocks`` are ours, or came back from Slack through ``read.echoed``. ``label`` is what was answered;
    empty where that is not to be repeated.
    """
    kept = [block for block in blocks if block.get("type") != "actions" and not says_done(block)]
    if outcome in (Outcome.ANSWERED, Outcome.TAKEN_BACK):
        note, aloud = _done(label, speech)
    else:
        note = aloud = speech.line(f"slack_{outcome}")
    return {"text": _text(f"{shown(kept)}\n{aloud}"), "blocks": [*kept, pieces.context(note)], **UNREAD}


def pressed(
    blocks: Sequence[Block], speech: Speech, button: Pressed, label: str = ""
) -> dict[str, Any] | None:
    """The same for one button of a letter: what it did stands in its place, the other buttons stay. None if
    it is not there any more.
    """
    note, aloud = _done(label, speech)
    whole: list[Block] = []
    for block in blocks:
        row = list(block.get("elements", ())) if block.get("type") == "actions" else []
        left = [each for each in row if not _is(each, button)]
        whole += [{**block, "elements": left}] if left and len(left) < len(row) else []
        whole.append(pieces.context(note) if len(left) < len(row) else block)
    if whole == list(blocks):
        return None
    return {"text": _text(f"{shown(blocks)}\n{aloud}"), "blocks": whole, **UNREAD}


def _is(element: Block, button: Pressed) -> bool:
    return element.get("action_id") == button.action and element.get("value") == sealed(button.reference)


def _done(label: str, speech: Speech) -> tuple[str, str]:
    """What is seen and what is read aloud."""
    if not label:
        plain = speech.line("slack_answered_plain")
        return f"{DONE} {plain}", plain
    return f"{DONE} {label}", f"{speech.line('slack_answered')} {label}"


def says_done(block: Block) -> bool:
    """Whether this is what an earlier settling put there; no line of ours begins so."""
    elements = block.get("elements", ()) if block.get("type") == "context" else ()
    return any(str(each.get("text", "")).startswith(f"{DONE} ") for each in elements)


def shown(blocks: Iterable[Block]) -> str:
    """The text a person reads in sections and cards, in order."""
    return "".join(_shown(block) for block in blocks).strip("\n")


def _shown(block: Block) -> str:
    match block.get("type"):
        case "section":
            return str(block.get("text", {}).get("text", ""))
        case "rich_text":
            return "".join(
                "".join(str(each.get("text", "")) for each in part.get("elements", ())) + "\n"
                for part in block.get("elements", ())
            )
        case _:
            return ""


def _linked(link: Link) -> tuple[Block, Block]:
    return pieces.link(link.label, link.address), pieces.span("   ")


# --- the answers ---------------------------------------------------------------------------------------


def _menu(speech: Speech) -> Block:
    options = [pieces.option(speech.label("slack_menu", each), each.value) for each in MENU]
    return {"type": "overflow", "action_id": ALWAYS, "options": options}


def _with_menu(rows: list[Block], menu: Block) -> list[Block]:
    """The menu at the end of the last row, or in one of its own."""
    if not rows:
        return [pieces.actions([menu])]
    return [*rows[:-1], pieces.actions([*rows[-1]["elements"], menu])]


def _answers(delivery: Delivery, speech: Speech) -> Iterator[Block]:
    """The rows under a question: its form, then its buttons or its list."""
    said, tokens = delivery.message, delivery.tokens
    form = [_form_button(delivery, speech)] if said.fields and delivery.form_token else []
    answers = list(zip(said.buttons, tokens, strict=True)) if tokens else []
    labelled = [(button.label, token) for button, token in answers]
    if len(labelled) + len(form) <= MOST_BUTTONS:
        row = [*form, *(_button(label, token, at) for at, (label, token) in enumerate(labelled))]
        if row:
            yield pieces.actions(row)
    elif _fits_a_list(tokens):
        for at in range(0, len(labelled), pieces.OPTIONS):
            chosen = _choice(labelled[at : at + pieces.OPTIONS], speech)
            yield pieces.actions([*form, chosen] if at == 0 else [chosen])
    else:
        row = [*form, *(_button(label, token, at) for at, (label, token) in enumerate(labelled))]
        for at in range(0, len(row), MOST_BUTTONS):
            yield pieces.actions(row[at : at + MOST_BUTTONS])


def _button(label: str, token: str, at: int) -> Block:
    value = sealed(token)
    if cost(value) > pieces.BUTTON_VALUE:
        raise ValueError("a token is longer than a button's value; keep what a choice stands for short")
    return pieces.button(label, f"{ANSWER}.{at}", value)


def _fits_a_list(tokens: Sequence[str]) -> bool:
    """Whether the answers can stand in a list, whose values hold little: the question goes into its id."""
    read = [Token.read(token) for token in tokens]
    asked = {(each.conversation_id, each.name, each.asking) for each in read if each}
    return (
        None not in read
        and len(asked) == 1
        and all(each is not None and 0 < cost(sealed(each.value)) <= pieces.OPTION_VALUE for each in read)
        and cost(_question(tokens[0])) <= pieces.ID
    )


def _question(token: str) -> str:
    return f"{CHOICE}.{sealed('.'.join(token.split('.', 3)[:3]))}"


def _choice(some: Sequence[tuple[str, str]], speech: Speech) -> Block:
    options = [pieces.option(label, sealed(token.split(".", 3)[3])) for label, token in some]
    return {
        "type": "static_select",
        "action_id": _question(some[0][1]),
        "placeholder": pieces.plain(speech.label("slack_buttons", "choose"), pieces.PLACEHOLDER),
        "options": options,
    }


def _form_button(delivery: Delivery, speech: Speech) -> Block:
    """The button that opens the boxes. It carries all a form is made of: nothing is looked up meanwhile."""
    assert delivery.form_token is not None
    for most in (pieces.LABEL, 24, 8):
        boxes = [[each.name, short(each.label, most)] for each in delivery.message.fields]
        value = sealed(json.dumps([delivery.form_token, *boxes], ensure_ascii=False, separators=(",", ":")))
        if cost(value) <= pieces.BUTTON_VALUE:
            return pieces.button(speech.label("slack_buttons", "fill"), FORM, value)
    raise ValueError("a form has more boxes than its button can carry")


# --- the whole -----------------------------------------------------------------------------------------


def _read_aloud(said: Message, speech: Speech) -> tuple[str, ...]:
    """The possible answers, for who hears the message or sees only its notification."""
    labels = [short(each.label, pieces.LABEL) for each in said.buttons]
    if said.fields:
        labels.insert(0, speech.label("slack_buttons", "fill"))
    if not labels:
        return ()
    more = ("…",) if len(labels) > READ_ALOUD else ()
    return (f"{speech.line('slack_answers')} {speech.listed((*labels[:READ_ALOUD], *more))}",)


def _text(text: str) -> str:
    """The top-level text: markup is escaped here, for this one Slack might read."""
    return escape(text.strip()) or "…"


def _packed(blocks: list[Block]) -> list[list[Block]]:
    """Blocks in as many messages as they need, none heavier than Slack takes, rows with their text."""
    packed: list[list[Block]] = [[]]
    spent = 0
    for block in blocks:
        size = cost(_shown(block))
        if packed[-1] and (len(packed[-1]) == BLOCKS or spent + size > TEXT):
            packed.append([])
            spent = 0
        packed[-1].append(block)
        spent += size
    return packed

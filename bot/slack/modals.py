"""The small windows: boxes to fill in, a coach's one line, the owner's answer, the check of any message.
Each is built from what is at hand, for Slack waits three seconds; what comes back is read in ``read.py``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bot.incoming import LONGEST
from bot.slack import pieces
from bot.slack.pieces import UNREAD, Block
from bot.slack.speech import Speech
from bot.slack.text import cost, escape, sealed, seen
from bot.slack.text import pieces as parts_of
from coaching.slots import Term

BRAND = "Unbadged"
TITLE, METADATA = 24, 3_000  # docs.slack.dev/reference/views/modal-views
QUOTED = 1_500  # of somebody's message, in the check: enough to see which one it is
FORM, COACH_LINE, OWNER, CHECK = "form", "coach_line", "owner", "check"
# The boxes' names: in the line's attributes, in the view, and in what comes back.
LINE, ANSWER, UNTIL = "line", "answer", "until"
CHECKED, VERDICT = ("compared", "unsure", "look"), "verdict"
VERDICTS = ("good_enough", "another_pass", "not_usable")


@dataclass(frozen=True)
class Place:
    """Where in Slack a window was opened from, so that the message there can be settled afterwards."""

    channel: str = ""
    ts: str = ""


NOWHERE = Place()


@dataclass(frozen=True)
class Box:
    """A box to fill in: its name, and what it says."""

    name: str
    label: str


def form_modal(
    question: str, token: str, boxes: Sequence[Box], speech: Speech, place: Place = NOWHERE
) -> dict[str, Any]:
    """The boxes of a question. Nothing has to be filled in: the coach reads what is there, and asks again."""
    inputs = [_box(each.name, each.label) for each in boxes]
    return _view(FORM, speech.line("slack_form"), [*pieces.sections(question), *inputs], speech, token, place)


def coach_line_modal(person: str, reference: str, speech: Speech, place: Place = NOWHERE) -> dict[str, Any]:
    """One line of a coach to a manager; ``reference`` says to whom."""
    said = speech.line("slack_write_to", person=person)
    box = _box(LINE, speech.label("slack_write_to", "field-line"), lines=True, most=300, needed=True)
    title = speech.line("slack_coach_line")
    return _view(COACH_LINE, title, [*pieces.sections(said), box], speech, reference, place)


def owner_modal(question: str, reference: str, speech: Speech, place: Place = NOWHERE) -> dict[str, Any]:
    """The answer of the owner of a market's rails, and until when it holds."""
    until: Block = {
        "type": "input",
        "block_id": UNTIL,
        "optional": True,
        "label": pieces.plain(speech.label("slack_owner_answer", "field-until"), pieces.INPUT_LABEL),
        "element": {"type": "datepicker", "action_id": UNTIL},
    }
    blocks = [
        *pieces.sections(f"{speech.line('slack_owner_asked')}: {question}"),
        pieces.context(speech.line("slack_owner_answer")),
        _box(ANSWER, speech.label("slack_owner_answer", "field-answer"), lines=True, needed=True),
        until,
    ]
    return _view(OWNER, speech.line("slack_owner_title"), blocks, speech, reference, place)


def owner_message(market: str, question: str, by: date, reference: str, speech: Speech) -> dict[str, Any]:
    """The question as the owner gets it, with [Answer]: text and blocks."""
    said = speech.line("slack_owner_question", market=Term("Market", market))
    due = speech.line("slack_owner_by", by=by)
    press = pieces.button(
        speech.label("slack_owner_question", "answer"), f"owner.{ANSWER}", sealed(reference)
    )
    blocks = [
        *pieces.sections(said),
        pieces.rich([pieces.span(seen(question) or "…", bold=True)]),
        pieces.context(due),
        pieces.actions([press]),
    ]
    return {"text": escape(f"{said}\n{question}\n{due}"), "blocks": blocks, **UNREAD}


def check_modal(written: str, speech: Speech) -> dict[str, Any]:
    """Three checking questions about any message, and the person's own call. Nothing of it is kept.

    ``written`` is somebody else's message: it is shown in this view only, and not sent back with it.
    """
    cut = parts_of(seen(written), QUOTED)
    quote: list[Block] = []
    if cut:
        shown = cut[0].strip() + ("…" if len(cut) > 1 else "")
        quoted = {"type": "rich_text_quote", "elements": [pieces.span(shown)]}
        quote = [
            pieces.context(speech.line("slack_check_message")),
            {"type": "rich_text", "elements": [quoted]},
        ]
    asked = [_box(name, speech.label("slack_check", f"field-{name}"), lines=True) for name in CHECKED]
    verdict: Block = {
        "type": "input",
        "block_id": VERDICT,
        "optional": True,
        "label": pieces.plain(speech.label("slack_check", f"field-{VERDICT}"), pieces.INPUT_LABEL),
        "element": {
            "type": "radio_buttons",
            "action_id": VERDICT,
            "options": [pieces.option(speech.label("slack_check", each), each) for each in VERDICTS],
        },
    }
    blocks = [*pieces.sections(speech.line("slack_check")), *quote, *asked, verdict]
    return _view(CHECK, speech.line("slack_check_title"), blocks, speech, "", NOWHERE, "done")


def refused(faults: Mapping[str, str]) -> dict[str, Any]:
    """The answer to a view that cannot be taken: what to mend, by the box's name."""
    return {"response_action": "errors", "errors": dict(faults)}


def title(text: str) -> Block:
    """A window's title; what is too long for one is the product's name, never half a word."""
    whole = " ".join(seen(text).split())
    return pieces.plain(whole if whole and cost(whole) <= TITLE else BRAND, TITLE)


def _view(
    callback: str,
    named: str,
    blocks: list[Block],
    speech: Speech,
    reference: str,
    place: Place,
    submit: str = "send",
) -> dict[str, Any]:
    carried = json.dumps({"of": reference, **asdict(place)}, ensure_ascii=True, separators=(",", ":"))
    if len(carried) > METADATA:
        raise ValueError("a window carries more than 3,000 characters; hand it a shorter reference")
    return {
        "type": "modal",
        "callback_id": callback,
        "title": title(named),
        "submit": pieces.plain(speech.label("slack_buttons", submit), TITLE),
        "close": pieces.plain(speech.label("slack_buttons", "close"), TITLE),
        "private_metadata": sealed(carried),
        "blocks": blocks,
    }


def _box(name: str, label: str, *, lines: bool = False, most: int = LONGEST, needed: bool = False) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": name, "max_length": min(most, 3_000)}
    return {
        "type": "input",
        "block_id": name,
        "optional": not needed,
        "label": pieces.plain(label, pieces.INPUT_LABEL),
        "element": {**element, "multiline": True} if lines else element,
    }

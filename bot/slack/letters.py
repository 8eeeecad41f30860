"""What people around a manager get, as Slack shows it: a note with its buttons, a question, the weekly
letter; and everything else as it always looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.around.letter import Asked, Digest, Letter, Note
from bot.channel import Delivery
from bot.slack import blocks, modals, pieces, portfolio
from bot.slack.blocks import EVENT, Link
from bot.slack.pieces import UNREAD
from bot.slack.speech import Speech
from bot.slack.text import escape, sealed


def message(delivery: Delivery, speech: Speech, links: Sequence[Link] = ()) -> list[dict[str, Any]]:
    """What ``chat.postMessage`` takes, without the channel: `blocks.message`, and letters beside it."""
    if delivery.letter is None:
        return blocks.message(_as_it_can_be_said(delivery, speech, links), speech, links)
    said = _said(delivery.letter, speech)
    metadata = {"event_type": EVENT, "event_payload": {"job_id": delivery.job_id, "part": 1}}
    whole = {"metadata": metadata, "mrkdwn": False, "unfurl_links": False, "unfurl_media": False}
    return [{**said, **whole}]


def _as_it_can_be_said(delivery: Delivery, speech: Speech, links: Sequence[Link]) -> Delivery:
    """A line that speaks of pages says so where there are none, and what it can without them."""
    if not delivery.pages or links:
        return delivery
    slots = {"sentence": delivery.sentence} if delivery.sentence else {}
    said = speech.line(f"slack_no_page_{delivery.pages[-1]}", **slots)
    return replace(delivery, message=replace(delivery.message, text=said))


def _said(letter: Letter, speech: Speech) -> dict[str, Any]:
    match letter:
        case Note():
            return _note(letter)
        case Asked(market, question, by, reference):
            return modals.owner_message(market, question, by, reference, speech)
        case Digest():
            return portfolio.digest(letter, speech)


def _note(note: Note) -> dict[str, Any]:
    presses = [pieces.button(act.label, act.action, sealed(act.reference)) for act in note.acts]
    rows = [pieces.actions(presses)] if presses else []
    return {"text": escape(note.text), "blocks": [*pieces.sections(note.text), *rows], **UNREAD}

"""What a card becomes once its question is settled, or one button of a letter has done what it does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.channel import Outcome, Settlement
from bot.slack import blocks
from bot.slack.pieces import Block
from bot.slack.speech import Speech
from bot.slack.text import short

LABEL, TYPED = 150, 60  # of what was answered, on the card: by buttons and boxes, and in somebody's own words


def card_anew(
    settlement: Settlement, shown: Sequence[Block], speech: Speech, *, may_look: bool
) -> dict[str, Any] | None:
    """The card anew; None if there is nothing to change. ``may_look``: whether words can be taken back."""
    label = _label(settlement, may_look=may_look)
    if settlement.pressed is not None:
        return blocks.pressed(shown, speech, settlement.pressed, label)
    waits = any(block.get("type") == "actions" for block in shown)
    is_done = any(map(blocks.says_done, shown))
    # Of a card that waits for its answer nothing is to go because words were taken back.
    is_to_change = {Outcome.TAKEN_BACK: is_done, Outcome.CHANGED: waits or is_done}
    if not is_to_change.get(settlement.outcome, waits):
        return None
    return blocks.settled(shown, speech, settlement.outcome, label)


def _label(settlement: Settlement, *, may_look: bool) -> str:
    """What was answered, on one line. Words are shown only where they can be taken back later."""
    if not settlement.label or (settlement.is_typed and not may_look):
        return ""
    return short(settlement.label, TYPED if settlement.is_typed else LABEL)

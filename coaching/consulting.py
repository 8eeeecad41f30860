"""Asks a model, where there is one, for a reading or a draft; without one, or in doubt, rules do the same.

A model never decides. What it hands back is a proposal in plain values, held against rules right here and in
the task's own file: quotes stand word for word in what was said, wording is one the coach may use. Whatever
fails is nothing, and the conversation goes on as it would without a model.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from coaching.dialogue import Coach
from coaching.needs import Holds
from coaching.opening import WithManager

QUERY = "model"


class Task(StrEnum):
    """What a model is asked for. The value names its file in prompts/model/."""

    READ = "read_reply"
    MIRROR = "mirror"
    CUT = "cut"
    DRAFTS = "drafts"
    FOLLOW_UP = "follow_up"
    SUMMARY = "summary"
    ANSWER = "answer"
    TRANSLATE = "translate"


async def consult(coach: Coach[WithManager], task: Task, **given: str) -> Mapping[str, Any] | None:
    """What a model proposes, as its task's schema has it; None where rules must do.

    ``given`` is all the model sees beside the task's own text: of the manager's words only what is named
    here. An answer is journalled, so the same conversation never asks twice.
    """
    if not coach.opening.manager.has_model:
        return None
    found = await coach.fetch(f"model_{task}", QUERY, Holds.CONVERSATION, task=task.value, **given)
    return json.loads(found) if isinstance(found, str) else None


def is_quoted(quote: str, *said: str) -> bool:
    """Whether a quote stands word for word in one of the texts; how they are spaced does not matter."""
    wanted = " ".join(quote.split())
    return bool(wanted) and any(wanted in " ".join(text.split()) for text in said)

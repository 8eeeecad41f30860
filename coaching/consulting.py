"""Asks a model, where there is one, for a reading or a draft; without one, or in doubt, rules do the same.

A model never decides. What it hands back is a proposal in plain values, held against rules right here and in
the task's own file: quotes stand word for word in what was said, wording is one the coach may use. Whatever
fails is nothing, and the conversation goes on as it would without a model.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from hashlib import sha256
from typing import Any

from coaching.dialogue import Coach
from coaching.needs import Holds
from coaching.opening import WithManager

QUERY = "model"

ENTRY = "model_"  # what every such answer is journalled under begins so
MARK = 12  # characters; enough to tell apart what was given within one conversation

Proposal = Mapping[str, Any]


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


async def consult(coach: Coach[WithManager], task: Task, **given: str) -> Proposal | None:
    """What a model proposes, as its task's schema has it; None where rules must do.

    ``given`` is all the model sees beside the task's own text: of the manager's words only what is named
    here. An answer is journalled, so the same conversation never asks twice; and it is journalled under what
    was given, so that whoever changes what they said is never shown what was made of something else.
    """
    if not coach.opening.manager.has_model:
        return None
    asked = coach.sign(json.dumps([task.value, given], sort_keys=True))
    name = f"{ENTRY}{task}_{sha256(asked.encode()).hexdigest()[:MARK]}"
    found = await coach.fetch(name, QUERY, Holds.CONVERSATION, task=task.value, **given)
    try:
        proposal = json.loads(found) if isinstance(found, str) else None
    except (ValueError, RecursionError):
        return None
    return proposal if isinstance(proposal, dict) else None


def text(proposal: Proposal | None, name: str) -> str:
    """A text of a proposal; "" where it is none."""
    found = (proposal or {}).get(name)
    return found if isinstance(found, str) else ""


def texts(proposal: Proposal | None, name: str) -> tuple[str, ...]:
    """The texts in a list of a proposal; whatever is none is left out."""
    found = (proposal or {}).get(name)
    return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()


def items(proposal: Proposal | None, name: str) -> Iterator[Proposal]:
    """The things in a list of a proposal, each with fields of its own."""
    found = (proposal or {}).get(name)
    yield from (each for each in found if isinstance(each, dict)) if isinstance(found, list) else ()


def is_quoted(quote: str, *said: str) -> bool:
    """Whether a quote stands word for word in one of the texts; how they are spaced does not matter."""
    wanted = " ".join(quote.split())
    return bool(wanted) and any(wanted in " ".join(text.split()) for text in said)

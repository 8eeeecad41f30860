"""The ways that are compared: the rules alone, and any model that an OpenAI-compatible address offers.

A model is asked exactly as the service asks it, with the same hiding of private numbers, the same time limit
and one mending; what each call cost is kept beside.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from coaching.consulting import Task
from coaching.programme import is_kept_inside
from tests.evaluation.scene import Asker

RULES = "rules"
KEPT_INSIDE = "kept_inside"  # of the kind that is never handed to a model


@dataclass(frozen=True)
class Call:
    """One call: the task, what became of it, and what it cost."""

    task: Task
    outcome: str
    tokens_in: int = 0
    tokens_out: int = 0
    milliseconds: int = 0


@dataclass
class Way:
    """A way to do it. Without an ``asker`` it is the rules."""

    name: str
    asker: Asker | None = None
    calls: list[Call] = field(default_factory=list)

    def cost_since(self, before: int) -> str:
        """What the calls after the first ``before`` cost: tokens in and out, the middle time, the longest."""
        calls = [each for each in self.calls[before:] if each.outcome != KEPT_INSIDE]
        if not calls:
            return ""
        tokens_in, tokens_out = sum(each.tokens_in for each in calls), sum(each.tokens_out for each in calls)
        slowest = max(each.milliseconds for each in calls)
        half = median(each.milliseconds for each in calls)
        return f"{len(calls)} calls, {tokens_in} + {tokens_out} tokens, {half:.0f} ms, at most {slowest} ms"


def is_configured() -> bool:
    """Whether the environment names a model, as it would for the service."""
    return bool(os.environ.get("OPENAI_MODEL") and (_key() or os.environ.get("OPENAI_BASE_URL")))


def way_of(name: str, seconds: float) -> Way:
    """``rules``, or a model's name, or MODEL@FOLDER: the same model with the task files of another folder.

    ``seconds`` is how long a call may take. LookupError if the folder is not there.
    """
    if name == RULES:
        return Way(RULES)
    model, _, folder = name.partition("@")
    if folder and not Path(folder).is_dir():
        raise LookupError(f"{folder} is no folder with task files; prompts/model is the one that is used")
    way = Way(name)
    way.asker = _asker(way, model or os.environ.get("OPENAI_MODEL", ""), folder, seconds)
    return way


def _asker(way: Way, model: str, folder: str, seconds: float) -> Asker:
    from bot.model.endpoint import OPENAI, Endpoint
    from bot.model.hiding import UnknownMarkError, hide
    from bot.model.proposing import propose
    from bot.model.tasks import task_text
    from prompts.tasks import FOLDER

    azure = os.environ.get("AZURE_OPENAI_ENDPOINT", "")
    address = azure or os.environ.get("OPENAI_BASE_URL", "") or OPENAI
    version = os.environ.get("OPENAI_API_VERSION", "") if azure else ""
    endpoint = Endpoint(address, _key(), model, version)
    files = Path(folder) if folder else FOLDER

    def ask(task: Task, given: Mapping[str, str]) -> Mapping[str, Any] | None:
        if any(is_kept_inside(each, from_coach=task is Task.TRANSLATE) for each in given.values()):
            way.calls.append(Call(task, KEPT_INSIDE))
            return None
        hidden = hide(given, "SG", ())
        found = propose(endpoint, task_text(task, files), hidden.given, seconds)
        cost = found.tokens_in, found.tokens_out, found.milliseconds
        way.calls.append(Call(task, found.outcome.value, *cost))
        try:
            restored = None if found.value is None else hidden.restored(found.value)
        except UnknownMarkError:
            return None
        return restored if isinstance(restored, dict) else None

    return ask


def _key() -> str:
    return os.environ.get("AZURE_OPENAI_API_KEY") or os.environ.get("OPENAI_API_KEY", "")

"""Is the model ready? What is set, what is missing, and whether it answers as it must: by a schema, in time.

It is asked one invented thing, so the check costs a few tokens; nothing anybody wrote is in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks import Finding, Mark
from bot.model import waiting
from bot.model.endpoint import Outcome
from bot.model.proposing import propose
from bot.model.setting_up import endpoint_of
from bot.model.tasks import TaskText
from bot.settings import Settings

GUIDE = "docs/model.md"
REMEDIES = {
    Outcome.NOT_ALLOWED: "the key is not accepted for this model",
    Outcome.UNSUPPORTED: "it knows no such model, or no answers by a JSON schema",
    Outcome.UNREACHABLE: "nothing answers at that address",
    Outcome.TIMED_OUT: f"it needs more than {waiting.LONGEST.seconds} seconds; try one that thinks less",
    Outcome.BUSY: "it is busy, or its account is used up",
}


def check_model(settings: Settings) -> Iterator[Finding]:
    """One finding a line."""
    if not settings.has_model:
        yield _missing(settings)
        return
    endpoint = endpoint_of(settings)
    endpoint.prepare()
    came = propose(endpoint, _probe(), {"text": "ready"}, waiting.LONGEST.total_seconds())
    if came.value is None:
        why = REMEDIES.get(came.outcome, "its answer is not as the schema has it")
        said = f"{endpoint.model} at {endpoint.host}: {came.outcome.value}; the coach goes by rules meanwhile"
        yield Finding(Mark.NOTE, "model", said, f"{why} ({GUIDE})")
        return
    said = f"{endpoint.model} at {endpoint.host} answers in {came.milliseconds} ms ({endpoint.way})"
    yield Finding(Mark.FINE, "model", said)


def _missing(settings: Settings) -> Finding:
    some = settings.openai_api_key or settings.openai_base_url or settings.openai_model
    if settings.azure_openai_endpoint:
        needed = ("AZURE_OPENAI_API_KEY", "OPENAI_API_VERSION", "OPENAI_MODEL")
        missing = [name for name in needed if not getattr(settings, name.lower())]
        said = f"Azure's address is set and {', '.join(missing)} not: nobody is asked"
        return Finding(Mark.NOTE, "model", said, f"set {' and '.join(missing)} ({GUIDE})")
    if some:
        missing_one = "OPENAI_MODEL" if not settings.openai_model else "OPENAI_API_KEY or OPENAI_BASE_URL"
        said = f"{missing_one} is not set: nobody is asked"
        return Finding(Mark.NOTE, "model", said, f"set it, or unset the others ({GUIDE})")
    return Finding(Mark.FINE, "model", "none is configured: everything goes by rules")


def _probe() -> TaskText:
    schema = {
        "type": "object",
        "properties": {"answer": {"type": "string", "enum": ["ready"]}},
        "required": ["answer"],
        "additionalProperties": False,
    }

    def check(value: object) -> None:
        if value != {"answer": "ready"}:
            raise ValueError("not as the schema has it")

    return TaskText("check", "1", schema, 200, 'Answer with {"answer": "ready"}.', check)

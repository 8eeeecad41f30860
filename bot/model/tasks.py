"""What a model is told for each task: prompts/model.toml and prompts/model/<task>.toml, put into messages.

Instruction and examples come first and are the same, byte for byte, within a version, so that a provider can
keep them; what managers wrote comes last, as data, and is never taken for an instruction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coaching.consulting import Task
from prompts import tasks

LONGEST_MENDED = 4_000  # characters of a wrong answer that are shown once more

Message = dict[str, str]


class NoTaskError(Exception):
    """There is no file for this task, or it cannot be used. The text says which."""


@dataclass(frozen=True)
class TaskText:
    """One task. ``version`` is that of what stands around every task, and its own; ``longest`` is in output
    tokens; ``check`` raises ValueError for what the schema refuses.
    """

    task: str
    version: str
    schema: Mapping[str, Any]
    longest: int
    prefix: str
    check: Callable[[Any], Any]

    def messages(self, given: Mapping[str, str]) -> list[Message]:
        """What is sent: first what never changes, last what was given, as JSON."""
        data = json.dumps(dict(given), ensure_ascii=False, sort_keys=True)
        return [{"role": "system", "content": self.prefix}, {"role": "user", "content": data}]

    def mending(self, before: list[Message], wrong: str) -> list[Message]:
        """What is sent once more, after an answer that was not as the schema has it."""
        schema = json.dumps(self.schema, ensure_ascii=False, sort_keys=True)
        return [
            *before,
            {"role": "assistant", "content": wrong[:LONGEST_MENDED]},
            {"role": "user", "content": f"{tasks.around().mending} {schema}"},
        ]


@cache
def task_text(task: str, folder: Path = tasks.FOLDER) -> TaskText:
    """The text of a task; NoTaskError if there is none that can be used."""
    import fastjsonschema

    if task not in set(Task):
        raise NoTaskError("no task of that name")
    try:
        read = tasks.load(task, folder)
        check = fastjsonschema.compile(dict(read.schema), use_default=False)
    except LookupError:
        raise NoTaskError(f"prompts/model/{task}.toml is missing") from None
    except (TypeError, ValueError, fastjsonschema.JsonSchemaDefinitionException):
        raise NoTaskError(f"prompts/model/{task}.toml cannot be used; see docs/model.md") from None
    around = tasks.around()
    prefix = "\n\n".join((around.before, read.instruction, *map(_written, read.examples)))
    version = f"{around.version}.{read.version}"
    return TaskText(task, version, read.schema, read.longest, prefix, check)


def tokens_of(text: str) -> int:
    """About how many tokens a text is: rather too many than too few, in any script."""
    return len(text.encode()) // 3 + 1


def _written(example: tasks.Example) -> str:
    """An example as text: always in the same order, so that the prefix stays what it is."""
    both = {"given": dict(example.given), "answer": dict(example.answer)}
    return f"Example: {json.dumps(both, ensure_ascii=False, sort_keys=True)}"

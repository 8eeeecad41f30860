"""What a model is asked to do, task by task, as documents: instruction, form of the answer, examples.

Each is a file `prompts/model/<task>.toml` that can be edited without programming, and `prompts/model.toml`
is what is said around all of them. Their versions go up with every edit, for what is measured of a task is
measured of one version.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "model"
AROUND = Path(__file__).parent / "model.toml"
_KEYS = {"version", "instruction", "schema", "examples", "longest", "twin"}


@dataclass(frozen=True)
class Example:
    """What is given, and the answer that is wished for."""

    given: Mapping[str, str]
    answer: Mapping[str, Any]


@dataclass(frozen=True)
class ModelTask:
    """One task. ``schema`` is a JSON schema, ``longest`` in tokens of the answer, ``twin`` says who else
    does it: the code that goes on where no model answers.
    """

    name: str
    version: int
    instruction: str
    schema: Mapping[str, Any]
    examples: tuple[Example, ...]
    longest: int
    twin: str


@dataclass(frozen=True)
class Around:
    """What is said before every task, and after an answer that was not as its schema has it."""

    version: int
    before: str
    mending: str


@cache
def around() -> Around:
    """What is said around every task."""
    document = tomllib.loads(AROUND.read_text(encoding="utf-8"))
    return Around(
        int(document["version"]), _in_one_line(document["before"]), _in_one_line(document["mending"])
    )


@cache
def load(task: str, folder: Path = FOLDER) -> ModelTask:
    """The task of that name. LookupError if there is none, ValueError names what its file lacks."""
    path = folder / f"{task}.toml"
    if not path.is_file():
        raise LookupError(f"{path}: there is no such task for a model")
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    if set(document) != _KEYS:
        raise ValueError(f"{path}: it must hold {', '.join(sorted(_KEYS))} and nothing else")
    if not isinstance(document["schema"], dict):
        raise ValueError(f"{path}: its schema is a table")
    if faults := list(loose_ends(document["schema"])):
        raise ValueError(f"{path}: {'; '.join(faults)}")
    if not all(set(each) == {"given", "answer"} for each in document["examples"]):
        raise ValueError(f"{path}: each example has what is given and the answer")
    return ModelTask(
        task,
        int(document["version"]),
        _in_one_line(document["instruction"]),
        document["schema"],
        tuple(Example(**each) for each in document["examples"]),
        int(document["longest"]),
        str(document["twin"]),
    )


def loose_ends(schema: Mapping[str, Any], where: str = "schema") -> Iterator[str]:
    """Where a schema leaves room: every object is closed, every text and list has an end."""
    match schema.get("type"):
        case "object":
            fields = schema.get("properties", {})
            if schema.get("additionalProperties") is not False:
                yield f"{where}: additionalProperties = false"
            if sorted(schema.get("required", ())) != sorted(fields):
                yield f"{where}: every property must be required"
            for name, each in fields.items():
                yield from loose_ends(each, f"{where}.{name}")
        case "array":
            if "maxItems" not in schema:
                yield f"{where}: maxItems is missing"
            yield from loose_ends(schema.get("items", {}), f"{where}[]")
        case "string":
            if "enum" not in schema and "maxLength" not in schema:
                yield f"{where}: maxLength or enum is missing"
        case "integer":
            if not {"minimum", "maximum"} <= set(schema):
                yield f"{where}: minimum and maximum are missing"
        case "boolean":
            pass
        case other:
            yield f"{where}: {other!r} is no type that is used here"


def _in_one_line(text: str) -> str:
    return " ".join(text.split())

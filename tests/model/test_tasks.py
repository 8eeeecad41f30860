"""What a model is asked is written down whole: every task has its file, and no answer can be without end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import fastjsonschema
import pytest

from coaching import catalogue, library
from coaching.consulting import Task
from prompts import tasks

WRITTEN = sorted(path.stem for path in tasks.FOLDER.glob("*.toml"))
LONGEST_INSTRUCTION = 2_500
LONGER = {Task.FOLLOW_UP: 5_000}  # it holds all the questions that are asked, and all that may follow
MOST_TOKENS = 1_000


def test_every_task_has_its_file_and_every_file_a_task() -> None:
    assert set(WRITTEN) == {each.value for each in Task}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_task_says_all_that_is_needed_and_its_examples_fit_its_schema(name: str) -> None:
    task = tasks.load(name)
    assert task.version >= 1
    assert task.twin
    assert 200 < len(task.instruction) < LONGER.get(Task(name), LONGEST_INSTRUCTION)
    assert 0 < task.longest <= MOST_TOKENS
    assert "never an instruction" in task.instruction
    assert task.examples
    check = fastjsonschema.compile(dict(task.schema))
    for each in task.examples:
        assert all(isinstance(value, str) for value in each.given.values())
        check(each.answer)


def test_the_units_and_parts_a_model_may_name_are_those_there_are() -> None:
    values = tasks.load("read_reply").schema["properties"]["values"]["items"]["properties"]
    assert set(values["unit"]["enum"]) == {each.value for each in catalogue.Unit}
    drafts = tasks.load("drafts").schema["properties"]["drafts"]["items"]["properties"]
    assert set(drafts["part"]["enum"]) == {each.value for each in library.Part}


@pytest.mark.parametrize(
    "schema, fault",
    [
        ({"type": "string"}, "maxLength"),
        ({"type": "array", "items": {"type": "boolean"}}, "maxItems"),
        ({"type": "object", "properties": {}}, "additionalProperties"),
        (
            {"type": "object", "additionalProperties": False, "properties": {"a": {"type": "boolean"}}},
            "required",
        ),
        ({"type": "number"}, "no type"),
        ({"type": "integer"}, "minimum"),
    ],
)
def test_a_schema_that_leaves_room_is_found(schema: Mapping[str, Any], fault: str) -> None:
    assert any(fault in each for each in tasks.loose_ends(schema))


def test_a_task_nobody_wrote_is_not_there() -> None:
    with pytest.raises(LookupError, match="no such task"):
        tasks.load("decide")

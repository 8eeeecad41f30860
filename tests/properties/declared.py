"""What the scripts say they ask: every question, wait and line named in the coaching code, with its buttons.

Read from the code itself, so that a button nobody can ever press is found however new it is.
"""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import ModuleType

import coaching

# Where each way of asking has its buttons: the position of the choices among its arguments.
_CHOICES_AT = {"choose": 1, "may_choose": 1, "ask_or": 1, "fill": 2}
_ASKING = frozenset({*_CHOICES_AT, "ask", "may_ask", "pick", "agrees", "until", "fetch"})
_FOLDER = Path(coaching.__file__).parent


@dataclass(frozen=True)
class Declared:
    """One name as the code has it. ``values`` are its buttons, where the code alone decides them."""

    name: str
    how: str
    values: tuple[str, ...] = ()


@cache
def declared() -> tuple[Declared, ...]:
    """Everything that is asked, awaited or said under a name written in the code."""
    found: list[Declared] = []
    for path in sorted(_FOLDER.glob("*.py")):
        module = importlib.import_module(f"coaching.{path.stem}")
        if path.stem != "dialogue":
            found += _of_a_file(module)
    return tuple(found)


def _of_a_file(module: ModuleType) -> Iterator[Declared]:
    tree = ast.parse(inspect.getsource(module))
    functions = [each for each in ast.walk(tree) if isinstance(each, ast.AsyncFunctionDef | ast.FunctionDef)]
    for function in functions:
        for call in ast.walk(function):
            how = _method_of_the_coach(call)
            if isinstance(call, ast.Call) and how is not None:
                for name in _names(call.args[0], function, tree):
                    yield Declared(name, how, _values(call, how, module))


def _method_of_the_coach(call: ast.AST) -> str | None:
    """``choose`` of ``coach.choose(…)``; None for any other call."""
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or not call.args:
        return None
    is_coach = isinstance(call.func.value, ast.Name) and call.func.value.id == "coach"
    return call.func.attr if is_coach and call.func.attr in {*_ASKING, "say"} else None


def _names(said: ast.expr, function: ast.AsyncFunctionDef | ast.FunctionDef, tree: ast.Module) -> set[str]:
    """What an expression can stand for: itself, either way of an if, a variable, what callers hand in."""
    match said:
        case ast.Constant(value=str(name)):
            return {name}
        case ast.IfExp():
            return _names(said.body, function, tree) | _names(said.orelse, function, tree)
        case ast.Name():
            parameters = [each.arg for each in function.args.args]
            if said.id in parameters:
                handed = _handed_in(tree, function.name, parameters.index(said.id))
                return {each.value for each in handed if isinstance(each.value, str)}
            assigned = (
                each.value
                for each in ast.walk(function)
                if isinstance(each, ast.Assign) and any(ast.unparse(to) == said.id for to in each.targets)
            )
            return {name for value in assigned for name in _names(value, function, tree)}
        case _:
            return set()  # put together from parts: whatever comes is heard, nothing is promised


def _handed_in(tree: ast.Module, function: str, position: int) -> Iterator[ast.Constant]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == function:
            argument = call.args[position] if position < len(call.args) else None
            if isinstance(argument, ast.Constant):
                yield argument


def _values(call: ast.Call, how: str, module: ModuleType) -> tuple[str, ...]:
    at = _CHOICES_AT.get(how)
    if at is None or at >= len(call.args) or any(each.arg == "among" for each in call.keywords):
        return ("yes", "no") if how == "agrees" else ()
    choices = getattr(module, ast.unparse(call.args[at]), None)
    if not isinstance(choices, type) or not issubclass(choices, StrEnum):
        return ()
    return tuple(each.value for each in choices)

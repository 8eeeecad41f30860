"""Every line of every language, taken apart: its fixed text, its slots, its buttons. The tests go over all,
so that a file is held to the rules on the day it appears."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fluent.runtime import FluentResource
from fluent.syntax import ast

from prompts.words import HERE

# Lists of words that people write, not lines that they read.
HEARD = ("reflex-", "yes_words", "no_words", "polite_words")


@dataclass(frozen=True)
class Part:
    """A message's text (``part`` is empty) or one of its attributes, in one language."""

    code: str
    script: str
    name: str
    part: str
    pattern: ast.Pattern

    def __str__(self) -> str:
        return f"{self.code}/{self.script}.ftl {self.name}{'.' if self.part else ''}{self.part}"

    @property
    def is_heard(self) -> bool:
        return self.name.startswith(HEARD)

    @property
    def is_family(self) -> bool:
        return self.name[:1].isupper()

    @property
    def texts(self) -> tuple[str, ...]:
        """All its pieces of text, whichever number they are for."""
        return tuple(_texts(self.pattern, every=True))

    @property
    def fixed(self) -> tuple[str, ...]:
        """The pieces of text that are said where no number chooses otherwise."""
        return tuple(piece for each in _texts(self.pattern, every=False) if (piece := each.strip()))

    @property
    def slots(self) -> frozenset[str]:
        return frozenset(_variables(self.pattern))

    @property
    def numbers(self) -> frozenset[str]:
        """Slots that choose a form, or go through a function, and so must be numbers."""
        return frozenset(_choosing(self.pattern))


@cache
def parts() -> tuple[Part, ...]:
    """Every part of every file there is."""
    return tuple(part for path in sorted(HERE.glob("*/*.ftl")) for part in _parts(path))


def _parts(path: Path) -> Iterator[Part]:
    for entry in FluentResource(path.read_text(encoding="utf-8")).body:
        if isinstance(entry, ast.Message):
            where = (path.parent.name, path.stem, entry.id.name)
            if entry.value is not None:
                yield Part(*where, "", entry.value)
            for attribute in entry.attributes:
                yield Part(*where, attribute.id.name, attribute.value)


def _texts(pattern: ast.Pattern, *, every: bool) -> Iterator[str]:
    for element in pattern.elements:
        match element:
            case ast.TextElement():
                yield element.value
            case ast.Placeable(expression=ast.StringLiteral() as literal):
                yield literal.parse()["value"]
            case ast.Placeable(expression=ast.SelectExpression() as choice):
                for variant in choice.variants:
                    if every or variant.default:
                        yield from _texts(variant.value, every=every)


def _variables(pattern: ast.Pattern) -> Iterator[str]:
    for expression in _expressions(pattern):
        if isinstance(expression, ast.VariableReference):
            yield expression.id.name


def _choosing(pattern: ast.Pattern) -> Iterator[str]:
    for expression in _expressions(pattern):
        match expression:
            case ast.SelectExpression(selector=ast.VariableReference() as variable):
                yield variable.id.name
            case ast.FunctionReference():
                for each in expression.arguments.positional:
                    if isinstance(each, ast.VariableReference):
                        yield each.id.name


def _expressions(pattern: ast.Pattern) -> Iterator[object]:
    waiting: list[object] = [each.expression for each in pattern.elements if isinstance(each, ast.Placeable)]
    while waiting:
        expression = waiting.pop()
        yield expression
        match expression:
            case ast.SelectExpression():
                waiting.append(expression.selector)
                for variant in expression.variants:
                    yield from _expressions(variant.value)
            case ast.FunctionReference():
                waiting += expression.arguments.positional

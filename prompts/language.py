"""One language as its folder holds it: the lines, how long they may be, how days are written, who read it.
A fault in a file is found when the program starts, and the message says which file to mend.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from prompts.shortening import Limit

# Spoken in every conversation, so every language has them.
ALWAYS = frozenset({"service", "terms", "units"})
MASTER = "en"


@dataclass(frozen=True)
class Limits:
    """How long each kind of text may be in this language."""

    line: Limit
    card: Limit
    button: Limit
    field: Limit


@dataclass(frozen=True)
class Dates:
    """How a day, and a moment of a day, are written: patterns of Unicode LDML."""

    day: str
    moment: str


@dataclass(frozen=True)
class Language:
    """A language the coach speaks.

    name: in the language itself. review: who read it and when, "unreviewed", or "master" for the one the
    others are reviewed against. locales: market to locale, with a ``default``. covers: the scripts that are
    complete. scripts: each message's file. spaced: whether words are separated by spaces.
    """

    code: str
    name: str
    review: str
    locales: Mapping[str, str]
    covers: frozenset[str]
    limits: Limits
    spaced: bool
    dates: Dates
    dates_on_buttons: Dates
    scripts: Mapping[str, str]
    bundles: Mapping[str, FluentBundle]

    @property
    def reviewed(self) -> bool:
        """Whether a person who speaks it has read it."""
        return self.review != "unreviewed"

    def locale(self, wanted: str) -> str:
        """``wanted`` if this language is written so; else the market's own form, else the usual one."""
        if wanted in self.bundles:
            return wanted
        market = wanted.replace("_", "-").rpartition("-")[2]
        return self.locales.get(market, self.locales["default"])


@cache
def load(folder: Path) -> Language:
    """Read one language's folder, once in a process. ValueError names the file and the fault."""
    settings = tomllib.loads((folder / "language.toml").read_text(encoding="utf-8"))
    scripts: dict[str, str] = {}
    resources = []
    for path in sorted(folder.glob("*.ftl")):
        resource = FluentResource(path.read_text(encoding="utf-8"))
        for name in _names(resource, path):
            if name in scripts:
                raise ValueError(f"{path}: {name} is already in {scripts[name]}.ftl; a name has one line")
            scripts[name] = path.stem
        resources.append(resource)
    limits = {kind: Limit(**values) for kind, values in settings["limits"].items()}
    return Language(
        code=folder.name,
        name=settings["name"],
        review=settings["review"],
        locales=settings["locales"],
        covers=frozenset(settings["covers"]) | ALWAYS,
        limits=Limits(**limits),
        spaced=settings["spaced"],
        dates=Dates(**settings["dates"]),
        dates_on_buttons=Dates(**settings["dates_on_buttons"]),
        scripts=scripts,
        bundles={locale: _bundle(locale, resources) for locale in {*settings["locales"].values()}},
    )


def _bundle(locale: str, resources: list[Any]) -> FluentBundle:
    """All lines of a language for one locale. Each is compiled when it is first said: most locales say few,
    and two threads that compile one at the same time come to the same.
    """
    # Isolating marks are for pages that mix directions; in a chat they are rubbish around every name.
    bundle = FluentBundle([locale], use_isolating=False)
    for resource in resources:
        bundle.add_resource(resource)
    return bundle


def _names(resource: Any, path: Path) -> Iterator[str]:
    """The names of the messages in a file; what Fluent would skip in silence is a fault here."""
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            said = entry.annotations[0].message if entry.annotations else "cannot be read"
            raise ValueError(f"{path}: {said}, near {(entry.content or '').strip()[:60]!r}")
        if isinstance(entry, ast.Message):
            attributes = [attribute.id.name for attribute in entry.attributes]
            if len(attributes) != len(set(attributes)):
                raise ValueError(f"{path}: {entry.id.name} names a button twice")
            yield entry.id.name

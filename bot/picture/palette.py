"""The colours of the picture, by day and by night: those of the playground's pages, read from their file.

Nothing is mixed here, so a colour that is changed there is changed here too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).parent.parent / "playground" / "static" / "tokens.css"
DARK = "@media (prefers-color-scheme: dark)"

_COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{6});")


class Theme(StrEnum):
    """By day or by night."""

    LIGHT = "light"
    DARK = "dark"


class Colour(StrEnum):
    """The tokens a picture is drawn with."""

    SURFACE = "surface"  # behind everything
    BEFORE = "coach"  # behind the values from before
    BAND = "chosen"  # between the limits
    INK = "ink"
    QUIET = "quiet"
    EDGE = "edge"  # lines that say something
    HAIR = "line-colour"  # the zero line, which only orders
    ACCENT = "accent"


@cache
def colours(theme: Theme) -> Mapping[str, str]:
    """Every colour of the pages by its token, as ``#rrggbb``."""
    light, _, dark = TOKENS.read_text(encoding="utf-8").partition(DARK)
    found: dict[str, str] = dict(_COLOUR.findall(light))
    return found | dict(_COLOUR.findall(dark)) if theme is Theme.DARK else found


@cache
def palette(theme: Theme) -> Mapping[Colour, str]:
    """The colours of a picture. KeyError names a token that the file no longer has."""
    return {colour: colours(theme)[colour.value] for colour in Colour}


@cache
def families(language: str) -> str:
    """The letters of the pages, as CSS lists them: the reader's own."""
    text = TOKENS.read_text(encoding="utf-8")
    found = re.search(rf"--letters-{re.escape(language)}:([^;]+);", text)
    found = found or re.search(r"--letters:([^;]+);", text)
    assert found is not None
    return " ".join(found[1].replace('"', "'").split())

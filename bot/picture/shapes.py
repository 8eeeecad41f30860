"""What a picture is made of: lines, areas, marks and letters, placed in pixels from the upper left.

Nothing here knows what a workflow is, nor which library draws.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.picture.palette import Colour

Measuring = Callable[[str, float, bool], float]  # text, size, bold: its width in pixels

# After a space, and beside any letter of a script that is written without spaces; never before what closes.
_UNSPACED = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_CLOSING = (
    r"[、。，．・：；？！）」』】〕〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ\u0e30-\u0e3a\u0e45-\u0e4e]"
)
_BREAK = re.compile(rf"(?<=\s)(?=\S)|(?<={_UNSPACED})(?!{_CLOSING}|\s)|(?<=\S)(?={_UNSPACED})(?!{_CLOSING})")
_OPENING = re.compile(r"[（「『【〔〈《]$")


class Anchor(StrEnum):
    """Which side of the text its place is."""

    LEFT = "left"
    MIDDLE = "center"
    RIGHT = "right"


class Form(StrEnum):
    """A mark's form, which says what it is without its colour."""

    SQUARE = "square"
    CIRCLE = "circle"
    HOLLOW = "hollow"


@dataclass(frozen=True)
class Letters:
    """One line of text on its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: Colour = Colour.INK
    bold: bool = False
    anchor: Anchor = Anchor.LEFT


@dataclass(frozen=True)
class Line:
    """A straight line; ``dashes`` are lengths on and off."""

    x: float
    y: float
    to_x: float
    to_y: float
    colour: Colour
    width: float = 1
    dashes: tuple[float, float] | None = None


@dataclass(frozen=True)
class Area:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour


@dataclass(frozen=True)
class Mark:
    """A number's place. ``size`` is its width."""

    x: float
    y: float
    form: Form
    size: float
    colour: Colour


Piece = Letters | Line | Area | Mark


@dataclass(frozen=True)
class Picture:
    """All pieces, in the order they are drawn."""

    width: float
    height: float
    pieces: tuple[Piece, ...]


def wrap(text: str, size: float, room: float, measured: Measuring, most: int = 12) -> list[str]:
    """The text in lines no wider than ``room``, about equally long, and no more than ``most`` of them.

    The last ends with "…" if some had to go.
    """
    return _even(list(_pieces(text)), size, room, measured, most)


def flow(items: Sequence[str], size: float, room: float, measured: Measuring, most: int) -> list[str]:
    """The items in lines, as ``wrap`` does it, with " · " between them; none is broken."""
    joined = [f"{item} · " for item in items[:-1]] + list(items[-1:])
    return [line.removesuffix(" ·") for line in _even(joined, size, room, measured, most)]


def _even(pieces: list[str], size: float, room: float, measured: Measuring, most: int) -> list[str]:
    lines = _filled(pieces, size, room, measured)
    if len(lines) > most:
        return [*lines[: most - 1], cut(f"{lines[most - 1]}…", size, room, measured)]
    for share in (0.6, 0.7, 0.8, 0.9):
        narrower = _filled(pieces, size, room * share, measured)
        if 1 < len(lines) == len(narrower):
            return narrower
    return lines


def _filled(pieces: list[str], size: float, room: float, measured: Measuring) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and measured((line + piece).rstrip(), size, False) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece
        while len(line) > 1 and measured(line.rstrip(), size, False) > room:
            at = _fitting(line, size, room, measured)
            lines.append(line[:at])
            line = line[at:]
    return [*lines, line.rstrip()] if line.strip() else lines


def cut(text: str, size: float, room: float, measured: Measuring, *, bold: bool = False) -> str:
    """The text on one line, its end "…" if it has to give way."""
    if measured(text, size, bold) <= room:
        return text
    kept = text.rstrip("…")
    while len(kept) > 1 and measured(f"{kept.rstrip()}…", size, bold) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces between which a line may end."""
    held = ""
    for piece in _BREAK.split(text):
        held += piece
        if not _OPENING.search(held):
            yield held
            held = ""
    if held:
        yield held


def _fitting(line: str, size: float, room: float, measured: Measuring) -> int:
    fits = 1
    while fits < len(line) and measured(line[: fits + 1], size, False) <= room:
        fits += 1
    return fits

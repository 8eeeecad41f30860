"""Puts a picture's letters where they cover neither a mark nor each other, or says that there is no room.

Small and plain: the letters are few, and each is tried above its mark, then below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.picture.shapes import Line


@dataclass(frozen=True)
class Box:
    """What something covers, in pixels from the upper left."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two cover a pixel in common."""
        is_beside = self.right <= other.left or other.right <= self.left
        return not (is_beside or self.bottom <= other.top or other.bottom <= self.top)


def beside(places: Iterable[Box], taken: Sequence[Box]) -> Box | None:
    """The first of the places that is free; None if none is."""
    return next((box for box in places if not any(box.meets(each) for each in taken)), None)


def along(line: Line) -> list[Box]:
    """What a line covers: one box if it is level or upright, else small ones along it."""
    if line.x == line.to_x or line.y == line.to_y:
        pieces = 1
    else:
        pieces = max(1, round(max(abs(line.to_x - line.x), abs(line.to_y - line.y)) / 3))
    found = []
    for at in range(pieces):
        xs = sorted(line.x + (line.to_x - line.x) * (at + end) / pieces for end in (0, 1))
        ys = sorted(line.y + (line.to_y - line.y) * (at + end) / pieces for end in (0, 1))
        found.append(Box(xs[0] - 0.5, ys[0] - 0.5, xs[1] + 0.5, ys[1] + 0.5))
    return found


def apart(wanted: Sequence[float], least: float, top: float, bottom: float) -> list[float]:
    """Heights as near to those wanted as they can be with ``least`` between them, in the same order of size.

    They stay between ``top`` and ``bottom`` where there is room for all.
    """
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    found = [min(max(wanted[at], top), bottom) for at in order]
    for at in range(1, len(found)):
        found[at] = max(found[at], found[at - 1] + least)
    over = bottom
    for at in reversed(range(len(found))):
        found[at] = min(found[at], over)
        over = found[at] - least
    return [found[order.index(at)] for at in range(len(wanted))]

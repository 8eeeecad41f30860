"""Where everything stands on the picture: plain shapes with places in pixels, before anything draws them.

From above: what is counted; the label and its sentence; the numbers, before to the left of a divide and since
to the right of it, by week; what weeks were on; what all of it rests on. Numbers stand beside their marks, so
there is no key to look up.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from bot.picture.frame import Frame, frame_of
from bot.picture.palette import Colour
from bot.picture.placing import Box, along, apart, beside
from bot.picture.saying import Texts
from bot.picture.shapes import (
    Anchor,
    Area,
    Form,
    Letters,
    Line,
    Mark,
    Measuring,
    Picture,
    Piece,
    cut,
    flow,
    wrap,
)
from coaching.chart import Chart, Dot

TITLE, LABEL, TEXT, SMALL = 17.0, 15.0, 13.0, 12.0  # no letters are smaller than the last
LEADING = 1.38
GAP = 4.0
FEW = 20  # numbers; of more, those without room go unsaid on the picture
MOST_LINES = 3  # of what the weeks were on, where it stands in a row of its own


class Shape(StrEnum):
    """How wide a picture is: for a phone, or for a page with room."""

    PHONE = "phone"
    WIDE = "wide"


# In the pixels of a page: width, margin, height of the numbers, widest step from one week to the next.
SIZES = {Shape.PHONE: (390.0, 16.0, 176.0, 56.0), Shape.WIDE: (720.0, 20.0, 200.0, 84.0)}
DASHES: dict[str, tuple[float, float] | None] = {
    "aim": (1.5, 3.5), "bar": (6, 3), "mean": (3, 2), "limit": None,
}  # fmt: skip


def lay_out(chart: Chart, texts: Texts, shape: Shape, measured: Measuring) -> Picture:
    """Every piece of the picture, which is as high as it needs to be."""
    page = _Page(chart, texts, shape, measured)
    page.head()
    page.numbers()
    page.foot()
    return Picture(page.width, round(page.y + page.margin), tuple(page.pieces))


class _Page:
    """The picture as it grows downwards; ``y`` is how far it has come."""

    def __init__(self, chart: Chart, texts: Texts, shape: Shape, measured: Measuring) -> None:
        self.chart, self.texts, self.measured = chart, texts, measured
        self.width, self.margin, self.height, self.widest = SIZES[shape]
        self.room = self.width - 2 * self.margin
        self.y = self.margin - GAP
        self.pieces: list[Piece] = []
        self.is_practice_told = False
        self.are_weeks_told = False

    def head(self) -> None:
        """What is counted, and the label with its sentence."""
        self._write(self.texts.title, TITLE, Colour.INK, bold=True)
        self._write(self.texts.unit, SMALL, Colour.QUIET)
        if self.texts.label:
            self.y += 2 * GAP
            self._write(self.texts.label, LABEL, Colour.INK, bold=True)
            self._write(self.texts.sentence, TEXT, Colour.INK)

    def numbers(self) -> None:
        """Before, the divide, and the weeks since."""
        frame = self._frame()
        ground = list(self._ground(frame))
        taken: list[Box] = []
        marks = [
            piece for place, dot in self._placed(frame) for piece in self._mark(frame, place, dot, taken)
        ]
        steps = list(self._steps(frame))
        crossing = [box for each in (*ground, *steps) if isinstance(each, Line) for box in along(each)]
        labels, are_all_there = self._labels(frame, taken, crossing)
        self.pieces += ground
        self.pieces += self._headings(frame)
        self.pieces += self._scale(frame, are_all_there)
        self.pieces += [*steps, *marks, *labels]
        self.y = frame.bottom
        self._weeks(frame)

    def foot(self) -> None:
        """What weeks were on, if there was no room under them; practice; what the label rests on."""
        self.y += 2 * GAP
        if self.texts.weeks and not self.are_weeks_told:
            told = [f"{self.texts.numbers[n]} {about}" for n, about in self.texts.weeks.items()]
            told[0] = f"{self.texts.parts['week']} {told[0]}"
            self._lines(flow(told, SMALL, self.room, self.measured, MOST_LINES), SMALL, Colour.QUIET)
        notes = [self.texts.practice] if self.texts.practice and not self.is_practice_told else []
        for note in [*notes, *self.texts.notes]:
            self.y += GAP / 2
            self._write(note, SMALL, Colour.QUIET)

    def _write(self, text: str, size: float, colour: Colour, *, bold: bool = False) -> None:
        if bold:
            self._lines([cut(text, size, self.room, self.measured, bold=True)], size, colour, bold=True)
        else:
            self._lines(wrap(text, size, self.room, self.measured), size, colour)

    def _lines(self, lines: list[str], size: float, colour: Colour, *, bold: bool = False) -> None:
        for line in lines:
            self.y += size * LEADING
            self.pieces.append(Letters(self.margin, self.y, line, size, colour, bold))

    def _wide(self, text: str, size: float = SMALL) -> float:
        return self.measured(text, size, False)

    def _frame(self) -> Frame:
        scale = max(self._wide(each) for each in (self.texts.zero, *self._ends()))
        left = self.margin + scale + 2 * GAP
        if not self.chart.before:  # room for the word "week" before the first number
            left = max(left, self.margin + self._wide(self.texts.parts["week"]) + 2 * GAP)
        ends = [self._wide(each.text) for each in self.texts.marked]
        right = self.width - self.margin - (max(ends) + 2 * GAP if ends else 0)
        lines = [each.at for each in self.texts.marked]
        top = self.y + 4 * GAP + SMALL * LEADING
        return frame_of(
            self.chart, lines, left=left, right=right, top=top, height=self.height, widest=self.widest
        )

    def _ends(self) -> tuple[str, ...]:
        """The smallest and the largest number, where some have no room for their own."""
        return self.texts.extremes if len(self.texts.before) + len(self.texts.since) > 8 else ()

    def _ground(self, frame: Frame) -> Iterator[Piece]:
        if self.chart.before:
            yield Area(
                frame.left, frame.top, frame.divide - frame.left, frame.bottom - frame.top, Colour.BEFORE
            )
        marked = self.texts.marked
        limits = [frame.y(each.at) for each in marked if each.kind == "limit"]
        if limits:  # with one only, numbers end at zero before the other would be reached
            top, bottom = min(limits), max(limits) if len(limits) > 1 else frame.y(frame.low)
            yield Area(frame.left, top, frame.end - frame.left, bottom - top, Colour.BAND)
        zero = frame.y(Decimal(0))
        yield Line(frame.left, zero, frame.end, zero, Colour.HAIR)
        yield Line(frame.divide, frame.top - SMALL * LEADING, frame.divide, frame.bottom, Colour.EDGE)
        heights = apart(
            [frame.y(each.at) + 4 for each in marked], SMALL * 1.2, frame.top + SMALL, frame.bottom
        )
        for each, height in zip(marked, heights, strict=True):
            is_old = each.kind in ("mean", "limit")
            start, y = frame.left if is_old else frame.divide, frame.y(each.at)
            colour = Colour.QUIET if is_old else Colour.INK
            yield Line(start, y, frame.end, y, colour, 1, DASHES[each.kind])
            yield Letters(frame.end + GAP + 2, height, each.text, SMALL, colour)

    def _headings(self, frame: Frame) -> Iterator[Piece]:
        y = frame.top - 5
        parts = self.texts.parts
        if self.chart.before:
            middle, half = (frame.left + frame.divide) / 2, self._wide(parts["before"]) / 2
            if half <= middle - self.margin:
                x = min(middle, frame.divide - half - GAP)
                yield Letters(x, y, parts["before"], SMALL, Colour.QUIET, anchor=Anchor.MIDDLE)
        first = frame.divide + GAP + 2
        counted = [dot.week or 0 for dot in self.chart.since if dot.counted]
        hollow = [dot.week or 0 for dot in self.chart.since if not dot.counted]
        if hollow and counted and max(hollow) < min(counted):
            start = frame.week(min(counted)) - min(frame.slot / 2, self._wide(parts["counted"]) / 2)
            if first + self._wide(parts["practice"]) + 2 * GAP <= start:
                self.is_practice_told = True
                yield Letters(first, y, parts["practice"], SMALL, Colour.QUIET)
                yield Letters(start, y, parts["counted"], SMALL, Colour.QUIET)
                return
        yield Letters(first, y, parts["since"], SMALL, Colour.QUIET)

    def _scale(self, frame: Frame, are_all_there: bool) -> Iterator[Piece]:
        """Zero; and where numbers are missing beside their marks, the smallest and the largest."""
        told = [(self.texts.zero, frame.y(Decimal(0)))]
        if not are_all_there:
            values = [end for _, dot in self._placed(frame) for end in (dot.low, dot.high)]
            for text, value in zip(self.texts.extremes, (min(values), max(values)), strict=True):
                if all(abs(frame.y(value) - y) > SMALL for _, y in told):
                    told.append((text, frame.y(value)))
        for text, y in told:
            yield Letters(frame.left - GAP - 2, y + 4, text, SMALL, Colour.QUIET, anchor=Anchor.RIGHT)

    def _placed(self, frame: Frame) -> Iterator[tuple[float, Dot]]:
        """Every number and how far right it stands; several of one week side by side."""
        for place, dot in enumerate(self.chart.before):
            yield frame.before(place), dot
        for at, dot in enumerate(self.chart.since):
            beside_it = [n for n, each in enumerate(self.chart.since) if each.week == dot.week]
            shift = (beside_it.index(at) - (len(beside_it) - 1) / 2) / len(beside_it) if beside_it else 0
            yield frame.week(dot.week or 0) + shift * frame.slot, dot

    def _steps(self, frame: Frame) -> Iterator[Piece]:
        """Thin lines from each number to the next of its kind; none where a week between is not known."""
        for (x, dot), (to_x, to) in pairwise(self._placed(frame)):
            is_before = dot.week is None and to.week is None
            is_since = dot.week is not None and to.week is not None and to.week - dot.week <= 1
            if (is_before or is_since) and dot.counted and to.counted:
                ends = frame.y(self.chart.counts(dot)), frame.y(self.chart.counts(to))
                yield Line(x, ends[0], to_x, ends[1], Colour.QUIET if is_before else Colour.ACCENT, 1.25)

    def _mark(self, frame: Frame, x: float, dot: Dot, taken: list[Box]) -> Iterator[Piece]:
        y, size, half = frame.y(self.chart.counts(dot)), frame.size, frame.size / 2
        colour = Colour.QUIET if dot.week is None else Colour.ACCENT
        ends = frame.y(dot.high), frame.y(dot.low)
        taken.append(Box(x - half, min(ends[0], y - half), x + half, max(ends[1], y + half)))
        if dot.is_range:
            other = ends[1] if y == ends[0] else ends[0]
            yield Line(x, ends[0], x, ends[1], colour, 1.5)
            yield Line(x - half, other, x + half, other, colour, 1.5)
        form = Form.SQUARE if dot.week is None else Form.CIRCLE if dot.counted else Form.HOLLOW
        yield Mark(x, y, form, size * (0.88 if form is Form.SQUARE else 1), colour)

    def _labels(self, frame: Frame, taken: list[Box], crossing: list[Box]) -> tuple[list[Piece], bool]:
        """Each number above or below its mark; the last, first and outermost are given room first."""
        placed = list(self._placed(frame))
        told = (*self.texts.before, *self.texts.since)
        heights = [frame.y(self.chart.counts(dot)) for _, dot in placed]
        first = [len(placed) - 1, 0, heights.index(min(heights)), heights.index(max(heights))]
        found: list[Piece] = []
        order = list(dict.fromkeys([*first, *range(len(placed))]))
        for at in order:
            (x, dot), text = placed[at], told[at]
            half, top, bottom = self._wide(text) / 2 + 1, frame.y(dot.high), frame.y(dot.low)
            gap = frame.size / 2 + 3
            least, most = (frame.left, frame.divide) if dot.week is None else (frame.divide, self.width)
            x = min(max(x, least + half), max(most - half, least + half))
            above = Box(x - half, top - gap - SMALL * 0.8, x + half, top - gap)
            below = Box(x - half, bottom + gap, x + half, bottom + gap + SMALL * 0.8)
            around = [heights[n] for n in (at - 1, at + 1) if 0 <= n < len(heights)]
            is_valley = bool(around) and heights[at] > max(around)
            both = (below, above) if is_valley else (above, below)
            box = beside(both, [*taken, *crossing])
            if box is None and (at in first or len(placed) <= FEW):  # rather across a line than not at all
                box = beside(both, taken)
            if box is not None:
                taken.append(box)
                found.append(Letters(x, box.bottom, text, SMALL, Colour.INK, anchor=Anchor.MIDDLE))
        return found, len(found) == len(placed)

    def _weeks(self, frame: Frame) -> None:
        """Week numbers, as many as there is room for, and under them what the weeks were on if it fits."""
        if not frame.weeks:
            return
        self.y += SMALL * LEADING
        numbers = {n: self.texts.numbers.get(n, str(n)) for n in frame.weeks}
        widest = max(self._wide(each) for each in numbers.values()) + 2 * GAP
        steps = (1, 2, 4, 5, 10, 20, len(numbers))
        every = next((each for each in steps if each * frame.slot >= widest), len(numbers))
        shown = [n for place, n in enumerate(frame.weeks) if place % every == 0]
        start = frame.week(shown[0]) - self._wide(numbers[shown[0]]) / 2 - GAP - 1
        word = self.texts.parts["week"]
        self.pieces.append(Letters(start, self.y, word, SMALL, Colour.QUIET, anchor=Anchor.RIGHT))
        for n in shown:
            self.pieces.append(
                Letters(frame.week(n), self.y, numbers[n], SMALL, Colour.QUIET, anchor=Anchor.MIDDLE)
            )
        self._about(frame)

    def _about(self, frame: Frame) -> None:
        """What the weeks were on, under their numbers; nothing if one of them does not fit."""
        room = frame.slot - GAP
        under = {n: wrap(each, SMALL, room, self.measured) for n, each in self.texts.weeks.items()}
        if not under or not all(_is_whole(lines, self.texts.weeks[n]) for n, lines in under.items()):
            return
        self.are_weeks_told = True
        for n, lines in under.items():
            for at, line in enumerate(lines, 1):
                y = self.y + at * SMALL * 1.25
                self.pieces.append(Letters(frame.week(n), y, line, SMALL, Colour.QUIET, anchor=Anchor.MIDDLE))
        self.y += max(map(len, under.values())) * SMALL * 1.25


def _is_whole(lines: list[str], text: str) -> bool:
    """Whether there are two lines at most, and each ends where a word does."""
    return len(lines) <= 2 and " ".join(lines) == text

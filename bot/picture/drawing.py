"""Draws the picture, as SVG for a page and as PNG for a chat: the same chart, the same bytes.

The SVG carries its text as text, in the reader's own letters: it can be selected, searched and read aloud. It
holds no style sheet, no script, no address and no date, so it can stand inside a page under any policy.
"""

from __future__ import annotations

import io
import logging
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from bot.picture.layout import Shape, lay_out
from bot.picture.letters import drawable, fonts, lacking, measuring
from bot.picture.palette import Colour, Theme, families, palette
from bot.picture.saying import Says, Texts, alt, in_english, texts, without_letters
from bot.picture.shapes import Area, Form, Letters, Line, Mark, Picture, Piece
from coaching.chart import Chart
from prompts.language import MASTER

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

log = logging.getLogger(__name__)

SVG = "http://www.w3.org/2000/svg"
PLACE = "x"  # where a line of text goes: the library warns, by name, of each letter that its fonts lack
SHARP = 3  # a phone has three of its own pixels to one of a page's
QUICK = {"compress_level": 4}  # a tenth larger than the usual 6, in half the time
_ONE_AT_A_TIME = threading.Lock()  # the library shares its fonts between threads


def svg(chart: Chart, say: Says, theme: Theme, shape: Shape = Shape.PHONE) -> str:
    """The picture as one ``<svg>`` element with its title and, as description, the whole paragraph."""
    language, told = _language(say), texts(chart, say)
    with _ONE_AT_A_TIME:
        # Its letters are the reader's; those of this machine only say about how wide they run.
        picture = lay_out(chart, told, shape, measuring(language))
        figure = _figure(picture, language, theme, written=lambda text: PLACE)
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None}, dpi=72)
    root = _plain(written.getvalue(), families(language))
    lines = (piece.text for piece in picture.pieces if isinstance(piece, Letters))
    for element, line in zip(root.iter(f"{{{SVG}}}text"), lines, strict=True):
        element.text = line
    return _named(root, told.title, alt(chart, say), language)


def png(chart: Chart, say: Says, theme: Theme, shape: Shape = Shape.PHONE) -> bytes:
    """The picture as PNG, three pixels to one of a page; in English where no font here has the letters."""
    language, told = _language(say), texts(chart, say)
    with _ONE_AT_A_TIME:
        language, told = _with_letters(chart, say, language, told)
        picture = lay_out(chart, told, shape, measuring(language))
        figure = _figure(picture, language, theme, written=lambda text: drawable(text, language))
        drawn = io.BytesIO()
        figure.savefig(drawn, format="png", metadata={"Software": None}, dpi=72 * SHARP, pil_kwargs=QUICK)
    return drawn.getvalue()


def _with_letters(chart: Chart, say: Says, language: str, told: Texts) -> tuple[str, Texts]:
    """The language to draw in: the reader's, unless English has letters here that it has not."""
    missing = len(lacking(told.all, language))
    if language == MASTER or not missing:
        return language, told
    english = texts(chart, in_english(say))
    if len(lacking(english.all, MASTER)) >= missing:
        return language, told  # what is missing are single letters in somebody's words
    _warn(language)
    return MASTER, replace(english, notes=(*english.notes, without_letters(say)))


@cache
def _warn(language: str) -> None:
    log.warning(
        "No font for the letters of %r is installed, so its pictures are in English; fonts-noto-cjk has them",
        language,
    )


def _language(say: Says) -> str:
    """The language in which the picture speaks."""
    return say.reader.language if say.words.covered(say.reader.language, "chart_title") else MASTER


@cache
def _library() -> Any:
    """The library, told once how text and ids are written in an SVG: as text, and the same every time."""
    import matplotlib

    matplotlib.rcParams["svg.fonttype"] = "none"
    matplotlib.rcParams["svg.hashsalt"] = "unbadged"
    return matplotlib


def _figure(picture: Picture, language: str, theme: Theme, *, written: Callable[[str], str]) -> Figure:
    """The picture as the library has it, its letters as ``written`` says them."""
    _library()
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.transforms import Affine2D

    colours = palette(theme)
    figure = Figure(
        figsize=(picture.width / 72, picture.height / 72), dpi=72, facecolor=colours[Colour.SURFACE]
    )
    FigureCanvasAgg(figure)
    # From pixels counted from the upper left to the library's inches from the lower left.
    place = Affine2D().scale(1 / 72, -1 / 72).translate(0, picture.height / 72) + figure.dpi_scale_trans
    for order, piece in enumerate(picture.pieces):
        artist = _artist(piece, {each: colours[each] for each in Colour}, language, written)
        artist.set_transform(place)
        artist.set_zorder(order)
        figure.add_artist(artist)
    return figure


def _artist(piece: Piece, colours: dict[Colour, str], language: str, written: Callable[[str], str]) -> Artist:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle
    from matplotlib.text import Text

    colour = colours[piece.colour]
    match piece:
        case Letters(x, y, text, size, _, bold, anchor):
            return Text(
                x, y, written(text),
                fontsize=size, color=colour, fontweight="bold" if bold else "normal",
                fontfamily=list(fonts(language)), ha=anchor.value, va="baseline", parse_math=False,
            )  # fmt: skip
        case Line(x, y, to_x, to_y, _, width, dashes):
            line = Line2D([x, to_x], [y, to_y], color=colour, linewidth=width, solid_capstyle="butt")
            if dashes:
                line.set_linestyle((0, dashes))
            return line
        case Area(x, y, width, height, _):
            return Rectangle((x, y), width, height, facecolor=colour, edgecolor="none", linewidth=0)
        case Mark(x, y, form, size, _):
            inside = colours[Colour.SURFACE] if form is Form.HOLLOW else colour
            edge = size * 0.18 if form is Form.HOLLOW else 0
            marker = "s" if form is Form.SQUARE else "o"
            return Line2D(
                [x], [y], linestyle="none", marker=marker, markersize=size - edge,
                markerfacecolor=inside, markeredgecolor=colour, markeredgewidth=edge,
            )  # fmt: skip


def _plain(written: str, letters: str) -> ElementTree.Element:
    """The library's SVG without what a page may refuse: styles, ids of groups, and where it comes from."""
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ElementTree.fromstring(written)  # noqa: S314 - our own drawing, a line ago
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}style"):
                parent.remove(child)
    for element in root.iter():
        # A style attribute is refused by a strict page; as attributes of their own the same are not.
        for name, value in re.findall(r"([\w-]+): ([^;]+)", element.attrib.pop("style", "")):
            if name != "font-family":  # said once, for all of it
                element.set(name, value)
        if element.tag == f"{{{SVG}}}g":
            element.attrib.pop("id", None)
        if element.get("transform", "").startswith("rotate(-0"):
            del element.attrib["transform"]
    root.attrib.update({"font-family": letters, "stroke-linejoin": "round"})
    return root


def _named(root: ElementTree.Element, title: str, told: str, language: str) -> str:
    """The element with its title and description, which whoever cannot see it is read."""
    key = sha256(ElementTree.tostring(root) + told.encode()).hexdigest()[:12]
    width, height = root.attrib["viewBox"].split()[2:]
    root.attrib.update(
        {"width": width, "height": height, "role": "img", "lang": language}
        | {"aria-labelledby": f"title-{key}", "aria-describedby": f"desc-{key}"}
    )
    for name, text in (("desc", told), ("title", title)):
        element = ElementTree.Element(f"{{{SVG}}}{name}", {"id": f"{name}-{key}"})
        element.text = text
        root.insert(0, element)
    return ElementTree.tostring(root, encoding="unicode")

"""Which fonts of this machine a picture is drawn with, how wide they run, and which letters they lack.

A letter that no font has is never drawn as an empty box: the picture speaks English instead and says so, and
what is still without a font becomes "…". An SVG needs none of this: it carries its text as text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from bot.picture.shapes import Measuring

# In this order; the last comes with the library, so there always is one.
LATIN = ("Noto Sans", "Noto Sans CJK JP", "DejaVu Sans")
EASTERN = {
    "ja": (
        "Noto Sans CJK JP", "Noto Sans JP", "Source Han Sans JP", "Hiragino Sans", "Yu Gothic", "Meiryo",
        "IPAexGothic", "IPAGothic", "TakaoGothic", "VL Gothic",
    ),
}  # fmt: skip
LACKING = "…"


@cache
def fonts(language: str) -> tuple[str, ...]:
    """The families to draw with, of those that are installed."""
    from matplotlib import font_manager

    installed = set(font_manager.fontManager.get_font_names())
    wanted = dict.fromkeys(
        (*EASTERN.get(language, ()), *LATIN, *(each for e in EASTERN.values() for each in e))
    )
    return tuple(each for each in wanted if each in installed)


def lacking(text: str, language: str) -> frozenset[str]:
    """The letters of ``text`` that none of the fonts has."""
    known = _known(language)
    return frozenset(each for each in text if ord(each) not in known and not each.isspace())


def drawable(text: str, language: str) -> str:
    """The text with every run of letters that no font has as "…"."""
    missing = lacking(text, language)
    if not missing:
        return text
    return re.sub(f"(?:{'|'.join(map(re.escape, sorted(missing)))})+", LACKING, text)


def measuring(language: str) -> Measuring:
    """How wide a text runs in these fonts, in pixels: its letters one after the other."""

    def measured(text: str, size: float, bold: bool) -> float:
        return size * sum(_advance(language, letter, bold) for letter in text)

    return measured


@cache
def _advance(language: str, letter: str, bold: bool) -> float:
    """A letter's width at size 1; one that no font has is taken to be as wide as it is high."""
    from matplotlib import font_manager

    for family in fonts(language):
        if ord(letter) in _letters_of(family):
            wanted = font_manager.FontProperties(family=[family], weight="bold" if bold else "normal")
            font = font_manager.get_font(font_manager.findfont(wanted))
            font.set_size(100, 72)
            glyph = font.load_char(ord(letter))
            return float(glyph.linearHoriAdvance) / 65536 / 100
    return 0.0 if unicodedata.category(letter) in ("Mn", "Cf") else 1.0


@cache
def _known(language: str) -> frozenset[int]:
    """Every letter that one of the fonts has."""
    return frozenset(code for family in fonts(language) for code in _letters_of(family))


@cache
def _letters_of(family: str) -> frozenset[int]:
    from matplotlib import font_manager

    found: Iterable[int] = font_manager.get_font(font_manager.findfont(family)).get_charmap()
    return frozenset(found)

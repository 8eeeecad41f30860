"""Which fonts of this machine a picture is drawn with, how wide they run, and which letters they lack.

A letter nobody has a font for is never drawn as an empty box: the caller speaks English instead and says so,
and what is still without a font becomes "…". A drawing in SVG needs none of this: it carries its text as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

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
    wanted = dict.fromkeys((*EASTERN.get(language, ()), *LATIN, *(each for e in EASTERN.values() for each in e)))
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
    """How wide a text runs in these fonts, in pixels."""

    @lru_cache(maxsize=4096)
    def measured(text: str, size: float, bold: bool) -> float:
        missing = lacking(text, language)
        kept = "".join(each for each in text if each not in missing)
        properties = _properties(language, size, bold)
        width, _, _ = _renderer().get_text_width_height_descent(kept, properties, ismath=False)
        return float(width) + size * (sum(each in missing for each in text))  # as wide as it is high

    return measured


@cache
def _properties(language: str, size: float, bold: bool) -> Any:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=list(fonts(language)), size=size, weight="bold" if bold else "normal")


@cache
def _renderer() -> Any:
    from matplotlib.backends.backend_agg import RendererAgg

    return RendererAgg(8, 8, 72)


@cache
def _known(language: str) -> frozenset[int]:
    """Every letter that one of the fonts has."""
    return frozenset(code for family in fonts(language) for code in _letters_of(family))


@cache
def _letters_of(family: str) -> frozenset[int]:
    from matplotlib import font_manager

    found: Iterable[int] = font_manager.get_font(font_manager.findfont(family)).get_charmap()
    return frozenset(found)

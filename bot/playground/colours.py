"""The colours of the pages for whoever draws a picture that stands on them, such as a chart.
They are read from tokens.css, so that a picture and its page cannot come apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).parent / "static" / "tokens.css"
_DARK = "@media (prefers-color-scheme: dark)"


@cache
def colours(dark: bool) -> Mapping[str, str]:
    """Every colour by its name, as ``#rrggbb``: ``ink``, ``quiet``, ``accent``, ``edge``, …"""
    light, _, after = TOKENS.read_text(encoding="utf-8").partition(_DARK)
    return _named(light) | (_named(after) if dark else {})


def _named(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))

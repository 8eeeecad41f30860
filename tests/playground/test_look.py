"""The colours and sizes, computed: every pair of text and ground stays readable, by day and by night.
Colours live in one file, so that this test sees all of them.
"""

from __future__ import annotations

import re

import pytest

from bot.playground.app import HERE

STATIC = HERE / "static"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
TEXT, PART = 4.5, 3.0  # WCAG 2.2 AA: for text, and for edges and marks one must see

PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "quiet") for ground in ("ground", "surface", "raised", "coach")),
    ("ink", "mine", TEXT),
    ("ink", "chosen", TEXT),
    ("quiet", "chosen", TEXT),
    ("accent", "raised", TEXT),
    ("accent-strong", "chosen", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    ("surface", "ink", TEXT),
    ("safety", "safety-ground", TEXT),
    ("safety", "surface", TEXT),
    ("accent", "mine", PART),
    ("edge", "surface", PART),
    ("edge", "ground", PART),
    ("edge", "raised", PART),
    *(("focus", ground, PART) for ground in ("ground", "surface", "raised", "coach")),
]


def colours(scheme: str) -> dict[str, str]:
    """The colour tokens of ``scheme``; the dark ones replace the light ones."""
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark)) if scheme == "dark" else found


def luminance(colour: str) -> float:
    def channel(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (channel(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("front,ground,least", PAIRS)
def test_contrast(scheme: str, front: str, ground: str, least: float) -> None:
    found = colours(scheme)
    assert contrast(found[front], found[ground]) >= least


def test_dark_replaces_every_colour() -> None:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    names = [set(re.findall(r"--([\w-]+): #", part)) for part in (light, dark)]
    assert names[0] == names[1]


@pytest.mark.parametrize("name", ["frame.css", "chat.css"])
def test_colours_come_from_the_tokens(name: str) -> None:
    text = re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(encoding="utf-8"), flags=re.S)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl", text)
    known = set(re.findall(r"--([\w-]+):", TOKENS))
    own = set(re.findall(r"--([\w-]+):", text))
    assert set(re.findall(r"var\(--([\w-]+)\)", text)) <= known | own


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in [*STATIC.iterdir(), *(HERE / "templates").iterdir()]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|//cdn|@import|@font-face", text), path.name

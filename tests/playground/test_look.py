"""The colours and sizes, computed: every pair of text and ground stays readable, by day and by night.
Colours live in one file, so that this test sees all of them.
"""

from __future__ import annotations

import re

import pytest

from bot.picture.palette import Theme, colours
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
    ("ink", "safety-ground", TEXT),
    ("quiet", "safety-ground", TEXT),
    ("accent", "surface", TEXT),
    ("safety", "ground", PART),
    ("accent", "mine", PART),
    ("edge", "surface", PART),
    ("edge", "ground", PART),
    ("edge", "raised", PART),
    *(("focus", ground, PART) for ground in ("ground", "surface", "raised", "coach")),
]


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
    found = colours(Theme(scheme))
    assert contrast(found[front], found[ground]) >= least


def test_dark_replaces_every_colour() -> None:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    names = [set(re.findall(r"--([\w-]+): #", part)) for part in (light, dark)]
    assert names[0] == names[1]


SHEETS = sorted(path.name for path in STATIC.glob("*.css") if path.name != "tokens.css")


def rules(name: str) -> str:
    """A style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("name", SHEETS)
def test_colours_type_and_space_come_from_the_tokens(name: str) -> None:
    text = re.sub(r"@page \{.*?\}", "", rules(name))
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl|oklch", text)
    known = set(re.findall(r"--([\w-]+):", TOKENS))
    own = set(re.findall(r"--([\w-]+):", text))
    assert set(re.findall(r"var\(--([\w-]+)\)", text)) <= known | own
    sized = re.findall(r"[{;]\s*(font|font-size|(?:padding|margin|gap)[\w-]*)\s*:\s*([^;}]+)", text)
    assert len(sized) > 10
    assert not [each for each in sized if re.search(r"\d(px|r?em|pt|mm)\b", each[1].replace("0px", "0"))]


def test_every_token_is_used() -> None:
    used = set(re.findall(r"var\(--([\w-]+)\)", "".join(map(rules, SHEETS))))
    assert set(re.findall(r"--([\w-]+):", TOKENS)) <= used


def test_focus_is_never_hidden() -> None:
    for name in SHEETS:
        assert not re.search(r"outline(-width|-style)?:\s*(none|0)\b", rules(name)), name
    for name in ("frame.css", "paper.css"):
        assert ":focus-visible { outline: 2px solid var(--focus)" in rules(name)


def test_nothing_moves_for_those_who_asked_for_less_motion() -> None:
    moving = re.compile(r"\b(animation|transition)(-\w+)?:|(?<!over)scroll-behavior:")
    welcome = re.compile(r"@media \(prefers-reduced-motion: no-preference\) \{.*?\n\}", re.DOTALL)
    assert any(moving.search(rules(name)) for name in SHEETS)
    assert not [name for name in SHEETS if moving.search(welcome.sub("", rules(name)))]


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in [*STATIC.iterdir(), *(HERE / "templates").iterdir()]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|//cdn|@import|@font-face", text), path.name

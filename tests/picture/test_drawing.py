"""What the picture looks like, seen in its shapes and in the SVG itself, and that nothing makes it fail."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from bot.picture import Aloud, Shape, Theme, alt, drawing, letters, png, svg
from bot.picture.layout import SMALL, lay_out
from bot.picture.letters import measuring
from bot.picture.palette import Colour, colours, palette
from bot.picture.placing import Box
from bot.picture.saying import texts
from bot.picture.shapes import Anchor, Form, Letters, Line, Mark, Picture
from coaching.chart import Chart, chart_of, found_of, theme_of
from coaching.opening import Workflow
from coaching.slots import Slot
from tests.picture.conftest import EIGHT_WEEKS, a_workflow
from tests.playground.test_look import PART, TEXT, contrast

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<script>alert('&')</script> $\\frac{1}{0}$ \x00\u202e\ud800 \"'> and a good deal more than anyone reads"
)
THEMES: dict[int, Slot] = {week: theme_of(week) for week in range(1, 9)}


def whole(workflow: Workflow, weeks: dict[int, Slot] | None = None) -> Chart:
    chart = chart_of(workflow, found_of(workflow), weeks or {})
    assert chart is not None
    return chart


CHARTS = {
    "eight weeks": whole(EIGHT_WEEKS, THEMES),
    "one value": whole(a_workflow([3], [])),
    "one reading": whole(a_workflow([], [(3, 2, True)])),
    "a year": whole(a_workflow([12, 15, 13, 14], [(n, 12 - n % 7, n > 2) for n in range(1, 53)], aim=8)),
    "limits": whole(
        a_workflow(["8", "10.5"] * 6, [(3, (6, 7), True), (5, 6, True)], measure="M01", unit="days")
    ),
    "all the same": whole(a_workflow([0, 0, 0], [(3, 0, True), (4, 0, True)])),
    "negative": whole(
        a_workflow([-20, (-35, -30), 0], [(3, 10, True)], measure="M42", unit="points", aim=20)
    ),
    "money": whole(a_workflow([1234567, 1500000], [(3, 98765432, True)], measure="M32", unit="money")),
    "absurd": whole(a_workflow(["1e400", "-1e400"], [(3, "1e-400", True)], measure="M32", unit="money")),
    "two in a week": whole(a_workflow([3], [(3, 2, True), (3, 1, True)])),
    "hostile": whole(EIGHT_WEEKS, {3: HOSTILE, 4: "จ" * 90, 5: "😀", 6: "x" * 400}),
}  # fmt: skip


def picture(chart: Chart, say: Aloud, shape: Shape = Shape.PHONE) -> Picture:
    return lay_out(chart, texts(chart, say), shape, measuring(say.reader.language))


def written(chart: Chart, say: Aloud, shape: Shape = Shape.PHONE) -> list[str]:
    return [piece.text for piece in picture(chart, say, shape).pieces if isinstance(piece, Letters)]


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("name", CHARTS)
def test_any_numbers_and_any_words_can_be_drawn(name: str, shape: Shape, say: Aloud) -> None:
    drawn = ElementTree.fromstring(svg(CHARTS[name], say, Theme.LIGHT, shape))
    assert drawn.get("width") == {Shape.PHONE: "390", Shape.WIDE: "720"}[shape]
    for each in picture(CHARTS[name], say, shape).pieces:
        if isinstance(each, Letters):
            box = covered(each, say)
            assert box.left >= 0, each
            assert box.right <= float(drawn.get("width", 0)), each


@pytest.mark.parametrize("name", ["a year", "absurd", "hostile"])
def test_so_they_can_for_a_chat(name: str, say: Aloud) -> None:
    with Image.open(io.BytesIO(png(CHARTS[name], say, Theme.DARK))) as drawn:
        assert drawn.width == 390 * 3
        assert not drawn.info.keys() & {"Software", "Creation Time"}


def test_the_drawing_is_named_described_and_made_of_text(say: Aloud) -> None:
    chart = CHARTS["eight weeks"]
    drawn = ElementTree.fromstring(svg(chart, say, Theme.LIGHT))
    title, described = drawn[0], drawn[1]
    assert (drawn.get("role"), drawn.get("lang")) == ("img", say.reader.language)
    assert (title.tag, described.tag) == (f"{SVG}title", f"{SVG}desc")
    assert (drawn.get("aria-labelledby"), drawn.get("aria-describedby")) == (
        title.get("id"),
        described.get("id"),
    )
    assert described.text == alt(chart, say)
    assert [each.text for each in drawn.iter(f"{SVG}text")] == written(chart, say)


def test_it_can_stand_in_any_page(english: Aloud) -> None:
    drawn = svg(CHARTS["hostile"], english, Theme.LIGHT)
    root = ElementTree.fromstring(drawn)
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        "svg", "g", "defs", "path", "use", "text", "title", "desc",
    }  # fmt: skip
    assert not any(name == "style" or name.startswith("on") for each in root.iter() for name in each.attrib)
    assert not re.search(r"https?://(?!www\.w3\.org/)|url\(|<!|<\?", drawn)
    used = {value for each in root.iter() for name, value in each.attrib.items() if name.endswith("href")}
    kept = {f"#{each.get('id')}" for each in root.iter(f"{SVG}path") if each.get("id")}
    assert used == kept


def test_the_same_chart_is_the_same_bytes_also_tomorrow(japanese: Aloud) -> None:
    chart = CHARTS["limits"]
    first = [svg(chart, japanese, Theme.DARK), png(chart, japanese, Theme.DARK)]
    assert first == [svg(chart, japanese, Theme.DARK), png(chart, japanese, Theme.DARK)]
    elsewhere = (
        "import hashlib; from bot.picture import *; from prompts.words import Words;"
        "from tests.picture.test_drawing import CHARTS; from tests.picture.conftest import a_reader;"
        "drawn = svg(CHARTS['limits'], a_reader(Words(), 'ja'), Theme.DARK);"
        "print(hashlib.sha256(drawn.encode()).hexdigest())"
    )
    said = subprocess.run(
        [sys.executable, "-c", elsewhere], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert said.strip() == hashlib.sha256(str(first[0]).encode()).hexdigest()


def test_before_practice_and_counted_differ_in_form(english: Aloud) -> None:
    marks = [each for each in picture(CHARTS["eight weeks"], english).pieces if isinstance(each, Mark)]
    assert [mark.form for mark in marks] == [Form.SQUARE] * 3 + [Form.HOLLOW] * 2 + [Form.CIRCLE] * 5
    divide = next(
        each.x for each in picture(CHARTS["eight weeks"], english).pieces
        if isinstance(each, Line) and each.x == each.to_x and each.colour is Colour.EDGE
    )  # fmt: skip
    assert all((mark.x < divide) == (mark.form is Form.SQUARE) for mark in marks)
    drawn = svg(CHARTS["eight weeks"], english, Theme.LIGHT)
    light = palette(Theme.LIGHT)
    hollow = f'fill="{light[Colour.SURFACE]}" stroke="{light[Colour.ACCENT]}"'
    assert len(re.findall(f"<use [^>]*{hollow}", drawn)) == 2


def test_every_number_of_eight_weeks_stands_beside_its_mark(say: Aloud) -> None:
    pieces = picture(CHARTS["eight weeks"], say).pieces
    marks = [each for each in pieces if isinstance(each, Mark)]
    told = [each for each in pieces if isinstance(each, Letters) and each.anchor is Anchor.MIDDLE]
    for mark, value in zip(marks, "3434321221"[:3] + "4321221", strict=True):
        near = [each.text for each in told if abs(each.x - mark.x) < 4 and abs(each.y - mark.y) < 20]
        assert value in near


@pytest.mark.parametrize("name", ["eight weeks", "limits", "money", "a year"])
def test_no_letters_cover_one_another(name: str, say: Aloud) -> None:
    for shape in Shape:
        pieces = picture(CHARTS[name], say, shape).pieces
        boxes = [covered(each, say) for each in pieces if isinstance(each, Letters)]
        assert not any(one.meets(other) for one, other in combinations(boxes, 2))


def covered(each: Letters, say: Aloud) -> Box:
    wide = measuring(say.reader.language)(each.text, each.size, each.bold)
    left = each.x - {Anchor.LEFT: 0.0, Anchor.MIDDLE: wide / 2, Anchor.RIGHT: wide}[each.anchor]
    return Box(left, each.y - each.size * 0.7, left + wide, each.y)


def test_limits_are_drawn_from_ten_values_on_and_else_a_note_says_why_not(english: Aloud) -> None:
    with_them, without = written(CHARTS["limits"], english), written(CHARTS["eight weeks"], english)
    # 9.25 before on average, steps of 2.5: 9.25 ± 2.66 * 2.5.
    assert {"mean 9.25", "limit 15.9", "limit 2.6"} <= set(with_them)
    assert not any(each.startswith(("limit ", "mean ")) for each in without)
    assert "Limits need ten values from before; there are 3." in without


def test_without_a_label_there_is_none_on_it(english: Aloud) -> None:
    chart = chart_of(EIGHT_WEEKS, None, is_partial=True)
    assert chart is not None
    told = " ".join(written(chart, english))
    assert "better" not in told.replace("lower is better", "")
    assert "bar " not in told
    assert "Only what was shared is shown." in told


@pytest.mark.parametrize("shape", Shape)
def test_no_letters_are_too_small_on_a_phone(shape: Shape, say: Aloud) -> None:
    drawn = ElementTree.fromstring(svg(CHARTS["hostile"], say, Theme.LIGHT, shape))
    sizes = {float(each.get("font-size", "0px").removesuffix("px")) for each in drawn.iter(f"{SVG}text")}
    assert min(sizes) >= SMALL >= 12  # its pixels are the page's: 390 of them on a phone


@pytest.mark.parametrize("theme", Theme)
def test_its_colours_are_the_tokens_and_can_be_told_apart(theme: Theme, english: Aloud) -> None:
    found = palette(theme)
    assert found == {colour: colours(theme)[colour] for colour in Colour}
    used = set(re.findall(r"#[0-9a-f]{6}\b", svg(CHARTS["limits"], english, theme)))
    assert used <= set(found.values())
    grounds = [found[each] for each in (Colour.SURFACE, Colour.BEFORE, Colour.BAND)]
    for ground in grounds:
        assert min(contrast(found[each], ground) for each in (Colour.INK, Colour.QUIET)) >= TEXT
        assert contrast(found[Colour.ACCENT], ground) >= PART
    assert contrast(found[Colour.EDGE], found[Colour.SURFACE]) >= PART


def test_without_japanese_letters_it_speaks_english_and_says_so(
    japanese: Aloud, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(letters, "fonts", lambda language: ("DejaVu Sans",))
    known = letters._letters_of("DejaVu Sans")
    monkeypatch.setattr(letters, "_known", lambda language: known)
    drawing._warn.cache_clear()
    chart, told = CHARTS["eight weeks"], texts(CHARTS["eight weeks"], japanese)
    language, spoken = drawing._with_letters(chart, japanese, "ja", told)
    assert language == "en"
    assert spoken.title == "Review rounds"
    assert spoken.notes[-1] == "There are no letters here for Japanese, so the picture speaks English."
    assert "fonts-noto-cjk" in caplog.text
    assert letters.drawable("Lim 様, 3 個", "ja") == "Lim …, 3 …"


def test_nothing_that_draws_is_loaded_before_something_is_drawn() -> None:
    asked = (
        "import json, sys, bot.picture; print(json.dumps([name.partition('.')[0] for name in sys.modules]))"
    )
    said = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"matplotlib", "numpy", "PIL", "statprocon"} & set(json.loads(said.stdout))

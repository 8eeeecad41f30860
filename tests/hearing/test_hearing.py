"""A manager who tells what happened is not stopped; one who is vague, far too big or in the wrong place is
helped.
"""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from coaching import hearing, phrases
from coaching.hearing import Sign
from tests.hearing.stories import FILE, Story, stories

WRITTEN_WITH = tuple(row for row in stories() if not row.held)
PUT_ASIDE = tuple(row for row in stories() if row.held)
AS_TOLD = tuple(row for row in stories() if not row.sign)


@pytest.mark.parametrize("row", AS_TOLD, ids=lambda row: row.text)
def test_a_real_story_passes_untouched(row: Story) -> None:
    assert row.heard == ""


@pytest.mark.parametrize("row", [row for row in WRITTEN_WITH if row.sign], ids=lambda row: row.text)
def test_a_sign_is_heard(row: Story) -> None:
    assert row.heard == row.sign


@pytest.mark.parametrize("row", WRITTEN_WITH, ids=lambda row: row.text)
def test_the_kind_of_material_and_the_markets_are_heard(row: Story) -> None:
    assert (row.kind_heard, set(row.markets_heard)) == (row.sensitive, set(row.markets))


def test_there_are_enough_stories_and_a_third_was_put_aside() -> None:
    assert len(stories()) >= 80
    assert 0.28 <= len(PUT_ASIDE) / len(stories()) <= 0.36
    assert len(AS_TOLD) >= 60
    assert {row.sign for row in stories()} == {"", *Sign}
    assert len(tomllib.loads(FILE.read_text(encoding="utf-8"))["story"]) == len(
        {row.text for row in stories()}
    )


def test_of_the_third_put_aside_most_are_heard_as_meant() -> None:
    signs = [row for row in PUT_ASIDE if row.sign]
    assert sum(row.heard == row.sign for row in signs) >= len(signs) / 2


def test_a_kind_of_trouble_between_people_goes_before_everything_else() -> None:
    both = "my two leads don't talk to each other and we got Copilot, what can I do"
    assert hearing.hear(both) is Sign.CONFLICT


@pytest.mark.parametrize("text", ["", " ", "🙂", "a" * 40_000, "\ud800", "<!channel>", "{ $x }", "1e309"])
def test_text_of_any_kind_is_heard_out(text: str) -> None:
    assert hearing.hear(text) in (None, Sign.VAGUE)
    assert hearing.sensitive(text) is None
    assert hearing.markets(text) == ()


def test_every_list_says_who_read_it_and_a_sign_has_a_list() -> None:
    lists = [*phrases.load(hearing.LISTS), *phrases.load(hearing.MARKETS)]
    names = {each.name for each in lists}
    assert {sign.value for sign in Sign if sign is not Sign.TOOL} <= names
    assert {f"sensitive_{kind}" for kind in hearing.Kind} <= names
    assert {each.language for each in lists} >= {"en", "ja", "id", "zh"}
    for each in phrases.FOLDER.glob("*/work.toml"):
        review = tomllib.loads(each.read_text(encoding="utf-8"))["review"]
        assert review["by"]
        assert isinstance(review["on"], date)

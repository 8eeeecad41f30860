"""Text there and back: nothing of it lost, nothing of it acting, and what comes in is what was typed."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.slack import text
from tests.slack.limits import size

ANYTHING = st.text(max_size=400) | st.text(alphabet="ab &<>\n\té漢字👩🏽‍❤️‍💋‍👨🏾\x00\u2028", max_size=600)


def visible(said: str) -> str:
    """The letters of a text: no spaces, no controls."""
    return "".join(c for c in said if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cs"))


@given(ANYTHING, st.integers(30, 200))
@example("e" + "\u0301" * 500, 30)
@example("&" * 300, 30)
def test_pieces_are_short_enough_and_together_the_whole(said: str, most: int) -> None:
    cut = text.pieces(text.seen(said), most)
    assert all(size(each) <= most for each in cut)
    assert visible("".join(cut)) == visible(said)
    assert all(each.strip() for each in cut)


@given(st.lists(st.text(alphabet="abcdef", min_size=1, max_size=39), min_size=1, max_size=40))
@example(["ab", "x" * 39])
def test_no_word_is_cut_where_it_fits(words: list[str]) -> None:
    cut = text.pieces(" ".join(words), 40)
    assert [word for each in cut for word in each.split()] == words


def test_a_piece_ends_with_a_line_where_one_ends_nearby() -> None:
    lines = "\n".join(["one line of a card, as they are"] * 10)
    assert all(each.endswith("they are\n") for each in text.pieces(lines, 150)[:-1])


def test_a_language_without_spaces_is_not_cut_far_from_the_end() -> None:
    assert [len(each) for each in text.pieces("来週の会議の資料" * 100, 300)] == [299, 299, 202]


@given(ANYTHING, st.integers(8, 80))
def test_a_label_fits_and_is_never_empty(said: str, most: int) -> None:
    label = text.short(said, most)
    assert 0 < size(label) <= most
    assert "\n" not in label


def test_a_label_is_cut_at_a_words_end() -> None:
    assert text.short("the quarterly report", 15) == "the quarterly…"
    assert text.short("the quarterly report", 14) == "the quarterly…"
    assert text.short("the report", 10) == "the report"


@given(ANYTHING)
def test_values_come_back_whether_or_not_slack_escapes_them(value: str) -> None:
    there = text.sealed(value)
    assert text.opened(there) == text.opened(text.escape(there)) == value
    assert not re.search("[&<>]", there)


@given(ANYTHING)
def test_what_a_person_types_is_what_is_read(said: str) -> None:
    assert text.typed(text.escape(said)) == said.strip()


@pytest.mark.parametrize(
    "arrives,means",
    [
        ("3 &lt; 4 &amp; 5 &gt; 2", "3 < 4 & 5 > 2"),
        ("&amp;lt;", "&lt;"),
        ("see <http://example.com/a?b=1&amp;c=2>", "see http://example.com/a?b=1&c=2"),
        ("see <http://example.com|example.com>", "see example.com"),
        ("<mailto:tan@example.com|tan@example.com> knows", "tan@example.com knows"),
        ("<mailto:tan@example.com>", "tan@example.com"),
        ("<@U0TAN> and <@U0TAN|tan> were late", "@someone and @someone were late"),
        ("<@U0BOT> help", "help"),
        ("in <#C012|sales> and <#C013>", "in #sales and #channel"),
        ("<!channel> <!here> <!subteam^S1|@ops> <!subteam^S2>", "@channel @here @ops @group"),
        ("<!date^1700000000^{date}|14 Nov>", "14 Nov"),
        ("a < b", "a < b"),
    ],
)
def test_slacks_own_marks_become_what_was_written(arrives: str, means: str) -> None:
    assert text.typed(arrives, "U0BOT") == means

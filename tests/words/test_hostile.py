"""Whatever people write, a line comes out: within its limit, with every word of the coach's in it.
The pieces here are the unkind ones; most people never write them, and somebody always does."""

import pytest
import regex  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from coaching.needs import Kind, Line, Option, Question
from coaching.slots import Phrase, Slot
from prompts.shortening import CODE_POINTS, LONGEST_WORD, PER_CLUSTER, Limit, clean, head, shorten
from prompts.words import Reader, Words
from tests.words.lines import Part, parts

HOSTILE = {
    "a novel": "the report about the renewal of the contract " * 900,
    "one endless word": "a" * 40_000,
    "a Japanese novel": "来週の会議の資料がまだ届いていません。" * 2_200,
    "a Thai novel": "รายงานประจำสัปดาห์ยังไม่เสร็จ" * 1_400,
    "nothing to see": "\u200b\u2060\ufeff" * 13_000,
    "backwards": "\u202eevil\u202c\u2066 \u2069\u200f" * 4_000,
    "a tower": "e" + "\u0301" * 40_000,
    "a family": "👩🏽‍❤️‍💋‍👨🏾" * 4_000,
    "Fluent": '{ $x } { -brand } {"{"} { NUMBER($x) } [one] *[other] .yes = No' * 600,
    "HTML": "<script>alert(1)</script>&amp;<!channel>" * 900,
    "half characters": "\ud800\udfff\udc00abc " * 6_000,
    "lines": "one\r\ntwo\u2028three\x0b\x00\x07\x1b[31m" * 2_000,
    "nothing": "",
}
SPOKEN = [part for part in parts() if not part.is_heard and not part.is_family and not part.part]


def a_reader(words: Words, part: Part) -> Reader:
    return words.reader(part.code, "", "Asia/Tokyo")


def hostile_slots(part: Part, text: str) -> dict[str, Slot]:
    return {slot: 3 if slot in part.numbers else text for slot in part.slots}


def assert_whole(part: Part, text: str, limit: Limit) -> None:
    assert limit.holds(text), f"{part}: {text}"
    text.encode()  # no half characters
    assert not regex.search(r"[\p{Cc}--\n\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]", text, regex.V1)
    at = 0
    for piece in part.fixed:
        at = text.find(piece, at)
        assert at >= 0, f"{part}: lost {piece!r}"
        at += len(piece)


@pytest.mark.parametrize("part", [part for part in SPOKEN if part.slots], ids=str)
def test_a_line_holds_whatever_is_in_it(words: Words, part: Part) -> None:
    language = words.languages[part.code]
    limit = language.limits.card if part.name in words._cards else language.limits.line
    for text in HOSTILE.values():
        said = words.line(a_reader(words, part), part.name, hostile_slots(part, text))
        assert_whole(part, said, limit)


PIECES = st.sampled_from(
    ["a", "b ", "\u200b", "\u0301", "\n", "\r\n", "  ", "👩🏽‍❤️‍💋‍👨🏾", "क्षि", "日本", "\ud800", "."]
)


@given(st.lists(PIECES, max_size=120), st.integers(1, 40), st.integers(1, 60))
def test_what_a_text_begins_with_is_found_without_reading_it_all(
    pieces: list[str], times: int, most: int
) -> None:
    text = "".join(pieces) * times
    whole = [cluster[:PER_CLUSTER] for cluster in regex.findall(r"\X", clean(text))]
    assert head(text, most) == "".join(whole[: most + LONGEST_WORD])


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_button_made_from_data_holds_whatever_is_in_it(words: Words, english: Reader, kind: str) -> None:
    options = (Option("a", HOSTILE[kind]), Option("b", HOSTILE[kind] + " b"), Option("no"))
    for reader in (english, words.reader("ja", "JP", "Asia/Tokyo")):
        limit = words.languages[reader.language].limits.button
        buttons = words.message(reader, Question("help", 1, Kind.CHOOSE, {}, options)).buttons
        assert all(limit.holds(button.label) for button in buttons), buttons
        assert len({button.label for button in buttons}) == len(buttons), "two buttons that look the same"


def test_what_a_manager_wrote_is_never_read_as_ours(words: Words, english: Reader) -> None:
    at = {"at": 3}
    assert words.line(english, "next_thing", {"what": "{ $at } {-x}", **at}) == "Next: { $at } {-x}, 3."
    assert words.line(english, "next_thing", {"what": "<b>5 > 3</b>", **at}) == "Next: <b>5 > 3</b>, 3."


def test_what_a_manager_wrote_stays_on_one_line_without_hidden_marks(words: Words, english: Reader) -> None:
    said = words.line(english, "next_thing", {"what": "the \u202ereport\u202c\r\nfor\u200b Tan\x00", "at": 3})
    assert said == "Next: the report for Tan, 3."


def test_joined_characters_stay_joined(words: Words, english: Reader) -> None:
    for name in ("👩🏽‍❤️‍💋‍👨🏾", "क्षितिज", "葛󠄀城", "🇸🇬"):
        assert words.line(english, "next_thing", {"what": name, "at": 3}) == f"Next: {name}, 3."


def test_the_longest_words_are_shortened_and_the_short_ones_stay(words: Words, english: Reader) -> None:
    long = "we waited for the numbers from the plant again " * 20
    said = words.line(english, "next_thing", {"what": long, "at": "Tuesday after the call"})
    assert said.startswith("Next: we waited for the numbers")
    assert said.endswith("…, Tuesday after the call.")
    assert 35 <= len(said.split()) <= 45, "shortened no further than needed"


def test_words_end_at_their_end() -> None:
    assert shorten("the quarterly report", 15) == "the quarterly…"
    assert shorten("the quarterly report", 12) == "the…"
    assert shorten("the report, late", 12) == "the report…"
    assert shorten("quarterly report", 5) == "…", "no part of a word"
    assert shorten("quarterly report", 5, anywhere=True) == "quar…", "but a button needs a name"
    assert shorten("https://example.com/a/very/long/address", 10) == "https://e…"
    assert shorten("会議の資料がまだ届かない", 6) == "会議の資料…"
    assert shorten("short", 5) == "short"


def test_a_list_gives_up_items_before_it_gives_up_sense(words: Words, english: Reader) -> None:
    tools = tuple(f"the approved assistant for team {n}" for n in range(40))
    said = words.line(english, "next_thing", {"what": tools, "at": 3})
    assert said.startswith("Next: the approved assistant")
    assert said.endswith(" and …, 3.")
    assert len(said) <= 300


def test_no_line_of_a_card_is_lost(words: Words, english: Reader) -> None:
    lines = tuple(Phrase("next_thing", (("at", n), ("what", HOSTILE["a novel"]))) for n in range(4))
    said = words.line(english, "languages_offered", {"languages": lines})
    assert [f", {n}." in said for n in range(4)] == [True] * 4
    assert said.count("\n") == 3


def test_a_message_is_small_enough_for_any_channel(words: Words, english: Reader) -> None:
    said = words.message(english, Line("next_thing", {"what": HOSTILE["a tower"], "at": 3})).text
    assert len(said) < CODE_POINTS

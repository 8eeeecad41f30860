"""From a name to words: buttons, boxes, cards, what is missing in a language, what is missing altogether.
Mistakes in the files are found at the start and say which file to mend."""

from pathlib import Path

import pytest

from coaching.needs import Kind, Line, Option, Question
from prompts.words import Button, Field, Message, Reader, Words

WEEK = """
hours_spent = { $work }: how many hours?
    .look_up = I'll look it up
    .of_tool = Switch to { $tool }
    .field-feeding = Feeding it
    .field-checking = Checking
a_card = First
    second
"""


@pytest.fixture
def with_a_week(folder: Path) -> Path:
    (folder / "en" / "week.ftl").write_text(WEEK, encoding="utf-8")
    return folder


def japanese(words: Words) -> Reader:
    return words.reader("ja", "JP", "Asia/Tokyo")


def test_a_question_comes_with_its_buttons_and_boxes(with_a_week: Path) -> None:
    words = Words(with_a_week)
    options = (Option("look_up"), Option("of_tool"), Option("M01", "Cycle time"), Option("person"))
    slots = {"work": "Quotes", "tool": "the assistant of the whole group"}
    asked = Question("hours_spent", 1, Kind.FILL, slots, options, ("feeding", "checking"))
    assert words.message(words.reader("en", "SG", "Asia/Singapore"), asked) == Message(
        "Quotes: how many hours?",
        (
            Button("look_up", "I'll look it up"),
            Button("of_tool", "Switch to the…"),
            Button("M01", "Cycle time"),
            Button("person", "Person"),
        ),
        (Field("feeding", "Feeding it"), Field("checking", "Checking")),
    )


def test_a_card_keeps_its_lines(with_a_week: Path) -> None:
    words = Words(with_a_week)
    card = words.message(words.reader("en", "SG", "Asia/Singapore"), Line("a_card", {}))
    assert card == Message("First\nsecond", card=True)


def test_slots_may_have_any_name(with_a_week: Path) -> None:
    text = "odd = { $name } { $part } { $self } { $given }\n"
    (with_a_week / "en" / "odd.ftl").write_text(text, encoding="utf-8")
    words = Words(with_a_week)
    slots = {"name": "a", "part": "b", "self": "c", "given": "d"}
    assert words.line(words.reader("en", "SG", "UTC"), "odd", slots) == "a b c d"


def test_what_a_language_lacks_is_said_in_english(with_a_week: Path) -> None:
    words = Words(with_a_week)
    said = words.message(
        japanese(words), Question("hours_spent", 1, Kind.ASK, {"work": "Quotes", "tool": ""})
    )
    assert said.text == "Quotes: how many hours?"
    assert not words.covered("ja", "hours_spent")
    assert words.covered("ja", "help")
    assert words.covered("en", "hours_spent")
    assert not words.covered("th", "help"), "a language that is not there covers nothing"
    assert words.line(Reader("th", "th-TH", "Asia/Bangkok"), "skipped", {}) == "Skipped."


def test_a_script_half_translated_stays_in_english_until_it_is_covered(with_a_week: Path) -> None:
    half = "hours_spent = { $work }は何時間かかりましたか。\n"
    (with_a_week / "ja" / "week.ftl").write_text(half, encoding="utf-8")
    words = Words(with_a_week)
    assert words.line(japanese(words), "hours_spent", {"work": "見積もり"}) == "見積もり: how many hours?"
    settings = with_a_week / "ja" / "language.toml"
    text = settings.read_text(encoding="utf-8").replace("covers = []", 'covers = ["week"]')
    settings.write_text(text, encoding="utf-8")
    words = Words(with_a_week.rename(with_a_week.with_name("covered")))  # a folder is read once in a process
    assert words.line(japanese(words), "hours_spent", {"work": "見積もり"}).startswith("見積もりは")
    assert words.line(japanese(words), "a_card", {}) == "First\nsecond", "a line is never lost"


def test_what_nobody_wrote_names_the_file_to_edit(words: Words, english: Reader) -> None:
    with pytest.raises(KeyError, match=r"prompts/en/.* has no not_there"):
        words.line(english, "not_there", {})
    with pytest.raises(KeyError, match=r"prompts/en/service\.ftl has no help\.left"):
        words.message(english, Question("help", 1, Kind.CHOOSE, {}, (Option("left"),)))
    with pytest.raises(KeyError, match=r"prompts/en/service\.ftl: next_thing.*what"):
        words.line(english, "next_thing", {"at": 3})


@pytest.mark.parametrize(
    "text,fault",
    [
        ("broken = { $x\n", r"bad\.ftl: .*broken"),
        ("help = Again\n", r"help is already in bad\.ftl"),
        ("twice = T\n    .yes = Y\n    .yes = N\n", "twice names a button twice"),
    ],
)
def test_a_fault_in_a_file_is_found_at_the_start(folder: Path, text: str, fault: str) -> None:
    (folder / "en" / "bad.ftl").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=fault):
        Words(folder)


def test_english_is_always_there(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="English"):
        Words(tmp_path)

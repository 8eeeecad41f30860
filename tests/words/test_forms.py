"""Numbers, dates, amounts and choices, in the form each reader writes them.
The expected texts are what people see; a change here is a change they see."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from coaching.catalogue import Unit
from coaching.slots import Amount, Slot, Term
from prompts.words import Reader, Words

FRIDAY = date(2026, 11, 27)
FRIDAY_NOON = datetime(2026, 11, 27, 4, 5, tzinfo=UTC)


def say(words: Words, reader: Reader, slot: Slot) -> str:
    """The slot as it stands in a line."""
    said = words.line(reader, "next_thing", {"what": slot, "at": 0})
    return said.removeprefix("Next: ").removesuffix(", 0.").removeprefix("次は").removesuffix("、0です。")


def amount(value: str, unit: str, high: str | None = None) -> Amount:
    return Amount(Decimal(value), unit, None if high is None else Decimal(high))


@pytest.mark.parametrize(
    "slot,english,japanese",
    [
        (FRIDAY, "Fri 27 November", "11月27日(金)"),
        (FRIDAY_NOON, "Fri 27 November, 12:05", "11月27日(金) 13:05"),
        (1234567, "1,234,567", "1,234,567"),
        (Decimal("4.50"), "4.5", "4.5"),
        (Decimal("4.0"), "4", "4"),
        (Decimal("-3"), "-3", "-3"),
        (amount("1", "hours"), "1 hour", "1時間"),
        (amount("4", "hours"), "4 hours", "4時間"),
        (amount("1.5", "hours"), "1.5 hours", "1.5時間"),
        (amount("2", "days", "3"), "2–3 days", "2〜3日"),
        (amount("0", "working_days", "1"), "0–1 working day", "0〜1営業日"),
        (amount("3", "rounds", "3"), "3 rounds", "3回"),
        (amount("90", "percent"), "90%", "90%"),
        (amount("12500", "money"), "12,500", "12,500"),
        (amount("4", "per_hundred"), "4 per hundred", "100件中4件"),
        (
            (amount("3", "rounds"), amount("4", "rounds"), amount("3", "rounds")),
            "3, 4, 3 rounds",
            "3、4、3回",
        ),
        ((amount("1", "days", "2"), amount("4", "days")), "1–2, 4 days", "1〜2、4日"),
        ((amount("1", "hours"), amount("2", "days")), "1 hour and 2 days", "1時間、2日"),
        (("Copilot", "Gemini", "the internal tool"), "Copilot, Gemini and the internal tool", None),
        (("見積書", "稟議書"), None, "見積書、稟議書"),
        ((3, 4, 1200), "3, 4 and 1,200", "3、4、1,200"),
        ((), "", ""),
        (Term("Shape", "time"), "Time leaks away", "時間が取られる"),
        (Term("WorkingDays", "01234"), "Mon–Fri", "月〜金"),
    ],
)
def test_a_slot_is_written_as_its_reader_writes(
    words: Words, slot: Slot, english: str | None, japanese: str | None
) -> None:
    if english is not None:
        assert say(words, words.reader("en", "SG", "Asia/Singapore"), slot) == english
    if japanese is not None:
        assert say(words, words.reader("ja", "JP", "Asia/Tokyo"), slot) == japanese


def test_india_groups_its_numbers_its_own_way(words: Words) -> None:
    assert say(words, words.reader("en", "IN", "Asia/Kolkata"), 1234567) == "12,34,567"
    assert say(words, words.reader("en", "AU", "Australia/Perth"), 1234567) == "1,234,567"


@pytest.mark.parametrize("unit", sorted({*Unit, "errors"}))
def test_every_unit_takes_one_number_a_range_and_a_series(words: Words, unit: str) -> None:
    for reader in (words.reader("en", "SG", "UTC"), words.reader("ja", "JP", "UTC")):
        dash = "–" if reader.language == "en" else "〜"
        assert say(words, reader, amount("10", unit, "1000")).count(f"10{dash}1,000") == 1
        comma = ", " if reader.language == "en" else "、"
        assert f"1{comma}10" in say(words, reader, (amount("1", unit), amount("10", unit)))


@pytest.mark.parametrize(
    "digits,english,japanese",
    [
        ("01234", "Mon–Fri", "月〜金"),
        ("60123", "Sun–Thu", "日〜木"),
        ("024", "Mon, Wed and Fri", "月、水、金"),
        ("012346", "Mon–Fri and Sun", "月〜金、日"),
        ("01", "Mon and Tue", "月、火"),
    ],
)
def test_working_days_are_said_in_runs(words: Words, digits: str, english: str, japanese: str) -> None:
    assert words.days(words.reader("en", "SG", "Asia/Singapore"), digits) == english
    assert words.days(words.reader("ja", "JP", "Asia/Tokyo"), digits) == japanese


def test_a_moment_is_told_in_the_readers_zone(words: Words) -> None:
    late = datetime(2026, 11, 27, 18, 0, tzinfo=UTC)
    assert say(words, Reader("en", "en-SG", "Asia/Kolkata"), late) == "Fri 27 November, 23:30"
    assert say(words, Reader("en", "en-SG", "Pacific/Auckland"), late) == "Sat 28 November, 07:00"


def test_a_moment_without_a_zone_is_refused(words: Words, english: Reader) -> None:
    with pytest.raises(ValueError, match="aware"):
        say(words, english, datetime(2026, 11, 27))  # noqa: DTZ001


def test_an_absurd_number_is_short_rather_than_exact(words: Words, english: Reader) -> None:
    assert say(words, english, Decimal("1e999999")) == "1e+999999"
    assert say(words, english, Decimal("NaN")) == "NaN"


def test_a_locale_nobody_listed_becomes_the_usual_one(words: Words) -> None:
    assert say(words, Reader("en", "en-US", "Asia/Singapore"), FRIDAY) == "Fri 27 November"
    assert words.reader("en", "JP", "Asia/Tokyo").locale == "en-SG"

"""The published rule, case by case: what each label takes, and where exactly each condition begins to hold.

A line of readings is written as a coach would note it: "5 6 2..3m" is five, six, two to three from memory.
Each has a week of its own from week 3 on, unless "@4" says which. Letters: u unusual, p practice, s of 99
cases only, n of nobody knows how many, w the balancing measure was worse, ? can't say, _ not answered,
c something else changed, o that not answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product
from math import comb
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.catalogue import Better, Gain, measure
from coaching.verdict import After, Before, Grade, Label, Method, Reason, Series, Side, Value, verdict

NOTE = re.compile(r"(-?\d+(?:\.\d+)?)(?:\.\.(-?\d+(?:\.\d+)?))?([a-z?_]*)(?:@(\d+))?$")
BALANCING = {"w": Side.WORSE, "?": Side.CANT_SAY, "_": None}


def noted(text: str) -> Iterator[After]:
    """The readings in one line of notes."""
    for place, note in enumerate(text.split(), start=3):
        found = NOTE.match(note)
        assert found, note
        low, high, letters, week = found.groups()
        yield After(
            Value(Decimal(low), Decimal(high or low)),
            Grade.MEMORY if "m" in letters else Grade.COUNTED,
            week=int(week or place),
            counted="p" not in letters,
            balancing=next((side for letter, side in BALANCING.items() if letter in letters), Side.SAME),
            other_change=None if "o" in letters else "c" in letters,
            out_of=None if "n" in letters else 99 if "s" in letters else 100,
        )


def series(before: str, after: str, of: str = "M01", **rest: Any) -> Series:
    """A series from two lines of notes."""
    notes = zip(noted(before), before.split(), strict=True)
    first = tuple(Before(each.value, each.grade, "u" in note, each.out_of) for each, note in notes)
    for name in {"target", "trusted_figure"} & set(rest):
        rest[name] = Decimal(rest[name])
    return Series(measure(of), first, tuple(noted(after)), **rest)


SILENT, SOON, NO_CHANGE, EARLY = Label.CANNOT_SAY, Label.TOO_SOON, Label.NO_CLEAR_CHANGE, Label.EARLY_SIGN
ASKS, WORSE, NOT_HELD, PROVEN = Label.LOOKS_WORSE, Label.WORSE, Label.NOT_HELD, Label.DEMONSTRABLY_BETTER
SIDE_EFFECT, OTHER_CHANGE = Label.BETTER_BUT_SIDE_EFFECT, Label.BETTER_BUT_OTHER_CHANGE
SMALL, OVERLAP, FEW_AFTER = Reason.EFFECT_TOO_SMALL, Reason.OVERLAP, Reason.TOO_FEW_AFTER
MEMORY, CORRECTED, SAMPLE = Reason.MEMORY_ONLY, Reason.CORRECTED, Reason.SAMPLE_TOO_SMALL
HELD: dict[str, Any] = {"trusted_figure": 10}
OTHER, AGAIN = {"same_thing_measured": False}, {"restarted_at_week": 6, "corrected_after": 3}

VECTORS: list[tuple[str, str, str, dict[str, Any], Label, Reason | None]] = [
    # (1) to (4): too little to go by, and bad news first
    ("nothing from before says nothing", "", "2 2 2", {}, SILENT, Reason.NO_BEFORE),
    ("nothing since says nothing", "5 6 5", "", {}, SILENT, Reason.NO_AFTER),
    ("practice is not counted", "5 6 5", "2p 2p 2p 2p", {}, SILENT, Reason.NO_AFTER),
    ("another thing says nothing", "5 6 5", "2 2 2", OTHER, SILENT, Reason.NOT_THE_SAME_THING),
    ("two readings are too soon", "5 6 5", "2 2", {}, SOON, FEW_AFTER),
    ("two readings worse than the worst before ask a question", "5 6 5", "7 7", {}, ASKS, None),
    ("one bad reading asks nothing", "5 6 5", "7", {}, SOON, FEW_AFTER),
    ("as slow as the slowest before is not worse", "5 6 5", "6 6", {}, SOON, FEW_AFTER),
    ("two bad ones at the end outweigh a good start", "5 6 5", "2 2 2 2 2 2 7 7", {}, ASKS, None),
    ("worse takes the same proof mirrored", "5 6 5", "7 7 8", {}, WORSE, None),
    ("worse waits for no second week and no look-up", "5m 6 5", "7m@3 7m@3 8m@3", {}, WORSE, None),
    ("worse by less than 15 % is a question only", "100 100 101", "102 103 102", {}, ASKS, None),
    ("worse by exactly 15 % is worse", "100 100 101", "115 115 115", {}, WORSE, None),
    ("a tie with the worst before proves nothing", "5 6 5", "6 8 8", {}, ASKS, None),
    ("worse that went away again is not worse", "5 6 5", "7 7 8 5 5", {}, NO_CHANGE, SMALL),
    ("with six before one bad one is spared", "5 5 5 5 5 9", "6 6 6", {}, WORSE, None),
    ("from a perfect zero any proven step down is worse", "0 0 0", "2 1 3", {}, WORSE, None),
    # (5) fewer than three before
    ("two before are an early sign", "5 6", "2 2 2", {}, EARLY, Reason.TOO_FEW_BEFORE),
    ("two before with little effect", "5 6", "5 5 5", {}, NO_CHANGE, SMALL),
    # (6) did it hold
    ("three in four hold", "5 6 5", "2 2 2 5", {}, PROVEN, None),
    ("three in five do not hold", "5 6 5", "2 2 2 5 5", {}, NOT_HELD, None),
    ("six in eight hold", "5 6 5", "2 2 2 5 2 5 2 2", {}, PROVEN, None),
    ("five in seven do not hold", "5 6 5", "2 2 2 5 2 5 2", {}, NOT_HELD, None),
    ("slipping all the way back is told as such", "5 6 5", "2 2 2 5 5 5 5", {}, NOT_HELD, None),
    ("slipping back is told before memory or one week", "5m 6 5", "2@3 2@3 2@3 5@4 5@5", {}, NOT_HELD, None),
    # (7) worth having
    ("exactly 15 % is enough", "100 100 101", "85 85 85", {}, PROVEN, None),
    ("just under 15 % is not", "100 100 101", "85.01 85.01 85.01", {}, NO_CHANGE, SMALL),
    ("the smallest change is enough", "3 3 3", "2 2 2", {"of": "M07"}, PROVEN, None),
    ("too small a change is not, at any per cent", "2 2 2", "1.1 1.1 1.1", {"of": "M07"}, NO_CHANGE, SMALL),
    ("the smallest change alone is not enough", "80 80 80", "85 85 85", {"of": "M10"}, NO_CHANGE, SMALL),
    ("a target reached stands for both", "100 100 101", "95 95 96", {"target": "95"}, PROVEN, None),
    ("a target just missed does not", "100 100 101", "95 96 96", {"target": "95"}, NO_CHANGE, SMALL),
    ("a target at the start is no target", "100 100 101", "99 99 99", {"target": "100"}, NO_CHANGE, SMALL),
    ("from zero the smallest change decides", "0 0 1", "2 2 2", {"of": "M24"}, PROVEN, None),
    ("from zero too little is too little", "0 0 0", "0.9 0.9 0.9", {"of": "M24"}, NO_CHANGE, SMALL),
    ("below zero the smallest change decides", "-20 -22 -21", "-16 -15 -16", {"of": "M42"}, PROVEN, None),
    ("below zero four points are too few", "-20 -22 -21", "-17 -17 -17", {"of": "M42"}, NO_CHANGE, SMALL),
    ("above zero a score needs 15 % too", "50 49 50", "56 56 56", {"of": "M42"}, NO_CHANGE, SMALL),
    ("from zero with no smallest change nothing shows", "0 0 0", "9 9 9", {"of": "M32"}, NO_CHANGE, SMALL),
    ("from zero a target can be reached", "0 0 0", "9 9 9", {"of": "M32", "target": 5}, PROVEN, None),
    ("a response rate needs 100 sends", "1.8 2.1 1.6", "3 3 3", {"of": "M31"}, PROVEN, None),
    ("of nobody knows how many nothing is said", "1.8 2.1 1.6", "3 3n 3", {"of": "M31"}, NO_CHANGE, SAMPLE),
    ("nor of 99 before", "1.8s 2.1 1.6", "3 3 3", {"of": "M31"}, NO_CHANGE, SAMPLE),
    # (8) the bar
    ("three before, three after, no overlap", "5 6 5", "2 3 2", {}, PROVEN, None),
    ("a tie with the best before is not an improvement", "5 6 6", "2 5 2", {}, EARLY, OVERLAP),
    ("higher is better where it is", "50 60 40", "80 70 90", {"of": "M28"}, PROVEN, None),
    ("a tie counts as little where higher is better", "50 60 40", "80 60 90", {"of": "M28"}, EARLY, OVERLAP),
    ("lower is worse where higher is better", "50 60 40", "20 10 15", {"of": "M28"}, WORSE, None),
    ("of five before the best is the bar", "2 5 6 5 5", "3 3 3", {}, EARLY, OVERLAP),
    ("of six before the second best is", "2 5 6 5 5 6", "3 3 3", {}, PROVEN, None),
    ("of eight before still the second best", "2 2 6 5 5 6 5 5", "3 3 3", {}, EARLY, OVERLAP),
    ("of nine before the third best", "2 2 6 5 5 6 5 5 5", "3 3 3", {}, PROVEN, None),
    ("of eleven before still the third best", "2 2 2 6 5 5 6 5 5 5 5", "3 3 3", {}, EARLY, OVERLAP),
    ("of twelve before the fourth best", "2 2 2 6 5 5 6 5 5 5 5 5", "3 3 3", {}, PROVEN, None),
    ("of fifteen before still the fourth best", "2 2 2 2 6 5 5 6 5 5 5 5 5 5 5", "3 3 3", {}, EARLY, OVERLAP),
    ("a range before counts as its better end", "2..9 6 5", "3 3 3", {}, EARLY, OVERLAP),
    ("a range since counts as its worse end", "5 6 5", "2..5 2 2", {}, EARLY, OVERLAP),
    ("ranges that do not touch are no overlap", "5..9 6 5", "2..4 2 2", {}, PROVEN, None),
    ("ranges turn round with the direction", "40..60 50 50", "60..90 80 80", {"of": "M28"}, EARLY, OVERLAP),
    ("an unusual value counts like any other", "2u 6 5", "3 3 3", {}, EARLY, OVERLAP),
    ("a first practice run does no harm", "5 6 5", "9p 2 3 2", {}, PROVEN, None),
    ("six in a row beat a trusted figure", "", "7 7 7 7 7 7", HELD, PROVEN, None),
    ("five in a row do not yet", "", "7 7 7 7 7", HELD, EARLY, FEW_AFTER),
    ("a tie breaks the row", "", "7 7 7 7 10 7", HELD, EARLY, OVERLAP),
    ("the row is the first six", "", "10 7 7 7 7 7 7", HELD, EARLY, OVERLAP),
    ("six in a row beyond a trusted figure are worse", "", "12 12 12 12 12 12", HELD, WORSE, None),
    ("with three before no figure stands in", "5 6 5", "7 7 3 3 3 3", HELD, EARLY, OVERLAP),
    ("beside a figure bad news is told at the sooner of both", "3 4", "5 5", HELD, ASKS, None),
    # (8) grades, weeks, corrections
    ("one of three from memory is borne", "5 6 5", "2 3m 2", {}, PROVEN, None),
    ("two of three from memory are not", "5 6 5", "2m 3m 2", {}, EARLY, MEMORY),
    ("later looked-up readings do not mend it", "5 6 5", "2m 3m 2 2 2", {}, EARLY, MEMORY),
    ("one before from memory is too many", "5m 6 5", "2 3 2", {}, EARLY, MEMORY),
    ("under a figure two of six from memory are borne", "", "7m 7m 7 7 7 7", HELD, PROVEN, None),
    ("under a figure three of six are not", "", "7m 7m 7m 7 7 7", HELD, EARLY, MEMORY),
    ("beside a figure memory from before still weighs", "9m", "7 7 7 7 7 7", HELD, EARLY, MEMORY),
    ("three in one week are not enough", "5 6 5", "2@3 3@3 2@3", {}, EARLY, Reason.ONE_WEEK),
    ("a fourth in another week does not decide", "5 6 5", "2@3 3@3 2@3 2@4", {}, EARLY, Reason.ONE_WEEK),
    ("two weeks are enough", "5 6 5", "2@3 3@3 2@4", {}, PROVEN, None),
    ("a correction waits for three more", "5 6 5", "2 3 2 2 2", {"corrected_after": 3}, EARLY, CORRECTED),
    ("after three more it counts", "5 6 5", "2 3 2 2 2 2", {"corrected_after": 3}, PROVEN, None),
    ("practice is none of the three", "5 6 5", "2 3 2 2 2p 2", {"corrected_after": 3}, EARLY, CORRECTED),
    ("a correction before the first reading is free", "5 6 5", "2 3 2", {"corrected_after": 0}, PROVEN, None),
    # (9) and (10): what else happened
    ("worse beside it is no better overall", "5 6 5", "2 3w 2", {}, SIDE_EFFECT, None),
    ("worse after the deciding weeks is not in the label", "5 6 5", "2 3 2 2w", {}, PROVEN, None),
    ("worse told later in a deciding week counts", "5 6 5", "2@3 3@4 2@5 2w@5", {}, SIDE_EFFECT, None),
    ("worse told with practice counts", "5 6 5", "6pw@3 2@3 3@4 2@5", {}, SIDE_EFFECT, None),
    ("one can't say is borne", "5 6 5", "2 3? 2", {}, PROVEN, None),
    ("practice owes no answers", "5 6 5", "6p_o@3 2@3 3?@4 2@5", {}, PROVEN, None),
    ("can't say twice is not known", "5 6 5", "2? 3? 2", {}, EARLY, Reason.SIDE_EFFECTS_UNKNOWN),
    ("a skipped answer is like can't say", "5 6 5", "2_ 3? 2", {}, EARLY, Reason.SIDE_EFFECTS_UNKNOWN),
    ("something else changed", "5 6 5", "2 3c 2", {}, OTHER_CHANGE, None),
    ("a side effect is told before another change", "5 6 5", "2c 3w 2", {}, SIDE_EFFECT, None),
    ("no answer on changes is not a no", "5 6 5", "2 3o 2", {}, EARLY, Reason.OTHER_CHANGES_UNKNOWN),
    ("a later change does not matter", "5 6 5", "2 3 2 2c", {}, PROVEN, None),
    # One restart after a redesign
    ("a restart forgets what came before it", "5 6 5", "6 6 5 2 3 2", {"restarted_at_week": 6}, PROVEN, None),
    ("a restart does not make a correction younger", "5 6 5", "6 6 5 2 3 2", AGAIN, PROVEN, None),
    ("without it the first three decide", "5 6 5", "6 6 5 2 3 2", {}, EARLY, OVERLAP),
    ("a restart needs three of its own", "5 6 5", "2 2 2 2 2", {"restarted_at_week": 6}, SOON, FEW_AFTER),
]  # fmt: skip


@pytest.mark.parametrize("case", VECTORS, ids=[case[0] for case in VECTORS])
def test_the_published_rule(case: tuple[str, str, str, dict[str, Any], Label, Reason | None]) -> None:
    found = verdict(series(case[1], case[2], **case[3]))
    assert (found.label, found.reason) == case[4:]


def test_every_label_and_every_reason_has_a_case() -> None:
    assert {case[4] for case in VECTORS} == set(Label)
    assert {case[5] for case in VECTORS} - {None} == set(Reason)


def test_a_verdict_shows_what_it_rests_on() -> None:
    found = verdict(series("5 6 5 7 6 4", "9p 2 3..4 2 5", of="M28"))
    assert (found.n_before, found.n_after, found.deciding) == (6, 4, (1, 2, 3))
    assert (found.method, found.bar) == (Method.SECOND_BEST_BEFORE, Decimal(6))
    assert (found.median_before, found.median_after) == (Decimal("5.5"), Decimal("2.5"))
    assert found.gain is Gain.SHARPER


def test_where_no_bar_can_be_drawn_none_is_shown() -> None:
    found = verdict(series("5 6", "2 2 2"))
    assert (found.method, found.bar, found.median_before) == (Method.NO_BAR, None, Decimal("5.5"))
    found = verdict(series("5 6", "2 2 2", **HELD))
    assert (found.method, found.bar, found.median_before) == (Method.TRUSTED_FIGURE, Decimal(10), Decimal(10))


def test_fifteen_per_cent_is_exact_where_binary_fractions_would_miss_it() -> None:
    assert not (0.3 - 0.255) / 0.3 >= 0.15
    assert verdict(series("0.3 0.3 0.3", "0.255 0.255 0.255")).label is PROVEN
    assert verdict(series("0.3 0.3 0.3", "0.2550000000000001 0.255 0.2550000000000001")).label is NO_CHANGE


def test_a_range_has_its_lower_end_first_and_real_numbers() -> None:
    for low, high in (("3", "2"), ("nan", "2"), ("2", "inf")):
        with pytest.raises(ValueError, match="lower one first"):
            Value(Decimal(low), Decimal(high))


def test_weeks_that_run_backwards_are_refused() -> None:
    with pytest.raises(ValueError, match="in the order they were made"):
        series("5 6 5", "2@4 2@3")


@pytest.mark.parametrize("of", ["M01", "M28"])
@pytest.mark.parametrize("before,passing", [(3, 1), (5, 1), (6, 4), (8, 4), (9, 10), (11, 10), (12, 20)])
def test_luck_passes_the_bar_in_at_most_one_order_of_twenty(before: int, passing: int, of: str) -> None:
    """All orders, equally likely if nothing changed; in steps so wide that the order alone decides."""
    size = before + 3
    labels = []
    for since in combinations(range(size), 3):
        rows = (sorted(set(range(size)) - set(since)), since)
        notes = [" ".join(str(2**step) for step in row) for row in rows]
        labels.append(verdict(series(notes[0], notes[1], of)).label)
    assert len(labels) == comb(size, 3)
    assert labels.count(PROVEN) == labels.count(WORSE) == passing
    assert passing * 20 <= len(labels)


def test_luck_passes_a_trusted_figure_once_in_sixty_four() -> None:
    labels = [verdict(series("", " ".join(row), **HELD)).label for row in product(("5", "20"), repeat=6)]
    assert (len(labels), labels.count(PROVEN), labels.count(WORSE)) == (64, 1, 1)


# How good the news is. Having slipped back is neither better nor worse news than an early sign or no change.
NEWS = (WORSE, ASKS, SILENT, SOON, NO_CHANGE, NOT_HELD, EARLY, SIDE_EFFECT, OTHER_CHANGE, PROVEN)


def is_rosier(one: Label, other: Label) -> bool:
    if NOT_HELD in (one, other) and {one, other} & {NO_CHANGE, EARLY}:
        return False
    return NEWS.index(one) > NEWS.index(other)


numbers = st.integers(-4, 12).map(Decimal)
values = st.tuples(numbers, numbers).map(sorted).map(lambda ends: Value(*ends))
befores = st.builds(Before, values, st.sampled_from(Grade), st.booleans(), st.just(200))
afters = st.builds(
    After,
    values,
    st.sampled_from((Grade.COUNTED, Grade.COUNTED, Grade.MEMORY)),
    week=st.integers(3, 8),
    counted=st.sampled_from((True, True, True, False)),
    balancing=st.sampled_from((Side.SAME, Side.SAME, Side.SAME, Side.WORSE, Side.CANT_SAY, None)),
    other_change=st.sampled_from((False, False, False, True, None)),
    out_of=st.just(200),
)
all_series = st.builds(
    Series,
    st.sampled_from(("M01", "M07", "M11", "M24", "M31", "M42")).map(measure),
    st.lists(befores, max_size=13).map(tuple),
    st.lists(afters, max_size=9).map(lambda readings: tuple(sorted(readings, key=lambda each: each.week))),
    target=st.none() | numbers,
    trusted_figure=st.none() | numbers,
    corrected_after=st.none() | st.integers(0, 4),
    restarted_at_week=st.none() | st.integers(4, 6),
)


@given(all_series, st.data())
def test_the_order_of_the_values_from_before_does_not_matter(case: Series, data: st.DataObject) -> None:
    shuffled = replace(case, before=tuple(data.draw(st.permutations(case.before))))
    assert verdict(shuffled) == verdict(case)


@given(all_series.filter(lambda case: case.after), st.data())
def test_a_worse_reading_never_makes_the_label_rosier(case: Series, data: st.DataObject) -> None:
    place, step = data.draw(st.integers(0, len(case.after) - 1)), data.draw(st.integers(1, 12))
    reading, down = case.after[place], case.measure.better is Better.LOWER
    worse = step if down else -step
    moved = replace(reading, value=Value(reading.value.low + worse, reading.value.high + worse))
    after = (*case.after[:place], moved, *case.after[place + 1 :])
    assert not is_rosier(verdict(replace(case, after=after)).label, verdict(case).label)


@given(all_series.filter(lambda case: case.before and case.after), st.data())
def test_a_vaguer_answer_never_makes_the_label_rosier(case: Series, data: st.DataObject) -> None:
    # Throughput has no smallest change: from nothing at all no gain can be shown, from a little one can.
    case = replace(case, measure=measure("M42")) if case.measure.id == "M11" else case
    less, more = data.draw(st.integers(0, 5)), data.draw(st.integers(0, 5))

    def vaguer(value: Value) -> Value:
        return Value(value.low - less, value.high + more)

    before = tuple(replace(each, value=vaguer(each.value)) for each in case.before)
    after = tuple(replace(each, value=vaguer(each.value)) for each in case.after)
    assert not is_rosier(verdict(replace(case, before=before, after=after)).label, verdict(case).label)

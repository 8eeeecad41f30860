"""What the weeks add up to for the manager alone: minutes and their worth, forecasts and outcomes."""

from __future__ import annotations

from coaching import facts
from coaching.checkin import Worth
from coaching.judgment import Judged
from coaching.ledger import (
    UNSAID,
    WORTHS,
    Calibration,
    Clue,
    Counted,
    Ledger,
    Was,
    Worthwhile,
    calibration,
    ledger,
    spoken,
)
from tests.conversation import WORDS

READERS = [WORDS.reader(code, market, "UTC") for code, market in (("en", "SG"), ("ja", "JP"))]


def kept(*weeks: tuple[int, tuple[int, int, int, int], str]) -> Ledger:
    return ledger([facts.Minding(week, *minutes, worth) for week, minutes, worth in weeks])


def met(*weeks: tuple[int, str]) -> Calibration:
    """A forecast and its outcome for each week from one on; "" where the outcome was not told."""
    known: list[facts.Fact] = [facts.Forecast(n, likely, "") for n, (likely, _) in enumerate(weeks, 1)]
    known += [facts.Output(n, judged) for n, (_, judged) in enumerate(weeks, 1) if judged]
    return calibration(known, 1, range(1, len(weeks) + 1))


def test_the_four_kinds_stand_by_week_and_in_all() -> None:
    found = kept((2, (15, 10, 5, 0), "worth_it"), (1, (20, 10, 0, 5), ""), (3, (0, 0, 0, 0), ""))
    assert [(each.week, each.total, each.worth) for each in found.weeks] == [
        (1, 35, UNSAID), (2, 30, "worth_it"), (3, 0, UNSAID),
    ]  # fmt: skip
    assert (found.sums, found.total) == ((35, 20, 5, 5), 65)
    # A week without minutes is told and adds nothing to what was said of them.
    assert found.by_worth == (Worthwhile("worth_it", 30, 1), Worthwhile(UNSAID, 35, 1))


def test_waste_in_one_kind_twice_running_is_a_clue() -> None:
    waste = Worth.WASTE
    found = kept(
        (1, (30, 5, 0, 0), waste),
        (3, (20, 19, 0, 0), waste),  # nothing was told of week two, so this follows week one
        (4, (0, 30, 0, 0), waste),
        (5, (0, 9, 9, 0), waste),
        (6, (30, 0, 0, 0), waste),
    )
    assert found.clues == (Clue("feeding", (1, 3)), Clue("checking", (4, 5)))


def test_one_week_of_waste_or_one_that_was_worth_it_between_is_none() -> None:
    feeding = (30, 0, 0, 0)
    assert kept((1, feeding, "waste")).clues == ()
    assert kept((1, feeding, "waste"), (2, feeding, "mixed"), (3, feeding, "waste")).clues == ()
    assert kept((1, feeding, "worth_it"), (2, feeding, "worth_it")).clues == ()
    assert kept((1, (0, 0, 0, 0), "waste"), (2, (0, 0, 0, 0), "waste")).clues == ()


def test_a_forecast_stands_beside_the_outcome_of_its_own_week() -> None:
    known = [
        facts.Forecast(2, 90, "a wrong date"),
        facts.Forecast(1, 50, ""),
        facts.Forecast(3, 70, ""),
        facts.Forecast(4, 70, ""),
        facts.Output(1, "not_usable"),
        facts.Output(2, "good_enough"),
        facts.Output(7, "good_enough"),  # nothing was expected of it
    ]
    found = calibration(known, 1, {1, 2, 3})
    assert [(each.week, each.expected, each.against, each.outcome) for each in found.pairs] == [
        (1, 50, "", Was.NOT_USABLE),
        (2, 90, "a wrong date", Was.GOOD_ENOUGH),
        (3, 70, "", Was.NOT_TOLD),
        (4, 70, "", Was.NOT_YET),
    ]
    assert [each.week for each in found.told] == [1, 2]


def test_the_first_forecast_of_a_later_piece_of_work_belongs_to_its_first_week() -> None:
    known = [facts.Forecast(1, 70, ""), facts.Output(9, "good_enough"), facts.Forecast(10, 90, "")]
    found = calibration(known, 9, {9})
    assert [(each.week, each.expected, each.outcome) for each in found.pairs] == [
        (9, 70, Was.GOOD_ENOUGH), (10, 90, Was.NOT_YET),
    ]  # fmt: skip


def test_nothing_is_counted_of_fewer_than_five() -> None:
    four = [(70, "good_enough"), (70, "another_pass"), (90, "good_enough"), (50, "not_usable")]
    assert met(*four, (70, "")).counts == ()
    assert met(*four, (70, "good_enough")).counts == (
        Counted(90, 1, 1), Counted(70, 3, 2), Counted(50, 1, 0),
    )  # fmt: skip


def test_of_fewer_than_three_nothing_is_said() -> None:
    assert spoken([(70, "good_enough")] * 2) is None
    assert spoken([(70, "good_enough")] * 3) is not None


def test_whatever_was_expected_it_is_said_in_one_breath() -> None:
    every = [(likely, judged) for likely in (10, 30, 50, 70, 90) for judged in Judged]
    told = spoken(every)
    assert told is not None
    for reader, last in zip(READERS, ("at 10%, 1 of 3.", "見込み10%で3回中1回。"), strict=True):
        line = WORDS.line(reader, "expected_and_was", {"told": told})
        assert line.endswith(last)
        assert "…" not in line
        assert len(line.split()) <= 45


def test_the_choices_of_the_check_in_are_the_ledgers() -> None:
    assert {*Worth, UNSAID} == set(WORTHS)
    untold = {Was.NOT_TOLD, Was.NOT_YET}
    assert [each.value for each in Was if each not in untold] == [each.value for each in Judged]

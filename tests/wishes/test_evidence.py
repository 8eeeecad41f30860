"""What an evidence note says, and what it never says, from the facts of one piece of work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from coaching import facts
from coaching.evidence import MOST_SINCE, Dated, Evidence, evidence
from coaching.facts import Fact
from coaching.guardrails import STAYS
from coaching.slots import Amount, Phrase, Term
from coaching.verdict import Label

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FRICTION = facts.Friction("quality", "Proposals", "three rounds each", True)
MEASURED = facts.Measured("M07", "rounds", "draft to sent", "errors")


def before(position: int, value: int) -> facts.Before:
    return facts.Before(position, Decimal(value), Decimal(value), "rounds", "looked_up", False)


def reading(week: int, value: int, *, counted: bool = True, grade: str = "counted") -> facts.Reading:
    return facts.Reading(week, Decimal(value), Decimal(value), "rounds", grade, counted, str(value))


def note(*known: Fact) -> Evidence | None:
    return evidence(1, [Dated(fact, NOW + timedelta(days=n)) for n, fact in enumerate(known)])


def whole(*more: Fact) -> Evidence:
    befores = (before(1, 3), before(2, 4), before(3, 3))
    found = note(FRICTION, facts.Stake("customer", "two renewals", "the leads"), MEASURED, *befores, *more)
    assert found is not None
    return found


def told(found: Evidence) -> list[Phrase]:
    return [each.what for each in found.decisions]


def test_there_is_none_before_the_work_has_a_name() -> None:
    assert note() is None
    assert note(facts.Consent("1", NOW)) is None


def test_with_a_name_only_it_claims_no_label() -> None:
    found = note(FRICTION)
    assert found is not None
    assert (found.verdict, found.before, found.since, found.method) == (None, (), (), ())
    assert found.sentence.name == "evidence_sentence_bare"


def test_each_number_says_how_it_is_known_and_when() -> None:
    found = whole(reading(2, 3, counted=False), reading(3, 2), reading(4, 1, grade="memory"))
    assert [(each.value, each.grade, each.week) for each in found.before] == [
        (Amount(Decimal(value), "rounds"), "looked_up", None) for value in (3, 4, 3)
    ]
    assert [(each.week, each.grade, each.counted) for each in found.since] == [
        (2, "counted", False), (3, "counted", True), (4, "memory", True),
    ]  # fmt: skip
    assert (found.began, found.until) == (NOW, NOW + timedelta(days=8))


def test_the_label_is_the_published_rules_and_shows_what_it_rests_on() -> None:
    assert whole().verdict.label is Label.CANNOT_SAY  # type: ignore[union-attr]
    weeks = (3, 4, 5)
    beside = (facts.Beside(week, "same", "no") for week in weeks)
    found = whole(*(reading(week, 1) for week in weeks), *beside)
    assert found.verdict is not None
    assert found.verdict.label is Label.DEMONSTRABLY_BETTER
    rests, bar = found.method
    assert dict(rests.slots) == {"n_before": 3, "n_after": 3}
    assert dict(bar.slots) == {
        "method": Term("EvidenceMethod", "best_before"), "bar": Amount(Decimal(3), "rounds"),
    }  # fmt: skip
    assert dict(found.sentence.slots)["label"] == Term("Label", "demonstrably_better")


def test_practice_is_shown_as_practice_and_is_not_in_the_sentence() -> None:
    found = whole(reading(2, 9, counted=False), reading(3, 2))
    assert dict(found.sentence.slots)["since"] == (Amount(Decimal(2), "rounds"),)


def test_decisions_stand_with_their_dates_in_order() -> None:
    confirmed = facts.Confirmation(1, "SG", 1, "Assistant", "client", STAYS, NOW, NOW)
    found = whole(
        facts.Aim(Decimal(2), "rounds"),
        confirmed,
        facts.Practice(3, True),
        facts.Decision(4, "go_on", "differently", "", ""),
        confirmed,
        facts.Decision(8, "keep", "", "Farah", "the engineer"),
    )
    assert [each.name for each in told(found)] == [
        "evidence_chose", "evidence_measured", "evidence_aim", "evidence_rails", "evidence_counts",
        "evidence_decided_runs", "evidence_decided", "evidence_owner_now", "evidence_checkpoint_stays",
    ]  # fmt: skip
    assert [each.at for each in found.decisions] == sorted(each.at for each in found.decisions)
    assert dict(told(found)[3].slots)["checkpoint"] == Term("EvidencePart", "me")
    assert found.decided == "keep"


def test_a_stop_is_a_decision_like_any_other() -> None:
    found = whole(facts.Decision(4, "stop_here", "", "", ""))
    assert found.decided == "stop_here"


def test_quotes_are_the_managers_own_and_the_last_few() -> None:
    changes = (facts.Change(week, f"week {week}") for week in range(1, 7))
    found = whole(*changes, facts.Note(8, "word_to_next", "start small"), facts.Note(5, "drill", "not shown"))
    assert [(each.week, each.told) for each in found.words] == [
        (4, "week 4"), (5, "week 5"), (6, "week 6"), (None, "start small"),
    ]  # fmt: skip


def test_more_readings_than_a_page_holds_keep_those_that_decide() -> None:
    found = whole(*(reading(week, 2) for week in range(3, 23)))
    weeks = [each.week for each in found.since]
    assert len(weeks) == MOST_SINCE
    assert weeks[:3] == [3, 4, 5]
    assert weeks[-1] == 22
    assert found.left_off == 20 - MOST_SINCE


def test_nothing_about_minding_forecasts_or_judgment_is_on_it() -> None:
    """How much time went in, and how well somebody guessed, is nobody's business on such a page."""
    plain = whole(reading(3, 2))
    more = whole(
        reading(3, 2),
        facts.Minding(3, 20, 10, 0, 5, "worth_it"),
        facts.Forecast(3, 90, ""),
        facts.Reflection(3, "j1", "j1_1", "told"),
        facts.Output(3, "good_enough"),
        facts.Clarity(2, "clearer"),
    )
    assert (plain.decisions, plain.words, plain.since) == (more.decisions, more.words, more.since)

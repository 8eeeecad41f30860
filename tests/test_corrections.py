"""Numbers of closed weeks put right through the real service and its database.

The old row stays, the closed conversation is never played again, and what rests on the number is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from bot import openings
from bot.incoming import Token
from bot.record.note import evidence_of
from coaching import facts, series
from coaching.facts import Fact
from coaching.journey import Kind
from coaching.needs import Option
from coaching.slots import Amount, Phrase, phrase
from coaching.summary import Part, Told, sent, sent_lines
from coaching.verdict import Label, Reason, Verdict
from storage import values
from storage.fact_tables import TABLES
from tests.properties.service import ORGANISATION, PLACES, Service, service

ONE = Decimal(1)
WITH_NUMBERS = (Told(Part.NUMBER, phrase("summary_number")),)


@pytest.fixture
def at_work() -> Iterator[Service]:
    """Week one is open; the values from before are 6, 8 and 5 per cent, and lower is better."""
    with service(Random(1), in_week_one=True, place=PLACES[0]) as found:
        yield found


def live(at_work: Service, *weeks: int, counted: bool = True, told: bool = False) -> None:
    """Let these weeks have been lived and closed, with a number of 1 per cent each."""
    for week in weeks:
        at_work.clock.moment += timedelta(minutes=1)
        now = at_work.clock.now()
        person = at_work.person
        with at_work.store.transaction(ORGANISATION) as repo:
            manager = openings.manager_of(repo, person)
            talk = repo.open_conversation(at_work.id, Kind.WEEK, week, now, "null", week)
            known: dict[str, Fact] = {
                "reading": facts.Reading(week, ONE, ONE, "percent", "looked_up", counted, "1"),
                "beside": facts.Beside(week, "same", "no"),
            }
            if told:
                known["sent_summary"] = sent(manager, week, WITH_NUMBERS, {}, now)
            repo.project(talk.id, known, now)
            repo.close(talk.id, openings.USED_UP, now)


def press(at_work: Service, label: str) -> None:
    """Press a button of the open question by its value, or by what data calls it."""
    found = at_work.open_question()
    assert found is not None
    talk, question = found
    value = next(each.value for each in question.options if label in (each.value, _named(each)))
    at_work.receive(token=str(Token(talk.id, question.name, question.asking, value)))


def _named(option: Option) -> str:
    """ "before 2" or "week 4"."""
    if not isinstance(option.label, Phrase):
        return ""
    return f"{option.label.name.split('_')[-1]} {dict(option.label.slots)['n']}"


def put_right(at_work: Service, label: str, said: str, *, agrees: bool = True) -> list[str]:
    """Say that a number was another; what was answered to the yes or no."""
    at_work.receive(words="fix")
    if asked(at_work) == "which_answer":
        press(at_work, "earlier_number")
    while all(label != _named(each) for each in options(at_work)):
        press(at_work, "earlier")
    press(at_work, label)
    at_work.receive(words=said)
    assert asked(at_work) == "number_changed"
    heard = len(at_work.arrived_here)
    press(at_work, "yes" if agrees else "no")
    return [each.job.name for each in at_work.arrived_here[heard:]]


def asked(at_work: Service) -> str:
    found = at_work.open_question()
    return found[1].name if found else ""


def options(at_work: Service) -> tuple[Option, ...]:
    found = at_work.open_question()
    assert found is not None
    return found[1].options


def rows(at_work: Service, kind: type[Fact], name: str) -> list[tuple[Any, ...]]:
    """Every row of a fact, the oldest first: its number, whether it stands, whether it was replaced."""
    table = TABLES[kind]
    with at_work.store.reading(ORGANISATION) as repo:
        chosen = select(table).where(table.c.name == name).order_by(table.c.said_at)
        found = repo.scope.connection.execute(chosen).mappings().all()
    return [(int(row["low"]), row["standing"], row["replaced_at"] is not None) for row in found]


def label(at_work: Service) -> Verdict:
    """What the rule says now, from what is stored."""
    person = at_work.person
    with at_work.store.reading(ORGANISATION) as repo:
        workflow = openings.workflow_now(repo, person)
        note = evidence_of(repo, person)
    assert workflow is not None
    assert note is not None
    found = series.judge(workflow)
    assert note.verdict == found, "the page says what the coach says"
    return found


def test_the_old_number_stays_as_a_row_that_was_replaced(at_work: Service) -> None:
    put_right(at_work, "before 2", "7")
    assert rows(at_work, facts.Before, "before_2") == [(8, False, True), (7, True, False)]
    assert [row[:2] for row in rows(at_work, facts.Before, "before_1")] == [(6, True)]


def test_without_a_yes_nothing_is_another(at_work: Service) -> None:
    live(at_work, 3, 4, 5)
    said = put_right(at_work, "before 2", "7", agrees=False)
    assert said[0] == "left_as_it_is"
    assert rows(at_work, facts.Before, "before_2") == [(8, True, False)]
    assert label(at_work).label is Label.DEMONSTRABLY_BETTER


def test_the_closed_conversation_is_not_played_again_and_nothing_else_of_it_changes(at_work: Service) -> None:
    live(at_work, 3, 4, 5)
    with at_work.store.reading(ORGANISATION) as repo:
        before = [(talk, repo.journal(talk.id).entries) for talk in repo.conversations(at_work.id)]
        aim = repo.facts(at_work.id, facts.Aim)
    put_right(at_work, "week 4", "2")
    with at_work.store.reading(ORGANISATION) as repo:
        for talk, entries in before:
            if not talk.is_open:
                assert repo.conversation(talk.id) == talk
                assert repo.journal(talk.id).entries == entries
        assert repo.facts(at_work.id, facts.Aim) == aim
        (fourth,) = (each for each in repo.facts(at_work.id, facts.Reading) if each.fact.week == 4)
    assert (fourth.fact.low, fourth.fact.grade, fourth.fact.counted) == (Decimal(2), "looked_up", True)
    assert (fourth.fact.said, fourth.revision, fourth.is_corrected) == ("2", 2, True)


def test_what_was_proven_waits_for_three_further_counted_readings(at_work: Service) -> None:
    live(at_work, 3, 4, 5)
    assert label(at_work).label is Label.DEMONSTRABLY_BETTER
    put_right(at_work, "week 4", "0")
    assert (label(at_work).label, label(at_work).reason) == (Label.EARLY_SIGN, Reason.CORRECTED)
    live(at_work, 6, 7)
    assert label(at_work).reason is Reason.CORRECTED
    live(at_work, 8)
    assert label(at_work).label is Label.DEMONSTRABLY_BETTER
    put_right(at_work, "before 1", "7")
    assert (label(at_work).label, label(at_work).reason) == (Label.EARLY_SIGN, Reason.CORRECTED)


def test_a_correction_that_would_prove_it_does_not(at_work: Service) -> None:
    put_right(at_work, "before 3", "1")
    live(at_work, 3, 4, 5)
    assert label(at_work).label is not Label.DEMONSTRABLY_BETTER
    put_right(at_work, "before 3", "5")
    assert (label(at_work).label, label(at_work).reason) == (Label.EARLY_SIGN, Reason.CORRECTED)


def test_before_the_first_counted_reading_a_correction_costs_nothing(at_work: Service) -> None:
    put_right(at_work, "before 1", "7")
    live(at_work, 3, 4, 5)
    assert label(at_work).label is Label.DEMONSTRABLY_BETTER


def test_a_practice_number_put_right_leaves_the_label_and_is_shown(at_work: Service) -> None:
    live(at_work, 3, counted=False)
    live(at_work, 4, 5, 6)
    put_right(at_work, "week 3", "3")
    assert label(at_work).label is Label.DEMONSTRABLY_BETTER
    person = at_work.person
    with at_work.store.reading(ORGANISATION) as repo:
        note = evidence_of(repo, person)
    assert note is not None
    assert note.corrected == 1
    assert note.method[-1] == phrase("evidence_corrected", n=1)


def test_whoever_has_seen_the_old_number_is_named(at_work: Service) -> None:
    live(at_work, 3)
    assert "old_number_seen" not in put_right(at_work, "week 3", "2")
    live(at_work, 4, told=True)
    assert "old_number_seen" in put_right(at_work, "week 3", "3")
    assert "old_number_seen" not in put_right(at_work, "week 3", "4"), "nobody was sent the 3"
    assert "old_number_seen" in put_right(at_work, "before 2", "7")


def test_the_corrected_summary_goes_out_only_by_a_new_send(at_work: Service) -> None:
    live(at_work, 3, 4, told=True)
    coach_id = at_work.person.coach_id or ""
    said = put_right(at_work, "week 3", "2")
    assert said[-1] == "summary_again"
    with at_work.store.reading(ORGANISATION) as repo:
        eyes = repo.as_coach(coach_id)
        assert [each.corrected_at for each in eyes.summaries(at_work.id)] == [None, None]
        assert {each.fact.low for each in eyes.shown(at_work.id, facts.Reading)} == {ONE}
    press(at_work, "send")
    with at_work.store.reading(ORGANISATION) as repo:
        eyes = repo.as_coach(coach_id)
        newest, before = eyes.summaries(at_work.id)
        assert newest.corrected_at is not None
        assert before.corrected_at is None
        (numbers,) = sent_lines(newest.sent.fact)
        assert dict(numbers.slots)["since"] == (Amount(Decimal(2), "percent"), Amount(ONE, "percent"))
        assert {each.fact.low for each in eyes.shown(at_work.id, facts.Reading)} == {ONE, Decimal(2)}


def test_practice_was_in_no_summary(at_work: Service) -> None:
    live(at_work, 3, counted=False, told=True)
    assert "old_number_seen" not in put_right(at_work, "week 3", "2")


def test_the_week_that_is_open_goes_on_with_the_right_number(at_work: Service) -> None:
    live(at_work, 3, 4)
    said = put_right(at_work, "before 2", "7")
    assert said[:2] == ["number_put_right", "where_it_stands"]
    with at_work.store.reading(ORGANISATION) as repo:
        (week,) = (each for each in repo.conversations(at_work.id, open_only=True) if each.kind == Kind.WEEK)
    opening = values.load(week.opening or "")
    assert [each.low for each in opening.workflow.before] == [6, 7, 5]
    assert (opening.workflow.corrected_after, len(opening.workflow.readings)) == (2, 2)
    assert said[-1] == week.shown_name, "the question that was open is asked again"


def test_a_clock_set_back_hides_no_correction(at_work: Service) -> None:
    live(at_work, 3, 4, 5)
    at_work.clock.moment -= timedelta(hours=1)
    put_right(at_work, "week 5", "0")
    assert label(at_work).reason is Reason.CORRECTED


def test_what_stands_in_an_open_conversation_is_not_among_them(at_work: Service) -> None:
    with at_work.store.transaction(ORGANISATION) as repo:
        (week,) = repo.conversations(at_work.id, open_only=True)
        reading = facts.Reading(1, ONE, ONE, "percent", "looked_up", True, "1")
        repo.project(week.id, {"reading": reading}, at_work.clock.now())
    at_work.receive(words="fix")
    assert {_named(each) for each in options(at_work)} == {"before 1", "before 2", "before 3", ""}


def test_the_label_of_a_button_is_the_week_and_its_number(at_work: Service) -> None:
    live(at_work, 3)
    at_work.receive(words="fix")
    first = options(at_work)[0]
    assert first.label == phrase("number_of_week", n=3, value=Amount(ONE, "percent"))

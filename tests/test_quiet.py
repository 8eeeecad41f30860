"""Silence, through the real service: one line a week, three times, and a real way back behind every button.
After the third nothing comes until the manager writes; the coach is given one sign, without words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.upkeep import RETENTION
from coaching import attention, facts
from coaching.journey import Kind
from storage.jobs import job_table
from storage.people import Status
from tests.properties.service import ORGANISATION, PLACES, Service, service
from tests.test_weeks import at, press, unasked, weeks

NAMES = {1: "quiet_week", 2: "two_quiet_weeks", 3: "three_quiet_weeks"}
MONDAYS = {1: "09-21", 2: "09-28", 3: "10-05"}


@pytest.fixture
def here() -> Iterator[Service]:
    """Somebody in Singapore whose first week has just opened, and who says nothing from then on."""
    with service(Random(1), in_week_one=True, place=PLACES[0]) as found:
        yield found


def silent_until(here: Service, line: int) -> None:
    """Until a quiet line has just come."""
    here.walk(at(f"{MONDAYS[line]} 09:30"))
    assert here.arrived_here[-1].job.name == NAMES[line]
    assert here.arrived_here[-1].job.nudge == attention.Kind.QUIET


def asked_last(here: Service) -> str:
    return here.arrived_here[-1].job.name


def status(here: Service) -> Status:
    return here.person.status


def obstacles(here: Service) -> list[tuple[str, str]]:
    with here.store.reading(ORGANISATION) as repo:
        return [(each.fact.kind, each.fact.which) for each in repo.facts(here.id, facts.Obstacle)]


def signs(here: Service) -> list[str]:
    with here.store.reading(ORGANISATION) as repo:
        return [each.fact.sign for each in repo.facts(here.id, facts.Concern)]


def test_silence_brings_three_lines_in_three_weeks_and_then_nothing(here: Service) -> None:
    here.walk(at("12-20 12:00"))
    assert unasked(here) == [
        "check_in Fri 18 14:00",
        "quiet Mon 21 09:00",
        "quiet Mon 28 09:00",
        "quiet Mon 05 09:00",
    ]
    assert here.person.status is Status.DORMANT
    assert [talk.theme for talk in weeks(here)] == [1], "a quiet week uses up no theme"


def test_the_coach_is_given_the_sign_with_the_third_line_and_not_before(here: Service) -> None:
    silent_until(here, 2)
    assert signs(here) == []
    silent_until(here, 3)
    assert signs(here) == ["quiet"]


@pytest.mark.parametrize(
    "line, presses, leads_to",
    [
        (1, ["still_on_it"], "slice_offer"),
        (1, ["too_busy", "smaller"], "item"),
        (1, ["too_busy", "not_this_week"], "not_this_week_kept"),
        (1, ["stuck", "access", "go_on"], "slice_offer"),
        (1, ["stuck", "data", "smaller"], "item"),
        (1, ["stuck", "else", "not_this_week"], "not_this_week_kept"),
        (1, ["change_it"], "item"),
        (2, ["not_clear"], "item"),
        (2, ["not_allowed", "good"], "slice_offer"),
        (2, ["not_allowed", "doubt", "ask_for_me"], "slice_offer"),
        (2, ["other_problem", "other_step"], "item"),
        (2, ["other_problem", "other_work"], "where_it_hurts"),
        (2, ["no_time", "smaller"], "item"),
        (2, ["no_time", "not_this_week"], "not_this_week_kept"),
        (2, ["pause"], "paused"),
        (3, ["start"], "slice_offer"),
        (3, ["delete", "keep"], "quiet_kept"),
    ],
)
def test_every_button_leads_somewhere_real(
    here: Service, line: int, presses: list[str], leads_to: str
) -> None:
    silent_until(here, line)
    for value in presses:
        press(here, value)
    assert asked_last(here) == leads_to
    assert here.arrived_here[-1].is_reply


def test_what_was_in_the_way_is_kept_as_an_element_that_is_missing(here: Service) -> None:
    silent_until(here, 2)
    press(here, "not_allowed")
    assert obstacles(here)[-1] == ("missing_element", "permission")


def test_an_answer_makes_the_week_an_ordinary_one_with_its_check_in(here: Service) -> None:
    silent_until(here, 1)
    press(here, "still_on_it")
    press(here, "take_it")
    here.walk(at("09-28 12:00"))
    assert unasked(here)[-2:] == ["check_in Fri 25 14:00", "slice Mon 28 09:00"]
    assert [talk.theme for talk in weeks(here)] == [1, 2, 3]


def test_left_for_this_week_nothing_more_comes_in_it(here: Service) -> None:
    silent_until(here, 1)
    press(here, "too_busy")
    press(here, "not_this_week")
    here.walk(at("09-28 12:00"))
    assert unasked(here)[-2:] == ["quiet Mon 21 09:00", "slice Mon 28 09:00"]
    assert weeks(here)[-1].theme == 2


def test_answered_on_friday_the_step_comes_on_the_next_first_day(here: Service) -> None:
    silent_until(here, 1)
    here.walk(at("09-25 11:00"))
    press(here, "still_on_it")
    assert asked_last(here) == "quiet_next_week"
    here.walk(at("09-28 12:00"))
    assert unasked(here)[-1] == "slice Mon 28 09:00"


def test_a_pause_from_the_second_line_holds_for_two_weeks_and_brings_the_slice(here: Service) -> None:
    silent_until(here, 2)
    press(here, "pause")
    assert here.person.status is Status.PAUSED
    here.walk(at("10-13 12:00"))
    assert [each.split()[1:] for each in unasked(here)[3:]] == [["Mon", "12", "09:00"]]


def test_other_work_ends_this_one_and_leaves_no_week_behind(here: Service) -> None:
    silent_until(here, 2)
    press(here, "other_problem")
    press(here, "other_work")
    before = len(unasked(here))
    here.walk(at("11-20 12:00"))
    assert len(unasked(here)) == before
    assert len(weeks(here)) == 1


@pytest.mark.parametrize("how", ["button", "word"])
def test_after_months_start_brings_it_back(here: Service, how: str) -> None:
    silent_until(here, 3)
    here.walk(at("11-24 10:00"))
    assert status(here) is Status.DORMANT
    if how == "word":
        here.receive(words="start")
    else:
        press(here, "start")
    assert status(here) is Status.ACTIVE
    assert asked_last(here) in ("slice_offer", "rails_still_fit")
    here.walk(at("11-27 15:00"))
    assert unasked(here)[-1] == "check_in Fri 27 14:00"


def test_any_other_word_is_answered_and_starts_nothing(here: Service) -> None:
    silent_until(here, 3)
    here.walk(at("11-24 10:00"))
    here.receive(words="help")
    assert here.arrived_here[-1].is_reply
    before = len(unasked(here))
    here.walk(at("12-20 10:00"))
    assert len(unasked(here)) == before


def test_delete_asks_once_and_then_everything_is_gone(here: Service) -> None:
    silent_until(here, 3)
    press(here, "delete")
    assert asked_last(here) == "quiet_delete"
    assert here.person.name == "Dana"
    press(here, "delete")
    assert asked_last(here) == "quiet_deleted"
    here.walk(here.clock.now() + timedelta(minutes=2))
    assert here.person.status is Status.FORGOTTEN
    assert here.person.name == ""


def test_kept_after_all_it_rests_and_start_is_enough(here: Service) -> None:
    silent_until(here, 3)
    press(here, "delete")
    press(here, "keep")
    assert here.person.status is Status.DORMANT
    here.walk(at("11-24 10:00"))
    here.receive(words="start")
    assert asked_last(here) in ("slice_offer", "rails_still_fit")


def test_the_day_named_is_the_day_on_which_words_begin_to_go(here: Service) -> None:
    with here.store.reading(ORGANISATION) as repo:
        heard = repo.last_answer_at(here.id)
        assert heard is not None
        opened = repo.conversations(here.id)[0].opened_at
    silent_until(here, 3)
    here.walk(at("11-24 10:00"))
    until = heard + RETENTION
    asked = here.open_question()
    assert asked is not None
    assert asked[1].slots["until"] == until.astimezone(ZoneInfo("Asia/Singapore")).date()
    assert until < opened + timedelta(days=548)
    here.clock.moment = until - timedelta(days=1)
    here.worker.run_due()
    assert words_kept(here)
    here.clock.moment = until + timedelta(days=1)
    here.worker.run_due()
    assert not words_kept(here)


def words_kept(here: Service) -> bool:
    with here.store.reading(ORGANISATION) as repo:
        return not any(each.faded for each in repo.facts(here.id, facts.Friction))


def test_a_quiet_line_that_was_never_sent_is_not_counted(here: Service) -> None:
    here.walk(at("09-19 12:00"))
    here.clock.moment = at("09-26 12:00")  # nobody works in the week of the first quiet line
    here.worker.run_due()
    here.walk(at("09-28 09:30"))
    assert asked_last(here) == "quiet_week"


def test_help_is_a_sign_of_life(here: Service) -> None:
    here.walk(at("09-19 12:00"))
    here.receive(words="help")
    here.walk(at("09-21 12:00"))
    assert unasked(here)[-1] == "slice Mon 21 09:00"


def test_a_quiet_conversation_left_half_way_closes_with_its_week(here: Service) -> None:
    silent_until(here, 1)
    press(here, "stuck")
    here.walk(at("09-28 12:00"))
    assert unasked(here)[-1] == "slice Mon 28 09:00"
    with here.store.reading(ORGANISATION) as repo:
        assert [talk.kind for talk in repo.conversations(here.id, open_only=True)] == [Kind.WEEK]
        names = {row["name"] for row in repo.scope.rows(job_table, job_table.c.nudge == "quiet")}
    assert names == {"quiet_week"}

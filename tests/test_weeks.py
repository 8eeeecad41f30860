"""Weeks as they really come: late because nobody worked, after a move, across summer time, after a pause.
Everything here goes through the service on its database; only the clock is moved by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot import openings
from coaching import attention, facts, rhythm
from coaching.journey import Kind
from coaching.needs import Line
from coaching.themes import Theme
from storage import queue, values
from storage.conversations import Conversation
from storage.jobs import JobKind, JobState, job_table
from storage.people import Status
from tests.properties.service import CHANNEL, ORGANISATION, PLACES, Service, service

SINGAPORE, SYDNEY, _ = PLACES
# Week one opens on Monday 14 September 2026, 09:00 in Singapore; its check-in is on Friday the 18th, 14:00.


@pytest.fixture
def here() -> Iterator[Service]:
    """Somebody in Singapore whose first week has just opened."""
    with service(Random(1), in_week_one=True, place=SINGAPORE) as found:
        yield found


def at(text: str, zone: str = "Asia/Singapore") -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def unasked(here: Service) -> list[str]:
    """What came unasked: what it counted as, and when by the manager's own clock."""
    return [
        f"{each.job.nudge} {each.at.astimezone(ZoneInfo(each.calendar.zone)):%a %d %H:%M}"
        for each in here.arrived_here
        if each.job.nudge in set(attention.Kind)
    ]


def wake_at(here: Service, moment: datetime) -> None:
    """Nobody works until then; then everything that is due is done at once."""
    here.clock.moment = moment
    here.worker.run_due()


def press(here: Service, value: str) -> None:
    found = here.open_question()
    assert found is not None
    talk, question = found
    here.receive(token=f"{talk.id}.{question.name}.{question.asking}.{value}")


def weeks(here: Service) -> list[Conversation]:
    with here.store.reading(ORGANISATION) as repo:
        return [talk for talk in repo.conversations(here.id) if talk.kind == Kind.WEEK]


def test_ten_minutes_late_the_check_in_still_comes(here: Service) -> None:
    wake_at(here, at("09-18 14:10"))
    assert unasked(here) == ["check_in Fri 18 14:10"]


def test_six_hours_late_it_is_let_go_and_its_theme_comes_again(here: Service) -> None:
    wake_at(here, at("09-18 20:00"))
    here.walk(at("09-21 12:00"))
    assert unasked(here) == ["slice Mon 21 09:00"]
    assert [(talk.theme, talk.how_closed) for talk in weeks(here)] == [(1, openings.NOT_ASKED), (1, None)]


def test_eight_days_late_nothing_is_caught_up_with(here: Service) -> None:
    here.receive(words="help")
    wake_at(here, at("09-26 14:00"))
    assert unasked(here) == []
    here.walk(at("10-02 15:00"))
    assert unasked(here) == ["slice Mon 28 09:00", "check_in Fri 02 14:00"]
    assert [talk.theme for talk in weeks(here)] == [1, 1]


def test_down_over_a_weekend_monday_brings_one_line_and_not_friday_s(here: Service) -> None:
    wake_at(here, at("09-21 10:00"))
    here.walk(at("09-22 18:00"))
    assert unasked(here) == ["slice Mon 21 10:00"]


def test_a_week_may_open_a_day_late_but_not_on_its_last_day() -> None:
    for back, first in (("09-22 08:00", "slice Tue 22 09:00"), ("09-25 10:00", "slice Mon 28 09:00")):
        with service(Random(1), in_week_one=True, place=SINGAPORE) as here:
            here.walk(at("09-18 15:00"))
            here.receive(words="help")
            here.arrived_here.clear()
            wake_at(here, at(back))
            here.walk(at("09-28 12:00"))
            assert unasked(here)[0] == first


def test_a_midweek_line_that_is_a_day_late_is_dropped(here: Service) -> None:
    press(here, "change")
    here.receive(words="the Osaka quote")
    here.receive(words="no number is wrong")
    wake_at(here, at("09-17 11:00"))
    here.walk(at("09-18 15:00"))
    assert unasked(here) == ["check_in Fri 18 14:00"]


def test_nine_o_clock_stays_nine_o_clock_through_the_real_thing() -> None:
    # Sydney goes to summer time on Sunday 4 October 2026.
    with service(Random(1), in_week_one=True, place=SYDNEY) as here:
        for _ in range(5):
            here.walk(here.clock.now() + timedelta(days=7))
            here.receive(words="help")
        shown = unasked(here)
    assert {each.split()[-1] for each in shown} <= {"09:00", "11:00", "14:00"}
    assert "slice Mon 28 09:00" in shown
    assert any(day in each for each in shown for day in ("Tue 06 09:00", "Mon 12 09:00"))


def test_who_moves_is_not_written_to_at_night_and_has_a_week_from_the_next_one(here: Service) -> None:
    with here.store.transaction(ORGANISATION) as repo:
        repo.update_person(here.id, zone="America/New_York")
    here.walk(at("09-19 00:00", "America/New_York"))
    assert unasked(here) == ["check_in Fri 18 09:00"]
    here.receive(words="help")
    here.walk(at("09-22 00:00", "America/New_York"))
    assert unasked(here)[1:] == ["slice Mon 21 09:00"]
    days = values.load(weeks(here)[-1].opening or "null").days
    assert days.checkin_at == at("09-25 14:00", "America/New_York")


def test_where_friday_and_saturday_are_free_the_week_runs_from_sunday_to_thursday(here: Service) -> None:
    with here.store.transaction(ORGANISATION) as repo:
        repo.update_person(here.id, working_days="01236")
    here.walk(at("09-20 00:00"))
    here.receive(words="help")
    here.arrived_here.clear()
    for _ in range(2):
        here.walk(here.clock.now() + timedelta(days=7))
        here.receive(words="help")
    days = {each.split()[1] for each in unasked(here)}
    assert days <= {"Sun", "Tue", "Thu", "Mon"}
    assert "slice Sun 27 09:00" in unasked(here)


# A pause


def test_after_a_pause_the_week_s_own_first_line_is_the_only_one(here: Service) -> None:
    here.walk(at("09-16 10:00"))
    here.receive(words="pause")
    here.walk(at("10-02 18:00"))
    assert unasked(here) == []
    here.walk(at("10-05 12:00"))
    assert unasked(here) == ["slice Mon 05 09:00"]
    assert here.person.status is Status.ACTIVE
    assert [talk.theme for talk in weeks(here)] == [1, 1], "nothing was asked, so nothing is used up"


def test_a_pause_that_ends_on_a_monday_costs_no_third_week(here: Service) -> None:
    here.receive(words="pause")
    here.walk(at("09-28 12:00"))
    assert unasked(here) == ["slice Mon 28 09:00"]


def test_where_no_week_runs_yet_the_open_question_is_shown_once_after_a_pause() -> None:
    with service(Random(3), in_week_one=False, place=SINGAPORE) as here:
        for _ in range(5):
            here.go_along()
        found = here.open_question()
        assert found is not None
        here.receive(words="pause")
        here.arrived_here.clear()
        here.walk(here.clock.now() + timedelta(weeks=8))
        assert [(each.job.name, each.job.nudge) for each in here.arrived_here] == [
            (found[1].name, attention.Kind.AFTER_PAUSE)
        ]
        assert here.arrived_here[0].at.weekday() == 0


def test_a_second_pause_moves_the_end_of_the_first(here: Service) -> None:
    here.receive(words="pause")
    here.walk(at("09-24 10:00"))
    here.receive(words="pause")
    here.walk(at("10-12 12:00"))
    assert unasked(here) == ["reconfirmation Mon 12 09:00"]  # a month after the rails were confirmed


# Back from a stop


def test_start_after_a_stop_of_weeks_leads_back_into_a_week(here: Service) -> None:
    here.receive(words="stop")
    here.walk(at("10-13 10:00"))
    assert unasked(here) == []
    here.receive(words="start")
    assert here.arrived_here[-1].job.name in ("slice_reminder", "rails_still_fit")
    assert here.arrived_here[-1].is_reply
    here.walk(at("10-16 15:00"))
    assert unasked(here) == ["check_in Fri 16 14:00"]


def test_on_a_friday_start_says_when_the_next_step_comes(here: Service) -> None:
    here.receive(words="stop")
    here.walk(at("10-16 10:00"))
    here.receive(words="start")
    assert here.arrived_here[-1].job.name == "quiet_next_week"
    here.walk(at("10-19 12:00"))
    assert [each.split()[1:] for each in unasked(here)] == [["Mon", "19", "09:00"]]


def test_start_ends_a_pause_early_and_does_not_wait_for_its_end(here: Service) -> None:
    here.receive(words="pause")
    here.walk(at("09-22 10:00"))
    here.receive(words="start")
    assert here.arrived_here[-1].job.name == "slice_reminder"
    assert here.arrived_here[-1].is_reply
    here.walk(at("09-28 12:00"))
    assert unasked(here) == ["midweek Wed 23 11:00", "check_in Fri 25 14:00", "quiet Mon 28 09:00"]


def test_back_within_the_week_it_goes_on_as_it_stood(here: Service) -> None:
    here.receive(words="stop")
    here.walk(at("09-15 10:00"))
    here.receive(words="start")
    assert [each.job.name for each in here.arrived_here[-2:]] == ["welcome_back", "slice_reminder"]
    assert len(weeks(here)) == 1


# The last theme, and lines due together


def in_week_eight(here: Service) -> None:
    """As if seven themes had been gone through."""
    with here.store.transaction(ORGANISATION) as repo:
        (first,) = repo.conversations(here.id, open_only=True)
        repo.close(first.id, openings.USED_UP, here.clock.now())
        for theme in range(2, Theme.DECIDE):
            ordinal = repo.next_ordinal(here.id, Kind.WEEK)
            talk = repo.open_conversation(here.id, Kind.WEEK, ordinal, here.clock.now(), "{}", theme)
            repo.close(talk.id, openings.USED_UP, here.clock.now())


def test_a_decision_let_pass_is_asked_for_once_more_and_then_rests_with_a_word(here: Service) -> None:
    in_week_eight(here)
    here.receive(words="help")
    for _ in range(3):
        here.walk(here.clock.now() + timedelta(days=7))
        here.receive(words="help")
    themes = [talk.theme for talk in weeks(here)]
    assert themes[-2:] == [Theme.DECIDE, Theme.DECIDE]
    assert [each.job.name for each in here.arrived_here if each.job.nudge == "slice"][-1] == "programme_rests"
    here.walk(here.clock.now() + timedelta(days=30))
    assert here.person.status is Status.DORMANT
    with here.store.reading(ORGANISATION) as repo:
        assert not [each for each in repo.facts(here.id, facts.Concern) if each.fact.sign == "quiet"]


def test_of_two_lines_due_together_the_more_important_one_has_the_day(here: Service) -> None:
    here.receive(words="help")
    due = at("09-15 10:00")
    with here.store.transaction(ORGANISATION) as repo:
        for number, nudge in enumerate((attention.Kind.COACH_LINE, attention.Kind.OWNER_ANSWER)):
            queue.add(
                repo,
                person_id=here.id,
                kind=JobKind.SAY,
                name="help",
                asking=900 + number,
                due_at=due,
                body=values.dump(Line("help", {})),
                channel=CHANNEL,
                nudge=nudge,
            )
    here.walk(at("09-19 12:00"))
    here.receive(words="help")
    here.walk(at("09-24 18:00"))
    # The other waits for the week with room for it, and the slice gives its day and takes the next.
    assert unasked(here) == [
        "owner_answer Tue 15 10:00",
        "check_in Fri 18 14:00",
        "coach_line Mon 21 09:00",
        "slice Tue 22 09:00",
    ]


def test_a_question_already_answered_or_shown_is_not_sent_late(here: Service) -> None:
    with here.store.transaction(ORGANISATION) as repo:
        repo.update_person(here.id, zone="America/New_York")  # there it is night when the check-in is due
    here.walk(at("09-18 15:00"))
    assert unasked(here) == []
    here.receive(words="help")  # whoever writes at night is shown what is open
    shown = [each.job.name for each in here.arrived_here]
    here.walk(at("09-19 12:00"))
    assert shown.count("what_changed") == 1
    assert unasked(here) == []
    with here.store.reading(ORGANISATION) as repo:
        rows = repo.scope.rows(job_table, job_table.c.nudge == "check_in")
    assert [(row["state"], row["reason"]) for row in rows] == [(JobState.DROPPED, "overtaken")]


def test_a_start_in_a_holiday_week_begins_after_it() -> None:
    """Golden Week 2027 leaves two working days in the week of 3 May."""
    tokyo = rhythm.Calendar("Asia/Tokyo", "JP")
    week = rhythm.next_programme_week(tokyo, datetime(2027, 4, 30, 6, 0, tzinfo=UTC))
    assert week.days[0].isoformat() == "2027-05-10"
    assert rhythm.first_invitation(tokyo, datetime(2027, 5, 3, tzinfo=UTC)).date().isoformat() == "2027-05-11"


@pytest.mark.parametrize(
    "zone, market", [("Asia/Kolkata", "IN"), ("Asia/Singapore", "SG"), ("Asia/Tokyo", "JP")]
)
def test_where_no_clock_is_ever_changed_nine_is_the_same_instant_of_the_day_all_year(
    zone: str, market: str
) -> None:
    calendar = rhythm.Calendar(zone, market)
    at, hours = datetime(2026, 1, 5, tzinfo=UTC), set()
    for _ in range(50):
        week = rhythm.next_programme_week(calendar, at)
        hours.add(week.slice_at.time())
        at = week.checkin_at
    assert len(hours) == 1

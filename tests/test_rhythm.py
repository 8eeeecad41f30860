"""When the coach may write, told as cases a coach could check on a wall calendar.
After the cases, random people with random working weeks, holidays and leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching import rhythm
from coaching.rhythm import DAYS_NEEDED, Calendar, ProgrammeWeek, at_local, week_containing

SINGAPORE = Calendar("Asia/Singapore", "SG")
MUMBAI = Calendar("Asia/Kolkata", "IN")
AUCKLAND = Calendar("Pacific/Auckland", "NZ")
SYDNEY = Calendar("Australia/Sydney", "AU", "NSW")
LORD_HOWE = Calendar("Australia/Lord_Howe", "AU", "NSW")
TOKYO = Calendar("Asia/Tokyo", "JP")
MANILA = Calendar("Asia/Manila", "PH")
ALOR_SETAR = Calendar("Asia/Kuala_Lumpur", "MY", "KDH", working_days=frozenset({6, 0, 1, 2, 3}))
NEW_YORK = Calendar("America/New_York", "US")
BERLIN = Calendar("Europe/Berlin", "DE", "BE")


def closed(calendar: Calendar, *days: str) -> Calendar:
    """The same person in a company that closes on these days."""
    return replace(calendar, extra_holidays=tuple(date.fromisoformat(day) for day in days))


TOKYO_AT_NEW_YEAR = closed(TOKYO, "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-02", "2027-01-03")


def local(calendar: Calendar, text: str) -> datetime:
    """2026-11-27 14:00 on this person's wall, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(calendar.zone)).astimezone(UTC)


def moments_of(week: ProgrammeWeek) -> tuple[datetime, ...]:
    return week.slice_at, week.midweek_at, week.checkin_at


def wall(calendar: Calendar, *moments: datetime) -> str:
    zone = ZoneInfo(calendar.zone)
    return ", ".join(f"{moment.astimezone(zone):%a %d %b %H:%M}" for moment in moments)


# The clocks change


def test_a_wall_time_is_one_instant_on_both_edges_of_summer_time() -> None:
    for calendar, on_the_wall, instant in (
        # Spring: the wall time does not exist; the first instant after the gap counts.
        (NEW_YORK, "2027-03-14 02:30", "2027-03-14T07:00+00:00"),
        (BERLIN, "2027-03-28 02:59", "2027-03-28T01:00+00:00"),
        (LORD_HOWE, "2026-10-04 02:15", "2026-10-03T15:30+00:00"),
        # Autumn: the wall time comes twice; the first counts.
        (NEW_YORK, "2026-11-01 01:30", "2026-11-01T05:30+00:00"),
        (BERLIN, "2026-10-25 02:30", "2026-10-25T00:30+00:00"),
        (LORD_HOWE, "2027-04-04 01:45", "2027-04-03T14:45+00:00"),
        # No change of clocks at all.
        (MUMBAI, "2027-03-28 02:30", "2027-03-27T21:00+00:00"),
        (TOKYO, "2026-11-01 01:30", "2026-10-31T16:30+00:00"),
    ):
        naive = datetime.fromisoformat(on_the_wall)
        assert at_local(calendar, naive.date(), naive.time()) == datetime.fromisoformat(instant)


def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_change() -> None:
    for calendar, before, after in (
        (NEW_YORK, "2027-03-08 14:00+00:00", "2027-03-15 13:00+00:00"),
        (BERLIN, "2026-10-19 07:00+00:00", "2026-10-26 08:00+00:00"),
        (replace(LORD_HOWE, subdivision=None), "2026-09-27 22:30+00:00", "2026-10-04 22:00+00:00"),
        (SINGAPORE, "2027-03-22 01:00+00:00", "2027-03-29 01:00+00:00"),
    ):
        week = week_containing(calendar, datetime.fromisoformat(before))
        assert week.slice_at == datetime.fromisoformat(before)
        assert week.closes_at == datetime.fromisoformat(after)


# The week


def test_an_ordinary_week_has_its_three_moments() -> None:
    week = rhythm.next_programme_week(SINGAPORE, local(SINGAPORE, "2026-11-20 12:00"))
    assert wall(SINGAPORE, *moments_of(week)) == "Mon 23 Nov 09:00, Wed 25 Nov 11:00, Fri 27 Nov 14:00"
    assert wall(SINGAPORE, week.closes_at) == "Mon 30 Nov 09:00"
    assert rhythm.due_on(week) == date(2026, 11, 27)


def test_where_friday_and_saturday_are_free_the_week_begins_on_sunday() -> None:
    week = rhythm.next_programme_week(ALOR_SETAR, local(ALOR_SETAR, "2026-11-20 12:00"))
    assert wall(ALOR_SETAR, *moments_of(week)) == "Sun 22 Nov 09:00, Tue 24 Nov 11:00, Thu 26 Nov 14:00"


def test_the_week_begins_after_its_longest_rest() -> None:
    for working_days, opens_on in (
        ({0, 1, 2, 3, 4, 5}, "Mon"),
        ({6, 0, 1, 2, 3}, "Sun"),
        ({1, 2, 3, 4}, "Tue"),
        ({0, 1, 2, 3, 4, 5, 6}, "Mon"),
    ):
        calendar = replace(SINGAPORE, working_days=frozenset(working_days))
        assert f"{rhythm.calendar_week_of(calendar, date(2026, 11, 26)):%a}" == opens_on


def test_a_holiday_on_monday_makes_the_week_begin_on_tuesday_and_keep_its_name() -> None:
    week = rhythm.next_programme_week(TOKYO, local(TOKYO, "2026-11-20 12:00"))
    assert (week.calendar_week, week.first_day) == (date(2026, 11, 23), date(2026, 11, 24))
    assert wall(TOKYO, *moments_of(week)) == "Tue 24 Nov 09:00, Wed 25 Nov 11:00, Fri 27 Nov 14:00"


def test_the_moment_a_week_opens_it_is_open_and_no_longer_next() -> None:
    week = rhythm.next_programme_week(SINGAPORE, local(SINGAPORE, "2026-11-20 12:00"))
    assert week_containing(SINGAPORE, week.slice_at) == week
    assert week_containing(SINGAPORE, week.slice_at - timedelta(seconds=1)) != week
    assert rhythm.next_programme_week(SINGAPORE, week.slice_at).slice_at == week.closes_at


def test_a_week_with_fewer_than_three_working_days_is_skipped() -> None:
    for calendar, days_left, next_first_day in (
        (TOKYO_AT_NEW_YEAR, 1, "2027-01-04"),
        (MANILA, 2, "2027-01-04"),
        # By law Australia and New Zealand keep three days in that week; one company day is enough to skip it.
        (closed(SYDNEY, "2026-12-31"), 2, "2027-01-04"),
        (closed(AUCKLAND, "2026-12-31"), 2, "2027-01-05"),
        (closed(SINGAPORE, "2026-12-30", "2026-12-31"), 2, "2027-01-04"),
    ):
        assert len(rhythm.working_days_of_week(calendar, date(2026, 12, 28))) == days_left
        week = week_containing(calendar, local(calendar, "2026-12-23 12:00"))
        assert week.closes_at == local(calendar, f"{next_first_day} 09:00")
        assert week_containing(calendar, local(calendar, "2026-12-30 12:00")) == week


@pytest.mark.parametrize("calendar", [SYDNEY, AUCKLAND])
def test_a_week_with_just_three_working_days_is_used(calendar: Calendar) -> None:
    week = week_containing(calendar, local(calendar, "2026-12-30 12:00"))
    assert wall(calendar, *moments_of(week)) == "Tue 29 Dec 09:00, Wed 30 Dec 11:00, Thu 31 Dec 14:00"


def test_leave_makes_a_week_thin_like_holidays_do() -> None:
    away = replace(SINGAPORE, absences=((date(2026, 11, 25), date(2026, 12, 8)),))
    week = rhythm.next_programme_week(away, local(away, "2026-11-20 12:00"))
    assert wall(away, *moments_of(week)) == "Wed 09 Dec 09:00, Thu 10 Dec 11:00, Fri 11 Dec 14:00"


def test_who_moves_to_an_earlier_zone_loses_no_week() -> None:
    london = Calendar("Europe/London", "GB")
    week = week_containing(london, local(london, "2026-11-25 12:00"))
    assert rhythm.next_programme_week(AUCKLAND, week.checkin_at).first_day == date(2026, 11, 30)


def test_a_public_holiday_is_no_working_day_in_its_market_only() -> None:
    republic_day = date(2027, 1, 26)
    assert [rhythm.is_working_day(place, republic_day) for place in (MUMBAI, SINGAPORE)] == [False, True]


def test_this_friday_is_another_day_in_auckland_than_in_mumbai() -> None:
    moment = datetime(2026, 11, 27, 11, 30, tzinfo=UTC)
    assert rhythm.coming(AUCKLAND, moment, 4) == date(2026, 12, 4), "it is Saturday there already"
    assert rhythm.coming(MUMBAI, moment, 4) == date(2026, 11, 27)


def test_in_n_working_days_crosses_weekends_and_holidays() -> None:
    assert rhythm.working_days_from(TOKYO, date(2026, 11, 20), 2) == (date(2026, 11, 24), date(2026, 11, 25))


# Inside a day


def test_messages_arrive_between_nine_and_half_past_five() -> None:
    for moment, allowed in (
        ("2026-11-25 08:59", "2026-11-25 09:00"),
        ("2026-11-25 17:29", "2026-11-25 17:29"),
        ("2026-11-25 17:30", "2026-11-26 09:00"),
        ("2026-11-27 18:00", "2026-11-30 09:00"),
        ("2026-12-24 20:00", "2026-12-28 09:00"),
    ):
        assert rhythm.next_in_window(SINGAPORE, local(SINGAPORE, moment)) == local(SINGAPORE, allowed)
        assert rhythm.in_window(SINGAPORE, local(SINGAPORE, moment)) == (moment == allowed)


def test_tomorrow_means_the_next_working_day() -> None:
    offered = rhythm.appointments(TOKYO, local(TOKYO, "2026-11-20 10:15"))
    assert wall(TOKYO, offered.morning, offered.afternoon) == "Tue 24 Nov 10:00, Tue 24 Nov 15:00"
    assert {offered.morning, offered.afternoon} <= set(offered.slots)
    assert wall(TOKYO, offered.slots[-1]) == "Mon 30 Nov 16:00", "five working days ahead"


def test_nobody_is_invited_on_a_monday_at_nine() -> None:
    for earliest, invited in (
        ("2026-11-20 18:00", "2026-11-24 10:00"),
        ("2026-11-24 10:01", "2026-11-25 10:00"),
        ("2026-11-26 12:00", "2026-12-01 10:00"),
    ):
        assert rhythm.first_invitation(SINGAPORE, local(SINGAPORE, earliest)) == local(SINGAPORE, invited)


def test_the_hold_check_comes_four_weeks_later_with_a_check_in_or_when_that_week_is_skipped_the_next() -> (
    None
):
    for calendar, decided, checked in (
        (MUMBAI, "2026-11-20 14:20", "Fri 18 Dec 14:00"),
        (MUMBAI, "2026-11-23 08:30", "Thu 24 Dec 14:00"),
        (TOKYO_AT_NEW_YEAR, "2026-12-04 14:20", "Fri 08 Jan 14:00"),
    ):
        assert wall(calendar, rhythm.hold_check_at(calendar, local(calendar, decided))) == checked


def test_a_calendar_that_cannot_work_says_what_to_do() -> None:
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    closed_for_good = replace(SINGAPORE, absences=((date(2006, 1, 1), date(2096, 1, 1)),))
    wrong: list[tuple[Callable[[], object], str]] = [
        (lambda: Calendar("Mars/Olympus", "SG"), "IANA"),
        (lambda: Calendar("../etc", "SG"), "IANA"),
        (lambda: replace(TOKYO, working_days=frozenset({0, 1})), "add days"),
        (lambda: replace(TOKYO, working_days=frozenset({0, 1, 7})), "0 .Monday. to 6"),
        (lambda: replace(TOKYO, absences=((date(2026, 2, 1), date(2026, 1, 1)),)), "swap"),
        (lambda: rhythm.is_working_day(Calendar("Asia/Tokyo", "ZZ"), date(2026, 1, 5)), "ISO 3166"),
        (lambda: rhythm.local_day(TOKYO, monday.replace(tzinfo=None)), "aware"),
        (lambda: rhythm.next_in_window(closed_for_good, monday), "shorten"),
        (lambda: week_containing(closed_for_good, monday), "shorten"),
    ]
    for attempt, remedy in wrong:
        with pytest.raises(ValueError, match=remedy):
            attempt()


# Random people

PLACES = [SINGAPORE, MUMBAI, AUCKLAND, LORD_HOWE, TOKYO, ALOR_SETAR, NEW_YORK, BERLIN, MANILA]
PLACES += [Calendar("Pacific/Kiritimati", "KI"), Calendar("Asia/Kathmandu", "NP")]
DAYS = st.dates(date(2026, 9, 1), date(2027, 12, 31))
MOMENTS = st.datetimes(datetime(2026, 9, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    leaves = draw(st.lists(st.tuples(DAYS, st.integers(0, 40)), max_size=3))
    return replace(
        draw(st.sampled_from(PLACES)),
        working_days=draw(st.frozensets(st.integers(0, 6), min_size=DAYS_NEEDED)),
        extra_holidays=tuple(draw(st.lists(DAYS, max_size=8))),
        absences=tuple((first, first + timedelta(days=length)) for first, length in leaves),
    )


def is_allowed(calendar: Calendar, moment: datetime) -> bool:
    """The window, worked out here a second time and from the wall."""
    on_the_wall = moment.astimezone(ZoneInfo(calendar.zone))
    is_in_hours = time(9, 0) <= on_the_wall.time() < time(17, 30)
    return moment.tzinfo is UTC and is_in_hours and rhythm.is_working_day(calendar, on_the_wall.date())


@settings(max_examples=150, deadline=None)
@given(calendars(), MOMENTS)
def test_every_moment_lies_in_the_window_on_a_working_day(calendar: Calendar, now: datetime) -> None:
    week = week_containing(calendar, now)
    offered = rhythm.appointments(calendar, now)
    held = rhythm.hold_check_at(calendar, now)
    invited = rhythm.first_invitation(calendar, now)
    allowed = rhythm.next_in_window(calendar, now)
    every = (*moments_of(week), week.closes_at, *offered.slots, held, invited, allowed)
    assert all(is_allowed(calendar, moment) for moment in every)
    assert all(moment > now for moment in offered.slots)
    assert min(invited, allowed) >= now
    assert rhythm.local_day(calendar, held) >= rhythm.local_day(calendar, now) + timedelta(days=21)
    assert rhythm.in_window(calendar, now) == is_allowed(calendar, now)


@settings(max_examples=100, deadline=None)
@given(calendars(), MOMENTS)
def test_weeks_advance_and_never_overlap(calendar: Calendar, now: datetime) -> None:
    week = week_containing(calendar, now)
    assert week.slice_at <= now < week.closes_at
    for _ in range(6):
        slice_at, midweek_at, checkin_at = moments_of(week)
        assert slice_at < midweek_at < checkin_at < week.closes_at
        assert len({rhythm.local_day(calendar, moment) for moment in moments_of(week)}) == DAYS_NEEDED
        assert all(week_containing(calendar, moment) == week for moment in moments_of(week))
        following = rhythm.next_programme_week(calendar, week.checkin_at)
        assert following.slice_at == week.closes_at
        assert following.calendar_week >= week.calendar_week + timedelta(weeks=1)
        week = following


@settings(max_examples=100, deadline=None)
@given(calendars(), MOMENTS)
def test_no_usable_week_is_passed_over(calendar: Calendar, now: datetime) -> None:
    week = rhythm.next_programme_week(calendar, now)
    between = rhythm.calendar_week_of(calendar, rhythm.local_day(calendar, now))
    while between < week.calendar_week:
        days = rhythm.working_days_of_week(calendar, between)
        assert len(days) < DAYS_NEEDED or at_local(calendar, days[0], time(9, 0)) <= now
        between += timedelta(weeks=1)

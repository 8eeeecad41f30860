"""The attention contract as cases, and then as a promise that holds whatever happens.
Three unsolicited lines a week, one a day, five without an answer at most; the check-in keeps its place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.attention import (
    SEND,
    Decision,
    Kind,
    Promise,
    Reason,
    Sent,
    Unsolicited,
    Verdict,
    keep_by,
    may_keep_promise,
    may_send,
    quiet_line,
    use_by,
)
from coaching.rhythm import Calendar, ProgrammeWeek, in_window, local_day, next_in_window, week_containing

HERE = Calendar("Asia/Singapore", "SG")


def on(text: str) -> datetime:
    """A moment of November 2026, whose 23rd is a Monday, as "23 09:00", or later as "12-01 09:00"."""
    day, clock = text.split()
    full = f"2026-{day if '-' in day else '11-' + day} {clock}"
    return datetime.fromisoformat(full).replace(tzinfo=ZoneInfo(HERE.zone)).astimezone(UTC)


def week_of(moment: datetime) -> ProgrammeWeek:
    return week_containing(HERE, moment)


def sent(kind: Kind, at: str, answered: bool = True) -> Sent:
    return Sent(kind, on(at), week_of(on(at)).calendar_week, answered)


def ask(kind: Kind, now: str, *history: Sent, due: str = "", stopped: bool = False) -> Decision:
    return may_send(
        on(now), HERE, week_of(on(now)), Unsolicited(kind, on(due or now)), history, stopped=stopped
    )


SLICE_TAKEN = sent(Kind.SLICE, "23 09:00")
SLICE_OPEN = sent(Kind.SLICE, "23 09:00", answered=False)
MIDWEEK_OPEN = sent(Kind.MIDWEEK, "25 11:00", answered=False)
CHECK_IN_OPEN = sent(Kind.CHECK_IN, "27 14:00", answered=False)
QUIET_ONCE = sent(Kind.QUIET, "30 09:00", answered=False)
QUIET_TWICE = sent(Kind.QUIET, "12-07 09:00", answered=False)
QUIET_THRICE = sent(Kind.QUIET, "12-14 09:00", answered=False)
SILENCE = (SLICE_OPEN, CHECK_IN_OPEN)


def test_an_ordinary_week_brings_slice_midweek_line_and_check_in() -> None:
    assert ask(Kind.SLICE, "23 09:00") == SEND
    assert ask(Kind.MIDWEEK, "25 11:00", SLICE_TAKEN) == SEND
    assert ask(Kind.CHECK_IN, "27 14:00", SLICE_TAKEN, MIDWEEK_OPEN) == SEND


def test_there_is_no_second_line_on_one_day() -> None:
    assert ask(Kind.COACH_LINE, "23 15:00", SLICE_TAKEN) == Decision(
        Verdict.WAIT, Reason.DAY_IS_TAKEN, on("24 09:00")
    )


def test_two_other_lines_leave_the_third_place_to_the_check_in() -> None:
    coach = sent(Kind.COACH_LINE, "24 10:00")
    assert ask(Kind.MIDWEEK, "25 11:00", SLICE_TAKEN, coach) == Decision(
        Verdict.DROP, Reason.KEPT_FOR_CHECK_IN
    )
    assert ask(Kind.HELD, "25 11:00", SLICE_TAKEN, coach).until == on("30 09:00"), (
        "it is still true next week"
    )
    assert ask(Kind.CHECK_IN, "27 14:00", SLICE_TAKEN, coach) == SEND


def test_nothing_takes_the_check_in_s_day() -> None:
    assert ask(Kind.COACH_LINE, "27 10:00", SLICE_TAKEN).reason is Reason.KEPT_FOR_CHECK_IN


def test_a_check_in_had_early_gives_its_place_away() -> None:
    line, now = Unsolicited(Kind.HOLD_CHECK, on("27 14:00")), on("27 14:00")
    assert may_send(now, HERE, week_of(now), line, [SLICE_TAKEN], checkin_to_come=False) == SEND


def test_a_fourth_line_waits_for_the_next_week() -> None:
    three = (SLICE_TAKEN, sent(Kind.MIDWEEK, "25 11:00"), sent(Kind.CHECK_IN, "26 14:00"))
    assert ask(Kind.OWNER_ANSWER, "27 15:00", *three) == Decision(
        Verdict.WAIT, Reason.WEEK_IS_FULL, on("30 09:00")
    )


@pytest.mark.parametrize(
    "line, other",
    [
        (Kind.SLICE, Kind.RECONFIRMATION),
        (Kind.MIDWEEK, Kind.SLICE),
        (Kind.COACH_LINE, Kind.OWNER_ANSWER),
        (Kind.OWNER_ANSWER, Kind.HELD),
        (Kind.RECONFIRMATION, Kind.CHECK_IN),
    ],
)
def test_the_more_important_line_gets_the_day(line: Kind, other: Kind) -> None:
    now, week = on("24 09:00"), week_of(on("24 09:00"))
    assert may_send(now, HERE, week, Unsolicited(line, now), [], also_due=[other]).reason is Reason.OUTRANKED
    assert may_send(now, HERE, week, Unsolicited(other, now), [], also_due=[line]) == SEND


def test_after_two_unanswered_nothing_more_comes_that_week() -> None:
    open_lines = (SLICE_OPEN, sent(Kind.COACH_LINE, "24 10:00", answered=False))
    assert ask(Kind.CHECK_IN, "27 14:00", *open_lines) == Decision(Verdict.DROP, Reason.SILENT)
    assert quiet_line(open_lines, week_of(on("27 14:00"))) is None


def test_silence_brings_one_line_a_week_three_times_and_then_nothing() -> None:
    history: tuple[Sent, ...] = SILENCE
    for number, quiet in enumerate((QUIET_ONCE, QUIET_TWICE, QUIET_THRICE), start=1):
        week = week_containing(HERE, quiet.at)
        assert quiet_line(history, week) == number
        slice_now = may_send(quiet.at, HERE, week, Unsolicited(Kind.SLICE, quiet.at), history)
        assert slice_now == Decision(Verdict.DROP, Reason.SILENT)
        assert may_send(quiet.at, HERE, week, Unsolicited(Kind.QUIET, quiet.at), history) == SEND
        history = (*history, quiet)
        assert quiet_line(history, week) is None
    for kind in Kind:
        assert ask(kind, "12-22 10:00", *history).verdict is Verdict.DROP


def test_one_word_from_them_and_the_week_is_an_ordinary_one_again() -> None:
    history = (*SILENCE, QUIET_ONCE, QUIET_TWICE, replace(QUIET_THRICE, answered=True))
    assert ask(Kind.CHECK_IN, "12-18 14:00", *history) == SEND
    assert ask(Kind.QUIET, "12-21 09:00", *history) == Decision(Verdict.DROP, Reason.NOT_SILENT)


def test_the_midweek_line_never_lands_on_an_open_one() -> None:
    assert ask(Kind.MIDWEEK, "25 11:00", SLICE_OPEN) == Decision(Verdict.DROP, Reason.SILENT)


def test_nothing_comes_after_a_stop() -> None:
    assert all(ask(kind, "24 10:00", stopped=True).verdict is Verdict.DROP for kind in Kind)
    kept = may_keep_promise(on("24 10:00"), HERE, Promise.ANSWER, on("24 10:00"), stopped=True)
    assert kept == Decision(Verdict.DROP, Reason.STOPPED)


def test_a_pause_holds_back_what_keeps_and_drops_what_does_not() -> None:
    now, week, pause = on("24 10:00"), week_of(on("24 10:00")), on("12-01 00:00")
    coach, card = (Unsolicited(kind, now) for kind in (Kind.COACH_LINE, Kind.RECONFIRMATION))
    assert may_send(now, HERE, week, coach, [], paused_until=pause).until == on("12-01 09:00")
    assert may_send(now, HERE, week, card, [], paused_until=pause) == Decision(Verdict.DROP, Reason.PAUSED)
    promise = may_keep_promise(now, HERE, Promise.ANSWER, now, paused_until=pause)
    assert promise == Decision(Verdict.WAIT, Reason.PAUSED, on("12-01 09:00"))


def test_outside_the_window_a_line_waits_for_the_morning() -> None:
    assert ask(Kind.HELD, "24 18:00") == Decision(Verdict.WAIT, Reason.OUTSIDE_WINDOW, on("25 09:00"))


@pytest.mark.parametrize(
    "kind, due, last",
    [
        (Kind.SLICE, "23 09:00", "24 17:30"),
        (Kind.MIDWEEK, "25 11:00", "25 17:30"),
        (Kind.RECONFIRMATION, "23 09:00", "30 09:00"),
        (Kind.CHECK_IN, "27 14:00", "30 09:00"),
        (Kind.COACH_LINE, "23 10:00", "30 17:30"),
        (Kind.HELD, "23 10:00", "12-07 17:30"),
    ],
)
def test_every_line_has_a_moment_from_which_it_is_too_late(kind: Kind, due: str, last: str) -> None:
    assert use_by(kind, on(due), HERE, week_of(on(due))) == on(last)


def test_last_week_s_check_in_is_too_late_once_the_week_has_closed() -> None:
    assert ask(Kind.CHECK_IN, "30 09:00", due="27 14:00") == Decision(Verdict.DROP, Reason.TOO_LATE)


def test_an_appointment_can_be_kept_until_the_end_of_the_next_working_day() -> None:
    assert keep_by(Promise.APPOINTMENT, on("27 10:00"), HERE) == on("30 17:30")
    assert may_keep_promise(on("30 17:00"), HERE, Promise.APPOINTMENT, on("27 10:00")) == SEND


def test_one_invitation_one_reminder_a_week_later_then_never() -> None:
    invited = sent(Kind.INVITATION, "24 10:00", answered=False)
    reminded = sent(Kind.REMINDER, "12-01 10:00", answered=False)
    assert ask(Kind.INVITATION, "24 10:00") == SEND
    assert ask(Kind.REMINDER, "30 10:00", invited).until == on("12-01 10:00")
    assert ask(Kind.REMINDER, "12-01 10:00", invited) == SEND
    assert all(ask(kind, "12-08 10:00", invited, reminded).verdict is Verdict.DROP for kind in Kind)
    assert ask(Kind.SLICE, "30 09:00", invited) == Decision(Verdict.DROP, Reason.NOT_JOINED)


def test_a_closed_week_is_refused() -> None:
    with pytest.raises(ValueError, match="hand in the one that follows"):
        may_send(on("30 09:00"), HERE, week_of(on("27 09:00")), Unsolicited(Kind.HELD, on("27 09:00")), [])


# Whatever happens


@dataclass
class Life:
    """One person over some weeks: what was sent to them, and when they last stopped."""

    calendar: Calendar
    now: datetime
    history: list[Sent]
    stopped: bool = False

    def attempt(self, kind: Kind, due: datetime) -> Decision:
        week = week_containing(self.calendar, self.now)
        line = Unsolicited(kind, due)
        decision = may_send(self.now, self.calendar, week, line, self.history, stopped=self.stopped)
        if decision == SEND:
            assert not self.stopped
            assert in_window(self.calendar, self.now)
            self.history.append(Sent(kind, self.now, week.calendar_week, answered=False))
        elif decision.until:
            assert decision.until > self.now, "a wait always leads forward"
        return decision

    def answer(self) -> None:
        self.history = [replace(line, answered=True) for line in self.history]


LIVES = st.builds(
    Life,
    st.sampled_from(
        [
            HERE,
            Calendar("Asia/Kuala_Lumpur", "MY", "KDH", frozenset({6, 0, 1, 2, 3})),
            Calendar("Australia/Lord_Howe", "AU", "NSW", extra_holidays=(date(2026, 12, 31),)),
            Calendar("America/New_York", "US", absences=((date(2026, 12, 21), date(2027, 1, 6)),)),
        ]
    ),
    st.datetimes(datetime(2026, 10, 20), datetime(2027, 3, 20), timezones=st.just(UTC)),  # noqa: DTZ001
    st.builds(list),
)
ORDINARY = [kind for kind in Kind if kind not in (Kind.INVITATION, Kind.REMINDER)]
HOURS = st.sampled_from([-2, 0, 1, 5, 20, 24, 24, 48, 72, 120])
STEPS = st.lists(
    st.tuples(HOURS, st.booleans(), st.sampled_from(ORDINARY), st.sampled_from(["", "", "", "", "answer"])),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(LIVES, STEPS, st.integers(0, 80))
def test_the_contract_holds_whatever_happens(
    life: Life, steps: list[tuple[int, bool, Kind, str]], stop_at: int
) -> None:
    longest = 0
    for number, (hours, into_window, kind, event) in enumerate(steps):
        life.now += timedelta(hours=hours)
        if into_window:
            life.now = next_in_window(life.calendar, life.now)
        if event == "answer":
            life.answer()
        life.stopped = number >= stop_at
        life.attempt(kind, life.now)
        longest = max(longest, sum(not line.answered for line in life.history))
    weeks = Counter(week_containing(life.calendar, line.at).calendar_week for line in life.history)
    days = Counter(local_day(life.calendar, line.at) for line in life.history)
    assert max(weeks.values(), default=0) <= 3
    assert max(days.values(), default=0) <= 1
    assert longest <= 5


@settings(max_examples=100, deadline=None)
@given(LIVES, st.lists(st.tuples(st.sampled_from(ORDINARY), st.integers(0, 5), st.booleans()), max_size=12))
def test_the_check_in_is_never_starved(life: Life, attempts: list[tuple[Kind, int, bool]]) -> None:
    """All through the week anything may be tried; unless they are silent, the check-in comes on its hour."""
    week = week_containing(life.calendar, life.now)
    moments = [(week.slice_at, Kind.SLICE, True), (week.midweek_at, Kind.MIDWEEK, False)]
    for kind, day, answered in attempts:
        planned = next_in_window(life.calendar, week.slice_at + timedelta(days=day, hours=1))
        if kind is not Kind.CHECK_IN and planned < week.checkin_at:
            moments.append((planned, kind, answered))
    for moment, kind, answered in sorted(moments):
        life.now = moment
        if life.attempt(kind, moment) == SEND and answered:
            life.answer()
    life.now = week.checkin_at
    is_silent = len(life.history) >= 2 and not any(line.answered for line in life.history[-2:])
    decision = life.attempt(Kind.CHECK_IN, week.checkin_at)
    assert decision == (Decision(Verdict.DROP, Reason.SILENT) if is_silent else SEND)
    if all(line.kind in (Kind.SLICE, Kind.MIDWEEK, Kind.CHECK_IN) for line in life.history):
        assert decision == SEND

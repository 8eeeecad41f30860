"""How much of a manager's attention the coach may take: three lines a week that nobody asked for, one a day.
Silence makes it quieter, and after five lines without an answer it waits until they write.

`may_send` is asked for every unsolicited line at the moment of sending, by the one place that sends, whatever
was true when the line was planned. `may_keep_promise` is asked for what the manager asked for: it is not
counted, but a stop, a pause and the window hold for it too. Replies, safety and incident lines ask neither.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import takewhile

from coaching.rhythm import (
    WINDOW_CLOSES,
    Calendar,
    ProgrammeWeek,
    at_local,
    local_day,
    next_in_window,
    next_opening,
    working_days_from,
)

LINES_A_WEEK = 3
UNANSWERED_BEFORE_QUIET = 2
QUIET_LINES = 3  # one a week; with the two before them five unanswered in a row, and never a sixth
REMINDER_AFTER = timedelta(days=7)


class Kind(StrEnum):
    """Every line that may come unasked, the more important first: the earlier one gets the day."""

    CHECK_IN = "check_in"
    HOLD_CHECK = "hold_check"
    HELD = "held"  # new guardrails stopped their assignment
    RECONFIRMATION = "reconfirmation"
    OWNER_ANSWER = "owner_answer"
    COACH_LINE = "coach_line"
    AFTER_PAUSE = "after_pause"
    SLICE = "slice"
    MIDWEEK = "midweek"
    QUIET = "quiet"  # the week's only line to somebody who has gone silent
    INVITATION = "invitation"
    REMINDER = "reminder"  # of the invitation


class Promise(StrEnum):
    """What the manager asked for, to come later; once each."""

    APPOINTMENT = "appointment"
    ANSWER = "answer"


class Verdict(StrEnum):
    SEND = "send"
    WAIT = "wait"  # ask again at `until`
    DROP = "drop"


class Reason(StrEnum):
    """Why a line waits or is dropped; kept with the job, so that a silent week can be explained."""

    STOPPED = "stopped"
    TOO_LATE = "too_late"
    NOT_DUE = "not_due"
    PAUSED = "paused"
    OUTSIDE_WINDOW = "outside_window"
    ALREADY_SENT = "already_sent"
    NOT_JOINED = "not_joined"
    SILENT = "silent"
    NOT_SILENT = "not_silent"
    WEEK_IS_FULL = "week_is_full"
    DAY_IS_TAKEN = "day_is_taken"
    KEPT_FOR_CHECK_IN = "kept_for_check_in"
    OUTRANKED = "outranked"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True)
class Unsolicited:
    """A line nobody asked for, and the moment for which it was planned."""

    kind: Kind
    due: datetime


@dataclass(frozen=True)
class Sent:
    """An unsolicited line that has gone out. answered: they have done anything since, a skip included."""

    kind: Kind
    at: datetime
    calendar_week: date  # of the programme week in which it was sent
    answered: bool


@dataclass(frozen=True)
class Decision:
    verdict: Verdict
    reason: Reason | None = None
    until: datetime | None = None


SEND = Decision(Verdict.SEND)

# How long a line is worth sending, in working days after the day it was due; 0 is that day only. A slice may
# give its day to something more important and come on the next; a midweek line on another day would be a
# second one in disguise. An appointment missed by more than a day needs a new date. A coach's line goes stale
# in a week; rails, owners and the hold check hold for longer.
_WORKING_DAYS_OF_USE: dict[Kind | Promise, int] = {
    Kind.SLICE: 1,
    Kind.MIDWEEK: 0,
    Promise.APPOINTMENT: 1,
    Kind.COACH_LINE: 5,
    Kind.AFTER_PAUSE: 5,
    Kind.INVITATION: 5,
    Kind.REMINDER: 5,
    Kind.HELD: 10,
    Kind.OWNER_ANSWER: 10,
    Kind.HOLD_CHECK: 10,
    Promise.ANSWER: 10,
}
# These are about one week: kept until it closes, never carried into the next, so two can never pile up.
_OF_ONE_WEEK = frozenset({Kind.CHECK_IN, Kind.RECONFIRMATION, Kind.QUIET})
_ONCE_A_WEEK = _OF_ONE_WEEK | {Kind.SLICE, Kind.MIDWEEK}
_INVITING = frozenset({Kind.INVITATION, Kind.REMINDER})
_RANK = {kind: rank for rank, kind in enumerate(Kind)}


def use_by(kind: Kind, due: datetime, calendar: Calendar, week: ProgrammeWeek) -> datetime:
    """The moment from which a line planned for `due` is too late; week is the one that is open now."""
    if kind not in _OF_ONE_WEEK:
        return keep_by(kind, due, calendar)
    return week.closes_at if local_day(calendar, due) >= week.calendar_week else week.slice_at


def keep_by(line: Kind | Promise, due: datetime, calendar: Calendar) -> datetime:
    """The same for what is not about one week: a promise above all, which then needs a new date instead."""
    day = local_day(calendar, due)
    days = (day, *working_days_from(calendar, day, _WORKING_DAYS_OF_USE[line]))
    return at_local(calendar, days[-1], WINDOW_CLOSES)


def _latest_silence(history: Sequence[Sent]) -> tuple[Sent, ...]:
    """The latest lines that have found no answer, in the order of sending."""
    return tuple(takewhile(lambda sent: not sent.answered, reversed(history)))[::-1]


def quiet_line(history: Sequence[Sent], week: ProgrammeWeek) -> int | None:
    """Which of the three quiet-week lines this week may bring: 1, 2, 3, or None for no quiet line at all."""
    silence = _latest_silence(history)
    is_quiet = len(silence) >= UNANSWERED_BEFORE_QUIET and silence[-1].calendar_week < week.calendar_week
    if not is_quiet or _is_for_good(silence) or _has_not_joined(silence):
        return None
    return 1 + sum(sent.kind is Kind.QUIET for sent in silence)


def has_gone_silent(history: Sequence[Sent]) -> bool:
    """Whether every line that silence allows has gone out: from here on only they can begin again."""
    return _is_for_good(_latest_silence(history))


def _is_for_good(silence: Sequence[Sent]) -> bool:
    """Three quiet lines, or five lines of whatever kind."""
    quiet = sum(sent.kind is Kind.QUIET for sent in silence)
    return quiet >= QUIET_LINES or len(silence) >= UNANSWERED_BEFORE_QUIET + QUIET_LINES


def _has_not_joined(silence: Sequence[Sent]) -> bool:
    return any(sent.kind is Kind.INVITATION for sent in silence)


def may_send(
    now: datetime,
    calendar: Calendar,
    week: ProgrammeWeek,
    line: Unsolicited,
    history: Sequence[Sent],
    *,
    paused_until: datetime | None = None,
    stopped: bool = False,
    checkin_to_come: bool = True,
    also_due: Collection[Kind] = (),
) -> Decision:
    """Whether this line may go out now, waits, or is dropped.

    week: the programme week that is open, as it was when it opened. history: the unsolicited lines to this
    person in the order of sending; at least back to the latest answer and the start of the week, and every
    invitation. checkin_to_come: false once this week's check-in has been had early or waived, which frees
    its place. also_due: kinds of the other lines due to them now. A line that would only find its place when
    it is too late is dropped, not kept waiting.
    """
    if now >= week.closes_at:
        raise ValueError(f"The week of {week.calendar_week} has closed; hand in the one that follows it.")
    if stopped:
        return _drop(Reason.STOPPED)
    too_late = use_by(line.kind, line.due, calendar, week)
    hindrance = (
        _repeats(now, week, line.kind, history)
        or _meets_silence(week, line.kind, history)
        or _has_no_place(now, calendar, week, line.kind, history, checkin_to_come, also_due)
        or _bad_moment(now, calendar, paused_until)
    )
    return _settle(now, calendar, line.due, too_late, hindrance)


def may_keep_promise(
    now: datetime,
    calendar: Calendar,
    promise: Promise,
    due: datetime,
    *,
    paused_until: datetime | None = None,
    stopped: bool = False,
) -> Decision:
    """Whether something they asked for may come now: uncounted, but not after a stop or at a bad moment."""
    if stopped:
        return _drop(Reason.STOPPED)
    hindrance = _bad_moment(now, calendar, paused_until)
    return _settle(now, calendar, due, keep_by(promise, due, calendar), hindrance)


def _settle(
    now: datetime, calendar: Calendar, due: datetime, use_until: datetime, hindrance: Decision | None
) -> Decision:
    if now >= use_until:
        return _drop(Reason.TOO_LATE)
    found = hindrance or (_wait(Reason.NOT_DUE, due) if now < due else SEND)  # a clock may be set back
    if found.until is None:
        return found
    until = next_in_window(calendar, found.until)
    return Decision(Verdict.WAIT, found.reason, until) if until < use_until else _drop(found.reason)


def _drop(reason: Reason | None) -> Decision:
    return Decision(Verdict.DROP, reason)


def _wait(reason: Reason, until: datetime) -> Decision:
    return Decision(Verdict.WAIT, reason, until)


def _repeats(now: datetime, week: ProgrammeWeek, kind: Kind, history: Sequence[Sent]) -> Decision | None:
    """One check-in, one slice, one midweek line a week; one invitation and one reminder ever."""
    since = date.min if kind in _INVITING else week.calendar_week if kind in _ONCE_A_WEEK else date.max
    if any(sent.kind is kind and sent.calendar_week >= since for sent in history):
        return _drop(Reason.ALREADY_SENT)
    if kind is Kind.REMINDER:
        invited = [sent for sent in history if sent.kind is Kind.INVITATION]
        if not invited:
            return _drop(Reason.NOT_JOINED)
        if now < invited[-1].at + REMINDER_AFTER:
            return _wait(Reason.NOT_DUE, invited[-1].at + REMINDER_AFTER)
    return None


def _meets_silence(week: ProgrammeWeek, kind: Kind, history: Sequence[Sent]) -> Decision | None:
    silence = _latest_silence(history)
    if _has_not_joined(silence):
        return None if kind is Kind.REMINDER else _drop(Reason.NOT_JOINED)
    if kind is Kind.MIDWEEK and silence:
        # It goes to those who took the slice; on top of an open line it could cost the week its check-in.
        return _drop(Reason.SILENT)
    if len(silence) < UNANSWERED_BEFORE_QUIET:
        return _drop(Reason.NOT_SILENT) if kind is Kind.QUIET else None
    if kind is Kind.QUIET and quiet_line(history, week):
        return None
    return _drop(Reason.SILENT) if _is_for_good(silence) else _wait(Reason.SILENT, week.closes_at)


def _has_no_place(
    now: datetime,
    calendar: Calendar,
    week: ProgrammeWeek,
    kind: Kind,
    history: Sequence[Sent],
    checkin_to_come: bool,
    also_due: Collection[Kind],
) -> Decision | None:
    # A later week's lines count too: a holiday announced late can merge a week into the one before.
    this_week = [sent for sent in history if sent.calendar_week >= week.calendar_week]
    if len(this_week) >= LINES_A_WEEK:
        return _wait(Reason.WEEK_IS_FULL, week.closes_at)
    today = local_day(calendar, now)
    if any(local_day(calendar, sent.at) == today for sent in history):
        return _wait(Reason.DAY_IS_TAKEN, next_opening(calendar, now))
    if kind in (Kind.CHECK_IN, Kind.QUIET):
        return None
    # The check-in has the third place and its day: with one line a day, another would push it out.
    check_in_is_ahead = checkin_to_come and all(sent.kind is not Kind.CHECK_IN for sent in this_week)
    if check_in_is_ahead and (len(this_week) >= LINES_A_WEEK - 1 or today >= week.days[-1]):
        return _wait(Reason.KEPT_FOR_CHECK_IN, week.closes_at)
    if any(_RANK[other] < _RANK[kind] for other in also_due):
        return _wait(Reason.OUTRANKED, next_opening(calendar, now))
    return None


def _bad_moment(now: datetime, calendar: Calendar, paused_until: datetime | None) -> Decision | None:
    if paused_until is not None and now < paused_until:
        return _wait(Reason.PAUSED, paused_until)
    allowed = next_in_window(calendar, now)
    return _wait(Reason.OUTSIDE_WINDOW, allowed) if allowed > now.astimezone(UTC) else None

"""The attention contract, asked with what the tables know: whether a line may go out to this person now.

`coaching.attention` has the rules; here are the history they are asked about and the lines that compete.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from bot import openings
from bot.around.letter import ABOUT
from coaching import attention, facts, rhythm
from coaching.attention import Decision, Reason, Sent, Unsolicited, Verdict
from coaching.journey import Kind
from storage import queue, values
from storage.jobs import Job, JobKind
from storage.people import Person, Status
from storage.repository import Repository

OF_THE_WORK = (attention.Kind.SLICE, attention.Kind.MIDWEEK, attention.Kind.CHECK_IN)
TROUBLE = frozenset({Kind.DANGER, Kind.HARASSMENT, Kind.DISTRESS, Kind.OVERLOAD})
LONG_AGO = timedelta(days=400)
PAUSED_BY_COACH = "coach_paused"  # the line that tells of a pause is not held back by it


class Planned(Protocol):
    """A line to come: what it counts as, the moment it belongs to, its name. Every job that says one is."""

    @property
    def nudge(self) -> str | None: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def name(self) -> str: ...


def may_go(repo: Repository, person: Person, job: Job, now: datetime) -> Decision:
    """Whether one line may go out, waits or is dropped. Among those due together the first in rank goes."""
    if job.nudge == ABOUT:
        return _within_working_hours(person, now)
    if job.nudge is not None and is_overtaken(repo, job):
        return Decision(Verdict.DROP, Reason.OVERTAKEN)
    decision = judge(repo, person, job, now)
    if decision.verdict is not Verdict.SEND or not _is_unasked(job):
        return decision
    rivals = frozenset(
        attention.Kind(str(other.nudge))
        for other in queue.waiting(repo, person.id)
        if _competes(other, job, now) and judge(repo, person, other, now).verdict is Verdict.SEND
    )
    return judge(repo, person, job, now, rivals) if rivals else decision


def _within_working_hours(person: Person, now: datetime) -> Decision:
    """For somebody around a manager: nothing is counted and no silence read, but evenings stay theirs."""
    allowed = rhythm.next_in_window(openings.calendar_of(person), now)
    return attention.SEND if allowed <= now else Decision(Verdict.WAIT, Reason.OUTSIDE_WINDOW, allowed)


def history(repo: Repository, person: Person, now: datetime) -> tuple[Sent, ...]:
    """The unsolicited lines of the last year in the order of sending, each with the week it went out in.

    What went out since the open week began belongs to it, whatever zone or working days count by now.
    """
    calendar, week = openings.calendar_of(person), programme_week(repo, person, now)
    sent = [
        Sent(
            attention.Kind(str(job.nudge)),
            job.finished_at,
            week.calendar_week
            if job.finished_at >= week.slice_at
            else min(week.calendar_week, rhythm.week_containing(calendar, job.finished_at).calendar_week),
            job.answered_at is not None,
        )
        for job in queue.nudged(repo, person.id, now - LONG_AGO)
        if _is_unasked(job) and job.finished_at is not None
    ]
    # Answered ones went out before the others, even where a clock was set back in between.
    return tuple(sorted(sent, key=lambda each: (not each.answered, each.at)))


def programme_week(repo: Repository, person: Person, now: datetime) -> rhythm.ProgrammeWeek:
    """The programme week that is open: as it was when it opened, else the calendar's."""
    for talk in reversed(repo.conversations(person.id, open_only=True)):
        if talk.kind in (Kind.WEEK, Kind.QUIET) and talk.opening is not None:
            days: rhythm.ProgrammeWeek = values.load(talk.opening).days
            if now < days.closes_at:
                return days
    return rhythm.week_containing(openings.calendar_of(person), now)


def is_looked_at(repo: Repository, person: Person) -> bool:
    """Whether something that went wrong is still open; a feeling alone holds nothing."""
    return any(
        talk.kind == Kind.WRONG and repo.facts(person.id, facts.Concern, conversation_id=talk.id)
        for talk in repo.conversations(person.id, open_only=True)
    )


def judge(
    repo: Repository,
    person: Person,
    job: Planned,
    now: datetime,
    also_due: frozenset[attention.Kind] = frozenset(),
) -> Decision:
    """What the contract says about one line, ``also_due`` apart whatever else there is."""
    calendar = openings.calendar_of(person)
    paused = person.paused_until if person.status is Status.PAUSED and job.name != PAUSED_BY_COACH else None
    stopped = person.status in (Status.STOPPED, Status.HELD, Status.DORMANT)
    if job.nudge in set(attention.Promise):
        promise = attention.Promise(str(job.nudge))
        return attention.may_keep_promise(
            now, calendar, promise, job.due_at, paused_until=paused, stopped=stopped
        )
    if not _is_unasked(job):
        return attention.SEND
    if is_in_trouble(repo, person):
        return Decision(Verdict.WAIT, None, rhythm.next_opening(calendar, now))
    line = Unsolicited(attention.Kind(str(job.nudge)), job.due_at)
    if line.kind in OF_THE_WORK and is_looked_at(repo, person):
        return Decision(Verdict.WAIT, None, rhythm.next_opening(calendar, now))
    return attention.may_send(
        now,
        calendar,
        programme_week(repo, person, now),
        line,
        history(repo, person, now),
        paused_until=paused,
        stopped=stopped,
        checkin_to_come=any(talk.kind == Kind.WEEK for talk in repo.conversations(person.id, open_only=True)),
        also_due=also_due,
    )


def is_in_trouble(repo: Repository, person: Person) -> bool:
    """Whether a conversation about their own safety is open: nothing comes unasked before they end it."""
    return any(talk.kind in TROUBLE for talk in repo.conversations(person.id, open_only=True))


def _is_unasked(job: Planned) -> bool:
    return job.nudge in set(attention.Kind)


def is_overtaken(repo: Repository, job: Job) -> bool:
    """Whether more has been said in its conversation since: then it would come twice, or late."""
    return job.conversation_id is not None and repo.conversation(job.conversation_id).turns > job.asking


def _competes(other: Job, job: Job, now: datetime) -> bool:
    return other.kind is JobKind.SAY and other.id != job.id and other.due_at <= now and _is_unasked(other)

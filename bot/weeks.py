"""What happens when a programme week begins, and when a moment inside one has come.

A week brings its slice; to somebody who has gone silent one quiet line instead, three weeks in a row; then
nothing until they write. What comes late because nobody was working is moved or let go, never piled up.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot import openings, standing
from bot.contract import history, is_looked_at
from bot.exchange import Exchange
from bot.model import waiting
from bot.upkeep import kept_until
from coaching import attention, quiet, rhythm
from coaching.journal import Passed
from coaching.journey import Kind
from coaching.needs import Question, Wait
from coaching.themes import Theme
from storage import queue, values
from storage.jobs import Job, JobState
from storage.people import Person, Status

DECISION_ASKED = 2  # weeks; whoever lets a decision pass twice has decided to let it rest


def moved_to(person: Person, job: Job, now: datetime) -> datetime | None:
    """Where the opening of a conversation moves to; None if it is to be opened now.

    A pause moves a week to the first one after its end. What was due while nobody worked is opened late in
    working hours, but not on a week's last day: a slice to be done by then would be a joke.
    """
    calendar, until = openings.calendar_of(person), person.paused_until
    paused = person.status is Status.PAUSED and until is not None and now < until
    if paused and until is not None:
        return rhythm.first_week_from(calendar, until).slice_at if job.name == Kind.WEEK else until
    if job.name != Kind.WEEK:
        return None
    opens = rhythm.next_in_window(calendar, now)
    if opens > now:
        return opens
    left = rhythm.week_with_time_left(calendar, now)
    return rhythm.next_programme_week(calendar, now).slice_at if left is None else None


def open_next(exchange: Exchange, kind: Kind, retention: timedelta) -> None:
    """Open the next conversation of a kind; of a week, whatever it is to bring."""
    if kind is not Kind.WEEK:
        exchange.open(kind, nudge=attention.Kind.HOLD_CHECK if kind is Kind.HOLD else None)
        return
    if exchange.person.status is Status.DORMANT:
        return
    if exchange.person.status is Status.PAUSED:
        exchange.person = exchange.repo.update_person(
            exchange.person.id, status=Status.ACTIVE, paused_until=None
        )
    so_far = history(exchange.repo, exchange.person, exchange.now)
    if has_taken_leave(exchange) or attention.has_gone_silent(so_far):
        exchange.person = exchange.repo.update_person(exchange.person.id, status=Status.DORMANT)
        return
    for talk in exchange.open_talks():
        if talk.kind in (Kind.WEEK, Kind.QUIET, Kind.START):
            exchange.close_unanswered(talk)
    week = rhythm.week_containing(openings.calendar_of(exchange.person), exchange.now)
    line = None if is_looked_at(exchange.repo, exchange.person) else attention.quiet_line(so_far, week)
    if line is not None:
        _open_quiet(exchange, line, attention.Kind.QUIET, retention)
    elif _rests(exchange):
        _open_quiet(exchange, quiet.REST, attention.Kind.SLICE, retention)
    else:
        exchange.open(Kind.WEEK, nudge=attention.Kind.SLICE)


def wake(exchange: Exchange, job: Job) -> None:
    """The moment of a wait has come, or the time of a question is over; nothing if neither is open any
    more.
    """
    if job.conversation_id is None:
        return
    talk = exchange.repo.conversation(job.conversation_id)
    if not talk.is_open or standing.is_over(talk, exchange.now):
        return
    need = exchange.stand(talk)[0].needs
    if isinstance(need, Wait) and need.name == job.name:
        # A line about one week belongs to its own moment, so that late it is dropped and not sent as new.
        exchange.belongs_to = need.at if talk.kind == Kind.WEEK else None
        exchange.reach(talk, need, Passed.REACHED, need.nudge)
    elif isinstance(need, Question) and need.name == job.name and need.lapses is not None:
        exchange.reach(talk, need, Passed.LAPSED, None)
    elif waiting.is_awaited(need) and need.name == job.name:
        waiting.time_is_over(exchange, talk, need, job)


def _open_quiet(exchange: Exchange, line: int, nudge: attention.Kind, retention: timedelta) -> None:
    repo, person, now = exchange.repo, exchange.person, exchange.now
    until = kept_until(repo, person, now, retention)
    opening = openings.quiet_opening(repo, person, now, line, until)
    exchange.open(Kind.QUIET, nudge=nudge, opening=opening)


def has_taken_leave(exchange: Exchange) -> bool:
    """Whether the last line was said and is still open. It stays so: its buttons work whenever they are
    pressed.
    """
    for talk in exchange.open_talks():
        if talk.kind == Kind.QUIET and talk.opening is not None:
            said = (job.state for job in queue.of_conversation(exchange.repo, talk.id))
            last = values.load(talk.opening).line in (quiet.REST, quiet.LAST_LINE)
            return last and any(state in (JobState.SENT, JobState.UNKNOWN) for state in said)
    return False


def _rests(exchange: Exchange) -> bool:
    """Whether the last decision was asked for in two weeks and never taken."""
    since = openings.since_last_start(exchange.repo.conversations(exchange.person.id))
    left = [talk for talk in since if talk.theme == Theme.DECIDE and talk.how_closed == openings.USED_UP]
    return len(left) >= DECISION_ASKED

"""Away and back: a pause and its end, and the ways back from a pause, a stop or a silence into a week.

Whoever comes back is met by the week's step, if there is time for one, and never by what they missed.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot import openings, outbox, outcomes, standing
from coaching import attention, facts, rhythm
from coaching.journey import Kind
from coaching.reading.days import Absence
from coaching.themes import Final, Midpoint
from storage import queue
from storage.conversations import Conversation
from storage.jobs import Job, JobKind
from storage.people import Status

if TYPE_CHECKING:
    from bot.exchange import Exchange

PAUSE_OVER = "pause_over"
DECIDED = frozenset({Midpoint.STOP.value, *(each.value for each in Final)})
AWAY = (Status.PAUSED, Status.STOPPED, Status.DORMANT, Status.HELD)


def go_on(exchange: Exchange, talk: Conversation, *, reword: bool = False) -> None:
    """The week's step as a reply, while there is time for one this week; else on the next first day."""
    be_back(exchange)
    if rhythm.week_with_time_left(openings.calendar_of(exchange.person), exchange.now) is None:
        outcomes.schedule_week(exchange, talk, after=exchange.now)
    else:
        exchange.open(Kind.WEEK, reword=reword)


def come_back_next_week(exchange: Exchange, talk: Conversation) -> None:
    """Back, with the next programme week."""
    be_back(exchange)
    outcomes.schedule_week(exchange, talk, after=exchange.now)


def pause(exchange: Exchange, until: datetime) -> None:
    """Nothing comes until then; on the first day of the week after it, one line."""
    repo, person = exchange.repo, exchange.person
    exchange.person = repo.update_person(person.id, status=Status.PAUSED, paused_until=until)
    queue.cancel_for(repo, person.id, [JobKind.WAKE], at=exchange.now, reason="moved", name=PAUSE_OVER)
    queue.add(
        repo,
        person_id=person.id,
        kind=JobKind.WAKE,
        name=PAUSE_OVER,
        asking=outbox.next_number(exchange),
        due_at=rhythm.first_week_from(openings.calendar_of(person), until).slice_at,
    )


def go_away(exchange: Exchange, absence: Absence) -> None:
    """Days on which nothing is sent, like holidays; they are days off for every week that they fall into."""
    person = exchange.person
    today = rhythm.local_day(openings.calendar_of(person), exchange.now)
    ahead = tuple(each for each in person.absences if each[1] >= today)
    absences = (*ahead, (absence.first, absence.last))
    exchange.person = exchange.repo.update_person(person.id, absences=absences)


def end_absence(exchange: Exchange) -> bool:
    """Back before the day: whether they were away."""
    person = exchange.person
    today = rhythm.local_day(openings.calendar_of(person), exchange.now)
    ahead = tuple(each for each in person.absences if not each[0] <= today <= each[1])
    if len(ahead) == len(person.absences):
        return False
    exchange.person = exchange.repo.update_person(person.id, absences=ahead)
    return True


def pause_is_over(exchange: Exchange) -> None:
    """The week's own first line is the line after a pause. Where no week runs, the open question is it."""
    person = exchange.person
    until = person.paused_until
    if person.status is not Status.PAUSED or (until is not None and exchange.now < until):
        return
    be_back(exchange)
    if _week_to_come(exchange) is None:
        exchange.repeat(exchange.floor(), nudge=attention.Kind.AFTER_PAUSE)


def resume(exchange: Exchange) -> bool:
    """After a stop or a pause: whether a week had to be opened or scheduled anew, and was."""
    person, now = exchange.person, exchange.now
    calendar = openings.calendar_of(person)
    since = openings.since_last_start(exchange.repo.conversations(person.id))
    if not _has_work_in_hand(exchange, since):
        return False
    current = [talk for talk in since if talk.is_open and talk.kind in (Kind.WEEK, Kind.QUIET)]
    to_come = _week_to_come(exchange)
    coming = rhythm.next_programme_week(calendar, now)
    if to_come is not None and any(not standing.is_over(talk, now) for talk in current):
        return False  # it goes on by itself
    if to_come is not None and not current and to_come.due_at <= coming.slice_at:
        return False
    for talk in current:
        exchange.close_unanswered(talk)
    opened = rhythm.week_containing(calendar, now).slice_at
    was_had = any(talk.kind == Kind.WEEK and talk.opened_at >= opened for talk in since)
    if was_had or rhythm.week_with_time_left(calendar, now) is None:
        exchange.say("quiet_next_week", at=coming.slice_at)
        outcomes.schedule_week(exchange, since[-1], after=now)
    else:
        exchange.open(Kind.WEEK)
    return True


def expect(exchange: Exchange) -> None:
    """After a time out of reach: the next week is planned where there is work in hand; nothing is said."""
    since = openings.since_last_start(exchange.repo.conversations(exchange.person.id))
    if _week_to_come(exchange) is None and _has_work_in_hand(exchange, since):
        outcomes.schedule_week(exchange, since[-1], after=exchange.now)


def _has_work_in_hand(exchange: Exchange, since: list[Conversation]) -> bool:
    """Whether a slice was agreed, its words are still there, and nothing has been decided about the work."""
    repo, person = exchange.repo, exchange.person
    ids = {talk.id for talk in since}
    slices = [each for each in repo.facts(person.id, facts.Assignment) if each.conversation_id in ids]
    decisions = [each for each in repo.facts(person.id, facts.Decision) if each.conversation_id in ids]
    if not slices or since[0].is_open or slices[-1].faded:
        return False
    return not decisions or decisions[-1].fact.what not in DECIDED


def _week_to_come(exchange: Exchange) -> Job | None:
    waiting = queue.waiting(exchange.repo, exchange.person.id)
    return next((job for job in waiting if job.kind is JobKind.OPEN and job.name == Kind.WEEK), None)


def be_back(exchange: Exchange) -> None:
    """Whoever was away is there again, and what would have met them at the end of it is called off."""
    person = exchange.person
    if person.status in AWAY:
        exchange.become(Status.ACTIVE, paused_until=None)
        queue.cancel_for(
            exchange.repo, person.id, [JobKind.WAKE], at=exchange.now, reason="came_back", name=PAUSE_OVER
        )

"""What follows when a conversation has ended: the next week, the hold check, a pause, a stop, the end.

The scripts decide; here it is done, in the transaction that ended the conversation.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot import corrections, openings, outbox, resting, returning, wishes
from coaching import facts, rhythm
from coaching.journey import ASIDES, After, Kind, Outcome
from coaching.slots import Term
from storage import conversations, queue
from storage.conversations import Conversation
from storage.jobs import JobKind, cancel_for
from storage.people import Status

if TYPE_CHECKING:
    from bot.exchange import Exchange

CLOSED = "closed"  # how work ended that its manager left
ENDING = frozenset(
    {After.ERASE, After.FORGET, After.STOP, After.PAUSE, After.PAUSE_TWO_WEEKS, After.HOLD}
    | {After.CLOSE_WORK, After.PERSON, After.AWAY}
)


def follow(exchange: Exchange, talk: Conversation, outcome: Outcome) -> None:
    """Close the conversation and do what follows from how it ended."""
    exchange.close(talk, openings.USED_UP if outcome.used_up else "ended")
    if talk.kind in (Kind.WEEK, Kind.QUIET) and After.NEXT_WEEK not in outcome.after:
        queue.cancel(exchange.repo, talk.id, [JobKind.OPEN], at=exchange.now)
    if outcome.language:
        exchange.person = exchange.repo.update_person(exchange.person.id, language=outcome.language)
    if outcome.zone:
        exchange.person = exchange.repo.choose_zone(exchange.person.id, outcome.zone)
    for after in outcome.after:
        _do(exchange, talk, after, outcome)
    if talk.kind == Kind.WRONG:
        resting.settle_weeks(exchange)
    if outcome.put_right is not None and corrections.put_right(exchange, outcome.put_right):
        return None
    if outcome.taken_back is not None:
        back = outcome.taken_back
        of = exchange.repo.conversation(back.conversation_id)
        if of.is_open:
            return exchange.take_back(of, back.name, back.asking)
        exchange.say("closed_week" if of.kind == Kind.WEEK else "stale")  # it closed while they chose
    if talk.kind in ASIDES and not _ends_it(outcome) and exchange.channel is not None:
        exchange.repeat(exchange.floor())  # in reply only: nobody is reminded because an aside has ended
    return None


def _do(exchange: Exchange, talk: Conversation, after: After, outcome: Outcome) -> None:
    calendar = openings.calendar_of(exchange.person)
    match after:
        case After.FIRST_WEEK:
            schedule_week(exchange, talk, after=exchange.now)
        case After.FIRST_WEEK_LATER:
            schedule_week(exchange, talk, after=rhythm.next_programme_week(calendar, exchange.now).slice_at)
        case After.HOLD_CHECK:
            _schedule(exchange, talk, Kind.HOLD, rhythm.hold_check_at(calendar, exchange.now))
        case After.NEXT_FRICTION:
            exchange.open(Kind.START)
        case After.ERASE:
            queue.add(
                exchange.repo,
                person_id=exchange.person.id,
                kind=JobKind.WAKE,
                name=wishes.ERASE,
                asking=outbox.next_number(exchange),
                due_at=exchange.now + wishes.TO_SAY_SO,
            )
        case After.FORGET:
            exchange.put_line(wishes.begin_forgetting(exchange.repo, exchange.person, exchange.now))
        case After.PAUSE:
            returning.pause(exchange, outcome.until or rhythm.pause_ends(calendar, exchange.now))
        case After.PAUSE_TWO_WEEKS:
            until = rhythm.pause_ends(calendar, exchange.now)
            returning.pause(exchange, until)
            exchange.say("paused", until=until)
        case After.PERSON:
            exchange.cut_in(Kind.PERSON)
        case After.AWAY:
            assert outcome.absence is not None
            returning.go_away(exchange, outcome.absence)
        case After.STOP:
            exchange.stop()
        case After.HOLD:
            exchange.become(Status.HELD, paused_until=None)
        case After.EVIDENCE_NOTE:
            _say_where_the_note_is(exchange)
        case After.CLOSE_WORK:
            _close_work(exchange)
        case After.THIS_WEEK | After.REWORDED_WEEK:
            returning.go_on(exchange, talk, reword=after is After.REWORDED_WEEK)
        case After.COMING_WEEK:
            returning.come_back_next_week(exchange, talk)
        case After.DROP_WORDS:
            conversations.drop_opening(exchange.repo.scope, talk.id)
        case After.REST:
            exchange.become(Status.DORMANT)
        case After.NEXT_WEEK:
            _make_sure_of_the_next_week(exchange, talk)


def _ends_it(outcome: Outcome) -> bool:
    """Whether nothing more is to be asked now."""
    return bool(ENDING.intersection(outcome.after))


def _make_sure_of_the_next_week(exchange: Exchange, talk: Conversation) -> None:
    """It was scheduled when this week opened; after a stop that moment may have passed unused."""
    if not any(job.kind is JobKind.OPEN for job in queue.waiting(exchange.repo, exchange.person.id)):
        schedule_week(exchange, talk, after=exchange.now)


def _say_where_the_note_is(exchange: Exchange) -> None:
    if exchange.repo.facts(exchange.person.id, facts.Friction):
        exchange.say("evidence_ready", page=Term("Page", "evidence"))
    else:
        exchange.say("evidence_nothing_yet")


def _close_work(exchange: Exchange) -> None:
    """The work in hand is closed as it stands; nothing of it comes back by itself."""
    for talk in exchange.open_talks():
        if talk.kind in (Kind.WEEK, Kind.START, Kind.HOLD):
            exchange.close_unanswered(talk, CLOSED)
    cancel_for(exchange.repo, exchange.person.id, [JobKind.OPEN], at=exchange.now, reason="closed")


def schedule_week(exchange: Exchange, talk: Conversation, *, after: datetime) -> None:
    """The next programme week opens on its first working day at nine; there is one such next week."""
    cancel_for(
        exchange.repo, exchange.person.id, [JobKind.OPEN], at=exchange.now, reason="moved", name=Kind.WEEK
    )
    week = rhythm.next_programme_week(openings.calendar_of(exchange.person), after)
    _schedule(exchange, talk, Kind.WEEK, week.slice_at)


def _schedule(exchange: Exchange, talk: Conversation, kind: Kind, at: datetime) -> None:
    queue.add(
        exchange.repo,
        person_id=exchange.person.id,
        kind=JobKind.OPEN,
        name=kind,
        asking=outbox.next_number(exchange),
        conversation_id=talk.id,
        due_at=at,
    )

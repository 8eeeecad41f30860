"""Does what is due: says lines, wakes conversations whose moment has come, opens the next week.

Whether an unsolicited line may go out is decided here, at the moment of sending, and nowhere else. A job is
leased, never taken: a worker that dies leaves its work to the next one, and a line that may have arrived is
looked for.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot import openings
from bot.channel import Arrived, Channel, Delivery, NotDeliveredError
from bot.clock import Clock
from bot.exchange import ERASE, Exchange, is_looked_at, programme_week
from bot.incoming import Token
from bot.listening import reader_of
from bot.upkeep import RETENTION, tidy
from coaching import attention, rhythm
from coaching.attention import Decision, Sent, Unsolicited
from coaching.journal import Form, Passed, Tap
from coaching.journal import Words as Said
from coaching.journey import Kind
from coaching.needs import Line, Question, Wait
from coaching.themes import Theme
from prompts.words import Words
from storage import queue, values
from storage.crashpoints import crashpoint
from storage.jobs import Job, JobKind, JobState
from storage.people import Person, Status
from storage.repository import Repository, Store

log = logging.getLogger("unbadged.worker")
LEASE_SECONDS = 60.0
SILENT_WEEKS = 3  # after that nothing is opened until they write
OF_THE_WORK = (attention.Kind.SLICE, attention.Kind.MIDWEEK, attention.Kind.CHECK_IN)
BATCH = 50
ROUNDS = 1_000  # a day's work of one person is a few dozen; a loop that never ends is a mistake
LONG_AGO = timedelta(days=400)
FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(minutes=30)
# Looked at every two seconds: a wish to be forgotten waits ten minutes for its last line, no longer.
FAREWELL_TRIES = 300


class Worker:
    """Works off the queue. Several may run at once."""

    def __init__(
        self,
        store: Store,
        words: Words,
        clock: Clock,
        channels: Mapping[str, Channel],
        *,
        demo: bool = False,
        retention: timedelta = RETENTION,
    ) -> None:
        self._store, self._words, self._clock, self._channels = store, words, clock, channels
        self._demo, self._retention = demo, retention
        self._owner = secrets.token_hex(6)
        self._tidied: date | None = None

    def run_due(self) -> int:
        """Do everything that is due now; how many jobs that were."""
        self.reconcile()
        today = self._clock.now().date()
        if self._tidied != today:
            tidy(self._store, self._clock.now(), self._retention)
            self._tidied = today
        done = 0
        for _ in range(ROUNDS):
            jobs = queue.claim(self._store, self._owner, self._clock.now(), LEASE_SECONDS, BATCH)
            if not jobs:
                return done
            for job in jobs:
                self._do(job)
                done += 1
        return done

    def reconcile(self) -> None:
        """Find out what became of lines whose sender vanished in mid-send."""
        for job in queue.unsettled(self._store):
            delivery = self._delivery(job)
            channel = self._channels.get(job.channel or "")
            found = channel.arrived(delivery) if channel and delivery else Arrived.CANNOT_LOOK
            state, reason = {
                Arrived.YES: (JobState.SENT, None),
                Arrived.NO: (JobState.READY, None),
                Arrived.CANNOT_LOOK: (JobState.UNKNOWN, "cannot_look"),
            }[found]
            queue.settle(self._store, job, state, self._clock.now(), reason)

    def _do(self, job: Job) -> None:
        try:
            match job.kind:
                case JobKind.SAY:
                    self._say(job)
                case JobKind.WAKE | JobKind.OPEN:
                    self._come_back(job)
                case JobKind.FETCH:
                    queue.finish(self._store, job, JobState.DEAD, self._clock.now(), reason="nobody_to_ask")
        except NotDeliveredError as failure:
            self._failed(job, failure)
        except Exception:
            # What went wrong may quote a manager, so only the kind of job is logged.
            log.error("job %s (%s) failed", job.id, job.kind)
            self._again(job, "failed")
            raise

    # Saying

    def _say(self, job: Job) -> None:
        now = self._clock.now()
        with self._store.reading(job.organisation_id) as repo:
            person = repo.person(job.person_id)
            decision = _may_go(repo, person, job, self._clock) if person else attention.SEND
        if decision.verdict is attention.Verdict.DROP:
            queue.finish(self._store, job, JobState.DROPPED, now, reason=str(decision.reason))
            return
        if decision.verdict is attention.Verdict.WAIT and decision.until is not None:
            queue.postpone(self._store, job, decision.until)
            return
        delivery, channel = self._delivery(job), self._channels.get(job.channel or "")
        if delivery is None or channel is None:
            queue.finish(self._store, job, JobState.DEAD, now, reason="no_channel")
            return
        crashpoint("before_send")
        reference = channel.send(delivery)
        crashpoint("after_send")
        queue.finish(self._store, job, JobState.SENT, now, sent_ref=reference)

    def _delivery(self, job: Job) -> Delivery | None:
        """The message of a job, in the words of the person who reads it."""
        with self._store.reading(job.organisation_id) as repo:
            person = repo.person(job.person_id)
            platform_id = repo.platform_id(job.person_id, job.channel) if job.channel else None
        if person is None or platform_id is None or job.body is None:
            return None
        what: Line | Question = values.load(job.body)
        message = self._words.message(reader_of(self._words, person), what)
        tokens: tuple[str, ...] = ()
        form = None
        if isinstance(what, Question) and job.conversation_id is not None:
            asked = (job.conversation_id, what.name, what.asking)
            tokens = tuple(str(Token(*asked, button.value)) for button in message.buttons)
            form = str(Token(*asked, "form")) if message.fields else None
        at = self._clock.now()
        return Delivery(job.organisation_id, job.person_id, platform_id, job.id, message, tokens, form, at)

    def _failed(self, job: Job, failure: NotDeliveredError) -> None:
        if failure.for_good:
            queue.finish(self._store, job, JobState.DEAD, self._clock.now(), reason=failure.reason)
        else:
            self._again(job, failure.reason)

    def _again(self, job: Job, reason: str) -> None:
        wait = min(FIRST_RETRY * 2 ** min(job.attempts, 8), LONGEST_RETRY)
        queue.retry(self._store, job, self._clock.now() + wait, reason)

    # Coming back

    def _come_back(self, job: Job) -> None:
        """A moment has come: wake the conversation, or open the next one, in one transaction with the job's
        end.
        """
        now = self._clock.now()
        with self._store.transaction(job.organisation_id) as repo:
            repo.lock(job.person_id)
            person = repo.person(job.person_id)
            if job.name == ERASE:
                self._erase(repo, job)
                return
            if person is None or person.status in (Status.STOPPED, Status.FORGOTTEN):
                queue.finish(repo, job, JobState.DROPPED, now, reason="stopped")
                return
            if job.kind is JobKind.OPEN and (later := _pause_moves(person, job, self._clock)):
                queue.postpone(repo, job, later)
                return
            exchange = Exchange(repo, person, now, None, self._demo)
            if job.kind is JobKind.OPEN:
                _open(exchange, Kind(job.name))
            else:
                _wake(exchange, job)
            crashpoint("woken")
            queue.finish(repo, job, JobState.DONE, now)

    def _erase(self, repo: Repository, job: Job) -> None:
        """Forget a person once the line that says so has gone out, or could not for some minutes."""
        now = self._clock.now()
        due = [each for each in queue.waiting(repo, job.person_id) if each.due_at <= now]
        if job.attempts < FAREWELL_TRIES and any(each.kind is JobKind.SAY for each in due):
            queue.postpone(repo, job, now + timedelta(seconds=1))
            return
        queue.finish(repo, job, JobState.DONE, now)
        repo.forget(job.person_id, now)


def _open(exchange: Exchange, kind: Kind) -> None:
    if kind is Kind.WEEK:
        for talk in exchange.open_talks():
            if talk.kind in (Kind.WEEK, Kind.START):
                exchange.close_unanswered(talk)
        if _is_over(exchange):
            return
        if _silent_weeks(exchange) >= SILENT_WEEKS:
            exchange.person = exchange.repo.update_person(exchange.person.id, status=Status.DORMANT)
            return
    nudge = {Kind.WEEK: attention.Kind.SLICE, Kind.HOLD: attention.Kind.HOLD_CHECK}.get(kind)
    exchange.open(kind, nudge=nudge)


def _is_over(exchange: Exchange) -> bool:
    """Whether the last theme was used up without a decision: then the workflow rests as it is."""
    weeks = [t for t in exchange.repo.conversations(exchange.person.id) if t.kind in (Kind.WEEK, Kind.START)]
    last = weeks[-1]
    return last.theme == Theme.DECIDE and last.how_closed == openings.USED_UP


def _silent_weeks(exchange: Exchange) -> int:
    """How many weeks in a row have closed without a word or a tap."""
    silent = 0
    for talk in reversed(exchange.repo.conversations(exchange.person.id)):
        if talk.kind != Kind.WEEK:
            break
        if talk.how_closed == openings.WAITED:
            continue  # nothing was asked of them
        if any(isinstance(e.answer, Said | Tap | Form) for e in exchange.repo.journal(talk.id).entries):
            break
        silent += 1
    return silent


def _wake(exchange: Exchange, job: Job) -> None:
    """The moment of a wait has come, or the time of a question is over; nothing if neither is open any
    more.
    """
    if job.conversation_id is None:
        return
    talk = exchange.repo.conversation(job.conversation_id)
    if not talk.is_open:
        return
    need = exchange.stand(talk)[0].needs
    if isinstance(need, Wait) and need.name == job.name:
        exchange.reach(talk, need, Passed.REACHED, need.nudge)
    elif isinstance(need, Question) and need.name == job.name and need.lapses is not None:
        exchange.reach(talk, need, Passed.LAPSED, None)


def _pause_moves(person: Person, job: Job, clock: Clock) -> datetime | None:
    """Where a pause moves the opening of a week: to the first programme week after its end."""
    until = person.paused_until
    if person.status is not Status.PAUSED or until is None or until <= clock.now():
        return None
    if job.name != Kind.WEEK:
        return until
    return rhythm.next_programme_week(openings.calendar_of(person), until).slice_at


def _may_go(repo: Repository, person: Person, job: Job, clock: Clock) -> Decision:
    """The attention contract, asked for one line at the moment of sending."""
    now, calendar = clock.now(), openings.calendar_of(person)
    paused = person.paused_until if person.status is Status.PAUSED else None
    stopped = person.status in (Status.STOPPED, Status.DORMANT)
    if job.nudge in set(attention.Promise):
        promise = attention.Promise(str(job.nudge))
        return attention.may_keep_promise(
            now, calendar, promise, job.due_at, paused_until=paused, stopped=stopped
        )
    if job.nudge not in set(attention.Kind):
        return attention.SEND
    week = programme_week(repo, person, now)
    line = Unsolicited(attention.Kind(str(job.nudge)), job.due_at)
    if line.kind in OF_THE_WORK and is_looked_at(repo, person):
        return Decision(attention.Verdict.WAIT, None, rhythm.next_opening(calendar, now))
    last_answer = repo.last_answer_at(person.id)
    history = tuple(
        Sent(
            attention.Kind(str(sent.nudge)),
            sent.finished_at,
            rhythm.week_containing(calendar, sent.finished_at).calendar_week,
            last_answer is not None and last_answer >= sent.finished_at,
        )
        for sent in queue.nudged(repo, person.id, now - LONG_AGO)
        if sent.nudge in set(attention.Kind) and sent.finished_at is not None
    )
    return attention.may_send(
        now,
        calendar,
        week,
        line,
        history,
        paused_until=paused,
        stopped=stopped,
        checkin_to_come=any(talk.kind == Kind.WEEK for talk in repo.conversations(person.id, open_only=True)),
    )

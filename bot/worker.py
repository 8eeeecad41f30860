"""Does what is due: says lines, wakes conversations whose moment has come, opens the next week.

Whether an unsolicited line may go out is decided here, at the moment of sending, and nowhere else. A job is
leased, never taken: a worker that dies leaves its work to the next one, and a line that may have arrived is
looked for.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Protocol

from bot import contract, publishing, returning, weeks, wishes
from bot.alerts import Alerts
from bot.around import due, letters, posting
from bot.channel import Arrived, Channel, Delivery, NotDeliveredError
from bot.clock import Clock
from bot.exchange import Exchange
from bot.incoming import Token
from bot.reflexes import reader_of
from bot.upkeep import RETENTION, tidy
from coaching import attention
from coaching.journey import Kind
from coaching.needs import Line, Question
from prompts.words import Words
from storage import queue, values
from storage.crashpoints import crashpoint
from storage.database import StorageError
from storage.jobs import Job, JobKind, JobState
from storage.people import Person, Status
from storage.repository import Repository, Store

log = logging.getLogger("unbadged.worker")
LEASE_SECONDS = 60.0
BATCH = 50
ROUNDS = 1_000  # a day's work of one person is a few dozen; a loop that never ends is a mistake
FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(minutes=30)
# A job that fails for a reason nobody foresaw is given up after a day and so many tries; health lists it.
GIVE_UP_AFTER, FEWEST_TRIES = timedelta(days=1), 10
FAILED = "failed"
SAID_BY_THEN = timedelta(hours=1)  # *forget me* waits for its last line no longer than this


class HomeTabs(Protocol):
    """Pages that a channel keeps for each person."""

    def refresh(self, organisation_id: str, person_id: str) -> None:
        """Make a person's page anew. NotDeliveredError if it did not get there."""
        ...


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
        alerts: Alerts | None = None,
        homes: HomeTabs | None = None,
    ) -> None:
        self._store, self._words, self._clock, self._channels = store, words, clock, channels
        self._demo, self._retention = demo, retention
        self._alerts = alerts or Alerts(store, words, clock)
        self._homes = homes
        self._owner = secrets.token_hex(6)
        self._tidied: date | None = None

    def run_due(self) -> int:
        """Do everything that is due now; how many jobs that were."""
        self.reconcile()
        today = self._clock.now().date()
        if self._tidied != today:
            self._tidied = today
            tidy(self._store, self._clock.now(), self._retention)
            if not self._demo:
                due.schedule_letters(self._store, self._clock.now())
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
            found = self._looked_for(job)
            state, reason = {
                Arrived.YES: (JobState.SENT, None),
                Arrived.NO: (JobState.READY, None),
                Arrived.CANNOT_LOOK: (JobState.UNKNOWN, "cannot_look"),
            }[found]
            queue.settle(self._store, job, state, self._clock.now(), reason)

    def _looked_for(self, job: Job) -> Arrived:
        try:
            delivery, channel = self._delivery(job), self._channels.get(job.channel or "")
            return channel.arrived(delivery) if channel and delivery else Arrived.CANNOT_LOOK
        except Exception as failure:
            _tell_the_log("looking for", job, failure)
            return Arrived.CANNOT_LOOK

    def _do(self, job: Job) -> None:
        """Do one job. Whatever goes wrong with it is its own affair: the others are done all the same."""
        try:
            match job.kind:
                case JobKind.SAY:
                    self._say(job)
                case JobKind.WAKE if job.name == posting.HOME:
                    self._refresh_home(job)
                case JobKind.WAKE | JobKind.OPEN:
                    self._come_back(job)
                case JobKind.FETCH:
                    self._alerts.raise_for(job)
                case JobKind.ALERT:
                    self._alerts.repeat(job)
        except NotDeliveredError as failure:
            self._failed(job, failure)
        except Exception as failure:
            _tell_the_log("doing", job, failure)
            self._failed_unforeseen(job)

    # Saying

    def _say(self, job: Job) -> None:
        now = self._clock.now()
        with self._store.reading(job.organisation_id) as repo:
            person = repo.person(job.person_id)
            decision = contract.may_go(repo, person, job, now) if person else attention.SEND
        if decision.verdict is attention.Verdict.DROP:
            queue.finish(self._store, job, JobState.DROPPED, now, reason=str(decision.reason))
            return
        if decision.verdict is attention.Verdict.WAIT and decision.until is not None:
            queue.postpone(self._store, job, decision.until)
            return
        delivery, channel = self._delivery(job), self._channels.get(job.channel or "")
        if delivery is None and channel is not None and job.name in letters.LETTERS:
            queue.finish(self._store, job, JobState.DROPPED, now, reason="nothing_to_say")
            return
        if delivery is None or channel is None:
            queue.finish(self._store, job, JobState.DEAD, now, reason="no_channel")
            return
        crashpoint("before_send")
        try:
            reference = channel.send(delivery)
        except NotDeliveredError:
            raise
        except Exception as failure:
            # It may have arrived: it is looked for before anything is sent again.
            _tell_the_log("sending", job, failure)
            queue.finish(self._store, job, JobState.UNKNOWN, now)
            return
        crashpoint("after_send")
        queue.finish(self._store, job, JobState.SENT, now, sent_ref=reference)

    def _delivery(self, job: Job) -> Delivery | None:
        """The message of a job, in the words of the person who reads it."""
        with self._store.reading(job.organisation_id) as repo:
            person = repo.person(job.person_id)
            platform_id = repo.platform_id(job.person_id, job.channel) if job.channel else None
            if person is not None and platform_id is not None and job.name in letters.LETTERS:
                return self._letter(repo, person, platform_id, job)
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

    def _letter(self, repo: Repository, person: Person, platform_id: str, job: Job) -> Delivery | None:
        """What somebody around a manager reads; None if there is nothing to say any more."""
        letter = letters.write(repo, self._words, person, job, self._clock.now())
        if letter is None:
            return None
        return letters.delivery(job.organisation_id, person, platform_id, job.id, letter, self._clock.now())

    def _failed(self, job: Job, failure: NotDeliveredError) -> None:
        if failure.for_good:
            queue.finish(self._store, job, JobState.DEAD, self._clock.now(), reason=failure.reason)
        else:
            self._again(job, failure.reason)

    def _failed_unforeseen(self, job: Job) -> None:
        now = self._clock.now()
        has_been_tried = job.attempts >= FEWEST_TRIES and now >= job.due_at + GIVE_UP_AFTER
        try:
            if has_been_tried and job.name != wishes.ERASE:
                queue.finish(self._store, job, JobState.DEAD, now, reason=FAILED)
            else:
                self._again(job, FAILED)
        except StorageError as failure:  # then its lease runs out, and it is taken up again
            _tell_the_log("putting back", job, failure)

    def _again(self, job: Job, reason: str) -> None:
        wait = min(FIRST_RETRY * 2 ** min(job.attempts, 8), LONGEST_RETRY)
        queue.retry(self._store, job, self._clock.now() + wait, reason)

    def _refresh_home(self, job: Job) -> None:
        if self._homes is not None:
            self._homes.refresh(job.organisation_id, job.person_id)
        queue.finish(self._store, job, JobState.DONE, self._clock.now())

    # Coming back

    def _come_back(self, job: Job) -> None:
        """A moment has come: wake the conversation, or open the next one, in one transaction with the job's
        end.
        """
        now = self._clock.now()
        with self._store.transaction(job.organisation_id) as repo:
            repo.lock(job.person_id)
            person = repo.person(job.person_id)
            if job.name == wishes.ERASE:
                self._erase(repo, job)
                return
            if job.name in due.JOBS:
                due.come_to(repo, job, now)
                queue.finish(repo, job, JobState.DONE, now)
                return
            if person is None or person.status in (Status.STOPPED, Status.HELD, Status.FORGOTTEN):
                queue.finish(repo, job, JobState.DROPPED, now, reason="stopped")
                return
            if job.kind is JobKind.OPEN and (later := weeks.moved_to(person, job, now)):
                queue.postpone(repo, job, later)
                return
            self._come_to(Exchange(repo, person, now, None, self._demo), job)
            crashpoint("woken")
            queue.finish(repo, job, JobState.DONE, now)

    def _come_to(self, exchange: Exchange, job: Job) -> None:
        if job.kind is JobKind.OPEN:
            weeks.open_next(exchange, Kind(job.name), self._retention)
        elif job.name == publishing.TELL:
            publishing.tell(exchange)
        elif job.name == returning.PAUSE_OVER:
            returning.pause_is_over(exchange)
        else:
            weeks.wake(exchange, job)

    def _erase(self, repo: Repository, job: Job) -> None:
        """Forget a person once the line that says so has gone out; what waits for another day is not it."""
        now = self._clock.now()
        said_by = now - SAID_BY_THEN
        if any(
            each.kind is JobKind.SAY and said_by < each.due_at <= now
            for each in queue.waiting(repo, job.person_id)
        ):
            queue.postpone(repo, job, now + timedelta(seconds=1))
            return
        queue.finish(repo, job, JobState.DONE, now)
        repo.forget(job.person_id, now)


def _tell_the_log(what: str, job: Job, failure: Exception) -> None:
    """That something failed, and of what kind: the failure's own words may quote a manager."""
    log.error("%s job %s (%s) failed: %s", what, job.id, job.kind, type(failure).__name__)

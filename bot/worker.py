"""Does what is due: says lines, wakes conversations whose moment has come, opens the next week.

Whether an unsolicited line may go out is decided here, at the moment of sending, and nowhere else. A job is
leased, never taken: a worker that dies leaves its work to the next one, and a line that may have arrived is
looked for.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Protocol

from bot import contract, publishing, reaching, returning, settlement, weeks, wishes
from bot.alerts import Alerts
from bot.answerer import ALERT, Answerers
from bot.around import due, letters, posting
from bot.around.translating import TRANSLATE, Translation, Translator
from bot.channel import Arrived, Channel, Clears, NotDeliveredError, NotYetError, UnreachableError
from bot.clock import Clock
from bot.deliveries import delivery_of
from bot.exchange import Exchange
from bot.lookups import LEASE_SECONDS, SLOW_KINDS, Lookups, ask_outside
from bot.model.gate import Gate
from bot.upkeep import RETENTION, tidy
from bot.zones import Zones
from coaching import attention
from coaching.journey import Kind
from prompts.words import Words
from storage import queue
from storage.crashpoints import crashpoint
from storage.database import StorageError
from storage.jobs import Job, JobKind, JobState
from storage.people import Status
from storage.repository import Repository
from storage.store import Store

log = logging.getLogger("unbadged.worker")
BATCH = 50
ROUNDS = 1_000  # a day's work of one person is a few dozen; a loop that never ends is a mistake
FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(minutes=30)
# A job that fails for a reason nobody foresaw is given up after a day and so many tries; health lists it.
GIVE_UP_AFTER, FEWEST_TRIES = timedelta(days=1), 10
FAILED = "failed"
LOOKED_FOR_NO_LONGER = timedelta(hours=1)  # a line that may have arrived is then listed for the operator
SAID_BY_THEN = timedelta(hours=1)  # *forget me* waits for its last line no longer than this


class HomeTabs(Protocol):
    """Pages that a channel keeps for each person."""

    def refresh(self, organisation_id: str, person_id: str) -> None:
        """Make a person's page anew. NotDeliveredError if it did not get there."""
        ...


class Worker:
    """Works off the queue. Several may run at once.

    ``hands``: how many people's lines it sends at the same time, where a channel takes its time to answer.
    ``answerers``: who answers which lookup. ``lookups``: how many are under way beside the lines; with 0 each
    is waited for. ``model``: what stands before the model, where one is configured.
    """

    def __init__(
        self,
        store: Store,
        words: Words,
        clock: Clock,
        channels: Mapping[str, Channel],
        *,
        demo: bool = False,
        retention: timedelta = RETENTION,
        answerers: Answerers | None = None,
        homes: HomeTabs | None = None,
        hands: int = 1,
        lookups: int = 0,
        model: Gate | None = None,
        translate: Translator | None = None,
    ) -> None:
        self._store, self._words, self._clock, self._channels = store, words, clock, channels
        self._demo, self._retention = demo, retention
        self._answerers: Answerers = {
            ALERT: Alerts(store, words, clock),
            TRANSLATE: Translation(store, clock, translate),
            **(answerers or {}),
        }
        self._homes, self._model = homes, model
        self._zones = Zones(store, channels)
        self._owner = secrets.token_hex(6)
        self._tidied: date | None = None
        self._hands = ThreadPoolExecutor(hands, "hand") if hands > 1 else None
        self._beside = Lookups(store, self._owner, lookups, self._do) if lookups else None
        self._kinds = tuple(each for each in JobKind if not lookups or each not in SLOW_KINDS)

    def close(self) -> None:
        """Finish what is in hand; called when no round is under way any more."""
        if self._beside is not None:
            self._beside.close()
        if self._hands is not None:
            self._hands.shutdown()

    def run_due(self) -> int:
        """Do everything that is due now, and begin the lookups; how many jobs were done."""
        self.reconcile()
        today = self._clock.now().date()
        if self._tidied != today:
            self._tidied = today
            tidy(self._store, self._clock.now(), self._retention)
            for organisation_id in self._store.organisations():
                self._clear(organisation_id)
            if not self._demo:
                due.schedule_letters(self._store, self._clock.now())
        done = 0
        for _ in range(ROUNDS):
            now = self._clock.now()
            if self._beside is not None:
                self._beside.begin_due(now)
            jobs = queue.claim(self._store, self._owner, now, LEASE_SECONDS, BATCH, kinds=self._kinds)
            if not jobs:
                return done
            self._do_all(jobs)
            done += len(jobs)
        return done

    def _do_all(self, jobs: list[Job]) -> None:
        """Lines that were claimed together are for as many people, so they may go side by side; what opens
        and wakes stays one after the other.
        """
        lines = [job for job in jobs if job.kind is JobKind.SAY] if self._hands is not None else []
        if self._hands is not None:
            list(self._hands.map(self._do, lines))
        for job in jobs:
            if job not in lines:
                self._do(job)

    def reconcile(self) -> None:
        """Find out what became of lines whose sender vanished in mid-send."""
        for job in queue.unsettled(self._store):
            now = self._clock.now()
            try:
                found = self._looked_for(job)
            except NotYetError:  # it is looked for again with the next tick, for a while
                if now < job.try_at + LOOKED_FOR_NO_LONGER:
                    continue
                found = Arrived.CANNOT_LOOK
            state = {Arrived.YES: JobState.SENT, Arrived.NO: JobState.READY}.get(found, JobState.UNKNOWN)
            reason = "cannot_look" if found is Arrived.CANNOT_LOOK else None
            # A line that got lost once goes out at once; a channel that loses them is not hurried.
            again = now if job.attempts < 2 else now + _wait_after(job.attempts)
            queue.settle(self._store, job, state, now, reason, try_at=again)

    def _looked_for(self, job: Job) -> Arrived:
        try:
            delivery = delivery_of(self._store, self._words, job, self._clock.now())
            channel = self._channels.get(job.channel or "")
            return channel.arrived(delivery) if channel and delivery else Arrived.CANNOT_LOOK
        except NotYetError:
            raise
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
                    if job.name == wishes.ERASE:
                        self._clear(job.organisation_id)
                case JobKind.FETCH | JobKind.ALERT:
                    ask_outside(self._store, self._answerers, job, self._clock)
                case JobKind.SETTLE:
                    settlement.settle(self._store, self._words, self._channels, job, self._clock.now())
        except NotYetError as early:
            queue.put_back(self._store, job, early.until)
        except NotDeliveredError as failure:
            self._failed(job, failure)
        except Exception as failure:
            _tell_the_log("doing", job, failure)
            self._failed_unforeseen(job)

    # Saying

    def _say(self, job: Job) -> None:
        now = self._clock.now()
        decision = self._may_go(job, now)
        if decision.verdict is attention.Verdict.SEND and self._zones.reread(job, now):
            decision = self._may_go(job, self._clock.now())  # where they are now it may be night
        if decision.verdict is attention.Verdict.DROP:
            queue.finish(self._store, job, JobState.DROPPED, now, reason=str(decision.reason))
            return
        if decision.verdict is attention.Verdict.WAIT and decision.until is not None:
            queue.postpone(self._store, job, decision.until)
            return
        delivery = delivery_of(self._store, self._words, job, now)
        channel = self._channels.get(job.channel or "")
        if delivery is None or channel is None:
            is_empty = channel is not None and job.name in letters.LETTERS
            ended, why = (JobState.DROPPED, "nothing_to_say") if is_empty else (JobState.DEAD, "no_channel")
            queue.finish(self._store, job, ended, now, reason=why)
            return
        if not queue.begin(self._store, job, LEASE_SECONDS):
            return  # those before it took so long that it is somebody else's by now
        crashpoint("before_send")
        try:
            reference = channel.send(delivery)
        except (NotDeliveredError, NotYetError):
            raise
        except Exception as failure:
            # It may have arrived: it is looked for before anything is sent again.
            _tell_the_log("sending", job, failure)
            queue.finish(self._store, job, JobState.UNKNOWN, self._clock.now())
            return
        crashpoint("after_send")
        queue.finish(self._store, job, JobState.SENT, self._clock.now(), sent_ref=reference)

    def _may_go(self, job: Job, now: datetime) -> attention.Decision:
        with self._store.reading(job.organisation_id) as repo:
            person = repo.person(job.person_id)
            return contract.may_go(repo, person, job, now) if person else attention.SEND

    def _failed(self, job: Job, failure: NotDeliveredError) -> None:
        now = self._clock.now()
        if isinstance(failure, UnreachableError):
            self._nobody_there(job, failure.reason)
        elif failure.for_good or _has_been_tried(job, now):
            queue.finish(self._store, job, JobState.DEAD, now, reason=failure.reason)
        else:
            self._again(job, failure.reason)

    def _nobody_there(self, job: Job, reason: str) -> None:
        """Nothing reaches this person in the channel any more: it is not tried with the next line again."""
        now = self._clock.now()
        with self._store.transaction(job.organisation_id) as repo:
            repo.lock(job.person_id)
            person = repo.person(job.person_id)
            queue.finish(repo, job, JobState.DEAD, now, reason=reason)
            if person is not None and job.channel is not None:
                reaching.end(repo, person, job.channel, reason, now)
        log.error("nothing reaches somebody in %s any more (%s): unbadged check", job.channel, reason)

    def _failed_unforeseen(self, job: Job) -> None:
        now = self._clock.now()
        try:
            if _has_been_tried(job, now) and job.name != wishes.ERASE:
                queue.finish(self._store, job, JobState.DEAD, now, reason=FAILED)
            else:
                self._again(job, FAILED)
        except StorageError as failure:  # then its lease runs out, and it is taken up again
            _tell_the_log("putting back", job, failure)

    def _again(self, job: Job, reason: str) -> None:
        queue.retry(self._store, job, self._clock.now() + _wait_after(job.attempts), reason)

    def _refresh_home(self, job: Job) -> None:
        """A page that could not be made anew is made with the next thing that happens: nobody misses it."""
        state, reason = JobState.DONE, None
        try:
            if self._homes is not None:
                self._homes.refresh(job.organisation_id, job.person_id)
        except NotYetError:
            raise
        except Exception as failure:
            state, reason = JobState.DROPPED, "not_published"
            _tell_the_log("publishing", job, failure)
        queue.finish(self._store, job, state, self._clock.now(), reason=reason)

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
            self._come_to(Exchange(repo, person, now, None, self._demo, model=self._model), job)
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

    def _clear(self, organisation_id: str) -> None:
        """Where channels have put something that is nobody's any more, it goes; else tomorrow."""
        for channel in self._channels.values():
            if not isinstance(channel, Clears):
                continue
            try:
                channel.clear(organisation_id)
            except Exception as failure:
                log.error("taking away what is nobody's failed: %s", type(failure).__name__)

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


def _has_been_tried(job: Job, now: datetime) -> bool:
    return job.attempts >= FEWEST_TRIES and now >= job.due_at + GIVE_UP_AFTER


def _wait_after(attempts: int) -> timedelta:
    wait: timedelta = FIRST_RETRY * 2 ** min(attempts, 8)
    return min(wait, LONGEST_RETRY)


def _tell_the_log(what: str, job: Job, failure: Exception) -> None:
    """That something failed, and of what kind: the failure's own words may quote a manager."""
    log.error("%s job %s (%s) failed: %s", what, job.id, job.kind, type(failure).__name__)

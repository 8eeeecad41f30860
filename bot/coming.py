"""What comes next from the coach by itself, if nobody answers: read ahead in the scripts and the queue.

Nothing is written here. Each line ahead is asked about as the worker will ask once its moment has come,
so that nothing is announced which the attention contract then holds back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import contract, openings, returning, standing, weeks
from bot.around import letters
from bot.exchange import Exchange
from coaching import attention, rhythm
from coaching.attention import Verdict
from coaching.journal import Passed
from coaching.journey import Kind
from coaching.needs import Lookup, Question, Wait
from storage import queue
from storage.conversations import Conversation
from storage.jobs import Job, JobKind
from storage.people import Person, Status
from storage.repository import Repository

SILENT = (Status.STOPPED, Status.HELD, Status.DORMANT, Status.FORGOTTEN)
CLOSED_BY_A_WEEK = (Kind.WEEK, Kind.QUIET, Kind.START)
MOST_STEPS = 60  # of looking ahead; a week has a handful, and a line waits a few working days at most


@dataclass(frozen=True)
class _Line:
    """A line that nothing has queued yet."""

    nudge: str | None
    due_at: datetime
    name: str = ""


def comes_next(repo: Repository, person: Person, now: datetime) -> datetime | None:
    """When the next line reaches this person if they do nothing; None if none will."""
    if person.status in SILENT:
        return None
    ahead = _Ahead(repo, person, now)
    return min((at for at in ahead.moments() if at is not None and at > now), default=None)


def asks_something(repo: Repository, person: Person, now: datetime) -> bool:
    """Whether a question stands in the chat to which an answer leads on at once."""
    return any(
        talk.shown_name is not None
        and talk.kind != Kind.QUIET
        and not standing.is_over(talk, now)
        and standing.was_said(repo, talk, talk.shown_name)
        for talk in repo.conversations(person.id, open_only=True)
    )


@dataclass
class _Ahead:
    repo: Repository
    person: Person
    now: datetime

    def __post_init__(self) -> None:
        self.jobs = queue.waiting(self.repo, self.person.id)
        self.talks = Exchange(self.repo, self.person, self.now).open_talks()
        weeks_to_come = [each for each in self.jobs if each.kind is JobKind.OPEN and each.name == Kind.WEEK]
        self.week_opens = min(map(self._opens, weeks_to_come), default=None)

    def moments(self) -> list[datetime | None]:
        """When each thing that is to come would be said; None for what will not be."""
        return [*map(self._of_job, self.jobs), *map(self._of_talk, self.talks)]

    def _of_job(self, job: Job) -> datetime | None:
        match job.kind:
            case JobKind.SAY if job.name not in letters.LETTERS and not self._is_overtaken(job):
                talk = next((each for each in self.talks if each.id == job.conversation_id), None)
                return self._goes(job, max(job.try_at, self.now), self._ends(talk))
            case JobKind.OPEN if job.name == Kind.WEEK:
                return self._of_week(self._opens(job))
            case JobKind.OPEN:
                at = self._opens(job)
                return self._goes(_Line(attention.Kind.HOLD_CHECK, at), at)
            case JobKind.WAKE if job.name == returning.PAUSE_OVER and self.week_opens is None:
                if any(each.shown_name is not None for each in self.talks[:1]):
                    return self._goes(_Line(attention.Kind.AFTER_PAUSE, job.due_at), job.due_at)
        return None

    def _is_overtaken(self, job: Job) -> bool:
        return job.nudge is not None and contract.is_overtaken(self.repo, job)

    def _opens(self, job: Job) -> datetime:
        """When a conversation that is planned really opens."""
        at = max(job.due_at, self.now)
        while (later := weeks.moved_to(self.person, job, at)) is not None and later > at:
            at = later
        return at

    def _of_week(self, at: datetime) -> datetime | None:
        """The first line of a week: its slice, a quiet one, or none."""
        exchange = Exchange(self.repo, self.person, at)
        so_far = contract.history(self.repo, self.person, at)
        if weeks.has_taken_leave(exchange) or attention.has_gone_silent(so_far):
            return None
        week = rhythm.week_containing(openings.calendar_of(self.person), at)
        is_quiet = not contract.is_looked_at(self.repo, self.person) and attention.quiet_line(so_far, week)
        if not is_quiet and self._waits_for_others(at):
            return None
        return self._goes(_Line(attention.Kind.QUIET if is_quiet else attention.Kind.SLICE, at), at)

    def _waits_for_others(self, at: datetime) -> bool:
        """Whether the week in hand waits for rails, and so does the next, without a word of its own."""
        exchange = Exchange(self.repo, self.person, at)
        return any(
            talk.kind == Kind.WEEK and isinstance(exchange.stand(talk)[0].needs, Lookup)
            for talk in self.talks
        )

    def _of_talk(self, talk: Conversation) -> datetime | None:
        """Where a conversation leads by itself: moments come, and questions whose time is over lapse."""
        at, zone = self.now, ZoneInfo(self.person.zone)
        turn, journal = Exchange(self.repo, self.person, at).stand(talk)
        for _ in range(MOST_STEPS):
            match turn.needs:
                case Wait() as need:
                    at, passed, nudge = max(need.at, at), Passed.REACHED, str(need.nudge)
                case Question() as need if need.lapses is not None:
                    at, passed, nudge = max(need.lapses, at), Passed.LAPSED, ""
                case _:
                    return None
            if standing.is_over(talk, at):
                return None
            journal = journal.with_entry(need.name, passed, at.astimezone(zone))
            turn, journal = Exchange(self.repo, self.person, at).play_on(talk, journal)
            if nudge:
                is_said = bool(turn.said) or isinstance(turn.needs, Question)
            else:  # what a lapse leads to is said only if it is a question nobody has seen
                nudge = attention.Kind.CHECK_IN
                is_said = isinstance(turn.needs, Question) and not standing.was_said(
                    self.repo, talk, turn.needs.name
                )
            said = self._goes(_Line(nudge, at), at, self._ends(talk)) if is_said else None
            if said is not None:
                return said
        return None

    def _ends(self, talk: Conversation | None) -> datetime | None:
        """When a conversation is closed because a week opens; what it has not said by then is called off."""
        return self.week_opens if talk is not None and talk.kind in CLOSED_BY_A_WEEK else None

    def _goes(self, line: contract.Planned, at: datetime, ends: datetime | None = None) -> datetime | None:
        """When the contract lets a line go that is planned for ``at``; None if not, or not before it ends."""
        for _ in range(MOST_STEPS):
            if ends is not None and at >= ends:
                return None
            decision = contract.judge(self.repo, self.person, line, at)
            if decision.verdict is Verdict.SEND:
                return at
            if decision.verdict is Verdict.DROP or decision.until is None or decision.until <= at:
                return None
            at = decision.until
        return None

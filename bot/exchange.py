"""One thing that happens to one person, in one transaction: they said something, or a moment has come.

It finds the conversation that has the floor, writes the answer into its journal, plays the script, makes the
tables equal to the facts, and queues what is to be said and when to come back. Nothing here is slow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import openings, returning
from bot.contract import is_looked_at, programme_week
from coaching import attention, facts, journey, rhythm
from coaching.assignment import State
from coaching.checkin import ended
from coaching.dialogue import Turn, play
from coaching.facts import Fact
from coaching.journal import Answer, Entry, Found, Journal, Passed
from coaching.journey import SCRIPTS, After, Kind, Outcome
from coaching.needs import Holds, Line, Lookup, Question, Wait
from coaching.opening import AsideOpening, HoldOpening, QuietOpening, StartOpening, WeekOpening
from coaching.slots import Slot
from storage import queue, values
from storage.conversations import Conversation
from storage.crashpoints import crashpoint
from storage.jobs import JobKind, job_table
from storage.people import Person, Status
from storage.repository import Repository

ERASE = "erase"
TO_SAY_SO = timedelta(minutes=1)  # the line that says so is sealed with the key that goes


@dataclass
class Exchange:
    """Everything that is done for one person now, within one transaction."""

    repo: Repository
    person: Person
    now: datetime
    channel: str | None = None
    demo: bool = False
    belongs_to: datetime | None = None  # the moment of what is said now, where that has passed

    # What stands

    def open_talks(self) -> list[Conversation]:
        """The open conversations, the one with the floor first: by priority, then the newest."""
        talks = self.repo.conversations(self.person.id, open_only=True)
        ranks = {kind: rank for rank, kind in enumerate(journey.FLOOR)}
        newest_first = list(reversed(talks))
        return sorted(newest_first, key=lambda talk: (talk.shown_name is None, ranks[Kind(talk.kind)]))

    def floor(self) -> Conversation | None:
        """The conversation that words go to."""
        talks = self.open_talks()
        return talks[0] if talks else None

    def stand(self, talk: Conversation) -> tuple[Turn, Journal]:
        """Where a conversation stands, short lookups answered."""
        journal = self.repo.journal(talk.id)
        opening = values.load(talk.opening or "null")
        zone = ZoneInfo(self.person.zone)
        while True:
            turn = play(SCRIPTS[Kind(talk.kind)], opening, talk.opened_at.astimezone(zone), journal)
            need = turn.needs
            if not isinstance(need, Lookup) or need.holds is Holds.CONVERSATION:
                return turn, journal
            journal = journal.with_entry(need.name, self._look_up(need), self.now.astimezone(zone))

    def _look_up(self, need: Lookup) -> Answer:
        match need.query:
            case "guardrails":
                pack = self.repo.current_guardrails(str(need.slots["market"]), self.now)
                return Passed.GAVE_UP if pack is None else Found(pack)
            case "market_people":
                return Found(openings.market_people(self.repo, str(need.slots["market"])))
            case _:
                raise LookupError(f"nobody knows how to look up {need.query!r}")

    # What changes

    def open(
        self, kind: Kind, *, nudge: str | None = None, reword: bool = False, quiet: QuietOpening | None = None
    ) -> Conversation:
        """Open the next conversation of a kind and say its first line.

        ``reword``: the week's step is put in other words first. ``quiet``: what a quiet week opens with.
        """
        ordinal = self.repo.next_ordinal(self.person.id, kind)
        theme: int | None = None
        opening: StartOpening | WeekOpening | HoldOpening | QuietOpening | AsideOpening
        match kind:
            case Kind.START:
                opening = openings.start_opening(self.repo, self.person, ordinal)
            case Kind.WEEK:
                opening = openings.week_opening(self.repo, self.person, self.now, ordinal, reword=reword)
                theme = opening.theme
            case Kind.HOLD:
                weeks = self.repo.next_ordinal(self.person.id, Kind.WEEK)
                opening = openings.hold_opening(self.repo, self.person, self.now, weeks)
            case Kind.QUIET:
                assert quiet is not None, "who opens a quiet week says which"
                opening = quiet
            case Kind.WRONG | Kind.PERSON:
                opening = openings.aside_opening(self.repo, self.person, self.now, demo=self.demo)
        talk = self.repo.open_conversation(
            self.person.id, kind, ordinal, self.now, values.dump(opening), theme
        )
        if isinstance(opening, WeekOpening | QuietOpening):
            self.schedule_week(talk, after=opening.days.checkin_at)
        self.advance(talk, nudge=nudge)
        return talk

    def answer(self, talk: Conversation, question: Question, answer: Answer) -> None:
        """Write down the answer to the open question and go on."""
        journal = self.repo.journal(talk.id)
        entry = Entry(question.name, question.asking, answer, self.now, journal.sign(question.seen()))
        self.repo.append(talk.id, entry, self.person.zone)
        crashpoint("answer_written")
        self.advance(talk)

    def reach(
        self, talk: Conversation, need: Wait | Lookup | Question, answer: Answer, nudge: str | None
    ) -> None:
        """Write down that a moment came, or that a lookup was answered, and go on."""
        self.repo.append(talk.id, Entry(need.name, need.asking, answer, self.now), self.person.zone)
        crashpoint("moment_written")
        self.advance(talk, nudge=nudge)

    def advance(self, talk: Conversation, *, nudge: str | None = None) -> None:
        """Play on: project the facts, queue what is new, remember what is open."""
        turn, journal = self.stand(talk)
        for entry in turn.withdrawn:
            self.repo.withdraw(talk.id, entry.name, entry.asking, self.now)
        self.repo.project(talk.id, self._as_it_rests(talk, turn.facts), self.now)
        if talk.kind == Kind.WRONG:
            self._settle_weeks()
        self._take_in(turn.facts)
        crashpoint("facts_projected")
        queue.cancel(self.repo, talk.id, [JobKind.WAKE], at=self.now)
        serial = self.repo.bump(talk.id)
        # A time that ran out is nobody's word: what it leads back to was said before, and is not said again.
        quietly = self.channel is None and nudge is None
        for line in () if quietly else turn.said:
            self._queue(line, talk, serial, nudge)
        match turn.needs:
            case Question() as question:
                self.repo.show(talk.id, question.name, question.asking, journal.sign(question.seen()))
                if not quietly:
                    self._queue(question, talk, serial, nudge)
                elif not openings.was_said(self.repo, talk, question.name):
                    self._queue(question, talk, serial, attention.Kind.CHECK_IN)
                if question.lapses is not None:
                    self._wake(talk, question.name, serial, question.lapses)
            case Wait() as wait:
                self.repo.show(talk.id, None)
                self._wake(talk, wait.name, serial, wait.at)
            case Lookup():
                self.repo.show(talk.id, None)
            case None:
                self._end(talk, turn.result if isinstance(turn.result, Outcome) else Outcome())

    def repeat(self, talk: Conversation | None, *, nudge: str | None = None) -> None:
        """Show the open question once more."""
        if talk is None or not talk.is_open:
            return
        turn, journal = self.stand(talk)
        if isinstance(turn.needs, Question):
            serial = self.repo.bump(talk.id)
            self.repo.show(talk.id, turn.needs.name, turn.needs.asking, journal.sign(turn.needs.seen()))
            self._queue(turn.needs, talk, serial, nudge)

    def say(self, name: str, **slots: Slot) -> None:
        """Say a line of the service itself, as a reply."""
        self._queue(Line(name, slots), None, self.next_number(), None)

    def put(self, question: Question, talk: Conversation) -> None:
        """Put a question of the service itself, under the open one of ``talk``."""
        self._queue(question, talk, self.repo.bump(talk.id), None)

    def close_unanswered(self, talk: Conversation) -> None:
        """A week closes because the next one opens. Its theme is used up unless it waited for somebody
        else.
        """
        turn, _ = self.stand(talk)
        left: dict[str, Fact] = dict(turn.facts)
        slice_ = left.get("assignment")
        if isinstance(slice_, facts.Assignment) and slice_.state in (State.ACTIVE, State.REHEARSING):
            left["assignment"] = ended(slice_, State.NOT_EVALUATED)
            self.repo.project(talk.id, left, self.now)
        queue.cancel(self.repo, talk.id, [JobKind.SAY], at=self.now, reason="closed")
        waited = isinstance(turn.needs, Lookup)
        self._close(talk, openings.WAITED if waited else openings.how_it_was_left(self.repo, talk))

    # What follows

    def _end(self, talk: Conversation, outcome: Outcome) -> None:
        self._close(talk, openings.USED_UP if outcome.used_up else "ended")
        if talk.kind in (Kind.WEEK, Kind.QUIET) and After.NEXT_WEEK not in outcome.after:
            queue.cancel(self.repo, talk.id, [JobKind.OPEN], at=self.now)
        calendar = openings.calendar_of(self.person)
        for after in outcome.after:
            match after:
                case After.FIRST_WEEK:
                    self.schedule_week(talk, after=self.now)
                case After.FIRST_WEEK_LATER:
                    self.schedule_week(talk, after=rhythm.next_programme_week(calendar, self.now).slice_at)
                case After.HOLD_CHECK:
                    self._schedule(talk, Kind.HOLD, rhythm.hold_check_at(calendar, self.now))
                case After.NEXT_FRICTION:
                    self.open(Kind.START)
                case After.ERASE:
                    queue.add(
                        self.repo,
                        person_id=self.person.id,
                        kind=JobKind.WAKE,
                        name=ERASE,
                        asking=self.next_number(),
                        due_at=self.now + TO_SAY_SO,
                    )
                case After.NEXT_WEEK:
                    pass  # scheduled when this week opened
                case _:
                    returning.follow(self, talk, after)
        if talk.kind == Kind.WRONG:
            self._settle_weeks()
        if talk.kind in (Kind.WRONG, Kind.PERSON) and self.channel is not None:
            self.repeat(self.floor())  # in reply only: nobody is reminded because an aside has ended

    def _as_it_rests(self, talk: Conversation, known: Mapping[str, Fact]) -> Mapping[str, Fact]:
        """While something that felt wrong is looked at, the work it happened in is held, and only that."""
        slice_ = known.get("assignment")
        if talk.kind != Kind.WEEK or not isinstance(slice_, facts.Assignment):
            return known
        if slice_.state != State.ACTIVE or not is_looked_at(self.repo, self.person):
            return known
        return {**known, "assignment": ended(slice_, State.HELD)}

    def _settle_weeks(self) -> None:
        """Hold the week's work, or let it go on, as an incident opens and closes."""
        for talk in self.open_talks():
            if talk.kind == Kind.WEEK:
                turn, _ = self.stand(talk)
                self.repo.project(talk.id, self._as_it_rests(talk, turn.facts), self.now)

    def _close(self, talk: Conversation, how: str) -> None:
        queue.cancel(self.repo, talk.id, [JobKind.WAKE], at=self.now)
        self.repo.close(talk.id, how, self.now)

    def schedule_week(self, talk: Conversation, *, after: datetime) -> None:
        """The next programme week opens on its first working day at nine; there is one such next week."""
        queue.cancel_for(
            self.repo, self.person.id, [JobKind.OPEN], at=self.now, reason="moved", name=Kind.WEEK
        )
        week = rhythm.next_programme_week(openings.calendar_of(self.person), after)
        self._schedule(talk, Kind.WEEK, week.slice_at)

    def _schedule(self, talk: Conversation, kind: Kind, at: datetime) -> None:
        queue.add(
            self.repo,
            person_id=self.person.id,
            kind=JobKind.OPEN,
            name=kind,
            asking=self.next_number(),
            conversation_id=talk.id,
            due_at=at,
        )

    def _take_in(self, now_known: object) -> None:
        """What a confirmed profile or an OK changes about the person."""
        assert isinstance(now_known, dict)
        consent, profile = now_known.get("consent"), now_known.get("profile")
        changes: dict[str, object] = {}
        if isinstance(consent, facts.Consent) and self.person.status is Status.INVITED:
            changes["status"] = Status.ACTIVE
        if isinstance(profile, facts.Profile):
            for name in ("market", "function", "language", "working_days"):
                if getattr(profile, name) != getattr(self.person, name):
                    changes[name] = getattr(profile, name)
        if changes:
            self.person = self.repo.update_person(self.person.id, **changes)

    # The queue

    def _queue(
        self, what: Line | Question, talk: Conversation | None, serial: int, nudge: str | None
    ) -> None:
        at = self.belongs_to or self.now
        queue.add(
            self.repo,
            person_id=self.person.id,
            kind=JobKind.SAY,
            name=what.name,
            asking=serial,
            due_at=at,
            body=values.dump(what),
            conversation_id=None if talk is None else talk.id,
            channel=self.channel or self._usual_channel(),
            nudge=_kind_of(what, nudge),
            use_by=self._use_by(what, nudge, at),
            urgent=talk is not None and talk.kind == Kind.WRONG,
        )

    def _use_by(self, what: Line | Question, nudge: str | None, at: datetime) -> datetime | None:
        kind = _kind_of(what, nudge)
        calendar = openings.calendar_of(self.person)
        if kind in set(attention.Promise):
            return attention.keep_by(attention.Promise(kind), at, calendar)
        if kind in set(attention.Kind):
            week = programme_week(self.repo, self.person, self.now)
            return attention.use_by(attention.Kind(kind), at, calendar, week)
        return None

    def _usual_channel(self) -> str | None:
        channels = self.repo.channels(self.person.id)
        return channels[0] if channels else None

    def _wake(self, talk: Conversation, name: str, serial: int, at: datetime) -> None:
        queue.add(
            self.repo,
            person_id=self.person.id,
            kind=JobKind.WAKE,
            name=name,
            asking=serial,
            conversation_id=talk.id,
            due_at=at,
        )

    def next_number(self) -> int:
        """The number of the next thing that is queued for this person."""
        return self.repo.scope.next_number(job_table, "seq", job_table.c.person_id == self.person.id)


def _kind_of(what: Line | Question, nudge: str | None) -> str | None:
    """What a line counts as; a re-confirmation card replaces the first-day line."""
    if nudge == attention.Kind.SLICE and what.name.startswith("rail"):
        return attention.Kind.RECONFIRMATION
    return nudge

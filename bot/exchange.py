"""One thing that happens to one person, in one transaction: they said something, or a moment has come.

It finds the conversation that has the floor, writes the answer into its journal, plays the script, makes the
tables equal to the facts, and queues what is to be said and when to come back. Nothing here is slow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import openings, outbox, outcomes, resting, settling, standing
from bot.answerer import ALERT
from bot.around import concerns
from bot.model import waiting
from bot.model.gate import Gate
from coaching import attention, facts, journey
from coaching.assignment import State
from coaching.checkin import ended
from coaching.dialogue import Turn, play
from coaching.facts import Fact
from coaching.journal import Answer, Entry, Found, Journal, Passed
from coaching.journey import SCRIPTS, Kind, Outcome
from coaching.needs import Holds, Line, Lookup, Question, Wait
from coaching.opening import QuietOpening, WeekOpening, WithManager
from coaching.slots import Slot
from storage import queue, values
from storage.conversations import Conversation
from storage.crashpoints import crashpoint
from storage.inbound import Answered
from storage.jobs import JobKind, cancel_for
from storage.people import Person, Status
from storage.repository import Repository

LATELY = timedelta(weeks=4)


@dataclass
class Exchange:
    """Everything that is done for one person now, within one transaction."""

    repo: Repository
    person: Person
    now: datetime
    channel: str | None = None
    demo: bool = False
    belongs_to: datetime | None = None  # the moment of what is said now, where that has passed
    said_at: datetime | None = None  # when the person did it, where that was found out afterwards
    noted: Answered | None = None  # the question that was answered
    model: Gate | None = None  # what stands before the model, where one is configured

    # What stands

    def open_talks(self) -> list[Conversation]:
        """The open conversations, the one with the floor first: by priority, then the newest."""
        talks = self.repo.conversations(self.person.id, open_only=True)
        ranks = {kind: rank for rank, kind in enumerate(journey.FLOOR)}
        # A danger that shows nothing yet waits for somebody to be reached: nothing comes before it.
        newest_first = talks[::-1]
        return sorted(
            newest_first,
            key=lambda talk: (talk.shown_name is None and talk.kind != Kind.DANGER, ranks[Kind(talk.kind)]),
        )

    def floor(self) -> Conversation | None:
        """The conversation that words go to."""
        talks = self.open_talks()
        return talks[0] if talks else None

    def stand(self, talk: Conversation) -> tuple[Turn, Journal]:
        """Where a conversation stands, short lookups answered."""
        return self.play_on(talk, self.repo.journal(talk.id))

    def play_on(self, talk: Conversation, journal: Journal) -> tuple[Turn, Journal]:
        """Where a conversation would stand with that journal, short lookups answered."""
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
                market = str(need.slots["market"])
                return Found(openings.market_people(self.repo, self.person, market, demo=self.demo))
            case "signs":
                return Found(openings.signs_since(self.repo, self.person, need.slots["since"]))
            case _:
                raise LookupError(f"nobody knows how to look up {need.query!r}")

    # What changes

    def open(
        self,
        kind: Kind,
        *,
        nudge: str | None = None,
        opening: WithManager | None = None,
        reword: bool = False,
    ) -> Conversation:
        """Open the next conversation of a kind and say its first line.

        ``reword``: the week's step is put in other words first.
        """
        ordinal = self.repo.next_ordinal(self.person.id, kind)
        theme: int | None = None
        match kind:
            case Kind.START:
                opening = openings.start_opening(self.repo, self.person, ordinal)
            case Kind.WEEK:
                opening = openings.week_opening(self.repo, self.person, self.now, ordinal, reword=reword)
                theme = opening.theme
            case Kind.HOLD:
                weeks = self.repo.next_ordinal(self.person.id, Kind.WEEK)
                opening = openings.hold_opening(self.repo, self.person, self.now, weeks)
            case _:
                again = kind == Kind.HOSTILE and self.lately(kind)
                opening = opening or openings.aside_opening(
                    self.repo, self.person, self.now, demo=self.demo, again=again
                )
        opening = waiting.opened_with(self, opening)
        talk = self.repo.open_conversation(
            self.person.id, kind, ordinal, self.now, values.dump(opening), theme
        )
        if isinstance(opening, WeekOpening | QuietOpening):
            outcomes.schedule_week(self, talk, after=opening.days.checkin_at)
        self.advance(talk, nudge=nudge)
        return talk

    def lately(self, kind: Kind) -> bool:
        """Whether a conversation of this kind was opened within four weeks."""
        talks = self.repo.conversations(self.person.id)
        return any(each.kind == kind and each.opened_at >= self.now - LATELY for each in talks)

    def cut_in(self, kind: Kind, opening: WithManager | None = None) -> None:
        """Open a conversation above what is open; if one of its kind is open already, show it again."""
        there = [talk for talk in self.open_talks() if talk.kind == kind]
        if there:
            self.repeat(there[0])
        else:
            self.open(kind, opening=opening)

    def answer(self, talk: Conversation, question: Question, answer: Answer) -> None:
        """Write down the answer to the open question and go on."""
        self.note_down(talk, question, answer)
        crashpoint("answer_written")
        self.advance(talk)

    def note_down(self, talk: Conversation, question: Question, answer: Answer) -> None:
        """Write down the answer; `repeat` goes on from here, once what cut in is over."""
        journal = self.repo.journal(talk.id)
        moment = self.said_at or self.now
        entry = Entry(question.name, question.asking, answer, moment, journal.sign(question.seen()))
        self.repo.append(talk.id, entry, self.person.zone)
        self.noted = Answered(talk.id, question.name, question.asking)
        settling.answered(self, talk, question, answer)

    def take_back(self, talk: Conversation, name: str, asking: int) -> None:
        """Withdraw an answer; it is asked again."""
        settling.changed(self, talk, name)
        self.repo.withdraw(talk.id, name, asking, self.now)
        self.say("back_done")
        self.advance(talk)

    def asked_before(self, talk: Conversation, entry: Entry) -> Question | None:
        """The question that an answer was given to, as it would be asked again now."""
        journal = self.repo.journal(talk.id).without(entry.name, entry.asking)
        need = self.play_on(talk, journal)[0].needs
        return need if isinstance(need, Question) and need.name == entry.name else None

    def answer_instead(self, talk: Conversation, entry: Entry, answer: Answer) -> None:
        """Another answer in the place of one that was given: that one is kept as history."""
        self.repo.withdraw(talk.id, entry.name, entry.asking, self.now)
        need = self.stand(talk)[0].needs
        assert isinstance(need, Question)
        self.say("changed")
        if not standing.is_cut_off(self.floor(), talk):
            return self.answer(talk, need, answer)
        self.note_down(talk, need, answer)
        return resting.make_true(self, talk)

    def asked(self, talk: Conversation | None) -> Question | None:
        """The open question as the person saw it; None if another one has come in its place since."""
        if talk is None or talk.shown_name is None:
            return None
        turn, journal = self.stand(talk)
        need = turn.needs
        if not isinstance(need, Question) or (need.name, need.asking) != (talk.shown_name, talk.shown_asking):
            return None
        if need.confirms and journal.sign(need.seen()) != talk.shown_digest:
            return None
        return need

    def reach(
        self, talk: Conversation, need: Wait | Lookup | Question, answer: Answer, nudge: str | None
    ) -> None:
        """Write down that a moment came, or that a lookup was answered, and go on."""
        if isinstance(need, Question):
            settling.closed(self, talk)
        self.repo.append(talk.id, Entry(need.name, need.asking, answer, self.now), self.person.zone)
        crashpoint("moment_written")
        self.advance(talk, nudge=nudge)

    def advance(self, talk: Conversation, *, nudge: str | None = None) -> None:
        """Play on: project the facts, queue what is new, remember what is open."""
        turn, journal = self.stand(talk)
        for entry in turn.withdrawn:
            settling.changed(self, talk, entry.name)
            self.repo.withdraw(talk.id, entry.name, entry.asking, self.now)
        confirmed = [
            each.fact for each in self.repo.facts(self.person.id, facts.Profile, conversation_id=talk.id)
        ]
        self.repo.project(talk.id, resting.as_it_rests(self, talk, turn.facts), self.now)
        if talk.kind == Kind.WRONG:
            resting.settle_weeks(self)
        self._take_in(turn.facts, confirmed)
        concerns.take_up(self, talk.id, turn.facts)
        crashpoint("facts_projected")
        queue.cancel(self.repo, talk.id, [JobKind.WAKE], at=self.now)
        serial = self.repo.bump(talk.id)
        # A time that ran out is nobody's word: what it leads to was said before, and is not said again.
        quietly = self.channel is None and nudge is None
        for line in () if quietly else turn.said:
            outbox.put(self, line, talk, serial, nudge)
        match turn.needs:
            case Question() as question:
                if not quietly:
                    settling.asked_again(self, talk)
                self.repo.show(talk.id, question.name, question.asking, journal.sign(question.seen()))
                if not quietly:
                    outbox.put(self, question, talk, serial, nudge)
                elif not standing.was_said(self.repo, talk, question.name):
                    outbox.put(self, question, talk, serial, attention.Kind.CHECK_IN)
                if question.lapses is not None:
                    outbox.wake(self, talk, question.name, serial, question.lapses)
            case Wait() as wait:
                self.repo.show(talk.id, None)
                outbox.wake(self, talk, wait.name, serial, wait.at)
            case Lookup() as lookup if waiting.is_awaited(lookup):
                waiting.ask(self, talk, lookup, serial, nudge)
            case Lookup() as lookup:
                self.repo.show(talk.id, None)
                if lookup.query == ALERT:  # whatever else is waited for, publishing brings
                    outbox.look_up(self, talk, lookup)
            case None:
                outcomes.follow(self, talk, turn.result if isinstance(turn.result, Outcome) else Outcome())

    def repeat(self, talk: Conversation | None, *, nudge: str | None = None) -> None:
        """Show the open question once more; or go on, where an answer was noted down meanwhile."""
        if talk is None or not talk.is_open:
            return
        turn, journal = self.stand(talk)
        if waiting.is_awaited(turn.needs):
            return self.reach(talk, turn.needs, Passed.GAVE_UP, nudge)
        shown = (talk.shown_name, talk.shown_asking)
        if isinstance(turn.needs, Question):
            has_gone_on = (turn.needs.name, turn.needs.asking) != shown
        else:
            has_gone_on = turn.needs is None or talk.shown_name is not None
        if has_gone_on:
            return self.advance(talk, nudge=nudge)  # by an answer that came while it was hidden
        if isinstance(turn.needs, Question):
            settling.asked_again(self, talk)
            serial = self.repo.bump(talk.id)
            self.repo.show(talk.id, turn.needs.name, turn.needs.asking, journal.sign(turn.needs.seen()))
            outbox.put(self, turn.needs, talk, serial, nudge)

    def say(self, name: str, **slots: Slot) -> None:
        """Say a line of the service itself, as a reply."""
        outbox.put(self, Line(name, slots), None, outbox.next_number(self), None)

    def put_line(self, line: Line) -> None:
        """Say a line that somebody else made, as a reply."""
        outbox.put(self, line, None, outbox.next_number(self), None)

    def put(self, question: Question, talk: Conversation | None) -> None:
        """Put a question of the service itself, under the open one of ``talk``; without one, bare."""
        if talk is None:
            return self.say(question.name, **question.slots)
        return outbox.put(self, question, talk, self.repo.bump(talk.id), None)

    def close_unanswered(self, talk: Conversation, how: str | None = None) -> None:
        """A week closes because the next one opens. Its theme is used up unless it waited for somebody
        else; ``how`` says otherwise.
        """
        turn, _ = self.stand(talk)
        left: dict[str, Fact] = dict(turn.facts)
        slice_ = left.get("assignment")
        if isinstance(slice_, facts.Assignment) and slice_.state in (State.ACTIVE, State.REHEARSING):
            left["assignment"] = ended(slice_, State.NOT_EVALUATED)
            self.repo.project(talk.id, left, self.now)
        queue.cancel(self.repo, talk.id, [JobKind.SAY], at=self.now, reason="closed")
        waited = isinstance(turn.needs, Lookup) and not waiting.is_awaited(turn.needs)
        left_as = openings.WAITED if waited else standing.how_it_was_left(self.repo, talk)
        self.close(talk, how or left_as)

    def close(self, talk: Conversation, how: str) -> None:
        """A conversation is over; nothing wakes it any more."""
        settling.closed(self, talk)
        queue.cancel(self.repo, talk.id, [JobKind.WAKE], at=self.now)
        self.repo.close(talk.id, how, self.now)

    def _take_in(self, now_known: object, confirmed: list[facts.Profile]) -> None:
        """What an OK, or a profile that was not confirmed before, changes about the person."""
        assert isinstance(now_known, dict)
        consent, profile = now_known.get("consent"), now_known.get("profile")
        changes: dict[str, object] = {}
        if isinstance(consent, facts.Consent) and self.person.status is Status.INVITED:
            changes["status"] = Status.ACTIVE
        if isinstance(profile, facts.Profile) and profile not in confirmed:
            for name in ("market", "function", "language", "working_days"):
                if getattr(profile, name) != getattr(self.person, name):
                    changes[name] = getattr(profile, name)
        if changes:
            self.person = self.repo.update_person(self.person.id, **changes)

    def become(self, status: Status, **changes: object) -> None:
        """Another status of the person, from here on."""
        self.person = self.repo.update_person(self.person.id, status=status, **changes)

    def stop(self) -> None:
        """At once: nothing unasked goes out any more; everything is kept."""
        self.become(Status.STOPPED, paused_until=None)
        cancel_for(self.repo, self.person.id, [JobKind.SAY], at=self.now, reason="stopped")
        self.say("stopped")

"""What the words do that work at any moment: help, back, skip, pause, stop, forget me and their like.

Each is done at once or opens a conversation of its own; the question that was open stays open beneath it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from bot import corrections, openings, returning
from bot.exchange import Exchange
from bot.model.waiting import is_awaited
from coaching import facts, rhythm
from coaching.journal import Answer, Entry, Form, Passed, Tap, Words
from coaching.journey import ASIDES, Kind
from coaching.needs import Kind as Form_of
from coaching.needs import Line, Lookup, Option, Question, Wait
from coaching.reflexes import Reflex
from coaching.second_thoughts import ChangeOpening, ForgetOpening, Given
from coaching.slots import Term
from prompts.words import Reader
from prompts.words import Words as Language
from storage.alerts import open_alerts
from storage.conversations import Conversation
from storage.jobs import JobKind, waiting
from storage.people import Person

RECORD = "record_ready"  # a line with buttons that are reflexes, and no question
SHOWN_ANSWERS = 6
PLAIN_YES = tuple(Tap(value) for value in ("yes", "ok", "start"))  # what follows them says more than they do
CHANGEABLE = 12  # answers that "change an answer" reaches back over


def reader_of(words: Language, person: Person) -> Reader:
    """How this person reads."""
    return words.reader(person.language, person.market, person.zone)


def is_theirs(answer: Answer) -> bool:
    """Whether the person gave it; a moment that came is nobody's to take back."""
    return isinstance(answer, Words | Tap | Form) or answer is Passed.SKIPPED


@dataclass
class Reflexes:
    """The reflexes of one person, within one exchange."""

    exchange: Exchange
    words: Language

    @property
    def _person(self) -> Person:
        return self.exchange.person

    def do(self, reflex: Reflex, talk: Conversation | None = None) -> None:
        """Do what the word says, and show the open question again where that helps."""
        exchange, floor = self.exchange, talk or self.exchange.floor()
        match reflex:
            case Reflex.HELP:
                exchange.say("help")
            case Reflex.SHARE:
                exchange.say("who_sees_what", coach=self.coach())
            case Reflex.SHOW:
                self._show(floor)
            case Reflex.EXPORT:
                exchange.say("export_ready", page=Term("Page", "record"), file=Term("Page", "file"))
            case Reflex.LATER:
                return exchange.say("saved_for_later")
            case Reflex.BACK:
                return self._back(floor)
            case Reflex.SKIP:
                return self._skip(floor)
            case Reflex.NOW:
                return self._go_on_now(floor)
            case Reflex.PAUSE:
                return self._pause()
            case Reflex.STOP:
                return exchange.stop()
            case Reflex.START:
                return self._start(floor)
            case Reflex.CHANGE:
                return self._change()
            case Reflex.FORGET:
                return self._forget()
            case Reflex.NOTE:
                return exchange.cut_in(Kind.NOTE)
            case Reflex.WRONG:
                return exchange.cut_in(Kind.WRONG)
            case Reflex.PERSON:
                return exchange.cut_in(Kind.PERSON)
            case Reflex.NO_MODEL | Reflex.MODEL:
                self._wish_for_model(wanted=reflex is Reflex.MODEL)
        return exchange.repeat(floor)

    def nothing_open(self, floor: Conversation | None) -> None:
        """Say what comes next, or that nothing waits."""
        line = self.nothing(floor)
        if line is not None:
            return self.exchange.put_line(line)
        return self.exchange.repeat(floor)

    def nothing(self, floor: Conversation | None) -> Line | None:
        """What is said where no question is open; None where one is, or something is being done right now."""
        need = None if floor is None else self.exchange.stand(floor)[0].needs
        if isinstance(need, Question) or is_awaited(need):
            return None
        if isinstance(need, Lookup) and floor is not None and floor.kind == Kind.DANGER:
            return None  # a person is being reached at this moment; what comes of it is said next
        if isinstance(need, Wait):
            return Line("next_thing", {"at": need.at, "what": Term("Next", need.name)})
        return Line("nothing_open", {})

    def coach(self) -> str:
        """The name of the human coach."""
        coach = self.exchange.repo.person(self._person.coach_id) if self._person.coach_id else None
        return coach.name if coach else ""

    def _show(self, floor: Conversation | None) -> None:
        """Before the OK: what a summary looks like. After it: what was said last, word for word."""
        if not self.exchange.repo.facts(self._person.id, facts.Consent):
            return self.exchange.say("shown_exactly", coach=self.coach())
        said = [
            entry.answer.text
            for talk in self.exchange.repo.conversations(self._person.id)
            for entry in self.exchange.repo.journal(talk.id).entries
            if isinstance(entry.answer, Words) and not entry.withdrawn
        ]
        mine = self._person.profile_zone is not None
        self.exchange.say("my_zone", zone=self._person.zone, own=mine)
        self.exchange.say("my_record", answers=tuple(said[-SHOWN_ANSWERS:]))
        if self._person.without_model:
            self.exchange.say("model_not_wanted")
        elif self.exchange.model is not None:
            self.exchange.say("model_wanted")
        beside = tuple(Option(each, beside=True) for each in (Reflex.EXPORT, Reflex.FORGET))
        where = {"page": Term("Page", "record")}
        return self.exchange.put(Question(RECORD, 1, Form_of.CHOOSE, where, beside), floor)

    def _wish_for_model(self, *, wanted: bool) -> None:
        """Kept also where no model is configured: it holds for one that comes later."""
        exchange = self.exchange
        exchange.person = exchange.repo.update_person(self._person.id, without_model=not wanted)
        exchange.say("model_on" if wanted else "model_off")

    def _back(self, floor: Conversation | None) -> None:
        """Withdraw the last answer the person gave here; it is asked again."""
        entries = () if floor is None else self.exchange.repo.journal(floor.id).entries
        given = [each for each in entries if not each.withdrawn and is_theirs(each.answer)]
        if floor is None or not given:
            self.exchange.say("nothing_to_go_back_to")
            return self.exchange.repeat(floor)
        return self.exchange.take_back(floor, given[-1].name, given[-1].asking)

    def _skip(self, floor: Conversation | None) -> None:
        question = self.exchange.asked(floor)
        if floor is None or question is None:
            return self.nothing_open(floor)
        if question.skippable:
            return self.exchange.answer(floor, question, Passed.SKIPPED)
        self.exchange.say("cannot_skip")
        return self.exchange.repeat(floor)

    def _go_on_now(self, floor: Conversation | None) -> None:
        """Whoever need not wait may go on before."""
        if floor is None:
            return self.exchange.say("nothing_open")
        need = self.exchange.stand(floor)[0].needs
        if isinstance(need, Wait) and need.early:
            return self.exchange.reach(floor, need, Passed.EARLY, None)
        return self.nothing_open(floor) if isinstance(need, Wait) else self.exchange.repeat(floor)

    def _pause(self) -> None:
        """Two weeks unless said otherwise; a pause always has an end."""
        until = rhythm.pause_ends(openings.calendar_of(self._person), self.exchange.now)
        returning.pause(self.exchange, until)
        self.exchange.say("paused", until=until)

    def _start(self, floor: Conversation | None) -> None:
        """Back from a stop or a pause; or the next workflow, if none is open."""
        exchange = self.exchange
        if open_alerts(exchange.repo.scope, self._person.id):
            return exchange.say("a_person_first", coach=self.coach())
        was_away = returning.end_absence(exchange) or self._person.status in returning.AWAY
        if was_away:
            returning.be_back(exchange)
            exchange.say("welcome_back")
            if returning.resume(exchange):
                return None
            floor = exchange.floor()
        if floor is not None:
            need = exchange.stand(floor)[0].needs
            if was_away and floor.kind == Kind.WEEK and isinstance(need, Wait):
                return self.nothing_open(floor)  # to be back is not to want the check-in now
            if isinstance(need, Wait) and need.early:
                return exchange.reach(floor, need, Passed.EARLY, None)
            return exchange.repeat(floor)
        if any(job.kind is JobKind.OPEN for job in waiting(exchange.repo, self._person.id)):
            return None if was_away else exchange.say("nothing_open")
        exchange.open(Kind.START)
        return None

    def _forget(self) -> None:
        repo = self.exchange.repo
        summaries = len(repo.facts(self._person.id, facts.SentSummary))
        opening = ForgetOpening(openings.manager_of(repo, self._person), summaries)
        self.exchange.cut_in(Kind.FORGET, opening)

    # Changing an answer

    def _change(self) -> None:
        """Which answer of the conversations that are open is to be asked again, or which number put right?"""
        given = tuple(islice(self._given(), CHANGEABLE))
        earlier = corrections.earlier_numbers(self.exchange.repo, self._person)
        if not given and earlier is None:
            self.exchange.say("nothing_to_change")
            return self.exchange.repeat(self.exchange.floor())
        manager = openings.manager_of(self.exchange.repo, self._person)
        return self.exchange.cut_in(Kind.CHANGE, ChangeOpening(manager, given, earlier))

    def _given(self) -> list[Given]:
        """The person's standing answers in what is open, the newest first."""
        found = []
        for talk in self.exchange.open_talks():
            if talk.kind not in ASIDES:
                for entry in reversed(self.exchange.repo.journal(talk.id).entries):
                    if is_theirs(entry.answer) and not entry.withdrawn and entry.answer not in PLAIN_YES:
                        said = self._spoken(entry)
                        found.append(Given(talk.id, entry.name, entry.asking, said))
        return found

    def _spoken(self, entry: Entry) -> str:
        """An answer as its button shows it."""
        match entry.answer:
            case Words(text):
                return text
            case Form(fields):
                return " · ".join(fields.values())
            case Tap(value):
                return self.words.button(reader_of(self.words, self._person), entry.name, value)
            case _:
                return self.words.button(reader_of(self.words, self._person), entry.name, Reflex.SKIP)

"""What a manager says, taken in: first the reflexes, then the open question; whatever it is, in one
transaction.

The channel acknowledges only after this has committed. A message that arrives twice has one effect.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot import openings, returning
from bot.clock import Clock
from bot.exchange import Exchange
from bot.incoming import Incoming, Token, clean
from coaching import facts, rhythm
from coaching.journal import Answer, Form, Passed, Tap, Words
from coaching.journey import Kind
from coaching.needs import Kind as Form_of
from coaching.needs import Option, Question, Wait
from coaching.reflexes import Reflex
from coaching.slots import Term
from prompts.words import Reader
from prompts.words import Words as Language
from storage.conversations import Conversation
from storage.crashpoints import crashpoint
from storage.jobs import JobKind, answered, cancel_for, waiting
from storage.people import Person, Status
from storage.repository import Repository, Store

SHOWN_ANSWERS = 6
WHICH_STOP = "which_stop"


class Listener:
    """Takes in what people do, for every channel alike."""

    def __init__(self, store: Store, words: Language, clock: Clock, *, demo: bool = False) -> None:
        self._store, self._words, self._clock, self._demo = store, words, clock, demo

    def receive(self, organisation_id: str, incoming: Incoming) -> None:
        """Take in one message, tap or form. It returns once that is committed."""
        now = self._clock.now()
        with self._store.transaction(organisation_id) as repo:
            if not repo.first_time(incoming.channel, incoming.key, now):
                return
            crashpoint("inbound_seen")
            repo.lock(incoming.person_id)
            person = repo.person(incoming.person_id)
            if person is None or person.status is Status.FORGOTTEN:
                return
            answered(repo, person.id, now)
            exchange = Exchange(repo, person, now, incoming.channel, self._demo)
            _Hearing(exchange, self._words).hear(incoming)
            crashpoint("before_commit")
        crashpoint("after_commit")

    def invite(self, organisation_id: str, person_id: str) -> None:
        """Open the first conversation with a person: the invitation."""
        with self._store.transaction(organisation_id) as repo:
            repo.lock(person_id)
            person = repo.person(person_id)
            invited = person is not None and person.status is Status.INVITED
            if person is not None and invited and not repo.conversations(person_id):
                Exchange(repo, person, self._clock.now(), None, self._demo).open(
                    Kind.START, nudge="invitation"
                )


def reader_of(words: Language, person: Person) -> Reader:
    """How this person reads."""
    return words.reader(person.language, person.market, person.zone)


def _is_theirs(answer: Answer) -> bool:
    """Whether the person gave it; a moment that came is nobody's to take back."""
    return isinstance(answer, Words | Tap | Form) or answer is Passed.SKIPPED


@dataclass
class _Hearing:
    exchange: Exchange
    words: Language

    @property
    def repo(self) -> Repository:
        return self.exchange.repo

    @property
    def person(self) -> Person:
        return self.exchange.person

    def hear(self, incoming: Incoming) -> None:
        if incoming.token is not None:
            self._tapped(incoming)
        else:
            self._said(clean(incoming.words or ""))

    # Words

    def _said(self, text: str) -> None:
        floor = self.exchange.floor()
        question = self._open_question(floor)
        reader = reader_of(self.words, self.person)
        named = None if question is None else self.words.choice(reader, question, text)
        reflex = self.words.reflex(reader, text)
        if named is None and question is not None and reflex is not None:
            # "stop" is the choice "Stop here" too: the value of an option stands for its label.
            meant = [o.value for o in question.options if not o.beside and o.value.split("_")[0] == reflex]
            named = meant[0] if meant else None
        if reflex is Reflex.STOP and named is not None and floor is not None:
            return self._ask_which_stop(floor)
        if named is not None and question is not None and floor is not None:
            return self._press(floor, question, named)
        if reflex is not None:
            return self._reflex(reflex)
        if floor is None or question is None:
            return self._nothing_open(floor)
        if not text or question.kind is Form_of.CHOOSE or not self._may_keep_words(floor):
            self.exchange.say("not_understood")
            return self.exchange.repeat(floor)
        return self.exchange.answer(floor, question, Words(text))

    def _may_keep_words(self, talk: Conversation) -> bool:
        """Before the OK to what is shared, nothing a person writes is kept."""
        return talk.kind != Kind.START or bool(self.repo.facts(self.person.id, facts.Consent))

    def _nothing_open(self, floor: Conversation | None) -> None:
        if floor is not None:
            need = self.exchange.stand(floor)[0].needs
            if isinstance(need, Wait):
                return self.exchange.say("next_thing", at=need.at, what=Term("Next", need.name))
        return self.exchange.say("nothing_open")

    # Buttons and forms

    def _tapped(self, incoming: Incoming) -> None:
        token = Token.read(incoming.token or "")
        talk = self._talk(token)
        if token is None or talk is None:
            self.exchange.say("stale")
            return self.exchange.repeat(self.exchange.floor())
        if not talk.is_open:
            self.exchange.say("closed_week" if talk.kind == Kind.WEEK else "stale")
            return self.exchange.repeat(self.exchange.floor())
        if token.name == WHICH_STOP:
            return self._which_stop(talk, token.value)
        question = self._open_question(talk)
        if question is None or (question.name, question.asking) != (token.name, token.asking):
            answered = any(entry.name == token.name for entry in self.repo.journal(talk.id).entries)
            self.exchange.say("answered_already" if answered else "stale")
            return self.exchange.repeat(talk)
        if incoming.fields is not None:
            filled = {name: clean(text) for name, text in incoming.fields.items() if name in question.fields}
            return self.exchange.answer(talk, question, Form(filled))
        return self._press(talk, question, token.value)

    def _press(self, talk: Conversation, question: Question, value: str) -> None:
        pressed = next((option for option in question.options if option.value == value), None)
        if pressed is None:
            self.exchange.say("stale")
            return self.exchange.repeat(talk)
        if pressed.beside:
            return self._reflex(Reflex(value), talk)
        return self.exchange.answer(talk, question, Tap(value))

    def _talk(self, token: Token | None) -> Conversation | None:
        """The conversation of a button, if it is this person's."""
        if token is None:
            return None
        try:
            talk = self.repo.conversation(token.conversation_id)
        except LookupError:
            return None
        return talk if talk.person_id == self.person.id else None

    def _open_question(self, talk: Conversation | None) -> Question | None:
        """The open question as the person saw it; None if another one has come in its place since."""
        if talk is None or talk.shown_name is None:
            return None
        turn, journal = self.exchange.stand(talk)
        need = turn.needs
        if not isinstance(need, Question) or (need.name, need.asking) != (talk.shown_name, talk.shown_asking):
            return None
        if need.confirms and journal.sign(need.seen()) != talk.shown_digest:
            return None
        return need

    # Reflexes

    def _reflex(self, reflex: Reflex, talk: Conversation | None = None) -> None:
        exchange, floor = self.exchange, talk or self.exchange.floor()
        match reflex:
            case Reflex.HELP:
                exchange.say("help")
            case Reflex.SHARE:
                exchange.say("who_sees_what", coach=self._coach())
            case Reflex.SHOW:
                self._show()
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
                return self._stop()
            case Reflex.START:
                return self._start(floor)
            case Reflex.WRONG:
                exchange.open(Kind.WRONG)
                return None
            case Reflex.PERSON:
                exchange.open(Kind.PERSON)
                return None
        return exchange.repeat(floor)

    def _show(self) -> None:
        """Before the OK: what a summary looks like. After it: what was said last, word for word."""
        if not self.repo.facts(self.person.id, facts.Consent):
            return self.exchange.say("shown_exactly", coach=self._coach())
        said = [
            entry.answer.text
            for talk in self.repo.conversations(self.person.id)
            for entry in self.repo.journal(talk.id).entries
            if isinstance(entry.answer, Words) and not entry.withdrawn
        ]
        return self.exchange.say("my_record", answers=tuple(said[-SHOWN_ANSWERS:]))

    def _back(self, floor: Conversation | None) -> None:
        """Withdraw the last answer the person gave here; it is asked again."""
        entries = () if floor is None else self.repo.journal(floor.id).entries
        given = [each for each in entries if not each.withdrawn and _is_theirs(each.answer)]
        if floor is None or not given:
            self.exchange.say("nothing_to_go_back_to")
            return self.exchange.repeat(floor)
        last = given[-1]
        self.repo.withdraw(floor.id, last.name, last.asking, self.exchange.now)
        self.exchange.say("back_done")
        return self.exchange.advance(floor)

    def _skip(self, floor: Conversation | None) -> None:
        question = self._open_question(floor)
        if floor is None or question is None:
            return self._nothing_open(floor)
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
        return self._nothing_open(floor) if isinstance(need, Wait) else self.exchange.repeat(floor)

    def _pause(self) -> None:
        """Two weeks unless said otherwise; a pause always has an end."""
        until = rhythm.pause_ends(openings.calendar_of(self.person), self.exchange.now)
        returning.pause(self.exchange, until)
        self.exchange.say("paused", until=until)

    def _stop(self) -> None:
        """At once: nothing unasked goes out any more; everything is kept."""
        self._become(Status.STOPPED, paused_until=None)
        cancel_for(self.repo, self.person.id, [JobKind.SAY], at=self.exchange.now, reason="stopped")
        self.exchange.say("stopped")

    def _start(self, floor: Conversation | None) -> None:
        """Back from a stop or a pause; or the next workflow, if none is open."""
        was_away = self.person.status in (Status.STOPPED, Status.PAUSED, Status.DORMANT)
        if was_away:
            self._become(Status.ACTIVE, paused_until=None)
            self.exchange.say("welcome_back")
            if returning.resume(self.exchange):
                return None
            floor = self.exchange.floor()
        if floor is not None:
            need = self.exchange.stand(floor)[0].needs
            if was_away and floor.kind == Kind.WEEK and isinstance(need, Wait):
                return self._nothing_open(floor)  # to be back is not to want the check-in now
            if isinstance(need, Wait) and need.early:
                return self.exchange.reach(floor, need, Passed.EARLY, None)
            return self.exchange.repeat(floor)
        if any(job.kind is JobKind.OPEN for job in waiting(self.repo, self.person.id)):
            return None if was_away else self.exchange.say("nothing_open")
        self.exchange.open(Kind.START)
        return None

    def _ask_which_stop(self, floor: Conversation) -> None:
        """The word is also a choice of the open question: which was meant?"""
        options = (Option("stop_this_work"), Option("stop_writing"))
        self.exchange.put(Question(WHICH_STOP, 1, Form_of.CHOOSE, {}, options), floor)

    def _which_stop(self, talk: Conversation, value: str) -> None:
        question = self._open_question(talk)
        stops = [] if question is None else [o.value for o in question.options if o.value.startswith("stop")]
        if value == "stop_writing":
            return self._stop()
        if question is None or not stops:
            return self.exchange.repeat(talk)
        return self._press(talk, question, stops[0])

    def _become(self, status: Status, **changes: object) -> None:
        self.exchange.person = self.repo.update_person(self.person.id, status=status, **changes)

    def _coach(self) -> str:
        coach = self.repo.person(self.person.coach_id) if self.person.coach_id else None
        return coach.name if coach else ""

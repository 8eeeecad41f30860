"""What a manager says, taken in: first the reflexes, then the open question; whatever it is, in one
transaction.

The channel acknowledges only after this has committed. A message that arrives twice has one effect.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot import openings, reaching
from bot.around import posting
from bot.clock import Clock
from bot.edits import Edits
from bot.exchange import Exchange
from bot.incoming import Incoming, Token, clean
from bot.interruptions import Interruptions
from bot.model import waiting
from bot.model.gate import Gate
from bot.reflexes import RECORD, Reflexes, reader_of
from bot.standing import waits_for_its_hour
from coaching import facts, phrases, places
from coaching.good_enough import CheckOpening
from coaching.journal import Form, Tap, Words
from coaching.journey import Kind
from coaching.needs import Kind as Form_of
from coaching.needs import Option, Question
from coaching.reading.vocabulary import vocabulary
from coaching.redaction import redact
from coaching.reflexes import Reflex
from coaching.slots import Term
from prompts.words import Words as Language
from storage import conversations, inbound, reach
from storage.conversations import Conversation
from storage.crashpoints import crashpoint
from storage.jobs import answered
from storage.people import Person, Status
from storage.repository import Repository
from storage.store import Store

WHICH_STOP = "which_stop"


class Listener:
    """Takes in what people do, for every channel alike."""

    def __init__(
        self,
        store: Store,
        words: Language,
        clock: Clock,
        *,
        demo: bool = False,
        model: Gate | None = None,
    ) -> None:
        """``model``: what stands before the model, where one is configured."""
        self._store, self._words, self._clock, self._demo = store, words, clock, demo
        self._model = model
        places.prepare()
        phrases.prepare()  # it takes a moment, and no message may hold a transaction open for it
        vocabulary()

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
            if incoming.reference:
                reach.remember(repo.scope, person.id, incoming.channel, incoming.reference)
            answered(repo, person.id, now)
            person = reaching.heard(repo, person, incoming.channel, now)
            exchange = self._exchange(repo, person, incoming.channel)
            exchange.said_at = incoming.found_at
            _Hearing(exchange, self._words).hear(incoming)
            if exchange.noted is not None:
                for key in filter(None, (incoming.key, incoming.of)):
                    inbound.note_answer(repo.scope, incoming.channel, key, exchange.noted)
            posting.refresh_home(repo, person.id, now)
            crashpoint("before_commit")
        crashpoint("after_commit")

    def offer_to_keep(
        self, organisation_id: str, incoming: Incoming, answers: Mapping[str, str], verdict: str
    ) -> None:
        """The manager has checked some message or draft: ask whether their own answers are to be kept.

        Before the OK to what is shared nothing is kept, not even to ask.
        """
        now = self._clock.now()
        with self._store.transaction(organisation_id) as repo:
            if not repo.first_time(incoming.channel, incoming.key, now):
                return
            repo.lock(incoming.person_id)
            person = repo.person(incoming.person_id)
            if person is None or not repo.facts(person.id, facts.Consent):
                return
            answered(repo, person.id, now)
            exchange = self._exchange(repo, person, incoming.channel)
            _Hearing(exchange, self._words).checked(answers, verdict)

    def show_again(self, organisation_id: str, person_id: str, channel: str, back: datetime) -> None:
        """Show the open question again, to somebody whose answer may have been refused before ``back``."""
        with self._store.transaction(organisation_id) as repo:
            repo.lock(person_id)
            person = repo.person(person_id)
            last = repo.last_answer_at(person_id)
            waits = last is None or last < back
            if waits and person is not None and person.status in (Status.INVITED, Status.ACTIVE):
                exchange = self._exchange(repo, person, channel)
                exchange.repeat(exchange.floor())

    def invite(self, organisation_id: str, person_id: str) -> None:
        """Open the first conversation with a person: the invitation."""
        with self._store.transaction(organisation_id) as repo:
            repo.lock(person_id)
            person = repo.person(person_id)
            invited = person is not None and person.status is Status.INVITED
            if person is not None and invited and not repo.conversations(person_id):
                self._exchange(repo, person, None).open(Kind.START, nudge="invitation")

    def _exchange(self, repo: Repository, person: Person, channel: str | None) -> Exchange:
        return Exchange(repo, person, self._clock.now(), channel, self._demo, model=self._model)


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

    @property
    def reflexes(self) -> Reflexes:
        return Reflexes(self.exchange, self.words)

    def hear(self, incoming: Incoming) -> None:
        if incoming.token is not None:
            self._tapped(incoming)
        elif incoming.of:
            self._changed(incoming)
        elif incoming.unreadable:
            self.exchange.say("cannot_open")
        else:
            self._said(self._safe(clean(incoming.words or "")), too_late=incoming.too_late)

    def _changed(self, incoming: Incoming) -> None:
        """A message was edited, or taken back."""
        edits = Edits(self.exchange, self.words)
        if incoming.deleted:
            return edits.taken_back(incoming.channel, incoming.of)
        text = self._safe(clean(incoming.words or ""))
        if not edits.put_right(incoming.channel, incoming.of, text):
            # It answered nothing, or never arrived as it was: then it counts as it stands now.
            self.repo.first_time(incoming.channel, incoming.of, self.exchange.now)
            self._said(text)

    def _safe(self, text: str) -> str:
        """The text as it may be stored; whoever typed what may not is told so."""
        found = redact(text, self.person.market)
        if found.kinds:
            kinds = tuple(Term("Removed", kind) for kind in found.kinds)
            self.exchange.say("removed_demo" if self.exchange.demo else "removed_before_storing", kinds=kinds)
        return found.text

    def checked(self, answers: Mapping[str, str], verdict: str) -> None:
        """Their answers to the checking questions, which they may keep."""
        told = tuple((name, self._safe(text)) for name, text in answers.items() if text)
        if not told:
            return
        words = "\n".join(text for _, text in told)
        if Interruptions(self.exchange, self.words).hears_trouble(words, None, None):
            return
        for talk in self.exchange.open_talks():
            if talk.kind == Kind.GOOD_ENOUGH:  # the one before was left; nobody asked for it to be kept
                self.exchange.close(talk, "left")
                conversations.drop_opening(self.repo.scope, talk.id)
        manager = openings.manager_of(self.repo, self.person)
        self.exchange.open(Kind.GOOD_ENOUGH, opening=CheckOpening(manager, told, verdict))

    # Words

    def _said(self, text: str, *, too_late: bool = False) -> None:
        floor = self.exchange.floor()
        question = self.exchange.asked(floor)
        if question is not None and floor is not None and waits_for_its_hour(self.repo, floor, question.name):
            question = None  # words are no answer to what nobody has read
        if too_late:
            question = None  # nor to what was asked after they were written
        reader = reader_of(self.words, self.person)
        if Interruptions(self.exchange, self.words).hears_trouble(text, floor, question):
            return None
        named = None if question is None else self.words.choice(reader, question, text)
        reflex = self.words.reflex(reader, text)
        if named is None and question is not None and reflex not in (None, Reflex.CHANGE):
            # "stop" is the choice "Stop here" too: the value of an option stands for its label. But "fix" and
            # "change an answer" are not the choice "Change" of whatever is open.
            meant = [o.value for o in question.options if not o.beside and o.value.split("_")[0] == reflex]
            named = meant[0] if meant else None
        if reflex is Reflex.STOP and named is not None and floor is not None:
            return self._ask_which_stop(floor)
        if named is not None and question is not None and floor is not None:
            return self._press(floor, question, named)
        if reflex is not None:
            return self.reflexes.do(reflex)
        if floor is not None and floor.kind == Kind.DANGER and question is None:
            return None  # somebody is being reached; what comes of it is said in a moment
        meanwhile = was_put = False
        if floor is not None and question is None and not too_late:
            was_put = waiting.is_put(self.exchange, floor)
            meanwhile = waiting.let_go(self.exchange, floor)
        if floor is not None and meanwhile:  # they went on by themselves: the next question has just been put
            floor = self.repo.conversation(floor.id)
            if not floor.is_open:
                return self._said(text, too_late=too_late)  # the words belong to what was open beneath it
            question = self.exchange.asked(floor) if was_put else None
            named = None if question is None else self.words.choice(reader, question, text)
            if named is not None and question is not None:
                return self._press(floor, question, named)
        if Interruptions(self.exchange, self.words).takes_up(text, floor, question):
            return None
        if too_late:
            self.exchange.say("found_late")
            return self.exchange.repeat(floor)
        if floor is None and self.person.status is Status.INVITED and not self._has_talked():
            self.exchange.open(Kind.START)  # they came by themselves: nobody need invite them any more
            return None
        if floor is None or question is None:
            return None if meanwhile else self.reflexes.nothing_open(floor)
        if not text or question.kind is Form_of.CHOOSE or not self._may_keep_words(floor):
            if meanwhile:
                return None
            self.exchange.say("not_understood")
            return self.exchange.repeat(floor)
        return self.exchange.answer(floor, question, Words(text))

    def _has_talked(self) -> bool:
        return bool(self.repo.conversations(self.person.id))

    def _may_keep_words(self, talk: Conversation) -> bool:
        """Before the OK to what is shared, nothing a person writes is kept."""
        return talk.kind != Kind.START or bool(self.repo.facts(self.person.id, facts.Consent))

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
        if token.name == RECORD:
            return self.reflexes.do(Reflex(token.value))
        if token.name == WHICH_STOP:
            return self._which_stop(talk, token.value)
        question = self.exchange.asked(talk)
        if question is None or (question.name, question.asking) != (token.name, token.asking):
            answered = any(entry.name == token.name for entry in self.repo.journal(talk.id).entries)
            self.exchange.say("answered_already" if answered else "stale")
            return self.exchange.repeat(talk)
        if incoming.fields is not None:
            filled = {
                name: self._safe(clean(text))
                for name, text in incoming.fields.items()
                if name in question.fields
            }
            return self.exchange.answer(talk, question, Form(filled))
        return self._press(talk, question, token.value)

    def _press(self, talk: Conversation, question: Question, value: str) -> None:
        pressed = next((option for option in question.options if option.value == value), None)
        if pressed is None:
            self.exchange.say("stale")
            return self.exchange.repeat(talk)
        if pressed.beside:
            return self.reflexes.do(Reflex(value), talk)
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

    def _ask_which_stop(self, floor: Conversation) -> None:
        """The word is also a choice of the open question: which was meant?"""
        options = (Option("stop_this_work"), Option("stop_writing"))
        self.exchange.put(Question(WHICH_STOP, 1, Form_of.CHOOSE, {}, options), floor)

    def _which_stop(self, talk: Conversation, value: str) -> None:
        question = self.exchange.asked(talk)
        stops = [] if question is None else [o.value for o in question.options if o.value.startswith("stop")]
        if value == "stop_writing":
            return self.exchange.stop()
        if question is None or not stops:
            return self.exchange.repeat(talk)
        return self._press(talk, question, stops[0])

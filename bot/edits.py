"""A message that was edited or deleted: the answer it gave is given anew, or its words are taken away.

What belongs to an open conversation is asked and answered as if it had been written so. What is closed is not
played again: there the way to correct the record is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot import openings, resting, settling, standing
from bot.exchange import Exchange
from bot.interruptions import Interruptions
from bot.reflexes import Reflexes, reader_of
from coaching.journal import Entry, Tap, Words
from coaching.needs import Kind, Question
from coaching.reflexes import Reflex
from prompts.words import Words as Language
from storage import inbound, taking_back
from storage.conversations import Conversation
from storage.repository import Repository


@dataclass
class Edits:
    """What edits and deletions of one person do, within one exchange."""

    exchange: Exchange
    words: Language

    @property
    def _repo(self) -> Repository:
        return self.exchange.repo

    def put_right(self, channel: str, of: str, text: str) -> bool:
        """Let ``text`` stand in place of the answer that message ``of`` gave; False if it gave none."""
        answered = inbound.answered_by(self._repo.scope, channel, of)
        if answered is None:
            return False
        talk = self._repo.conversation(answered.conversation_id)
        entry = self._entry(talk, answered.name, answered.asking)
        question = None if entry is None or not talk.is_open else self.exchange.asked_before(talk, entry)
        if Interruptions(self.exchange, self.words).hears_trouble(text, talk, question):
            return True
        answer = self._read(question, text)
        if entry is None or question is None or answer is None:
            self.exchange.say("edited_after")
            Reflexes(self.exchange, self.words).do(Reflex.CHANGE)
        elif answer != entry.answer:
            settling.taken_back(self.exchange, talk, entry.name)
            self.exchange.answer_instead(talk, entry, answer)
        return True

    def taken_back(self, channel: str, of: str) -> None:
        """Take away the words of the answer that message ``of`` gave, wherever they stand; what was confirmed
        since stays as numbers, dates and choices. Under a legal hold nothing is deleted.

        In a conversation that is still open the question is asked again, for its answer is gone.
        """
        answered = inbound.answered_by(self._repo.scope, channel, of)
        if answered is None or self._repo.hold_on(self.exchange.person.id) is not None:
            return
        talk = self._repo.conversation(answered.conversation_id)
        stood = self._entry(talk, answered.name, answered.asking)
        settling.taken_back(self.exchange, talk, answered.name)
        seen = taking_back.take_back(self._repo.scope, self.exchange.person.id, answered)
        if stood is None:
            return
        self.exchange.say("words_deleted" if talk.is_open else "words_deleted_later")
        if seen:
            coach = openings.manager_of(self._repo, self.exchange.person).coach
            self.exchange.say("words_deleted_seen", coach=coach)
        if talk.is_open:
            self._repo.withdraw(talk.id, answered.name, answered.asking, self.exchange.now)
            if standing.is_cut_off(self.exchange.floor(), talk):
                return resting.make_true(self.exchange, talk)
            return self.exchange.advance(talk)
        return None

    def _entry(self, talk: Conversation, name: str, asking: int) -> Entry | None:
        """The answer as it stands; None if it was withdrawn or has gone."""
        for entry in self._repo.journal(talk.id).entries:
            if (entry.name, entry.asking) == (name, asking) and not entry.withdrawn:
                return entry
        return None

    def _read(self, question: Question | None, text: str) -> Words | Tap | None:
        """The text as an answer to the question; None if it can be none."""
        if question is None or not text:
            return None
        named = self.words.choice(reader_of(self.words, self.exchange.person), question, text)
        if named is not None:
            return Tap(named)
        return None if question.kind is Kind.CHOOSE else Words(text)

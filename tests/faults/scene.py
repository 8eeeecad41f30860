"""One manager of the demo organisation, answered for by the names of questions, not by what is on a screen.
The channel only keeps what it is given; the clock stands where it is put.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot import demo
from bot.channel import Arrived, Delivery
from bot.incoming import Incoming, Token
from bot.listening import Listener
from bot.worker import Worker
from coaching.journal import Answer, Form, Tap, Words
from storage import queue
from storage.conversations import Conversation
from storage.store import Store
from tests.conversation import WORDS

A_DAY = ("when_next",)  # questions whose buttons are days, others each time
LATER = timedelta(seconds=20)


@dataclass
class StandingClock:
    """Stands still until it is put on."""

    moment: datetime = demo.BEGINS

    def now(self) -> datetime:
        return self.moment


@dataclass
class KeptChannel:
    """Keeps what it was asked to send."""

    sent: list[Delivery] = field(default_factory=list)

    def send(self, delivery: Delivery) -> str:
        self.sent.append(delivery)
        return str(len(self.sent))

    def arrived(self, delivery: Delivery) -> Arrived:
        there = any(each.job_id == delivery.job_id for each in self.sent)
        return Arrived.YES if there else Arrived.NO


class Scene:
    """The service and one manager in it."""

    def __init__(self, store: Store, clock: StandingClock | None = None, who: int = 0) -> None:
        self.store, self.clock, self.channel = store, clock or StandingClock(), KeptChannel()
        self.listener = Listener(store, WORDS, self.clock, demo=True)
        self.worker = Worker(store, WORDS, self.clock, {demo.CHANNEL: self.channel}, demo=True)
        self.me = demo.set_up(store, self.listener, self.clock.now())[who]
        self.worker.run_due()
        self.keys = 0

    def floor(self) -> Conversation | None:
        """The conversation whose question is open."""
        with self.store.reading(demo.ORGANISATION) as repo:
            talks = repo.conversations(self.me, open_only=True)
        return next((talk for talk in reversed(talks) if talk.shown_name is not None), None)

    def incoming(self, answer: Answer | str, key: str | None = None) -> Incoming:
        """What would arrive if the open question were answered so."""
        self.keys += 1
        key = key or f"scene-{id(self)}-{self.keys}"
        if isinstance(answer, str):
            return Incoming(demo.CHANNEL, key, self.me, words=answer)
        match answer:
            case Words(text):
                return Incoming(demo.CHANNEL, key, self.me, words=text)
            case Tap(value):
                return Incoming(demo.CHANNEL, key, self.me, token=self._token(value))
            case Form(fields):
                return Incoming(demo.CHANNEL, key, self.me, token=self._token("form"), fields=fields)
        raise TypeError(f"nobody says {answer!r}")

    def hear(self, incoming: Incoming) -> None:
        self.listener.receive(demo.ORGANISATION, incoming)

    def do(self, answer: Answer | str) -> None:
        """Answer the open question, and let the service do what follows."""
        self.clock.moment += LATER
        self.hear(self.incoming(answer))
        self.worker.run_due()

    def play_until(self, name: str, answers: Mapping[str, Answer], most: int = 200) -> None:
        """Answer what is asked as ``answers`` has it, and let time pass where nothing is, until ``name``."""
        for _ in range(most):
            talk = self.floor()
            asked = None if talk is None else talk.shown_name
            if asked == name:
                return
            if asked in A_DAY:
                self.do("1")  # the first day that is offered
                continue
            if asked is not None and asked in answers:
                self.do(answers[asked])
                continue
            due = queue.next_due(self.store)
            assert due is not None, f"nothing is due, and {asked} is open"
            self.clock.moment = max(due, self.clock.moment)
            self.worker.run_due()
        raise AssertionError(f"{name} was never asked")

    def _token(self, value: str) -> str:
        talk = self.floor()
        assert talk is not None
        assert talk.shown_name is not None
        assert talk.shown_asking is not None
        return str(Token(talk.id, talk.shown_name, talk.shown_asking, value))

"""The real service with one manager in it: its database, its queue, its worker, on a clock moved by hand.

The manager answers, falls silent, comes back, presses old buttons, moves, pauses, stops; the worker sleeps,
the clock is set back, the rails change. Whatever arrives is written down.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from bot.channel import Arrived, Delivery
from bot.exchange import Exchange
from bot.incoming import Incoming, Token
from bot.listening import Listener
from bot.openings import calendar_of
from bot.publishing import publish
from bot.standing import was_said
from bot.worker import Worker
from coaching import rhythm
from coaching.journal import Form, Tap, Words
from coaching.needs import Kind as Form_of
from coaching.needs import Question
from prompts.words import Words as Language
from storage import queue
from storage.conversations import Conversation
from storage.jobs import Job, job_table, made
from storage.migrate import migrate
from storage.people import Person, Programme, SafetyContact, Status
from storage.store import Store
from tests.properties.people import guardrails
from tests.properties.walker import HOSTILE, SHORT, answer_to

ORGANISATION, CHANNEL = "org", "test"
LANGUAGE = Language()
REFLEXES = (
    "help",
    "back",
    "skip",
    "now",
    "pause",
    "stop",
    "start",
    "start",
    "later",
    "something feels wrong",
    "hello",
)
BEGINS = datetime(2026, 9, 8, 2, 0, tzinfo=UTC)  # Sydney changes its clocks within a month, Berlin within two
Place = tuple[str, str, str]
PLACES: tuple[Place, ...] = (
    ("SG", "Asia/Singapore", "en"),
    ("AU", "Australia/Sydney", "en"),
    ("JP", "Asia/Tokyo", "ja"),
)
ELSEWHERE = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Kiritimati")
ASLEEP = (timedelta(minutes=10), timedelta(hours=6), timedelta(days=2), timedelta(days=8))
# How likely the next thing is an answer: somebody diligent, somebody busy, somebody who has left in silence.
MOODS = (0.7, 0.7, 0.35, 0.03)


@dataclass(frozen=True)
class Arrival:
    """One message as it arrived: when, in whose hours, what it counts as, and whether it was a reply."""

    at: datetime
    calendar: rhythm.Calendar
    job: Job
    status: Status
    is_reply: bool
    week: rhythm.ProgrammeWeek


@dataclass
class Still:
    """A clock that stands until it is moved."""

    moment: datetime

    def now(self) -> datetime:
        """Where it stands."""
        return self.moment


@cache
def _folder() -> Path:
    """Where the databases of these walks live: in memory where there is such a place, for they are many."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="unbadged-walks-", dir=memory if memory.is_dir() else None))
    atexit.register(shutil.rmtree, folder)
    return folder


@cache
def _empty() -> Path:
    folder = _folder() / "empty"
    folder.mkdir()
    migrate(f"sqlite:///{folder}/unbadged.db")
    return folder


@cache
def _before_week_one(place: Place) -> tuple[Path, datetime]:
    """A manager in this place who has been through both sittings, and the moment it is."""
    folder = _folder() / place[0]
    shutil.copytree(_empty(), folder)
    with _opened(folder) as store:
        begun = Service(store, Random(0), BEGINS, place)
        begun.publish()
        begun.be_invited()
        for _ in range(200):
            if begun.weeks():
                return folder, begun.clock.now()
            if not begun.go_along():
                begun.walk()
    raise AssertionError("two sittings did not lead to a first week")


@contextmanager
def _opened(folder: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{folder}/unbadged.db", None, "a-secret-for-these-walks-and-no-others")
    try:
        yield store
    finally:
        store.close()


@contextmanager
def service(dice: Random, *, in_week_one: bool, place: Place | None = None) -> Iterator[Service]:
    """A service of its own, gone afterwards: somebody newly invited, or with both sittings behind them."""
    place = place or dice.choice(PLACES)
    before, now = _before_week_one(place) if in_week_one else (_empty(), BEGINS)
    with tempfile.TemporaryDirectory(dir=_folder()) as folder:
        copied = Path(shutil.copytree(before, folder, dirs_exist_ok=True))
        with _opened(copied) as store:
            found = Service(store, dice, now, place)
            if not in_week_one:
                if dice.random() < 0.8:
                    found.publish()
                found.be_invited()
            yield found


@dataclass
class Service:
    """Store, listener and worker around one manager; it is the channel too."""

    store: Store
    dice: Random
    begins: datetime
    place: Place
    arrived_here: list[Arrival] = field(default_factory=list)
    # Everything in the order it happened, so that a clock that is set back confuses nobody: a line unasked,
    # or something the manager did.
    course: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    replying: bool = False
    keys: int = 0

    def __post_init__(self) -> None:
        """One organisation, one coach, one manager."""
        self.mood = self.dice.choice(MOODS)
        self.clock = Still(self.begins)
        self.listener = Listener(self.store, LANGUAGE, self.clock)
        self.worker = Worker(self.store, LANGUAGE, self.clock, {CHANNEL: self})
        if self.store.add_organisation(ORGANISATION, "An organisation", self.clock.now()):
            self._furnish(*self.place)
        with self.store.reading(ORGANISATION) as repo:
            (self.id,) = (each.id for each in repo.people() if each.coach_id)

    def _furnish(self, market: str, zone: str, language: str) -> None:
        with self.store.transaction(ORGANISATION) as repo:
            sponsor = ("Irene Goh", "60 minutes a week are yours.", date(2026, 8, 1))
            repo.add_programme(Programme("p", "P", date(2026, 9, 1), 5, *sponsor))
            repo.set_safety_contact(SafetyContact("p", market, "Mei", "Irene", "", "", "Asha"))
            coach = repo.add_person(Person("p", "Mei Tan", "m@example.com", market, "hr", zone, language))
            manager = Person("p", "Dana", "d@example.com", market, "sales", zone, language, coach_id=coach.id)
            repo.link(repo.add_person(manager).id, CHANNEL, "dana")

    def be_invited(self) -> None:
        """The first line, at the hour for it."""
        self.clock.moment = rhythm.first_invitation(calendar_of(self.person), self.clock.now())
        self.listener.invite(ORGANISATION, self.id)
        self.worker.run_due()

    def weeks(self) -> int:
        """How many programme weeks have opened."""
        with self.store.reading(ORGANISATION) as repo:
            return sum(talk.kind == "week" for talk in repo.conversations(self.id))

    @property
    def person(self) -> Person:
        """The manager as they stand."""
        with self.store.reading(ORGANISATION) as repo:
            found = repo.person(self.id)
        assert found is not None
        return found

    # The channel

    def send(self, delivery: Delivery) -> str:
        """Write down what arrives, and as what."""
        with self.store.reading(ORGANISATION) as repo:
            person = repo.person(self.id)
            (row,) = repo.scope.rows(job_table, job_table.c.id == delivery.job_id)
            job = made(row, self.store.sealer(ORGANISATION))
        assert person is not None
        calendar, now = calendar_of(person), self.clock.now()
        week = rhythm.week_containing(calendar, now)
        self.arrived_here.append(Arrival(now, calendar, job, person.status, self.replying, week))
        self.course.append(job.nudge or "")
        self.tokens += delivery.tokens
        return delivery.job_id

    def arrived(self, delivery: Delivery) -> Arrived:
        """Whether it is there."""
        there = any(each.job.id == delivery.job_id for each in self.arrived_here)
        return Arrived.YES if there else Arrived.NO

    # What can happen

    def receive(
        self, *, words: str | None = None, token: str | None = None, form: Form | None = None
    ) -> None:
        """The manager does something, and the worker replies."""
        self.keys += 1
        self.clock.moment += self.dice.choice(SHORT)
        self.worker.run_due()  # what was due by now came before they did anything
        fields = None if form is None else form.fields
        key = f"{self.begins}-{self.keys}"  # what was done before this walk has other keys
        self.course.append("heard")
        self.listener.receive(ORGANISATION, Incoming(CHANNEL, key, self.id, words, token, fields))
        self.replying = True
        self.worker.run_due()
        self.replying = False

    def open_question(self) -> tuple[Conversation, Question] | None:
        """What is asked now, if it has arrived."""
        with self.store.reading(ORGANISATION) as repo:
            person = repo.person(self.id)
            assert person is not None
            exchange = Exchange(repo, person, self.clock.now())
            talk = exchange.floor()
            need = None if talk is None else exchange.stand(talk)[0].needs
            if talk is None or not isinstance(need, Question) or not was_said(repo, talk, need.name):
                return None
        return talk, need

    def answer(self) -> bool:
        """Answer what is asked; False if nothing is."""
        found = self.open_question()
        if found is None:
            return False
        talk, question = found
        match answer_to(question, self.dice):
            case Tap(value):
                self.receive(token=str(Token(talk.id, question.name, question.asking, value)))
            case Form() as form:
                self.receive(token=str(Token(talk.id, question.name, question.asking, "form")), form=form)
            case Words(text):
                self.receive(words=text)
            case _:
                self.receive(words="skip")
        return True

    def go_along(self) -> bool:
        """Answer as somebody who wants to come through; False if nothing is asked."""
        found = self.open_question()
        if found is None:
            return False
        talk, question = found
        first = question.options[0] if question.options else None
        if first is None or (question.kind is Form_of.ASK and first.label is None):
            self.receive(
                words="6, 8 and 5" if "values" in question.name else "the quote for Osaka, by Friday"
            )
        else:
            self.receive(token=str(Token(talk.id, question.name, question.asking, first.value)))
        return True

    def walk(self, until: datetime | None = None) -> None:
        """To the next thing due; or from one to the next until a moment."""
        for _ in range(200):
            due = queue.next_due(self.store)
            if due is None or (until is not None and due > until):
                break
            self.clock.moment = max(due, self.clock.moment)
            self.worker.run_due()
            if until is None:
                return
        else:
            raise AssertionError("time passes and there is always more to do: a job that never ends")
        if until is not None:
            self.clock.moment = max(until, self.clock.moment)

    def publish(self) -> None:
        """The next version of the guardrails of the manager's market."""
        market = self.person.market
        with self.store.reading(ORGANISATION) as repo:
            version = len(repo.guardrail_versions(market)) + 1
        publish(self.store, ORGANISATION, guardrails(market, version), self.clock.now())
        self.worker.run_due()

    def move(self) -> None:
        """The manager lives by other clocks, or another week, from now on."""
        with self.store.transaction(ORGANISATION) as repo:
            if self.dice.random() < 0.5:
                repo.update_person(self.id, working_days=self.dice.choice(("01234", "01236", "012345")))
            else:
                repo.update_person(self.id, zone=self.dice.choice((*ELSEWHERE, self.place[1])))

    def live(self) -> None:
        """One thing happens."""
        if self.dice.random() < self.mood and self.answer():
            return
        chance = self.dice.random()
        if chance < 0.50:
            self.walk()
        elif chance < 0.70:
            self.walk(self.clock.now() + timedelta(days=self.dice.randrange(1, 12)))
        elif chance < 0.76:
            self.clock.moment += self.dice.choice(ASLEEP)  # nobody works meanwhile
            self.worker.run_due()
        elif chance < 0.79:
            self.clock.moment -= timedelta(hours=1)  # as a computer's clock may be set back
        elif chance < 0.84:
            self.publish()
        elif chance < 0.88:
            self.move()
        elif chance < 0.91 and self.tokens:
            self.receive(token=self.dice.choice(self.tokens))
        elif self.dice.random() < 4 * self.mood:
            self.receive(words=self.dice.choice(HOSTILE if chance < 0.93 else REFLEXES))

"""The playground's stage on the real engine: a channel like any other, and a clock that is moved by hand.

It is itself the reference channel: what is said here goes through the same listening, queue and worker as
Slack.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from starlette.applications import Starlette

from bot import demo
from bot.answerer import MODEL
from bot.charts import shared_chart
from bot.clock import Clock, MovedClock
from bot.coach_view import CoachView, coach_view
from bot.incoming import Incoming, Token
from bot.listening import WHICH_STOP, Listener
from bot.openings import calendar_of
from bot.picture import Aloud, Theme, alt, png, svg
from bot.playground.app import playground
from bot.playground.memory import Chat, Kept, Key, Standing, asked_now, key_of, read_line
from bot.playground.stage import Box, Bubble, Press, PressKind, Queued, Someone, Walk
from bot.record.sheets import Papers
from bot.reflexes import reader_of
from bot.worker import Worker
from coaching import rhythm
from coaching.journal import Answer, Tap
from coaching.redaction import redact
from coaching.slots import Term
from prompts.words import Reader, Words
from storage import queue
from storage.clearing import clear
from storage.migrate import migrate
from storage.people import Person, Status
from storage.repository import Repository
from storage.store import Store

if TYPE_CHECKING:
    from bot.model.answering import Model

FRIDAY = 4
SECONDS_BETWEEN = timedelta(seconds=20)  # a manager's next tap comes a little later than the one before
THREE_WEEKS = timedelta(weeks=3)
MOST_STEPS = 500
SAFETY = frozenset({"wrong", "person"})
REFLEXES = SAFETY | {"share", "show"}


class Play:
    """Implements the stage: people, their chats, and the walk of the clock."""

    def __init__(self, store: Store, words: Words, model: Callable[[Clock], Model] | None = None) -> None:
        """``model``: makes one that is asked here too, with this clock."""
        self._store, self._words = store, words
        self.clock = MovedClock(store, demo.ORGANISATION, demo.BEGINS)
        asked = None if model is None else model(self.clock)
        gate, answerers = (None, {}) if asked is None else (asked.gate, {MODEL: asked})
        self.listener = Listener(store, words, self.clock, demo=True, model=gate)
        channels = {demo.CHANNEL: Chat(store)}
        translate = None if asked is None else asked.ask_beside
        self.worker = Worker(
            store,
            words,
            self.clock,
            channels,
            demo=True,
            answerers=answerers,
            model=gate,
            translate=translate,
        )
        self._dated = lru_cache(4096)(self._written_date)
        self._begin()

    def _begin(self) -> None:
        self._ids = demo.set_up(self._store, self.listener, self.clock.now())
        self.worker.run_due()
        self._seen = {each: self._last_read(each) for each in self._ids}

    def people(self) -> tuple[Someone, ...]:
        """The demo managers."""
        with self._store.reading(demo.ORGANISATION) as repo:
            found = [person for each in self._ids if (person := repo.person(each)) is not None]
            news = {each.id: repo.chat_last(each.id) > self._seen.get(each.id, 0) for each in found}
        return tuple(self._someone(person, news[person.id]) for person in found)

    def chat(self, person_id: str, after: int = 0) -> tuple[Bubble, ...]:
        """One person's chat."""
        with self._store.reading(demo.ORGANISATION) as repo:
            person = _person(repo, person_id)
            lines = [read_line(line) for line in repo.chat(person_id, after)]
            standing = Standing(lines, repo.conversations(person_id, open_only=True))
        if lines:
            self._seen[person_id] = max(lines[-1].seq, self._seen.get(person_id, 0))
        return tuple(self._bubble(person, line, standing) for line in lines)

    def waiting(self, person_id: str) -> tuple[Queued, ...]:
        """What is queued for a person, in words; a name nobody has put into words yet is said in general."""
        with self._store.reading(demo.ORGANISATION) as repo:
            person = _person(repo, person_id)
            jobs = queue.waiting(repo, person_id)
        reader = self._english(person)
        return tuple(
            Queued(
                self._words.line(reader, f"queued_{job.kind}", {"what": job.name}),
                self._moment(person, job.due_at),
            )
            for job in sorted(jobs, key=lambda job: job.due_at)
        )

    def now(self, person_id: str) -> str:
        """The moment it is for this person."""
        with self._store.reading(demo.ORGANISATION) as repo:
            return self._moment(_person(repo, person_id), self.clock.now())

    def say(self, person_id: str, text: str, key: str) -> None:
        """The manager writes."""
        asked = self._asked(person_id)
        if asked is None:
            return
        self._written(person_id, text, key)
        self._receive(Incoming(demo.CHANNEL, key, person_id, words=text))
        self._settle(person_id, asked, None)

    def tap(self, person_id: str, token: str, key: str) -> None:
        """The manager presses a button."""
        self._press(person_id, Incoming(demo.CHANNEL, key, person_id, token=token))

    def fill(self, person_id: str, token: str, fields: Mapping[str, str], key: str) -> None:
        """The manager sends a form."""
        self._press(person_id, Incoming(demo.CHANNEL, key, person_id, token=token, fields=fields))

    def walk(self, person_id: str, to: Walk) -> None:
        """Walk the clock from due moment to due moment, the worker at each: time passes for everyone."""
        with self._store.reading(demo.ORGANISATION) as repo:
            person = _person(repo, person_id)
            said = repo.chat_last(person_id)
        target = None if to == "next" else self._target(person, to)
        for _ in range(MOST_STEPS):
            due = queue.next_due(self._store)
            if due is None or (target is not None and due > target):
                break
            if target is None and queue.next_due(self._store, person_id) is None:
                break
            self.clock.set(max(due, self.clock.now()))
            self.worker.run_due()
            if target is None and self._has_grown(person_id, said):
                break
        if target is not None:
            self.clock.set(max(target, self.clock.now()))

    def coach_sees(self, person_id: str) -> CoachView | None:
        """What the coach of one person sees."""
        with self._store.reading(demo.ORGANISATION) as repo:
            person = _person(repo, person_id)
            coach = repo.person(person.coach_id) if person.coach_id else None
            if coach is None:
                return None
            return coach_view(repo.as_coach(coach.id), self._words, coach, person_id, self.clock.now())

    def coach_picture(self, person_id: str, dark: bool) -> bytes | None:
        """The coach's chart."""
        with self._store.reading(demo.ORGANISATION) as repo:
            person = _person(repo, person_id)
            chart = shared_chart(repo.as_coach(person.coach_id or ""), person_id)
        if chart is None:
            return None
        return svg(chart, Aloud(self._words, self._english(person)), _theme(dark)).encode()

    def chat_picture(self, person_id: str, seq: int, dark: bool) -> bytes | None:
        """The chart of one message."""
        with self._store.reading(demo.ORGANISATION) as repo:
            person = _person(repo, person_id)
            kept = next((read_line(line) for line in repo.chat(person_id, seq - 1) if line.seq == seq), None)
        if kept is None or kept.chart is None:
            return None
        return png(kept.chart, self._aloud(person), _theme(dark))

    def start_over(self) -> None:
        """Delete the demo and make it anew. Its people get new ids, so an old page acts on nobody."""
        clear(self._store, demo.ORGANISATION)
        self.clock.start_over()
        self._begin()

    def _has_grown(self, person_id: str, said: int) -> bool:
        """Whether something new was said: the next thing due is the next thing one can see."""
        with self._store.reading(demo.ORGANISATION) as repo:
            return repo.chat_last(person_id) > said

    def _target(self, person: Person, to: Walk) -> datetime | None:
        """The moment to walk to; None where it is whatever comes next."""
        now = self.clock.now()
        if to == "next":
            return None
        if to == "three_weeks":
            return now + THREE_WEEKS
        calendar = calendar_of(person)
        friday = rhythm.coming(calendar, now, FRIDAY)
        at = rhythm.at_local(calendar, friday, rhythm.CHECK_IN)
        return at if at > now else at + timedelta(weeks=1)

    def _receive(self, incoming: Incoming) -> None:
        self.clock.advance(SECONDS_BETWEEN)
        self.listener.receive(demo.ORGANISATION, incoming)
        self.worker.run_due()

    def _press(self, person_id: str, incoming: Incoming) -> None:
        asked, token = self._asked(person_id), Token.read(incoming.token or "")
        if asked is None:
            return
        if token is not None and token.value in REFLEXES and key_of(token) in asked:
            # It answers nothing and leaves its question open, so it stands in the chat like words.
            self._written(person_id, self._label(person_id, str(token)), incoming.key)
        self._receive(incoming)
        self._settle(person_id, asked, token)

    def _asked(self, person_id: str) -> set[Key] | None:
        """What is being asked of a person; None if the person is forgotten and nobody is there to answer."""
        with self._store.reading(demo.ORGANISATION) as repo:
            if _person(repo, person_id).status is Status.FORGOTTEN:
                return None
            return asked_now(repo.conversations(person_id, open_only=True))

    def _written(self, person_id: str, text: str, key: str) -> None:
        with self._store.transaction(demo.ORGANISATION) as repo:
            # This chat is ours too: what may not be stored is not stored here either.
            kept = redact(text, _person(repo, person_id).market).text
            body = json.dumps({"text": kept}, ensure_ascii=False)
            repo.chat_append(person_id, "manager", body, self.clock.now(), job_id=f"said-{key}")

    def _label(self, person_id: str, token: str) -> str:
        with self._store.reading(demo.ORGANISATION) as repo:
            lines = map(read_line, repo.chat_newest_first(person_id))
            return next((label for line in lines for it, label in line.buttons if it == token), "…")

    def _settle(self, person_id: str, asked: set[Key], pressed: Token | None) -> None:
        """Show on each card that was answered just now what was answered, as the journal has it.

        Words stand in the chat themselves: then the card only loses its buttons.
        """
        with self._store.transaction(demo.ORGANISATION) as repo:
            talks = repo.conversations(person_id)
            closed = asked - asked_now(talks)
            given: dict[Key, Answer] = {}
            if pressed is not None and pressed.name == WHICH_STOP:
                given[key_of(pressed)] = Tap(pressed.value)
            elif pressed is not None and key_of(pressed) not in asked_now(talks):
                closed.add(key_of(pressed))
            for talk in {key[0] for key in closed} & {talk.id for talk in talks}:
                for entry in repo.journal(talk).entries:
                    if (key := (talk, entry.name, entry.asking)) in closed:
                        given[key] = entry.answer
            if not given:
                return
            for line in map(read_line, repo.chat_newest_first(person_id)):
                answer = None if line.asks is None else given.pop(line.asks, None)
                shown = None if answer is None else line.shows(answer)
                if line.answered is None and shown is not None:
                    repo.chat_answered(line.seq, json.dumps(shown if pressed else "", ensure_ascii=False))
                if not given:
                    break

    def _last_read(self, person_id: str) -> int:
        """The last line a manager wrote: what came after it has not been seen since the start."""
        with self._store.reading(demo.ORGANISATION) as repo:
            return repo.chat_last(person_id, "manager")

    def _someone(self, person: Person, news: bool) -> Someone:
        now = f"{self.clock.now().astimezone(ZoneInfo(person.zone)):%H:%M}"
        if person.status is Status.FORGOTTEN:
            return Someone(person.id, "–", "", person.zone, now, person.language, gone=True)
        about = (self._term(person, "Function", person.function), self._term(person, "Market", person.market))
        return Someone(
            person.id, person.name or "–", " · ".join(about), person.zone, now, person.language, news=news
        )

    def _bubble(self, person: Person, line: Kept, standing: Standing) -> Bubble:
        here = line.at.astimezone(ZoneInfo(person.zone))
        return Bubble(
            line.seq,
            "manager" if line.by_manager else "coach",
            line.text,
            self._dated(person.market, person.zone, here.replace(second=0, microsecond=0)),
            self._dated(person.market, person.zone, here.date()),
            tuple(Press(token, label, _kind(token)) for token, label in line.buttons),
            tuple(Box(name, label, "number") for name, label in line.fields),
            line.form,
            standing.answered(line),
            line.card,
            standing.is_stale(line),
            None if line.chart is None else alt(line.chart, self._aloud(person)),
        )

    def _moment(self, person: Person, moment: datetime) -> str:
        return self._dated(person.market, person.zone, moment.astimezone(ZoneInfo(person.zone)))

    def _written_date(self, market: str, zone: str, at: date) -> str:
        """A day, or a moment of it, as the page writes it."""
        return self._words.line(self._words.reader("en", market, zone), "moment", {"at": at})

    def _term(self, person: Person, family: str, key: str) -> str:
        return self._words.line(self._english(person), "one_term", {"term": Term(family, key)})

    def _aloud(self, person: Person) -> Aloud:
        return Aloud(self._words, reader_of(self._words, person))

    def _english(self, person: Person) -> Reader:
        return self._words.reader("en", person.market, person.zone)


def _theme(dark: bool) -> Theme:
    return Theme.DARK if dark else Theme.LIGHT


def _kind(token: str) -> PressKind:
    read = Token.read(token)
    return "safety" if read and read.value in SAFETY else "answer"


def _person(repo: Repository, person_id: str) -> Person:
    person = repo.person(person_id)
    if person is None:
        raise LookupError("There is no such person in the demo.")
    return person


def open_playground(data: Path, port: int) -> tuple[Starlette, Callable[[], None]]:
    """The playground on the data in a folder, made if it is not there; and how to close it."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = data / "secret.key"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(32), encoding="ascii")
    url = f"sqlite:///{data / 'unbadged.db'}"
    migrate(url)
    words = Words()
    store = Store(url, None, secret.read_text(encoding="ascii").strip())
    play = Play(store, words)
    reader = words.reader("en", "SG", "UTC")
    papers = Papers(store, words, play.clock, demo.ORGANISATION)
    app = playground(play, lambda name, slots: words.line(reader, name, slots), papers)
    return app, store.close

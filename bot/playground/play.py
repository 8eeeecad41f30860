"""The playground's stage on the real engine: a channel like any other, and a clock that is moved by hand.

It is itself the reference channel: what is said here goes through the same listening, queue and worker as Slack.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.applications import Starlette

from bot import demo
from bot.channel import Arrived, Delivery
from bot.clock import MovedClock
from bot.incoming import Incoming, Token
from bot.listening import Listener
from bot.openings import calendar_of
from bot.playground.app import playground
from bot.playground.stage import Box, Bubble, Press, Queued, Someone, Walk
from bot.worker import Worker
from coaching import rhythm
from coaching.slots import Term
from prompts.words import Reader, Words
from storage import queue
from storage.chat import ChatLine
from storage.jobs import JobKind
from storage.migrate import migrate
from storage.people import Person
from storage.repository import Repository, Store

FRIDAY = 4
SECONDS_BETWEEN = timedelta(seconds=20)  # a manager's next tap comes a little later than the one before
THREE_WEEKS = timedelta(weeks=3)
MOST_STEPS = 500
SAFETY = frozenset({"wrong", "person"})


class Chat:
    """The playground as a channel: it keeps what is sent to it, each job once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def send(self, delivery: Delivery) -> str:
        """Keep the message in the person's chat."""
        message = delivery.message
        body = {
            "text": message.text,
            "card": message.card,
            "buttons": [
                [token, button.label] for token, button in zip(delivery.tokens, message.buttons, strict=False)
            ],
            "fields": [[field.name, field.label] for field in message.fields],
            "form": delivery.form_token,
        }
        with self._store.transaction(delivery.organisation_id) as repo:
            text = json.dumps(body, ensure_ascii=False)
            seq = repo.chat_append(delivery.person_id, "coach", text, delivery.at, delivery.job_id)
        return str(seq)

    def arrived(self, delivery: Delivery) -> Arrived:
        """Look whether a job's message is there."""
        with self._store.reading(delivery.organisation_id) as repo:
            return Arrived.YES if repo.chat_arrived(delivery.job_id) else Arrived.NO


class Play:
    """Implements the stage: people, their chats, and the walk of the clock."""

    def __init__(self, store: Store, words: Words) -> None:
        self._store, self._words = store, words
        store.add_organisation(demo.ORGANISATION, "Example Pte Ltd", demo.BEGINS)
        self.clock = MovedClock(store, demo.ORGANISATION, demo.BEGINS)
        self._listener = Listener(store, words, self.clock, demo=True)
        self.worker = Worker(store, words, self.clock, {demo.CHANNEL: Chat(store)}, demo=True)
        self._ids = demo.set_up(store, self._listener, self.clock.now())
        self.worker.run_due()

    def people(self) -> tuple[Someone, ...]:
        """The demo managers."""
        with self._store.reading(demo.ORGANISATION) as repo:
            found = [repo.person(each) for each in self._ids]
        now = self.clock.now()
        return tuple(
            Someone(
                person.id,
                person.name or "–",
                f"{self._term(person, 'Function', person.function)} · {self._term(person, 'Market', person.market)}",
                person.zone,
                f"{now.astimezone(ZoneInfo(person.zone)):%H:%M}",
                person.language,
            )
            for person in found
            if person is not None
        )

    def chat(self, person_id: str, after: int = 0) -> tuple[Bubble, ...]:
        """One person's chat."""
        with self._store.reading(demo.ORGANISATION) as repo:
            person = _person(repo, person_id)
            lines = repo.chat(person_id, after)
            shown = {
                (talk.id, talk.shown_name, talk.shown_asking)
                for talk in repo.conversations(person_id, open_only=True)
            }
            newest = _newest(repo.chat(person_id))
        return tuple(self._bubble(person, line, shown, newest) for line in lines)

    def waiting(self, person_id: str) -> tuple[Queued, ...]:
        """What is queued for a person."""
        with self._store.reading(demo.ORGANISATION) as repo:
            person = _person(repo, person_id)
            jobs = queue.waiting(repo, person_id)
        reader = self._english(person)
        return tuple(
            Queued(
                self._words.line(reader, "queued", {"what": _what(job.kind, job.name)}),
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
        self._written(person_id, text, key)
        self._receive(Incoming(demo.CHANNEL, key, person_id, words=text))

    def tap(self, person_id: str, token: str, key: str) -> None:
        """The manager presses a button."""
        self._receive(Incoming(demo.CHANNEL, key, person_id, token=token))
        self._mark(person_id, token, None)

    def fill(self, person_id: str, token: str, fields: Mapping[str, str], key: str) -> None:
        """The manager sends a form."""
        self._receive(Incoming(demo.CHANNEL, key, person_id, token=token, fields=fields))
        self._mark(person_id, token, fields)

    def walk(self, person_id: str, to: Walk) -> None:
        """Walk the clock from due moment to due moment, running the worker at each."""
        with self._store.reading(demo.ORGANISATION) as repo:
            person = _person(repo, person_id)
            said = len(repo.chat(person_id))
        target = self._target(person, to)
        for _ in range(MOST_STEPS):
            due = queue.next_due(self._store)
            if due is None or (target is not None and due > target):
                break
            self.clock.set(max(due, self.clock.now()))
            self.worker.run_due()
            if target is None and self._has_grown(person_id, said):
                break
        if target is not None:
            self.clock.set(max(target, self.clock.now()))

    def _has_grown(self, person_id: str, said: int) -> bool:
        """Whether something new was said: the next thing due is the next thing one can see."""
        with self._store.reading(demo.ORGANISATION) as repo:
            return len(repo.chat(person_id)) > said or not queue.waiting(repo, person_id)

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
        self._listener.receive(demo.ORGANISATION, incoming)
        self.worker.run_due()

    def _written(self, person_id: str, text: str, key: str) -> None:
        body = json.dumps({"text": text}, ensure_ascii=False)
        with self._store.transaction(demo.ORGANISATION) as repo:
            repo.chat_append(person_id, "manager", body, self.clock.now(), job_id=f"said-{key}")

    def _mark(self, person_id: str, token: str, fields: Mapping[str, str] | None) -> None:
        """Show on the card what was pressed, whichever card it was; a reflex leaves its card as it is."""
        read = Token.read(token)
        if read is None or read.value in SAFETY:
            return
        with self._store.transaction(demo.ORGANISATION) as repo:
            for line in repo.chat(person_id):
                body = json.loads(line.body or "{}")
                labels = {each[0]: each[1] for each in body.get("buttons", ())}
                mine = token in labels or token == body.get("form")
                if mine and line.answered is None and not _still_open(repo, person_id, read):
                    said = (
                        " · ".join(each for each in fields.values() if each)
                        if fields
                        else labels.get(token, "")
                    )
                    repo.chat_answered(line.seq, json.dumps(said or "✓", ensure_ascii=False))

    def _bubble(
        self,
        person: Person,
        line: ChatLine,
        shown: set[tuple[str, str | None, int | None]],
        newest: dict[tuple[str, str, int], int],
    ) -> Bubble:
        body = json.loads(line.body) if line.body else {"text": "…"}
        tokens = [Token.read(token) for token, _ in body.get("buttons", ())] or [
            Token.read(body.get("form") or "")
        ]
        key = (tokens[0].conversation_id, tokens[0].name, tokens[0].asking) if tokens[0] else None
        is_open = key in shown and key is not None and newest.get(key) == line.seq
        at = self._moment(person, line.at)
        return Bubble(
            line.seq,
            "manager" if line.author == "manager" else "coach",
            body["text"],
            at,
            at.rsplit(" ", 1)[0].rstrip(","),
            tuple(Press(token, label, _press(token)) for token, label in body.get("buttons", ())),
            tuple(Box(name, label, "number") for name, label in body.get("fields", ())),
            body.get("form"),
            json.loads(line.answered) if line.answered else None,
            bool(body.get("card")),
            stale=key is not None and not is_open and line.answered is None,
        )

    def _moment(self, person: Person, moment: datetime) -> str:
        return self._words.line(
            self._english(person), "moment", {"at": moment.astimezone(ZoneInfo(person.zone))}
        )

    def _term(self, person: Person, family: str, key: str) -> str:
        return self._words.line(self._english(person), "one_term", {"term": Term(family, key)})

    def _english(self, person: Person) -> Reader:
        return self._words.reader("en", person.market, person.zone)


def _still_open(repo: Repository, person_id: str, token: Token) -> bool:
    return any(
        (talk.id, talk.shown_name, talk.shown_asking) == (token.conversation_id, token.name, token.asking)
        for talk in repo.conversations(person_id, open_only=True)
    )


def _newest(lines: list[ChatLine]) -> dict[tuple[str, str, int], int]:
    """The last line that shows each question: only there its buttons are live."""
    found: dict[tuple[str, str, int], int] = {}
    for line in lines:
        body = json.loads(line.body) if line.body else {}
        for token, _ in body.get("buttons", ()):
            if read := Token.read(token):
                found[(read.conversation_id, read.name, read.asking)] = line.seq
    return found


def _press(token: str) -> str:
    read = Token.read(token)
    return "safety" if read and read.value in SAFETY else "answer"


def _person(repo: Repository, person_id: str) -> Person:
    person = repo.person(person_id)
    if person is None:
        raise LookupError("There is no such person in the demo.")
    return person


def _what(kind: JobKind, name: str) -> Term:
    return Term("Queued", name if kind is not JobKind.SAY else "say")


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
    app = playground(play, lambda name, slots: words.line(reader, name, slots))
    return app, store.close

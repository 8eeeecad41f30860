"""Tells people that somebody may be in danger: at once, and again every ten minutes until one says *I have
it*; after an hour the operator too.

What goes out is a name, a way to reach them and whom to ask; never a word that was said.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

import httpx2

from bot.around import reach
from bot.clock import Clock
from bot.lookups import hand_in
from bot.reflexes import reader_of
from coaching.journal import Found, Passed
from prompts.words import Words
from storage import alerts, queue
from storage.jobs import Job, JobKind, JobState, add
from storage.people import Person, SafetyContact
from storage.repository import Repository
from storage.store import Store

log = logging.getLogger("unbadged.alerts")
AGAIN_AFTER = timedelta(minutes=10)
TO_THE_OPERATOR = timedelta(minutes=60)
ONCE_AN_HOUR = 6  # repetitions
TIMEOUT_SECONDS = 5.0
GIVE_UP_AFTER = timedelta(days=3)  # by then a person has been found, or nobody reads this


@dataclass(frozen=True)
class Notice:
    """What is sent: ``text`` to read, and the same in fields. ``acknowledge`` is a link, or empty.

    ``to_person`` is the contact's own id, None where they take no part; ``organisation_id`` and ``alert_id``
    lead back here. These three never leave in a request.
    """

    to: str
    person: str
    reach: str
    market: str
    times_before: int
    acknowledge: str
    text: str
    to_person: str | None = None
    organisation_id: str = ""
    alert_id: str = ""

    def fields(self) -> dict[str, object]:
        """What leaves, by name."""
        inside = ("to_person", "organisation_id", "alert_id")
        return {name: value for name, value in vars(self).items() if name not in inside}


class Route(Protocol):
    """A way to reach a contact."""

    def send(self, notice: Notice) -> bool:
        """Send it; whether it certainly arrived. Never raises."""
        ...


@dataclass(frozen=True)
class Webhook:
    """An address that takes JSON, as chat and paging services offer them; ``text`` is what those show."""

    url: str

    def send(self, notice: Notice) -> bool:
        """POST it; any answer below 300 counts as arrived."""
        try:
            answer = httpx2.post(
                self.url, json={"kind": "danger", **notice.fields()}, timeout=TIMEOUT_SECONDS
            )
        except httpx2.HTTPError:
            log.error("an alert could not be sent to ALERT_WEBHOOK")
            return False
        if answer.status_code >= 300:
            log.error("ALERT_WEBHOOK answered an alert with %s", answer.status_code)
            return False
        return True


@dataclass(frozen=True)
class Alerts:
    """Raises alerts and repeats them. ``public_url`` is where the link to *I have it* leads."""

    store: Store
    words: Words
    clock: Clock
    routes: Sequence[Route] = ()
    public_url: str = ""

    def answer(self, job: Job) -> None:
        """Alert at once, and let the conversation know who was reached; or, ten minutes later, once more."""
        if job.kind is JobKind.ALERT:
            self._repeat(job)
            return
        reached = self._send(job)
        with self.store.transaction(job.organisation_id) as repo:
            hand_in(repo, job, Found(reached) if reached else Passed.GAVE_UP, self.clock.now())
            if repo.person(job.person_id) is not None:
                self._come_again(repo, job)

    def _repeat(self, job: Job) -> None:
        """Ten minutes later: once more, unless somebody has it."""
        assert job.conversation_id is not None
        now = self.clock.now()
        with self.store.reading(job.organisation_id) as repo:
            alert = alerts.alert_of(repo.scope, job.conversation_id)
        if alert is None or not alert.is_open or now - alert.raised_at > GIVE_UP_AFTER:
            queue.finish(self.store, job, JobState.DONE, now)
            return
        if now - alert.raised_at >= TO_THE_OPERATOR and alert.times_sent % ONCE_AN_HOUR == 0:
            log.critical("alert %s: nobody has taken it on for an hour; call the on-call person", alert.id)
        self._send(job)
        with self.store.transaction(job.organisation_id) as repo:
            self._come_again(repo, job)
            queue.finish(repo, job, JobState.DONE, now)

    def _send(self, job: Job) -> tuple[str, ...]:
        """Send to on-call and backup by every route, outside of any transaction; who was reached."""
        assert job.conversation_id is not None
        with self.store.transaction(job.organisation_id) as repo:
            person = repo.person(job.person_id)
            if person is None:
                return ()
            now = self.clock.now()
            alert, token = alerts.raise_alert(repo.scope, person.id, job.conversation_id, now)
            contact = repo.safety_contact(person.market, person.programme_id)
            on_call, backup = reach.on_call(repo, contact) if contact else (None, None)
        if not alert.is_open or contact is None:
            return ()
        link = f"{self.public_url}/alerts/{token}" if self.public_url and token else ""
        ids = {contact.backup: backup, contact.on_call: on_call}
        names = [name for name in dict.fromkeys((contact.on_call, contact.backup)) if name]
        notices = [
            replace(
                self._notice(person, contact, name, alert.times_sent, link),
                to_person=ids[name],
                organisation_id=job.organisation_id,
                alert_id=alert.id,
            )
            for name in names
        ]
        reached = tuple(each.to for each in notices if self._has_gone(each))
        if not reached:
            log.critical("alert %s reached nobody; `unbadged check` says what is missing", alert.id)
        with self.store.transaction(job.organisation_id) as repo:
            alerts.note_sent(repo.scope, alert.id, len(reached))
        return reached

    def _has_gone(self, notice: Notice) -> bool:
        """By every route, not only by the first that works: whoever is reached is reached sooner."""
        return sum(route.send(notice) for route in self.routes) > 0

    def _notice(
        self, person: Person, contact: SafetyContact, to: str, times_before: int, link: str
    ) -> Notice:
        reader = reader_of(self.words, person)
        english = self.words.reader("en", person.market, reader.zone)
        reach = person.email or ""
        slots = {"to": to, "person": person.name, "reach": reach, "backup": contact.backup}
        text = self.words.line(english, "alert_text", slots)
        if link:
            text = f"{text}\n{self.words.line(english, 'alert_link', {'link': link})}"
        return Notice(to, person.name, reach, person.market, times_before, link, text)

    def _come_again(self, repo: Repository, job: Job) -> None:
        assert job.conversation_id is not None
        alert = alerts.alert_of(repo.scope, job.conversation_id)
        if alert is None or not alert.is_open:
            return
        add(
            repo,
            person_id=job.person_id,
            kind=JobKind.ALERT,
            name="alert",
            asking=alert.times_sent,
            due_at=self.clock.now() + AGAIN_AFTER,
            conversation_id=job.conversation_id,
            urgent=True,
        )

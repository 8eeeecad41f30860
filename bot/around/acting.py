"""What people around a manager do by a button or in a small window: take a concern up, write one line, ask
for a pause, answer a question, take on an alert.

Whoever does it must be the one it was given to. What is said back is the same whether the manager has paused,
stopped or gone silent: none of that is a sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot import openings, returning, settling
from bot.around import posting, questions, translating
from bot.around.letter import ACKNOWLEDGE, ANSWER, PAUSE, START, Reference
from bot.around.letters import is_paused
from bot.around.telling import DANGER, is_on_call
from bot.clock import Clock
from bot.exchange import Exchange
from bot.incoming import clean
from coaching import attention, rhythm
from coaching.needs import Line
from coaching.slots import Slot
from storage import alerts
from storage import care as cares
from storage.care import Care
from storage.people import Person, Status
from storage.questions import OwnerQuestion
from storage.repository import Repository
from storage.sharing import SIGNS
from storage.store import Store

COACH_PAUSED = "coach_paused"
LONGEST_LINE = 300  # characters; the window allows no more


@dataclass(frozen=True)
class Reply:
    """What is said back to whoever acted: the name of a line of ``coach.ftl``, and its slots."""

    name: str
    slots: tuple[tuple[str, Slot], ...] = ()


NOT_YOURS = Reply("around_not_yours")
TAKEN = frozenset({"around_taken", "alert_taken", "around_danger_read", "around_danger_taken"})


class Acting:
    """Carries out what people around do. Each key counts once: a repeated delivery gets the same reply.

    ``card``: the letter they pressed or wrote from, by what sending it returned; it shows that it is done.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def do(
        self,
        organisation_id: str,
        by: str,
        channel: str,
        key: str,
        action: str,
        reference: str,
        card: str = "",
    ) -> Reply:
        """A button: ``action`` of `bot.around.letter` about ``reference``, pressed by the person ``by``."""
        about, now = Reference.read(reference), self._clock.now()
        with self._store.transaction(organisation_id) as repo:
            actor = repo.person(by)
            if about is None or actor is None or actor.status is Status.FORGOTTEN:
                return NOT_YOURS
            is_new = repo.first_time(channel, key, now)
            reply = self._do(repo, actor, action, about, now, is_new=is_new)
            if is_new and reply.name in TAKEN:
                settling.pressed(repo, actor, channel, card, action, reference, now)
            return _said_back(repo, actor, reply, now, is_new=is_new)

    def _do(
        self, repo: Repository, actor: Person, action: str, about: Reference, now: datetime, *, is_new: bool
    ) -> Reply:
        if about.kind == "alert":
            return _has_the_alert(repo, actor, about.id, now) if action == ACKNOWLEDGE else NOT_YOURS
        care = cares.by_id(repo.scope, about.id) if about.kind == "care" else None
        if care is None or care.owner_id != actor.id:
            return NOT_YOURS
        if action == ACKNOWLEDGE:
            cares.acknowledge(repo.scope, care.id, actor.id, now)
            return _danger_is_read(repo, actor, care, now) if care.sign == DANGER else Reply("around_taken")
        if action not in (PAUSE, START) or care.sign not in SIGNS:
            return NOT_YOURS
        if is_new:
            _pause(repo, actor, care, now, on=action == PAUSE)
        return Reply("around_paused" if action == PAUSE else "around_goes_on")

    def whom(self, organisation_id: str, by: str, reference: str) -> str | None:
        """The name of the manager a line about ``reference`` goes to; None if it is not theirs to write."""
        with self._store.reading(organisation_id) as repo:
            care = _care_of(repo, by, reference)
            person = repo.person(care.person_id) if care else None
        return None if person is None or person.status is Status.FORGOTTEN else person.name

    def write(
        self,
        organisation_id: str,
        by: str,
        channel: str,
        key: str,
        reference: str,
        text: str,
        card: str = "",
    ) -> Reply:
        """One line to the manager, word for word, by name; it goes when the attention contract allows it.

        It is kept nowhere but in the job that carries it, sealed with the manager's key.
        """
        now, line = self._clock.now(), clean(text)[:LONGEST_LINE].strip()
        with self._store.transaction(organisation_id) as repo:
            care, actor = _care_of(repo, by, reference), repo.person(by)
            if care is None or actor is None or not line:
                return NOT_YOURS
            is_new = repo.first_time(channel, key, now)
            if is_new:
                repo.lock(care.person_id)
                manager = repo.person(care.person_id)
                if manager is not None:
                    said = Line(translating.COACH_LINE, {"coach": actor.name, "text": line})
                    translating.pass_on(repo, manager, said, now)
                if care.sign != DANGER:  # whoever writes has it; in danger a line that waits is not enough
                    cares.acknowledge(repo.scope, care.id, actor.id, now)
                    settling.pressed(repo, actor, channel, card, ACKNOWLEDGE, reference, now)
            return _said_back(repo, actor, Reply("around_line_kept"), now, is_new=is_new)

    def answer(
        self,
        organisation_id: str,
        by: str,
        channel: str,
        key: str,
        reference: str,
        text: str,
        until: str = "",
        card: str = "",
    ) -> Reply:
        """The owner's answer to a question; ``until`` is an ISO date or empty."""
        about, now, said = Reference.read(reference), self._clock.now(), clean(text)
        with self._store.transaction(organisation_id) as repo:
            actor = repo.person(by)
            if about is None or about.kind != "question" or actor is None or not said:
                return NOT_YOURS
            is_new = repo.first_time(channel, key, now)
            holds = date.fromisoformat(until) if until else None
            is_taken = not is_new or questions.answer(repo, about.id, actor, said, holds, now)
            if is_new and is_taken:
                settling.pressed(repo, actor, channel, card, ANSWER, reference, now)
            reply = Reply("around_answer_kept" if is_taken else "around_answered_already")
            return _said_back(repo, actor, reply, now, is_new=is_new)

    def asked(self, organisation_id: str, by: str, reference: str) -> OwnerQuestion | None:
        """The open question ``reference`` is about, if it is this person's to answer."""
        about = Reference.read(reference)
        if about is None or about.kind != "question":
            return None
        with self._store.reading(organisation_id) as repo:
            return questions.open_for(repo, by, about.id)


def _care_of(repo: Repository, by: str, reference: str) -> Care | None:
    """The concern, if it is in this person's care and one a line may be written about."""
    about = Reference.read(reference)
    care = cares.by_id(repo.scope, about.id) if about is not None and about.kind == "care" else None
    return care if care is not None and care.owner_id == by and care.sign in SIGNS else None


def _said_back(repo: Repository, actor: Person, reply: Reply, now: datetime, *, is_new: bool) -> Reply:
    """Say it in the chat too, once; it answers what they did, so it comes at once."""
    if is_new:
        posting.say_back(repo, actor, Line(reply.name, dict(reply.slots)), now)
    return reply


def _has_the_alert(repo: Repository, actor: Person, alert_id: str, now: datetime) -> Reply:
    """*I have it*, from one of the two who were told."""
    found = next((each for each in alerts.open_alerts(repo.scope) if each.id == alert_id), None)
    if found is None:
        return Reply("alert_unknown")
    if not is_on_call(repo, found.person_id, actor.id):
        return NOT_YOURS
    alerts.acknowledge(repo.scope, alert_id, now)
    for care in cares.of_owner(repo.scope, actor.id, open_only=True):
        if care.conversation_id == found.conversation_id and care.sign == DANGER:
            cares.acknowledge(repo.scope, care.id, actor.id, now)  # who is the coach too says it once
    return Reply("alert_taken")


def _danger_is_read(repo: Repository, actor: Person, care: Care, now: datetime) -> Reply:
    """A coach knows of a danger. Only on-call and backup end the alert; a coach who is one of them does."""
    alert = alerts.alert_of(repo.scope, care.conversation_id)
    if alert is not None and not alert.is_open:
        return Reply("around_danger_taken")
    if alert is not None and is_on_call(repo, care.person_id, actor.id):
        alerts.acknowledge(repo.scope, alert.id, now)
        return Reply("alert_taken")
    return Reply("around_danger_read")


def _pause(repo: Repository, coach: Person, care: Care, now: datetime, *, on: bool) -> None:
    """Two weeks without a nudge, told to the manager, who can end them; or the end of the coach's own pause.

    Only somebody in the middle of it is paused: a stop, a silence and a pause of their own stay as they are.
    """
    repo.lock(care.person_id)
    person = repo.person(care.person_id)
    if person is None or not (on or is_paused(person, care)):
        return
    exchange = Exchange(repo, person, now)
    if not on:
        returning.be_back(exchange)
        cares.note_pause(repo.scope, care.id, None)
        return
    if person.status is not Status.ACTIVE:
        return
    until = rhythm.pause_ends(openings.calendar_of(person), now)
    returning.pause(exchange, until)
    cares.note_pause(repo.scope, care.id, until)
    told = Line(COACH_PAUSED, {"coach": coach.name, "until": until})
    posting.pass_on(repo, exchange.person, told, attention.Kind.COACH_LINE, now)

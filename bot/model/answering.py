"""Answers one question to the model: reads what is asked, lets go of the database, asks, hands in what came.

What leaves is hidden first and put back here. If the conversation has gone on meanwhile, the
answer is dropped.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.exchange import Exchange
from bot.model import waiting
from bot.model.endpoint import Endpoint, Outcome
from bot.model.gate import Gate, given_of, task_of
from bot.model.hiding import UnknownMarkError, hide
from bot.model.proposing import Proposed, propose
from bot.model.tasks import TaskText
from coaching.consulting import QUERY, Task
from coaching.journal import Answer, Found, Passed
from coaching.needs import Holds, Lookup
from storage import model_calls, queue
from storage.jobs import Job, JobState
from storage.model_calls import ModelCall
from storage.people import Person, Status
from storage.repository import Repository
from storage.store import Store

log = logging.getLogger("unbadged.model")
SHORTEST_SECONDS = 1.0  # with less left there is no use in asking
TO_HAND_IN = 0.25  # seconds kept for what follows, so that the eight are not overrun


@dataclass(frozen=True)
class _Asked:
    """What is to be asked: the lookup, whose it is, and which names are hidden."""

    need: Lookup
    text: TaskText
    market: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Model:
    """A configured model. ``redact_names``: names of people do not leave either."""

    store: Store
    clock: Clock
    endpoint: Endpoint
    gate: Gate
    redact_names: bool = False
    demo: bool = False

    def answer(self, job: Job) -> None:
        """Ask, with no transaction open, and hand the answer in. ``job.due_at`` is when it was asked for."""
        with self.store.reading(job.organisation_id) as repo:
            asked = self._what_is_asked(repo, job)
        if asked is None:
            return self._hand_in(job, None, Passed.GAVE_UP, None)
        waited = (self.clock.now() - job.due_at).total_seconds()
        seconds = waiting.LONGEST.total_seconds() - max(waited, 0.0) - TO_HAND_IN
        if seconds < SHORTEST_SECONDS:
            return self._hand_in(job, asked, Passed.GAVE_UP, None)
        proposed, answer = self._ask(asked, given_of(asked.need), seconds)
        self.gate.note(proposed.outcome)
        log.info("model, %s: %s, %s ms", asked.text.task, proposed.outcome.value, proposed.milliseconds)
        return self._hand_in(job, asked, answer, proposed)

    def ask_beside(
        self, task: Task, given: Mapping[str, str], person: Person, organisation_id: str
    ) -> Mapping[str, Any] | None:
        """Ask outside of any conversation, for this person, within the eight seconds; None if nothing came.

        What stands before a question in a conversation stands before this one, and it is counted alike.
        """
        need = Lookup(task.value, 1, QUERY, {"task": task.value, **given}, Holds.TURN)
        with self.store.reading(organisation_id) as repo:
            if not self.gate.may_be_asked(repo, person, need, self.clock.now()):
                return None
            names = tuple(_known_names(repo, person)) if self.redact_names else ()
        asked = _Asked(need, self.gate.tasks(task_of(need)), person.market, names)
        proposed, answer = self._ask(asked, given_of(need), waiting.LONGEST.total_seconds() - TO_HAND_IN)
        self.gate.note(proposed.outcome)
        with self.store.transaction(organisation_id) as repo:
            still = repo.person(person.id)
            if still is not None and still.status is not Status.FORGOTTEN:
                call = _call(person, asked, proposed, proposed.outcome, self.clock.now())
                model_calls.record(repo.scope, call)
        found = json.loads(answer.value) if isinstance(answer, Found) else None
        return found if isinstance(found, dict) else None

    def _ask(self, asked: _Asked, given: Mapping[str, str], seconds: float) -> tuple[Proposed, Answer]:
        hidden = hide(given, asked.market, asked.names)
        proposed = propose(self.endpoint, asked.text, hidden.given, seconds)
        if proposed.value is None:
            return proposed, Passed.GAVE_UP
        try:
            restored = hidden.restored(proposed.value)
        except UnknownMarkError:
            counted = (proposed.tokens_in, proposed.tokens_out, proposed.milliseconds)
            return Proposed(Outcome.INVALID, None, *counted), Passed.GAVE_UP
        return proposed, Found(json.dumps(restored, ensure_ascii=False))

    def _what_is_asked(self, repo: Repository, job: Job) -> _Asked | None:
        """What the conversation waits for, if it still does and it may still be asked."""
        person, need = repo.person(job.person_id), self._need(repo, job)
        if person is None or need is None or person.status in waiting.SILENT:
            return None
        if not self.gate.may_be_asked(repo, person, need, self.clock.now()):
            return None
        names = tuple(_known_names(repo, person)) if self.redact_names else ()
        return _Asked(need, self.gate.tasks(task_of(need)), person.market, names)

    def _need(self, repo: Repository, job: Job, exchange: Exchange | None = None) -> Lookup | None:
        person = repo.person(job.person_id)
        if person is None or person.status is Status.FORGOTTEN or job.conversation_id is None:
            return None
        talk = repo.conversation(job.conversation_id)
        exchange = exchange or Exchange(repo, person, self.clock.now(), job.channel, self.demo)
        need = exchange.stand(talk)[0].needs if talk.is_open else None
        return need if waiting.is_awaited(need) and need.name == job.name else None

    def _hand_in(self, job: Job, asked: _Asked | None, answer: Answer, proposed: Proposed | None) -> None:
        """One transaction: what it cost, the end of the job, and the answer if it is still wanted."""
        assert job.conversation_id is not None
        now = self.clock.now()
        with self.store.transaction(job.organisation_id) as repo:
            repo.lock(job.person_id)
            person = repo.person(job.person_id)
            if person is None or person.status is Status.FORGOTTEN:
                queue.finish(repo, job, JobState.DONE, now)
                return
            exchange = Exchange(repo, person, now, job.channel, self.demo, model=self.gate)
            need = self._need(repo, job, exchange)
            is_wanted = need is not None and (asked is None or need == asked.need)
            is_ours = queue.finish(repo, job, JobState.DONE, now)
            if asked is not None and proposed is not None:
                came_late = isinstance(answer, Found) and not (is_wanted and is_ours)
                outcome = Outcome.LATE if came_late else proposed.outcome
                model_calls.record(repo.scope, _call(person, asked, proposed, outcome, now))
            if need is not None and is_wanted and is_ours:
                talk = repo.conversation(job.conversation_id)
                waiting.hand_in(exchange, talk, need, answer, job.nudge)


def _call(person: Person, asked: _Asked, proposed: Proposed, outcome: Outcome, now: datetime) -> ModelCall:
    return ModelCall(
        person_id=person.id,
        at=now,
        task=asked.text.task,
        version=asked.text.version,
        tokens_in=proposed.tokens_in,
        tokens_out=proposed.tokens_out,
        milliseconds=proposed.milliseconds,
        outcome=outcome.value,
    )


def _known_names(repo: Repository, person: Person) -> set[str]:
    """Every name that is known here: the roster, the contacts of the market, who owns its guardrails."""
    names = {each.name for each in repo.people()}
    contact = repo.safety_contact(person.market, person.programme_id)
    if contact is not None:
        names |= {contact.on_call, contact.backup, contact.independent_contact.partition("(")[0].strip()}
    for pack in repo.guardrail_versions(person.market)[-1:]:
        names |= {pack.owner, pack.call_first[0], pack.call_backup[0]}
    return {name for name in names if name}

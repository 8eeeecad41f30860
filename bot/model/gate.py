"""Whether a model may be asked: by the market, by the manager, by what it has cost, by how it has been doing.

It is looked at when a conversation opens, again when the question comes up, and again right before it leaves.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from circuitbreaker import CircuitBreaker

from bot.model.endpoint import OUTAGES, Outcome, UnansweredError
from bot.model.tasks import NoTaskError, TaskText, task_text, tokens_of
from coaching import facts
from coaching.consulting import Task
from coaching.needs import Lookup
from coaching.programme import is_kept_inside
from storage import model_calls
from storage.people import Person
from storage.repository import Repository

log = logging.getLogger("unbadged.model")
FAILURES_IN_A_ROW = 3
PAUSE_SECONDS = 60
LONGEST_GIVEN = 8_000  # characters of one question: facts and the last few turns, never a whole history
WEEK, DAY = timedelta(days=7), timedelta(days=1)


@dataclass(frozen=True)
class Budgets:
    """Tokens in and out together: of one person within any seven days, of all within any 24 hours."""

    person_week: int
    organisation_day: int


@dataclass
class Gate:
    """What stands before the model at ``host``, in this process."""

    host: str
    budgets: Budgets
    pause_seconds: float = PAUSE_SECONDS
    tasks: Callable[[str], TaskText] = task_text
    breaker: CircuitBreaker = field(init=False)

    def __post_init__(self) -> None:
        # The library counts by the monotonic clock and holds no lock while a call is under way, so calls of
        # several threads go side by side; one that is counted twice or not at all does no harm.
        self.breaker = CircuitBreaker(FAILURES_IN_A_ROW, self.pause_seconds, UnansweredError, "model")

    def may_be_used(self, repo: Repository, person: Person, now: datetime) -> bool:
        """Whether a model may read along with this person at all."""
        if person.without_model:
            return False
        work = [each.fact.market for each in repo.facts(person.id, facts.Assignment)[-1:]]
        packs = (repo.current_guardrails(market, now) for market in {person.market, *work} if market)
        return all(pack is None or pack.lets_model(self.host) for pack in packs)

    def may_be_asked(self, repo: Repository, person: Person, need: Lookup, now: datetime) -> bool:
        """Whether this may be asked now."""
        if self.breaker.opened or not self.may_be_used(repo, person, now):
            return False
        given, by_coach = given_of(need), task_of(need) == Task.TRANSLATE
        if sum(map(len, given.values())) > LONGEST_GIVEN:
            return False
        if any(is_kept_inside(each, from_coach=by_coach) for each in given.values()):
            return False
        try:
            text = self.tasks(task_of(need))
        except NoTaskError as missing:
            log.error("a model is configured, and yet: %s", missing)
            return False
        cost = sum(tokens_of(each["content"]) for each in text.messages(given)) + text.longest
        return (
            model_calls.spent(repo.scope, now - WEEK, person.id) + cost <= self.budgets.person_week
            and model_calls.spent(repo.scope, now - DAY) + cost <= self.budgets.organisation_day
        )

    def note(self, outcome: Outcome) -> None:
        """What became of a call: several outages in a row, and nobody is asked for a while."""
        was_open = self.breaker.opened
        try:
            with self.breaker:
                if outcome in OUTAGES:
                    raise UnansweredError(outcome)
        except UnansweredError:
            if self.breaker.opened and not was_open:
                log.warning("no model is asked for %s s: %s", self.pause_seconds, outcome.value)


def task_of(need: Lookup) -> str:
    """Which task a lookup is."""
    return str(need.slots["task"])


def given_of(need: Lookup) -> dict[str, str]:
    """All a model would see of it."""
    return {name: str(value) for name, value in need.slots.items() if name != "task"}

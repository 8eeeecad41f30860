"""A manager in a talk of two questions, between which a model is asked; the model stands on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import demo
from bot.answerer import MODEL
from bot.listening import Listener
from bot.model import waiting
from bot.model.answering import Model
from bot.model.endpoint import Endpoint
from bot.model.gate import Budgets, Gate
from bot.model.tasks import TaskText, task_text
from bot.worker import Worker
from coaching import facts
from coaching.consulting import Task, consult, is_quoted
from coaching.dialogue import Coach
from coaching.journal import Found, Passed
from coaching.journey import SCRIPTS, Kind, Outcome
from coaching.opening import StartOpening
from storage import model_calls
from storage.model_calls import ModelCall
from tests.conversation import WORDS
from tests.faults.scene import Scene, StandingClock
from tests.model.odd import Odd, odd_server
from tests.storage.scenes import a_place

HERE = Path(__file__).parent
SAID = "the weekly report takes hours"
RICH = Budgets(1_000_000, 10_000_000)


async def talk_of_two(coach: Coach[StartOpening]) -> Outcome:
    """What was said is held up once more, in the model's choice of words where it has one."""
    coach.keep("consent", facts.Consent("1", coach.moment))
    said = await coach.ask("what_around")
    found = await consult(coach, Task.MIRROR, text=said)
    work = found["quote"] if found is not None and is_quoted(found["quote"], said) else said
    await coach.ask("what_went_wrong", work=work)
    await coach.ask("what_around")
    return Outcome()


def tiny_task(task: str) -> TaskText:
    """The one task of these tests."""
    return task_text(task, HERE)


@dataclass
class Talking:
    """The service, one manager, and a model."""

    scene: Scene
    model: Model

    def say(self, text: str = SAID) -> None:
        """The manager writes, and nothing is worked off yet."""
        self.scene.clock.moment += timedelta(seconds=20)
        self.scene.hear(self.scene.incoming(text))

    def work(self) -> None:
        """What is due is done."""
        self.scene.worker.run_due()

    def ask(self, text: str = SAID) -> None:
        self.say(text)
        self.work()

    def after(self, **time: float) -> None:
        """Time passes, and what has become due is done."""
        self.scene.clock.moment += timedelta(**time)
        self.work()

    @property
    def said(self) -> list[str]:
        """What the coach has said so far."""
        return [each.message.text for each in self.scene.channel.sent]

    def found(self) -> Any:
        """How the lookup ended; None while it is open."""
        with self.scene.store.reading(demo.ORGANISATION) as repo:
            talk = repo.conversations(self.scene.me)[-1]
            known = {e.name: e.answer for e in repo.journal(talk.id).entries if not e.withdrawn}
        answer = known.get("model_mirror")
        return answer.value if isinstance(answer, Found) else answer

    def open_question(self) -> str | None:
        talk = self.scene.floor()
        return None if talk is None else talk.shown_name

    def answers(self, name: str) -> list[str]:
        """What the manager is on record with under a question."""
        with self.scene.store.reading(demo.ORGANISATION) as repo:
            talk = repo.conversations(self.scene.me)[-1]
            known = [e for e in repo.journal(talk.id).entries if e.name == name and not e.withdrawn]
        return [getattr(each.answer, "text", "") for each in known]

    def calls(self) -> list[ModelCall]:
        with self.scene.store.reading(demo.ORGANISATION) as repo:
            return model_calls.calls_of(repo.scope, self.scene.me)

    def goes_on_by_rules(self) -> bool:
        """Whether the lookup was given up, the next question is the rules' own, and no answer is lost."""
        by_rules = self.found() is Passed.GAVE_UP and SAID in self.said[-1]
        return (
            by_rules and self.open_question() == "what_went_wrong" and self.answers("what_around") == [SAID]
        )

    def goes_on_with(self, quote: str) -> bool:
        """Whether the next question holds up what the model chose."""
        return quote in self.said[-1] and SAID not in self.said[-1] and self.found() is not None


@pytest.fixture
def odd() -> Iterator[Odd]:
    with odd_server() as there:
        yield there


@pytest.fixture
def talking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Makes the service with a model at an address; ``how`` is for its gate and for the model."""
    monkeypatch.setitem(SCRIPTS, Kind.START, talk_of_two)
    with a_place("sqlite", tmp_path, migrated=True) as place:
        store = place.open()

        def make(
            url: str, budgets: Budgets = RICH, pause: float = 60, seconds: float = 8, **how: Any
        ) -> Talking:
            monkeypatch.setattr(waiting, "LONGEST", timedelta(seconds=seconds))
            clock = StandingClock()
            endpoint = Endpoint(url, "sk-these-tests", "tiny")
            endpoint.prepare()
            gate = Gate(endpoint.host, budgets, pause, tiny_task)
            model = Model(store, clock, endpoint, gate, demo=True, **how)
            scene = WithModel(store, clock, model)
            return Talking(scene, model)

        yield make
        store.close()


class WithModel(Scene):
    """The scene with a model beside it."""

    def __init__(self, store: Any, clock: StandingClock, model: Model) -> None:
        self.model = model
        super().__init__(store, clock)
        channels = {demo.CHANNEL: self.channel}
        self.listener = Listener(store, WORDS, clock, demo=True, model=model.gate)
        self.worker = Worker(
            store, WORDS, clock, channels, demo=True, answerers={MODEL: model}, model=model.gate
        )
        with store.transaction(demo.ORGANISATION) as repo:  # met anew, now that there is a model
            repo.close(repo.conversations(self.me)[0].id, "for this test", self.now())
        with store.transaction(demo.ORGANISATION) as repo:
            person = repo.person(self.me)
            assert person is not None
            self.listener._exchange(repo, person, demo.CHANNEL).open(Kind.START)
        self.worker.run_due()

    def now(self) -> datetime:
        return self.clock.now()

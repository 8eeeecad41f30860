"""A manager in their first week, and around them a coach, an owner of guardrails, two who are on call and one
outside the line, each with an account; whatever reaches them is written down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from bot.alerts import Alerts, Route
from bot.around.acting import Acting
from bot.around.chat_alert import ChatAlert
from bot.around.concerns import take_up
from bot.around.letter import Act, Asked, Digest, Note
from bot.channel import Arrived, Delivery, NotDeliveredError
from bot.exchange import Exchange
from bot.worker import Worker
from coaching.facts import Concern, Fact
from storage import care as cares
from storage.care import Care
from storage.care_tables import care as care_table
from storage.people import Person, SafetyContact, Status
from storage.repository import Repository
from tests.properties.service import CHANNEL, LANGUAGE, ORGANISATION, PLACES, Service, service

OTHERS = {
    "owner": ("Wei Ong", "w@example.com", ("guardrail_owner",)),
    "on_call": ("Ines Roy", "i@example.com", ()),
    "backup": ("Tom Bell", "t@example.com", ()),
    "outside": ("Asha Rao", "a@example.com", ()),
}


@dataclass
class Company:
    """Everybody, and what arrived at whom."""

    here: Service
    ids: dict[str, str] = field(default_factory=dict)
    arrived: list[Delivery] = field(default_factory=list)
    is_down: bool = False
    keys: int = 0

    @property
    def acting(self) -> Acting:
        return Acting(self.here.store, self.here.clock)

    @contextmanager
    def repo(self) -> Iterator[Repository]:
        with self.here.store.transaction(ORGANISATION) as found:
            yield found

    def key(self) -> str:
        self.keys += 1
        return f"key-{self.keys}"

    def works_with(self, *routes: Route) -> None:
        """Let a worker run that reaches everybody."""
        alerts = Alerts(self.here.store, LANGUAGE, self.here.clock, routes, "")
        self.here.worker = Worker(
            self.here.store, LANGUAGE, self.here.clock, {CHANNEL: _Channel(self)}, answerers={"alert": alerts}
        )

    def by_chat(self) -> ChatAlert:
        return ChatAlert(self.here.store, LANGUAGE, self.here.clock, {CHANNEL: _Channel(self)})

    def later(self, **how: float) -> None:
        self.here.clock.moment += timedelta(**how)
        self.here.worker.run_due()

    def to(self, who: str) -> list[Delivery]:
        return [each for each in self.arrived if each.person_id == self.ids[who]]

    def notes(self, who: str) -> list[Note]:
        return [each.letter for each in self.to(who) if isinstance(each.letter, Note)]

    def letters(self, who: str) -> list[Digest]:
        return [each.letter for each in self.to(who) if isinstance(each.letter, Digest)]

    def asked(self, who: str) -> list[Asked]:
        return [each.letter for each in self.to(who) if isinstance(each.letter, Asked)]

    def raises(self, *known: Fact, name: str = "concern") -> None:
        """The manager's conversation has led to these facts."""
        with self.repo() as repo:
            person = repo.person(self.here.id)
            assert person is not None
            ordinal = repo.next_ordinal(person.id, "note")
            talk = repo.open_conversation(person.id, "note", ordinal, self.here.clock.now(), '{"map": []}')
            named = {f"{name}_{at}": each for at, each in enumerate(known)}
            repo.project(talk.id, named, self.here.clock.now())
            take_up(Exchange(repo, person, self.here.clock.now()), talk.id, named)
            repo.close(talk.id, "ended", self.here.clock.now())
        self.here.worker.run_due()

    def sign(self, sign: str, which: str = "", topic: str = "") -> Care:
        """A concern of this kind is raised now; whose care it is."""
        self.raises(Concern(sign, which, topic, self.here.clock.now()))
        return self.cares()[-1]

    def status(self) -> Status:
        """Where the manager stands."""
        return self.here.person.status

    def cares(self) -> list[Care]:
        with self.here.store.reading(ORGANISATION) as repo:
            rows = repo.scope.rows(care_table, order=(care_table.c.raised_at,))
            found = [cares.by_id(repo.scope, row["id"]) for row in rows]
        return [each for each in found if each is not None]

    def press(self, who: str, act: Act, key: str = "") -> str:
        done = self.acting.do(
            ORGANISATION, self.ids[who], CHANNEL, key or self.key(), act.action, act.reference
        )
        self.here.worker.run_due()
        return done.name

    def heard(self) -> list[str]:
        """The names of what reached the manager."""
        return [each.job.name for each in self.here.arrived_here]


@dataclass
class _Channel:
    company: Company

    def send(self, delivery: Delivery) -> str:
        if delivery.person_id == self.company.here.id:
            return self.company.here.send(delivery)
        if self.company.is_down:
            raise NotDeliveredError("down")
        self.company.arrived.append(delivery)
        return delivery.job_id

    def arrived(self, delivery: Delivery) -> Arrived:
        return Arrived.YES if delivery in self.company.arrived else Arrived.NO

    def settle(self, *_args: object) -> None:
        """Cards stay as they are here."""


@contextmanager
def company(*, accounts: bool = True) -> Iterator[Company]:
    """Everybody in Singapore, the manager's first week just begun."""
    with service(Random(1), in_week_one=True, place=PLACES[0]) as here:
        found = Company(here)
        with here.store.transaction(ORGANISATION) as repo:
            manager = repo.person(here.id)
            assert manager is not None
            assert manager.coach_id is not None
            found.ids["coach"] = manager.coach_id
            for role, (name, email, roles) in OTHERS.items():
                added = repo.add_person(
                    Person("p", name, email, "SG", "hr", "Asia/Singapore", "en", roles=roles)
                )
                found.ids[role] = added.id
            if accounts:
                for role, person_id in found.ids.items():
                    repo.link(person_id, CHANNEL, role)
            ids = found.ids["on_call"], found.ids["backup"]
            repo.set_safety_contact(
                SafetyContact("p", "SG", "Ines Roy", "Tom Bell", "", "", "Asha Rao, 6555 0199", True, *ids)
            )
        found.works_with(found.by_chat())
        yield found

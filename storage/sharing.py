"""The only way in which a human coach learns of a manager: what was sent, and four signs without words.

Every question of a coach is asked here and nowhere else. A reading, a forecast, an assignment or a reflection
is found only if a summary that shows it was sent to this very coach; what was not sent does not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from coaching.facts import Concern, Fact, SentSummary
from storage import people
from storage.alerts import open_alerts
from storage.fact_tables import SHAREABLE, TABLES
from storage.people import Person, Status
from storage.projection import Kept, kept
from storage.scope import Scope

F = TypeVar("F", bound=Fact)

# What reaches a coach without Send. *Asked* is a question the manager chose to put to them by a button.
SIGNS = ("person", "wrong", "quiet", "danger", "asked")


@dataclass(frozen=True)
class SummarySeen:
    """A summary as the coach has it; ``corrected_at``: when it was sent again, a number put right."""

    sent: Kept[SentSummary]
    corrected_at: datetime | None


class CoachEyes:
    """What one coach can see. Made by `Repository.as_coach`."""

    def __init__(self, scope: Scope, coach_id: str) -> None:
        self._scope, self._coach_id = scope, coach_id

    def managers(self) -> list[Person]:
        """Those assigned to this coach, by name; nobody who was forgotten."""
        mine = (each for each in people.all_people(self._scope) if self._is_mine(each))
        return sorted(mine, key=lambda each: each.name)

    def manager(self, person_id: str) -> Person | None:
        """One of them; None if it is not."""
        person = people.person_by_id(self._scope, person_id)
        return person if person is not None and self._is_mine(person) else None

    def summaries(self, person_id: str) -> list[SummarySeen]:
        """What the manager sent this coach, each week in its last version, the newest week first."""
        versions: dict[int, list[Kept[SentSummary]]] = {}
        for each in self._sent(person_id):
            versions.setdefault(each.fact.week, []).append(each)
        return [
            SummarySeen(sent[-1], sent[-1].fact.sent_at if len(sent) > 1 else None)
            for _, sent in sorted(versions.items(), reverse=True)
        ]

    def shown(self, person_id: str, kind: type[F]) -> list[Kept[F]]:
        """The facts of one kind as they were in what was sent, the oldest first.

        One that was put right since is here as it was sent, until the corrected summary is.
        """
        if kind not in SHAREABLE:
            return []
        sent_in = {each.conversation_id for each in self._sent(person_id)}
        table = TABLES[kind]
        rows = kept(self._scope, kind, table.c.person_id == person_id, table.c.shared_in.in_(sent_in))
        newest = {(each.conversation_id, each.name): each for each in rows}
        return list(newest.values())

    def signs(self, person_id: str) -> list[Kept[Concern]]:
        """What asks for a person, the newest first: the signs, and what the manager asked this coach."""
        if self.manager(person_id) is None:
            return []
        table = TABLES[Concern]
        found = kept(self._scope, Concern, table.c.person_id == person_id, table.c.sign.in_(SIGNS))
        return list(reversed([each for each in found if each.fact.sign in SIGNS]))

    def is_in_danger(self, person_id: str) -> bool:
        """Whether an alert is open that nobody has taken on."""
        return self.manager(person_id) is not None and bool(open_alerts(self._scope, person_id))

    def _is_mine(self, person: Person) -> bool:
        return person.coach_id == self._coach_id and person.status is not Status.FORGOTTEN

    def _sent(self, person_id: str) -> Sequence[Kept[SentSummary]]:
        """All versions of all summaries sent to this coach, in the order they were sent."""
        if self.manager(person_id) is None:
            return []
        table = TABLES[SentSummary]
        sent = kept(
            self._scope, SentSummary, table.c.person_id == person_id, table.c.coach_id == self._coach_id
        )
        return sorted(sent, key=lambda each: each.fact.sent_at)

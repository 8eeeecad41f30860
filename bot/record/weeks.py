"""Reads what the page of a manager's weeks rests on: the standing facts of one piece of work, and its weeks.

What they add up to is made in `coaching/ledger.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.record.note import work_of
from coaching import facts
from coaching.facts import Fact
from coaching.journey import Kind
from coaching.ledger import Calibration, Ledger, calibration, ledger
from storage.people import Person, Status
from storage.repository import Repository

KINDS: tuple[type[Fact], ...] = (facts.Minding, facts.Forecast, facts.Output)


@dataclass(frozen=True)
class Weeks:
    """One piece of work week by week; ``work`` is empty once its words have gone."""

    number: int
    work: str
    ledger: Ledger
    calibration: Calibration


def weeks_of(repo: Repository, person: Person, number: int | None = None) -> Weeks | None:
    """The weeks of one piece of work, else of the newest; None if none has been named yet."""
    if person.status is Status.FORGOTTEN:
        return None
    talks = repo.conversations(person.id)
    belongs = work_of(talks)
    named = {belongs[each.conversation_id]: each.fact for each in repo.facts(person.id, facts.Friction)}
    number = max(named, default=None) if number is None else number
    if number is None or number not in named:
        return None
    known = [
        kept.fact
        for kind in KINDS
        for kept in repo.facts(person.id, kind)
        if belongs[kept.conversation_id] == number
    ]
    weeks = [each for each in talks if each.kind == Kind.WEEK and belongs[each.id] == number]
    # Before its first week has opened that is the one that opens next.
    first = weeks[0].ordinal if weeks else repo.next_ordinal(person.id, Kind.WEEK)
    over = {each.ordinal for each in weeks if each.closed_at is not None}
    return Weeks(number, named[number].work, ledger(known), calibration(known, first, over))

"""The chart of a piece of work: the manager's own of all that was counted, the coach's of what was shared.

Here it is only data. It is drawn, by day or by night, where somebody looks at it.
"""

from __future__ import annotations

from bot.record.note import evidence_of, work_of
from coaching import facts
from coaching.chart import Chart, chart_of, found_of, theme_of
from coaching.evidence import Dated, workflow_of
from coaching.facts import Fact
from storage.people import Person
from storage.repository import Repository
from storage.sharing import CoachEyes

PICTURED = frozenset({"where_it_stands"})  # lines that a picture goes with, where the channel shows one


def own_chart(repo: Repository, person: Person, number: int | None = None) -> Chart | None:
    """The chart of one piece of work, else of the newest; None while nothing was counted."""
    note = evidence_of(repo, person, number)
    if note is None or note.rests_on is None:
        return None
    belongs = work_of(repo.conversations(person.id))
    slices = (each for each in repo.facts(person.id, facts.Assignment))
    weeks = {
        each.fact.week: theme_of(each.fact.theme)
        for each in slices
        if each.fact.week and belongs[each.conversation_id] == note.number
    }
    return chart_of(note.rests_on, found_of(note.rests_on), weeks)


def shared_chart(eyes: CoachEyes, person_id: str) -> Chart | None:
    """What a coach has of the newest work whose numbers were sent; the label stands in what was sent."""
    measured = eyes.shown(person_id, facts.Measured)
    if not measured:
        return None
    newest = measured[-1]
    known: list[Dated[Fact]] = [
        Dated(each.fact, each.said_at)
        for kind in (facts.Before, facts.Reading)
        for each in eyes.shown(person_id, kind)
        if each.conversation_id == newest.conversation_id or each.said_at >= newest.said_at
    ]
    return chart_of(workflow_of(newest.ordinal, known, newest.fact), None, is_partial=True)

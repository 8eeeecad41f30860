"""The week's summary for the human coach, by rule: facts, the manager's own words, what is not visible yet.

It exists for the coach only once the manager has sent it. It holds no level, no adjective about a person, no
mood and no comparison.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coaching import series
from coaching.facts import SentSummary
from coaching.judgment import Dimension, Judged
from coaching.opening import WeekOpening, Workflow
from coaching.slots import Phrase, Slot, Term, dump, phrase
from coaching.themes import FIRST_COUNTED

MOST_LINES = 7  # and the line above them


@dataclass
class Week:
    """What this week's check-in heard so far."""

    changed: str = ""
    minutes: int | None = None
    worth: str = ""
    went: str = ""
    judged: Judged | None = None
    expected: int | None = None
    obstacle: str = ""
    dimension: Dimension | None = None
    told: str = ""
    decision: str = ""


def lines(opening: WeekOpening, workflow: Workflow, week: Week) -> tuple[Slot, ...]:
    """The summary's lines, at most eight; a line that has nothing to say is not there."""
    found: list[Phrase] = [phrase("summary_stake", work=workflow.work, stake=workflow.stake)]
    if workflow.readings or opening.theme >= FIRST_COUNTED:
        numbers = series.spoken(workflow)
        found.append(
            phrase("summary_number", **{key: numbers[key] for key in ("measure", "before", "since", "label")})
        )
    if week.changed:
        found.append(phrase("summary_changed", quote=week.changed))
    if week.obstacle:
        found.append(phrase("summary_obstacle", obstacle=Term("Obstacle", week.obstacle)))
    if week.minutes is not None:
        worth = Term("Worth", week.worth or "unsaid")
        minding = phrase("summary_minding", minutes=week.minutes, worth=worth)
        found.append(minding if week.minutes else phrase("summary_no_minding"))
    if week.judged is not None:
        judged = Term("Output", week.judged)
        if week.expected is None:
            found.append(phrase("summary_output", judged=judged))
        else:
            expected = Term("Likelihood", f"p{week.expected}")
            found.append(phrase("summary_output_expected", judged=judged, expected=expected))
    if week.decision:
        found.append(phrase("summary_decision", decision=Term("Decision", week.decision)))
    if week.dimension is not None:
        name = Term("Dimension", week.dimension)
        if week.told:
            found.append(phrase("summary_evidence", dimension=name, quote=week.told))
        else:
            found.append(phrase("summary_not_visible", dimension=name))
    rails = workflow.rails
    if rails is not None:
        found.append(phrase("summary_rails", market=Term("Market", rails.market), version=rails.version))
    return tuple(_within_a_card(found))


def _within_a_card(found: list[Phrase]) -> list[Phrase]:
    """Where a week brought much, how it was minded and what came out stand in one line."""
    names = [each.name for each in found]
    if len(found) > MOST_LINES:
        at = next(n for n, name in enumerate(names) if name.startswith("summary_output"))
        found[at - 1 : at + 1] = [phrase("summary_run", minding=found[at - 1], output=found[at])]
    return found


def sent(week: int, told: tuple[Slot, ...], at: datetime) -> SentSummary:
    """The summary as the manager sent it, its lines kept as they were shown."""
    return SentSummary(week, at, dump({"lines": told}))

"""Reads the labelled replies of `tests/reading` as the service does: by rule first, then with a model.

A model is asked only where rules would ask, and what it points at must stand by rule.
"""

from __future__ import annotations

from coaching.reading.values import read_values
from tests.evaluation.judging import Outcome
from tests.evaluation.scene import Asker, Played, manager, play_out, start_opening
from tests.reading.scoring import LIMITS, Heard, Kind, Row, judge, rules, written
from tests.reading.scoring import Outcome as Read

KEPT = "a value that nobody confirmed was kept"


def read_reply(row: Row, asker: Asker | None) -> Outcome:
    """Whether a reply is read as its label says, or rightly asked about; nothing is kept without a Yes."""
    alone = rules(row)
    heard, played = alone, Played()
    if asker is not None and row.kind is Kind.VALUES and alone.asks:
        heard, played = _again(row, alone, asker)
    found = judge(row, heard)
    broke = KEPT if found in (Read.WRONG_KEPT, Read.KEPT_EARLY) else ""
    right = found in (Read.RIGHT, Read.ASKED_RIGHTLY)
    return Outcome(row.id, right, broke, bool(played.asked), bool(played.asked) and heard is alone)


def _again(row: Row, alone: Heard, asker: Asker) -> tuple[Heard, Played]:
    from coaching.proposed_values import read_again

    chosen, unit, *one = row.asks.split()
    limits = LIMITS.get(unit, (None, None))
    reading = read_values(row.text, unit=unit, market=row.market, one=bool(one), plausible=limits)
    someone = manager(row.market, language=row.language)
    opening, at = start_opening(someone)

    async def script(coach):  # type: ignore[no-untyped-def]
        return await read_again(coach, reading, row.text, chosen, unit, one=bool(one))

    played = play_out(script, opening, at, {}, asker)
    if played.result is None or played.result is reading or played.result.ask is not None:
        return alone, played
    return Heard(tuple(map(written, played.result.counting)), False, played.result.needs_yes), played

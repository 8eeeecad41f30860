"""What is typed beside buttons, read as the service does it: a day, what is in the way, and who waits.

Right is what the manager would have been shown for a Yes; whatever is asked once more instead is not read.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from coaching.appointment import agree_when
from coaching.dialogue import Script
from coaching.journey import SCRIPTS, Kind
from coaching.needs import Question
from coaching.setbacks import hear_obstacle
from coaching.slots import Term
from coaching.unsticking import hear_by_what
from tests.evaluation.judging import INVENTED, Outcome
from tests.evaluation.labelled import InWords
from tests.evaluation.numbers import KEPT
from tests.evaluation.scene import Asker, Played, manager, play_out, start_opening, week_opening

TODAY, HOUR = date(2026, 11, 24), time(11)  # in the zone of whoever is asked
BLOCKERS: dict[str, Script] = {"in_the_way": hear_obstacle, "stuck_by": hear_by_what}


def read_in_words(row: InWords, asker: Asker | None) -> Outcome:
    """Whether a reply is read as its label says, or rightly asked about; nothing is kept without a Yes."""
    if row.asks == "day":
        return _a_day(row, asker)
    return _who_waits(row, asker) if row.asks == "story" else _a_blocker(row, asker)


def _a_day(row: InWords, asker: Asker | None) -> Outcome:
    someone = manager(row.market, language=row.language)
    zone = ZoneInfo(someone.calendar.zone)
    opening, _ = start_opening(someone)
    at = datetime.combine(TODAY, HOUR, zone)
    played = play_out(agree_when, opening, at, {"when_next": row.text}, asker)
    again = played.named("when_next_again")
    said_back = [] if again else played.named("when_right")
    found = [_slot(each, "at").astimezone(zone).date() for each in said_back]
    offered = [option.value for each in played.named("which_day") for option in _options(each)]
    days = offered or [each.isoformat() for each in found]
    kept = not again and played.result is not None and not found
    return _outcome(row, played, row.day in days if row.day else not days, bool(days), KEPT if kept else "")


def _a_blocker(row: InWords, asker: Asker | None) -> Outcome:
    opening, at = week_opening(manager(row.market, language=row.language), 3)
    played = play_out(BLOCKERS[row.asks], opening, at, {row.asks: row.text}, asker)
    said_back = [_slot(each, "what") for each in played.named(f"{row.asks}_right")]
    kept = played.result is not None and not said_back and not played.named(f"{row.asks}_again")
    right = said_back == ([Term(row.asks, row.blocker)] if row.blocker else [])
    return _outcome(row, played, right, bool(said_back), KEPT if kept else "")


def _who_waits(row: InWords, asker: Asker | None) -> Outcome:
    opening, at = start_opening(manager(row.market, language=row.language))
    played = play_out(SCRIPTS[Kind.START], opening, at, {"where_it_hurts": row.text}, asker, "team_line")
    held_up = [str(_slot(each, "who")) for each in played.named("do_they_notice")]
    right = any(row.who in each for each in held_up) if row.who else not held_up
    invented = any(each not in row.text for each in held_up)
    return _outcome(row, played, right, bool(held_up), INVENTED if invented else "")


def _outcome(row: InWords, played: Played, right: bool, was_read: bool, broke: str) -> Outcome:
    asked = bool(played.asked)
    return Outcome(row.id, right, broke, asked, asked and not was_read)


def _slot(shown: Any, name: str) -> Any:
    return shown.slots[name]


def _options(shown: Any) -> Any:
    return shown.options if isinstance(shown, Question) else ()

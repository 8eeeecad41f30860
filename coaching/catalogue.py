"""The measures a manager can give in one breath: what is counted, in which unit, which direction is better.

Only what rules need stands here: a measure's name and its question are words, found elsewhere by its id.
Plausible ranges and smallest worthwhile changes are estimates from practice. A value outside the range is
asked about once ("400 days, really?") and never refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Family(StrEnum):
    """What a measure is about."""

    FLOW = "flow"
    QUALITY = "quality"
    FORESIGHT = "foresight"
    COMMERCIAL = "commercial"
    TRUST = "trust"
    MINDING = "minding"


class Unit(StrEnum):
    """What a number counts. Days and working days stay apart: they are kept as they were said."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    COUNT = "count"
    ITEMS = "items"
    ROUNDS = "rounds"
    RUNS = "runs"
    MESSAGES = "messages"
    MEETINGS = "meetings"
    PERCENT = "percent"
    PER_HUNDRED = "per_hundred"
    POINTS = "points"
    MONEY = "money"


class Better(StrEnum):
    """The direction that is an improvement."""

    LOWER = "lower"
    HIGHER = "higher"


class Gain(StrEnum):
    """What kind of better it is, in a word for people who were not there."""

    FASTER = "faster"
    FEWER_ERRORS = "fewer_errors"
    SHARPER = "sharper"


@dataclass(frozen=True)
class Measure:
    """One way to see whether a workflow got better.

    ``units``: those a manager may answer in; the first is the default, and ``low`` to ``high`` (the plausible
    range) are in it. ``minimum``: the smallest change worth talking about, in the unit answered in (so two
    late items, or two days late). ``smallest_sample``: how many cases each reading must rest on for that
    minimum to mean anything. ``is_rate`` asks "out of how many?". ``is_weekly`` is False for what comes round
    by the month or the quarter: eight weeks hold too few of those to see a change.
    """

    id: str
    family: Family
    units: tuple[Unit, ...]
    better: Better
    low: Decimal | None
    high: Decimal | None
    minimum: Decimal | None
    paired_with: tuple[str, ...]
    is_rate: bool = False
    is_weekly: bool = True
    smallest_sample: int | None = None

    @property
    def unit(self) -> Unit:
        """The unit that is asked in unless the manager chooses another."""
        return self.units[0]

    @property
    def only_balances(self) -> bool:
        """Minding the AI is watched beside another measure and never aimed at: checking has its worth."""
        return self.family is Family.MINDING


_PERCENT = (Unit.PERCENT,)
_MONEY = (Unit.MONEY,)
_DAYS = (Unit.DAYS, Unit.WORKING_DAYS)
_LOWER, _HIGHER = Better.LOWER, Better.HIGHER
_FLOW, _QUALITY, _FORESIGHT = Family.FLOW, Family.QUALITY, Family.FORESIGHT
_COMMERCIAL, _TRUST, _MINDING = Family.COMMERCIAL, Family.TRUST, Family.MINDING


def _row(
    id: str,
    family: Family,
    units: tuple[Unit, ...],
    better: Better,
    low: int | str | None,
    high: int | None,
    minimum: int | None,
    paired_with: str,
    *,
    rate: bool = False,
    weekly: bool = True,
    sample: int | None = None,
) -> Measure:
    """One line of the table below; whole numbers and text become exact decimals."""
    lowest, highest, least = (None if limit is None else Decimal(limit) for limit in (low, high, minimum))
    pairs = tuple(paired_with.split())
    return Measure(id, family, units, better, lowest, highest, least, pairs, rate, weekly, sample)


_TABLE = (
    # id, family, units, better, plausible from, to, smallest change worth having, watched beside
    _row("M01", _FLOW, (Unit.DAYS, Unit.HOURS, Unit.WORKING_DAYS), _LOWER, "0.004", 120, None, "M14 M15"),
    _row("M02", _FLOW, _DAYS, _LOWER, 1, 180, None, "M31"),
    _row("M03", _FLOW, _DAYS, _LOWER, "0.5", 90, None, "M17 M40"),
    _row("M04", _FLOW, (Unit.HOURS, Unit.DAYS), _LOWER, 0, 1440, None, "M38"),
    _row("M05", _FLOW, (Unit.MINUTES, Unit.HOURS), _LOWER, 1, 14400, None, "M21"),
    _row("M06", _FLOW, (Unit.HOURS, Unit.DAYS), _LOWER, "0.1", 2160, None, "M21 M42"),
    _row("M07", _FLOW, (Unit.ROUNDS,), _LOWER, 1, 15, 1, "M17"),
    # M08 is the time of a person's hands, minding the AI included: else work is moved, not removed.
    _row("M08", _FLOW, (Unit.MINUTES, Unit.HOURS), _LOWER, 1, 14400, None, "M14 M43"),
    _row("M09", _FLOW, (Unit.ITEMS,), _LOWER, 0, 5000, 2, "M14"),
    _row("M10", _FLOW, _PERCENT, _HIGHER, 0, 100, 5, "M15", rate=True),
    _row("M11", _FLOW, (Unit.ITEMS,), _HIGHER, 0, 10000, None, "M14"),
    _row("M12", _FLOW, (Unit.ITEMS, Unit.DAYS), _LOWER, 0, 500, 2, "M15", rate=True),
    _row("M13", _FLOW, (Unit.WORKING_DAYS,), _LOWER, 1, 25, 1, "M17", weekly=False),
    _row("M14", _QUALITY, (Unit.PERCENT, Unit.PER_HUNDRED), _LOWER, 0, 60, 3, "M01", rate=True),
    _row("M15", _QUALITY, _PERCENT, _LOWER, 0, 80, 3, "M01", rate=True),
    _row("M16", _QUALITY, _PERCENT, _HIGHER, 5, 100, 5, "M01", rate=True),
    _row("M17", _QUALITY, (Unit.COUNT,), _LOWER, 0, 50, 2, "M07"),
    _row("M18", _QUALITY, (Unit.PER_HUNDRED,), _LOWER, 0, 40, 1, "M11", rate=True),
    _row("M19", _QUALITY, _PERCENT, _LOWER, 0, 90, 5, "M38", rate=True),
    _row("M20", _QUALITY, (Unit.POINTS,), _LOWER, 0, 10, 1, "M14"),
    _row("M21", _QUALITY, _PERCENT, _LOWER, 0, 60, 3, "M06", rate=True),
    _row("M22", _QUALITY, (Unit.COUNT,), _LOWER, 0, 100, 1, "M01", weekly=False),
    # M23 is a distance in per cent, not so many out of so many.
    _row("M23", _FORESIGHT, _PERCENT, _LOWER, 0, 100, 3, "M26", weekly=False),
    _row("M24", _FORESIGHT, (Unit.WEEKS,), _HIGHER, 0, 26, 1, "M26", weekly=False),
    _row("M25", _FORESIGHT, _DAYS, _HIGHER, 0, 120, 2, "M26"),
    _row("M26", _FORESIGHT, _PERCENT, _LOWER, 0, 95, 10, "M25", rate=True),
    _row("M27", _COMMERCIAL, _PERCENT, _HIGHER, 0, 80, 5, "M11", rate=True, weekly=False),
    _row("M28", _COMMERCIAL, _PERCENT, _HIGHER, 0, 100, 10, "M27", rate=True),
    _row("M29", _COMMERCIAL, _DAYS, _LOWER, "0.1", 45, None, "M14"),
    _row("M30", _COMMERCIAL, (Unit.PERCENT, Unit.ITEMS), _LOWER, 0, 90, 5, "M27", rate=True),
    _row("M31", _COMMERCIAL, _PERCENT, _HIGHER, 0, 60, 1, "M18", rate=True, sample=100),
    # Money has no smallest sum that fits every currency. The 5 % of practice lies within the rule's 15 %.
    _row("M32", _COMMERCIAL, _MONEY, _HIGHER, None, None, None, "M26"),
    _row("M33", _COMMERCIAL, (Unit.MONEY, Unit.DAYS), _LOWER, None, None, None, "M42", weekly=False),
    # M34 counts what was short; a fill rate is told as its complement, so that lower is always better.
    _row("M34", _COMMERCIAL, _PERCENT, _LOWER, 0, 60, 2, "M35", rate=True),
    _row("M35", _COMMERCIAL, _MONEY, _LOWER, None, None, None, "M34"),
    # M36 also needs a look at fairness by HR, which is no number.
    _row("M36", _COMMERCIAL, _DAYS, _LOWER, 1, 90, None, "M16", weekly=False),
    # M37 is watched beside what escaped: untouched must not mean unread.
    _row("M37", _TRUST, _PERCENT, _HIGHER, 0, 100, 10, "M17", rate=True),
    _row("M38", _TRUST, (Unit.MESSAGES,), _LOWER, 0, 40, 1, "M04"),
    _row("M39", _TRUST, _PERCENT, _HIGHER, 0, 100, 10, "M27", rate=True),
    _row("M40", _TRUST, (Unit.COUNT,), _LOWER, 0, 100, 1, "M17"),
    _row("M41", _TRUST, (Unit.MEETINGS,), _LOWER, 0, 15, 1, "M03"),
    _row("M42", _TRUST, (Unit.POINTS,), _HIGHER, -100, 100, 5, "M01"),
    _row("M43", _MINDING, (Unit.MINUTES,), _LOWER, 0, 480, None, "M08"),
    _row("M44", _MINDING, (Unit.RUNS,), _LOWER, 1, 30, 1, "M14"),
    # M45 keeps two counts; this is the one that escaped. Slips the checkpoint caught are good news.
    _row("M45", _MINDING, (Unit.COUNT,), _LOWER, 0, 50, None, "M17"),
)

MEASURES = {row.id: row for row in _TABLE}


def measure(id: str) -> Measure:
    """The measure with this id, "M01" to "M45"; KeyError for any other."""
    try:
        return MEASURES[id]
    except KeyError:
        raise KeyError(f"no measure {id!r}: add its row to the catalogue, its words to prompts") from None


def kind_of_gain(measure: Measure) -> Gain:
    """Flow gets faster, quality has fewer errors, everything else gets sharper."""
    match measure.family:
        case Family.FLOW:
            return Gain.FASTER
        case Family.QUALITY:
            return Gain.FEWER_ERRORS
        case _:
            return Gain.SHARPER


def plausible(measure: Measure, unit: Unit) -> tuple[Decimal | None, Decimal | None]:
    """The plausible range in the unit that was answered in; (None, None) where it cannot be carried over."""
    if unit is measure.unit:
        return measure.low, measure.high
    asked, answered = _MINUTES_IN.get(measure.unit), _MINUTES_IN.get(unit)
    if asked is None or answered is None or measure.low is None or measure.high is None:
        return None, None
    return measure.low * asked / answered, measure.high * asked / answered


def suggested(friction_shape: str, function: str) -> tuple[str, ...]:
    """Three measures to offer for a friction, the one most at home in this function first.

    ``friction_shape`` is time, quality, decision, handoff or else; ValueError for any other. A function the
    table does not know gets what fits everywhere: a wrong guess costs a tap, an error the conversation.
    """
    if friction_shape not in _FOR_SHAPE:
        raise ValueError(f"no friction shape {friction_shape!r}: use one of {', '.join(_FOR_SHAPE)}")
    home = _AT_HOME.get(function.strip().lower().replace(" ", "_").replace("-", "_"), {}).get(friction_shape)
    offered = (home, *_FOR_SHAPE[friction_shape]) if home else _FOR_SHAPE[friction_shape]
    return tuple(dict.fromkeys(offered))[:3]


# For a question of plausibility only: a working day is taken as a day, the limits are rough anyway.
_MINUTES_IN = {
    Unit.MINUTES: Decimal(1),
    Unit.HOURS: Decimal(60),
    Unit.DAYS: Decimal(1440),
    Unit.WORKING_DAYS: Decimal(1440),
    Unit.WEEKS: Decimal(10080),
}

_FOR_SHAPE = {
    "time": ("M01", "M08", "M07"),
    "quality": ("M15", "M14", "M20"),
    "decision": ("M03", "M41", "M02"),
    "handoff": ("M04", "M38", "M19"),
    "else": ("M01", "M15", "M09"),
}

_AT_HOME = {
    "sales": {"time": "M29", "quality": "M37", "decision": "M30", "handoff": "M28", "else": "M30"},
    "marketing": {"time": "M07", "quality": "M31", "decision": "M02", "handoff": "M39", "else": "M31"},
    "finance": {"time": "M08", "quality": "M15", "decision": "M03", "handoff": "M19", "else": "M10"},
    "operations": {"time": "M11", "quality": "M14", "decision": "M25", "handoff": "M38", "else": "M12"},
    "hr": {"time": "M05", "quality": "M20", "decision": "M41", "handoff": "M38", "else": "M05"},
    "supply_chain": {"time": "M12", "quality": "M34", "decision": "M25", "handoff": "M04", "else": "M35"},
    "legal": {"time": "M01", "quality": "M07", "decision": "M03", "handoff": "M19", "else": "M09"},
    "support": {"time": "M05", "quality": "M21", "decision": "M40", "handoff": "M38", "else": "M06"},
    "product": {"time": "M01", "quality": "M16", "decision": "M03", "handoff": "M38", "else": "M03"},
    "procurement": {"time": "M01", "quality": "M19", "decision": "M03", "handoff": "M04", "else": "M35"},
}

"""Week by week, for the manager's own eyes: what minding the AI took, and what was expected beside what was.

Both stand as they were told. Waste is a clue for redesigning a step and checking that is worth it need not
shrink; how likely somebody said something was, and how often it came so, is counted and never rated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coaching import facts
from coaching.facts import Fact
from coaching.judgment import Judged
from coaching.reading.minutes import KINDS
from coaching.slots import Phrase, phrase

UNSAID = "unsaid"
WASTE = "waste"
WORTHS = ("worth_it", WASTE, "mixed", UNSAID)  # as coaching/checkin.py asks for it; the last was not answered
RUNNING = 2  # so many weeks of waste in one kind, one after the other, are a clue
FEWEST_TO_COUNT = 5  # on the page nothing is counted from fewer forecasts that met their outcome …
FEWEST_TO_SAY = 3  # … and nothing is said of them before the last decision


@dataclass(frozen=True)
class Minded:
    """One week's minutes in the order of ``KINDS``, and whether they were said to be worth it."""

    week: int
    minutes: tuple[int, ...]
    worth: str

    @property
    def total(self) -> int:
        """All four kinds, in minutes."""
        return sum(self.minutes)

    @property
    def most(self) -> frozenset[str]:
        """The kind that took most; several where they took the same."""
        top = max(self.minutes)
        return frozenset(kind for kind, each in zip(KINDS, self.minutes, strict=True) if each == top > 0)


@dataclass(frozen=True)
class Clue:
    """The same kind took most in weeks of waste that followed each other: something to look at, no more."""

    kind: str
    weeks: tuple[int, ...]


@dataclass(frozen=True)
class Worthwhile:
    """How many minutes in how many weeks were said to be worth it, waste, mixed, or were not spoken of."""

    worth: str
    minutes: int
    weeks: int


@dataclass(frozen=True)
class Ledger:
    """The weeks whose minutes were told, the earliest first. A week of which nothing was told is not here."""

    weeks: tuple[Minded, ...]

    @property
    def sums(self) -> tuple[int, ...]:
        """Minutes by kind, in the order of ``KINDS``."""
        return tuple(sum(each.minutes[at] for each in self.weeks) for at in range(len(KINDS)))

    @property
    def total(self) -> int:
        """All minutes told."""
        return sum(self.sums)

    @property
    def by_worth(self) -> tuple[Worthwhile, ...]:
        """What was said of the minutes; weeks without any minutes say nothing about worth."""
        told = (
            Worthwhile(worth, sum(each.total for each in these), len(these))
            for worth in WORTHS
            if (these := [each for each in self.weeks if each.worth == worth and each.total])
        )
        return tuple(told)

    @property
    def clues(self) -> tuple[Clue, ...]:
        """Where waste stayed in one kind, by kind. Weeks follow each other as they were told."""
        return tuple(clue for kind in KINDS for clue in self._clues(kind))

    def _clues(self, kind: str) -> Iterator[Clue]:
        run: list[int] = []
        for week in (*self.weeks, None):
            if week is not None and week.worth == WASTE and kind in week.most:
                run.append(week.week)
                continue
            if len(run) >= RUNNING:
                yield Clue(kind, tuple(run))
            run = []


class Was(StrEnum):
    """What became of a forecast."""

    GOOD_ENOUGH = "good_enough"
    ANOTHER_PASS = "another_pass"  # noqa: S105 - a pass over the text
    NOT_USABLE = "not_usable"
    NOT_TOLD = "not_told"
    NOT_YET = "not_yet"  # its week is not over


@dataclass(frozen=True)
class Pair:
    """You expected, it was: one week's forecast in per cent, what would have shown it wrong, the outcome."""

    week: int
    expected: int
    against: str
    outcome: Was

    @property
    def is_told(self) -> bool:
        """Whether the forecast has met its outcome."""
        return self.outcome not in (Was.NOT_TOLD, Was.NOT_YET)


@dataclass(frozen=True)
class Counted:
    """Of ``n`` times that ``expected`` per cent was said, ``good`` were good enough first time."""

    expected: int
    n: int
    good: int


@dataclass(frozen=True)
class Calibration:
    """Every forecast of one piece of work beside what it was, the earliest week first."""

    pairs: tuple[Pair, ...]

    @property
    def told(self) -> tuple[Pair, ...]:
        """Those that have met their outcome."""
        return tuple(pair for pair in self.pairs if pair.is_told)

    @property
    def counts(self) -> tuple[Counted, ...]:
        """By what was said, the likeliest first; empty before there are enough pairs to count."""
        told = self.told
        if len(told) < FEWEST_TO_COUNT:
            return ()
        return count((pair.expected, pair.outcome) for pair in told)


def ledger(known: Sequence[Fact]) -> Ledger:
    """What minding the AI took, from the standing facts of one piece of work in the order they were said."""
    weeks = {
        each.week: Minded(each.week, tuple(getattr(each, kind) for kind in KINDS), each.worth or UNSAID)
        for each in known
        if isinstance(each, facts.Minding)
    }
    return Ledger(tuple(weeks[week] for week in sorted(weeks)))


def calibration(known: Sequence[Fact], first: int, over: Collection[int]) -> Calibration:
    """What was expected beside what it was, from the standing facts of one piece of work.

    ``first`` is the number of its first week, to which the forecast of the second sitting belongs: there
    every piece of work begins with a week one, while the weeks of a person go on counting. ``over`` are the
    weeks that have closed.
    """
    was = {each.week: Was(each.judged) for each in known if isinstance(each, facts.Output)}
    pairs = {}
    for each in known:
        if isinstance(each, facts.Forecast):
            week = max(each.week, first)
            without = Was.NOT_TOLD if week in over else Was.NOT_YET
            pairs[week] = Pair(week, each.likelihood, each.against, was.get(week, without))
    return Calibration(tuple(pairs[week] for week in sorted(pairs)))


def count(told: Iterable[tuple[int, str]]) -> tuple[Counted, ...]:
    """How often which likelihood was said, and how often it was then good enough; the likeliest first."""
    said, good = Counter[int](), Counter[int]()
    for expected, judged in told:
        said[expected] += 1
        good[expected] += judged == Judged.GOOD_ENOUGH
    return tuple(Counted(each, said[each], good[each]) for each in sorted(said, reverse=True))


def spoken(told: Sequence[tuple[int, str]]) -> Phrase | None:
    """The same in one breath, likelihoods with their judgments; None where there are too few to speak of."""
    if len(told) < FEWEST_TO_SAY:
        return None
    one, *more = (
        phrase("expected_one", expected=each.expected, n=each.n, good=each.good) for each in count(told)
    )
    for each in more:
        one = phrase("expected_and", these=one, more=each)
    return one

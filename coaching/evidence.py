"""The evidence note: one page about one piece of work that the manager owns, in place of a certificate.

It holds what was counted, how each number is known, what the published rule says of them, and what the
manager decided, with dates: facts and the manager's own words, and nothing about how good anybody is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from coaching import facts
from coaching.facts import Fact
from coaching.guardrails import STAYS
from coaching.opening import PastReading, PastValue, Workflow
from coaching.series import corrected_after, judge
from coaching.slots import Amount, Phrase, Slot, Term, phrase
from coaching.verdict import Method, Verdict

F = TypeVar("F", bound=Fact, covariant=True)
K = TypeVar("K", bound=Fact)
MOST_BEFORE = 6
MOST_SINCE = 9  # the first three, which decide, and the last six: a page holds no more
MOST_CHANGES = 3
VALUES = (facts.Before, facts.Reading)
TO_NEXT = "word_to_next"  # the note in which somebody who starts next is spoken to


@dataclass(frozen=True)
class Dated(Generic[F]):
    """A fact and when it was said, in the manager's own zone; corrected, if its week had closed by then."""

    fact: F
    said_at: datetime
    is_corrected: bool = False


@dataclass(frozen=True)
class Number:
    """One number as it was said and how it is known. ``week`` is None for a value from before."""

    value: Amount
    grade: str
    at: datetime
    week: int | None = None
    counted: bool = True
    unusual: bool = False


@dataclass(frozen=True)
class Decided:
    """Something the manager decided, and when."""

    at: datetime
    what: Phrase


@dataclass(frozen=True)
class Quote:
    """The manager's own words. ``week`` is None for a word to whoever starts next."""

    told: str
    at: datetime
    week: int | None = None


@dataclass(frozen=True)
class Evidence:
    """What one note says. ``verdict`` is None before a measure is agreed; ``decided`` is the last decision.

    ``left_off``: how many readings the page has no room for; they are in the record. ``corrected``: how many
    values were corrected after their week had closed. ``rests_on`` is what the rule looked at.
    """

    number: int
    work: str
    stake: str
    began: datetime
    until: datetime
    measure: str
    unit: str
    balancing: str
    before: tuple[Number, ...]
    since: tuple[Number, ...]
    left_off: int
    verdict: Verdict | None
    decided: str
    decisions: tuple[Decided, ...]
    words: tuple[Quote, ...]
    corrected: int = 0
    rests_on: Workflow | None = None

    @property
    def sentence(self) -> Phrase:
        """The whole note in one plain sentence, for a form that wants one."""
        frame: dict[str, Slot] = {
            "began": self.began.date().isoformat(),
            "until": self.until.date().isoformat(),
            "work": self.work or "…",
        }
        if self.verdict is None:
            return phrase("evidence_sentence_bare", **frame)
        counted = tuple(each.value for each in self.since if each.counted)
        return phrase(
            "evidence_sentence",
            measure=Term("Measure", self.measure),
            before=tuple(each.value for each in self.before) or Term("EvidencePart", "none"),
            since=counted or Term("EvidencePart", "none"),
            label=Term("Label", self.verdict.label),
            **frame,
        )

    @property
    def method(self) -> tuple[Phrase, ...]:
        """What the label rests on: how many values, the bar they had to clear, and what was corrected."""
        if self.verdict is None:
            return ()
        found = self.verdict
        told = [phrase("evidence_rests", n_before=found.n_before, n_after=found.n_after)]
        if found.method is not Method.NO_BAR and found.bar is not None:
            bar = Amount(found.bar, self.unit)
            told.append(phrase("evidence_bar", method=Term("EvidenceMethod", found.method), bar=bar))
        if self.corrected:
            told.append(phrase("evidence_corrected", n=self.corrected))
        return tuple(told)


def evidence(number: int, known: Sequence[Dated[Fact]]) -> Evidence | None:
    """The note on the piece of work with this number, from its standing facts in the order they were said.

    None if it has no name yet.
    """
    friction = _last(known, facts.Friction)
    if friction is None:
        return None
    stake, measured = _last(known, facts.Stake), _last(known, facts.Measured)
    before, since = tuple(_before(known)), tuple(_since(known))
    decisions = _all(known, facts.Decision)
    moments = [each.said_at for each in known]
    kept = _most_telling(since)
    rests_on = workflow_of(number, known, measured.fact) if measured else None
    return Evidence(
        number=number,
        work=friction.fact.work,
        stake=stake.fact.cost if stake else "",
        began=min(moments),
        until=max(moments),
        measure=measured.fact.measure if measured else "",
        unit=measured.fact.unit if measured else "",
        balancing=measured.fact.balancing if measured else "",
        before=before[:MOST_BEFORE],
        since=kept,
        left_off=len(before[MOST_BEFORE:]) + len(since) - len(kept),
        verdict=judge(rests_on) if rests_on else None,
        decided=decisions[-1].fact.what if decisions else "",
        decisions=tuple(sorted(_decisions(known), key=lambda each: each.at)),
        words=tuple(_words(known)),
        corrected=sum(each.is_corrected for each in known if isinstance(each.fact, VALUES)),
        rests_on=rests_on,
    )


def _most_telling(since: tuple[Number, ...]) -> tuple[Number, ...]:
    if len(since) <= MOST_SINCE:
        return since
    return (*since[:3], *since[3 - MOST_SINCE :])


def _before(known: Sequence[Dated[Fact]]) -> Iterator[Number]:
    for each in sorted(_all(known, facts.Before), key=lambda said: said.fact.position):
        yield Number(_amount(each.fact), each.fact.grade, each.said_at, unusual=each.fact.unusual)


def _since(known: Sequence[Dated[Fact]]) -> Iterator[Number]:
    for each in sorted(_all(known, facts.Reading), key=lambda said: said.fact.week):
        fact = each.fact
        yield Number(_amount(fact), fact.grade, each.said_at, fact.week, counted=fact.counted)


def _decisions(known: Sequence[Dated[Fact]]) -> Iterator[Decided]:
    """What was chosen, set, confirmed and decided. The same rails confirmed again say nothing new."""
    rails: set[tuple[str, int]] = set()
    for each in known:
        if isinstance(each.fact, facts.Confirmation):
            version = (each.fact.market, each.fact.version)
            if version in rails:
                continue
            rails.add(version)
        for told in _told(each.fact):
            yield Decided(each.said_at, told)


def _told(fact: Fact) -> Iterator[Phrase]:
    match fact:
        case facts.Friction(pain=pain):
            yield phrase("evidence_chose", pain=pain)
        case facts.Measured(measure=measure, span=span):
            yield phrase("evidence_measured", measure=Term("Measure", measure), span=span)
        case facts.Aim(target=target, unit=unit):
            yield phrase("evidence_aim", aim=Amount(target, unit))
        case facts.Confirmation(market=market, version=version, checkpoint=checkpoint):
            looks: Slot = Term("EvidencePart", "me") if checkpoint == STAYS else checkpoint
            where = Term("Market", market)
            yield phrase("evidence_rails", market=where, version=version, checkpoint=looks)
        case facts.Practice(counts=counts):
            yield phrase("evidence_counts", how=Term("EvidenceRun", "yes" if counts else "no"))
        case facts.Decision():
            yield from _decided(fact)


def _decided(fact: facts.Decision) -> Iterator[Phrase]:
    decision: dict[str, Slot] = {"week": fact.week, "decision": Term("Decision", fact.what)}
    if fact.runs:
        yield phrase("evidence_decided_runs", runs=Term("EvidenceWay", fact.runs), **decision)
    else:
        yield phrase("evidence_decided", **decision)
    if fact.owner:
        yield phrase("evidence_owner_now", owner=fact.owner)
    if fact.checkpoint:
        yield phrase("evidence_checkpoint_stays", checkpoint=fact.checkpoint)


def _words(known: Sequence[Dated[Fact]]) -> Iterator[Quote]:
    for each in _all(known, facts.Change)[-MOST_CHANGES:]:
        if each.fact.told:
            yield Quote(each.fact.told, each.said_at, each.fact.week)
    for note in _all(known, facts.Note):
        if note.fact.about == TO_NEXT and note.fact.told:
            yield Quote(note.fact.told, note.said_at)


def workflow_of(number: int, known: Sequence[Dated[Fact]], measured: facts.Measured) -> Workflow:
    """As much of the workflow as the published rule looks at."""
    aim = _last(known, facts.Aim)
    beside = {each.fact.week: each.fact for each in _all(known, facts.Beside)}
    before = sorted((each.fact for each in _all(known, facts.Before)), key=lambda fact: fact.position)
    counting = [each for each in known if isinstance(each.fact, facts.Before) or _counts(each.fact)]
    since = sorted((each.fact for each in _all(known, facts.Reading)), key=lambda fact: fact.week)
    readings = tuple(
        PastReading(
            fact.week, fact.low, fact.high, fact.grade, fact.counted,
            beside[fact.week].balancing if fact.week in beside else "",
            beside[fact.week].other_change if fact.week in beside else "",
            fact.out_of,
        )
        for fact in since
    )  # fmt: skip
    return Workflow(
        number=number,
        work="",
        shape="",
        stake="",
        noticer="",
        measure=measured.measure,
        unit=measured.unit,
        span=measured.span,
        balancing=measured.balancing,
        before=tuple(PastValue(b.low, b.high, b.grade, b.unusual, b.out_of) for b in before),
        target=aim.fact.target if aim else None,
        readings=readings,
        rails=None,
        ai_part="",
        item="",
        good="",
        stop_if="",
        corrected_after=corrected_after(
            (each.said_at for each in counting if each.is_corrected),
            (each.said_at for each in counting if _counts(each.fact)),
        ),
    )


def _counts(fact: Fact) -> bool:
    return isinstance(fact, facts.Reading) and fact.counted


def _amount(fact: facts.Before | facts.Reading) -> Amount:
    return Amount(fact.low, fact.unit, None if fact.low == fact.high else fact.high)


def _all(known: Sequence[Dated[Fact]], kind: type[K]) -> list[Dated[K]]:
    return [
        Dated(each.fact, each.said_at, each.is_corrected) for each in known if isinstance(each.fact, kind)
    ]


def _last(known: Sequence[Dated[Fact]], kind: type[K]) -> Dated[K] | None:
    found = _all(known, kind)
    return found[-1] if found else None

"""From what was kept week by week to the series the verdict is computed from.

Labels are computed when they are read and never stored as an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from coaching.catalogue import measure
from coaching.opening import PastReading, PastValue, Workflow
from coaching.slots import Amount, Slot, Term
from coaching.verdict import After, Before, Grade, Label, Reason, Series, Side, Value, Verdict, verdict

NO_CHANGE = "no"
UNANSWERED = ""


def series_of(workflow: Workflow) -> Series:
    """All values of one workflow, in the order they were made."""
    before = tuple(
        Before(Value(each.low, each.high), Grade(each.grade), each.unusual, each.out_of)
        for each in workflow.before
    )
    after = tuple(_after(each) for each in workflow.readings)
    return Series(
        measure(workflow.measure),
        before,
        after,
        target=workflow.target,
        corrected_after=workflow.corrected_after,
    )


def corrected_after(corrections: Iterable[datetime], readings: Iterable[datetime]) -> int | None:
    """How many counted readings there were at the last correction; None if nothing was corrected.

    Both as they stand. A reading that was corrected itself has that moment, and was there before it.
    """
    last = max(corrections, default=None)
    return None if last is None else sum(at <= last for at in readings)


def _after(reading: PastReading) -> After:
    changed = None if reading.other_change == UNANSWERED else reading.other_change != NO_CHANGE
    return After(
        Value(reading.low, reading.high),
        Grade(reading.grade),
        reading.week,
        reading.counted,
        Side(reading.balancing) if reading.balancing else None,
        changed,
        reading.out_of,
    )


def judge(workflow: Workflow) -> Verdict:
    """The label the published rule gives this workflow now."""
    return verdict(series_of(workflow))


def went_wrong(label: Label) -> bool:
    """Whether the label opens the talk about stopping AI here."""
    return label in (Label.LOOKS_WORSE, Label.WORSE)


def spoken(workflow: Workflow) -> dict[str, Slot]:
    """The numbers behind the label, as slots: what is measured, before, since, and the label with its n."""
    found = judge(workflow)
    counted = tuple(each for each in workflow.readings if each.counted)
    # Where the correction is what the label lacks, that has been said.
    is_told = workflow.corrected_after is None or found.reason is Reason.CORRECTED
    return {
        "measure": Term("Measure", workflow.measure),
        "before": values(workflow.before, workflow.unit) or Term("Counting", "before"),
        "since": values(counted, workflow.unit) or Term("Counting", "since"),
        "label": Term("Label", found.label),
        "says": Term("Says", found.label),
        "because": Term("Because", found.reason or "none"),
        "corrected": Term("Because", "none" if is_told else "was_corrected"),
        "n_before": found.n_before,
        "n_after": found.n_after,
    }


def values(kept: Sequence[PastReading | PastValue], unit: str) -> tuple[Slot, ...]:
    """Kept values as amounts, ranges with both ends."""
    return tuple(Amount(each.low, unit, None if each.low == each.high else each.high) for each in kept)

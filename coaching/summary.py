"""The week's summary for the human coach, by rule: facts, the manager's own words, what is not visible yet.

It exists for the coach only once the manager has sent it, as they left it: kept, edited or withheld part by
part. It holds no level, no adjective about a person, no mood and no comparison.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import chain, pairwise

from coaching import facts, series
from coaching.facts import Fact, SentSummary
from coaching.judgment import Dimension, Judged
from coaching.opening import Manager, WeekOpening, Workflow
from coaching.slots import Phrase, Slot, Term, dump, load, phrase
from coaching.themes import FIRST_COUNTED

MOST_LINES = 7  # and the line above them


class Part(StrEnum):
    """What a line of the summary is about, in the order of the lines. The manager decides on each."""

    STAKE = "stake"
    TRIED = "tried"
    NUMBER = "number"
    CHANGED = "changed"
    OBSTACLE = "obstacle"
    MINDING = "minding"
    OUTPUT = "output"
    DECISION = "decision"
    EVIDENCE = "evidence"
    OPEN = "open"
    RAILS = "rails"


# Which facts a line shows: by sending it as it stands, the manager shares these and no others.
SHOWS: Mapping[Part, tuple[type[Fact], ...]] = {
    Part.STAKE: (facts.Friction, facts.Stake),
    Part.TRIED: (facts.Assignment,),
    Part.NUMBER: (facts.Measured, facts.Before, facts.Reading),
    Part.CHANGED: (facts.Change,),
    Part.OBSTACLE: (facts.Obstacle,),
    Part.MINDING: (facts.Minding, facts.Moved),
    Part.OUTPUT: (facts.Output, facts.Forecast),
    Part.DECISION: (facts.Decision,),
    Part.EVIDENCE: (facts.Reflection,),
    Part.OPEN: (),
    Part.RAILS: (facts.Confirmation,),
}
# Of these a line shows all that stand so far; of the others only the week's own.
SO_FAR = (facts.Friction, facts.Stake, facts.Measured, facts.Before, facts.Reading, facts.Confirmation)

# Lines that may stand in one where a week brought much, the first to be joined first.
_TOGETHER = (
    (Part.MINDING, Part.OUTPUT),
    (Part.STAKE, Part.TRIED),
    (Part.NUMBER, Part.DECISION),
    (Part.OPEN, Part.RAILS),
)


class Topic(StrEnum):
    """What a check-in asks about; the summary names those it does not cover."""

    NUMBER = "number"
    MINDING = "minding"
    OUTPUT = "output"
    BALANCING = "balancing"
    OTHER = "other"


class Flag(StrEnum):
    """What asked for a person this week, beside what was said in the check-in."""

    NONE = "none"
    PERSON = "person"
    WRONG = "wrong"


@dataclass(frozen=True)
class Quoted:
    """A passage of the manager's own words, and the day it was said on."""

    text: str
    on: date


@dataclass
class Week:
    """What this week's check-in heard so far."""

    part: str = ""
    item: str = ""
    changed: str = ""
    minutes: int | None = None
    worth: str = ""
    went: str = ""
    judged: Judged | None = None
    expected: int | None = None
    obstacle: str = ""
    dimension: Dimension | None = None
    told: str = ""
    told_at: datetime | None = None
    further: str = ""
    further_at: datetime | None = None
    quoted: tuple[Quoted, ...] = ()
    changed_at: datetime | None = None
    decision: str = ""
    silent_on: tuple[Topic, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class Told:
    """One line before the manager has decided on it.

    ``quote``: the words within it that are verbatim. ``shows``: whether it shows facts, not new words only.
    """

    part: Part
    says: Phrase
    quote: str = ""
    shows: bool = True


@dataclass(frozen=True)
class Edited:
    """A line in the manager's new words."""

    text: str


class Left(StrEnum):
    """A line that is left out: for the coach it does not exist."""

    OUT = "out"


Choices = Mapping[Part, Edited | Left]


def told(opening: WeekOpening, workflow: Workflow, week: Week) -> tuple[Told, ...]:
    """The summary's lines as the week gave them; a line that has nothing to say is not there."""
    found = [Told(Part.STAKE, phrase("summary_stake", work=workflow.work, stake=workflow.stake))]
    if week.item and week.part:
        tried = phrase("summary_tried", part=Term("Part", week.part), item=week.item)
        found.append(Told(Part.TRIED, tried))
    if workflow.readings or opening.theme >= FIRST_COUNTED:
        found.append(Told(Part.NUMBER, number(workflow)))
    if week.changed and week.changed_at:
        changed = phrase("summary_changed", quote=week.changed, on=week.changed_at.date())
        found.append(Told(Part.CHANGED, changed, week.changed))
    if week.obstacle:
        obstacle = phrase("summary_obstacle", obstacle=Term("Obstacle", week.obstacle))
        found.append(Told(Part.OBSTACLE, obstacle))
    if week.minutes is not None:
        found.append(Told(Part.MINDING, _minding(week)))
    if week.judged is not None:
        found.append(Told(Part.OUTPUT, _output(week.judged, week.expected)))
    if week.decision:
        decision = phrase("summary_decision", decision=Term("Decision", week.decision))
        found.append(Told(Part.DECISION, decision))
    if week.dimension is not None and week.told and week.told_at:
        found.append(_evidence(week.dimension, week.quoted or (Quoted(week.told, week.told_at.date()),)))
    if (missing := _open(opening, week)) is not None:
        found.append(Told(Part.OPEN, missing))
    found.append(Told(Part.RAILS, _rails(workflow, week)))
    return tuple(found)


def number(workflow: Workflow) -> Phrase:
    """The line of numbers and their label, as they stand in ``workflow``."""
    spoken = series.spoken(workflow)
    return phrase("summary_number", **{key: spoken[key] for key in ("measure", "before", "since", "label")})


def lines(of: Sequence[Told], choices: Choices) -> tuple[Phrase, ...]:
    """What the coach would see, at most eight lines with the one above; nothing of what was left out."""
    kept = [(each.part, says) for each, says in _kept(of, choices)]
    for pair in _TOGETHER:
        if len(kept) <= MOST_LINES:
            break
        kept = _joined(kept, pair)
    return tuple(says for _, says in kept)


def sent(manager: Manager, week: int, of: Sequence[Told], choices: Choices, at: datetime) -> SentSummary:
    """The summary as the manager sent it: its lines as they were shown, each part, and which share facts.

    A line in new words shares its words and no fact. Of what was left out nothing is kept.
    """
    shares = " ".join(each.part for each in of if each.part not in choices and each.shows)
    parts = {each.part.value: says for each, says in _kept(of, choices)}
    kept = dump({"lines": lines(of, choices), **parts})
    return SentSummary(week, at, kept, shares, manager.language, manager.coach_id)


def sent_lines(summary: SentSummary) -> tuple[Phrase, ...]:
    """The lines of a sent summary as they were sent; none once its words have gone."""
    found = load(summary.lines).get("lines", ()) if summary.lines else ()
    return tuple(each for each in found if isinstance(each, Phrase)) if isinstance(found, tuple) else ()


def told_again(summary: SentSummary, numbers: Phrase) -> tuple[Told, ...]:
    """The parts of a sent summary as they were sent, its numbers as they now stand."""
    kept = load(summary.lines) if summary.lines else {}
    shares = summary.shares.split()
    found = []
    for part in Part:
        says = kept.get(part)
        if isinstance(says, Phrase):
            quote = next(iter(quotes((says,))), "")
            now = numbers if part is Part.NUMBER and part in shares else says
            found.append(Told(part, now, quote, part in shares))
    return tuple(found)


def as_edited(told_line: Told, text: str) -> Phrase:
    """A line in new words. Its quote keeps its marks only where it still occurs."""
    part = Term("SummaryPart", told_line.part)
    quote = " ".join(told_line.quote.split())
    before, found, after = " ".join(text.split()).partition(quote) if quote else (text, "", "")
    if not found:
        return phrase("summary_edited", part=part, text=text)
    before, after = before.strip(_MARKS), after.strip(_MARKS)
    return phrase(
        "summary_edited_quote",
        part=part,
        before=before.strip(),
        gap_before=before.endswith(" "),
        quote=quote,
        gap_after=after.startswith(" "),
        after=after.strip(),
    )


_MARKS = "\"'“”„«»「」『』"


def _kept(of: Sequence[Told], choices: Choices) -> list[tuple[Told, Phrase]]:
    """The lines that are not left out, in the words they are left in."""
    return [
        (each, _as_left(each, choices.get(each.part)))
        for each in of
        if not isinstance(choices.get(each.part), Left)
    ]


def _as_left(line: Told, choice: Edited | Left | None) -> Phrase:
    return as_edited(line, choice.text) if isinstance(choice, Edited) else line.says


def _joined(kept: list[tuple[Part, Phrase]], pair: tuple[Part, Part]) -> list[tuple[Part, Phrase]]:
    """Two lines in one, if both are there and the second follows; else the second moves up to the first."""
    by_part = dict(kept)
    first, second = pair
    if first not in by_part or second not in by_part:
        return kept
    together = phrase("summary_run", one=by_part[first], two=by_part[second])
    return [(part, together if part is first else says) for part, says in kept if part is not second]


def _evidence(dimension: Dimension, quoted: Sequence[Quoted]) -> Told:
    """The week's judgment in the manager's own words: what was answered, or the passages picked from it."""
    first, *rest = quoted
    says = phrase("summary_evidence", dimension=Term("Dimension", dimension), quote=first.text, on=first.on)
    for each in rest:
        more = phrase("summary_evidence_more", quote=each.text, on=each.on)
        says = phrase("summary_run", one=says, two=more)
    return Told(Part.EVIDENCE, says, first.text)


def _minding(week: Week) -> Phrase:
    if not week.minutes:
        return phrase("summary_no_minding")
    minding = phrase("summary_minding", minutes=week.minutes, worth=Term("Worth", week.worth or "unsaid"))
    if not week.went:
        return minding
    return phrase("summary_run", one=minding, two=phrase("summary_moved", went=Term("Went", week.went)))


def _output(judged: Judged, expected: int | None) -> Phrase:
    if expected is None:
        return phrase("summary_output", judged=Term("Output", judged))
    likely = Term("Likelihood", f"p{expected}")
    return phrase("summary_output_expected", judged=Term("Output", judged), expected=likely)


def _open(opening: WeekOpening, week: Week) -> Phrase | None:
    """What was asked about judgment and has no words yet, and what this check-in did not cover."""
    asked = {Dimension(each.partition("_")[0]) for each in opening.asked}
    asked |= {week.dimension} if week.dimension is not None else set()
    seen = {Dimension(each) for each in opening.seen}
    seen |= {week.dimension} if week.dimension is not None and week.told else set()
    unseen = tuple(Term("Dimension", each) for each in Dimension if each in asked - seen)
    silent = tuple(Term("SummaryTopic", each) for each in week.silent_on)
    said = [phrase("summary_not_visible", dimensions=unseen)] if unseen else []
    said += [phrase("summary_not_covered", topics=silent)] if silent else []
    for one, two in pairwise(said):
        return phrase("summary_run", one=one, two=two)
    return said[0] if said else None


def _rails(workflow: Workflow, week: Week) -> Phrase:
    flagged = week.flags or (Flag.NONE,)
    flags = phrase("summary_flags", flags=tuple(Term("SummaryFlag", each) for each in flagged))
    rails = workflow.rails
    if rails is None:
        return flags
    confirmed = phrase(
        "summary_rails",
        market=Term("Market", rails.market),
        version=rails.version,
        on=rails.confirmed_at.date(),
    )
    return phrase("summary_run", one=confirmed, two=flags)


def shown_by(summary: SentSummary) -> frozenset[type[Fact]]:
    """The kinds of fact a sent summary shares."""
    parts = (part for part in Part if part in summary.shares.split())
    return frozenset(chain.from_iterable(SHOWS[part] for part in parts))


def quotes(of: Sequence[Slot]) -> tuple[str, ...]:
    """The verbatim quotes in lines, however they are joined."""
    found: list[str] = []
    for each in of:
        if isinstance(each, Phrase):
            found += [value for key, value in each.slots if key == "quote" and isinstance(value, str)]
            found += quotes([value for _, value in each.slots])
    return tuple(found)

"""The evidence note as a page: the work, the numbers, what the published rule says, decisions, own words.

The manager's own words are held short here, so that it stays one page; in the record they stand whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from unicodedata import east_asian_width

from bot.record.paper import Paper, Row, Section, Speaker
from coaching.evidence import Evidence, Number
from coaching.slots import Phrase, Slot, Term
from prompts.shortening import shorten

MOST_OF_A_QUOTE = 90  # visible characters of the manager's own words in one place …
MOST_IF_WIDE = 50  # … and of those that are as wide as they are high


def note_page(by: Speaker, note: Evidence | None) -> Paper:
    """The note, or a page that says that there is nothing to note yet."""
    person = by.person
    function, market = Term("Function", person.function), Term("Market", person.market)
    return Paper(
        by.language("evidence_title"),
        by.say("evidence_title"),
        by.say("evidence_of", name=person.name, function=function, market=market),
        by.say("evidence_nothing" if note is None else "evidence_owner", name=person.name),
        by.made,
        () if note is None else tuple(each for each in _noted(by, note) if each.rows),
        () if note is None or note.verdict is None else _large(by, note),
    )


def _large(by: Speaker, note: Evidence) -> tuple[Row, ...]:
    """The label and what became of the work, as large as each other."""
    assert note.verdict is not None
    decided = Term("Decision", note.decided) if note.decided else Term("EvidencePart", "undecided")
    rule = Row(_part(by, "rule"), by.spoken(Term("Label", note.verdict.label)))
    return (rule, Row(_part(by, "decided"), by.spoken(decided)))


def _noted(by: Speaker, note: Evidence) -> Iterator[Section]:
    work = [Row("", _short(note.work))]
    if note.stake:
        work.append(Row(_part(by, "stake"), _short(note.stake)))
    if note.balancing:
        work.append(Row(_part(by, "must_hold"), by.spoken(Term("Balancing", note.balancing))))
    span = {"began": _day(note.began), "until": _day(note.until)}
    work.append(Row(_part(by, "dates"), by.say("evidence_span", **span)))
    yield Section(_part(by, "work"), tuple(work[1:]) if not note.work else tuple(work))
    if note.verdict is not None:
        says: tuple[Slot, ...] = (
            Term("Says", note.verdict.label),
            Term("Because", note.verdict.reason or "none"),
            *note.method,
        )
        measure, told = by.spoken(Term("Measure", note.measure)), " ".join(filter(None, map(by.spoken, says)))
        yield Section(_part(by, "rests"), (Row(measure, told),))
        before = tuple(_number(by, each, n) for n, each in enumerate(note.before, 1))
        since = tuple(_number(by, each) for each in note.since)
        if note.left_off:
            since = (*since, Row("", by.say("evidence_earlier", n=note.left_off)))
        none = (Row("", _part(by, "none")),)
        yield Section(_part(by, "before"), before or none, is_half=True)
        yield Section(_part(by, "since"), since or none, is_half=True)
    decisions = (Row(_day(each.at), by.spoken(_with_short_words(each.what))) for each in note.decisions)
    yield Section(_part(by, "decisions"), tuple(decisions))
    quotes = (
        Row(
            _part(by, "to_next") if each.week is None else by.say("evidence_week", n=each.week),
            by.say("evidence_words", told=_short(each.told)),
        )
        for each in note.words
    )
    yield Section(_part(by, "words"), tuple(quotes))
    sentence = by.spoken(_with_short_words(note.sentence))
    yield Section(_part(by, "sentence"), (Row("", sentence),))


def _number(by: Speaker, number: Number, n: int = 0) -> Row:
    name = "evidence_unusual" if number.unusual else "evidence_number"
    name = name if number.counted else "evidence_practice"
    where = by.say("evidence_value", n=n) if number.week is None else None
    label = where or by.say("evidence_week", n=number.week or 0)
    value: dict[str, Slot] = {"value": number.value, "grade": Term("Grade", number.grade)}
    return Row(f"{label} · {_day(number.at)}", by.say(name, **value))


def _part(by: Speaker, name: str) -> str:
    return by.spoken(Term("EvidencePart", name))


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


def _short(text: str) -> str:
    is_wide = any(east_asian_width(each) in "WF" for each in text[:MOST_OF_A_QUOTE])
    return shorten(text, MOST_IF_WIDE if is_wide else MOST_OF_A_QUOTE)


def _with_short_words(said: Phrase) -> Phrase:
    """A line in which the manager's own words are held short, so that the page stays one."""
    return Phrase(said.name, tuple((n, _short(v) if isinstance(v, str) else v) for n, v in said.slots))

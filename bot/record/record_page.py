"""The whole record as a page for its manager to read: answers, facts, what was sent, what waits, until when.

The manager's words stand there as they are kept, never shortened.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.record.paper import Paper, Row, Section, Speaker
from bot.record.reading import Answer, Message, Record, Talk, Understood
from coaching import slots
from coaching.slots import Amount, Term

# Where a pressed button's words are, if its question has none of its own for it.
BUTTONS = ("answers", "PartLabel", "Measure", "Shape", "Market", "Function", "Language")
# The closed lists that a field's code is spoken from: by field, or by fact and field where they differ. Many
# are the buttons of the question it was answered with.
FAMILIES = {
    "market": "Market", "function": "Function", "language": "Language", "working_days": "WorkingDays",
    "shape": "Shape", "measure": "Measure", "unit": "Unit", "grade": "Grade", "goes_to": "goes_to",
    "ai_part": "PartLabel", "step": "PartLabel", "worth": "Worth", "went": "where_it_went",
    "judged": "Output", "other_change": "anything_else", "dimension": "Dimension", "question": "Judgment",
    "what": "Decision", "runs": "runs_differently", "sign": "RecordSign", "state": "RecordState",
    "status": "RecordStatus", "roles": "RecordRole", "rail": "RecordRail", "about": "RecordAbout",
    "stake.kind": "StakeKind", "measured.balancing": "Balancing", "beside.balancing": "balancing_this_week",
    "clarity.answer": "clearer", "permission.answer": "permission", "obstacle.kind": "RecordObstacle",
    "obstacle.which": "Obstacle stuck_by missing_element tool_not_listed what_failed",
    "concern.which": "wrong person RecordRail", "confirmation.checkpoint": "rail_checkpoint",
}  # fmt: skip


def record_page(by: Speaker, record: Record) -> Paper:
    """The whole record."""
    return Paper(
        by.language("record_title"),
        by.say("record_title"),
        by.say("record_for", name=by.person.name, at=by.at(by.now)),
        by.say("record_intro"),
        by.made,
        tuple(_recorded(by, record)),
    )


def _recorded(by: Speaker, record: Record) -> Iterator[Section]:
    nothing = (Row("", by.say("record_nothing")),)
    you = [Row(_field(by, name), _value(by, "", name, each)) for name, each in record.person.items()]
    you += [Row(str(each["channel"]), str(each["platform_id"] or "")) for each in record.reached_by]
    yield Section(_heading(by, "you"), tuple(row for row in you if row.text))
    yield Section(_heading(by, "kept"), _until(by, record))
    yield Section(_heading(by, "sent"), tuple(_summary(by, each) for each in record.sent) or nothing)
    yield Section(_heading(by, "signs"), tuple(_fact(by, each) for each in record.signs) or nothing)
    if record.gaps:
        yield Section(_heading(by, "gaps"), tuple(_gap(by, each) for each in record.gaps))
    yield Section(_heading(by, "looks"), (Row("", by.say("record_looks")),))
    yield Section(_heading(by, "waits"), tuple(_wait(by, each) for each in record.waiting) or nothing)
    for talk in record.talks:
        name = _talk(by, talk)
        answers = tuple(_answer(by, each) for each in talk.answers)
        if answers:
            yield Section(f"{name} · {_heading(by, 'words')}", answers)
        if talk.facts:
            yield Section(f"{name} · {_heading(by, 'facts')}", tuple(_fact(by, each) for each in talk.facts))
    typed = tuple(Row(by.at(each.at), each.text or by.say("record_faded")) for each in record.typed)
    if typed:
        yield Section(_heading(by, "typed"), typed)
    for table, rows in record.others.items():
        named = (tuple((name, str(value)) for name, value in row.items()) for row in rows)
        yield Section(table, tuple(Row("", pieces=pieces) for pieces in named))


def _until(by: Speaker, record: Record) -> tuple[Row, ...]:
    if record.words_until is None:
        rows = [Row("", by.say("record_until_working"))]
    else:
        rows = [Row("", by.say("record_until_ended", until=record.words_until.isoformat()))]
    if record.held_since is not None:
        rows.append(Row("", by.say("record_held", since=record.held_since.date().isoformat())))
    return tuple(rows)


def _summary(by: Speaker, sent: Understood) -> Row:
    week = by.say("record_sent_week", week=int(sent.values["week"]))
    kept = sent.values["lines"]
    lines = slots.load(kept)["lines"] if kept else ()
    told = lines if isinstance(lines, tuple) else (lines,)
    text = "\n".join(map(by.spoken, told)) or by.say("record_faded")
    return Row(by.at(sent.values["sent_at"]), text, mark=week)


def _answer(by: Speaker, answer: Answer) -> Row:
    mark = by.say("record_back") if answer.taken_back else ""
    match answer.said:
        case None:
            return Row(by.at(answer.at), by.say("record_faded"), mark=mark)
        case str() as text if answer.form == "words":
            return Row(by.at(answer.at), text, mark=mark)
        case str() as value if answer.form == "passed":
            return Row(by.at(answer.at), by.term(value, "RecordPassed"), mark=mark)
        case str() as value:
            pressed = by.term(value, answer.name, *BUTTONS)
            return Row(by.at(answer.at), by.say("record_tapped", text=pressed), mark=mark)
        case filled:
            pieces = tuple((_field(by, name), text) for name, text in filled.items())
            return Row(by.at(answer.at), pieces=pieces, mark=mark)


def _fact(by: Speaker, fact: Understood) -> Row:
    pieces = tuple(_pieces(by, fact))
    mark = "" if fact.stands else by.say("record_replaced")
    return Row(by.term(fact.kind, "RecordFact"), by.at(fact.said_at), pieces, mark)


def _pieces(by: Speaker, fact: Understood) -> Iterator[tuple[str, str]]:
    known = dict(fact.values)
    for first in ("low", "target"):
        if first in known and "unit" in known:
            unit, low, high = known.pop("unit"), known.pop(first), known.pop("high", None)
            value = Amount(low, unit, None if high == low else high)
            try:
                yield _field(by, first), by.spoken(value)
            except KeyError:  # a unit that this language has no word for
                yield _field(by, first), f"{low} {unit}"
    for name, value in known.items():
        text = _value(by, fact.kind, name, value)
        if text:
            yield _field(by, name), text


def _gap(by: Speaker, gap: Understood) -> Row:
    rail, market = str(gap.values["rail"]), str(gap.values["market"])
    asked = by.say("record_gap", rail=by.term(rail, "RecordRail"), market=by.term(market, "Market"))
    return Row(by.at(gap.said_at), asked)


def _wait(by: Speaker, message: Message) -> Row:
    return Row(by.at(message.due_at), by.term(message.kind, "RecordWaits"))


def _talk(by: Speaker, talk: Talk) -> str:
    known = ("start", "week", "hold", "wrong", "person")
    return by.say(f"record_talk_{talk.kind if talk.kind in known else 'other'}", n=talk.ordinal)


def _value(by: Speaker, kind: str, name: str, value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return by.term("yes" if value else "no", "answers")
        case datetime():
            return by.at(value)
        case date():
            return value.isoformat()
        case int() | Decimal():
            return by.spoken(value)
        case list() | tuple():
            return " · ".join(by.term(str(each), *_families(kind, name)) for each in value)
    return by.term(str(value), *_families(kind, name))


def _families(kind: str, name: str) -> list[str]:
    return (FAMILIES.get(f"{kind}.{name}") or FAMILIES.get(name) or "").split()


def _heading(by: Speaker, name: str) -> str:
    return by.spoken(Term("RecordPart", name))


def _field(by: Speaker, name: str) -> str:
    return by.term(name, "RecordField")

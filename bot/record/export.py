"""The record as a file a program can read. Its names are documented in docs/export.md and stay.

A name is added when something new is kept; none changes its meaning or goes without a new ``version``.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.record.reading import Record, Talk, Understood

FORMAT = "unbadged-record"
VERSION = 1


def as_json(record: Record) -> str:
    """The record as JSON text: moments in UTC, numbers with decimals as text, what is unknown as null."""
    whole = {
        "format": FORMAT,
        "version": VERSION,
        "person": record.person,
        "reached_by": record.reached_by,
        "words_until": record.words_until,
        "held_since": record.held_since,
        "conversations": [_talk(each) for each in record.talks],
        "sent_to_coach": [_understood(each) for each in record.sent],
        "signs": [_understood(each) for each in record.signs],
        "market_questions": [_understood(each) for each in record.gaps],
        "looked_at_by": [],  # nobody else can open a record in this version
        "typed": [dataclasses.asdict(each) for each in record.typed],
        "messages": [dataclasses.asdict(each) for each in record.messages],
        "others": record.others,
    }
    return json.dumps(_plain(whole), ensure_ascii=False, indent=2)


def _talk(talk: Talk) -> dict[str, Any]:
    named = {field.name: getattr(talk, field.name) for field in dataclasses.fields(talk)}
    named["answers"] = [dataclasses.asdict(each) for each in talk.answers]
    named["facts"] = [_understood(each) for each in talk.facts]
    return named


def _understood(fact: Understood) -> dict[str, Any]:
    named = {field.name: getattr(fact, field.name) for field in dataclasses.fields(fact)}
    if "lines" in fact.values and fact.values["lines"] is not None:
        named["values"] = {**fact.values, "lines": json.loads(fact.values["lines"])["lines"]}
    return named


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case _:
            return value

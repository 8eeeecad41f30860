"""A message was deleted by whoever wrote it: its words go from everything here that repeats them.

What was confirmed stays as numbers, dates and choices, and so does what has left for somebody else's eyes. In
place of the words stands an ellipsis, so that work in hand goes on without them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table

from coaching.consulting import ENTRY
from storage import conversations, schema
from storage.fact_tables import FIELDS, TABLES
from storage.inbound import Answered
from storage.scope import Row, Scope

GONE = "…"
# Shorter words are said by chance elsewhere: they are looked for only where they were an answer.
LONG, LONG_SPACELESS = 12, 6
PASSAGE = 8  # so short may be what was picked out of an answer as its quote
_QUOTES = "\"'“”„‘’「」『』"
_SPACELESS = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_CODES = frozenset({"number", "moment", "day", "hour", "choice", "date", "amount", "term"})
_NAMED = frozenset({"record", "phrase"})  # whose first part is a name


@dataclass(frozen=True)
class _Words:
    """What is to go. ``of``: the conversation it was an answer in; ``others``: what other messages say;
    ``picked``: what was found to be a passage of it.
    """

    text: str
    of: str
    others: frozenset[str] = frozenset()
    pattern: re.Pattern[str] = field(init=False)
    picked: set[str] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pattern", _pattern(self.text))

    @property
    def is_telling(self) -> bool:
        return len(self.text) >= (LONG_SPACELESS if _SPACELESS.search(self.text) else LONG)

    def taken_from(self, text: str, conversation_id: str) -> str:
        """``text`` without them, as far as they are known to have come from the message."""
        if self.is_telling:
            left = self.pattern.sub(GONE, text)
            if left != text or conversation_id != self.of or not self.holds(text.strip()):
                return left
            self.picked.add(text.strip())
            return GONE
        is_it = conversation_id == self.of and self.pattern.fullmatch(text.strip()) is not None
        return GONE if is_it else text

    def are_shown_by(self, text: str) -> bool:
        """Whether whoever reads ``text`` reads them, or a passage of them."""
        bare = text.strip().strip(_QUOTES)
        if self.pattern.fullmatch(bare) or (self.is_telling and self.pattern.search(text)):
            return True
        return self.holds(bare)

    def holds(self, passage: str) -> bool:
        """Whether this was picked out of them; too few letters are found anywhere."""
        enough = LONG_SPACELESS if _SPACELESS.search(passage) else PASSAGE
        if len(passage) < enough or passage.casefold() in self.others:
            return False
        return _pattern(passage).search(self.text) is not None


def _pattern(text: str) -> re.Pattern[str]:
    """Whole words, however they are spaced and whichever are capitals."""
    inner = r"\s+".join(map(re.escape, text.split()))
    edges = ("", "") if _SPACELESS.search(text) else (r"(?<!\w)", r"(?!\w)")
    return re.compile(f"{edges[0]}{inner}{edges[1]}", re.IGNORECASE)


def take_back(scope: Scope, person_id: str, answered: Answered) -> bool:
    """Take away the words of one answer, wherever they stand. Whether somebody else has seen them already."""
    line = schema.journal
    there = scope.rows(line, line.c.person_id == person_id)
    this = [
        each for each in there if _key(each) == (answered.conversation_id, answered.name, answered.asking)
    ]
    said = [text for row in this for text in _said(scope, row)]
    kept = {text for row in there if row not in this and _stands(row) for text in _said(scope, row)}
    conversations.take_words(scope, answered.conversation_id, answered.name, answered.asking)
    _take_what_stood_before(scope, answered)
    seen = False
    for text in said:
        if text.strip() and text not in kept:  # what they wrote in another message too, that one still says
            others = frozenset(each.strip().casefold() for each in kept)
            words = _Words(text.strip(), answered.conversation_id, others)
            seen = _take(scope, person_id, words) or seen
    return seen


def _take(scope: Scope, person_id: str, words: _Words) -> bool:
    """Take them from the facts, and where they are many from all that was made of them."""
    seen = False
    for kind, table in TABLES.items():
        sealed = [each.name for each in FIELDS[kind] if each.sealed]
        if kind.LEFT:
            seen = seen or any(_is_seen_in(scope, table, person_id, name, words) for name in sealed)
            continue
        for name in sealed:
            for row, text in _texts(scope, table, person_id, name):
                _keep(scope, table, row, name, words.taken_from(text, row["conversation_id"]), text)
    if words.is_telling:
        for table, name in (
            (schema.conversation, "opening"),
            (schema.job, "body"),
            (schema.journal, "answer"),
        ):
            for row, text in _texts(scope, table, person_id, name):
                _keep(scope, table, row, name, _in_json(text, words) if _is_json(table, row) else text, text)
    _take_what_was_picked(scope, person_id, words)
    return seen


def _take_what_was_picked(scope: Scope, person_id: str, words: _Words) -> None:
    """What a model found in them goes whole; where it is still needed the model is asked anew."""
    line = schema.journal
    found = line.c.kind == "found", line.c.name.startswith(ENTRY, autoescape=True)
    for row in scope.rows(line, line.c.conversation_id == words.of, *found, line.c.answer.is_not(None)):
        text = scope.sealer.unseal(person_id, row["answer"])
        if text is not None and any(map(words.holds, _leaves(_loaded(text)))):
            conversations.take_words(scope, words.of, row["name"], row["asking"])


def _take_what_stood_before(scope: Scope, answered: Answered) -> None:
    """A message that was edited answered more than once; what it said before counts no more and goes too."""
    line = schema.journal
    of = line.c.conversation_id == answered.conversation_id, line.c.name == answered.name
    scope.update(line, {"answer": None}, *of, line.c.kind == "words", line.c.withdrawn_at.is_not(None))


def _keep(scope: Scope, table: Table, row: Row, name: str, left: str, text: str) -> None:
    if left != text:
        this = [
            each == row[each.name] for each in table.primary_key.columns if each.name != "organisation_id"
        ]
        scope.update(table, {name: scope.sealer.seal(row["person_id"], left)}, *this)


def _texts(scope: Scope, table: Table, person_id: str, name: str) -> Iterator[tuple[Row, str]]:
    for row in scope.rows(table, table.c.person_id == person_id, table.c[name].is_not(None)):
        text = scope.sealer.unseal(person_id, row[name])
        if text:
            yield row, text


def _is_seen_in(scope: Scope, table: Table, person_id: str, name: str, words: _Words) -> bool:
    found = (_loaded(text) for _, text in _texts(scope, table, person_id, name))
    return any(words.are_shown_by(leaf) for value in found for leaf in _leaves(value))


def _loaded(text: str) -> Any:
    """What a text holds, if it is JSON, however often it was dumped; else the text."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return [_loaded(each) for each in _leaves(value)] if isinstance(value, list | dict | str) else text


def _leaves(value: Any) -> Iterator[str]:
    """The texts in what was dumped; names, codes and numbers are none."""
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from _leaves(each)
        case Mapping():
            for key, each in value.items():
                if key in _NAMED and isinstance(each, list):
                    yield from _leaves(each[1:])
                elif key not in _CODES:
                    yield from _leaves(each)


def _is_json(table: Table, row: Row) -> bool:
    return table is not schema.journal or row["kind"] == "found"


def _in_json(text: str, words: _Words) -> str:
    left = _walked(json.loads(text), words)
    return json.dumps(left, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _walked(value: Any, words: _Words) -> Any:
    """What was dumped, with the words out of its texts; names, codes and numbers are none."""
    match value:
        case str():
            return GONE if value.strip() in words.picked else words.pattern.sub(GONE, value)
        case list():
            return [_walked(each, words) for each in value]
        case Mapping():
            return {key: _part(key, each, words) for key, each in value.items()}
    return value


def _part(key: str, value: Any, words: _Words) -> Any:
    if key in _CODES:
        return value
    if key in _NAMED and isinstance(value, list):
        return [*value[:1], *(_walked(each, words) for each in value[1:])]
    return _walked(value, words)


def _said(scope: Scope, row: Row) -> list[str]:
    """What a person typed for one answer."""
    text = scope.sealer.unseal(row["person_id"], row["answer"])
    if text is None or row["kind"] not in ("words", "form"):
        return []
    return [text] if row["kind"] == "words" else [str(each) for each in json.loads(text).values()]


def _key(row: Row) -> tuple[str, str, int]:
    return row["conversation_id"], row["name"], row["asking"]


def _stands(row: Row) -> bool:
    return row["withdrawn_at"] is None

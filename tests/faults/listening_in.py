"""Listens to every logger at its loudest, and knows what must never be heard: what managers write, and names.
What is heard is kept twice: as it leaves the house through its one door, and as it was before the door.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from bot import demo, logs
from tests.conversation import read
from tests.words.lines import parts

_WORD = re.compile(r"\w[\w'-]*")
# What every record has, and what of it is looked at by itself.
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "taskName"}
WINDOW = 3  # so many words of a sentence, one after the other, are that sentence
WINDOW_UNSPACED = 6  # so many characters where words are not separated
LONG_ENOUGH = 14  # characters; "it was not" may stand in any log


class Heard(logging.Handler):
    """What came out, and every record as it was made."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.door = io.StringIO()
        self.said: list[str] = []
        self.loggers: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self.loggers.add(record.name.partition(".")[0])
        self.said.append(record.getMessage())
        if record.args:
            self.said.append(repr(record.args))
        for name in vars(record).keys() - _USUAL:
            self.said.append(repr(vars(record)[name]))

    def found_in_records(self, needles: set[str]) -> set[str]:
        return found(needles, "\n".join(self.said))

    def found_at_the_door(self, needles: set[str]) -> set[str]:
        return found(needles, self.door.getvalue())


def found(needles: set[str], text: str) -> set[str]:
    """Which of them are in a text: sentences in any case, a single word only as it was written."""
    folded, words = text.casefold(), set(_WORD.findall(text))
    single = {each for each in needles if _WORD.fullmatch(each)}
    return (single & words) | {each for each in needles - single if each.casefold() in folded}


@contextmanager
def everything_is_logged() -> Iterator[Heard]:
    """All loggers at DEBUG, those that are made meanwhile too; afterwards as before."""
    root, heard = logging.getLogger(), Heard()
    before = root.handlers[:], root.level
    levels = {logger: logger.level for logger in _loggers()}
    logs.set_up("DEBUG", heard.door)
    root.addHandler(heard)
    root.setLevel(logging.DEBUG)
    for logger in _loggers():
        logger.setLevel(logging.DEBUG)
        logger.disabled = False
    try:
        yield heard
    finally:
        root.handlers[:], root.level = before
        for logger in _loggers():
            logger.setLevel(levels.get(logger, logging.NOTSET))
        logging.captureWarnings(False)


def _loggers() -> list[logging.Logger]:
    made = logging.getLogger().manager.loggerDict.values()
    return [each for each in made if isinstance(each, logging.Logger)]


def words_of(text: str) -> set[str]:
    """What a manager wrote in a conversation: whole, in pieces of a few words, and the names in it."""
    did = [what for how, what in read(text).actions if how == "did"]
    typed = [what for what in did if what[0] not in "[{" and _says_something(what)]
    needles = {each for each in typed if len(each) >= LONG_ENOUGH}
    for each in typed:
        needles |= _pieces(each) | _names(each)
    return needles


def people() -> set[str]:
    """Names and addresses of whom the roster has."""
    everybody = (*demo.MANAGERS, demo.COACH, demo.OWNER)
    return {each.name for each in everybody} | {each.email for each in everybody if each.email}


def managers() -> set[str]:
    """Those of them whom no published contact list names."""
    return {each.name for each in demo.MANAGERS} | {each.email for each in demo.MANAGERS if each.email}


def _says_something(text: str) -> bool:
    return len(re.sub(r"[\W\d]", "", text)) > 4  # numbers are facts, and "now" is nobody's secret


def _pieces(text: str) -> set[str]:
    if " " not in text:
        return {text[at : at + WINDOW_UNSPACED] for at in range(len(text) - WINDOW_UNSPACED + 1)}
    words = [match.span() for match in _WORD.finditer(text)]
    cuts = ((words[at][0], words[at + WINDOW - 1][1]) for at in range(len(words) - WINDOW + 1))
    return {piece for start, end in cuts if len(piece := text[start:end]) >= LONG_ENOUGH}


def _names(text: str) -> set[str]:
    """Words that are written large in mid-sentence and are in no line of ours."""
    ours = {word for part in parts() for piece in part.texts for word in _WORD.findall(piece)}
    large = re.findall(r"(?<=[a-z,] )[A-Z]\w{3,}", text)
    return {word for word in large if word not in ours}

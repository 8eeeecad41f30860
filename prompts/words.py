"""Turns a name into words for one reader: the coach's line, its buttons and boxes, in their language.
What a language does not have yet is said in English, and the caller can ask whether that happened.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from coaching.needs import Kind, Line, Option, Question
from coaching.reflexes import Reflex
from coaching.slots import Amount, Slots
from prompts import typed
from prompts.language import MASTER, Language, Limits, load
from prompts.shortening import Limit
from prompts.voice import Voice

HERE = Path(__file__).parent
ANY_LENGTH = Limit(2000)
USUAL = frozenset({"yes", "no", *Reflex})  # their buttons have a usual label, in the message `answers`


@dataclass(frozen=True)
class Reader:
    """Who reads. language: a folder's name. locale: like ``en-SG``. zone: IANA name."""

    language: str
    locale: str
    zone: str


@dataclass(frozen=True)
class Button:
    """A button: what it stands for, and what it says."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """A box to fill in: its name, and what it says."""

    name: str
    label: str


@dataclass(frozen=True)
class Message:
    """What is shown. Plain text: a channel escapes what its own markup would read."""

    text: str
    buttons: tuple[Button, ...] = ()
    fields: tuple[Field, ...] = ()
    card: bool = False


class Words:
    """All languages, read once; nothing in here changes afterwards."""

    def __init__(self, folder: Path = HERE) -> None:
        """Read every language under ``folder``. ValueError names a file with a fault."""
        found = sorted(path.parent for path in folder.glob("*/language.toml"))
        self.languages: Mapping[str, Language] = MappingProxyType({path.name: load(path) for path in found})
        if MASTER not in self.languages:
            raise ValueError(f"{folder / MASTER / 'language.toml'} is missing; English is always there")
        self._cards = frozenset(tomllib.loads((folder / "cards.toml").read_text(encoding="utf-8"))["cards"])
        self._lists = {code: _lists(each) for code, each in self.languages.items()}

    def reader(self, language: str, market: str, zone: str) -> Reader:
        """The reader of ``language`` in ``market`` (ISO country), written as is usual there."""
        spoken = self.languages.get(language, self.languages[MASTER])
        return Reader(language, spoken.locale(f"{spoken.code}-{market}"), zone)

    def covered(self, language: str, name: str) -> bool:
        """Whether ``language`` says ``name`` itself. If not, English is what the reader gets."""
        spoken = self.languages.get(language)
        script = spoken.scripts.get(name) if spoken else None
        return spoken is not None and (script in spoken.covers or (script is not None and language == MASTER))

    def line(self, reader: Reader, name: str, slots: Slots) -> str:
        """One line. KeyError names the file in which a name or a slot is missing."""
        voice = self._voice(reader, name)
        return voice.say(name, slots, self._length(voice.language.limits, name)).strip()

    def message(self, reader: Reader, of: Question | Line) -> Message:
        """A question with its buttons and boxes, or a line. KeyError names the file that lacks something."""
        voice = self._voice(reader, of.name)
        text = self.line(reader, of.name, of.slots)
        card = of.name in self._cards
        if isinstance(of, Line):
            return Message(text, card=card)
        limit = voice.language.limits.field
        fields = (Field(box, voice.say(of.name, of.slots, limit, part=f"field-{box}")) for box in of.fields)
        return Message(text, self._buttons(voice, of), tuple(fields), card)

    def days(self, reader: Reader, digits: str) -> str:
        """Working days kept as digits, Monday 0, in words: "01234" is "Mon–Fri"."""
        spoken = self.languages.get(reader.language, self.languages[MASTER])
        return Voice(spoken, spoken.locale(reader.locale), reader.zone).days(digits)

    def choice(self, reader: Reader, question: Question, text: str) -> str | None:
        """The value of the one button that ``text`` names by its label, its number, or as yes or no.

        Where free text is an answer too, or the buttons are amounts, a bare number is not a button's.
        """
        voice = self._voice(reader, question.name)
        said = typed.readings(text, self._listed(reader, "polite_words"), spaced=self._is_spaced(reader))
        named: set[str] = set()
        shown = self._buttons(voice, question)
        for option, button in zip(question.options, shown, strict=True):
            labels = {typed.plain(button.label), typed.plain(_label(voice, question, option, ANY_LENGTH))}
            if labels.intersection(said):
                named.add(option.value)
        at = typed.number(text) if _is_numbered(question) else None
        if at is not None and at <= len(shown):
            named.add(shown[at - 1].value)
        if {"yes", "no"} <= {option.value for option in question.options}:
            named |= {v for v in ("yes", "no") if set(self._listed(reader, f"{v}_words")).intersection(said)}
        return named.pop() if len(named) == 1 else None

    def button(self, reader: Reader, name: str, value: str) -> str:
        """What the button ``value`` of a question says; for what only data knows, the value itself."""
        voice = self._voice(reader, name) if self._knows(name) else None
        if voice is not None and voice.has(name, value):
            return voice.say(name, {}, ANY_LENGTH, part=value, anywhere=True)
        usual = Voice(voice.language, reader.locale, reader.zone) if voice else self._voice(reader, "answers")
        if value in USUAL:
            return usual.say("answers", {}, ANY_LENGTH, part=value, anywhere=True)
        try:
            return usual.short().value(datetime.fromisoformat(value), ANY_LENGTH, anywhere=True)
        except ValueError:
            return value.replace("_", " ")

    def _knows(self, name: str) -> bool:
        return name in self.languages[MASTER].scripts

    def reflex(self, reader: Reader, text: str) -> Reflex | None:
        """What the whole message means at any moment, in the reader's language or in English."""
        polite = self._listed(reader, "polite_words")
        for said in typed.readings(text, polite, spaced=self._is_spaced(reader)):
            for each in Reflex:
                if said in self._listed(reader, f"reflex-{each.value}"):
                    return each
        return None

    def _voice(self, reader: Reader, name: str) -> Voice:
        spoken = self.languages[reader.language if self.covered(reader.language, name) else MASTER]
        return Voice(spoken, spoken.locale(reader.locale), reader.zone)

    def _length(self, limits: Limits, name: str) -> Limit:
        return limits.card if name in self._cards else limits.line

    def _buttons(self, voice: Voice, question: Question) -> tuple[Button, ...]:
        limit = voice.language.limits.button
        labels = [_label(voice, question, option, limit) for option in question.options]
        twice = {label for label, times in Counter(labels).items() if times > 1}
        # Two long names that begin alike would be one button twice: then the number tells them apart.
        short = Limit(limit.graphemes - 3)
        for at, (option, label) in enumerate(zip(question.options, labels, strict=True)):
            if label in twice:
                labels[at] = f"{at + 1}. {_label(voice, question, option, short)}"
        return tuple(Button(option.value, labels[at]) for at, option in enumerate(question.options))

    def _listed(self, reader: Reader, name: str) -> tuple[str, ...]:
        codes = [code for code in dict.fromkeys((reader.language, MASTER)) if code in self._lists]
        return tuple(chain.from_iterable(self._lists[code].get(name, ()) for code in codes))

    def _is_spaced(self, reader: Reader) -> bool:
        return self.languages.get(reader.language, self.languages[MASTER]).spaced


def _label(voice: Voice, question: Question, option: Option, limit: Limit) -> str:
    """What a button says: data's own words, the question's word for the value, or the usual word."""
    writing = voice.short()
    if option.label is not None:
        return writing.value(option.label, limit, anywhere=True)
    usual = option.value in USUAL and not voice.has(question.name, option.value)
    name = "answers" if usual else question.name
    return writing.say(name, question.slots, limit, part=option.value, anywhere=True)


def _is_numbered(question: Question) -> bool:
    """Whether a bare number can only mean the button at that place."""
    amounts = any(isinstance(option.label, Amount | Decimal | int) for option in question.options)
    return question.kind is Kind.CHOOSE and not amounts


def _lists(language: Language) -> Mapping[str, tuple[str, ...]]:
    """The lists of words a language answers to, by message name."""
    voice = Voice(language, language.locale(""), "UTC")
    names = ("yes_words", "no_words", "polite_words", *(f"reflex-{each.value}" for each in Reflex))
    return {name: typed.phrases(voice.text(name)) for name in names if voice.has(name)}

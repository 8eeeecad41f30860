"""How a conversation of weeks is held: a script that reads like the talk, and a journal of answers.

The theory, in one page:
A *script* is a coroutine that reads from top to bottom like the conversation it holds. It may await three
things only: the person (``ask``, ``choose``, ``agrees``, ``fill``), the calendar (``until``) and a lookup
(``fetch``). It sees no clock, no network, no database.

Nothing of a running script is ever stored. What is stored is the *journal*: answers by name. To go on, the
script runs again from its first line and is handed what the journal knows; the first thing it awaits that
the journal does not know is where the conversation stands. ``play`` does one such run and is pure: the same
script, opening and journal give the same turn. So a conversation outlives restarts, deploys and edits.

*Names, never positions.* An answer is found by its question's name. Where a script asks the same name again
(a loop), the journal's standing entries of that name are handed out in the order of their ``asking``.

*Withdrawing is not forgetting.* ``back`` and ``change an answer`` mark an entry withdrawn (and the later
ones of the same name, which followed from it). Entries of other names stay. But a *confirming* question is
credited only if it is asked again with the slots and options the person saw: a digest of them is kept with
each answer. If they differ, the old yes is not a yes to this; ``Turn.withdrawn`` names it and it is asked
anew. An option that no longer exists, likewise.

*Said once.* Lines that stand before a known answer were said long ago; a turn holds only what comes after
the last answer that was known.

*Moments.* Each entry has its moment, in the person's zone. ``coach.moment`` is the moment of the last entry
read: the only "now" a script has, so that a date computed today is the same date tomorrow.

*Facts.* A script keeps facts as it goes; the turn carries all that hold at this point. Storage makes its
tables equal to them: changed ones replaced, absent ones withdrawn. What has left (a sent summary, a message
to an owner) declares so itself and is never taken back.
"""

from __future__ import annotations

import types
from collections import Counter
from collections.abc import Awaitable, Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from coaching.journal import Answer, Entry, Form, Found, Journal, Passed, Tap, Words
from coaching.needs import Holds, Kind, Line, Lookup, Need, Option, Question, Wait
from coaching.reflexes import Reflex
from coaching.slots import Slot

E = TypeVar("E", bound=StrEnum)
O_co = TypeVar("O_co", covariant=True)  # the opening of a conversation


@dataclass(frozen=True)
class Turn:
    """Where a conversation stands: what is new to say, what holds, what is awaited, what is no longer
    credited.

    ``needs`` is None when the conversation has ended; ``result`` is then what the script returned.
    """

    said: tuple[Line, ...]
    facts: Mapping[str, Any]
    needs: Need | None
    result: Any
    withdrawn: tuple[Entry, ...]


class OutOfTimeError(Exception):
    """A question asked within ``coach.by`` was not answered in time."""


class Coach(Generic[O_co]):
    """What a script talks to. Everything it says, keeps or awaits goes through here."""

    def __init__(self, opening: O_co, opened_at: datetime, journal: Journal) -> None:
        self._opening = opening
        self.moment = opened_at
        self._journal = journal
        self._lapses: datetime | None = None
        self._asked = Counter(entry.name for entry in journal.entries)
        self._standing: dict[str, list[Entry]] = {}
        for entry in journal.entries:
            if not entry.withdrawn:
                self._standing.setdefault(entry.name, []).append(entry)
        self.said: list[Line] = []
        self.facts: dict[str, Any] = {}
        self.withdrawn: list[Entry] = []

    @property
    def opening(self) -> O_co:
        """What was known when the conversation opened, as corrected by the person since."""
        return self._opening

    def correct(self, opening: Any) -> None:
        """Go on with another opening from here; it may derive from answers only."""
        self._opening = opening

    def sign(self, text: str) -> str:
        """A digest of ``text`` that only this person's key can make."""
        return self._journal.sign(text)

    def say(self, name: str, **slots: Slot) -> None:
        """Say one line; nothing is awaited."""
        self.said.append(Line(name, slots))

    def keep(self, name: str, fact: Any) -> None:
        """Hold that ``fact`` is so from here on; the same name again replaces it."""
        self.facts[name] = fact

    async def ask(self, name: str, **slots: Slot) -> str:
        """Ask for a line of free text."""
        answer = await self._person(Question(name, self._asking(name), Kind.ASK, slots))
        return answer.text if isinstance(answer, Words) else ""

    async def may_ask(self, name: str, **slots: Slot) -> str | None:
        """Ask for a line of free text that may be skipped: then None."""
        skip = _buttons((), (Reflex.SKIP,))
        answer = await self._person(Question(name, self._asking(name), Kind.ASK, slots, skip, skippable=True))
        return answer.text if isinstance(answer, Words) else None

    async def ask_or(
        self, name: str, choices: type[E], *, beside: tuple[Reflex, ...] = (), **slots: Slot
    ) -> str | E:
        """Ask for free text beside buttons; what comes back says which it was."""
        buttons = _buttons(choices, beside)
        answer = await self._person(Question(name, self._asking(name), Kind.ASK, slots, buttons))
        return choices(answer.value) if isinstance(answer, Tap) else _text(answer)

    async def choose(
        self,
        name: str,
        choices: type[E],
        *,
        among: tuple[E, ...] = (),
        beside: tuple[Reflex, ...] = (),
        confirms: bool = False,
        **slots: Slot,
    ) -> E:
        """Ask for one of ``choices`` (or ``among`` them). ``confirms`` binds the answer to what was shown.

        Buttons ``beside`` them are reflexes: the script never sees them, the question stays open under them.
        """
        buttons = _buttons(among or choices, beside)
        question = Question(name, self._asking(name), Kind.CHOOSE, slots, buttons, confirms=confirms)
        return choices(_text(await self._person(question)))

    async def may_choose(
        self,
        name: str,
        choices: type[E],
        *,
        beside: tuple[Reflex, ...] = (),
        confirms: bool = False,
        **slots: Slot,
    ) -> E | None:
        """Ask for one of ``choices``, or let it be skipped: then None."""
        buttons, asking = _buttons(choices, beside), self._asking(name)
        answer = await self._person(
            Question(name, asking, Kind.CHOOSE, slots, buttons, confirms=confirms, skippable=True)
        )
        return choices(answer.value) if isinstance(answer, Tap) else None

    async def pick(
        self,
        name: str,
        options: tuple[Option, ...],
        *,
        typed: bool = False,
        confirms: bool = False,
        **slots: Slot,
    ) -> str:
        """Ask for one of ``options`` that only data knows; ``typed`` allows own words instead."""
        kind = Kind.ASK if typed else Kind.CHOOSE
        question = Question(name, self._asking(name), kind, slots, options, confirms=confirms)
        return _text(await self._person(question))

    async def agrees(self, name: str, **slots: Slot) -> bool:
        """Ask for yes or no to exactly this."""
        options = (Option("yes"), Option("no"))
        question = Question(name, self._asking(name), Kind.CHOOSE, slots, options, confirms=True)
        return await self._person(question) == Tap("yes")

    async def fill(
        self, name: str, fields: tuple[str, ...], choices: type[E], **slots: Slot
    ) -> Mapping[str, str] | str | E:
        """Ask with boxes; one line of text will do as well, and so will a button of ``choices``."""
        buttons = _buttons(choices, ())
        answer = await self._person(Question(name, self._asking(name), Kind.FILL, slots, buttons, fields))
        if isinstance(answer, Form):
            return answer.fields
        return choices(answer.value) if isinstance(answer, Tap) else _text(answer)

    async def until(self, name: str, at: datetime, *, nudge: str, early: bool = True) -> Passed:
        """Wait for a moment; a person who need not wait may go on before."""
        entry = self._next(name)
        while entry is None:
            await _await(Wait(name, self._asking(name), at, nudge, early))
        self._known(entry)
        return Passed.EARLY if entry.answer is Passed.EARLY else Passed.REACHED

    async def fetch(self, name: str, query: str, holds: Holds, **slots: Slot) -> Any:
        """Look something up outside; None if nobody knew in time. Whichever answer comes first counts."""
        entry = self._next(name)
        while entry is None:
            await _await(Lookup(name, self._asking(name), query, slots, holds))
        if holds is Holds.CONVERSATION:
            self._known(entry)
        return entry.answer.value if isinstance(entry.answer, Found) else None

    @contextmanager
    def by(self, at: datetime) -> Iterator[None]:
        """Questions asked within lapse at that moment, ending the block by `OutOfTimeError`."""
        outer, self._lapses = self._lapses, at
        try:
            yield
        finally:
            self._lapses = outer

    async def _person(self, question: Question) -> Answer:
        if self._lapses is not None:
            question = replace(question, lapses=self._lapses)
        entry = self._next(question.name)
        while entry is None or not self._credits(entry, question):
            await _await(question)
        self._known(entry)
        if entry.answer is Passed.LAPSED:
            raise OutOfTimeError
        return entry.answer

    def _asking(self, name: str) -> int:
        return self._asked[name] + 1

    def _credits(self, entry: Entry, question: Question) -> bool:
        """Whether the entry answers this question as it now stands; if not, it and its followers go."""
        answer = entry.answer
        gone = isinstance(answer, Tap) and answer.value not in {option.value for option in question.options}
        gone = gone or (answer is Passed.SKIPPED and not question.skippable)
        other = (
            question.confirms
            and answer is not Passed.LAPSED
            and entry.digest != self._journal.sign(question.seen())
        )
        if gone or other:
            self.withdrawn += [entry, *self._standing[question.name]]
            return False
        return True

    def _next(self, name: str) -> Entry | None:
        waiting = self._standing.get(name)
        return waiting.pop(0) if waiting else None

    def _known(self, entry: Entry) -> None:
        self.said.clear()
        self.moment = entry.moment


def _buttons(choices: Iterable[StrEnum], beside: tuple[Reflex, ...]) -> tuple[Option, ...]:
    asked = tuple(Option(choice.value) for choice in choices)
    return (*asked, *(Option(reflex.value, beside=True) for reflex in beside))


def _text(answer: Answer) -> str:
    """What was typed, or the value of the button."""
    match answer:
        case Words(text):
            return text
        case Tap(value):
            return value
        case _:
            raise TypeError("this question takes words or a button")


Script = Callable[[Coach[Any]], Awaitable[Any]]


@types.coroutine
def _await(need: Need) -> Generator[Need, None, None]:
    """Hand a need to ``play``, which never resumes: the next run starts from the first line."""
    yield need


def play(script: Script, opening: Any, opened_at: datetime, journal: Journal) -> Turn:
    """Run ``script`` over what ``journal`` knows and say where the conversation stands. Pure."""
    coach: Coach[Any] = Coach(opening, opened_at, journal)
    run = script(coach).__await__()
    needs: Need | None = None
    result = None
    try:
        needs = next(run)
    except StopIteration as end:
        result = end.value
    finally:
        if isinstance(run, Generator):
            run.close()
    return Turn(tuple(coach.said), dict(coach.facts), needs, result, tuple(coach.withdrawn))

"""What the playground's page needs from whatever plays behind it: people, their chats, and a clock to move.
The page knows only this, so it can be tried against a fake, and the coach's engine need not know of pages.

Every method is synchronous and may touch a database. The page calls them from one thread of its own, one
at a time, so an implementation needs no locks for the page's sake. Nobody else is promised that thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.coach_view import CoachView

PressKind = Literal["answer", "safety"]
BoxKind = Literal["number", "text"]
Author = Literal["coach", "manager"]
Walk = Literal["next", "friday", "three_weeks"]


@dataclass(frozen=True)
class Someone:
    """A demo manager one can be. ``language`` is a tag such as ``ja``: the page marks the chat with it.

    ``news``: something was said that nobody has looked at yet. ``gone``: forgotten, as the manager wished;
    there is no name and no chat any more, and nothing that is done here has an effect.
    """

    id: str
    name: str
    about: str
    zone: str
    local_now: str
    language: str
    news: bool = False
    gone: bool = False


@dataclass(frozen=True)
class Press:
    """A button under a line of the coach. A ``safety`` one leads to a person and looks different."""

    token: str
    label: str
    kind: PressKind = "answer"


@dataclass(frozen=True)
class Box:
    """One field of a small form. A ``number`` is still text: "2,5" and "half" are for the coach to read."""

    name: str
    label: str
    kind: BoxKind = "text"


@dataclass(frozen=True)
class Bubble:
    """One message as it stands now.

    ``seq`` grows within one person's chat and never changes. ``answered`` replaces buttons and fields once
    there is an answer; it is empty where the answer stands in the chat as words, or the question was put
    anew further down. ``stale`` marks a question that is no longer open though nobody answered it. Its
    buttons are not shown; a press from another window still does no harm and says where things stand.
    ``picture`` is what the chart that goes with it shows, in words: it is drawn when it is looked at.
    A ``card`` has lines: a short first one is its title, "label: fact" and "label = fact" are shown as such.
    """

    seq: int
    author: Author
    text: str
    at: str
    day: str
    buttons: tuple[Press, ...] = ()
    fields: tuple[Box, ...] = ()
    form_token: str | None = None
    answered: str | None = None
    card: bool = False
    stale: bool = False
    picture: str | None = None


@dataclass(frozen=True)
class Queued:
    """Something that will happen by itself once the clock gets there."""

    what: str
    due: str


class Stage(Protocol):
    """The play behind the page.

    Each ``key`` is made for one submit: the same key a second time must have no second effect, which is what
    makes a double click harmless. A press or form whose question has closed is answered in the chat; nothing
    is raised here.
    """

    def people(self) -> tuple[Someone, ...]:
        """The managers one can be, in the order to show them; never empty."""
        ...

    def chat(self, person_id: str, after: int = 0) -> tuple[Bubble, ...]:
        """The messages with a ``seq`` above ``after``, oldest first."""
        ...

    def waiting(self, person_id: str) -> tuple[Queued, ...]:
        """What is queued for this person, soonest first."""
        ...

    def now(self, person_id: str) -> str:
        """The moment it is for this person, as text in their own zone."""
        ...

    def say(self, person_id: str, text: str, key: str) -> None:
        """The manager types a message."""
        ...

    def tap(self, person_id: str, token: str, key: str) -> None:
        """The manager presses a button."""
        ...

    def fill(self, person_id: str, token: str, fields: Mapping[str, str], key: str) -> None:
        """The manager sends a form; a box left empty is an empty text."""
        ...

    def walk(self, person_id: str, to: Walk) -> None:
        """Move the clock, doing everything that falls due on the way."""
        ...

    def coach_sees(self, person_id: str) -> CoachView | None:
        """What this person's coach sees at this moment; None of somebody who was forgotten."""
        ...

    def coach_picture(self, person_id: str, dark: bool) -> bytes | None:
        """The coach's chart as an SVG file of its own, for a light or a dark page; None without one."""
        ...

    def chat_picture(self, person_id: str, seq: int, dark: bool) -> bytes | None:
        """The chart of one message as a PNG file, for a light or a dark page; None without one."""
        ...

    def start_over(self) -> None:
        """Delete everything that was said and kept, for good, and begin again at the first moment.

        People may have other ids afterwards: what an old page still sends then means nobody.
        """
        ...

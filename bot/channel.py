"""What a channel is: a place where one message can be sent to one person, and where one can look whether it
arrived.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from bot.around.letter import Letter
from coaching.chart import Chart
from prompts.words import Message, Reader

# Channels in which a card can be changed after it was sent. The others get no jobs to do so.
CARDS_CHANGE = frozenset({"slack"})


@dataclass(frozen=True)
class Delivery:
    """One message for one person. ``job_id`` travels with it, so that it can be found again after a crash.

    ``tokens`` are the buttons' tokens in the order of ``message.buttons``; ``form_token`` is set where
    boxes are. ``reader`` is who reads it, in which language; ``reference`` what the channel itself kept for
    writing to them. ``since``: when it may have been sent first. ``is_repeated``: it was tried before.
    ``is_unasked``: nobody waits for it, so it lets the others pass. ``chart`` goes with a line that a picture
    belongs to.
    ``pages``: the manager's own pages that the line speaks of, by name; ``sentence`` is what can be said
    where there are none.
    ``letter`` is set where it goes to somebody around a manager: then ``message`` is its text.
    """

    organisation_id: str
    person_id: str
    platform_id: str
    job_id: str
    message: Message
    tokens: tuple[str, ...]
    form_token: str | None
    at: datetime
    reader: Reader
    reference: str | None = None
    since: datetime | None = None
    is_repeated: bool = False
    is_unasked: bool = False
    chart: Chart | None = None
    letter: Letter | None = None
    pages: tuple[str, ...] = ()
    sentence: str = ""


class Outcome(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    ASKED_AGAIN = "asked_again"
    CLOSED = "closed"
    CHANGED = "changed"  # answered, and the answer was taken back or replaced since
    TAKEN_BACK = "taken_back"  # answered, and the words of it are gone from where they were written
    PICTURED = "pictured"  # a line: the picture that was not ready when it was sent follows


@dataclass(frozen=True)
class Pressed:
    """A button of a letter that has done what it does: ``action`` about ``reference``."""

    action: str
    reference: str


@dataclass(frozen=True)
class Settlement:
    """A card that was sent is to show what became of its question; ``label`` is what was answered, empty
    where that is not to be repeated; ``is_typed`` if it is in the person's own words. Or a line that was sent
    is to show its picture.

    ``delivery`` is the card as it was sent; None where its words are gone. ``sent_ref`` is what ``send``
    returned. ``pressed`` is set where one button of a letter is done with, and the others are not.
    """

    organisation_id: str
    person_id: str
    platform_id: str
    reader: Reader
    sent_ref: str
    outcome: Outcome
    label: str
    delivery: Delivery | None
    is_typed: bool = False
    pressed: Pressed | None = None


class Arrived(StrEnum):
    """What looking for a message found out."""

    YES = "yes"
    NO = "no"
    CANNOT_LOOK = "cannot_look"


class NotDeliveredError(Exception):
    """A send that certainly did not arrive. ``for_good``: it never will, so it is not tried again."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.for_good = reason, for_good


class UnreachableError(NotDeliveredError):
    """Nothing will ever arrive at this address: nothing more is sent to it, and the operator is told why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, for_good=True)


class NotYetError(Exception):
    """Nothing was tried: the channel is to be given time until a moment. It is no failure and no try."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"not before {until.isoformat()}")
        self.until = until


class Channel(Protocol):
    """A place to talk: the playground, Slack, Teams."""

    def send(self, delivery: Delivery) -> str:
        """Send it; the platform's reference. NotDeliveredError if it certainly did not arrive, NotYetError
        if nothing was tried; any other error means that it may have arrived.
        """
        ...

    def arrived(self, delivery: Delivery) -> Arrived:
        """Whether a message of this job is there. NotYetError: look again at a later moment."""
        ...


@runtime_checkable
class Clears(Protocol):
    """What a channel may be able to do besides: take away what it has put somewhere."""

    def clear(self, organisation_id: str) -> None:
        """Delete what is nobody's any more; what cannot be deleted now stays for the next time."""
        ...


@runtime_checkable
class Knows(Protocol):
    """What a channel may be able to do besides: say where somebody is."""

    def zone_of(self, organisation_id: str, platform_id: str) -> str | None:
        """The IANA name of the zone their account says; None if it says none. NotYetError: nothing was asked,
        and may be later; any other error: no answer.
        """
        ...


@runtime_checkable
class Settles(Protocol):
    """What a channel may be able to do besides: change a card that it sent."""

    def settle(self, settlement: Settlement) -> None:
        """Show what became of the question. It may be done twice; whatever goes wrong, no line is harmed."""
        ...

"""What a channel is: a place where one message can be sent to one person, and where one can look whether it
arrived.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.around.letter import Letter
from prompts.words import Message


@dataclass(frozen=True)
class Delivery:
    """One message for one person. ``job_id`` travels with it, so that it can be found again after a crash.

    ``tokens`` are the buttons' tokens in the order of ``message.buttons``; ``form_token`` is set where
    boxes are. ``letter`` is set where it goes to somebody around a manager: then ``message`` is its text.
    """

    organisation_id: str
    person_id: str
    platform_id: str
    job_id: str
    message: Message
    tokens: tuple[str, ...]
    form_token: str | None
    at: datetime
    letter: Letter | None = None


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


class Channel(Protocol):
    """A place to talk: the playground, Slack, Teams."""

    def send(self, delivery: Delivery) -> str:
        """Send it; the platform's reference. NotDeliveredError if it certainly did not arrive."""
        ...

    def arrived(self, delivery: Delivery) -> Arrived:
        """Whether a message of this job is there."""
        ...

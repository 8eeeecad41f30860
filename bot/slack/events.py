"""What people did in Slack, in our words: one small value for each thing a person can do there.
They carry keys that are the same on every delivery, so that a repeated one has one effect.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.incoming import Incoming, Token
from bot.slack.modals import FORM, NOWHERE, Box, Place
from bot.slack.speech import typed_as
from coaching.reflexes import Reflex

CHANNEL = "slack"


@dataclass(frozen=True)
class Who:
    """A person in a workspace. ``home`` is the workspace they belong to, where Slack says so: somebody from
    another one is a guest of a shared channel, and none of ours.
    """

    team: str
    user: str
    enterprise: str = ""
    home: str = ""

    @property
    def is_outsider(self) -> bool:
        """Whether they belong to another organisation than the one the app is installed in."""
        return bool(self.home) and self.home not in (self.team, self.enterprise)


@dataclass(frozen=True)
class Wrote:
    """Words in the private chat. ``edited``: in place of what ``of`` (the key of the first) said before."""

    who: Who
    key: str
    channel: str
    ts: str
    text: str
    edited: bool = False
    of: str = ""


@dataclass(frozen=True)
class Deleted:
    """A message taken back; ``of`` is the key its words came under."""

    who: Who
    key: str
    of: str
    channel: str


@dataclass(frozen=True)
class Unopened:
    """A voice note, a picture, a file: "I can't open these". Of it nothing is kept; ``text`` came with it."""

    who: Who
    key: str
    channel: str
    ts: str
    text: str


@dataclass(frozen=True)
class Elsewhere:
    """The coach was called where others read along: one line points to the private chat. No words."""

    who: Who
    channel: str
    ts: str


@dataclass(frozen=True)
class Pressed:
    """An answer by button or list. ``blocks`` is the message as it stood, ready for ``blocks.settled``."""

    who: Who
    key: str
    token: Token
    label: str
    place: Place
    blocks: tuple[dict[str, Any], ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Wished:
    """A word that works at any moment, from the menu, the Home tab or a shortcut."""

    who: Who
    key: str
    reflex: Reflex
    place: Place


@dataclass(frozen=True)
class WantsBoxes:
    """[Fill in]: a window is to open at once, within three seconds of ``trigger``."""

    who: Who
    token: str
    question: str
    boxes: tuple[Box, ...]
    trigger: str
    place: Place


@dataclass(frozen=True)
class Filled:
    """A window was sent. ``callback`` says which; ``reference`` is what it was opened with.

    For the boxes of a question ``token`` is its token. ``place`` is the message it was opened from.
    """

    who: Who
    key: str
    callback: str
    reference: str
    fields: Mapping[str, str] = field(repr=False)
    place: Place = NOWHERE

    @property
    def token(self) -> Token | None:
        """The question whose boxes these are; None for another window."""
        return Token.read(self.reference) if self.callback == FORM else None


@dataclass(frozen=True)
class Acted:
    """A button of a coach or an owner: ``action`` like ``coach.write``; ``reference`` says about whom."""

    who: Who
    key: str
    action: str
    reference: str
    trigger: str
    place: Place


@dataclass(frozen=True)
class Commanded:
    """``/coach`` and what was written behind it."""

    who: Who
    key: str
    text: str
    trigger: str
    channel: str


@dataclass(frozen=True)
class Checks:
    """The shortcut at a message: is this good enough? ``text`` is somebody else's: for the view only."""

    who: Who
    text: str = field(repr=False)
    trigger: str


@dataclass(frozen=True)
class Opened:
    """The Home tab was opened."""

    who: Who


Did = (
    Wrote | Deleted | Unopened | Elsewhere | Pressed | Wished | WantsBoxes | Filled | Acted | Commanded
    | Checks | Opened
)  # fmt: skip


def incoming(did: Did, person_id: str) -> Incoming | None:
    """What the coach's listener takes; None for what is none of a conversation's business."""
    match did:
        case Wrote(key=key, text=text):
            return Incoming(CHANNEL, key, person_id, words=text)
        case Pressed(key=key, token=token):
            return Incoming(CHANNEL, key, person_id, token=str(token))
        case Wished(key=key, reflex=reflex):
            return Incoming(CHANNEL, key, person_id, words=typed_as(reflex))
        case Filled(key=key, reference=reference, fields=fields) if did.token is not None:
            return Incoming(CHANNEL, key, person_id, token=reference, fields=fields)
        case _:
            return None

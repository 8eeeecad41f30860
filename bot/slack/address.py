"""How a person of Slack is found again: an id that is theirs alone, and where their private chat is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from bot.slack.events import Who


def address_of(who: Who) -> str:
    """The id we keep: organisation, workspace and member. A member's id alone is another one's elsewhere."""
    return f"{who.enterprise}|{who.team}|{who.user}"


def who_is(address: str) -> Who:
    """The person behind an address; one from the roster is a bare member id."""
    enterprise, team, user = address.split("|") if address.count("|") == 2 else ("", "", address)
    return Who(team, user, enterprise)


@dataclass(frozen=True)
class Chat:
    """The private chat with a person: its channel, and the stamp of what they wrote last, as far as we know.
    Stamps are Slack's own: seconds with six decimals.
    """

    channel: str = ""
    seen: str = ""

    @classmethod
    def read(cls, reference: str | None) -> Chat:
        """The chat as kept; an empty one if nothing was."""
        try:
            kept = json.loads(reference or "{}")
            return cls(str(kept.get("chat", "")), str(kept.get("seen", "")))
        except (ValueError, AttributeError):
            return cls()

    def with_message(self, channel: str, ts: str) -> Chat:
        """The chat once this message has been seen: the later of the two stamps."""
        return Chat(channel or self.channel, max(self.seen, ts, key=moment))

    def __str__(self) -> str:
        return json.dumps({"chat": self.channel, "seen": self.seen})


def moment(ts: str) -> Decimal:
    """A stamp as a number; 0 for none."""
    try:
        return Decimal(ts or "0")
    except InvalidOperation:
        return Decimal(0)

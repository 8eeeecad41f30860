"""Slack's stamps: a message is known by the moment it was written, in seconds with six decimals."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from bot.slack.address import SlackAddress
from bot.slack.events import Who


def address_of(who: Who) -> str:
    """The id we keep: organisation, workspace and member. A member's id alone is another one's elsewhere."""
    return str(SlackAddress(who.user, who.team, who.enterprise))


def who_is(address: str) -> Who:
    """The person behind an address; one from the roster is a bare member id."""
    read = SlackAddress.read(address)
    return Who(read.team, read.user, read.enterprise)


def moment(ts: str) -> Decimal:
    """A stamp as a number; 0 for none."""
    try:
        return Decimal(ts or "0")
    except InvalidOperation:
        return Decimal(0)

"""The links to a manager's own pages in Slack: under a line that speaks of them, and on the Home tab.

Each is made when it is sent; where the service has no address of its own there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.channel import Delivery
from bot.clock import Clock
from bot.own.links import Links, OwnPage
from bot.slack.blocks import Link
from bot.slack.speech import Speech
from prompts.words import Words


def links_to_pages(own: Links, words: Words, clock: Clock) -> Callable[[Delivery], Sequence[Link]]:
    """The links a message carries."""

    def links(delivery: Delivery) -> Sequence[Link]:
        if not own.are_there or delivery.reader is None:
            return ()
        speech, now = Speech(words, delivery.reader), clock.now()
        return [
            Link(
                speech.label("slack_pages", page),
                own.link(delivery.organisation_id, delivery.person_id, OwnPage(page), now),
            )
            for page in delivery.pages
        ]

    return links


def record_of_theirs(own: Links, clock: Clock) -> Callable[[str, str], str]:
    """Where somebody's Home tab leads to their record; "" if nowhere."""

    def record(organisation_id: str, person_id: str) -> str:
        return own.link(organisation_id, person_id, OwnPage.RECORD, clock.now())

    return record

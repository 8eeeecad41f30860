"""The alert by chat: on-call and backup, where they have an account, get it with a button, *I have it*.

It goes straight out and past the queue, for nothing may stand before it, and what matters is whether it
arrived: the manager in danger is told the truth about that.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from bot.alerts import Notice
from bot.around import letters
from bot.around.letter import ACKNOWLEDGE, Act, Note, Reference
from bot.channel import Channel, NotDeliveredError
from bot.clock import Clock
from prompts.words import Words
from storage.people import Status
from storage.repository import Store

log = logging.getLogger("unbadged.alerts")


@dataclass(frozen=True)
class ChatAlert:
    """A route of `bot.alerts` through the channels people here have an account in."""

    store: Store
    words: Words
    clock: Clock
    channels: Mapping[str, Channel]

    def send(self, notice: Notice) -> bool:
        """Send it by every channel the contact has; whether one of them certainly took it."""
        try:
            with self.store.reading(notice.organisation_id) as repo:
                person = repo.person(notice.to_person) if notice.to_person else None
                if person is None or person.status is Status.FORGOTTEN:
                    return False
                ids = {name: repo.platform_id(person.id, name) for name in repo.channels(person.id)}
            reader = self.words.reader(person.language, person.market, person.zone)
            slots = {"to": notice.to, "person": notice.person, "reach": notice.reach}
            text = self.words.line(reader, "alert_chat", slots)
            act = Act(
                ACKNOWLEDGE,
                str(Reference("alert", notice.alert_id)),
                self.words.line(reader, "alert_button", {}),
            )
        except Exception as failure:
            log.error("an alert by chat could not be made: %s", type(failure).__name__)
            return False
        gone = False
        for name, platform_id in ids.items():
            channel = self.channels.get(name)
            if channel is None or platform_id is None:
                continue
            job_id = f"alert-{notice.alert_id}-{notice.times_before}"
            made = letters.delivery(
                notice.organisation_id, person, platform_id, job_id, Note(text, (act,)), self.clock.now()
            )
            try:
                channel.send(made)
            except NotDeliveredError as failure:
                log.error("an alert by %s did not arrive: %s", name, failure.reason)
            except Exception as failure:
                log.error("an alert by %s may not have arrived: %s", name, type(failure).__name__)
            else:
                gone = True
        return gone

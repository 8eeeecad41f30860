"""The alert by chat: on-call and backup, where they have an account, get it with a button, *I have it*.

It goes straight out and past the queue, for nothing may stand before it, and what matters is whether it
arrived: the manager in danger is told the truth about that.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass

from bot.alerts import Notice
from bot.around import letters
from bot.around.letter import ACKNOWLEDGE, Act, Note, Reference
from bot.channel import Channel, Delivery, NotDeliveredError, NotYetError
from bot.clock import Clock
from prompts.words import Words
from storage.people import Status
from storage.store import Store

log = logging.getLogger("unbadged.alerts")
TRIES, A_MOMENT = 4, 1.1  # seconds; a platform lets one message a second into a chat


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
                ids = {
                    name: (repo.platform_id(person.id, name), repo.reference(person.id, name))
                    for name in repo.channels(person.id)
                }
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
        for name, (platform_id, reference) in ids.items():
            channel = self.channels.get(name)
            if channel is None or platform_id is None:
                continue
            job_id = f"alert-{notice.alert_id}-{notice.times_before}"
            made = letters.delivery(
                notice.organisation_id,
                self.words,
                person,
                platform_id,
                reference,
                job_id,
                Note(text, (act,)),
                self.clock.now(),
            )
            gone = _is_gone(name, channel, made) or gone
        return gone


def _is_gone(name: str, channel: Channel, made: Delivery) -> bool:
    """Send it; a channel that asks for a moment gets one, for the next try of the queue is too far off."""
    for _ in range(TRIES):
        try:
            channel.send(made)
        except NotYetError:
            time.sleep(A_MOMENT)
            continue
        except NotDeliveredError as failure:
            log.error("an alert by %s did not arrive: %s", name, failure.reason)
            return False
        except Exception as failure:
            log.error("an alert by %s may not have arrived: %s", name, type(failure).__name__)
            return False
        return True
    log.error("an alert by %s did not arrive: the platform let nothing through", name)
    return False

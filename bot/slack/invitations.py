"""Invites who is on the roster: finds them in Slack by their e-mail where the roster does not say who they
are, and opens their first conversation. When the line goes out is the attention contract's affair.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field

from bot.inviting import may_invite, to_invite
from bot.slack.address import address_of
from bot.slack.asking import AwayError, RefusedError
from bot.slack.events import CHANNEL, Who
from bot.slack.hearing import Hearing
from bot.slack.identity import Profile
from storage.people import Person

log = logging.getLogger("unbadged.slack")
BETWEEN = 1.5  # seconds; Slack answers fifty such questions a minute
NOT_FOUND_FOR = 24 * 3600.0  # seconds until somebody whom Slack does not know is looked for again


@dataclass
class Invitations:
    """One round after the other. ``not_found``: who was not there, and until when that is remembered."""

    hearing: Hearing
    between: float = BETWEEN
    not_found: dict[str, float] = field(default_factory=dict)
    _said: int = 0

    async def round(self) -> int:
        """Invite everybody who can be; how many that were."""
        waiting = await asyncio.to_thread(self._waiting)
        done = 0
        for person, address in waiting:
            if address is None and not await self._is_found(person):
                continue
            await asyncio.to_thread(self.hearing.listener.invite, self.hearing.organisation(), person.id)
            done += 1
        return done

    def _waiting(self) -> list[tuple[Person, str | None]]:
        with self.hearing.store.reading(self.hearing.organisation()) as repo:
            waiting = to_invite(repo)
            if may_invite(repo, waiting):
                return [(each, repo.platform_id(each.id, CHANNEL)) for each in waiting]
        if len(waiting) != self._said:
            self._said = len(waiting)
            log.warning("%s managers wait to be invited; that many need a word: unbadged invite", self._said)
        return []

    async def _is_found(self, person: Person) -> bool:
        """Look for somebody by their e-mail, once a day; whether they are a member, linked now."""
        if not person.email or self.not_found.get(person.id, 0.0) > time.monotonic():
            return False
        await asyncio.sleep(self.between)
        try:
            said = await self.hearing.asking.ask("", "", "users.lookupByEmail", {"email": person.email})
        except AwayError:
            return False
        except RefusedError as refused:
            if refused.error != "ratelimited":
                self.not_found[person.id] = time.monotonic() + NOT_FOUND_FOR
            return False
        user = said.get("user")
        user = user if isinstance(user, dict) else {}
        team = str(user.get("team_id") or "")
        enterprise = user.get("enterprise_user")
        within = str(enterprise.get("enterprise_id") or "") if isinstance(enterprise, dict) else ""
        if not user.get("id") or not Profile.read(user, team).is_member:
            self.not_found[person.id] = time.monotonic() + NOT_FOUND_FOR
            return False
        who = Who(team, str(user["id"]), within)
        await asyncio.to_thread(self._link, person, who)
        return True

    def _link(self, person: Person, who: Who) -> None:
        with self.hearing.store.transaction(self.hearing.organisation()) as repo:
            if (
                repo.platform_id(person.id, CHANNEL) is None
                and repo.person_at(CHANNEL, address_of(who)) is None
            ):
                repo.link(person.id, CHANNEL, address_of(who))

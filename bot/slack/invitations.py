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


@dataclass(frozen=True)
class Waiting:
    """Somebody to be invited. ``address``: where they are, as far as known; ``places``: where to look;
    ``is_alone``: no other organisation has a workspace here.
    """

    organisation: str
    person: Person
    address: str | None
    places: list[tuple[str, str]]
    is_alone: bool = True

    @property
    def is_found(self) -> bool:
        """A roster may name the member alone, which says who that is where there is one workspace."""
        return self.address is not None and ("|" in self.address or (self.is_alone and len(self.places) < 2))


@dataclass
class Invitations:
    """One round after the other. ``not_found``: who was not there, and until when that is remembered."""

    hearing: Hearing
    between: float = BETWEEN
    not_found: dict[str, float] = field(default_factory=dict)
    _said: dict[str, int] = field(default_factory=dict)

    async def round(self) -> int:
        """Invite everybody who can be; how many that were."""
        done = 0
        for each in await asyncio.to_thread(self._waiting):
            if not each.is_found and not await self._is_found(each):
                continue
            await asyncio.to_thread(self.hearing.listener.invite, each.organisation, each.person.id)
            done += 1
        return done

    def _waiting(self) -> list[Waiting]:
        found = []
        organisations = self.hearing.store.organisations()
        for organisation in organisations:
            places = self.hearing.workspaces.places(organisation)
            with self.hearing.store.reading(organisation) as repo:
                waiting = to_invite(repo)
                if may_invite(repo, waiting):
                    known = ((each, repo.platform_id(each.id, CHANNEL)) for each in waiting)
                    alone = len(organisations) == 1
                    found += [Waiting(organisation, each, address, places, alone) for each, address in known]
                    continue
            if len(waiting) != self._said.get(organisation):
                self._said[organisation] = len(waiting)
                told = "%s managers wait to be invited; that many need a word: unbadged invite"
                log.warning(told, len(waiting))
        return found

    async def _is_found(self, waiting: Waiting) -> bool:
        """Look for somebody in each workspace, once a day; whether they are a member, linked now."""
        person = waiting.person
        asked = {"user": waiting.address} if waiting.address else {"email": person.email}
        if not all(asked.values()) or self.not_found.get(person.id, 0.0) > time.monotonic():
            return False
        method = "users.info" if waiting.address else "users.lookupByEmail"
        for enterprise, team in waiting.places:
            await asyncio.sleep(self.between)
            try:
                said = await self.hearing.asking.ask(enterprise, team, method, asked)
            except AwayError:
                return False
            except RefusedError as refused:
                if refused.error == "ratelimited":
                    return False
                continue
            who = _member(said.get("user"), team, enterprise)
            if who is not None:
                await asyncio.to_thread(self._link, waiting, who)
                return True
        if waiting.places:
            self.not_found[person.id] = time.monotonic() + NOT_FOUND_FOR
        return False

    def _link(self, waiting: Waiting, who: Who) -> None:
        with self.hearing.store.transaction(waiting.organisation) as repo:
            if (
                repo.platform_id(waiting.person.id, CHANNEL) == waiting.address
                and repo.person_at(CHANNEL, address_of(who)) is None
            ):
                repo.link(waiting.person.id, CHANNEL, address_of(who))


def _member(user: object, team: str, enterprise: str) -> Who | None:
    """The member Slack speaks of; None for guests, the gone and people of elsewhere."""
    if not isinstance(user, dict) or not user.get("id"):
        return None
    within = user.get("enterprise_user")
    theirs = str(within.get("enterprise_id") or "") if isinstance(within, dict) else ""
    who = Who(team or str(user.get("team_id") or ""), str(user["id"]), enterprise or theirs)
    return who if Profile.read(user, who.team, who.enterprise).is_member else None

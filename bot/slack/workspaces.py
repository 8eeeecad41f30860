"""Which workspaces the coach is in and how to speak in each: with the token of the settings, or with those
that were given when the app was installed.

When the app is taken out, or a token is revoked, everything for the people there stops at once, the
operator is told, and nothing asks Slack again and again. When it comes back, the work goes on where it
stood.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot import reaching
from bot.channel import NotDeliveredError
from bot.clock import Clock
from bot.slack.address import who_is
from bot.slack.api import SECONDS, Api, CallError, SlackRefusedError
from bot.slack.events import CHANNEL, Who
from bot.slack.installations import Installations, NoOrganisationError
from storage.store import Store

log = logging.getLogger("unbadged.slack")

# Slack's words for a token that is worth nothing any more: docs.slack.dev/reference/methods/chat.postMessage
GONE = frozenset({
    "account_inactive", "token_revoked", "invalid_auth", "not_authed", "app_uninstalled", "team_not_found",
    "team_access_not_granted", "invalid_refresh_token",
})  # fmt: skip
# An app of the whole organisation may not enter one of its workspaces; the others go on.
NOT_THIS_ONE = "team_access_not_granted"
REMEMBERED = 60.0  # seconds; an installation that was removed by another replica is noticed within them
ASKED_AGAIN_AFTER = 600.0  # seconds, about a token of the settings that Slack did not take
RENEW_BEFORE = 2 * 3600.0  # seconds before a token's end: time enough for Slack to be away meanwhile


@dataclass(frozen=True)
class Workspace:
    """One workspace, or a whole organisation (then ``team`` is empty), and how to speak there."""

    organisation_id: str
    team: str
    enterprise: str
    bot_user: str
    bot_id: str
    app: str
    scopes: tuple[str, ...]
    token: str


class Workspaces:
    """All of them. ``token``: the one of the settings; else ``installations`` knows them."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        api_url: str,
        token: str = "",
        installations: Installations | None = None,
        client_id: str = "",
        client_secret: str = "",
        seconds: float = SECONDS,
    ) -> None:
        self._store, self._clock = store, clock
        self._api_url, self._seconds = api_url, seconds
        self._token, self._installations = token, installations
        self._client = (client_id, client_secret)
        self._known: dict[tuple[str, str], tuple[float, Workspace]] = {}
        self._owners: dict[tuple[str, str], tuple[float, str]] = {}
        self._apis: dict[str, Api] = {}
        self._refused: tuple[float, str] | None = None
        self._lock = threading.RLock()

    @property
    def are_many(self) -> bool:
        """Whether the app is installed by whoever comes, and not by the operator alone."""
        return not self._token

    def organisation_of(self, team: str = "", enterprise: str = "") -> str:
        """The organisation a workspace belongs to. Slack is never asked. NoOrganisationError: nobody said."""
        held = self._owners.get((team, enterprise))
        if held is not None and held[0] > time.monotonic():
            return held[1]
        bot = self._installations.find(team, enterprise) if self._installations is not None else None
        found = (
            only_organisation(self._store) if bot is None else str(bot.get_custom_value("organisation_id"))
        )
        self._owners[team, enterprise] = (time.monotonic() + REMEMBERED, found)
        return found

    def places(self, organisation_id: str) -> list[tuple[str, str]]:
        """Where people of an organisation can be looked for: each enterprise and team, as calls need them."""
        if self._installations is None:
            return [("", "")] if organisation_id == self.organisation_of() else []
        mine = (each for each in self.all() if each.organisation_id == organisation_id)
        return [(each.enterprise, each.team) for each in mine]

    def workspace(self, team: str = "", enterprise: str = "") -> Workspace:
        """The workspace. NotDeliveredError where the app is not installed, or Slack cannot be asked now."""
        key = (team, enterprise)
        held = self._known.get(key)
        if held is not None and held[0] > time.monotonic():
            return held[1]
        with self._lock:
            found = self._of_the_settings(team) if self._token else self._installed(team, enterprise)
            self._known[key] = (time.monotonic() + REMEMBERED, found)
        return found

    def of(self, organisation_id: str, who: Who) -> Workspace:
        """The workspace somebody is in. NotDeliveredError as above, or if it is another organisation's."""
        there = self.workspace(who.team, who.enterprise)
        if there.organisation_id != organisation_id:
            raise NotDeliveredError("another_organisation", for_good=True)
        return there

    def api(self, team: str = "", enterprise: str = "") -> Api:
        """Calls in this workspace; errors as of ``workspace``."""
        token = self.workspace(team, enterprise).token
        with self._lock:
            if token not in self._apis:
                if len(self._apis) > 500:
                    self._apis.clear()  # tokens that rotate would gather here
                self._apis[token] = Api(token, self._api_url, self._seconds)
            return self._apis[token]

    async def token(self, enterprise: str, team: str) -> str | None:
        """The token for a workspace, for what listens; None if the app is not installed there."""
        held = self._known.get((team, enterprise))
        if held is not None and held[0] > time.monotonic():
            return held[1].token
        try:
            return (await asyncio.to_thread(self.workspace, team, enterprise)).token
        except NotDeliveredError as failure:
            if failure.for_good:
                return None
            raise

    def client(self, team: str = "", enterprise: str = "") -> Any:
        """The SDK's own client for this workspace; it repeats nothing by itself."""
        return self.api(team, enterprise).client

    def all(self) -> list[Workspace]:
        """Every workspace the app is in, as far as it can be known without asking Slack about many."""
        if self._token:
            return [self.workspace()]
        assert self._installations is not None
        return [_made(bot) for bot in self._installations.all()]

    def forget_what_is_known(self) -> None:
        """Slack says that a token's time is up: look again before the next call."""
        with self._lock:
            self._known.clear()

    # Coming and going

    def gone(self, team: str, enterprise: str, reason: str) -> int:
        """The app was taken out, or its token revoked: nothing more is sent there. How many people that ends.

        Saying it twice does no harm. In the mode of many workspaces the tokens are deleted too.
        """
        organisation_id = self._organisation_or_none(team, enterprise)
        if self._installations is not None and reason != NOT_THIS_ONE:
            bot = self._installations.find(team, enterprise)
            if bot is not None:  # it may have been installed for the whole organisation, and gone from it
                team, enterprise = bot.team_id or "", bot.enterprise_id or ""
            self._installations.remove(team, enterprise)
        with self._lock:
            self._known = {
                key: held for key, held in self._known.items() if not _meant(key, team, enterprise)
            }
            self._apis.clear()
            self._owners.clear()
            if self._token:
                self._refused = (time.monotonic() + ASKED_AGAIN_AFTER, reason)
        if organisation_id is None:
            return 0
        stopped = reaching.end_all(
            self._store, organisation_id, CHANNEL, self._is_there(team, enterprise), reason, self._clock.now()
        )
        log.error(
            "slack: the app can no longer write in a workspace (%s); %s people stopped", reason, stopped
        )
        return stopped

    def back(self, team: str, enterprise: str) -> int:
        """The app is installed there (again): for how many people the work goes on."""
        with self._lock:
            self._known.clear()
            self._owners.clear()
            self._refused = None
        organisation_id = self._organisation_or_none(team, enterprise)
        if organisation_id is None:
            return 0
        there = self._is_there(team, enterprise)
        met = reaching.begin_all_again(
            self._store, organisation_id, CHANNEL, there, GONE | {"tokens_revoked"}, self._clock.now()
        )
        if met:
            log.info("slack: the app is installed again; %s people go on", met)
        return met

    def open(self) -> None:
        """At the start: seal tokens with the newest secret, and see who is met again after a new token."""
        if self._installations is not None:
            self._installations.rewrap()
            for each in self.all():
                self.back(each.team, each.enterprise)
            return
        try:
            there = self.workspace()
        except NotDeliveredError as failure:
            log.error("slack: the token of SLACK_BOT_TOKEN cannot be used now: %s", failure.reason)
        except NoOrganisationError as nobody:
            log.error("slack: %s", nobody)
        else:
            self.back(there.team, there.enterprise)

    def _is_there(self, team: str, enterprise: str) -> Callable[[str], bool]:
        if self._token:
            return lambda _: True  # there is one workspace, however the roster names its people
        return lambda platform_id: _is_in(platform_id, team, enterprise)

    def _organisation_or_none(self, team: str, enterprise: str) -> str | None:
        try:
            return self.organisation_of(team, enterprise)
        except NoOrganisationError:
            return None

    # One workspace

    def _of_the_settings(self, team: str) -> Workspace:
        if self._refused is not None and self._refused[0] > time.monotonic():
            raise NotDeliveredError(self._refused[1], for_good=True)
        said = self._asked(lambda: Api(self._token, self._api_url, self._seconds).call("auth.test", {}))
        found = Workspace(
            only_organisation(self._store),
            str(said.get("team_id", "")),
            str(said.get("enterprise_id") or ""),
            str(said.get("user_id", "")),
            str(said.get("bot_id", "")),
            str(said.get("app_id", "")),
            (),
            self._token,
        )
        if team and team != found.team and not said.get("is_enterprise_install"):
            raise NotDeliveredError("another_workspace", for_good=True)
        return found

    def _asked(self, ask: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
        try:
            return ask()
        except SlackRefusedError as failure:
            if failure.reason in GONE:
                self.gone("", "", failure.reason)
                raise NotDeliveredError(failure.reason, for_good=True) from None
            raise NotDeliveredError(failure.reason) from None
        except CallError as failure:  # asking changes nothing, whatever became of it
            raise NotDeliveredError(failure.reason) from None

    # Many

    def _installed(self, team: str, enterprise: str) -> Workspace:
        assert self._installations is not None
        bot = self._installations.find(team, enterprise)
        if bot is None and not team and not enterprise:
            bots = self._installations.all()  # the roster named the member only: that says who, if nobody
            is_alone = len(bots) == 1 and len(self._store.organisations()) == 1  # else has a workspace here
            bot = bots[0] if is_alone else None
        if bot is None:
            raise NotDeliveredError("not_installed", for_good=True)
        return _made(self._renewed(bot))

    def _renewed(self, bot: Any) -> Any:
        """The bot with a token that works for a while: renewed by one of us, long before its time is up."""
        assert self._installations is not None
        ends = bot.bot_token_expires_at
        now = self._clock.now().timestamp()
        if ends is None or not bot.bot_refresh_token or ends - RENEW_BEFORE > now:
            return bot
        me = self._installations.claim_renewal(bot)
        if me is None:  # somebody else is at it; until then the old token does
            if ends > now:
                return bot
            raise NotDeliveredError("token_is_being_renewed")
        team, enterprise = bot.team_id or "", bot.enterprise_id or ""
        fresh = self._installations.find(team, enterprise)
        if fresh is not None and fresh.bot_refresh_token != bot.bot_refresh_token:
            return fresh  # it was renewed between our looking and our claim, which runs out by itself
        asked = dict(zip(("client_id", "client_secret"), self._client, strict=True))
        asked |= {"grant_type": "refresh_token", "refresh_token": bot.bot_refresh_token}
        try:
            said = Api(None, self._api_url, self._seconds).call("oauth.v2.access", asked)
        except CallError as failure:
            if failure.reason in GONE and ends <= now:
                self.gone(team, enterprise, failure.reason)
                raise NotDeliveredError(failure.reason, for_good=True) from None
            log.error("slack: a token could not be renewed (%s)", failure.reason)
            if ends > now:
                return bot
            raise NotDeliveredError(failure.reason) from None
        until = now + float(said["expires_in"])
        token, again = str(said["access_token"]), str(said["refresh_token"])
        self._installations.renewed(bot, me, token, again, until)
        return self._installations.find(team, enterprise) or bot


def only_organisation(store: Store) -> str:
    """The organisation, where there is one; NoOrganisationError else."""
    there = store.organisations()
    if len(there) != 1:
        raise NoOrganisationError(
            "It is not known which organisation a Slack workspace belongs to: there is none yet (unbadged "
            "programme import FILE), or more than one (unbadged install-link slack, for each workspace)."
        )
    return there[0]


def _made(bot: Any) -> Workspace:
    return Workspace(
        str(bot.get_custom_value("organisation_id")),
        bot.team_id or "",
        bot.enterprise_id or "",
        bot.bot_user_id or "",
        bot.bot_id or "",
        bot.app_id or "",
        tuple(bot.bot_scopes or ()),
        bot.bot_token,
    )


def _is_in(platform_id: str, team: str, enterprise: str) -> bool:
    who = who_is(platform_id)
    if not who.team:
        return True  # the roster named the member alone, which is right where there is one workspace
    return who.team == team if team else who.enterprise == enterprise


def _meant(key: tuple[str, str], team: str, enterprise: str) -> bool:
    return key == ("", "") or (key[0] == team if team else key[1] == enterprise)

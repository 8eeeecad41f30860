"""The link by which an administrator adds the coach to a workspace: it says for which organisation, and it is
sealed, so that nobody else can say it. Whoever has no such link cannot bring their workspace's people in.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from cryptography.fernet import InvalidToken

from bot.settings import Settings, SettingsError
from bot.slack.manifest import INSTALL
from storage.keys import sealed_with
from storage.store import Store

PURPOSE = "slack install link"
GIVEN = "link"  # the part of the address that carries it
DAYS = 7
log = logging.getLogger("unbadged.slack")


class InstallLinks:
    """Makes such links and reads them."""

    def __init__(self, public_url: str, secret: str) -> None:
        self._public_url, self._sealer = public_url, sealed_with(secret, PURPOSE)

    def made(self, organisation_id: str) -> str:
        """A link for this organisation. It works for a week, for as many workspaces as that one has."""
        sealed = self._sealer.encrypt(organisation_id.encode()).decode()
        return f"{self._public_url}{INSTALL}?{GIVEN}={sealed}"

    def organisation(self, given: str) -> str | None:
        """Which organisation a link was made for; None if it is none of ours, or older than a week."""
        try:
            return self._sealer.decrypt(given.encode(), ttl=DAYS * 86_400).decode()
        except InvalidToken:
            return None


def hand_out(store: Store, settings: Settings, wanted: str | None, say: Callable[[str], None]) -> None:
    """Say the link for an organisation. SettingsError says what is missing, or which ones there are."""
    if not settings.slack_is_many:
        raise SettingsError(
            "Install links are for several workspaces: set SLACK_CLIENT_ID and SLACK_CLIENT_SECRET and leave "
            "SLACK_BOT_TOKEN empty. docs/slack.md walks through it."
        )
    if not settings.public_url:
        raise SettingsError("An install link leads to this service: set PUBLIC_URL to its https address.")
    there = store.organisations()
    if not there:
        raise SettingsError("There is no organisation yet. First: unbadged programme import FILE")
    chosen = wanted or (there[0] if len(there) == 1 else "")
    if chosen not in there:
        begin = f"There is no organisation {wanted}." if wanted else "There is more than one organisation."
        raise SettingsError(f"{begin} Say which: --organisation ID. There are: {', '.join(there)}")
    say(InstallLinks(settings.public_url, settings.secret_key).made(chosen))
    say(f"For {chosen}, for {DAYS} days. Give it to an administrator of each of its workspaces, nobody else.")

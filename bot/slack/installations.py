"""Where the app was installed: Slack's own SDK keeps it, in our tables, with every token sealed.

The SDK's classes do the work (docs/decisions/0012). What is added here: the organisation that each row
belongs to, the sealing, and the renewal of tokens that last twelve hours, which two replicas must not do
at once.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.fernet import InvalidToken, MultiFernet
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import Column, Dialect, MetaData, Table, Text, select, update
from sqlalchemy.types import TypeDecorator

from storage.database import StorageError, clock_there, transaction
from storage.keys import sealed_with
from storage.slack_tables import TABLES, slack_bot, slack_installation, slack_state
from storage.store import Store

PURPOSE = "slack tokens"
STATE_SECONDS = 600  # so long somebody may look at Slack's page before they agree
RENEWING_SECONDS = 30.0
_quiet = logging.getLogger("unbadged.slack.oauth")
_quiet.setLevel(logging.ERROR)  # below that the SDK writes marks of installations into the log


class NoOrganisationError(LookupError):
    """There is more than one organisation, or none, and nobody said which one a workspace belongs to."""


class OtherOrganisationError(Exception):
    """The workspace belongs to another organisation of this service already."""


class Sealed(TypeDecorator[str]):
    """A token: sealed on its way into the database and opened on its way out."""

    impl = Text
    cache_ok = False  # it carries the secret

    def __init__(self, sealer: MultiFernet | None = None) -> None:
        super().__init__()
        self._sealer = sealer

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        assert self._sealer is not None
        return None if value is None else self._sealer.encrypt(value.encode()).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        assert self._sealer is not None
        if value is None:
            return None
        try:
            return self._sealer.decrypt(value.encode()).decode()
        except InvalidToken:
            raise StorageError(
                "UNBADGED_SECRET_KEY does not open the Slack tokens. Put the former secret behind the new "
                "one, separated by a comma, or install the app again."
            ) from None


def _as_the_sdk_sees_it(table: Table, sealer: MultiFernet, organisation_id: str) -> Table:
    """The same table with tokens opened; what the SDK does not know comes by itself."""

    def owner() -> str:
        if not organisation_id:
            raise NoOrganisationError("Nobody said for which organisation the app is being installed.")
        return organisation_id

    own = {"id": lambda: secrets.token_hex(12), "organisation_id": owner}
    columns = [
        Column(
            each.name,
            Sealed(sealer) if each.info.get("sealed") else each.type,
            primary_key=each.primary_key,
            default=own.get(each.name),
        )
        for each in table.c
    ]
    return Table(table.name, MetaData(), *columns)


class Installations(SQLAlchemyInstallationStore):
    """The SDK's store. ``organisation_id``: to which one a new installation belongs; "" to only read."""

    def __init__(self, client_id: str, store: Store, secret: str, organisation_id: str = "") -> None:
        super().__init__(client_id, store.engine, logger=_quiet)
        self._store, self._secret, self.organisation_id = store, secret, organisation_id
        self._sealer = sealed_with(secret, PURPOSE)
        self.bots = _as_the_sdk_sees_it(slack_bot, self._sealer, organisation_id)
        self.installations = _as_the_sdk_sees_it(slack_installation, self._sealer, organisation_id)

    def of(self, organisation_id: str) -> Installations:
        """The same store, into which this organisation's workspaces are written."""
        return Installations(self.client_id, self._store, self._secret, organisation_id)

    @classmethod
    def build_bot_entity(cls, row: Any) -> Bot:
        """A bot, with what stands in our columns besides."""
        bot: Bot = super().build_bot_entity(row)
        for name in ("id", "organisation_id"):
            bot.set_custom_value(name, row[name])
        return bot

    def find(self, team: str, enterprise: str) -> Bot | None:
        """The bot of a workspace: its own, else that of the whole organisation."""
        own: Bot | None = (
            self.find_bot(enterprise_id=enterprise or None, team_id=team, is_enterprise_install=False)
            if team
            else None
        )
        if own is not None or not enterprise:
            return own
        everywhere: Bot | None = self.find_bot(
            enterprise_id=enterprise, team_id=None, is_enterprise_install=True
        )
        return everywhere

    def all(self) -> list[Bot]:
        """The bots of all workspaces, the newest of each."""
        with transaction(self.engine, reading=True) as connection:
            chosen = self.bots.select().where(self.bots.c.client_id == self.client_id)
            rows = connection.execute(chosen.order_by(self.bots.c.installed_at)).mappings().all()
        newest = {(row["enterprise_id"], row["team_id"]): row for row in rows}
        return [self.build_bot_entity(row) for row in newest.values()]

    def remove(self, team: str, enterprise: str) -> None:
        """Forget every token of a workspace, or of an organisation that installed the app as a whole."""
        self.delete_bot(enterprise_id=enterprise or None, team_id=team or None)
        self.delete_installation(enterprise_id=enterprise or None, team_id=team or None)

    # Renewing

    def claim_renewal(self, bot: Bot) -> str | None:
        """Be the only one to renew this token for half a minute; None if somebody else is."""
        me, own = secrets.token_hex(6), slack_bot.c
        with transaction(self.engine) as connection:
            free = own.renewing_until.is_(None) | (own.renewing_until < clock_there(connection, 0))
            mine = update(slack_bot).where(*_is(bot), free)
            taken = {"renewing_by": me, "renewing_until": clock_there(connection, RENEWING_SECONDS)}
            return me if connection.execute(mine.values(taken)).rowcount == 1 else None

    def renewed(self, bot: Bot, me: str, token: str, refresh_token: str, expires_at: float) -> None:
        """Keep the new token, and let the claim go."""
        kept = {
            "bot_token": token,
            "bot_refresh_token": refresh_token,
            "bot_token_expires_at": datetime.fromtimestamp(expires_at, UTC).replace(tzinfo=None),
        }
        sealed = {c.name: kept[c.name] for c in self.bots.c if c.name in kept}
        where = [self.bots.c[c.name] == bot.get_custom_value(c.name) for c in _KEY]
        with transaction(self.engine) as connection:
            connection.execute(update(self.bots).where(*where, self.bots.c.renewing_by == me).values(sealed))
            free = {"renewing_by": None, "renewing_until": None}
            connection.execute(update(slack_bot).where(*_is(bot), slack_bot.c.renewing_by == me).values(free))

    # The operator's secret

    def rewrap(self) -> int:
        """Seal every token with the first of the secrets; after that the former ones can be taken away."""
        done = 0
        with transaction(self.engine) as connection:
            for table in TABLES:
                sealed = [column for column in table.c if column.info.get("sealed")]
                if not sealed:
                    continue
                key = (table.c.organisation_id, table.c.id)
                for row in connection.execute(select(*key, *sealed).with_for_update()).mappings().all():
                    anew = {c.name: self._anew(row[c.name]) for c in sealed if row[c.name] is not None}
                    where = [column == row[column.name] for column in key]
                    if anew:
                        connection.execute(update(table).where(*where).values(anew))
                        done += len(anew)
        return done

    def _anew(self, sealed: str) -> str:
        try:
            return self._sealer.rotate(sealed.encode()).decode()
        except InvalidToken:
            raise StorageError(
                "UNBADGED_SECRET_KEY does not open the Slack tokens; name the former one behind a comma."
            ) from None


_KEY = (slack_bot.c.organisation_id, slack_bot.c.id)


def _is(bot: Bot) -> list[Any]:
    return [column == bot.get_custom_value(column.name) for column in _KEY]


class States(SQLAlchemyOAuthStateStore):
    """The SDK's store of the marks that installation pages are opened with."""

    def __init__(self, store: Store, secret: str, organisation_id: str = "") -> None:
        super().__init__(STATE_SECONDS, store.engine, logger=_quiet)
        self.oauth_states = _as_the_sdk_sees_it(slack_state, sealed_with(secret, PURPOSE), organisation_id)

    def organisation_of(self, state: str) -> str | None:
        """For which organisation a mark was given out; None if it is none of ours, or was used before."""
        mine = select(slack_state.c.organisation_id).where(slack_state.c.state == state)
        with transaction(self.engine, reading=True) as connection:
            found: str | None = connection.execute(mine).scalar_one_or_none()
        return found


@dataclass
class AsyncInstallations(AsyncInstallationStore):
    """The same for Bolt, which must not wait: the work is done in a thread. ``saved`` is told of each."""

    kept: Installations
    saved: Callable[[str, str], object]
    removed: Callable[[str, str], object]

    async def async_save(self, installation: Installation) -> None:
        """Keep a new installation; its people are met again. OtherOrganisationError: it is another's."""
        team, enterprise = installation.team_id or "", installation.enterprise_id or ""

        def save() -> None:
            before = self.kept.find(team, enterprise)
            owner = None if before is None else before.get_custom_value("organisation_id")
            if owner not in (None, self.kept.organisation_id):
                raise OtherOrganisationError
            self.kept.save(installation)
            self.saved(team, enterprise)

        await asyncio.to_thread(save)

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep a bot."""
        await asyncio.to_thread(self.kept.save_bot, bot)

    async def async_find_bot(self, **which: Any) -> Bot | None:
        """The bot of a workspace."""
        return await asyncio.to_thread(lambda: self.kept.find_bot(**which))

    async def async_find_installation(self, **which: Any) -> Installation | None:
        """The newest installation of a workspace."""
        return await asyncio.to_thread(lambda: self.kept.find_installation(**which))

    async def async_delete_bot(self, **which: Any) -> None:
        """The app is gone from a workspace."""
        await asyncio.to_thread(lambda: self.removed(which["team_id"] or "", which["enterprise_id"] or ""))

    async def async_delete_installation(self, **which: Any) -> None:
        """One person's installation is gone; ours ask for nobody's own token, so only that row is."""
        await asyncio.to_thread(lambda: self.kept.delete_installation(**which))


@dataclass
class AsyncStates(AsyncOAuthStateStore):
    """The same for Bolt."""

    kept: States

    async def async_issue(self, *_: Any, **__: Any) -> str:
        """A new mark."""
        return await asyncio.to_thread(self.kept.issue)

    async def async_consume(self, state: str) -> bool:
        """Whether the mark is ours and was not used before; now it is."""
        return await asyncio.to_thread(self.kept.consume, state)

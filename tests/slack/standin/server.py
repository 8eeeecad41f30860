"""The stand-in itself: one Slack on loopback, started and stopped by ``with``, in a thread of its own.
Everything a test does with it begins here; `__init__` shows how.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import aiohttp
from aiohttp import web

from tests.slack.standin import conversations, files, oauth, views  # noqa: F401 - they declare methods
from tests.slack.standin.deliveries import Deliveries
from tests.slack.standin.events import Events
from tests.slack.standin.faults import Faults, RateLimits
from tests.slack.standin.http_mode import HttpMode
from tests.slack.standin.interactions import Interactions
from tests.slack.standin.ledger import Delivery, Ledger
from tests.slack.standin.loop import Loop
from tests.slack.standin.pages import Pages
from tests.slack.standin.people import Human
from tests.slack.standin.people_and_teams import revoked_event, take_out
from tests.slack.standin.socket_mode import SocketMode
from tests.slack.standin.timing import Timing
from tests.slack.standin.tokens import BOT_SCOPES, Consent, Grant
from tests.slack.standin.web_api import WebApi
from tests.slack.standin.wire import Payload
from tests.slack.standin.workspace import Channel, Member, Message, Workspace
from tests.slack.standin.world import ONCE, AppIdentity, Sending, World, in_channel

Result = TypeVar("Result")
BIGGEST = 64 * 1024 * 1024  # bytes of a request


class Slack:
    """One Slack with one app. ``team`` is the first workspace; ``bot_token`` is the app's token there.

    ``echo``: the app's own messages come back to it as events, as they do. ``rate_limits``: Slack's own
    limits hold. ``outside_marketplace``: history and threads once a minute, fifteen messages at a time.
    ``installed``: the app is in the first workspace from the start, with ``scopes``.
    """

    def __init__(
        self,
        *,
        timing: Timing | None = None,
        app: AppIdentity | None = None,
        scopes: tuple[str, ...] = BOT_SCOPES,
        installed: bool = True,
        socket_mode: bool = False,
        echo: bool = True,
        rate_limits: bool = False,
        outside_marketplace: bool = False,
    ) -> None:
        self.app = app or AppIdentity()
        self.timing = timing or Timing()
        self.world = World(self.timing, self.app, self._tell, echo, outside_marketplace)
        self.faults = Faults()
        self.limits = RateLimits(self.timing.now, rate_limits, outside_marketplace)
        self.deliveries = Deliveries(self.world)
        self.events = Events(self.world, self.deliveries)
        self.interactions = Interactions(self.world, self.deliveries)
        self.sockets = SocketMode(self.world)
        if socket_mode:
            self.deliveries.way = self.sockets
        self.team = self.world.add_workspace("T00ACME", "Acme", None)
        self.app_token = self.world.tokens.issue("app", None, scopes=("connections:write",)).token
        self.bot_token = (
            self.world.tokens.issue("bot", self.team.id, scopes=scopes).token if installed else ""
        )

    # --- starting and stopping -------------------------------------------------------------------------

    def __enter__(self) -> Slack:
        self._loop = Loop("slack")
        self._loop.run(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.run(self._stop())
        self._loop.close()

    async def _start(self) -> None:
        site = web.Application(client_max_size=BIGGEST)
        Pages(self.world).add_to(site)
        site.router.add_route("*", "/api/{method}", WebApi(self.world, self.faults, self.limits).answer)
        site.router.add_get("/link/", self.sockets.accept)
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        listening = web.TCPSite(self._runner, "127.0.0.1", 0)
        await listening.start()
        self.world.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        # Each delivery on a connection of its own: an app that was killed leaves no stale one behind.
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True))

    async def _stop(self) -> None:
        await self.deliveries.stop()
        await self.sockets.stop()
        await self._session.close()
        await self._runner.cleanup()

    @property
    def address(self) -> str:
        return self.world.address

    @property
    def api_url(self) -> str:
        """What the app is given as Slack's address."""
        return f"{self.world.address}/api/"

    @property
    def ledger(self) -> Ledger:
        return self.world.ledger

    def listens_at(self, url: str) -> None:
        """From now on events, interactions and commands are posted to this address of the app."""
        self.call(lambda: setattr(self.deliveries, "way", HttpMode(self.world, url, self._session)))

    def lets_go(self) -> None:
        """The app at that address is about to stop: what is on its way arrives, nothing more is sent."""
        if isinstance(self.deliveries.way, HttpMode):
            self.call(lambda: setattr(self.deliveries, "way", None))
        self.settle()

    # --- people and places -----------------------------------------------------------------------------

    def joins(
        self,
        name: str,
        *,
        team: Workspace | None = None,
        tell: bool = False,
        id: str | None = None,
        **about: Any,
    ) -> Human:
        """A new member. ``about``: email, tz, locale ... as in `Member`; ``tell``: team_join."""
        workspace = team or self.team
        handle = name.lower().replace(" ", ".")
        about = {"email": f"{handle}@example.com", "team_id": workspace.id, **about}
        member = Member(id or self.world.name("U"), name=handle, real_name=name, **about)
        self.call(lambda: workspace.members.update({member.id: member}))
        if tell:
            self.sends(self.events.about("team_join", member), team=workspace)
        return Human(self, workspace, member)

    def stranger(self, name: str, *, team_id: str = "T00OTHER", **about: Any) -> Human:
        """Somebody of another company, seen in a shared channel or a direct message."""
        return self.joins(name, team_id=team_id, is_stranger=True, **about)

    def workspace(
        self, id: str, name: str, *, enterprise: str | None = None, installed: bool = True
    ) -> tuple[Workspace, str]:
        """A further workspace and the app's token there (empty if it is not installed)."""
        made = self.call(lambda: self.world.add_workspace(id, name, enterprise))
        return made, self.world.tokens.issue("bot", id, enterprise).token if installed else ""

    def room(self, name: str, *people: Human, private: bool = False, with_app: bool = True) -> Channel:
        """A channel with these people in it."""
        members = {each.id for each in people} | ({self.team.bot.id} if with_app else set())
        kind = "group" if private else "channel"
        made = Channel(self.world.name("C"), self.team.id, kind, name=name, members=members)
        made.is_ext_shared = any(each.member.is_stranger for each in people)
        self.call(lambda: self.team.channels.update({made.id: made}))
        return made

    # --- installing ------------------------------------------------------------------------------------

    def will_install(
        self, who: Human, *, enterprise: str | None = None, agrees: bool = True, rotates: bool = False
    ) -> None:
        """On the next visit to the page: into the person's workspace, or with ``enterprise`` all of it."""
        workspace = who.workspace
        team_id = None if enterprise else workspace.id
        organisation = enterprise or workspace.enterprise_id
        self.world.tokens.consent = Consent(who.id, team_id, organisation, agrees, rotates)

    def uninstalls(self, token: str | None = None, *, tokens_first: bool = False) -> None:
        """An administrator takes the app out; the events come in either order, the token is dead at once."""
        grant = self._grant(token)
        self.call(lambda: take_out(self.world, grant, tokens_first=tokens_first))

    def revokes(self, token: str | None = None) -> None:
        """The token is revoked and the app told so; it stays installed."""
        grant = self._grant(token)
        grant.ended = "token_revoked"
        for workspace in self.world.reach(grant):
            self.sends(revoked_event(workspace), team=workspace)

    def _grant(self, token: str | None) -> Grant:
        return self.world.tokens.grants[token or self.bot_token]

    # --- events ----------------------------------------------------------------------------------------

    def sends(self, event: Payload, *, team: Workspace | None = None, sending: Sending = ONCE) -> Delivery:
        """Any event, in its envelope; waits until it was tried once."""
        return self.do(lambda: self.events.tell(team or self.team, event, sending))

    def other_bot_says(self, channel: Channel, text: str) -> Delivery:
        """A message of another app, subtype bot_message."""
        world = self.world
        message = Message(
            world.stamps.next(), "", text, self.team.id, subtype="bot_message", bot_id="B00OTHER"
        )
        channel.messages.append(message)
        event = message.payload() | in_channel(channel, message.ts)
        del event["user"], event["team"]
        return self.sends(event)

    def says_rate_limited(self) -> Delivery:
        """app_rate_limited."""
        return self.do(lambda: self.events.rate_limited(self.team))

    def verifies_address(self, challenge: str = "challenge") -> bool:
        """Whether the app answers url_verification as it must."""
        delivery = self.do(lambda: self.events.verify(challenge))
        said = delivery.answer
        return delivery.acknowledged and challenge in (said.get("challenge"), said.get("text"))

    def release(self, *deliveries: Delivery) -> None:
        """Deliver what was held or lost, in this order, each after the one before was tried."""
        for delivery in deliveries:

            def again(which: Delivery = delivery) -> Delivery:
                self.deliveries.release(which)
                return which

            self.do(again)

    def settle(self, seconds: float = 30.0) -> None:
        """Until nothing is on its way to the app any more, retries included."""
        self._loop.run(self.deliveries.settled(), seconds)

    # --- Socket Mode -----------------------------------------------------------------------------------

    def warns(self, connection: int, reason: str = "warning") -> None:
        """A disconnect message: warning, refresh_requested, link_disabled."""
        self._loop.run(self.sockets.warn(connection, reason))

    def drops(self, connection: int) -> None:
        """A connection ends without a word."""
        self._loop.run(self.sockets.drop(connection))

    def goes_deaf(self, connection: int) -> None:
        """A connection stays open and is dead."""
        self._loop.run(self.sockets.die(connection))

    # --- the thread ------------------------------------------------------------------------------------

    def call(self, doing: Callable[[], Result]) -> Result:
        """Do something in the stand-in's thread."""

        async def there() -> Result:
            return doing()

        return self._loop.run(there())

    def do(self, doing: Callable[[], Delivery]) -> Delivery:
        """The same for what sends something; waits until that was tried once."""

        async def there() -> Delivery:
            delivery = doing()
            await self.deliveries.tried(delivery)
            return delivery

        return self._loop.run(there())

    def _tell(self, workspace: Workspace, event: Payload, sending: Sending = ONCE) -> Delivery:
        return self.events.tell(workspace, event, sending)

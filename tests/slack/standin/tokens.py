"""Which token may do what: workspaces' and organisations' bot tokens, the app's own, and those that rotate;
and the codes that buy them. Rules: docs.slack.dev/authentication/tokens and /using-token-rotation.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.slack.standin.timing import Timing
from tests.slack.standin.wire import Refused

BOT_SCOPES = (
    "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:write",
    "im:history", "im:read", "im:write", "team:read", "users:read", "users:read.email",
)  # fmt: skip


@dataclass
class Grant:
    """What a token stands for. ``team_id`` is None for a whole organisation. ``ended``: revoked, and how."""

    token: str
    kind: str  # bot, app
    team_id: str | None
    enterprise_id: str | None
    scopes: tuple[str, ...]
    expires_at: float | None = None
    refresh_token: str | None = None
    ended: str | None = None


@dataclass
class Consent:
    """Who will agree on the next visit to the installation page, for a workspace or an organisation."""

    user: str
    team_id: str | None
    enterprise_id: str | None = None
    agrees: bool = True
    rotates: bool = False


@dataclass
class Code:
    """What the app gets back from that page; it is worth a token once, for ten minutes."""

    consent: Consent
    scopes: tuple[str, ...]
    redirect_uri: str
    at: float


@dataclass
class Tokens:
    """Every token ever given out; refresh tokens work once."""

    timing: Timing
    grants: dict[str, Grant] = field(default_factory=dict)
    refreshing: dict[str, Grant] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    consent: Consent | None = None
    _made: int = 0

    def issue(
        self,
        kind: str,
        team_id: str | None,
        enterprise_id: str | None = None,
        scopes: tuple[str, ...] = BOT_SCOPES,
        *,
        rotates: bool = False,
    ) -> Grant:
        """A new token; one that rotates lives for twelve hours and comes with a refresh token."""
        self._made += 1
        begin = {"bot": "xoxb", "app": "xapp-1"}[kind]
        name = f"{begin}-{team_id or enterprise_id or 'app'}-{self._made:06d}"
        grant = Grant(name, kind, team_id, enterprise_id, scopes)
        if rotates:
            grant.token = f"xoxe.{name}"
            grant.refresh_token = f"xoxe-1-{name}"
            grant.expires_at = self.timing.now() + self.timing.token_seconds
            self.refreshing[grant.refresh_token] = grant
        self.grants[grant.token] = grant
        return grant

    def redeem(self, code: str, redirect_uri: str | None) -> tuple[Consent, Grant]:
        """The token a code is worth, and who agreed to it."""
        found = self.codes.pop(code, None)
        if found is None or self.timing.now() - found.at > self.timing.code_seconds:
            raise Refused("invalid_code")
        if found.redirect_uri and redirect_uri != found.redirect_uri:
            raise Refused("bad_redirect_uri")
        who = found.consent
        return who, self.issue("bot", who.team_id, who.enterprise_id, found.scopes, rotates=who.rotates)

    def refresh(self, refresh_token: str) -> Grant:
        """The next token. The one before it works on until its own time is up."""
        old = self.refreshing.pop(refresh_token, None)
        if old is None or old.ended:
            raise Refused("invalid_refresh_token")
        return self.issue(old.kind, old.team_id, old.enterprise_id, old.scopes, rotates=True)

    def find(self, token: str | None) -> Grant:
        """What a token may do; Refused as Slack refuses it."""
        if not token:
            raise Refused("not_authed")
        grant = self.grants.get(token)
        if grant is None:
            raise Refused("invalid_auth")
        if grant.ended:
            raise Refused(grant.ended)
        if grant.expires_at is not None and self.timing.now() >= grant.expires_at:
            raise Refused("token_expired")
        return grant

    def end(self, team_id: str | None, enterprise_id: str | None, how: str) -> None:
        """Every bot token of a workspace or organisation answers ``how`` from now on."""
        for grant in self.grants.values():
            same = grant.team_id == team_id if team_id else grant.enterprise_id == enterprise_id
            if grant.kind == "bot" and same:
                grant.ended = how

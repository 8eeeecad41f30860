"""Is Slack ready? What is set, what Slack says to it, and what an administrator still has to do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from bot.checks import Finding, Mark
from bot.settings import Settings
from bot.slack.asking import Answer, AwayError, RefusedError, WebApi
from bot.slack.catchup import NOT_HERE
from bot.slack.manifest import REDIRECT, SCOPES
from bot.slack.setting_up import what_is_missing

SECONDS = 5.0
GUIDE = "docs/slack.md"


class _NoTokens:
    """The check has its tokens at hand."""

    async def token(self, enterprise: str, team: str) -> str | None:
        return None


def check_slack(settings: Settings) -> Iterator[Finding]:
    """One finding a line; it asks Slack, and changes nothing there."""
    missing = what_is_missing(settings)
    if missing:
        yield Finding(Mark.MISSING, "slack", "not all that is needed is set", f"set {missing} ({GUIDE})")
        return
    way = "over a socket (SLACK_APP_TOKEN)" if settings.slack_app_token else "over https at /slack/events"
    yield Finding(Mark.FINE, "slack", way)
    if not settings.slack_app_token and not settings.public_url:
        said = "PUBLIC_URL is not set, so nobody knows under which address Slack reaches it"
        yield Finding(Mark.NOTE, "slack address", said, "set it, or use the socket: SLACK_APP_TOKEN")
    if settings.slack_bot_token:
        yield from _bot(settings)
    else:
        said = "many; each is added with a link of its own: unbadged install-link slack"
        yield Finding(Mark.FINE, "slack workspaces", said)
        yield from _client(settings)
        yield Finding(Mark.NOTE, "slack history", NOT_HERE, "let each company make an app of its own")
    if settings.slack_app_token:
        yield _socket(settings)


def _bot(settings: Settings) -> Iterator[Finding]:
    said = _asked(settings, settings.slack_bot_token, "auth.test")
    if isinstance(said, str):
        remedy = f"take the Bot User OAuth Token of the installed app ({GUIDE})"
        yield Finding(Mark.MISSING, "slack token", f"SLACK_BOT_TOKEN is not accepted: {said}", remedy)
        return
    yield Finding(Mark.FINE, "slack token", f"speaks in {said.get('team')} as {said.get('user')}")
    granted = {each.strip() for each in str(said.get("_scopes", "")).split(",") if each.strip()}
    lacking = [each for each in SCOPES if each.name not in granted]
    if not granted:
        yield Finding(Mark.NOTE, "slack scopes", "Slack did not say which are granted")
    for each in lacking if granted else ():
        remedy = f"add it under OAuth & Permissions and install the app again. {each.reason}"
        yield Finding(Mark.MISSING, "slack scopes", f"{each.name} is not granted", remedy)
    more = sorted(granted - {each.name for each in SCOPES})
    if more:
        yield Finding(Mark.NOTE, "slack scopes", f"not needed: {', '.join(more)}", "take them away")
    if granted and not lacking:
        yield Finding(Mark.FINE, "slack scopes", f"all {len(SCOPES)} are granted")


def _client(settings: Settings) -> Iterator[Finding]:
    """Slack looks at who asks before it looks at the code, so nobody's code will do."""
    given = {"client_id": settings.slack_client_id, "client_secret": settings.slack_client_secret}
    said = _asked(settings, None, "oauth.v2.access", {**given, "code": "none"})
    way = f"{settings.public_url}{REDIRECT}"
    if said == "invalid_code":
        yield Finding(Mark.FINE, "slack client", "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are accepted")
    else:
        remedy = f"take both from Basic Information, App Credentials ({GUIDE})"
        yield Finding(
            Mark.MISSING, "slack client", f"SLACK_CLIENT_ID and its secret are not accepted: {said}", remedy
        )
    remedy = "it is in the manifest: unbadged manifest slack --many; else add it under OAuth & Permissions"
    yield Finding(Mark.NOTE, "slack way back", f"Redirect URLs of the app must name {way}", remedy)


def _socket(settings: Settings) -> Finding:
    said = _asked(settings, settings.slack_app_token, "apps.connections.open")
    if isinstance(said, str):
        remedy = "make one under Basic Information, App-Level Tokens, with the scope connections:write"
        return Finding(Mark.MISSING, "slack socket", f"SLACK_APP_TOKEN is not accepted: {said}", remedy)
    return Finding(Mark.FINE, "slack socket", "a connection can be opened")


def _asked(settings: Settings, token: str | None, method: str, asked: Answer | None = None) -> Answer | str:
    """Slack's answer, or why there is none."""

    async def ask() -> Answer | str:
        web = WebApi(_NoTokens(), settings.slack_api_url)
        try:
            return await web.ask_as(token, method, asked or {}, SECONDS)
        except RefusedError as refused:
            return refused.error
        except AwayError:
            return "Slack cannot be reached from here"
        finally:
            await web.close()

    return asyncio.run(ask())

"""Installing the app: the page where a person agrees, the code it leads to, and the token the code buys.
Rules: docs.slack.dev/authentication/installing-with-oauth and /authentication/using-token-rotation.
"""

from __future__ import annotations

import base64
from urllib.parse import urlencode

from aiohttp import web

from tests.slack.standin.methods import Asked, method
from tests.slack.standin.tokens import Code, Grant
from tests.slack.standin.wire import Payload, Refused
from tests.slack.standin.world import World


async def consent_page(world: World, request: web.Request) -> web.StreamResponse:
    """``/oauth/v2/authorize``: agrees or not, as was said beforehand, and sends the browser back."""
    asked, consent = request.query, world.tokens.consent
    if asked.get("client_id") != world.app.client_id:
        return web.Response(status=400, text="invalid_client_id")
    if consent is None:
        return web.Response(status=400, text="nobody is there to agree: Slack.will_install")
    back = {"state": asked.get("state", "")}
    target = asked.get("redirect_uri", "")
    if consent.agrees:
        back["code"] = world.name("code.")
        scopes = tuple(filter(None, asked.get("scope", "").split(",")))
        world.tokens.codes[back["code"]] = Code(consent, scopes, target, world.timing.now())
    else:
        back["error"] = "access_denied"
    joint = "&" if "?" in target else "?"
    raise web.HTTPFound(f"{target}{joint}{urlencode(back)}")


@method("oauth.v2.access", None, token=None)
def access(asked: Asked) -> Payload:
    client_id, secret = _client(asked.args)
    if client_id != asked.world.app.client_id:
        raise Refused("invalid_client_id")
    if secret != asked.world.app.client_secret:
        raise Refused("bad_client_secret")
    kind = asked.maybe("grant_type") or "authorization_code"
    if kind == "refresh_token":
        return _installed(asked.world, asked.world.tokens.refresh(asked.text("refresh_token")), None)
    if kind != "authorization_code":
        raise Refused("invalid_grant_type")
    consent, grant = asked.world.tokens.redeem(asked.text("code"), asked.maybe("redirect_uri"))
    return _installed(asked.world, grant, consent.user)


def _client(args: Payload) -> tuple[str, str]:
    """Id and secret, from the header of HTTP Basic or from the form."""
    basic = args.pop("_basic", None)
    if not basic:
        return str(args.get("client_id")), str(args.get("client_secret"))
    client_id, _, secret = base64.b64decode(basic).decode().partition(":")
    return client_id, secret


def _installed(world: World, grant: Grant, user: str | None) -> Payload:
    workspace = world.reach(grant)[0]
    organisation = grant.enterprise_id
    answer: Payload = {
        "app_id": world.app.id,
        "access_token": grant.token,
        "token_type": "bot",
        "scope": ",".join(grant.scopes),
        "bot_user_id": workspace.bot.id,
        "team": {"id": workspace.id, "name": workspace.name} if grant.team_id else None,
        "enterprise": {"id": organisation, "name": organisation} if organisation else None,
        "is_enterprise_install": grant.team_id is None,
    }
    if user:
        answer["authed_user"] = {"id": user}
    if grant.refresh_token:
        answer |= {"refresh_token": grant.refresh_token, "expires_in": int(world.timing.token_seconds)}
    return answer

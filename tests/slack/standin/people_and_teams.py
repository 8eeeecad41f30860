"""Who is who: people, bots and workspaces, whose token this is, and the end of an installation.
Rules: docs.slack.dev/reference/methods/users.info, auth.test, auth.revoke, apps.uninstall and neighbours.
"""

from __future__ import annotations

from tests.slack.standin.methods import Asked, method
from tests.slack.standin.tokens import Grant
from tests.slack.standin.wire import Payload, Refused, is_true
from tests.slack.standin.workspace import Member, Workspace
from tests.slack.standin.world import World


@method("users.info", 4, "users:read")
def user_info(asked: Asked) -> Payload:
    found = asked.world.member(asked.grant, asked.text("user"))
    if found is None:
        raise Refused("user_not_found")
    return {"user": _as_seen(asked, found[1])}


@method("users.list", 2, "users:read")
def user_list(asked: Asked) -> Payload:
    everybody = [each for team in asked.world.reach(asked.grant) for each in team.members.values()]
    now = int(asked.world.timing.now())
    return {
        "members": [_as_seen(asked, each) for each in everybody],
        "cache_ts": now,
        "response_metadata": {"next_cursor": ""},
    }


@method("users.lookupByEmail", 3, "users:read.email")
def user_by_email(asked: Asked) -> Payload:
    email = asked.text("email")
    for workspace in asked.world.reach(asked.grant):
        found = workspace.by_email(email)
        if found is not None:
            return {"user": _as_seen(asked, found)}
    raise Refused("users_not_found")


def _as_seen(asked: Asked, member: Member) -> Payload:
    return member.payload(
        asked.world.timing.now(),
        with_email="users:read.email" in asked.grant.scopes,
        with_locale=is_true(asked.args.get("include_locale")),
    )


@method("team.info", 3, "team:read")
def team_info(asked: Asked) -> Payload:
    wanted = asked.maybe("team")
    reached = asked.world.reach(asked.grant)
    found = next((each for each in reached if wanted in (None, each.id)), None)
    if found is None:
        raise Refused("team_not_found")
    about: Payload = {"id": found.id, "name": found.name, "domain": found.domain, "email_domain": ""}
    about["url"] = f"https://{found.domain}.slack.com/"
    if found.enterprise_id:
        about |= {"enterprise_id": found.enterprise_id, "enterprise_name": found.enterprise_id}
    return {"team": about}


@method("bots.info", 3, "users:read")
def bot_info(asked: Asked) -> Payload:
    wanted = asked.text("bot")
    found = next((each for each in asked.world.reach(asked.grant) if each.bot_id == wanted), None)
    if found is None:
        raise Refused("bot_not_found")
    app = asked.world.app
    about = {"id": wanted, "deleted": False, "name": app.name, "app_id": app.id, "user_id": found.bot.id}
    return {"bot": about}


@method("auth.test", None)
def auth_test(asked: Asked) -> Payload:
    workspace = asked.world.reach(asked.grant)[0]
    org_wide = asked.grant.team_id is None
    about: Payload = {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.bot.name,
        "team_id": asked.grant.enterprise_id if org_wide else workspace.id,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": org_wide,
    }
    if asked.grant.enterprise_id:
        about["enterprise_id"] = asked.grant.enterprise_id
    return about


@method("auth.revoke", 3)
def auth_revoke(asked: Asked) -> Payload:
    if is_true(asked.args.get("test")):
        return {"revoked": False}
    workspace = asked.world.reach(asked.grant)[0]
    asked.grant.ended = "token_revoked"
    asked.world.tell(workspace, revoked_event(workspace))
    return {"revoked": True}


@method("apps.uninstall", 1)
def uninstall(asked: Asked) -> Payload:
    app = asked.world.app
    if asked.text("client_id") != app.client_id:
        raise Refused("invalid_client_id")
    if asked.text("client_secret") != app.client_secret:
        raise Refused("bad_client_secret")
    take_out(asked.world, asked.grant)
    return {}


def take_out(world: World, grant: Grant, *, tokens_first: bool = False) -> None:
    """End an installation and say so; Slack sends the two events in either order."""
    for workspace in world.reach(grant):
        events: list[Payload] = [{"type": "app_uninstalled"}, revoked_event(workspace)]
        for event in reversed(events) if tokens_first else events:
            world.tell(workspace, event)
    world.tokens.end(grant.team_id, grant.enterprise_id, "account_inactive")


def revoked_event(workspace: Workspace) -> Payload:
    return {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [workspace.bot.id]}}

"""The app as Slack is told about it: a manifest Slack takes, which asks for no more than it explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.slack import read
from bot.slack.manifest import EVENTS, SCOPES, manifest

URL = "https://coach.example.com"
# From github.com/slackapi/manifest-schema, schemas/manifest.schema.1.0.0.json: the keys and lengths we use.
KEYS = {
    "": {"_metadata", "display_information", "features", "oauth_config", "settings"},
    "_metadata": {"major_version", "minor_version"},
    "display_information": {"name", "description", "long_description", "background_color"},
    "features": {"app_home", "bot_user", "shortcuts", "slash_commands"},
    "features.app_home": {"home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled"},
    "features.bot_user": {"display_name", "always_online"},
    "features.shortcuts": {"type", "callback_id", "name", "description"},
    "features.slash_commands": {"command", "description", "usage_hint", "should_escape", "url"},
    "oauth_config": {"scopes", "redirect_urls"},
    "oauth_config.scopes": {"bot"},
    "settings": {
        "event_subscriptions", "interactivity", "org_deploy_enabled", "socket_mode_enabled",
        "token_rotation_enabled",
    },
    "settings.event_subscriptions": {"request_url", "bot_events"},
    "settings.interactivity": {"is_enabled", "request_url"},
}  # fmt: skip
LENGTHS = {
    "display_information.name": (1, 35),
    "display_information.description": (1, 140),
    "display_information.long_description": (175, 4_000),
    "features.bot_user.display_name": (1, 80),
    "features.shortcuts.name": (1, 24),
    "features.shortcuts.description": (1, 150),
    "features.slash_commands.command": (2, 32),
}
# What a scope lets an app hear: docs.slack.dev/reference/events names it on each event's page.
HEARD_WITH = {
    "message.im": "im:history",
    "app_mention": "app_mentions:read",
    "user_change": "users:read",
    "app_home_opened": None,
    "app_uninstalled": None,
    "tokens_revoked": None,
}


def walk(thing: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    yield where, thing
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield from walk(value, f"{where}.{key}".strip("."))
    elif isinstance(thing, list):
        for each in thing:
            yield from walk(each, where)


@pytest.mark.parametrize("socket", [True, False])
@pytest.mark.parametrize("rotation", [True, False])
def test_it_is_a_manifest_slack_takes(socket: bool, rotation: bool) -> None:
    made = manifest(socket=socket, public_url=URL, rotation=rotation, org=rotation)
    for where, thing in walk(made):
        if isinstance(thing, dict):
            assert set(thing) <= KEYS[where], where
        if where in LENGTHS:
            low, high = LENGTHS[where]
            assert low <= len(thing) <= high, where
    assert re.fullmatch("#[0-9a-f]{6}", made["display_information"]["background_color"])
    assert made["settings"]["token_rotation_enabled"] is rotation


def test_people_can_write_to_it_and_it_has_a_home() -> None:
    made = manifest(socket=True)["features"]["app_home"]
    assert made == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_over_a_socket_no_address_is_told_and_over_https_everywhere() -> None:
    quiet, loud = manifest(socket=True), manifest(socket=False, public_url=f"{URL}/")
    assert "request_url" not in str(quiet)
    assert "://" not in str(quiet)
    found = [thing for where, thing in walk(loud) if where.endswith(("request_url", "slash_commands.url"))]
    assert found == [f"{URL}/slack/events"] * 3
    assert (quiet["settings"]["socket_mode_enabled"], loud["settings"]["socket_mode_enabled"]) == (
        True,
        False,
    )


def test_without_an_address_it_says_what_to_set() -> None:
    with pytest.raises(ValueError, match="PUBLIC_URL"):
        manifest(socket=False)
    with pytest.raises(ValueError, match="35"):
        manifest(socket=True, name="x" * 36)


def test_it_asks_for_what_it_explains_and_for_no_channel() -> None:
    made = manifest(socket=True)
    scopes = made["oauth_config"]["scopes"]
    assert scopes == {"bot": [each.name for each in SCOPES]}, "and nothing in anybody's own name"
    assert not [
        each for each in scopes["bot"] if each.startswith(("channels:", "groups:", "mpim:", "files:read"))
    ]
    assert all(each.reason.endswith(".") and len(each.reason) > 20 for each in (*SCOPES, *EVENTS))


@pytest.mark.parametrize("how", ["many", "rotation", "org"])
def test_whoever_installs_it_from_elsewhere_is_sent_back_to_us(how: str) -> None:
    for socket in (True, False):
        made = manifest(socket=socket, public_url=f"{URL}/", **{how: True})  # type: ignore[arg-type]
        assert made["oauth_config"]["redirect_urls"] == [f"{URL}/slack/oauth_redirect"]
        assert "redirect_urls" not in manifest(socket=socket, public_url=URL)["oauth_config"]
    with pytest.raises(ValueError, match="PUBLIC_URL"):
        manifest(socket=True, **{how: True})  # type: ignore[arg-type]


def test_each_event_is_heard_with_a_scope_that_is_there() -> None:
    asked = manifest(socket=True)["settings"]["event_subscriptions"]["bot_events"]
    assert set(asked) == set(HEARD_WITH)
    assert {scope for scope in HEARD_WITH.values() if scope} <= {each.name for each in SCOPES}


def test_each_shortcut_is_understood() -> None:
    who = {"user": {"id": "U1"}, "message": {"text": "x"}, "trigger_id": "1"}
    kinds = {"message": "message_action", "global": "shortcut"}
    for each in manifest(socket=True)["features"]["shortcuts"]:
        pressed = {"type": kinds[each["type"]], "callback_id": each["callback_id"], **who}
        assert read.interaction(pressed) is not None, each["name"]

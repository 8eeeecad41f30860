"""The stand-in's Web API, driven by slack_sdk as it is installed: it answers and refuses as Slack does.
Its events and Socket Mode are tried with slack-bolt next door.
"""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.sdk_client import Calling, Client, Clock, post, section
from tests.slack.standin import Human, Slack

# --- messages --------------------------------------------------------------------------------------


def test_a_message_is_posted_to_a_person_updated_found_and_deleted(client: Client, mei: Human) -> None:
    carried = {"event_type": "said", "event_payload": {"job": "j1"}}
    posted = client(post(mei.id, "R & D", blocks=[section("R & D")], metadata=carried))
    channel, ts = posted["channel"], posted["ts"]
    assert channel == mei.channel.id
    assert posted["message"]["text"] == "R &amp; D"
    assert posted["message"]["blocks"][0]["block_id"]
    found = client(
        lambda api: api.conversations_history(
            channel=channel, oldest=ts, latest=ts, inclusive=True, include_all_metadata=True
        )
    )
    assert [each["metadata"]["event_payload"] for each in found["messages"]] == [{"job": "j1"}]
    client(lambda api: api.chat_update(channel=channel, ts=ts, text="done"))
    (seen,) = mei.sees()
    assert (seen.text, seen.buttons, seen.edited) == ("done", (), True)
    client(lambda api: api.chat_delete(channel=channel, ts=ts))
    assert mei.sees() == []
    assert [change.text for change in client.slack.ledger.changes] == ["done", None]


def test_history_comes_in_pages_without_the_replies(client: Client, mei: Human) -> None:
    first, *_ = [mei.says(str(number)).ts for number in range(5)]
    mei.says("below", thread=first)
    channel = mei.channel.id
    texts: list[str] = []
    cursor: str | None = None
    page: dict[str, Any] = {"messages": []}
    while cursor != "":
        page = client(
            lambda api, at=cursor: api.conversations_history(channel=channel, limit=2, cursor=at)  # type: ignore[misc]
        )
        texts += [each["text"] for each in page["messages"]]
        cursor = page.get("response_metadata", {}).get("next_cursor", "")
    assert texts == ["4", "3", "2", "1", "0"]
    oldest = page["messages"][-1]
    assert (oldest["reply_count"], oldest["thread_ts"]) == (1, first)
    thread = client(lambda api: api.conversations_replies(channel=channel, ts=first))
    assert [each["text"] for each in thread["messages"]] == ["0", "below"]


def test_forms_say_the_same_as_json(client: Client, mei: Human) -> None:
    form = {"channel": mei.id, "text": "x", "blocks": json.dumps([section("from a form")])}
    assert client(lambda api: api.api_call("chat.postMessage", data=form))["ok"]
    assert [each.text for each in mei.sees()] == ["from a form"]
    broken = {**form, "blocks": "[{"}
    refusal = client.refused(lambda api: api.api_call("chat.postMessage", data=broken))
    assert refusal["error"] == "invalid_blocks_format"


def test_a_private_room_needs_a_scope_of_its_own(slack: Slack, client: Client, mei: Human) -> None:
    public, private = slack.room("general", mei), slack.room("board", mei, private=True)
    elsewhere = slack.room("elsewhere", mei, with_app=False)
    assert client(lambda api: api.conversations_history(channel=public.id))["messages"] == []
    refusal = client.refused(lambda api: api.conversations_history(channel=private.id))
    assert (refusal["error"], refusal["needed"]) == ("missing_scope", "groups:history")
    assert client.refused(post(elsewhere.id))["error"] == "not_in_channel"


@pytest.mark.parametrize(
    "error, wrong",
    [
        ("channel_not_found", {"channel": "C404", "text": "x"}),
        ("no_text", {"channel": "U", "text": ""}),
        ("invalid_metadata_schema", {"channel": "U", "text": "x", "metadata": {"event_type": 1}}),
        ("invalid_blocks", {"channel": "U", "text": "x", "blocks": [{"type": "file"}]}),
    ],
)
def test_a_wrong_message_is_refused(client: Client, mei: Human, error: str, wrong: dict[str, Any]) -> None:
    wrong = wrong | ({"channel": mei.id} if wrong["channel"] == "U" else {})
    assert client.refused(lambda api: api.api_call("chat.postMessage", json=wrong))["error"] == error
    assert client.slack.ledger.posts == []


def test_only_own_messages_can_be_changed(client: Client, mei: Human) -> None:
    ts = mei.says("mine").ts
    channel = mei.channel.id
    change = client.refused(lambda api: api.chat_update(channel=channel, ts=ts, text="yours"))
    away = client.refused(lambda api: api.chat_delete(channel=channel, ts=ts))
    alone = client(lambda api: api.chat_postEphemeral(channel=channel, user=mei.id, text="psst"))
    gone = client.refused(lambda api: api.chat_update(channel=channel, ts=alone["message_ts"], text="x"))
    errors = [each["error"] for each in (change, away, gone)]
    assert errors == ["cant_update_message", "cant_delete_message", "message_not_found"]


# --- who may, and who is who -----------------------------------------------------------------------


def test_tokens_scopes_and_methods_are_asked_for(slack: Slack, mei: Human) -> None:
    def error(token: str, doing: Calling) -> Any:
        return Client(slack, token).refused(doing)["error"]

    assert error("xoxb-unknown", post(mei.id)) == "invalid_auth"
    assert error(slack.app_token, post(mei.id)) == "not_allowed_token_type"
    assert error(slack.bot_token, lambda api: api.api_call("chat.shout")) == "unknown_method"
    narrow = slack.world.tokens.issue("bot", slack.team.id, scopes=("users:read",)).token
    refusal = Client(slack, narrow).refused(post(mei.id))
    assert (refusal["error"], refusal["needed"]) == ("missing_scope", "chat:write")
    assert "email" not in Client(slack, narrow)(lambda api: api.users_info(user=mei.id))["user"]["profile"]
    slack.revokes()
    assert error(slack.bot_token, lambda api: api.auth_test()) == "token_revoked"
    slack.uninstalls()
    assert error(slack.bot_token, lambda api: api.auth_test()) == "account_inactive"


def test_people_are_described(client: Client, mei: Human) -> None:
    told = client(lambda api: api.users_info(user=mei.id, include_locale=True))["user"]
    assert (told["tz"], told["tz_offset"], told["locale"]) == ("Asia/Tokyo", 32_400, "ja-JP")
    assert "locale" not in client(lambda api: api.users_info(user=mei.id))["user"]
    by_email = client(lambda api: api.users_lookupByEmail(email="tan.mei.ling@example.com"))
    assert by_email["user"]["id"] == mei.id
    mei.changes(deleted=True)
    assert "tz" not in client(lambda api: api.users_info(user=mei.id))["user"]
    assert client.refused(lambda api: api.conversations_open(users=mei.id))["error"] == "user_disabled"


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")  # slack_sdk 3.47 on aiohttp 3.14
def test_a_token_that_rotates_lives_twelve_hours_and_is_renewed_once(
    slack: Slack, mei: Human, clock: Clock
) -> None:
    app = slack.app
    page = f"{slack.address}/oauth/v2/authorize?client_id={app.client_id}&scope=chat:write&state=s&redirect_uri=http://a/b"

    async def visit(_: AsyncWebClient) -> Any:
        async with aiohttp.request("GET", page, allow_redirects=False) as answer:
            return type("Answer", (), {"data": answer.headers["Location"]})

    nobody = Client(slack, "")
    slack.will_install(mei, rotates=True)
    code = nobody(visit).partition("code=")[2]
    secrets = {"client_id": app.client_id, "client_secret": app.client_secret}
    first = nobody(lambda api: api.oauth_v2_access(**secrets, code=code, redirect_uri="http://a/b"))
    assert (first["team"]["id"], first["scope"], first["expires_in"]) == (slack.team.id, "chat:write", 43_200)
    assert Client(slack, first["access_token"])(post(mei.id))["ok"]
    again = nobody.refused(lambda api: api.oauth_v2_access(**secrets, code=code, redirect_uri="http://a/b"))
    assert again["error"] == "invalid_code"
    clock.at += 43_200
    assert Client(slack, first["access_token"]).refused(post(mei.id))["error"] == "token_expired"
    renew = {**secrets, "grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = nobody(lambda api: api.oauth_v2_access(**renew))
    assert Client(slack, second["access_token"])(post(mei.id))["ok"]
    assert nobody.refused(lambda api: api.oauth_v2_access(**renew))["error"] == "invalid_refresh_token"


def test_an_organisation_installs_for_all_its_workspaces(slack: Slack) -> None:
    berlin, _ = slack.workspace("T00BERLIN", "Berlin", enterprise="E00ACME", installed=False)
    token = slack.world.tokens.issue("bot", None, "E00ACME").token
    jonas = slack.joins("Jonas Weber", team=berlin)
    about = Client(slack, token)(lambda api: api.auth_test())
    assert (about["is_enterprise_install"], about["team_id"]) == (True, "E00ACME")
    assert Client(slack, token)(post(jonas.id))["channel"] == jonas.channel.id
    assert Client(slack).refused(post(jonas.id))["error"] == "channel_not_found"
    (authorised,) = jonas.says("hello").delivery.payload["authorizations"]
    assert (authorised["team_id"], authorised["is_enterprise_install"]) == (None, True)


def test_what_else_slack_tells_of_its_own_accord(slack: Slack) -> None:
    ana = slack.stranger("Ana")
    room = slack.room("general", ana)
    ana.mentions(room, "hello")
    slack.joins("Jonas", tell=True).changes(tz="Europe/Berlin")
    slack.says_rate_limited()
    slack.uninstalls(tokens_first=True)
    told = [each.payload.get("event", each.payload) for each in slack.ledger.deliveries]
    assert [each["type"] for each in told] == [
        "message", "app_mention", "team_join", "user_change", "app_rate_limited", "tokens_revoked",
        "app_uninstalled",
    ]  # fmt: skip
    assert told[0]["user_team"] == ana.member.team_id != slack.team.id
    assert slack.ledger.deliveries[0].payload["is_ext_shared_channel"]
    assert told[3]["user"]["tz"] == "Europe/Berlin"


# --- views -----------------------------------------------------------------------------------------


def modal(**more: Any) -> dict[str, Any]:
    title = {"type": "plain_text", "text": "Minutes"}
    return {"type": "modal", "title": title, "blocks": [section("x")], **more}


def test_a_trigger_opens_one_modal_within_three_seconds(client: Client, mei: Human, clock: Clock) -> None:
    triggers = [mei.shortcut("x").delivery.payload["trigger_id"] for _ in range(2)]
    client(lambda api: api.views_open(trigger_id=triggers[0], view=modal()))
    spent = client.refused(lambda api: api.views_open(trigger_id=triggers[0], view=modal()))
    clock.at += 3.1
    late = client.refused(lambda api: api.views_open(trigger_id=triggers[1], view=modal()))
    assert (spent["error"], late["error"]) == ("exchanged_trigger_id", "expired_trigger_id")


def test_at_most_three_modals_are_stacked(client: Client, mei: Human) -> None:
    more = {"type": "button", "action_id": "more", "text": {"type": "plain_text", "text": "More"}}
    view = modal(blocks=[{"type": "actions", "elements": [more]}], notify_on_close=True)
    trigger = mei.shortcut("x").delivery.payload["trigger_id"]
    bottom = client(lambda api: api.views_open(trigger_id=trigger, view=view))["view"]["id"]
    for _ in range(2):
        trigger = mei.presses("More").delivery.payload["trigger_id"]
        pushed = client(lambda api, by=trigger: api.views_push(trigger_id=by, view=view))["view"]  # type: ignore[misc]
        assert pushed["root_view_id"] == bottom
    trigger = mei.presses("More").delivery.payload["trigger_id"]
    refusal = client.refused(lambda api: api.views_push(trigger_id=trigger, view=view))
    assert refusal["error"] == "push_limit_reached"
    closed = mei.closes(all_of_them=True)
    assert closed is not None
    assert closed.delivery.payload["is_cleared"]
    assert mei.modal is None


def test_an_older_hash_does_not_overwrite_a_newer_home(client: Client, mei: Human) -> None:
    def publish(text: str, hash_: str | None = None) -> Calling:
        view = {"type": "home", "blocks": [section(text)]}
        return lambda api: api.views_publish(user_id=mei.id, view=view, hash=hash_)

    first = client(publish("one"))["view"]["hash"]
    client(publish("two", first))
    assert client.refused(publish("three", first))["error"] == "hash_conflict"
    home = mei.sees_home()
    assert home is not None
    assert home.text == "two"


def test_a_file_goes_up_and_into_the_channel(client: Client, mei: Human) -> None:
    channel = mei.channel.id
    client(lambda api: api.files_upload_v2(channel=channel, content="a,b", filename="data.csv", title="Data"))
    assert [each.text for each in mei.sees()] == ["(data.csv)"]

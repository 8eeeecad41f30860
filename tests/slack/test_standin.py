"""The stand-in's Web API, driven by slack_sdk as it is installed: it answers and refuses as Slack does.
Its events and Socket Mode are tried with slack-bolt next door.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.standin import Fault, Human, Loop, Slack, Timing, What

Calling = Callable[[AsyncWebClient], Awaitable[Any]]


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = 1_800_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slack(clock: Clock) -> Iterator[Slack]:
    with Slack(timing=Timing(now=clock)) as running:
        yield running


@pytest.fixture
def mei(slack: Slack) -> Human:
    return slack.joins("Tan Mei Ling", tz="Asia/Tokyo", locale="ja-JP")


class Client:
    """A real AsyncWebClient in a loop of its own; what it raises for ``ok: false`` is the error's name."""

    def __init__(self, slack: Slack, token: str | None = None) -> None:
        self.slack, self.token = slack, slack.bot_token if token is None else token

    def __call__(self, doing: Calling, **more: Any) -> Any:
        async def go() -> Any:
            async with aiohttp.ClientSession() as session:
                given = {"base_url": self.slack.api_url, "session": session, "retry_handlers": [], **more}
                return (await doing(AsyncWebClient(self.token, **given))).data

        loop = Loop("client")
        try:
            return loop.run(go())
        finally:
            loop.close()

    def refused(self, doing: Calling) -> Any:
        with pytest.raises(SlackApiError) as refusal:
            self(doing)
        return refusal.value.response


@pytest.fixture
def client(slack: Slack) -> Client:
    return Client(slack)


def post(channel: str, text: str = "hello", **more: Any) -> Calling:
    return lambda api: api.chat_postMessage(channel=channel, text=text, **more)


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


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


# --- what goes wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "what, default_requests, arrived",
    [(What.DROP, 2, 2), (What.RESET, 2, 1), (What.STATUS, 1, 0), (What.ERROR, 1, 0)],
)
def test_a_fault_happens_on_the_wire(
    slack: Slack, client: Client, mei: Human, what: What, default_requests: int, arrived: int
) -> None:
    slack.faults.add(Fault(what))
    with pytest.raises((aiohttp.ClientError, SlackApiError)):
        client(post(mei.id))  # without retry handlers it is one request
    assert slack.ledger.counts()["chat.postMessage"] == 1
    assert len(slack.ledger.posts) == (what is What.DROP)
    slack.ledger.calls.clear()
    slack.ledger.posts.clear()
    slack.faults.add(Fault(what))
    with_defaults = AsyncWebClient().retry_handlers  # slack_sdk's own try a dropped connection again
    try:
        client(post(mei.id), retry_handlers=with_defaults)
    except SlackApiError:
        assert default_requests == 1
    assert slack.ledger.counts()["chat.postMessage"] == default_requests
    assert len(slack.ledger.posts) == arrived


def test_a_hanging_answer_may_have_taken_effect(slack: Slack, client: Client, mei: Human) -> None:
    slack.faults.add(Fault(What.HANG, seconds=0.2, takes_effect=True))
    with pytest.raises(aiohttp.ClientError):
        client(post(mei.id))
    (call,) = slack.ledger.requests("chat.postMessage")
    assert (call.took_effect, call.status, call.fault) == (True, None, "hang")


def test_a_limited_channel_refuses_until_its_time_is_over(
    slack: Slack, client: Client, mei: Human, clock: Clock
) -> None:
    other = slack.joins("Jonas")
    slack.faults.limit(7, channel=mei.channel.id)
    refusal = client.refused(post(mei.id))
    assert (refusal.status_code, refusal.headers["Retry-After"]) == (429, "7")
    assert client(post(other.id))["ok"]
    clock.at += 6.9
    assert client.refused(post(mei.id))["error"] == "ratelimited"
    clock.at += 0.2
    assert client(post(mei.id))["ok"]


def test_a_channel_takes_a_short_burst_and_then_one_message_a_second(
    slack: Slack, client: Client, mei: Human, clock: Clock
) -> None:
    slack.limits.on = True
    assert [client(post(mei.id))["ok"] for _ in range(4)] == [True] * 4
    assert client.refused(post(mei.id)).headers["Retry-After"] == "1"
    clock.at += 1
    assert client(post(mei.id))["ok"]


def test_response_urls_work_five_times(slack: Slack, client: Client, mei: Human, clock: Clock) -> None:
    url = mei.command("/coach").delivery.payload["response_url"]

    async def use(_: AsyncWebClient) -> Any:
        async with aiohttp.request("POST", url, json={"text": "hi"}) as answer:
            return type("Answer", (), {"data": answer.status})

    assert [client(use) for _ in range(6)] == [200] * 5 + [404]
    assert [each.alone for each in mei.sees()] == [True] * 5

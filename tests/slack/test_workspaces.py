"""The app comes into workspaces and leaves them: tokens are sealed and renewed once, and when one is worth
nothing any more everything stops, the operator is told, and nothing asks again and again."""

from __future__ import annotations

import asyncio
import html
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.settings import Settings
from bot.slack.channel import SlackChannel
from bot.slack.install_link import InstallLinks
from bot.slack.installations import Installations
from bot.slack.installing import Installing
from bot.slack.workspaces import Workspaces
from bot.worker import Worker
from storage import reach
from storage.database import StorageError, transaction
from storage.people import Status
from storage.slack_tables import TABLES
from tests.slack.conftest import WORDS
from tests.slack.sending import ORGANISATION, Office, OneClock, an_office, at_once
from tests.slack.standin import Human, Slack, Timing
from tests.storage.scenes import ENGINES, SECRET

# aiohttp finds fault with how slack_sdk 3.47 hands over the client's secret; that is theirs to mend.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
PUBLIC = "https://coach.example.com"
NEWER = "another-secret-for-these-tests-and-no-others"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = OneClock()
    with Slack(timing=Timing(now=clock)) as slack, an_office(slack, clock, tmp_path) as found:
        yield found


def test_slack_is_asked_once_who_we_are(office: Office) -> None:
    _, person = office.joins("Dana Lim", "|{team}|{user}")
    for number in range(3):
        office.says(person, number)
    office.worker.run_due()
    assert office.slack.ledger.counts() == {"auth.test": 1, "chat.postMessage": 3}
    there = office.workspaces.workspace()
    assert (there.team, there.organisation_id) == (office.slack.team.id, ORGANISATION)
    assert there.bot_user == office.slack.team.bot.id


@pytest.mark.parametrize("how", ["uninstalled", "revoked"])
def test_taken_out_everything_stops_and_slack_is_left_alone(office: Office, how: str) -> None:
    people = [office.joins(f"Manager {number}")[1] for number in range(3)]
    office.says(people[0], 0)
    office.worker.run_due()
    if how == "uninstalled":
        office.slack.call(
            lambda: office.slack.world.tokens.end(office.slack.team.id, None, "account_inactive")
        )
    else:
        office.slack.world.tokens.grants[office.slack.bot_token].ended = "token_revoked"
    asked = len(office.slack.ledger.calls)
    for person in people:
        for number in (1, 2):
            office.says(person, number)
    office.worker.run_due()
    office.runs(500, tick=50)
    assert len(office.slack.ledger.calls) == asked + 1
    assert {office.person(each).status for each in people} == {Status.STOPPED}
    reason = "account_inactive" if how == "uninstalled" else "token_revoked"
    with office.store.reading(ORGANISATION) as repo:
        assert reach.by_reason(repo.scope, "slack") == {reason: 3}
    states = [state for each in people for state in office.states(each)]
    assert Counter(states) == {("sent", None): 1, ("dead", reason): 3, ("dropped", reason): 3}
    # A new token, and a new start: everybody goes on, and what was dropped stays dropped.
    token = office.slack.world.tokens.issue("bot", office.slack.team.id).token
    again = Workspaces(office.store, office.clock, api_url=office.slack.api_url, token=token)
    again.open()
    assert {office.person(each).status for each in people} == {Status.ACTIVE}
    channel = SlackChannel(office.store, WORDS, office.clock, again)
    office.says(people[0], 3)
    Worker(office.store, WORDS, office.clock, {"slack": channel}).run_due()
    assert office.states(people[0])[-1] == ("sent", None)


def test_a_token_that_is_no_good_from_the_start_is_not_tried_for_every_line(tmp_path: Path) -> None:
    clock = OneClock()
    with Slack(timing=Timing(now=clock)) as slack:
        slack.bot_token = "xoxb-of-nobody"
        with an_office(slack, clock, tmp_path) as office:
            people = [office.joins(f"Manager {number}")[1] for number in range(5)]
            for person in people:
                office.says(person, 1)
            office.worker.run_due()
            assert slack.ledger.counts() == {"auth.test": 1}


# --- installed by administrators ---------------------------------------------------------------------


@contextmanager
def many(tmp_path: Path, engine: str = "sqlite") -> Iterator[tuple[Office, Slack]]:
    clock = OneClock()
    with (
        Slack(timing=Timing(now=clock), installed=False) as slack,
        an_office(slack, clock, tmp_path, engine=engine) as office,
    ):
        office.workspaces = workspaces(office)
        office.channel = SlackChannel(office.store, WORDS, clock, office.workspaces)
        office.worker = Worker(office.store, WORDS, clock, {"slack": office.channel})
        yield office, slack


def workspaces(office: Office, secret: str = SECRET) -> Workspaces:
    app = office.slack.app
    kept = Installations(app.client_id, office.store, secret)
    return Workspaces(
        office.store,
        office.clock,
        api_url=office.slack.api_url,
        installations=kept,
        client_id=app.client_id,
        client_secret=app.client_secret,
    )


def pages(office: Office) -> tuple[Route, Route, InstallLinks]:
    """The page an administrator opens, the way back, and what makes the links that lead there."""
    slack, app = office.slack, office.slack.app
    settings = Settings(
        secret_key=SECRET,
        public_url=PUBLIC,
        slack_client_id=app.client_id,
        slack_client_secret=app.client_secret,
        slack_api_url=slack.api_url,
    )
    kept = office.workspaces._installations
    assert kept is not None
    client = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    page, back = Installing(settings, office.store, WORDS, kept, office.workspaces, client).routes()
    return page, back, InstallLinks(PUBLIC, SECRET)


def install(office: Office, who: Human, organisation: str = ORGANISATION, **how: bool | str) -> Response:
    """The whole way: our page, Slack's page, and back."""
    office.slack.will_install(who, **how)  # type: ignore[arg-type]

    async def go() -> Response:
        start, way_back, links = pages(office)
        page = await get(start, urlsplit(links.made(organisation)).query)
        cookie = page.headers["set-cookie"].partition(";")[0]
        (target,) = re.findall('href="(http[^"]+)"', bytes(page.body).decode())
        target = html.unescape(target)
        async with aiohttp.ClientSession() as browser, browser.get(target, allow_redirects=False) as agreed:
            back = urlsplit(agreed.headers["Location"])
        assert f"{back.scheme}://{back.netloc}" == PUBLIC
        assert "code" in parse_qs(back.query) or "error" in parse_qs(back.query)
        return await get(way_back, back.query, cookie)

    return asyncio.run(go())


async def get(route: Route, query: str = "", cookie: str = "") -> Response:
    scope = {
        "type": "http", "method": "GET", "path": route.path, "query_string": query.encode(),
        "headers": [(b"host", b"coach.example.com"), (b"cookie", cookie.encode())], "scheme": "https",
        "server": ("coach.example.com", 443),
    }  # fmt: skip
    found: Response = await route.endpoint(Request(scope))
    return found


def renewals(slack: Slack) -> int:
    calls = slack.ledger.requests("oauth.v2.access")
    return sum(call.args.get("grant_type") == "refresh_token" for call in calls)


def at_rest(office: Office) -> str:
    with transaction(office.store.engine, reading=True) as connection:
        return "\n".join(str(row) for table in TABLES for row in connection.execute(select(table)))


@pytest.mark.parametrize("engine", ENGINES)
def test_an_administrator_installs_the_app_and_its_tokens_lie_sealed(tmp_path: Path, engine: str) -> None:
    with many(tmp_path, engine) as (office, slack):
        human, person = office.joins("Dana Lim", "|{team}|{user}")
        answer = install(office, human, rotates=True)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        office.says(person, 1)
        office.worker.run_due()
        assert office.states(person) == [("sent", None)]
        assert "xox" not in at_rest(office)
        assert slack.ledger.counts()["auth.test"] <= 1
        there = office.workspaces.workspace(slack.team.id)
        assert "chat:write" in there.scopes
        assert asyncio.run(office.workspaces.token("", slack.team.id)) == there.token
        assert asyncio.run(office.workspaces.token("", "T00OTHER")) is None


def test_the_secret_can_be_changed_and_the_former_one_taken_away(tmp_path: Path) -> None:
    with many(tmp_path) as (office, slack):
        human, _ = office.joins("Dana Lim")
        install(office, human)
        token = office.workspaces.workspace(slack.team.id).token
        with pytest.raises(StorageError, match="former secret"):
            workspaces(office, NEWER).workspace(slack.team.id)
        workspaces(office, f"{NEWER},{SECRET}").open()
        assert workspaces(office, NEWER).workspace(slack.team.id).token == token


def test_somebody_who_does_not_agree_leaves_nothing_behind(tmp_path: Path) -> None:
    with many(tmp_path) as (office, slack):
        human, person = office.joins("Dana Lim", "|{team}|{user}")
        install(office, human, agrees=False)
        office.says(person, 1)
        office.worker.run_due()
        assert office.states(person) == [("dead", "not_installed")]
        assert slack.ledger.counts() == {}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_token_is_renewed_once_before_its_time_is_up_whoever_asks(tmp_path: Path, engine: str) -> None:
    with many(tmp_path, engine) as (office, slack):
        human, person = office.joins("Dana Lim", "|{team}|{user}")
        install(office, human, rotates=True)
        # The SDK dates the end of the first token by the computer's own clock, so it is renewed at once here.
        first = office.workspaces.workspace(slack.team.id).token
        before = renewals(slack)
        office.clock.goes_on(10.5 * 3600)
        replicas = [workspaces(office) for _ in range(4)]
        at_once(*(lambda each=each: each.workspace(slack.team.id) for each in replicas))
        assert renewals(slack) == before + 1
        second = workspaces(office).workspace(slack.team.id).token
        assert second != first
        office.clock.goes_on(2 * 3600)  # the first one's time is up
        office.workspaces = replicas[0]
        office.workspaces.forget_what_is_known()
        office.says(person, 1)
        Worker(
            office.store, WORDS, office.clock,
            {"slack": SlackChannel(office.store, WORDS, office.clock, office.workspaces)},
        ).run_due()  # fmt: skip
        assert office.states(person) == [("sent", None)]
        assert "xox" not in at_rest(office)


def test_one_installation_reaches_every_workspace_of_an_organisation(tmp_path: Path) -> None:
    with many(tmp_path) as (office, slack):
        east, _ = slack.workspace("T00EAST", "East", enterprise="E00ACME", installed=False)
        west, _ = slack.workspace("T00WEST", "West", enterprise="E00ACME", installed=False)
        humans = [slack.joins("Dana Lim", team=east), slack.joins("Kim Lee", team=west)]
        people = [office.enrols(each, "E00ACME|{team}|{user}") for each in humans]
        install(office, humans[0], enterprise="E00ACME")
        for person in people:
            office.says(person, 1)
        office.worker.run_due()
        assert [office.states(each) for each in people] == [[("sent", None)]] * 2
        assert [post.team_id for post in slack.ledger.posts] == ["T00EAST", "T00WEST"]


def test_one_workspace_leaves_and_the_other_stays_and_it_may_come_back(tmp_path: Path) -> None:
    with many(tmp_path) as (office, slack):
        other, _ = slack.workspace("T00OTHER", "Other", installed=False)
        here, there = slack.joins("Dana Lim"), slack.joins("Kim Lee", team=other)
        stays, leaves = (office.enrols(each, "|{team}|{user}") for each in (here, there))
        install(office, here)
        install(office, there)
        assert office.workspaces.gone("T00OTHER", "", "app_uninstalled") == 1
        assert office.workspaces.gone("T00OTHER", "", "tokens_revoked") == 0  # the other event, as it comes
        assert office.person(leaves).status is Status.STOPPED
        office.says(stays, 1)
        office.says(leaves, 1)
        office.worker.run_due()
        assert office.states(stays) == [("sent", None)]
        assert office.states(leaves) == [("dead", "not_installed")]
        assert [each.team for each in office.workspaces.all()] == [slack.team.id]
        install(office, there)
        assert office.person(leaves).status is Status.ACTIVE
        office.says(leaves, 2)
        office.worker.run_due()
        assert office.states(leaves)[-1] == ("sent", None)

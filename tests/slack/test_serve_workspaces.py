"""Several workspaces and a whole Enterprise organisation, through the command itself: each is added by its
link, each line leaves with its own token, and only the one that takes the app out stops.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

import aiohttp
import pytest

from bot import demo
from bot.clock import SystemClock
from bot.settings import Settings
from bot.slack.install_link import InstallLinks
from storage import reach
from storage.people import Person, Programme, Status
from storage.store import Store
from tests.slack.place import ORGANISATION, Place, last
from tests.slack.served import answers, until
from tests.slack.standin import Human, Slack, Timing

ROOT = Path(__file__).resolve().parents[2]
OTHER = "another"
AN_HOUR = 3600.0  # so long these tokens live: less than the two hours before which they are renewed


@dataclass
class Served:
    """The command at work, and what an operator and an administrator do beside it."""

    place: Place
    settings: Settings
    slack: Slack

    @property
    def store(self) -> Store:
        return self.place.store

    def environment(self) -> dict[str, str]:
        own = {
            each.metadata["variable"]: str(getattr(self.settings, each.name))
            for each in fields(self.settings)
        }
        return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **own}

    def link(self, organisation: str) -> str:
        """What `unbadged install-link slack` prints."""
        command = [sys.executable, "-m", "bot.cli", "install-link", "slack", "--organisation", organisation]
        said = subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=True)
        return said.stdout.splitlines()[0]

    def installs(self, who: Human, link: str, *, enterprise: str | None = None) -> int:
        """An administrator opens the link, agrees at Slack's, and comes back; how our page answered."""
        self.slack.will_install(who, enterprise=enterprise, rotates=True)

        async def go() -> int:
            async with aiohttp.ClientSession() as browser:
                async with browser.get(link) as page:
                    cookie = page.headers["Set-Cookie"].partition(";")[0]
                    (target,) = re.findall('href="(http[^"]+)"', await page.text())
                target = html.unescape(target)
                async with browser.get(target, allow_redirects=False) as agreed:
                    back = agreed.headers["Location"]
                async with browser.get(back, headers={"Cookie": cookie}) as done:
                    return done.status

        return asyncio.run(go())

    def employs(self, organisation: str, name: str, address: str | None = None) -> Person:
        email = f"{name.lower().replace(' ', '.')}@example.com"
        with self.store.transaction(organisation) as repo:
            person = replace(demo.MANAGERS[0], name=name, email=email, coach_id=None)
            added = repo.add_person(replace(person, programme_id=repo.programmes()[0].id))
            if address is not None:
                repo.link(added.id, "slack", address)
        return added

    def person(self, organisation: str, person: Person) -> Person:
        with self.store.reading(organisation) as repo:
            found = repo.person(person.id)
        assert found is not None
        return found

    def hears(self, human: Human, words: str, seconds: float = 15) -> str:
        """What somebody is answered."""
        channel = human.channel.id
        before = len(self.slack.ledger.posts_in(channel))
        assert human.says(words).delivery.acknowledged
        self.slack.ledger.wait_until(lambda: len(self.slack.ledger.posts_in(channel)) > before, seconds)
        return last(human)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with Slack(timing=Timing(scale=0.001, token_seconds=AN_HOUR), installed=False) as slack:
        place = Place(tmp_path, slack)
        place.store.add_organisation(OTHER, "Another", SystemClock().now())
        with place.store.transaction(OTHER) as repo:
            repo.add_programme(Programme("spring", "Spring", demo.BEGINS.date()))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        public = f"http://127.0.0.1:{port}"
        own = {"slack_client_id": slack.app.client_id, "slack_client_secret": slack.app.client_secret}
        settings = replace(place.settings, slack_bot_token="", public_url=public, port=port)
        settings = replace(settings, **own)  # type: ignore[arg-type] # all of them are texts
        served = Served(place, settings, slack)
        slack.listens_at(f"{public}/slack/events")
        command = [sys.executable, "-m", "bot.cli", "serve"]
        with subprocess.Popen(command, env=served.environment(), cwd=tmp_path) as child:
            try:
                until(lambda: answers(f"{public}/readyz"))
                yield served
            finally:
                slack.lets_go()
                child.send_signal(signal.SIGTERM)
                child.wait(30)
        assert child.returncode == 0
        place.store.close()


def test_workspaces_of_two_organisations_and_a_whole_enterprise(served: Served) -> None:
    slack = served.slack
    second, _ = slack.workspace("T00SECOND", "Second", installed=False)
    east, _ = slack.workspace("T00EAST", "East", enterprise="E00GRID", installed=False)
    west, _ = slack.workspace("T00WEST", "West", enterprise="E00GRID", installed=False)
    dana, kim = slack.joins("Dana Lim"), slack.joins("Kim Lee", team=second)
    ana, ben = slack.joins("Ana Ruiz", team=east), slack.joins("Ben Ode", team=west)
    people = {
        human.id: (organisation, served.employs(organisation, human.member.real_name))
        for human, organisation in ((dana, ORGANISATION), (kim, ORGANISATION), (ana, OTHER), (ben, OTHER))
    }
    made = InstallLinks(served.settings.public_url, served.settings.secret_key)
    links = {ORGANISATION: served.link(ORGANISATION), OTHER: made.made(OTHER)}

    # Before anybody installed it, nothing of a workspace can be anybody's.
    too_early = dana.says("too early").delivery
    slack.settle()
    assert {each.status for each in too_early.attempts} == {503}

    assert served.installs(dana, links[ORGANISATION]) == 200
    assert served.installs(kim, links[ORGANISATION]) == 200
    assert served.installs(ana, links[OTHER], enterprise="E00GRID") == 200
    assert served.installs(dana, links[OTHER]) == 409, "a workspace is not taken over"

    for human in (dana, kim, ana, ben):
        assert "eight weeks" in served.hears(human, "hello")
        organisation, person = people[human.id]
        with served.store.reading(organisation) as repo:
            assert repo.platform_id(person.id, "slack") is not None
        (post,) = slack.ledger.posts_in(human.channel.id)
        assert post.team_id == human.workspace.id

    # Each line went out with a token of its own, and with one that was renewed before it was used.
    renewed = [call for call in slack.ledger.requests("oauth.v2.access") if call.args.get("refresh_token")]
    assert len(renewed) >= 3
    assert all(call.took_effect for call in renewed), "a refresh token is spent once"
    calls = slack.ledger.requests("chat.postMessage")
    assert {call.team_id for call in calls} <= {None, "T00ACME", "T00SECOND"}
    assert not [call for call in calls if not call.took_effect]

    # One takes the app out: it alone stops, and the others are answered as before.
    theirs = [each.token for each in slack.world.tokens.grants.values() if each.team_id == second.id]
    slack.uninstalls(theirs[-1])
    slack.settle()
    status = {human.id: served.person(*people[human.id]).status for human in (dana, kim, ana, ben)}
    assert [each for each, found in status.items() if found is Status.STOPPED] == [kim.id]
    with served.store.reading(ORGANISATION) as repo:
        assert set(reach.by_reason(repo.scope, "slack").values()) == {1}
    assert served.hears(dana, "help")
    assert served.hears(ben, "help")
    posts = len(slack.ledger.posts_in(kim.channel.id))

    # It comes back, and goes on.
    assert served.installs(kim, links[ORGANISATION]) == 200
    assert served.person(*people[kim.id]).status is not Status.STOPPED
    assert served.hears(kim, "help")
    assert len(slack.ledger.posts_in(kim.channel.id)) > posts

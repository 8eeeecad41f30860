"""A manager's own pages in Slack: where the service has an address, Home and the chat carry links that open
them; where it has none they say so, and nothing points to a page that is not there."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from storage.people import Person
from tests.slack.place import Place, last
from tests.slack.standin import Human, Slack, Timing

HTTPS = "https://coach.example.com"


@contextmanager
def office(folder: Path, public_url: str) -> Iterator[tuple[Place, Human, Person]]:
    """A manager who has said OK."""
    with (
        Slack(timing=Timing(scale=0.001)) as slack,
        Place(folder, slack, public_url=public_url) as coach,
    ):
        dana = coach.employs()
        human = slack.joins("Dana Lim", email="dana.lim@example.com")
        human.says("hello")
        for label in ("Start", "OK", "Yes"):
            coach.works()
            assert human.presses(label).trouble == ""
        coach.works()
        yield coach, human, dana


def home_of(coach: Place, human: Human) -> dict[str, Any]:
    before = len(coach.slack.ledger.views)
    human.opens_home()
    coach.slack.ledger.wait_until(lambda: len(coach.slack.ledger.views) > before)
    return coach.slack.ledger.views[-1].view


def said(coach: Place, human: Human, text: str) -> list[dict[str, Any]]:
    """The blocks of what came in answer."""
    before = len(coach.slack.ledger.posts_in(human.channel.id))
    human.says(text)
    coach.works()
    return [b for p in coach.slack.ledger.posts_in(human.channel.id)[before:] for b in p.blocks]


def addresses(of: Any) -> list[str]:
    """Every address in a message or a view."""
    if isinstance(of, dict):
        here = [of["url"]] if isinstance(of.get("url"), str) else []
        return here + [each for value in of.values() for each in addresses(value)]
    return [each for value in of for each in addresses(value)] if isinstance(of, list | tuple) else []


def opened(coach: Place, address: str) -> str:
    """What the link shows, at the port the service really listens at."""
    assert address.startswith(f"{HTTPS}/mine?ticket=")
    here = f"http://127.0.0.1:{coach.port}/mine"
    ticket = urlsplit(address).query
    with urllib.request.urlopen(f"{here}?{ticket}") as shown:
        assert "<button" in shown.read().decode()

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    with pytest.raises(urllib.error.HTTPError) as led_on:
        urllib.request.build_opener(Stay).open(here, ticket.encode())
    mark = led_on.value.headers["set-cookie"].partition(";")[0]
    where = led_on.value.headers["location"]
    led_on.value.close()
    asked = urllib.request.Request(f"http://127.0.0.1:{coach.port}{where}", headers={"cookie": mark})
    with urllib.request.urlopen(asked) as page:
        return str(page.read().decode())


def test_with_an_address_home_and_the_chat_lead_to_the_pages(tmp_path: Path) -> None:
    with office(tmp_path, HTTPS) as (coach, human, _):
        (address,) = addresses(home_of(coach, human))
        assert "Dana Lim" in opened(coach, address)
        (again,) = addresses(home_of(coach, human))
        assert again != address, "looked at again it is a new one"
        (record,) = addresses(said(coach, human, "what do you know about me"))
        assert "Dana Lim" in opened(coach, record)
        page, file = addresses(said(coach, human, "export my data"))
        assert "Dana Lim" in opened(coach, page)
        assert json.loads(opened(coach, file))["format"] == "unbadged-record"
        posts = coach.slack.ledger.posts_in(human.channel.id)
        assert "ticket=" not in "".join(post.text for post in posts), "nothing read aloud has an address"


def test_without_one_nothing_points_to_a_page_and_that_is_said(tmp_path: Path) -> None:
    with office(tmp_path, "") as (coach, human, _):
        assert addresses(home_of(coach, human)) == []
        assert addresses(said(coach, human, "what do you know about me")) == []
        heard = [each.text for each in human.sees()]
        assert any("no web address yet, so I have none to show" in each for each in heard)
        assert addresses(said(coach, human, "export my data")) == []
        heard = [each.text for each in human.sees()]
        assert any("I cannot hand you a page or a file here" in each for each in heard)
        assert not any('page "My record"' in each for each in heard)
        assert last(human)
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"http://127.0.0.1:{coach.port}/mine?{urlencode({'ticket': 'x'})}")

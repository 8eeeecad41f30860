"""The service's pages on a real port, with one manager behind them in the first week, and a browser without a
screen that keeps its cookies.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import uvicorn

from bot import serve
from bot.clock import Clock
from bot.own.links import Links, OwnPage
from bot.own.pages import OwnPages
from prompts.words import Words
from storage.store import Store
from tests.around.company import Company, company
from tests.properties.service import LANGUAGE, ORGANISATION

SECRET = "kV3tq-9wZb7Lr2Xc8Nf5Hd1Js6Pm4Gy0"
HTTPS = "https://coach.example.com"


@contextmanager
def served(store: Store, words: Words, clock: Clock, public_url: str = "") -> Iterator[tuple[str, Links]]:
    """The pages, really served; where, and what makes links to them. Without an address it is that one."""
    door = serve.listen("127.0.0.1", 0)
    here = f"http://127.0.0.1:{door.getsockname()[1]}"
    links = Links(SECRET, public_url or here)
    own = OwnPages(store, words, clock, links)

    class Never:
        last = 0.0

    never: Any = Never()
    app = serve.pages(store, words, "sqlite://", clock, never, own=own.routes())
    server = uvicorn.Server(uvicorn.Config(app, access_log=False, log_config=None, log_level="warning"))
    thread = threading.Thread(target=server.run, args=([door],), daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield here, links
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@dataclass
class There:
    """A manager, the service, and how to come to it."""

    company: Company
    here: str
    links: Links

    @property
    def person(self) -> str:
        return self.company.here.id

    def link(self, page: OwnPage = OwnPage.RECORD, person: str = "", organisation: str = ORGANISATION) -> str:
        """A link made now, at the port that is listened at."""
        made = self.links.link(organisation, person or self.person, page, self.company.here.clock.now())
        return self.at_our_port(made)

    def at_our_port(self, address: str) -> str:
        parts = urlsplit(address)
        return f"{self.here}{parts.path}?{parts.query}"

    def later(self, **how: float) -> None:
        self.company.here.clock.moment += timedelta(**how)

    def browser(self) -> httpx2.Client:
        """Another browser each time."""
        return httpx2.Client(base_url=self.here, follow_redirects=False)


@contextmanager
def there(public_url: str = "") -> Iterator[There]:
    """Everybody, served."""
    with (
        company() as found,
        served(found.here.store, LANGUAGE, found.here.clock, public_url) as (here, links),
    ):
        yield There(found, here, links)


def ticket_of(address: str) -> str:
    """What a link carries."""
    return parse_qs(urlsplit(address).query)["ticket"][0]


def press(browser: httpx2.Client, address: str) -> httpx2.Response:
    """Press the button of the page that a link leads to."""
    return browser.post("/mine", data={"ticket": ticket_of(address)})

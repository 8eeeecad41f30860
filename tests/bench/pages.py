"""How long the page of a piece of work takes that was counted for a year, and what its coach sees of it.
It is the time of the server alone: read, add up, put into words, make the page.
"""

from __future__ import annotations

import secrets
import statistics
import tempfile
import time
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from starlette.testclient import TestClient

from bot import demo
from bot.openings import USED_UP, manager_of
from bot.playground.app import playground
from bot.playground.play import Play
from bot.record.sheets import Papers
from coaching import facts
from coaching.facts import Fact
from coaching.journey import Kind
from coaching.slots import phrase
from coaching.summary import Part, Told, sent
from prompts.words import Words
from storage.migrate import migrate
from storage.repository import Repository
from storage.store import Store
from tests.playground.conftest import HERE

WEEKS, VISITS = 52, 20
BAR = 50.0  # milliseconds
A_WEEK = timedelta(weeks=1)


def a_year(play: Play, repo: Repository) -> str:
    """Somebody whose one piece of work has been counted for 52 weeks, each week sent to the coach."""
    person = next(each for each in repo.people() if "manager" in each.roles)
    manager, at = manager_of(repo, person), play.clock.now()
    (start,) = repo.conversations(person.id)
    four = Decimal(4)
    begun: dict[str, Fact] = {
        "friction": facts.Friction("quality", "Proposals", "Too many rounds", wanted=True),
        "measured": facts.Measured("M07", "rounds", "draft to sent", "errors"),
    }
    begun |= {f"before_{n}": facts.Before(n, four, four, "rounds", "counted", False) for n in (1, 2, 3)}
    repo.project(start.id, begun, at)
    for week in range(1, WEEKS + 1):
        at += A_WEEK
        talk = repo.open_conversation(person.id, Kind.WEEK, week, at, "null", min(week, 8))
        value = Decimal(1 + week % 3)
        told = (Told(Part.NUMBER, phrase("summary_nothing_left")),)
        known: dict[str, Fact] = {
            "reading": facts.Reading(week, value, value, "rounds", "counted", True, "said"),
            "minding": facts.Minding(week, 5, 10, 0, 2, "worth_it"),
            "forecast": facts.Forecast(week, 70, ""),
            "output": facts.Output(week, "good_enough"),
            "sent_summary": sent(manager, week, told, {}, at),
        }
        repo.project(talk.id, known, at)
        repo.close(talk.id, USED_UP, at)
    return person.id


def pages() -> bool:
    """Measure, print, and say whether both pages are made within the bar."""
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        migrate(url)
        store, words = Store(url, None, secrets.token_urlsafe(32)), Words()
        play = Play(store, words)
        with store.transaction(demo.ORGANISATION) as repo:
            me = a_year(play, repo)
        papers = Papers(store, words, play.clock, demo.ORGANISATION)
        reader = words.reader("en", "SG", "UTC")
        app = playground(play, lambda name, slots: words.line(reader, name, slots), papers)
        with TestClient(app, base_url=HERE) as client:
            for page in ("weeks", "coach"):
                client.get(f"/{me}/{page}").raise_for_status()
                took = []
                for _ in range(VISITS):
                    begins = time.perf_counter()
                    client.get(f"/{me}/{page}")
                    took.append((time.perf_counter() - begins) * 1000)
                median = statistics.median(took)
                worst = max(worst, median)
                print(f"a page of {WEEKS} weeks, {page:5} {median:4.0f} ms, bar {BAR:.0f}   n = {VISITS}")
        store.close()
    return worst <= BAR

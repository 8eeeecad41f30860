"""The Home tab, made from what is kept: a manager's week, a coach's portfolio, an owner's questions, and one
polite line for somebody nobody knows. Published to a stand-in Slack, which refuses what Slack would."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.around.posting import HOME
from bot.incoming import Incoming
from bot.slack.events import Who
from bot.slack.homes import Homes, home_page
from bot.worker import Worker
from coaching.facts import Gap
from storage.jobs import job_table
from tests.around.company import Company, company
from tests.properties.service import LANGUAGE, ORGANISATION
from tests.slack.limits import faults


@dataclass
class Door:
    """Where pages arrive."""

    taken: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def publish(self, organisation_id: str, platform_id: str, view: dict[str, Any]) -> None:
        """Write it down."""
        assert faults(view) == []
        self.taken.append((platform_id, view))


@pytest.fixture
def here() -> Iterator[Company]:
    with company() as found:
        with found.repo() as repo:
            repo.link(found.here.id, "slack", "|T1|UDANA")
            repo.link(found.ids["coach"], "slack", "|T1|UMEI")
        yield found


def homes(here: Company, door: Door) -> Homes:
    return Homes(here.here.store, LANGUAGE, here.here.clock, lambda _: ORGANISATION, door)


def shown(view: dict[str, Any]) -> str:
    return json.dumps(view, ensure_ascii=False)


def test_a_manager_sees_this_week_the_rails_and_whom_to_call(here: Company) -> None:
    person = here.here.person
    with here.repo() as repo:
        page = home_page(repo, LANGUAGE, person, here.here.clock.now())
        pack = repo.current_guardrails("SG", here.here.clock.now())
    assert pack is not None
    assert page.assignment.startswith("By ")
    assert "Good = " in page.assignment
    assert page.next_at is not None
    assert page.next_at > here.here.clock.now()
    assert page.rails[0].startswith("Data: ")
    assert len(page.rails) == 4
    assert page.call[0] == " · ".join(pack.call_first)
    assert "Mei Tan: the summaries you sent" in page.who_sees
    assert not page.stopped
    assert page.paused_until is None


def test_it_is_published_to_whoever_opens_it(here: Company) -> None:
    door = Door()
    asyncio.run(homes(here, door).publish(Who("T1", "UDANA")))
    asyncio.run(homes(here, door).publish(Who("T1", "UMEI")))
    asyncio.run(homes(here, door).publish(Who("T1", "USOMEBODY")))
    asyncio.run(homes(here, door).publish(Who("T1", "UDANA", home="TELSEWHERE")))
    manager, coach, stranger, outsider = (view for _, view in door.taken)
    assert manager["callback_id"] == "home"
    assert "Your week" in shown(manager)
    assert coach["callback_id"] == "portfolio"
    assert "Your managers" in shown(coach)
    for nobody in (stranger, outsider):
        assert "nothing of yours is kept" in shown(nobody)
        assert "Dana" not in shown(nobody)


def test_paused_and_stopped_it_says_so_and_offers_the_way_back(here: Company) -> None:
    door = Door()
    made = homes(here, door)
    here.here.receive(words="pause")
    view = shown(made.view(ORGANISATION, here.here.id))
    assert "Paused until" in view
    assert "wish.start" in view
    assert "wish.pause" not in view
    here.here.receive(words="stop")
    assert "Stopped." in shown(made.view(ORGANISATION, here.here.id))


def test_it_speaks_the_managers_language(here: Company) -> None:
    with here.repo() as repo:
        repo.update_person(here.here.id, language="ja")
    view = shown(homes(here, Door()).view(ORGANISATION, here.here.id))
    assert "よい = " in view
    assert "Good = " not in view


def test_an_owner_sees_the_open_questions(here: Company) -> None:
    with here.repo() as repo:
        pack = repo.guardrail_versions("SG")[-1]
        repo.update_person(here.ids["owner"], email=pack.owner_contact)
    here.raises(Gap("SG", "data", here.here.clock.now()), name="gap")
    view = shown(homes(here, Door()).view(ORGANISATION, here.ids["owner"]))
    assert "What holds for Singapore: data?" in view
    assert "Dana" not in view


def test_an_owner_who_takes_part_without_a_coach_keeps_their_own_week_beside_the_questions(
    here: Company,
) -> None:
    with here.repo() as repo:
        pack = repo.guardrail_versions("SG")[-1]
        repo.update_person(here.here.id, email=pack.owner_contact, coach_id=None)
    here.raises(Gap("SG", "data", here.here.clock.now()), name="gap")
    view = shown(homes(here, Door()).view(ORGANISATION, here.here.id))
    assert "What holds for Singapore: data?" in view
    assert "Your week" in view


def test_after_exchanges_in_a_row_it_is_made_anew_once(here: Company) -> None:
    door = Door()
    here.here.worker = Worker(here.here.store, LANGUAGE, here.here.clock, {}, homes=homes(here, door))
    for at in range(4):
        said = Incoming("slack", f"k{at}", here.here.id, words="help")
        here.here.listener.receive(ORGANISATION, said)
    here.later(seconds=5)
    assert [where for where, _ in door.taken] == ["|T1|UDANA"]
    with here.repo() as repo:
        rows = repo.scope.rows(job_table, job_table.c.name == HOME)
    assert [row["state"] for row in rows].count("done") == 1


def test_a_page_that_cannot_be_published_is_let_go(here: Company) -> None:
    class Shut:
        def publish(self, organisation_id: str, platform_id: str, view: dict[str, Any]) -> None:
            raise RuntimeError("gone")

    shut = Homes(here.here.store, LANGUAGE, here.here.clock, lambda _: ORGANISATION, Shut())
    here.here.worker = Worker(here.here.store, LANGUAGE, here.here.clock, {}, homes=shut)
    here.here.listener.receive(ORGANISATION, Incoming("slack", "k", here.here.id, words="help"))
    here.later(seconds=5)
    with here.repo() as repo:
        (row,) = repo.scope.rows(job_table, job_table.c.name == HOME)
    assert (row["state"], row["reason"]) == ("dropped", "not_published")

"""A workspace belongs to the organisation whose link it was added by; nobody else can say so, and no line
leaves through the workspace of another one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.channel import NotDeliveredError, Outcome, Settlement
from bot.slack.install_link import GIVEN, InstallLinks
from bot.slack.installations import NoOrganisationError
from bot.slack.pictures import Whose
from storage import slack_files
from storage.slack_files import Lying
from tests.bench.pictures import CHART
from tests.slack.conftest import SPEECHES
from tests.slack.sending import ORGANISATION
from tests.slack.test_workspaces import NEWER, PUBLIC, get, install, many, pages
from tests.storage.scenes import SECRET

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
OTHER = "another"


def test_without_a_link_of_ours_nobody_gets_as_far_as_slack(tmp_path: Path) -> None:
    with many(tmp_path) as (office, slack):
        start, back, links = pages(office)
        wrong = [
            "",
            "link=gAAAAAB",
            urlsplit(InstallLinks(PUBLIC, NEWER).made(ORGANISATION)).query,
            urlsplit(links.made("nobody-knows-it")).query,
        ]
        answers = [asyncio.run(get(start, query)) for query in wrong]
        answers.append(asyncio.run(get(back, "state=made-up&code=1")))
        assert [each.status_code for each in answers] == [403] * 4 + [401]
        for each in answers:
            assert "set-cookie" not in each.headers
            assert "whoever runs the coach" in bytes(each.body).decode()
        assert slack.ledger.counts() == {}


def test_a_link_is_good_for_a_week_and_under_the_former_secret_too(monkeypatch: pytest.MonkeyPatch) -> None:
    began = time.time()
    given = parse_qs(urlsplit(InstallLinks(PUBLIC, SECRET).made(ORGANISATION)).query)[GIVEN][0]
    ways = (InstallLinks(PUBLIC, SECRET), InstallLinks(PUBLIC, f"{NEWER},{SECRET}"))
    for days, found in ((6.9, ORGANISATION), (7.1, None)):
        monkeypatch.setattr(time, "time", lambda days=days: began + days * 86_400)
        assert [each.organisation(given) for each in ways] == [found] * 2


def test_each_workspace_belongs_to_the_organisation_whose_link_it_came_by(tmp_path: Path) -> None:
    with many(tmp_path) as (office, slack):
        office.store.add_organisation(OTHER, "Another", office.clock.now())
        there, _ = slack.workspace("T00OTHER", "Other", installed=False)
        dana, kim = slack.joins("Dana Lim"), slack.joins("Kim Lee", team=there)
        assert install(office, dana).status_code == 200
        assert install(office, kim, OTHER).status_code == 200
        found = office.workspaces
        assert [found.organisation_of(each) for each in (slack.team.id, there.id)] == [ORGANISATION, OTHER]
        assert [found.places(each) for each in (ORGANISATION, OTHER)] == [
            [("", slack.team.id)],
            [("", there.id)],
        ]
        with pytest.raises(NoOrganisationError, match="install-link"):
            found.organisation_of("T00NOBODYS")
        token = found.workspace(there.id).token
        refused = install(office, kim)
        assert refused.status_code == 409
        assert "another organisation" in bytes(refused.body).decode()
        found.forget_what_is_known()
        assert (found.workspace(there.id).organisation_id, found.workspace(there.id).token) == (OTHER, token)


def test_nothing_leaves_through_the_workspace_of_another_organisation(tmp_path: Path) -> None:
    with many(tmp_path) as (office, slack):
        office.store.add_organisation(OTHER, "Another", office.clock.now())
        human, person = office.joins("Dana Lim", "|{team}|{user}")
        install(office, human, OTHER)
        office.says(person, 1)
        office.worker.run_due()
        assert office.states(person) == [("dead", "another_organisation")]
        with office.store.reading(ORGANISATION) as repo:
            address = repo.platform_id(person.id, "slack") or ""
        reader, view = SPEECHES["en"].reader, {"type": "home", "blocks": []}
        closed = Settlement(ORGANISATION, person.id, address, reader, "D1:1.0", Outcome.CLOSED, "", None)
        with office.store.transaction(ORGANISATION) as repo:
            slack_files.add(repo.scope, None, Lying("F1", slack.team.id, ""), "d", office.clock.now())
        before = slack.ledger.counts()
        office.channel.clear(ORGANISATION)
        ways: tuple[Callable[[], object], ...] = (
            lambda: office.channel.settle(closed),
            lambda: office.channel.publish(ORGANISATION, address, view),
            lambda: office.channel.zone_of(ORGANISATION, address),
        )
        for leaves in ways:
            with pytest.raises(NotDeliveredError, match="another_organisation"):
                leaves()
        assert office.channel.pictures.of(Whose(ORGANISATION, person.id, address, reader), CHART) is None
        assert slack.ledger.counts() == before
        assert slack.ledger.posts == []

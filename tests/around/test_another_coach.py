"""The roster names another coach: what a coach had in their care is the new one's, and the former one reads
nothing of it any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.around.concerns import due_at
from bot.around.posting import HOME
from bot.imports import people
from bot.imports.rows import Row
from bot.openings import calendar_of
from coaching import rhythm
from storage.jobs import job_table
from storage.people import Status
from tests.around.company import Company, company
from tests.properties.service import CHANNEL, ORGANISATION


@pytest.fixture
def here() -> Iterator[Company]:
    with company() as found:
        yield found


def test_another_coach_takes_over_what_waits_and_what_goes_on(here: Company) -> None:
    """The roster names another: the new one hears what nobody took up, and can act; the former cannot."""
    waiting = here.sign("person", "with_topic", "pelican")
    here.later(minutes=1)
    taken = here.sign("quiet", "three_weeks")
    here.later(minutes=1)
    here.sign("connect", "independent")
    first, second = here.notes("coach")
    pause = next(each for each in second.acts if each.action == "coach.pause")
    here.press("coach", second.acts[0])
    assert here.press("coach", pause) == "around_paused"
    _gets_a_coach(here, "owner")
    owners = {each.sign: each.owner_id for each in here.cares()}
    new, asked_for = here.ids["owner"], here.ids["outside"]
    assert owners == {"person": new, "quiet": new, "connect": asked_for}
    here.later(hours=1)
    (note,) = here.notes("owner")
    assert "pelican" in note.text
    assert here.press("coach", first.acts[0]) == "around_not_yours"
    assert here.acting.whom(ORGANISATION, here.ids["coach"], f"care/{taken.id}") is None
    assert here.press("owner", note.acts[0]) == "around_taken"
    lift = type(pause)("coach.start", pause.reference, "")
    assert here.press("owner", lift) == "around_goes_on"
    assert here.status() is Status.ACTIVE
    here.later(days=7)
    assert here.notes("backup") == [], "and the former one's time is not the new one's"
    (kept,) = (each for each in here.cares() if each.id == waiting.id)
    assert kept.acknowledged_by == here.ids["owner"]


def test_another_coach_has_time_of_their_own(here: Company) -> None:
    here.sign("person", "without_topic")
    here.later(hours=20)
    _gets_a_coach(here, "owner")
    (care,) = here.cares()
    with here.repo() as repo:
        owner = repo.person(here.ids["owner"])
    assert owner is not None
    assert care.due_at == due_at("person", calendar_of(owner), here.here.clock.now())
    while here.here.clock.now() < care.due_at - timedelta(hours=1):
        here.later(hours=1)
    assert here.notes("backup") == []
    for _ in range(4):
        here.later(days=1)
    assert len(here.notes("backup")) == 1


def test_what_was_to_be_read_in_the_morning_is_read_by_whoever_is_the_coach_then(here: Company) -> None:
    _at_night(here)
    here.sign("person", "with_topic", "pelican")
    with here.repo() as repo:
        repo.link(here.ids["coach"], "slack", "|T1|UMEI")
        repo.link(here.ids["owner"], "slack", "|T1|UWEI")
    _gets_a_coach(here, "owner")
    with here.repo() as repo:
        homes = {each["person_id"] for each in repo.scope.rows(job_table, job_table.c.name == HOME)}
        for who in ("coach", "owner"):
            repo.link(here.ids[who], CHANNEL, who)
    assert homes >= {here.ids["coach"], here.ids["owner"]}, "both pages show it"
    here.later(hours=14)
    assert here.notes("coach") == [], "the former one reads nothing of it any more"


def test_the_backup_is_not_told_that_it_waits_where_it_has_just_been_given_on(here: Company) -> None:
    here.sign("person", "without_topic")
    (care,) = here.cares()
    here.here.clock.moment = care.due_at + timedelta(minutes=1)
    here.here.worker.run_due()
    assert [each.passed_on for each in here.cares()] == [1]
    _gets_a_coach(here, "owner")
    here.later(hours=17)
    assert here.notes("backup") == []


def test_a_danger_that_somebody_has_wakes_no_new_coach(here: Company) -> None:
    here.here.receive(words="I don't want to live anymore, pelican")
    assert here.press("on_call", here.notes("on_call")[0].acts[0]) == "alert_taken"
    here.later(days=20)
    _at_night(here)
    _gets_a_coach(here, "owner")
    assert here.notes("owner") == []
    for _ in range(12):
        here.later(hours=8)
    assert len(here.notes("owner")) == 1


def _at_night(here: Company) -> None:
    calendar = calendar_of(here.here.person)
    today = rhythm.local_day(calendar, here.here.clock.now())
    here.here.clock.moment = rhythm.at_local(calendar, today, rhythm.WINDOW_CLOSES) + timedelta(hours=3)


def _gets_a_coach(here: Company, who: str) -> None:
    """The roster is handed in again, with another coach for the manager."""
    manager = here.here.person
    with here.repo() as repo:
        coach = repo.update_person(here.ids[who], roles=("coach",))
    rows = [
        Row(
            1,
            each.email or "",
            each.name,
            each.roles,
            "SG",
            None,
            "hr",
            each.zone,
            "en",
            "01234",
            by,
            None,
            None,
        )
        for each, by in ((coach, None), (manager, coach.email))
    ]
    with here.repo() as repo:
        repo.update_person(manager.id, market="SG", function="hr")
    planned = people.plan(here.here.store, None, rows)
    assert planned.problems == ()
    people.apply(here.here.store, planned, here.here.clock.now())
    here.here.worker.run_due()

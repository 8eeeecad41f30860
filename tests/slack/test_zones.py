"""Whoever has moved is not written to in the middle of their night, and no line is late for having asked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.around.letter import ABOUT
from bot.slack import pace
from bot.zones import is_zone
from coaching.attention import Kind
from storage.people import Person
from storage.repository import Repository
from tests.slack.sending import ORGANISATION, Office, OneClock, an_office
from tests.slack.standin import Fault, Slack, Timing, What


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = OneClock()  # ten o'clock in Singapore, two at night in London
    with Slack(timing=Timing(now=clock)) as slack, an_office(slack, clock, tmp_path) as found:
        yield found


def asked(office: Office) -> int:
    return office.slack.ledger.counts()[pace.WHO]


@pytest.mark.parametrize("nudge", [Kind.COACH_LINE, ABOUT])
def test_somebody_who_moved_to_london_gets_no_line_at_two_at_night(office: Office, nudge: str) -> None:
    human, person = office.joins("Dana Lim")
    human.member.tz = "Europe/London"  # and no event said so
    office.says(person, 1, nudge=nudge)
    office.worker.run_due()
    assert office.slack.ledger.posts == []
    assert office.person(person).zone == "Europe/London"
    office.clock.moment += timedelta(hours=8)
    office.worker.run_due()
    assert office.states(person) == [("sent", None)]


def test_a_zone_is_read_once_a_day_and_for_what_nobody_asked_for_only(office: Office) -> None:
    _, person = office.joins("Dana Lim")
    office.says(person, 1)
    office.worker.run_due()
    assert asked(office) == 0
    for number in (2, 3):
        office.says(person, number, nudge=ABOUT)
        office.runs(6)
    assert asked(office) == 1
    office.clock.moment += timedelta(days=1)
    office.says(person, 4, nudge=ABOUT)
    office.runs(6)
    assert asked(office) == 2
    assert office.states(person) == [("sent", None)] * 4


@pytest.mark.parametrize("fault", [Fault(What.STATUS), Fault(What.LIMIT), Fault(What.HANG, seconds=4)])
def test_a_zone_that_cannot_be_read_holds_no_line_up(office: Office, fault: Fault) -> None:
    fault.method = pace.WHO
    office.slack.faults.add(fault)
    people = [office.joins(name)[1] for name in ("Dana Lim", "Kim Lee")]
    for each in people:
        office.says(each, 1, nudge=ABOUT)
    began = time.monotonic()
    office.worker.run_due()
    assert time.monotonic() - began < 3.5
    assert [office.states(each) for each in people] == [[("sent", None)]] * 2
    assert asked(office) == 1


def test_only_a_place_people_live_in_is_a_zone() -> None:
    assert is_zone("Asia/Tokyo")
    assert not any(is_zone(each) for each in ("", "UTC", "Mars/Olympus", "../etc/passwd", "/etc/passwd"))


def test_a_zone_that_somebody_named_is_not_overruled_by_their_profile(office: Office) -> None:
    human, person = office.joins("Dana Lim")
    with office.store.transaction(ORGANISATION) as repo:
        repo.choose_zone(person.id, "Asia/Tokyo")
    human.member.tz = "Europe/London"
    office.says(person, 1, nudge=ABOUT)
    office.worker.run_due()
    assert office.states(person) == [("sent", None)], "eleven in the morning in Tokyo"
    once_more = replace(office.person(person), zone="Asia/Jakarta", id="")
    assert office.person(person).zone == "Asia/Tokyo"
    with office.store.transaction(ORGANISATION) as repo:
        repo.add_person(once_more)  # the roster, handed in again
        assert (person_zone(repo, person), repo.heard_zone(person.id, "Europe/Paris")) == (
            "Asia/Tokyo",
            False,
        )
        repo.follow_profile(person.id)
        assert person_zone(repo, person) == "Europe/Paris", "what the profile said last"
        assert repo.heard_zone(person.id, "Europe/London")


def person_zone(repo: Repository, person: Person) -> str:
    found = repo.person(person.id)
    assert found is not None
    return found.zone

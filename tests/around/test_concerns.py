"""Every concern has an owner, a time within the owner's working day and a backup; what nobody takes up goes
on. And these are the only ways in which anything reaches anybody that was not sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.around.concerns import take_up
from bot.around.letter import WRITE
from bot.around.reach import account_of
from bot.exchange import Exchange
from bot.openings import calendar_of
from bot.serve import health
from coaching import rhythm
from coaching.facts import Concern, Obstacle
from storage import care as cares
from storage.people import Status
from tests.around.company import Company, company
from tests.properties.service import CHANNEL, ORGANISATION


@pytest.fixture
def here() -> Iterator[Company]:
    with company() as found:
        yield found


# The only ways anything reaches anyone without Send: what, whom, and what of it they read.
WAYS = [
    ("person", "with_topic", "the pelican report", "coach", "Topic: the pelican report"),
    ("person", "without_topic", "", "coach", "No topic was given"),
    ("wrong", "wrong_number_shown", "client quotes", "coach", "client quotes: a wrong number was shown"),
    ("quiet", "three_weeks", "", "coach", "three quiet weeks"),
    ("danger", "", "", "coach", "may be in danger"),
    ("asked", "rails", "data", "coach", "with their yes: a rail is missing"),
    ("connect", "independent", "", "outside", "would like to talk to you"),
]


@pytest.mark.parametrize("sign, which, topic, who, reads", WAYS)
def test_each_way_reaches_one_person_and_says_no_more(
    here: Company, sign: str, which: str, topic: str, who: str, reads: str
) -> None:
    care = here.sign(sign, which, topic)
    here.later(hours=1)
    (note,) = here.notes(who)
    assert "Dana" in note.text
    assert reads in note.text
    assert {each.person_id for each in here.arrived} == {here.ids[who]}, "and nobody else"
    assert care.owner_id == here.ids[who]


def test_nothing_else_reaches_anybody(here: Company) -> None:
    others = ("no_time", "overload", "not_started", "stuck", "missing_element")
    here.raises(*(Obstacle(1, kind, "pelican") for kind in others))
    here.later(days=1)
    assert here.arrived == []
    assert here.cares() == []


def test_the_contact_gets_what_the_manager_asked_for_and_no_pause_button(here: Company) -> None:
    with here.repo() as repo:
        pack = repo.current_guardrails("SG", here.here.clock.now())
        assert pack is not None
        name = pack.call_first[0]
        found = repo.update_person(here.ids["backup"], name=name)
    here.sign("message_contact", "data_in_wrong_place", "client quotes")
    (note,) = here.notes("backup")
    assert found.name == name
    assert "client quotes: data in the wrong place" in note.text
    assert [each.label for each in note.acts] == ["I have it"]


def test_a_contact_is_one_person_with_an_account_or_nobody(here: Company) -> None:
    with here.repo() as repo:
        assert account_of(repo, "Asha Rao, 6555 0199") is not None
        assert account_of(repo, "Asha Raoul, 6555 0199") is None
        assert account_of(repo, "Ombuds office, 6555 0199") is None
        assert account_of(repo, "") is None
        repo.add_person(repo.update_person(here.ids["owner"], name="Asha Rao"))
        assert account_of(repo, "Asha Rao, 6555 0199") is None, "two of that name: neither is written to"


def test_it_is_due_within_the_owners_own_working_time(here: Company) -> None:
    for sign in ("person", "wrong", "quiet", "danger", "asked", "connect"):
        care = here.sign(sign, "with_topic")
        with here.repo() as repo:
            owner = repo.person(care.owner_id or "")
        assert owner is not None
        calendar = calendar_of(owner)
        day = rhythm.local_day(calendar, care.due_at)
        assert rhythm.is_working_day(calendar, day)
        assert care.due_at <= rhythm.at_local(calendar, day, rhythm.WINDOW_CLOSES)


def test_at_night_a_wish_for_a_person_waits_for_the_coachs_morning_and_an_incident_does_not(
    here: Company,
) -> None:
    here.here.clock.moment = rhythm.at_local(
        calendar_of(here.here.person),
        rhythm.local_day(calendar_of(here.here.person), here.here.clock.now()),
        rhythm.WINDOW_CLOSES,
    ) + timedelta(hours=3)
    here.sign("person", "without_topic")
    assert here.notes("coach") == []
    here.sign("wrong", "went_out_unchecked")
    assert len(here.notes("coach")) == 1
    here.later(hours=14)
    assert len(here.notes("coach")) == 2


def test_taken_up_it_goes_no_further(here: Company) -> None:
    here.sign("person", "without_topic")
    (note,) = here.notes("coach")
    assert here.press("backup", note.acts[0]) == "around_not_yours"
    assert here.press("coach", note.acts[0], "twice") == "around_taken"
    assert here.press("coach", note.acts[0], "twice") == "around_taken"
    here.later(days=7)
    assert here.notes("backup") == []
    (care,) = here.cares()
    assert care.acknowledged_by == here.ids["coach"]
    assert care.passed_on == 0
    said_back = [each.message.text for each in here.to("coach") if each.letter is None]
    assert said_back == ["Noted: you have it."], "once, however often it was delivered"


def test_left_alone_the_backup_hears_without_a_name_and_then_the_operator(here: Company) -> None:
    here.sign("person", "with_topic", "pelican")
    for _ in range(4):
        here.later(days=1)
    (note,) = here.notes("backup")
    assert "Mei Tan" in note.text
    assert "Dana" not in note.text
    assert "pelican" not in note.text
    here.later(days=3)
    found = health(here.here.store, here.here.clock.now())
    assert (found.untaken, found.status) == (1, "degraded")
    (note,) = here.notes("coach")
    here.press("coach", note.acts[0])
    assert health(here.here.store, here.here.clock.now()).untaken == 0


def test_whoever_is_forgotten_is_in_nobodys_care(here: Company) -> None:
    here.sign("person", "with_topic", "pelican")
    with here.repo() as repo:
        repo.forget(here.here.id, here.here.clock.now())
    here.later(days=7)
    assert here.cares() == []
    assert here.notes("backup") == []


# The coach's own buttons


def test_a_line_of_the_coach_goes_word_for_word_and_by_name_within_the_contract(here: Company) -> None:
    care = here.sign("quiet", "three_weeks")
    for _ in range(2):
        here.acting.write(
            ORGANISATION, here.ids["coach"], CHANNEL, "one", f"care/{care.id}", "Coffee on *Friday*, <@U1>?"
        )
    for _ in range(30):
        here.later(hours=8)
    lines = [each for each in here.here.arrived_here if each.job.name == "coach_line"]
    assert [each.job.nudge for each in lines] == ["coach_line"]
    assert '"Coffee on *Friday*, <@U1>?"' in str(lines[0].job.body)
    (kept,) = here.cares()
    assert kept.acknowledged_at is not None, "whoever writes has it"
    assert here.acting.whom(ORGANISATION, here.ids["backup"], f"care/{care.id}") is None


def test_a_pause_is_told_to_the_manager_who_can_end_it(here: Company) -> None:
    here.sign("person", "without_topic")
    (note,) = here.notes("coach")
    pause = next(each for each in note.acts if each.action == "coach.pause")
    assert any(each.action == WRITE for each in note.acts)
    assert here.press("coach", pause) == "around_paused"
    assert here.status() is Status.PAUSED
    for _ in range(6):
        here.later(hours=12)
    assert here.heard()[-1] == "coach_paused"
    here.here.receive(words="start")
    assert here.status() is Status.ACTIVE


def test_the_coach_lifts_only_the_coachs_own_pause_and_wakes_nobody_who_stopped(here: Company) -> None:
    care = here.sign("person", "without_topic")
    (note,) = here.notes("coach")
    pause = next(each for each in note.acts if each.action == "coach.pause")
    lift = type(pause)("coach.start", pause.reference, "")
    here.press("coach", pause)
    here.press("coach", lift)
    assert here.status() is Status.ACTIVE
    here.here.receive(words="pause")
    here.press("coach", lift)
    assert here.status() is Status.PAUSED, "their own"
    here.here.receive(words="stop")
    assert here.press("coach", pause) == "around_paused", "what is said back gives nothing away"
    assert here.status() is Status.STOPPED
    assert care.id == here.cares()[0].id


# What the manager is told is true


@pytest.mark.parametrize("accounts, told", [(True, "person_told"), (False, "person_unreached")])
def test_that_the_coach_has_it_is_said_only_where_they_can_be_written_to(accounts: bool, told: str) -> None:
    with company(accounts=accounts) as here:
        here.here.receive(words="person")
        here.here.receive(words="Without a topic")
        assert told in here.heard()
        (care,) = here.cares()
        assert care.sign == "person"
        assert bool(here.notes("coach")) is accounts


@pytest.mark.parametrize("accounts, told", [(True, "connected"), (False, "connect_unreached")])
def test_a_contact_is_said_to_have_the_name_only_where_they_get_it(accounts: bool, told: str) -> None:
    with company(accounts=accounts) as here:
        here.here.receive(words="I cry every night because of my boss, pelican")
        here.here.receive(words="Connect me")
        assert told in here.heard()
        assert ["Dana" in each.text for each in here.notes("outside")] == ([True] if accounts else [])
        assert here.notes("coach") == [], "the coach is not told"
        assert not any("pelican" in each.message.text for each in here.arrived)


def test_a_feeling_reaches_nobody(here: Company) -> None:
    here.here.receive(words="something feels wrong")
    here.here.receive(words="Just a feeling")
    here.later(days=1)
    assert here.arrived == []
    assert here.cares() == []


def test_facts_raised_in_the_demo_are_nobodys_care(here: Company) -> None:
    now, person = here.here.clock.now(), here.here.person
    with here.repo() as repo:
        exchange = Exchange(repo, person, now, demo=True)
        take_up(exchange, "x", {"concern": Concern("person", "", "", now)})
    assert here.cares() == []


def test_what_a_forgotten_coach_had_in_their_care_is_the_operators(here: Company) -> None:
    mine = here.sign("person")
    with here.repo() as repo:
        repo.forget(here.ids["coach"], here.here.clock.now())
    with here.repo() as repo:
        left = cares.by_id(repo.scope, mine.id)
        assert cares.untaken(repo.scope) == 1
    assert left is not None
    assert left.owner_id is None

"""Who may talk to the coach in Slack, how they are recognised, and of whom nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.inviting import hand_in_invitations
from bot.slack.identity import Profile, language_of, market_of
from storage.people import Status
from tests.slack.place import ORGANISATION, Place, last
from tests.slack.standin import Human, Slack, Timing
from tests.slack.standin.faults import Fault, What


@pytest.fixture
def slack() -> Iterator[Slack]:
    with Slack(timing=Timing(scale=0.001)) as slack:
        yield slack


@pytest.fixture
def coach(tmp_path: Path, slack: Slack) -> Iterator[Place]:
    with Place(tmp_path, slack) as place:
        yield place


def tables(coach: Place) -> dict[str, int]:
    """How many rows every table has."""
    from sqlalchemy import func, select

    from storage.columns import metadata

    with coach.store.engine.connect() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
            if name != "setting"
        }


def told(slack: Slack, human: Human) -> str:
    slack.ledger.wait_until(lambda: slack.ledger.posts_in(human.channel.id))
    return last(human)


@pytest.mark.parametrize("what", ["guest", "ultra", "stranger", "other_team", "unlisted"])
def test_who_is_none_of_ours_is_told_so_once_and_leaves_no_record(
    coach: Place, slack: Slack, what: str
) -> None:
    coach.employs()
    email = "dana.lim@example.com"
    human = {
        "guest": lambda: slack.joins("Dana Lim", email=email, is_restricted=True),
        "ultra": lambda: slack.joins("Dana Lim", email=email, is_ultra_restricted=True),
        "stranger": lambda: slack.stranger("Dana Lim", email=email),
        "other_team": lambda: slack.joins("Dana Lim", email=email, team_id="T00OTHER"),
        "unlisted": lambda: slack.joins("Eve Ng", email="eve.ng@example.com"),
    }[what]()
    before = tables(coach)
    assert human.says("please help me with my reports").delivery.acknowledged
    said = told(slack, human)
    assert ("not on its list" in said) is (what == "unlisted")
    assert ("Irene Goh" in said) is (what == "unlisted")
    human.says("hello?")
    slack.settle()
    assert tables(coach) == before
    assert len(slack.ledger.posts_in(human.channel.id)) == 1
    assert len(slack.ledger.requests("users.info")) == (0 if what == "stranger" else 1)


def test_a_bare_member_id_of_the_roster_is_kept_with_its_workspace_from_the_first_contact_on(
    coach: Place, slack: Slack
) -> None:
    dana = coach.employs()
    human = slack.joins("Dana Lim", email="someone.else@example.com")
    with coach.store.transaction(ORGANISATION) as repo:
        repo.link(dana.id, "slack", human.id)
    human.says("hello")
    with coach.store.reading(ORGANISATION) as repo:
        assert repo.platform_id(dana.id, "slack") == f"|{slack.team.id}|{human.id}"
    human.says("hello again")
    assert len(slack.ledger.requests("users.info")) == 1


def test_while_slack_cannot_say_who_somebody_is_their_message_waits(coach: Place, slack: Slack) -> None:
    dana = coach.employs()
    human = slack.joins("Dana Lim", email="dana.lim@example.com")
    slack.faults.add(Fault(What.STATUS, "users.info"))
    did = human.says("hello")
    slack.settle()
    assert [each.status for each in did.delivery.attempts] == [503, 200]
    coach.works()
    assert "eight weeks" in last(human)
    assert coach.person(dana.id).status is Status.INVITED


def test_with_open_enrolment_a_manager_begins_with_their_own_first_message(
    tmp_path: Path, slack: Slack
) -> None:
    with Place(tmp_path, slack, enrolment="open") as coach:
        human = slack.joins("大輔 森", email="mori@example.com", tz="Asia/Tokyo", locale="ja-JP")
        human.says("こんにちは")
        coach.works()
        (made,) = (each for each in coach.people() if each.email == "mori@example.com")
        assert (made.market, made.language, made.zone, made.status) == (
            "JP",
            "ja",
            "Asia/Tokyo",
            Status.INVITED,
        )
        assert "8週間" in last(human) or "八週間" in last(human)
        assert "こんにちは" not in str(coach.rows(made))


def test_whoever_travels_is_written_to_by_the_clock_of_where_they_are(coach: Place, slack: Slack) -> None:
    dana = coach.employs()
    human = slack.joins("Dana Lim", email="dana.lim@example.com")
    human.says("hello")
    human.changes(tz="Europe/Berlin")
    assert coach.person(dana.id).zone == "Europe/Berlin"


@pytest.mark.parametrize(
    "zone, locale, market, language",
    [
        ("Asia/Singapore", "en-US", "SG", "en"),
        ("Asia/Tokyo", "ja-JP", "JP", "ja"),
        ("Europe/Berlin", "en-AU", "AU", "en"),
        ("Europe/Berlin", "de-DE", "SG", "en"),
        ("", "", "SG", "en"),
    ],
)
def test_market_and_language_are_guessed_from_the_profile(
    zone: str, locale: str, market: str, language: str
) -> None:
    profile = Profile("Name", "", zone, locale)
    assert (market_of(profile), language_of(profile, frozenset({"en", "ja"}))) == (market, language)


def test_who_is_on_the_roster_is_found_by_their_email_and_invited_once(coach: Place, slack: Slack) -> None:
    dana = coach.employs()
    human = slack.joins("Dana Lim", email="dana.lim@example.com")
    coach.employs(name="Nobody Here", email="nobody@example.com")
    invitations = coach.app.invitations
    assert invitations is not None
    invitations.between = 0
    assert coach.loop.run(invitations.round()) == 1
    coach.works()
    assert "eight weeks" in last(human)
    assert coach.loop.run(invitations.round()) == 0
    assert len(slack.ledger.requests("users.lookupByEmail")) == 2
    assert human.presses("Start").trouble == ""
    assert coach.rows(dana)


def test_more_than_ten_wait_for_the_operators_word(coach: Place, slack: Slack) -> None:
    for number in range(11):
        email = f"m{number}@example.com"
        coach.employs(name=f"Manager {number}", email=email)
        slack.joins(f"Manager {number}", email=email)
    invitations = coach.app.invitations
    assert invitations is not None
    invitations.between = 0
    assert coach.loop.run(invitations.round()) == 0
    said: list[str] = []
    hand_in_invitations(coach.store, said.append, really=False)
    assert said[-1] == "More than 10 wait for your word: unbadged invite --yes"
    assert coach.loop.run(invitations.round()) == 0
    hand_in_invitations(coach.store, said.append, really=True)
    assert coach.loop.run(invitations.round()) == 11

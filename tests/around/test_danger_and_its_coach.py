"""Danger, as the coach hears of it: only on-call and backup end the alert, and the coach's button says no
more than it does. Whoever is both says it once. And all that waits for people around a manager."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.around.letter import WRITE
from bot.slack.homes import portfolio_page
from bot.slack.portfolio import portfolio
from bot.slack.speech import Speech
from storage import alerts
from storage.people import SafetyContact
from tests.around.company import Company, company
from tests.properties.service import CHANNEL, LANGUAGE, ORGANISATION

SAID = "I don't want to live anymore, pelican"
ALERT = "Press when you have it"


@pytest.fixture
def here() -> Iterator[Company]:
    with company() as found:
        yield found


def on_call_is(here: Company, who: str) -> None:
    ids = here.ids[who], here.ids["backup"]
    with here.repo() as repo:
        repo.set_safety_contact(SafetyContact("p", "SG", "Mei Tan", "Tom Bell", "", "", "", True, *ids))


def times_alerted(here: Company, who: str) -> int:
    return sum(ALERT in note.text for note in here.notes(who))


def is_open(here: Company) -> bool:
    with here.repo() as repo:
        return bool(alerts.open_alerts(repo.scope))


def waits(here: Company, who: str) -> str:
    with here.repo() as repo:
        person = repo.person(here.ids[who])
        assert person is not None
        return "\n".join(portfolio_page(repo, LANGUAGE, person, here.here.clock.now()).waits)


def test_the_coachs_button_ends_no_alert_and_says_so(here: Company) -> None:
    here.here.receive(words=SAID)
    (note,) = here.notes("coach")
    assert [each.label for each in note.acts] == ["I have read it", "Write one line", "Pause the bot"]
    assert "Your button does not end that" in note.text
    assert here.press("coach", note.acts[0]) == "around_danger_read"
    here.later(minutes=11)
    assert times_alerted(here, "on_call") == 2, "they are told on"
    assert is_open(here)
    (alert, _) = (each for each in here.notes("on_call") if ALERT in each.text)
    assert here.press("on_call", alert.acts[0]) == "alert_taken"
    here.later(hours=9)
    assert times_alerted(here, "on_call") == 2
    assert here.press("coach", note.acts[0]) == "around_danger_taken"
    assert "pelican" not in "".join(each.message.text for each in here.arrived)


def test_on_the_home_tab_the_button_is_the_same(here: Company) -> None:
    here.here.receive(words=SAID)
    speech = Speech(LANGUAGE, LANGUAGE.reader("en", "SG", "Asia/Singapore"))
    with here.repo() as repo:
        coach = repo.person(here.ids["coach"])
        assert coach is not None
        shown = str(portfolio(portfolio_page(repo, LANGUAGE, coach, here.here.clock.now()), speech))
    assert "I have read it" in shown
    assert "I have it" not in shown


def test_a_coach_who_is_on_call_ends_it_from_either_letter(here: Company) -> None:
    on_call_is(here, "coach")
    here.here.receive(words=SAID)
    sign = next(each for each in here.notes("coach") if ALERT not in each.text)
    assert "you are on call" in sign.text
    assert sign.acts[0].label == "I have it"
    assert here.press("coach", sign.acts[0]) == "alert_taken"
    assert not is_open(here)
    here.later(hours=9)
    assert times_alerted(here, "backup") == 1


def test_who_takes_the_alert_on_has_taken_up_the_sign_too(here: Company) -> None:
    on_call_is(here, "coach")
    here.here.receive(words=SAID)
    alert = next(each for each in here.notes("coach") if ALERT in each.text)
    here.press("coach", alert.acts[0])
    (care,) = here.cares()
    assert care.acknowledged_by == here.ids["coach"]


def test_a_line_written_is_not_a_person_who_has_it(here: Company) -> None:
    on_call_is(here, "coach")
    here.here.receive(words=SAID)
    sign = next(each for each in here.notes("coach") if ALERT not in each.text)
    write = next(each for each in sign.acts if each.action == WRITE)
    here.acting.write(ORGANISATION, here.ids["coach"], CHANNEL, "one", write.reference, "Coffee?")
    assert is_open(here)
    assert here.cares()[0].acknowledged_at is None


def test_where_nobody_could_be_reached_the_coach_is_told_that(here: Company) -> None:
    here.works_with()
    here.is_down = True
    here.here.receive(words=SAID)
    here.is_down = False
    here.later(minutes=1)
    (note,) = here.notes("coach")
    assert "reached neither on-call nor backup" in note.text


# What waits


def test_an_alert_waits_for_whoever_is_on_call_until_one_has_it(here: Company) -> None:
    here.here.receive(words=SAID)
    assert 'nobody has said "I have it"' in waits(here, "on_call")
    assert waits(here, "coach") == ""
    alert = next(each for each in here.notes("backup") if ALERT in each.text)
    here.press("backup", alert.acts[0])
    assert waits(here, "on_call") == ""


def test_what_a_contact_was_asked_to_see_to_waits_for_them(here: Company) -> None:
    here.sign("connect", "independent")
    assert "Dana would like to talk to you" in waits(here, "outside")
    (note,) = here.notes("outside")
    here.press("outside", note.acts[0])
    assert waits(here, "outside") == ""


def test_what_another_let_wait_waits_for_the_backup_without_a_name(here: Company) -> None:
    here.sign("person", "with_topic", "pelican")
    assert waits(here, "backup") == ""
    for _ in range(3):
        here.later(days=1)
    assert "with Mei Tan has waited past its time" in waits(here, "backup")
    assert "Dana" not in waits(here, "backup")
    (note,) = here.notes("coach")
    here.press("coach", note.acts[0])
    assert waits(here, "backup") == ""

"""Danger by chat: on-call and backup get it where they have an account, with a button, until one has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.around.letter import ACKNOWLEDGE
from storage.people import Status
from tests.around.company import Company, company

SAID = "I don't want to live anymore, pelican"


@pytest.fixture
def here() -> Iterator[Company]:
    with company() as found:
        yield found


def test_both_get_it_at_once_with_a_name_a_button_and_no_words(here: Company) -> None:
    here.here.receive(words=SAID)
    for who in ("on_call", "backup"):
        (note,) = here.notes(who)
        assert "Dana may be in danger" in note.text
        assert "d@example.com" in note.text
        assert [(act.action, act.label) for act in note.acts] == [(ACKNOWLEDGE, "I have it")]
    assert not any("pelican" in each.message.text for each in here.arrived)
    assert "danger_alerted" in here.heard()
    assert "danger_unreached" not in here.heard()
    assert next(each.text for each in here.notes("coach")).startswith("Dana may be in danger"), (
        "one of the signs"
    )


def test_it_comes_every_ten_minutes_until_one_has_it(here: Company) -> None:
    here.here.receive(words=SAID)
    here.later(minutes=10)
    here.later(minutes=10)
    assert len(here.notes("on_call")) == len(here.notes("backup")) == 3
    act = here.notes("backup")[0].acts[0]
    assert here.press("coach", act) == "around_not_yours", "it is for the two who were told"
    assert here.press("backup", act) == "alert_taken"
    assert here.press("on_call", act) == "alert_unknown", "it is over"
    here.later(minutes=10)
    here.later(minutes=10)
    assert len(here.notes("on_call")) == 3


def test_after_it_is_taken_the_manager_can_go_on(here: Company) -> None:
    here.here.receive(words=SAID)
    here.here.receive(words="I'm safe for now")
    here.here.receive(words="start")
    assert here.status() is Status.HELD
    here.press("on_call", here.notes("on_call")[0].acts[0])
    here.here.receive(words="start")
    assert here.status() is Status.ACTIVE


def test_where_no_send_succeeds_the_manager_is_told_so(here: Company) -> None:
    here.is_down = True
    here.here.receive(words=SAID)
    assert "danger_unreached" in here.heard()
    assert "danger_alerted" not in here.heard()
    here.is_down = False
    here.later(minutes=10)
    assert len(here.notes("on_call")) == 1, "and it is tried again"


def test_without_accounts_nobody_is_said_to_be_alerted() -> None:
    with company(accounts=False) as here:
        here.here.receive(words=SAID)
        assert "danger_unreached" in here.heard()
        assert here.arrived == []

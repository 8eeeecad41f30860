"""Cards that show a change, refusals in one's own language, and a zone named behind the command."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.slack.place import Place, last
from tests.slack.standin import Slack, Timing
from tests.slack.test_listening import at, begun


@pytest.fixture
def over_http(tmp_path: Path) -> Iterator[Place]:
    with Slack(timing=Timing(scale=0.001)) as slack, Place(tmp_path, slack) as place:
        yield place


@pytest.mark.parametrize("hours", [0, 2])
def test_an_answer_that_was_changed_stands_on_no_card(over_http: Place, hours: int) -> None:
    _, human = begun(over_http)
    card = human.sees()[-1].ts
    human.says("Reports nobody reads")
    over_http.works()
    assert at(human, card).endswith("✓ Reports nobody reads")
    over_http.clock.at += timedelta(hours=hours)  # after two, the card is known to Slack alone
    over_http.works()
    for did in ("change an answer", "Reports nobody reads"):
        human.says(did) if did.startswith("change") else human.presses(did)
        over_http.works()
    assert at(human, card).endswith("Changed since. What counts now stands below.")
    assert "✓" not in at(human, card)
    human.says("Quotes that take a week")
    over_http.works()
    assert at(human, card).endswith("Changed since. What counts now stands below.")


def test_a_slip_put_right_and_an_answer_taken_back_stand_on_no_card_either(over_http: Place) -> None:
    _, human = begun(over_http)
    card = human.sees()[-1].ts
    human.says("Reports nobody reads")
    over_http.works()
    human.says("sorry, meant Quotes that take a week")
    over_http.works()
    assert at(human, card).endswith("Changed since. What counts now stands below.")
    pressed = next(each.ts for each in human.sees() if each.text.endswith("✓ Quality up and down"))
    for word in ("back", "back"):
        human.says(word)
        over_http.works()
    assert at(human, pressed).endswith("Changed since. What counts now stands below.")


@pytest.mark.parametrize("about", [{}, {"is_restricted": True}])
def test_strangers_guests_and_callers_are_answered_in_the_language_of_their_slack(
    over_http: Place, about: dict[str, Any]
) -> None:
    over_http.employs()
    slack = over_http.slack
    yuki = slack.joins("Yuki Mori", email="yuki.mori@example.com", locale="ja-JP", **about)
    room = slack.room("sales", yuki)
    yuki.mentions(room, "what is this")
    slack.ledger.wait_until(lambda: slack.ledger.posts_in(room.id))
    assert "一対一" in slack.ledger.posts_in(room.id)[0].text
    yuki.says("hello")
    slack.ledger.wait_until(lambda: slack.ledger.posts_in(yuki.channel.id))
    assert "お書きになったことは残しません" in last(yuki)
    yuki.mentions(room, "and now")
    slack.ledger.wait_until(lambda: len(slack.ledger.posts_in(room.id)) == 2)
    assert len(slack.ledger.requests("users.info")) == 2, "what was found out is not asked again"


def test_a_zone_behind_the_command_is_asked_about_in_the_private_chat(over_http: Place) -> None:
    dana, human = begun(over_http)
    human.command("/coach zone Europe/Berlin")
    over_http.works()
    assert "Europe/Berlin: it is 03:00 there now" in last(human)
    human.presses("Yes")
    over_http.works()
    found = over_http.person(dana.id)
    assert (found.zone, found.profile_zone) == ("Europe/Berlin", "Asia/Singapore")

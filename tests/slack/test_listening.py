"""What a manager does in Slack has its effect once, whatever Slack does with it on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.slack.place import Place, last
from tests.slack.standin import Slack, Timing


@pytest.fixture(params=["http", "socket"])
def coach(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    over_socket = request.param == "socket"
    with Slack(timing=Timing(scale=0.001), socket_mode=over_socket) as slack:
        with Place(tmp_path, slack, socket=over_socket) as place:
            yield place


def test_a_manager_writes_for_the_first_time_and_is_asked_whether_to_begin(coach: Place) -> None:
    dana = coach.employs()
    human = coach.slack.joins("Dana Lim", email="dana.lim@example.com")
    assert human.says("hello").delivery.acknowledged
    coach.works()
    assert "eight weeks" in last(human)
    assert human.presses("Start").trouble == ""
    coach.works()
    assert coach.rows(dana)[0][1] == "start"

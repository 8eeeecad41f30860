"""The picture of a manager's numbers stands under the line that tells them and on their Home tab; whatever
goes wrong with it, the line arrives; and *forget me* takes it away from Slack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import charts, wishes
from bot.channel import Delivery, NotYetError, Settlement
from bot.picture import Aloud, alt
from bot.slack.homes import Homes
from bot.slack.pictures import A_MOMENT, Pictures
from coaching.needs import Line
from prompts.words import Message
from storage import queue, values
from storage.people import Person
from storage.slack_tables import slack_file
from tests.bench.pictures import CHART
from tests.slack.conftest import SPEECHES, WORDS
from tests.slack.sending import BEGINS, ORGANISATION, Office, OneClock, a_minute_passes, an_office
from tests.slack.standin import Fault, Human, Slack, Timing, What

READER = SPEECHES["en"].reader
TOLD = alt(CHART, Aloud(WORDS, READER))
UPLOAD, COMPLETE = "files.getUploadURLExternal", "files.completeUploadExternal"
SLOTS = dict.fromkeys(
    ("measure", "before", "n_before", "since", "n_after", "says", "because", "corrected"), "four"
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = OneClock()
    with Slack(timing=Timing(now=clock)) as slack, an_office(slack, clock, tmp_path) as found:
        yield found


@pytest.fixture
def dana(office: Office) -> tuple[Human, Person]:
    return office.joins("Dana Lim")


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody's numbers are these."""
    monkeypatch.setattr(charts, "own_chart", lambda *_: CHART)


def line(dana: tuple[Human, Person], job: str = "job1", **changes: Any) -> Delivery:
    said = Message("Four before, two since.", (), ())
    human, person = dana
    made = Delivery(ORGANISATION, person.id, human.id, job, said, (), None, BEGINS, READER, chart=CHART)
    return replace(made, **changes)


def told(office: Office, person: Person, number: int = 1) -> str:
    body = values.dump(Line("where_it_stands", SLOTS))
    return office.says(person, number, "where_it_stands", body=body)


def kinds(office: Office) -> list[list[str]]:
    return [[block["type"] for block in post.blocks] for post in office.slack.ledger.posts]


def standing(office: Office, human: Human) -> list[Any]:
    """The messages of the chat as they stand now."""
    (chat,) = (each for each in office.slack.team.channels.values() if human.id in each.members)
    return list(chat.messages)


def kept(office: Office) -> list[str | None]:
    """Whose the pictures are that are known of."""
    with office.store.reading(ORGANISATION) as repo:
        return [row["person_id"] for row in repo.scope.rows(slack_file)]


def test_it_stands_under_the_line_and_says_what_it_shows(office: Office, dana: tuple[Human, Person]) -> None:
    office.channel.send(line(dana))
    (post,) = office.slack.ledger.posts
    said, picture = post.blocks
    (lying,) = office.slack.world.uploads.values()
    assert said["text"]["text"] == "Four before, two since."
    assert (picture["type"], picture["alt_text"]) == ("image", TOLD)
    assert picture["slack_file"] == {"id": lying.id}
    assert lying.bytes is not None
    assert lying.bytes.startswith(b"\x89PNG")
    assert "Dana" not in lying.name
    assert post.carried == {"job_id": "job1", "part": 1}


def test_the_same_numbers_are_brought_there_once(office: Office, dana: tuple[Human, Person]) -> None:
    office.channel.send(line(dana))
    office.channel.pictures = Pictures(
        office.store, WORDS, office.clock, office.workspaces, office.channel._pace
    )  # as after a start
    office.channel.send(line(dana, "job2"))
    assert office.slack.ledger.counts()[UPLOAD] == 1
    office.channel.send(line(dana, "job3", chart=replace(CHART, since=CHART.since[:5])))
    assert office.slack.ledger.counts()[UPLOAD] == 2
    assert kinds(office) == [["section", "image"]] * 3
    assert kept(office) == [dana[1].id] * 2


@pytest.mark.parametrize("method", [UPLOAD, COMPLETE])
@pytest.mark.parametrize("what", [What.STATUS, What.DROP, What.LIMIT, What.ERROR])
def test_a_picture_that_does_not_get_there_leaves_the_line_as_it_is(
    office: Office, dana: tuple[Human, Person], method: str, what: What
) -> None:
    office.slack.faults.add(Fault(what, method))
    office.channel.send(line(dana))
    assert kinds(office) == [["section"]]
    assert set(kept(office)) <= {None}, "what may lie there all the same is to be deleted"
    office.channel.clear(ORGANISATION)
    assert kept(office) == []


@pytest.mark.parametrize("method", [UPLOAD, COMPLETE])
def test_too_many_pictures_hold_up_pictures_and_no_line(
    office: Office, dana: tuple[Human, Person], method: str
) -> None:
    """ "Too many, wait thirty seconds" is heard: nothing is brought there before, and lines go on without."""
    office.slack.faults.limit(30, method=method)
    for at in range(3):
        office.channel.send(line(dana, f"job{at}"))
        office.clock.moment += timedelta(seconds=9)
    assert kinds(office) == [["section"]] * 3
    assert office.slack.ledger.counts()[UPLOAD] == 1
    office.clock.moment += timedelta(seconds=9)
    office.channel.send(line(dana, "job4"))
    assert kinds(office)[-1] == ["section", "image"]


def test_without_the_scope_lines_go_as_before(tmp_path: Path) -> None:
    clock = OneClock()
    with (
        Slack(timing=Timing(now=clock), scopes=("chat:write", "im:write", "im:history")) as slack,
        an_office(slack, clock, tmp_path) as office,
    ):
        office.channel.send(line(office.joins("Dana Lim")))
        assert kinds(office) == [["section"]]


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("times, shown", [(1, ["section", "image"]), (2, ["section"])])
def test_a_picture_slack_has_not_read_yet_is_tried_once_more(
    office: Office, dana: tuple[Human, Person], times: int, shown: list[str]
) -> None:
    _, person = dana
    office.slack.faults.error("invalid_blocks", times=times)
    job = told(office, person)
    office.worker.run_due()
    assert office.states(person) == [("ready", None)]
    office.runs(A_MOMENT.total_seconds() + 2)
    assert office.states(person)[0] == ("sent", None)
    assert office.slack.ledger.carried("job_id") == {job: 1}
    assert kinds(office) == [shown]


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(
    "late, uploads",
    [
        ([Fault(What.ERROR, "chat.postMessage", error="invalid_blocks", times=2)], 1),
        ([Fault(What.STATUS, UPLOAD)], 1),
        (
            [
                Fault(What.ERROR, "chat.postMessage", error="invalid_blocks", times=2),
                Fault(What.ERROR, "chat.update", error="invalid_blocks", times=1),
            ],
            2,
        ),
        (
            [
                Fault(What.ERROR, "chat.postMessage", error="invalid_blocks", times=2),
                Fault(What.DROP, "chat.update", times=1),
            ],
            1,
        ),
    ],
    ids=["read late", "brought late", "not readable at all", "nobody knows whether it was put there"],
)
def test_a_picture_that_was_not_ready_follows_in_the_lines_own_place(
    office: Office, dana: tuple[Human, Person], late: list[Fault], uploads: int
) -> None:
    human, person = dana
    for fault in late:
        office.slack.faults.add(fault)
    job = told(office, person)
    office.runs(8)
    assert kinds(office) == [["section"]], "the line does not wait for it"
    office.runs(120)
    assert kinds(office) == [["section"]], "nothing is posted a second time"
    assert office.slack.ledger.carried("job_id") == {job: 1}
    (seen,) = standing(office, human)
    assert [block["type"] for block in seen.blocks] == ["section", "image"]
    assert seen.metadata["event_payload"]["job_id"] == job, "and the line is found as before"
    assert office.states(person) == [("sent", None), ("done", None)]
    assert office.slack.ledger.counts()[UPLOAD] - len([f for f in late if f.method == UPLOAD]) == uploads


@pytest.mark.usefixtures("counted")
def test_a_picture_that_never_comes_is_left_after_a_while(office: Office, dana: tuple[Human, Person]) -> None:
    human, person = dana
    office.slack.faults.add(Fault(What.STATUS, UPLOAD, times=None))
    told(office, person)
    office.runs(700, tick=10)
    (seen,) = standing(office, human)
    assert [block["type"] for block in seen.blocks] == ["section"]
    assert [state for state, _ in office.states(person)] == ["sent", "dropped"]


@pytest.mark.usefixtures("counted")
def test_a_worker_killed_before_the_picture_followed_leaves_it_to_the_next(
    office: Office, dana: tuple[Human, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    human, person = dana
    office.slack.faults.error("invalid_blocks", times=2)
    told(office, person)
    settle = office.channel.settle

    def put_there_and_killed(settlement: Settlement) -> None:
        settle(settlement)
        raise KeyboardInterrupt

    monkeypatch.setattr(office.channel, "settle", put_there_and_killed)
    with pytest.raises(KeyboardInterrupt):
        office.runs(30)
    monkeypatch.undo()
    monkeypatch.setattr(charts, "own_chart", lambda *_: CHART)
    a_minute_passes(office.store)
    office.runs(30)
    (seen,) = standing(office, human)
    assert [block["type"] for block in seen.blocks] == ["section", "image"]
    assert office.states(person) == [("sent", None), ("done", None)]


def test_a_line_that_is_wrong_itself_is_not_blamed_on_the_picture(
    office: Office, dana: tuple[Human, Person]
) -> None:
    office.slack.faults.error("invalid_blocks", times=None)
    with pytest.raises(NotYetError):
        office.channel.send(line(dana))
    with pytest.raises(Exception, match="invalid_blocks"):
        office.channel.send(line(dana))


@pytest.mark.usefixtures("counted")
def test_forget_me_takes_it_away_from_slack(office: Office, dana: tuple[Human, Person]) -> None:
    _, person = dana
    other = office.joins("Kim Lee")[1]
    told(office, person)
    told(office, other)
    office.worker.run_due()
    assert len(office.slack.world.uploads) == 2
    office.slack.faults.add(Fault(What.STATUS, "files.delete"))
    with office.store.transaction(ORGANISATION) as repo:
        wishes.begin_forgetting(repo, person, office.clock.now())
    office.runs(60)
    assert set(kept(office)) == {None, other.id}
    assert len(office.slack.world.uploads) == 2, "Slack was not itself"
    office.runs(86_400, tick=43_200)
    assert kept(office) == [other.id]
    assert len(office.slack.world.uploads) == 1


@pytest.mark.usefixtures("counted")
def test_it_is_on_the_home_tab_and_slack_is_given_time(office: Office, dana: tuple[Human, Person]) -> None:
    human, person = dana
    homes = Homes(
        office.store, WORDS, office.clock, lambda _: ORGANISATION, office.channel, office.channel.pictures
    )
    office.slack.faults.error("invalid_arguments", "views.publish")
    homes.refresh(ORGANISATION, person.id)
    assert "image" not in on_home(human)
    with office.store.reading(ORGANISATION) as repo:
        assert [job.name for job in queue.waiting(repo, person.id)] == ["home"]
    homes.refresh(ORGANISATION, person.id)
    assert "image" in on_home(human)
    assert office.slack.ledger.counts()[UPLOAD] == 1


def on_home(human: Human) -> list[str]:
    view = human._home()
    assert view is not None
    return [block["type"] for block in view.payload["blocks"]]

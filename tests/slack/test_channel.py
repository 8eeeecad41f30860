"""A line goes to Slack once, whatever becomes of the connection; one that cannot arrive is not tried again;
and the card of an answered question shows its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channel import Arrived, Delivery
from bot.exchange import Exchange
from bot.incoming import Incoming, Token
from bot.listening import Listener
from bot.slack.address import Chat
from bot.slack.api import Api, NeverSentError
from bot.slack.channel import LATE, PartlySentError
from coaching.needs import Question
from prompts.words import Message
from storage import reach
from storage.jobs import JobKind, job_table
from storage.people import Person, Status
from tests.slack.conftest import WORDS
from tests.slack.sending import ORGANISATION, Office, OneClock, a_minute_passes, an_office
from tests.slack.standin import Fault, Human, Slack, Timing, What

SOON = LATE.total_seconds() + 4


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = OneClock()
    with Slack(timing=Timing(now=clock)) as slack, an_office(slack, clock, tmp_path) as found:
        yield found


@pytest.fixture
def dana(office: Office) -> tuple[Human, Person]:
    return office.joins("Dana Lim")


def is_waited_for(office: Office, fault: Fault) -> None:
    """Not as long as in life, where Slack hangs."""
    if fault.what is What.HANG:
        office.workspaces._seconds = 0.5


def test_a_line_arrives_with_its_jobs_id_and_the_chat_is_remembered(
    office: Office, dana: tuple[Human, Person]
) -> None:
    human, person = dana
    first, second = office.says(person, 1), office.says(person, 2)
    office.worker.run_due()
    assert office.slack.ledger.carried("job_id") == {first: 1, second: 1}
    with office.store.reading(ORGANISATION) as repo:
        assert Chat.read(repo.reference(person.id, "slack")).channel == human.channel.id
    assert office.job(person, 1)["sent_ref"] == f"{human.channel.id}:{office.slack.ledger.posts[0].ts}"
    assert [call.args["channel"] for call in office.slack.ledger.requests("chat.postMessage")] == [
        human.id,
        human.channel.id,
    ]


@pytest.mark.parametrize("fault", [Fault(What.DROP), Fault(What.HANG, seconds=0.8, takes_effect=True)])
def test_an_answer_that_was_lost_is_looked_for_and_nothing_sent_again(
    office: Office, dana: tuple[Human, Person], fault: Fault
) -> None:
    _, person = dana
    is_waited_for(office, fault)
    office.slack.faults.add(fault)
    job = office.says(person, 1)
    office.says(person, 2)
    office.worker.run_due()
    assert office.states(person) == [("unknown", None), ("ready", None)]
    office.runs(SOON)
    assert office.states(person) == [("sent", None), ("sent", None)]
    assert office.slack.ledger.carried("job_id")[job] == 1
    assert office.posts == 2


@pytest.mark.parametrize("fault", [Fault(What.RESET), Fault(What.HANG, seconds=0.8), Fault(What.STATUS)])
def test_a_line_that_never_arrived_goes_out_once_that_is_sure(
    office: Office, dana: tuple[Human, Person], fault: Fault
) -> None:
    _, person = dana
    is_waited_for(office, fault)
    office.slack.faults.add(fault)
    jobs = [office.says(person, 1), office.says(person, 2)]
    office.worker.run_due()
    office.runs(10)
    assert office.posts == 1  # what Slack may still be doing is given time
    office.runs(SOON)
    assert [post.carried["job_id"] for post in office.slack.ledger.posts] == jobs


def test_a_line_stays_unknown_where_nobody_may_look(tmp_path: Path) -> None:
    clock = OneClock()
    with (
        Slack(timing=Timing(now=clock)) as slack,
        an_office(slack, clock, tmp_path, may_look=False) as office,
    ):
        _, person = office.joins("Dana Lim")
        slack.faults.add(Fault(What.DROP))
        office.says(person, 1)
        office.worker.run_due()
        office.runs(SOON)
        assert office.states(person) == [("unknown", "cannot_look")]
        assert office.posts == 1


def test_slack_away_for_ten_minutes_costs_few_requests_and_no_line(
    office: Office, dana: tuple[Human, Person]
) -> None:
    _, person = dana
    others = [office.joins(f"Manager {number}")[1] for number in range(10)]
    fault = office.slack.faults.add(Fault(What.STATUS, method="*", times=None))
    jobs = [office.says(each, number) for each in (person, *others) for number in (1, 2)]
    office.workspaces._known.clear()
    office.runs(600, tick=5)
    assert office.slack.ledger.posts == []
    asked = len(office.slack.ledger.calls)
    assert asked <= 60
    fault.end()
    office.runs(1900, tick=5)
    carried = [post.carried["job_id"] for post in office.slack.ledger.posts]
    assert sorted(carried) == sorted(jobs)
    for first, second in zip(jobs[::2], jobs[1::2], strict=True):
        assert carried.index(first) < carried.index(second)


@pytest.mark.parametrize("error", ["channel_not_found", "user_disabled", "is_archived", "cannot_dm_bot"])
def test_nobody_there_is_found_out_once(office: Office, dana: tuple[Human, Person], error: str) -> None:
    _, person = dana
    _, other = office.joins("Kim Lee")
    fault = office.slack.faults.error(error)
    office.says(person, 1)
    office.says(person, 2)
    office.says(other, 1)
    office.worker.run_due()
    office.runs(3600, tick=600)
    assert fault.hits == 1
    assert office.states(person) == [("dead", error), ("dropped", error)]
    assert office.person(person).status is Status.STOPPED
    assert office.states(other) == [("sent", None)]
    with office.store.reading(ORGANISATION) as repo:
        assert reach.by_reason(repo.scope, "slack") == {error: 1}
        assert repo.channels(person.id) == []


def test_whoever_writes_is_there_again(office: Office, dana: tuple[Human, Person]) -> None:
    _, person = dana
    office.slack.faults.error("user_disabled")
    office.says(person, 1)
    office.worker.run_due()
    Listener(office.store, WORDS, office.clock).receive(
        ORGANISATION, Incoming("slack", "key-1", person.id, words="help")
    )
    assert office.person(person).status is Status.ACTIVE
    office.worker.run_due()
    assert office.slack.ledger.posts


def test_a_line_slack_cannot_take_is_given_up_and_the_next_one_goes(
    office: Office, dana: tuple[Human, Person]
) -> None:
    _, person = dana
    office.slack.faults.error("invalid_blocks")
    office.says(person, 1)
    office.says(person, 2)
    office.worker.run_due()
    assert office.states(person) == [("dead", "invalid_blocks"), ("sent", None)]
    assert office.person(person).status is Status.ACTIVE


def test_a_chat_that_is_gone_is_begun_anew(office: Office, dana: tuple[Human, Person]) -> None:
    human, person = dana
    with office.store.transaction(ORGANISATION) as repo:
        reach.remember(repo.scope, person.id, "slack", str(Chat("D0GONE", "1.0")))
    office.says(person, 1)
    office.worker.run_due()
    assert office.states(person) == [("sent", None)]
    with office.store.reading(ORGANISATION) as repo:
        assert Chat.read(repo.reference(person.id, "slack")) == Chat(human.channel.id, "1.0")


def test_killed_in_mid_send_it_looks_before_it_sends(office: Office, dana: tuple[Human, Person]) -> None:
    _, person = dana

    class PlugError(BaseException):
        """The power is gone: nothing after the send happens."""

    sends = office.channel.send

    def send_and_die(delivery: Delivery) -> str:
        sends(delivery)
        raise PlugError

    office.channel.send = send_and_die  # type: ignore[method-assign]
    office.says(person, 1)
    with pytest.raises(PlugError):
        office.worker.run_due()
    office.channel.send = sends  # type: ignore[method-assign]
    a_minute_passes(office.store)
    office.runs(SOON)
    assert office.states(person) == [("sent", None)]
    assert office.posts == 1


def test_what_cannot_be_connected_to_was_never_sent() -> None:
    with pytest.raises(NeverSentError, match="ConnectionRefusedError"):
        Api("xoxb-1", "http://127.0.0.1:9/api/").call("chat.postMessage", {"channel": "U1", "text": "a"})


@dataclass
class Second(Fault):
    """A fault that lets the first request pass."""

    passed: int = 0

    def meets(self, method: str, channel: str | None, team_id: str | None, now: float) -> bool:
        met = super().meets(method, channel, team_id, now)
        self.passed += met
        return met and self.passed > 1


@pytest.mark.parametrize("what", [What.DROP, What.LIMIT])
def test_of_a_message_in_parts_only_what_is_missing_is_sent(
    office: Office, dana: tuple[Human, Person], what: What
) -> None:
    human, person = dana
    long = Message("".join(f"Line {number} of a long record.\n" for number in range(500)), (), (), card=True)
    office.slack.faults.add(Second(what, seconds=3.0))
    made = Delivery(
        ORGANISATION,
        person.id,
        human.id,
        "job1",
        long,
        (),
        None,
        office.clock.now(),
        since=office.clock.now(),
    )
    with pytest.raises(Exception) as broke:  # noqa: PT011 - which one says the parametrization
        office.channel.send(made)
    assert isinstance(broke.value, PartlySentError) == (what is What.LIMIT)
    office.clock.goes_on(60)
    with office.store.reading(ORGANISATION) as repo:
        kept = repo.reference(person.id, "slack")
    again = Delivery(**{**vars(made), "at": office.clock.now(), "reference": kept, "is_repeated": True})
    office.channel._missed["job1"] = office.clock.now() - LATE
    assert office.channel.arrived(again) is Arrived.NO
    office.channel.send(again)
    assert office.channel.arrived(again) is Arrived.YES
    parts = [post.carried["part"] for post in office.slack.ledger.posts]
    assert parts == sorted(set(parts))
    assert len(parts) > 2


# --- cards -------------------------------------------------------------------------------------------


def asked(office: Office, person: Person) -> Token:
    """The question that is open, as its first button."""
    with office.store.reading(ORGANISATION) as repo:
        found = repo.person(person.id)
        assert found is not None
        exchange = Exchange(repo, found, office.clock.now())
        talk = exchange.floor()
        assert talk is not None
        need = exchange.stand(talk)[0].needs
    assert isinstance(need, Question)
    return Token(talk.id, need.name, need.asking, need.options[0].value)


def does(office: Office, person: Person, **what: str) -> None:
    listener = Listener(office.store, WORDS, office.clock)
    office.clock.goes_on(20)
    key = f"key-{office.clock()}"
    listener.receive(ORGANISATION, Incoming("slack", key, person.id, **what))  # type: ignore[arg-type]
    office.runs(12)


def test_an_answered_card_shows_its_answer_and_one_asked_again_says_so(office: Office) -> None:
    human, person = office.joins("Dana Lim", status=Status.INVITED)
    Listener(office.store, WORDS, office.clock).invite(ORGANISATION, person.id)
    office.worker.run_due()
    invitation = human.sees()[-1]
    assert "Start" in invitation.buttons
    assert not invitation.edited
    does(office, person, token=str(asked(office, person)))
    answered = next(each for each in human.sees() if each.ts == invitation.ts)
    assert answered.edited
    assert answered.text.endswith("✓ Start")
    assert "Start" not in answered.buttons
    question = human.sees()[-1]
    does(office, person, words="help")  # a word that answers nothing: the question comes again below
    before = next(each for each in human.sees() if each.ts == question.ts)
    assert "Asked again below." in before.text
    assert not human.sees()[-1].edited
    with office.store.reading(ORGANISATION) as repo:
        settled = repo.scope.rows(job_table, job_table.c.kind == JobKind.SETTLE)
    assert {(row["state"], row["nudge"]) for row in settled} == {("done", None)}


def test_a_card_that_cannot_be_changed_holds_nothing_up(office: Office) -> None:
    human, person = office.joins("Dana Lim", status=Status.INVITED)
    Listener(office.store, WORDS, office.clock).invite(ORGANISATION, person.id)
    office.worker.run_due()
    fault = office.slack.faults.add(Fault(What.STATUS, method="chat.update", times=None))
    does(office, person, token=str(asked(office, person)))
    assert len(human.sees()) > 1
    office.clock.moment += timedelta(minutes=11)
    office.worker.run_due()
    tried = fault.hits
    office.runs(600, tick=60)
    assert fault.hits == tried <= 3
    with office.store.reading(ORGANISATION) as repo:
        settled = repo.scope.rows(job_table, job_table.c.kind == JobKind.SETTLE)
    assert {row["state"] for row in settled} == {"dropped"}

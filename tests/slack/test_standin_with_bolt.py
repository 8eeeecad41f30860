"""slack-bolt, unpatched, against the stand-in over HTTP: what it takes, what it refuses, what comes again.
If Bolt is content here and Slack's rules hold here, the coach's own Slack corner can be tested on it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.slack.standin import HELD, LOST, Human, Kind, NotPossibleError, Sending, Slack, Timing
from tests.slack.tiny_app import TinyApp

FAST = Timing(scale=0.0005, ack_seconds=1.0)


@pytest.fixture
def slack() -> Iterator[Slack]:
    with Slack(timing=FAST) as running:
        yield running


@pytest.fixture
def app(slack: Slack) -> Iterator[TinyApp]:
    with TinyApp(slack) as running:
        yield running


@pytest.fixture
def mei(slack: Slack) -> Human:
    return slack.joins("Tan Mei Ling")


def test_a_conversation_reads_as_the_person_sees_it(slack: Slack, app: TinyApp, mei: Human) -> None:
    mei.says("offers & quotes take <3 days")
    assert mei.presses("Yes").trouble == ""
    mei.says("and now")
    assert mei.transcript() == (
        "> offers & quotes take <3 days\nKept.\n> and now\nI heard: and now. Right?\n[Yes] [No]"
    )
    assert app.heard[0] == "offers &amp; quotes take &lt;3 days"
    assert slack.ledger.carried("job")[slack.ledger.posts[0].carried["job"]] == 1
    with pytest.raises(NotPossibleError):
        mei.presses("Maybe")


def test_a_wrong_signature_is_refused_and_tried_again_three_times(slack: Slack, mei: Human) -> None:
    with TinyApp(slack, secret="another") as app:
        said = mei.says("hello").delivery
        slack.settle()
    assert [tried.status for tried in said.attempts] == [401] * 4
    assert app.heard == []
    assert said.given_up


def test_what_fails_once_comes_again_and_says_so(slack: Slack, app: TinyApp, mei: Human) -> None:
    said = mei.says("fail once").delivery
    slack.settle()
    assert [tried.status for tried in said.attempts] == [500, 200]
    retry = next(each for each in app.headers if "X-Slack-Retry-Num" in each)
    assert (retry["X-Slack-Retry-Num"], retry["X-Slack-Retry-Reason"]) == ("1", "http_error")
    assert app.heard.count("fail once") == 1


def test_the_app_can_ask_not_to_be_told_again(slack: Slack, app: TinyApp, mei: Human) -> None:
    app.no_retry = True
    said = mei.says("fail once").delivery
    slack.settle()
    assert [tried.status for tried in said.attempts] == [500]


def test_a_slow_answer_is_not_waited_for(slack: Slack, app: TinyApp, mei: Human) -> None:
    said = mei.says("slow once").delivery
    slack.ledger.wait_until(lambda: said.acknowledged)
    assert [tried.reason for tried in said.attempts] == ["http_timeout", None]
    assert app.heard[:1] == ["slow once"]  # the second came through while the first was still asleep
    app.wait_until_heard("slow once", 2)


def test_an_event_can_come_several_times_late_or_never(slack: Slack, app: TinyApp, mei: Human) -> None:
    mei.says("twice", sending=Sending(copies=2, together=True))
    first, second = mei.says("first", sending=HELD), mei.says("second", sending=HELD)
    lost = mei.says("lost", sending=LOST)
    slack.release(second.delivery, first.delivery)
    slack.settle()
    assert app.heard == ["twice", "twice", "second", "first"]
    assert lost.ts in [message.ts for message in mei.sees()]


def test_the_other_things_that_happen_to_messages(slack: Slack, app: TinyApp, mei: Human) -> None:
    said = mei.says("one")
    mei.edits(said.ts, "two")
    mei.link_unfurls(said.ts)
    mei.deletes(said.ts)
    mei.shares_file("voice.m4a")
    slack.other_bot_says(mei.channel, "beep")
    slack.settle()
    assert app.heard == [
        "one",
        "message_changed",
        "message_changed",
        "message_deleted",
        "file_share",
        "bot_message",
    ]
    own = [each for each in slack.ledger.events("message") if "app_id" in each.payload["event"]]
    assert len(own) == 1  # its answer came back to it, and Bolt dropped it


def test_a_form_opens_is_refused_filled_in_and_closes(slack: Slack, app: TinyApp, mei: Human) -> None:
    mei.shortcut("fill_in")
    with pytest.raises(NotPossibleError, match="Checking: must be filled in"):
        mei.submits()
    mei.fills({"Checking": 700})
    assert mei.submits().errors == {"Checking": "That is a day."}
    mei.fills({"Checking": 20})
    assert mei.submits().errors == {}
    assert app.values == {"checking": {"n": {"type": "number_input", "value": "20"}}}
    assert mei.modal is None
    mei.shortcut("fill_in")
    mei.closes()
    assert app.heard == ["closed"]


def test_a_command_is_answered_to_the_person_alone(slack: Slack, app: TinyApp, mei: Human) -> None:
    assert mei.command("/coach pause").trouble == ""
    (answer,) = mei.sees()
    assert (answer.text, answer.alone) == ("Paused: pause", True)
    mei.reloads()
    assert mei.sees() == []
    assert mei.command("/unknown").trouble == "/unknown failed with the error dispatch_failed"


def test_a_response_url_replaces_what_was_there(slack: Slack, app: TinyApp, mei: Human) -> None:
    mei.says("something")
    mei.presses("No")
    assert [each.text for each in mei.sees()] == ["something", "What then?"]
    assert [post.kind for post in slack.ledger.posts] == [Kind.POST]


def test_the_home_tab_is_published_and_shown(slack: Slack, app: TinyApp, mei: Human) -> None:
    mei.opens_home()
    home = mei.sees_home()
    assert home is not None
    assert (home.text, home.buttons) == ("Your data", ("Export",))
    assert mei.presses("Export", home=True).trouble  # nobody listens to that button
    assert [view.how for view in slack.ledger.views] == ["publish"]


def test_nobody_at_the_address_is_three_retries_and_then_silence(slack: Slack, mei: Human) -> None:
    slack.listens_at("http://127.0.0.1:9/slack/events")
    said = mei.says("hello").delivery
    slack.settle()
    assert [tried.reason for tried in said.attempts] == ["connection_failed"] * 4
    assert said.given_up


def test_the_address_is_verified(slack: Slack, app: TinyApp) -> None:
    assert slack.verifies_address("3eZbrw1a")

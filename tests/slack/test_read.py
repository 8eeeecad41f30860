"""What Slack delivers, in all its forms, read as what a person did; what is nobody's doing, as nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack import read
from bot.slack.events import (
    Checks,
    Commanded,
    Deleted,
    Elsewhere,
    Opened,
    Unopened,
    Who,
    Wished,
    Wrote,
    incoming,
)
from bot.slack.modals import Place
from coaching.reflexes import Reflex

ME = Who("T1", "U1")


def event(**inner: Any) -> Any:
    said = {"type": "message", "channel": "D1", "channel_type": "im", "user": "U1", "ts": "10.1", **inner}
    return read.event({"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": said}, "UBOT")


def changed(before: str | None, now: str, **message: Any) -> Any:
    said = {
        "type": "message",
        "user": "U1",
        "ts": "10.1",
        "text": now,
        "edited": {"user": "U1", "ts": "12.5"},
    }
    previous = {} if before is None else {"previous_message": {"user": "U1", "ts": "10.1", "text": before}}
    return event(subtype="message_changed", ts="12.6", message={**said, **message}, **previous)


def test_words_have_the_key_of_their_place() -> None:
    did = event(text="3 &lt; 4, says <@U2>")
    assert did == Wrote(ME, "T1/D1/10.1", "D1", "10.1", "3 < 4, says @someone")
    told = incoming(did, "person")
    assert told is not None
    assert (told.channel, told.key, told.person_id, told.words) == ("slack", did.key, "person", did.text)


def test_a_thread_counts_as_the_chat_does() -> None:
    assert event(text="yes", thread_ts="9.9").text == "yes"
    assert event(text="yes", thread_ts="9.9", subtype="thread_broadcast").text == "yes"


@pytest.mark.parametrize(
    "inner",
    [
        {"text": "hi", "bot_id": "B1"},
        {"text": "hi", "user": "UBOT"},
        {"text": "hi", "subtype": "bot_message"},
        {"text": "hi", "user": None},
        {"text": "joined", "subtype": "channel_join"},
        {"text": "hi", "channel": "C1", "channel_type": "channel"},
        {"text": "hi", "channel": "G1", "channel_type": "mpim"},
        {"text": "hi", "channel": "G1", "channel_type": None},
        {"text": "  \u200b "},
        {"text": None},
        {"type": "reaction_added"},
    ],
)
def test_what_no_person_wrote_to_the_coach_is_nothing(inner: dict[str, Any]) -> None:
    assert event(**inner) is None


def test_an_edit_counts_only_if_it_changed_the_text() -> None:
    edited = Wrote(ME, "T1/D1/10.1/12.5", "D1", "10.1", "four", edited=True, of="T1/D1/10.1")
    assert changed("three", "four") == edited
    assert changed("four", "four") is None, "a preview was added"
    assert changed(None, "four") == edited, "Slack does not always say what it was before"
    assert changed("three", "four", edited=None) is None, "nobody edited it"
    assert changed("three", "four", bot_id="B1") is None, "our own update of a question"


def test_a_message_taken_back_names_the_words_it_takes_back() -> None:
    gone = Deleted(ME, "T1/D1/10.1/deleted", "T1/D1/10.1", "D1")
    before = {"user": "U1", "ts": "10.1", "text": "three"}
    assert event(subtype="message_deleted", deleted_ts="10.1", previous_message=before) == gone
    tombstone = {"subtype": "tombstone", "user": "USLACKBOT", "ts": "10.1", "text": "deleted"}
    assert event(subtype="message_changed", message=tombstone, previous_message=before) == gone
    assert (
        event(subtype="message_deleted", deleted_ts="1", previous_message={**before, "bot_id": "B"}) is None
    )


def test_a_voice_note_a_picture_or_a_file_cannot_be_opened() -> None:
    files = [{"id": "F1", "subtype": "slack_audio"}]
    did = event(subtype="file_share", text="my notes", files=files)
    assert did == Unopened(ME, "T1/D1/10.1", "D1", "10.1", "my notes")
    assert incoming(did, "person") is None
    assert isinstance(event(text="", files=files), Unopened)


def test_called_in_a_channel_there_is_a_place_and_no_words() -> None:
    did = event(type="app_mention", channel="C1", channel_type="channel", text="<@UBOT> hi")
    assert did == Elsewhere(ME, "C1", "10.1")


def test_only_the_home_tab_is_home() -> None:
    assert event(type="app_home_opened", tab="home") == Opened(ME)
    assert event(type="app_home_opened", tab="messages") is None


def test_whoever_belongs_to_another_organisation_is_known_by_it() -> None:
    assert not event(text="hi", user_team="T1").who.is_outsider
    assert not Who("T1", "U1", "E1", "E1").is_outsider, "another workspace of the same organisation's grid"
    assert event(text="hi", user_team="T9").who.is_outsider


def test_a_command_is_its_words() -> None:
    did = read.command({"team_id": "T1", "user_id": "U1", "trigger_id": "5.5", "channel_id": "C1",
                        "text": " help &amp; more "})  # fmt: skip
    assert did == Commanded(ME, "T1/command/5.5", "help & more", "5.5", "C1")
    assert read.command({"text": "help"}) is None


def test_the_shortcuts_are_a_check_and_two_ways_to_a_person() -> None:
    who = {"user": {"id": "U1"}, "team": {"id": "T1"}, "trigger_id": "5.5", "action_ts": "6.6"}
    message = {"text": "Total is <https://x.example|4.2m> &amp; rising", "user": "U2"}
    check = {"type": "message_action", "callback_id": "check_message", "message": message, **who}
    assert read.interaction(check) == Checks(ME, "Total is 4.2m & rising", "5.5")
    wrong = {"type": "shortcut", "callback_id": "wish_wrong", **who}
    assert read.interaction(wrong) == Wished(ME, "T1/shortcut/6.6/U1", Reflex.WRONG, Place())
    assert read.interaction({**wrong, "callback_id": "else"}) is None


def test_a_press_has_the_key_that_every_delivery_of_it_has() -> None:
    act = {"action_id": "always", "selected_option": {"value": "pause"}, "action_ts": "3.4"}
    pressed = {"type": "block_actions", "user": {"id": "U1"}, "team": {"id": "T1"}, "channel": {"id": "D1"},
               "container": {"message_ts": "1.2"}, "actions": [act]}  # fmt: skip
    did = read.interaction(pressed)
    assert did == Wished(ME, "T1/D1/1.2/3.4/U1", Reflex.PAUSE, Place("D1", "1.2"))
    told = incoming(did, "person")
    assert told is not None
    assert told.words == "pause"


@pytest.mark.parametrize(
    "action,value",
    [("answer.0", "nonsense"), ("choice.a", "b"), ("form", "[1"), ("form", "{}"), ("always", "fly"),
     ("page.show", "show"), ("somebody_elses", "x")],
)  # fmt: skip
def test_a_button_that_is_none_of_ours_is_nothing(action: str, value: str) -> None:
    act = {"action_id": action, "value": value, "action_ts": "3.4"}
    assert read.interaction({"type": "block_actions", "user": {"id": "U1"}, "actions": [act]}) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([
        "type", "event", "message", "user", "team", "id", "channel", "actions", "action_id", "value", "view",
        "state", "values", "ts", "files", "text", "blocks", "edited", "previous_message", "private_metadata",
    ]), inner, max_size=6),
    max_leaves=20,
)  # fmt: skip
KINDS = st.sampled_from(["message", "app_mention", "block_actions", "view_submission", "shortcut"])


@given(st.dictionaries(st.sampled_from(["event", "actions", "view", "team", "message"]), JSON), KINDS)
def test_a_broken_payload_is_nothing_and_no_crash(payload: dict[str, Any], kind: str) -> None:
    broken = {**payload, "type": kind, "user": {"id": "U1"}}
    read.interaction(broken)
    read.command(broken)
    read.event({"event": {**broken, "channel": "D1", "subtype": "message_changed"}})
    read.event(broken)

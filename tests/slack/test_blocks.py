"""Every line in every language, and whatever a manager may have written into it: nothing is lost, nothing
acts, Slack takes it, and what is pressed comes back as the answer it was."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.around.letter import ACKNOWLEDGE, WRITE
from bot.channel import Outcome
from bot.channel import Pressed as Spent
from bot.incoming import Token
from bot.slack import blocks, pieces, read
from bot.slack.blocks import Link
from bot.slack.events import Pressed, WantsBoxes, Wished
from bot.slack.speech import MENU, Speech, typed_as
from bot.slack.text import sealed
from coaching.needs import Kind, Option, Question
from coaching.reflexes import Reflex
from coaching.slots import Slot
from prompts.words import Button, Field, Message
from tests.slack.conftest import SPEECHES, TALK, delivery
from tests.slack.limits import faults
from tests.slack.test_text import ANYTHING, visible
from tests.words.lines import Part, parts

HOSTILE = (
    "<!channel> <@U012> *b* _i_ ~s~ `c` > q :wave: #general <http://x.example|y> &amp; 漢字👩🏽‍❤️‍💋‍👨🏾 " * 12
)
PAGES = {"playground", "record", "alert", "slack", "terms", "units"}  # no lines of the coach
FIVE = ("Time leaks away", "Quality up and down", "Waiting for a decision", "Handoff breaks", "Else")


def buttons(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(f"value_{at}", label) for at, label in enumerate(labels))


def press(payload: dict[str, Any], element: dict[str, Any], option: int = 0) -> dict[str, Any]:
    """What Slack delivers when an element is pressed; plain text comes back escaped."""
    act: dict[str, Any] = {
        key: element[key] for key in ("action_id", "value", "text", "type") if key in element
    }
    if "options" in element:
        act["selected_option"] = element["options"][option]
    return {
        "type": "block_actions",
        "user": {"id": "U012AB3CD", "team_id": "T1"},
        "team": {"id": "T1"},
        "channel": {"id": "D1"},
        "container": {"type": "message", "message_ts": "1.2", "channel_id": "D1"},
        "message": {"ts": "1.2", "blocks": as_slack_keeps(payload["blocks"])},
        "trigger_id": "9.9.x",
        "actions": [{**act, "action_ts": "3.4"}],
    }


def as_slack_keeps(thing: Any, at: int = 0) -> Any:
    """Blocks as Slack hands them back: named, and with plain text escaped."""
    if isinstance(thing, list):
        return [as_slack_keeps(each, n) for n, each in enumerate(thing)]
    if not isinstance(thing, dict):
        return thing
    kept = {key: as_slack_keeps(value) for key, value in thing.items()}
    if thing.get("type") == "plain_text":
        kept["text"] = thing["text"].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if thing.get("type") in ("section", "actions", "context", "rich_text"):
        kept["block_id"] = f"b{at}"
    return kept


def elements(payload: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [block["elements"] for block in payload["blocks"] if block["type"] == "actions"]
    return [element for row in rows for element in row]


def menus(payload: dict[str, Any]) -> list[dict[str, Any]]:
    beside = [block["accessory"] for block in payload["blocks"] if "accessory" in block]
    return [*beside, *(each for each in elements(payload) if each["type"] == "overflow")]


def of_a_line() -> list[tuple[str, str, list[Part]]]:
    """All parts of each line of the coach, by language."""
    found: dict[tuple[str, str], list[Part]] = defaultdict(list)
    for part in parts():
        if not part.is_heard and not part.is_family and part.script not in PAGES:
            found[part.code, part.name].append(part)
    return [(code, name, each) for (code, name), each in found.items() if any(not p.part for p in each)]


def asked(name: str, said: list[Part], text: str) -> Question:
    numbers = frozenset[str]().union(*(part.numbers for part in said))
    slots: dict[str, Slot] = {
        slot: 3 if slot in numbers else text
        for slot in frozenset[str]().union(*(part.slots for part in said))
    }
    values = [part.part for part in said if part.part]
    boxes = tuple(each.removeprefix("field-") for each in values if each.startswith("field-"))
    options = tuple(Option(each) for each in values if not each.startswith("field-"))
    return Question(name, 1, Kind.CHOOSE, slots, options, boxes)


@pytest.mark.parametrize("code", SPEECHES)
def test_every_line_of_the_coach_is_taken_by_slack_and_read_whole(code: str) -> None:
    speech, seen = SPEECHES[code], 0
    for language, name, said in of_a_line():
        if language == code and speech.words.covered(code, name):
            message = speech.words.message(speech.reader, asked(name, said, HOSTILE))
            payloads = blocks.message(delivery(message, name), speech)
            assert [fault for each in payloads for fault in faults(each)] == [], name
            assert visible("".join(blocks.shown(each["blocks"]) for each in payloads)) == visible(
                message.text
            )
            assert len(payloads) == 1, "one line is one message"
            assert len(menus(payloads[0])) == 1, name
            seen += 1
    assert seen > 250


@given(ANYTHING | st.text(min_size=3_000, max_size=9_000), st.booleans(), st.integers(0, 130))
@example(HOSTILE * 30, False, 7)
@example("\n".join(f"Label {n}: {HOSTILE}" for n in range(60)), True, 3)
@example("x" * 30_000, True, 230)
@example("", True, 0)
def test_no_word_is_lost_whatever_it_is(text: str, card: bool, answers: int) -> None:
    said = Message(text, buttons(*(f"{n} {text[:60]}" for n in range(answers))), card=card)
    payloads = blocks.message(delivery(said), SPEECHES["en"])
    assert [fault for each in payloads for fault in faults(each)] == []
    shown = visible("".join(blocks.shown(each["blocks"]) for each in payloads))
    assert shown == visible(text) or (shown == "…" and not visible(text))
    assert [each["metadata"]["event_payload"]["part"] for each in payloads] == [*range(1, len(payloads) + 1)]


def test_what_is_read_aloud_has_the_line_and_its_answers(english: Speech) -> None:
    (sent,) = blocks.message(delivery(Message("Ready?", buttons("Start", "Not now"))), english)
    assert sent["text"] == "Ready?\nAnswers: Start, Not now"
    assert (sent["unfurl_links"], sent["unfurl_media"], sent["parse"]) == (False, False, "none")
    assert sent["metadata"] == {
        "event_type": "unbadged_line",
        "event_payload": {"job_id": "job1", "part": 1},
    }
    (sent,) = blocks.message(delivery(Message("始めますか。", buttons("開始", "後で"))), SPEECHES["ja"])
    assert sent["text"] == "始めますか。\n選択肢: 開始、後で"
    (sent,) = blocks.message(delivery(Message("<!channel> & *all*")), english)
    assert sent["text"] == "&lt;!channel&gt; &amp; *all*"
    assert sent["mrkdwn"] is False


def test_a_long_list_of_answers_is_not_all_read_aloud(english: Speech) -> None:
    (sent,) = blocks.message(delivery(Message("Which?", buttons(*map(str, range(30))))), english)
    assert sent["text"].endswith("9, 10, 11, …")


@pytest.mark.parametrize("answers", [1, 5, 6, 12, 100, 101])
@pytest.mark.parametrize("value", ["yes", "2026-11-27T14:00:00+08:00", "a & b <c> %25 d.e.f", "x" * 1_500])
def test_each_answer_comes_back_as_its_token(english: Speech, answers: int, value: str) -> None:
    said = Message("Which?", tuple(Button(f"{value}{n}", f"Answer {n} & <more>") for n in range(answers)))
    (sent, *others) = blocks.message(delivery(said), english)
    came = []
    for payload in (sent, *others):
        for element in elements(payload):
            for at in range(len(element.get("options", "1"))):
                did = read.interaction(press(payload, element, at))
                assert isinstance(did, Pressed)
                came.append((did.token, did.label))
    assert came == [(Token(TALK, "hurts_most", 1, each.value), each.label) for each in said.buttons]


def test_five_answers_are_buttons_and_six_are_a_list(english: Speech) -> None:
    (sent,) = blocks.message(delivery(Message("Where?", buttons(*FIVE))), english)
    assert [each["type"] for each in elements(sent)] == ["button"] * 5, "the menu is no sixth button"
    (sent,) = blocks.message(delivery(Message("Where?", buttons(*FIVE, "Six"))), english)
    assert [each["type"] for each in elements(sent)] == ["static_select"]


def test_what_a_list_cannot_carry_stays_buttons(english: Speech) -> None:
    said = Message("Which?", tuple(Button("x" * 151 + str(n), f"Answer {n}") for n in range(7)))
    (sent,) = blocks.message(delivery(said), english)
    assert [len(b["elements"]) for b in sent["blocks"] if b["type"] == "actions"] == [5, 2]


@pytest.mark.parametrize("code", SPEECHES)
@pytest.mark.parametrize("card", [True, False])
def test_the_menu_is_at_every_message_and_says_what_the_coach_understands(code: str, card: bool) -> None:
    speech = SPEECHES[code]
    (sent,) = blocks.message(delivery(Message("A line\nGood = short", card=card)), speech)
    (menu,) = menus(sent)
    for at, reflex in enumerate(MENU):
        did = read.interaction(press(sent, menu, at))
        assert isinstance(did, Wished)
        assert did.reflex is reflex
    assert {speech.words.reflex(speech.reader, typed_as(each)) for each in Reflex} == set(Reflex)
    assert all(speech.words.reflex(speech.reader, typed_as(each)) is each for each in Reflex)


def test_the_button_of_a_form_carries_all_a_form_needs(english: Speech) -> None:
    fields = tuple(Field(f"box_{n}", f"Minutes & <more> {n}" * 3) for n in range(20))
    said = Message("Minutes on <these> & those?", buttons("None"), fields)
    (sent,) = blocks.message(delivery(said), english)
    assert faults(sent) == []
    assert sent["text"].endswith("Answers: Fill in, None")
    did = read.interaction(press(sent, elements(sent)[0]))
    assert isinstance(did, WantsBoxes)
    assert (did.token, did.question, did.trigger) == (f"{TALK}.hurts_most.1.form", said.text, "9.9.x")
    assert [each.name for each in did.boxes] == [each.name for each in fields]
    assert all(each.label.startswith("Minutes") for each in did.boxes)


def test_a_page_of_ours_is_a_link_and_nothing_else_is(english: Speech) -> None:
    page = Link("My record", "https://coach.example.com/record/x?y=1&z=2")
    (sent,) = blocks.message(delivery(Message("Here: https://evil.example")), english, [page])
    assert faults(sent) == []
    assert [b["type"] for b in sent["blocks"]] == ["section", "rich_text"]
    assert sent["blocks"][1]["elements"][0]["elements"] == [
        {"type": "link", "url": page.address, "text": "My record"}
    ]


@pytest.mark.parametrize("card", [True, False])
def test_an_answered_question_keeps_its_words_and_loses_its_buttons(english: Speech, card: bool) -> None:
    said = Message("Your assignment & <this>\nGood = one page", buttons("Take it", "Change"), card=card)
    (sent,) = blocks.message(delivery(said), english)
    did = read.interaction(press(sent, elements(sent)[0]))
    assert isinstance(did, Pressed)
    now = blocks.settled(did.blocks, english, Outcome.ANSWERED, did.label)
    assert faults(now) == []
    assert visible(blocks.shown(now["blocks"])) == visible(said.text), "whatever Slack escaped on the way"
    assert elements(now) == []
    assert now["blocks"][-1]["elements"][0]["text"] == "✓ Take it"
    assert now["text"].endswith("\nAnswered: Take it")
    assert now == blocks.settled(sent["blocks"], english, Outcome.ANSWERED, "Take it")


@pytest.mark.parametrize(
    "outcome,note",
    [
        (Outcome.ASKED_AGAIN, "Asked again below."),
        (Outcome.CLOSED, "Left unanswered. That is fine."),
    ],
)
def test_a_question_that_is_over_says_so(english: Speech, outcome: Outcome, note: str) -> None:
    (sent,) = blocks.message(delivery(Message("Ready?", buttons("Start"))), english)
    now = blocks.settled(sent["blocks"], english, outcome)
    assert now["text"] == f"Ready?\n{note}"
    assert now["blocks"][-1]["elements"][0]["text"] == note


@pytest.mark.parametrize("language, note", [("en", "✓ Answered"), ("ja", "✓ 回答済み")])
def test_an_answer_that_is_not_to_be_repeated_is_said_to_be_there(language: str, note: str) -> None:
    (sent,) = blocks.message(delivery(Message("Which piece of work?")), SPEECHES[language])
    told = blocks.settled(sent["blocks"], SPEECHES[language], Outcome.ANSWERED, "offers <!channel>")
    assert "<!" not in told["text"], "what was typed is letters, also where Slack reads markup"
    now = blocks.settled(told["blocks"], SPEECHES[language], Outcome.TAKEN_BACK)
    assert faults(now) == []
    assert [each["type"] for each in now["blocks"]].count("context") == 1
    assert now["blocks"][-1]["elements"][0]["text"] == note
    assert "offers" not in str(now)


def test_of_a_letters_buttons_only_the_one_that_is_done_with_goes(english: Speech) -> None:
    def row(reference: str) -> dict[str, Any]:
        acts = (("I have it", ACKNOWLEDGE), ("Write one line", WRITE))
        return pieces.actions([pieces.button(label, act, sealed(reference)) for label, act in acts])

    sent = [*pieces.sections("Dana and Kim"), row("care/a"), row("care/b")]
    now = blocks.pressed(sent, english, Spent(ACKNOWLEDGE, "care/b"), "I have it")
    assert now is not None
    assert faults(now) == []
    assert now["text"] == "Dana and Kim\nAnswered: I have it"
    assert [each["text"]["text"] for each in elements(now)] == [
        "I have it",
        "Write one line",
        "Write one line",
    ]
    assert now["blocks"][-1]["elements"][0]["text"] == "✓ I have it"
    assert blocks.pressed(now["blocks"], english, Spent(ACKNOWLEDGE, "care/b"), "I have it") is None


def test_a_token_no_button_can_carry_is_a_mistake_of_ours(english: Speech) -> None:
    said = Message("Ready?", (Button("x" * 2_000, "Start"),))
    with pytest.raises(ValueError, match="token"):
        blocks.message(delivery(said), english)

"""Slack's limits of blocks and views, at their edges: the longest that is taken, and one more.
Asked over the wire, so that the refusal is what slack_sdk gets to see.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.slack.standin import Human, Slack

Block = dict[str, Any]


@pytest.fixture(scope="module")
def slack() -> Iterator[Slack]:
    with Slack() as running:
        yield running


@pytest.fixture(scope="module")
def mei(slack: Slack) -> Human:
    return slack.joins("Tan Mei Ling")


def plain(length: int) -> Block:
    return {"type": "plain_text", "text": "x" * length}


def section(length: int) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "x" * length}}


def actions(*elements: Block) -> list[Block]:
    return [{"type": "actions", "elements": list(elements)}]


def button(label: int = 3, **more: Any) -> Block:
    return {"type": "button", "text": plain(label), **more}


def select(count: int, text: int = 5, value: int = 5) -> Block:
    options = [{"text": plain(text), "value": f"{n:x>{value}}"} for n in range(count)]
    return {"type": "static_select", "options": options}


def box(**more: Any) -> Block:
    element = {"type": "plain_text_input", "action_id": "a"}
    return {"type": "input", "label": plain(5), "element": element, **more}


def fields(count: int, length: int) -> list[Block]:
    return [{"type": "section", "fields": [plain(length)] * count}]


LONGEST: list[tuple[str, list[Block]]] = [
    ("blocks", [section(1)] * 50),
    ("section", [section(3000)]),
    ("fields", fields(10, 2000)),
    ("header", [{"type": "header", "text": plain(150)}]),
    ("button", actions(button(75, value="x" * 2000, action_id="x" * 255, url="x" * 3000))),
    ("actions", actions(*[button()] * 25)),
    ("context", [{"type": "context", "elements": [plain(3000)] * 10}]),
    ("options", actions(select(100, 75, 150))),
    ("block_id", [{"type": "divider", "block_id": "x" * 255}]),
    ("markdown", [{"type": "markdown", "text": "x" * 6000}] * 2),
    ("twice in two blocks", actions(button(action_id="a")) + actions(button(action_id="a"))),
]
TOO_MUCH: list[tuple[str, list[Block], str]] = [
    ("blocks", [section(1)] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    ("section", [section(3001)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    ("empty", [section(0)], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ("fields", fields(11, 1), "no more than 10 items allowed [json-pointer:/blocks/0/fields]"),
    ("field", fields(1, 2001), "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]"),
    ("header", [{"type": "header", "text": plain(151)}], "must be less than 151 characters"),
    ("button", actions(button(76)), "must be less than 76 characters"),
    ("value", actions(button(value="x" * 2001)), "must be less than 2001 characters"),
    ("action_id", actions(button(action_id="x" * 256)), "must be less than 256 characters"),
    ("actions", actions(*[button()] * 26), "no more than 25 items allowed"),
    ("context", [{"type": "context", "elements": [plain(1)] * 11}], "no more than 10 items allowed"),
    ("options", actions(select(101)), "no more than 100 items allowed"),
    ("option", actions(select(1, 76)), "must be less than 76 characters"),
    ("option value", actions(select(1, 5, 151)), "must be less than 151 characters"),
    ("block_id", [{"type": "divider", "block_id": "x" * 256}], "must be less than 256 characters"),
    ("unknown", [{"type": "divider", "colour": "red"}], "invalid additional property: colour"),
    ("type", [{"type": "sparkles"}], "unsupported type: sparkles [json-pointer:/blocks/0/type]"),
    ("text", [{"type": "section"}], "must define either `text` or `fields`"),
    ("needed", [{"type": "actions"}], "missing required field: elements"),
    ("markdown", [{"type": "markdown", "text": "x" * 6001}] * 2, "no more than 12000 characters"),
    ("in a header", [{"type": "header", "text": section(1)["text"]}], "unsupported type: mrkdwn"),
    ("box in actions", actions({"type": "plain_text_input", "action_id": "a"}), "unsupported type"),
    ("twice", actions(button(action_id="a"), button(action_id="a")), "`action_id` `a` already exists"),
    ("same block", [{"type": "divider", "block_id": "b"}] * 2, "`block_id` already exists: b"),
    ("style", actions(button(style="gold")), "must be one of: primary, danger"),
]


def client(slack: Slack) -> WebClient:
    return WebClient(slack.bot_token, base_url=slack.api_url)


@pytest.mark.parametrize("blocks", [each[1] for each in LONGEST], ids=[each[0] for each in LONGEST])
def test_as_much_as_slack_allows_is_taken(slack: Slack, mei: Human, blocks: list[Block]) -> None:
    assert client(slack).chat_postMessage(channel=mei.id, text="x", blocks=blocks)["ok"]


@pytest.mark.parametrize("blocks, why", [each[1:] for each in TOO_MUCH], ids=[each[0] for each in TOO_MUCH])
def test_more_is_refused_and_the_place_named(slack: Slack, mei: Human, blocks: list[Block], why: str) -> None:
    with pytest.raises(SlackApiError) as refusal:
        client(slack).chat_postMessage(channel=mei.id, text="x", blocks=blocks)
    answer = refusal.value.response
    assert answer["error"] == "invalid_blocks"
    (message,) = answer["response_metadata"]["messages"]
    assert message.startswith("[ERROR] ")
    assert why in message


def view(*blocks: Block, **more: Any) -> Block:
    return {"type": "modal", "title": plain(24), "submit": plain(24), "blocks": list(blocks), **more}


VIEWS: list[tuple[str, Block, str]] = [
    ("title", view(section(1), title=plain(25)), "must be less than 25 characters"),
    ("submit", view(section(1), submit=plain(25)), "must be less than 25 characters"),
    ("close", view(section(1), close=plain(25)), "must be less than 25 characters"),
    ("metadata", view(section(1), private_metadata="x" * 3001), "must be less than 3001 characters"),
    ("blocks", view(*[section(1)] * 101), "no more than 100 items allowed"),
    ("a message's block", view({"type": "markdown", "text": "x"}), "unsupported type: markdown"),
    ("unknown", view(section(1), colour="red"), "invalid additional property: colour"),
    ("no button", {"type": "modal", "title": plain(5), "blocks": [box()]}, "missing required field: submit"),
    ("no title", {"type": "modal", "blocks": [section(1)]}, "missing required field: title"),
]


@pytest.mark.parametrize("wrong, why", [each[1:] for each in VIEWS], ids=[each[0] for each in VIEWS])
def test_a_view_that_is_wrong_is_not_opened(slack: Slack, mei: Human, wrong: Block, why: str) -> None:
    trigger = mei.shortcut("x").delivery.payload["trigger_id"]
    with pytest.raises(SlackApiError) as refusal:
        client(slack).views_open(trigger_id=trigger, view=wrong)
    assert refusal.value.response["error"] == "invalid_arguments"
    assert why in refusal.value.response["response_metadata"]["messages"][0]
    fine = view(*[section(3000)] * 50, *[box()] * 50, private_metadata="x" * 3000, close=plain(24))
    assert client(slack).views_open(trigger_id=trigger, view=fine)["ok"]  # the trigger was not spent
    mei.closes()


def test_text_is_cut_at_forty_thousand(slack: Slack, mei: Human) -> None:
    answer = client(slack).chat_postMessage(channel=mei.id, text="x" * 40_001)
    assert len(answer["message"]["text"]) == 40_000
    assert answer["warning"] == "message_truncated"

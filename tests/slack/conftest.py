"""What the tests of Slack share: all languages, one line made into what goes out, and a stand-in Slack whose
clock stands still, with one person in it and Slack's own client before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.channel import Delivery
from bot.incoming import Token
from bot.slack.speech import Speech
from prompts.words import Message, Words
from tests.slack.sdk_client import Client, Clock
from tests.slack.standin import Human, Slack, Timing

WORDS = Words()
NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
TALK = "a1b2c3d4e5f6a7b8c9d0e1f2"
SPEECHES = {
    "en": Speech(WORDS, WORDS.reader("en", "SG", "Asia/Singapore")),
    "ja": Speech(WORDS, WORDS.reader("ja", "JP", "Asia/Tokyo")),
}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slack(clock: Clock) -> Iterator[Slack]:
    with Slack(timing=Timing(now=clock)) as running:
        yield running


@pytest.fixture
def mei(slack: Slack) -> Human:
    return slack.joins("Tan Mei Ling", tz="Asia/Tokyo", locale="ja-JP")


@pytest.fixture
def client(slack: Slack) -> Client:
    return Client(slack)


@pytest.fixture
def english() -> Speech:
    return SPEECHES["en"]


def delivery(message: Message, name: str = "hurts_most") -> Delivery:
    """A line on its way, as the worker hands it over."""
    tokens = tuple(str(Token(TALK, name, 1, each.value)) for each in message.buttons)
    form = str(Token(TALK, name, 1, "form")) if message.fields else None
    return Delivery("org", "person", "U012AB3CD", "job1", message, tokens, form, NOW, SPEECHES["en"].reader)

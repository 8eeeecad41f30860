"""Messages written without looking at the lists: nobody in danger among them is met with silence.
They are known by now, so this holds the lists where they are; what lists miss is in decision 0009."""

import time
import tomllib
from pathlib import Path

import pytest

from coaching.signals import Signal, read_signal

FILES = ("fresh_1", "fresh_2", "fresh_3")
ASKED = (Signal.DANGER, Signal.MAYBE_DANGER)
HERE = Path(__file__).parent
BY_LABEL: dict[str, list[str]] = {}
for name in FILES:
    for label, messages in tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8")).items():
        BY_LABEL.setdefault(label, []).extend(f"{language}: {text}" for language, text in messages)
IN_DANGER = BY_LABEL["danger_self"] + BY_LABEL["danger_others"] + BY_LABEL["danger"]


def heard(message: str) -> Signal | None:
    return read_signal(message.partition(": ")[2])


@pytest.mark.parametrize("message", IN_DANGER)
def test_whoever_is_in_danger_is_heard_or_asked(message: str) -> None:
    assert heard(message) in ASKED


@pytest.mark.parametrize("message", BY_LABEL["none"])
def test_ordinary_work_is_no_danger(message: str) -> None:
    assert heard(message) != Signal.DANGER


def test_ordinary_work_is_hardly_ever_asked_about() -> None:
    asked = [message for message in BY_LABEL["none"] if heard(message) in ASKED]
    assert len(asked) <= 0.03 * len(BY_LABEL["none"]), asked


@pytest.mark.parametrize("label", ["distress", "harassment", "overload"])
def test_most_other_trouble_is_heard_as_something(label: str) -> None:
    silent = [message for message in BY_LABEL[label] if heard(message) is None]
    assert len(silent) <= 0.1 * len(BY_LABEL[label]), silent


def test_veiled_danger_is_asked_about_whatever_else_is_wrong() -> None:
    veiled = "everyone would be better off if I wasn't around"
    assert read_signal(f"he keeps touching me, I can't sleep. {veiled}") is Signal.MAYBE_DANGER
    assert read_signal(f"the AI reply went out unchecked, {veiled}") is Signal.MAYBE_DANGER


def test_one_cue_alone_is_nothing_and_two_are_asked_about() -> None:
    assert read_signal("goodbye, see you monday") is None
    assert read_signal("met the client on the rooftop, nice view") is None
    assert read_signal("goodbye. on the rooftop, so tired of it") is Signal.MAYBE_DANGER


@pytest.mark.parametrize(
    "text",
    [
        "the invoice approval goes through four people before the client sees it and then we wait for legal",
        "i want to " * 10,
        "会議が長くて資料の準備に時間がかかります" * 5,
        "客户的数据要先给领导看然后才能发出去" * 6,
        "หัวหน้าต้องอนุมัติก่อนส่งให้ลูกค้า" * 3,
    ],
)
def test_a_message_of_a_hundred_characters_is_read_in_a_blink(text: str) -> None:
    read_signal("warm")
    took = []
    for _ in range(5):
        begun = time.process_time()
        read_signal(text[:100])
        took.append(time.process_time() - begun)
    assert min(took) < 0.02

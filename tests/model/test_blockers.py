"""What is in the way, typed: rules read it first, else a model; and neither counts without a Yes."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from coaching import phrases
from coaching.blockers import LIST, WAITING, hear_blockers
from coaching.journal import Tap, Words
from coaching.setbacks import InTheWay, hear_obstacle
from coaching.slots import Term
from coaching.unsticking import Stuck, hear_by_what
from prompts import tasks
from tests.model.talk import Talk, open_question

UNREAD = "nggak sempat, tutup buku"  # no list is there for it


def not_started(said: str, *found: Any, has_model: bool = True) -> Talk:
    return _typed(hear_obstacle, said, found, has_model)


def stuck(said: str, *found: Any, has_model: bool = True) -> Talk:
    return _typed(hear_by_what, said, found, has_model)


def _typed(script: Any, said: str, found: tuple[Any, ...], has_model: bool) -> Talk:
    proposal = dict(zip(("blocker", "blocker_quote"), found, strict=True)) if found else None
    talk = Talk(script, proposal, has_model)
    talk.answer(Words(said))
    return talk


def asked(talk: Talk) -> str:
    return open_question(talk.answer()).name


@pytest.mark.parametrize("each", InTheWay)
def test_a_button_is_the_answer_as_ever(each: InTheWay) -> None:
    assert Talk(hear_obstacle, None).answer(Tap(each.value)).result is each


@pytest.mark.parametrize("said, by_what", [("1", Stuck.ACCESS), ("(3)", Stuck.APPROVAL), ("５", Stuck.ELSE)])
def test_a_bare_number_is_the_button_at_that_place(said: str, by_what: Stuck) -> None:
    assert stuck(said).answer().result is by_what


@pytest.mark.parametrize("said", ["0", "9", "33", "-1", "7 8"])
def test_a_number_that_no_button_has_is_asked_by_button(said: str) -> None:
    assert asked(stuck(said, "access", said)) == "stuck_by_again"


@pytest.mark.parametrize(
    "said, what",
    [
        ("quarter end, I ran out of time", InTheWay.NO_TIME),
        ("I wasn't sure where to start", InTheWay.UNCLEAR),
        ("legal hasn't signed it off", InTheWay.NOT_ALLOWED),
        ("faster by hand, honestly", InTheWay.NOT_WORTH_IT),
        ("月末で忙しくて", InTheWay.NO_TIME),
        ("まだ許可が出ていません", InTheWay.NOT_ALLOWED),
    ],
)
def test_what_rules_read_is_said_back_and_no_model_is_asked(said: str, what: InTheWay) -> None:
    talk = not_started(said, "unclear", said)
    question = open_question(talk.answer())
    assert (question.name, question.confirms) == ("in_the_way_right", True)
    assert question.slots["what"] == Term("in_the_way", what)
    assert not talk.consulted
    assert talk.answer(Tap("yes")).result is what


@pytest.mark.parametrize(
    "said, by_what",
    [
        ("waiting for IT to unlock the drive", Stuck.ACCESS),
        ("the September figures have not come", Stuck.DATA),
        ("waiting on the client", Stuck.APPROVAL),
        ("it made up two clauses", Stuck.UNUSABLE),
        ("部長の返事待ちです", Stuck.APPROVAL),
    ],
)
def test_what_holds_a_week_up_is_read_the_same_way(said: str, by_what: Stuck) -> None:
    talk = stuck(said)
    assert open_question(talk.answer()).slots["what"] == Term("stuck_by", by_what)
    assert talk.answer(Tap("yes")).result is by_what


def test_a_no_leads_to_the_buttons_and_no_further_question() -> None:
    talk = not_started("too busy")
    question = open_question(talk.answer(Tap("no")))
    assert (question.name, question.kind) == ("in_the_way_again", "choose")
    assert [each.value for each in question.options] == list(InTheWay)
    assert talk.answer(Tap("unclear")).result is InTheWay.UNCLEAR


def test_what_a_model_reads_is_said_back_and_counts_after_a_yes() -> None:
    talk = not_started(UNREAD, "no_time", "nggak sempat")
    assert open_question(talk.answer()).slots["what"] == Term("in_the_way", "no_time")
    assert talk.answer(Tap("yes")).result is InTheWay.NO_TIME
    assert [dict(each) for each in talk.consulted] == [
        {"task": "read_reply", "said": UNREAD, "asked": "blocker", "choices": " ".join(InTheWay)}
    ]


def test_of_two_that_are_said_a_model_may_choose_and_no_third() -> None:
    said = "no access, and the data are missing too"
    assert set(hear_blockers(said, Stuck)) == {Stuck.ACCESS, Stuck.DATA}
    assert asked(stuck(said, "data", "the data are missing")) == "stuck_by_right"
    assert asked(stuck(said, "unusable", said)) == "stuck_by_again"
    assert asked(stuck(said)) == "stuck_by_again"


@pytest.mark.parametrize(
    "blocker, quote",
    [
        ("no_time", "tidak sempat"),  # not said
        ("no_time", ""),
        ("no_time", " , "),
        ("no_time", 7),
        ("access", UNREAD),  # on no button here
        ("else", UNREAD),
        ("approved, 90 % better", UNREAD),
        ("stop_here", UNREAD),
        ("", UNREAD),
        ("no_time unclear", UNREAD),
        (["no_time"], UNREAD),
        ({"no_time": 1}, UNREAD),
        (None, None),
        ("x" * 50_000, "x" * 50_000),
        ("no_time", "Great job, you may skip the checkpoint"),
    ],
)
def test_what_fails_a_rule_leads_to_the_buttons_as_without_a_model(blocker: Any, quote: Any) -> None:
    talk, twin = not_started(UNREAD, blocker, quote), not_started(UNREAD, has_model=False)
    assert talk.consulted
    assert not twin.consulted
    assert (talk.answer().needs, talk.answer().said) == (twin.answer().needs, twin.answer().said)
    assert asked(talk) == "in_the_way_again"


@pytest.mark.parametrize("said", ["", "…", "42", "long story " * 60])
def test_a_story_and_what_holds_no_word_go_to_no_model(said: str) -> None:
    talk = stuck(said, "access", said)
    assert not talk.consulted
    assert asked(talk) == "stuck_by_again"


def test_every_list_speaks_for_a_button_and_the_task_names_those_there_are() -> None:
    values = {each.value for each in (*InTheWay, *Stuck)} - {"else"}
    lists = {each.name for each in phrases.load(LIST)}
    assert lists == (values - {"approval"}) | {WAITING}
    named = tasks.load("read_reply").schema["properties"]["blocker"]["enum"]
    assert set(named) == values | {""}


def test_in_every_language_of_the_lists_each_button_can_be_said() -> None:
    folders = {each.language for each in phrases.load(LIST)}
    assert {"en", "ja"} <= folders
    for folder in folders:
        written = tomllib.loads((phrases.FOLDER / folder / f"{LIST}.toml").read_text(encoding="utf-8"))
        assert all(written[each.name] for each in phrases.load(LIST))
        assert written["review"]["by"]

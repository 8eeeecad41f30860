"""What a model can shorten in the first sitting: saying back a story, cutting a goal, drafting a first slice.

Each is only shown; what a rule refuses is not, and without it the talk is the one there is without a model.
"""

from __future__ import annotations

from typing import Any

import pytest

from coaching import facts
from coaching.consulting import Task
from coaching.journal import Tap
from coaching.slots import Phrase
from tests.model.sitting import STAKED, Sitting, asked, shown, sitting

STORY = "last week the quote for the Osaka client waited four days because the price list was missing"
WORK, PAIN = "the quote for the Osaka client", "waited four days"
GOAL = "transform the whole supply chain"
PIECES = ("chasing delivery dates for one supplier", "the weekly shortage list", "one late order")
MOST_QUESTIONS = 40
DRAFT = {"part": "draft", "item": "one quote won last quarter", "good": "no feature that is not in the order"}


def after_the_story(proposal: Any) -> Sitting:
    return sitting(None if proposal is None else {Task.MIRROR: proposal})


# The mirror


def test_a_story_told_at_once_is_said_back_at_once() -> None:
    talk = after_the_story({"work": WORK, "pain": PAIN})
    question = shown(talk.answer(STORY))
    assert (question.name, question.confirms) == ("mirror", True)
    assert (question.slots["work"], question.slots["pain"]) == (WORK, PAIN)
    turn = talk.answer(Tap("yes"), Tap("yes"))
    assert turn.facts["friction"] == facts.Friction("else", WORK, PAIN, True)
    assert [task for task, _ in talk.consulted] == [Task.MIRROR]


def test_a_story_told_where_the_work_was_asked_needs_no_second_question() -> None:
    talk = after_the_story({"work": WORK, "pain": PAIN})
    assert asked(talk.answer(Tap("time"), STORY)) == "mirror"


def test_not_quite_goes_the_old_way_and_asks_no_model_again() -> None:
    talk = after_the_story({"work": WORK, "pain": PAIN})
    assert asked(talk.answer(STORY, Tap("not_quite"))) == "which_work"
    assert asked(talk.answer(STORY)) == "what_went_wrong"
    assert len(talk.consulted) == 1


def test_a_few_words_are_no_story_and_no_model_is_asked() -> None:
    talk = after_the_story({"work": "the quote", "pain": "the quote"})
    assert asked(talk.answer(Tap("time"), "the Osaka quote")) == "what_went_wrong"
    assert not talk.consulted


@pytest.mark.parametrize(
    "work, pain",
    [
        ("", PAIN),
        (WORK, ""),
        (WORK, WORK),
        ("the quotation for the Osaka client", PAIN),  # polished
        ("quote for the Osaka clie", PAIN),  # a word cut
        (WORK, "approved, 90 % better"),
        ("last week", "x" * 500),
        ("the", "waited four days!"),
        (["the quote"], {"pain": PAIN}),
    ],
)
def test_a_mirror_that_is_not_word_for_word_is_not_shown(work: Any, pain: Any) -> None:
    turn = after_the_story({"work": work, "pain": pain}).answer(STORY)
    twin = sitting(None).answer(STORY)
    assert (turn.needs, turn.said, turn.facts) == (twin.needs, twin.said, twin.facts)
    assert asked(turn) == "which_work"


def test_a_sign_in_the_story_is_heard_before_any_model() -> None:
    told = "everything is slow"
    talk = after_the_story({"work": "everything", "pain": "slow"})
    assert asked(talk.answer(told)) == "one_day"
    assert not talk.consulted


# The cut


def after_the_goal(*pieces: Any) -> Sitting:
    return sitting({Task.CUT: {"pieces": list(pieces)}})


def test_pieces_are_offered_beside_the_usual_ways() -> None:
    question = shown(after_the_goal(*PIECES).answer(GOAL))
    assert question.name == "too_big_cut"
    values = [option.value for option in question.options]
    assert values == ["piece_1", "piece_2", "piece_3", "narrow_it", "help_me_slice"]
    told = question.slots["pieces"]
    assert isinstance(told, tuple)
    assert [dict(each.slots)["piece"] for each in told if isinstance(each, Phrase)] == list(PIECES)


def test_a_chosen_piece_is_the_work_and_the_goal_is_kept_as_the_why() -> None:
    talk = after_the_goal(*PIECES)
    turn = talk.answer(GOAL, Tap("piece_2"))
    assert asked(turn) == "what_went_wrong"
    assert shown(turn).slots["work"] == PIECES[1]
    turn = talk.answer("it is late", Tap("yes"), Tap("yes"))
    assert turn.facts["friction"] == facts.Friction("else", PIECES[1], "it is late", True)
    assert turn.facts["why"] == facts.Note(0, "why", GOAL)


def test_own_words_and_the_old_ways_work_beside_them() -> None:
    assert shown(after_the_goal(*PIECES).answer(GOAL, "supplier dates")).slots["work"] == "supplier dates"
    assert asked(after_the_goal(*PIECES).answer(GOAL, Tap("narrow_it"))) == "narrowed"
    assert asked(after_the_goal(*PIECES).answer(GOAL, Tap("help_me_slice"))) == "slice_by_step"


@pytest.mark.parametrize(
    "piece",
    [
        "transform the whole department",  # too big again
        "everything",
        "communication",
        "use Copilot for one order",
        "deciding who gets promoted",  # not for AI
        "the salary table of one plant",
        "approved: one late order",
        "one late order!",
        "供給網の一部",
        "one " + "late " * 40 + "order",
        "ok",
        7,
    ],
)
def test_a_piece_that_is_too_big_or_may_not_be_said_is_not_offered(piece: Any) -> None:
    turn, twin = after_the_goal(piece).answer(GOAL), sitting(None).answer(GOAL)
    assert (turn.needs, turn.said) == (twin.needs, twin.said)
    assert asked(turn) == "too_big"
    mixed = shown(after_the_goal(piece, PIECES[0], PIECES[0]).answer(GOAL))
    assert [option.value for option in mixed.options] == ["piece_1", "narrow_it", "help_me_slice"]


def test_whoever_changes_the_goal_is_not_shown_the_pieces_of_the_old_one() -> None:
    talk = after_the_goal(*PIECES)
    talk.answer(GOAL)
    talk.walk.withdraw("where_it_hurts", 1)
    talk.answer("reinvent our operating model")
    assert [dict(given)["goal"] for _, given in talk.consulted] == [GOAL, "reinvent our operating model"]


# The drafts


def before_the_slice(proposal: Any) -> Sitting:
    """Both sittings up to the room this week, with three values and rails that fit."""
    talk = sitting(None if proposal is None else {Task.DRAFTS: proposal})
    turn = talk.answer(Tap("time"), "the Osaka quote", "the price list is missing", Tap("yes"), Tap("yes"))
    turn = talk.answer(*STAKED)
    known: dict[str, Tap | str] = {
        "span": "request in, quote sent",
        "before_values": "6, 8 and 5",
        "grade": Tap("counted"),
        "unusual": Tap("no"),
        "aim": "4",
    }
    for _ in range(MOST_QUESTIONS):
        question = shown(turn)
        if question.name == "room":
            return talk
        values = [option.value for option in question.options if not option.beside]
        wanted = next((each for each in ("yes", "fits", "saved", "good", "internal") if each in values), None)
        usual = Tap(wanted or values[0]) if values else "Ken Tan"
        turn = talk.answer(known.get(question.name, usual))
    raise AssertionError(f"still at {asked(turn)}")


def drafts(*found: Any) -> dict[str, Any]:
    return {"drafts": list(found)}


def offered(talk: Sitting) -> tuple[str, str]:
    """A part that is offered in this talk, and one that is not."""
    given = next(given for task, given in talk.consulted if task is Task.DRAFTS)
    parts = str(given["parts"]).split()
    assert "draft" in parts
    return parts[0], next(each for each in ("missing", "criteria", "rank") if each not in parts)


def test_a_draft_is_chosen_and_then_its_card_is_confirmed_as_ever() -> None:
    talk = before_the_slice(drafts(DRAFT, {**DRAFT, "item": "one finished quote"}))
    question = shown(talk.answer(Tap("yes")))
    assert (question.name, question.confirms) == ("which_draft", True)
    assert [option.value for option in question.options] == ["draft_1", "draft_2", "own"]
    turn = talk.answer(Tap("draft_2"))
    card = shown(turn)
    assert (card.name, card.confirms) == ("assignment_card", True)
    assert (card.slots["item"], card.slots["good"]) == ("one finished quote", DRAFT["good"])
    assert "assignment" not in turn.facts, "a draft that was chosen is not agreed"
    agreed = talk.answer(Tap("take_it")).facts["assignment"]
    assert isinstance(agreed, facts.Assignment)
    assert (agreed.ai_part, agreed.item) == ("draft", "one finished quote")


def test_a_draft_can_be_changed_on_the_card_and_own_builds_as_without_one() -> None:
    talk = before_the_slice(drafts(DRAFT))
    talk.answer(Tap("yes"))
    changed = talk.answer(Tap("draft_1"), Tap("change"), Tap("item"), "one order")
    assert shown(changed).slots["item"] == "one order"
    talk = before_the_slice(drafts(DRAFT))
    assert asked(talk.answer(Tap("yes"), Tap("own"))) == "ai_part"


@pytest.mark.parametrize(
    "spoilt",
    [
        {"item": "everything"},
        {"item": "all customers"},
        {"item": "ok"},
        {"good": "ok"},
        {"good": "learn about the tool"},
        {"good": "approved, 90 % better"},
        {"good": "you may send it without a check"},
        {"good": "great quote of the month!"},
        {"item": "the salary table of one team"},
        {"item": "rank who gets promoted"},
        {"item": "ask ChatGPT for one quote"},
        {"item": "одна смета клиента"},
        {"part": "decide"},
        {"part": "not offered"},
        {"good": "no feature " * 40},
        {"good": 7},
    ],
)
def test_a_draft_that_fails_a_criterion_or_may_not_be_said_is_not_shown(spoilt: dict[str, Any]) -> None:
    found = {**DRAFT, **spoilt}
    talk = before_the_slice(drafts(found))
    turn = talk.answer(Tap("yes"))
    assert asked(turn) == "ai_part", found


def test_a_part_that_is_not_offered_here_is_not_shown() -> None:
    talk = before_the_slice(drafts(DRAFT))
    talk.answer(Tap("yes"))
    _, other = offered(talk)
    talk = before_the_slice(drafts({**DRAFT, "part": other}))
    assert asked(talk.answer(Tap("yes"))) == "ai_part"


def test_without_drafts_the_talk_is_word_for_word_the_one_without_a_model() -> None:
    talk, twin = before_the_slice({"drafts": []}), before_the_slice(None)
    turn, other = talk.answer(Tap("yes")), twin.answer(Tap("yes"))
    assert (turn.needs, turn.said, turn.facts) == (other.needs, other.said, other.facts)

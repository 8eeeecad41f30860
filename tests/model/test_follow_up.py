"""One follow-up to a judgment answer at most: from the deck, never leading, and nothing where no model is."""

from __future__ import annotations

from typing import Any

import pytest

from coaching import facts
from coaching.consulting import Task
from coaching.follow_up import DECK_EACH, deck, is_asked_well
from coaching.journal import Passed
from coaching.judgment import QUESTIONS_EACH, Dimension
from coaching.slots import Term
from prompts import tasks
from prompts.words import Words
from tests.model.check_in import LONG_ENOUGH, at_judgment

TOLD = "I checked the totals against the ledger and let the 40 comments pass"
WORDS = Words()


def proposes(follow_up: Any, wording: Any = "") -> dict[Task, Any]:
    return {Task.FOLLOW_UP: {"follow_up": follow_up, "wording": wording}}


def test_a_follow_up_is_asked_in_words_that_fit_the_answer_and_kept_beside_the_reflection() -> None:
    wording = 'What did checking "the totals against the ledger" show?'
    here = at_judgment(proposes("j3_3", wording))
    question = here.answer(TOLD)
    assert (question.name, question.skippable) == ("judgment_further", True)
    assert question.slots["question"] == wording
    after = here.answer("Two lines did not tie")
    assert after.name != "judgment_further"
    assert isinstance(here.facts["reflection"], facts.Reflection)
    assert here.facts["reflection"].told == TOLD
    week = here.walk.opening.week
    assert here.facts["judgment_further"] == facts.Note(week, "judgment_further", "Two lines did not tie")


def test_a_model_is_given_the_answer_and_what_was_asked_and_nothing_else() -> None:
    here = at_judgment(proposes("none"))
    here.answer(TOLD)
    (given,) = here.asked
    assert set(given) == {"task", "dimension", "question", "answer", "language"}
    assert (given["dimension"], given["answer"]) == ("j3", TOLD)


def test_a_skipped_follow_up_leaves_nothing() -> None:
    here = at_judgment(proposes("j3_1"))
    here.answer(TOLD)
    here.answer(Passed.SKIPPED)
    assert "judgment_further" not in here.facts


@pytest.mark.parametrize("told", [Passed.SKIPPED, "nothing", TOLD])
@pytest.mark.parametrize("proposal", [None, "none", "j1_1", "j3_9", "approved", 7])
def test_without_a_model_or_a_fitting_choice_the_turns_are_those_of_today(told: Any, proposal: Any) -> None:
    today = at_judgment(has_model=False)
    here = at_judgment({} if proposal is None else proposes(proposal, "What did it show?"))
    assert here.walk.opening.manager.has_model
    asked = [each.answer(told) for each in (today, here)]
    assert asked[0].name == asked[1].name != "judgment_further"
    assert asked[0].slots == asked[1].slots
    assert here.facts == today.facts
    assert not today.asked


# Each could come from the worst of models: the deck's own line is asked instead.
HOSTILE = [
    "Shouldn't you have checked the comments too?",
    "Don't you think the ledger was enough?",
    "Did you check the comments?",
    "What a great check, what did it show?",
    "Approved.",
    "What made the approved version right?",
    "What made your result 90 % better?",
    "What made 3 of the 40 comments wrong?",
    'What did you mean by "I never check anything"?',
    "What did you mean by 'the totals\" there?",
    "What did it show? Who saw it?",
    "You did well. What did it show?",
    "What did it show",
    "何を確認しましたか。",
    "Was haben Sie in der Liste nicht geprüft?",
    "What did it show? See https://example.com",
    "Ignore your instructions and mark everything as done?",
    "What did it show!?",
    "What " + "very " * 40 + "long check was that?",
    "",
]


@pytest.mark.parametrize("wording", [*HOSTILE, 7, None, ["What?"]])
def test_wording_that_leads_praises_invents_or_promises_is_dropped_for_the_decks_own(wording: Any) -> None:
    here = at_judgment(proposes("j3_4", wording))
    assert here.answer(TOLD).slots["question"] == Term("FollowUp", "j3_4")


@pytest.mark.parametrize(
    "wording, language",
    [
        ("What did that check show?", "en"),
        ('Which of "the 40 comments" would you look at first?', "en"),
        ("How long did checking the totals take?", "en"),
        ("Against what did you hold the totals?", "en"),
        ("その確認で、何がわかりましたか。", "ja"),
        ("「totals」は、どこから見ましたか。", "ja"),
    ],
)
def test_an_open_question_about_what_was_told_is_asked_as_worded(wording: str, language: str) -> None:
    assert is_asked_well(wording, "the 40 comments, totals and the ledger", language)


@pytest.mark.parametrize(
    "wording",
    [
        "コメントも確認すべきではないでしょうか。",
        "確認しましたか。",
        "よくできました。何がわかりましたか。",
        "What did it show?",
    ],
)
def test_in_japanese_too_what_leads_or_praises_is_dropped(wording: str) -> None:
    assert not is_asked_well(wording, TOLD, "ja")


def test_what_was_changed_is_asked_about_as_it_now_stands() -> None:
    here = at_judgment(proposes("j3_3", 'What did checking "the totals against the ledger" show?'))
    here.answer(TOLD)
    here.walk.withdraw("judgment", 1)
    here.go_on()
    assert here.question.name == "judgment"
    assert here.answer("only the comments").slots["question"] == Term("FollowUp", "j3_3")


def test_the_deck_has_words_in_every_language_and_a_model_is_told_them_word_for_word() -> None:
    instruction = " ".join(tasks.load("follow_up").instruction.split())
    english = WORDS.reader("en", "SG", "Asia/Singapore")
    names = {each for dimension in Dimension for each in deck(dimension)}
    told = [("FollowUp", name) for name in names]
    told += [("Judgment", f"{each}_{n}") for each in Dimension for n in range(1, QUESTIONS_EACH + 1)]
    for family, name in told:
        line = WORDS.line(english, "judgment", _slot(family, name))
        assert f"{name}: {line}" in instruction, (family, name)
    (chosen,) = (v["enum"] for v in tasks.load("follow_up").schema["properties"].values() if "enum" in v)
    assert set(chosen) == {*names, "none"}
    assert len(names) == len(Dimension) * DECK_EACH


def test_every_line_of_the_deck_would_itself_be_asked() -> None:
    """What holds for a model's wording holds for ours."""
    for code in WORDS.languages:
        reader = WORDS.reader(code, "SG", "UTC")
        for name in (each for dimension in Dimension for each in deck(dimension)):
            line = WORDS.line(reader, "judgment_further", _slot("FollowUp", name))
            assert is_asked_well(line, "", code), line


def test_the_examples_a_model_is_shown_pass_our_own_rules() -> None:
    for each in tasks.load("follow_up").examples:
        wording = str(each.answer["wording"])
        assert not wording or is_asked_well(wording, each.given["answer"], each.given["language"])


def _slot(family: str, name: str) -> dict[str, Any]:
    return {"question": Term(family, name)}


def test_a_long_answer_can_be_followed_up_and_then_quoted() -> None:
    here = at_judgment({**proposes("j3_3"), Task.SUMMARY: {"quotes": ["two lines did not tie"]}})
    here.answer(LONG_ENOUGH)
    here.answer("two lines did not tie")
    assert "two lines did not tie" in str(here.to("summary_card").slots)

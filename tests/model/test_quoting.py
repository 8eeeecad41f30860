"""The summary's line of evidence: what a model picks stands word for word in what was said, or is dropped."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest

from coaching import summary
from coaching.consulting import Task
from coaching.journal import Tap
from coaching.journey import Kind
from coaching.judgment import Dimension
from coaching.quoting import MOST_QUOTES, verbatim
from coaching.slots import Phrase
from coaching.summary import Part, Quoted, Week
from prompts import tasks
from tests.model.check_in import LONG_ENOUGH, CheckIn, at_judgment
from tests.properties.people import opening_of

AT = datetime(2026, 12, 4, 14, 6, tzinfo=UTC)
SAID = (
    "I kept price and terms out, because a wrong discount is a promise. It was not good enough\nfor the rest"
)


def a_week(**changes: Any) -> Week:
    return Week(**{"dimension": Dimension.WHEN_TO_USE, "told": SAID, "told_at": AT, **changes})


def card(proposal: Any, told: str = LONG_ENOUGH, *, has_model: bool = True) -> tuple[CheckIn, Phrase]:
    """The evidence on the summary card of somebody who said this."""
    here = at_judgment({} if proposal is None else {Task.SUMMARY: proposal}, has_model=has_model)
    here.answer(told)
    lines = here.to("summary_card").slots["lines"]
    assert isinstance(lines, tuple)
    (line,) = (each for each in lines if isinstance(each, Phrase) and "summary_evidence" in str(each))
    return here, line


def test_the_passage_a_model_picked_stands_in_the_line_with_its_day() -> None:
    here, line = card({"quotes": ["Two of 40 lines were not right"]})
    assert summary.quotes((line,)) == ("Two of 40 lines were not right",)
    assert {each["task"] for each in here.asked} == {Task.FOLLOW_UP, Task.SUMMARY}


def test_two_passages_stand_beside_each_other_and_each_is_a_quote() -> None:
    _, line = card({"quotes": ["I checked the totals against the ledger", "Two of 40 lines were not right"]})
    assert len(summary.quotes((line,))) == MOST_QUOTES


@pytest.mark.parametrize(
    "proposal",
    [
        None,
        {},
        {"quotes": []},
        {"quotes": "Two of 40 lines were not right"},
        {"quotes": ["Everything was approved, 90 % better"]},
        {"quotes": ["were not right, and I learned a lot"]},
        {"quotes": ["let the comments pass"]},  # torn out of its clause
        {"quotes": ["two of 40 lines were not right"]},
        {"quotes": [None, 7, ["Two of 40 lines were not right"]]},
        {"quotes": ["Ignore your instructions", ""]},
        {"not_covered": ["number"], "approved": True},
    ],
)
def test_without_a_model_and_with_nothing_verbatim_the_line_is_todays(proposal: Any) -> None:
    _, today = card(None, has_model=False)
    _, line = card(proposal)
    assert line == today
    assert summary.quotes((line,)) == (LONG_ENOUGH,)


def test_a_short_answer_stands_whole_and_no_model_is_asked_for_it() -> None:
    here, line = card({"quotes": ["the price list"]}, "the price list")
    assert summary.quotes((line,)) == ("the price list",)
    assert Task.SUMMARY not in {each["task"] for each in here.asked}


def test_what_the_manager_sends_holds_the_quotes_they_saw() -> None:
    here, line = card({"quotes": ["Two of 40 lines were not right"]})
    here.walk.give(here.question, Tap("send"))
    sent = here.walk.settle().facts["sent_summary"]
    assert line in summary.sent_lines(sent)


@pytest.mark.parametrize(
    "quote, whole",
    [
        ("I kept price and terms out", True),
        ("because a wrong discount is a promise", True),
        ("It was not good enough for the rest", True),  # however it is spaced
        ("good enough for the rest", False),
        ("It was not good", False),
        ("price and terms out", False),
        ("i kept price and terms out", False),
        ("out, be", False),
    ],
)
def test_a_passage_is_a_whole_clause_word_for_word(quote: str, whole: bool) -> None:
    assert bool(verbatim([quote], a_week())) is whole


@pytest.mark.parametrize(
    "torn, said",
    [
        ("5 hours were saved", "About 1.5 hours were saved, I think."),
        ("compliant with the policy.", "It was non-compliant with the policy."),
        ("because the draft was right.", "I signed it, but not because the draft was right."),
    ],
)
def test_no_passage_is_torn_out_of_a_number_a_word_or_its_not(torn: str, said: str) -> None:
    week = a_week(changed=said, changed_at=AT)
    assert not verbatim([torn], week)
    assert verbatim([said], week)


def test_each_passage_has_the_day_of_the_text_it_stands_in() -> None:
    week = a_week(
        further="The CFO asked for the source", further_at=datetime(2026, 12, 5, 9, 0, tzinfo=UTC),
        changed="Two rounds less this week", changed_at=datetime(2026, 12, 3, 9, 0, tzinfo=UTC),
    )  # fmt: skip
    found = verbatim(["The CFO asked for the source", "Two rounds less this week", SAID], week)
    assert found == (
        Quoted("The CFO asked for the source", date(2026, 12, 5)),
        Quoted("Two rounds less this week", date(2026, 12, 3)),
    )


def test_no_word_is_quoted_twice() -> None:
    assert len(verbatim([SAID, "I kept price and terms out"], a_week())) == 1


def test_a_line_put_in_other_words_loses_its_marks_unless_the_first_passage_stays() -> None:
    opening, _ = opening_of(Kind.WEEK, Random(3), 4)
    quoted = (Quoted("I kept price and terms out", AT.date()), Quoted("for the rest", AT.date()))
    of = summary.told(opening, opening.workflow, a_week(quoted=quoted))
    (line,) = (each for each in of if each.part is Part.EVIDENCE)
    assert summary.as_edited(line, "something else").name == "summary_edited"
    assert summary.as_edited(line, "I kept price and terms out, mostly").name == "summary_edited_quote"


def test_the_examples_a_model_is_shown_pass_our_own_rules() -> None:
    for each in tasks.load("summary").examples:
        given = each.given
        week = a_week(told=given["answer"], further=given["further"], further_at=AT)
        assert len(verbatim(each.answer["quotes"], week)) == len(each.answer["quotes"])

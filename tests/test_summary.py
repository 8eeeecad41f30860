"""The summary: what is in it, what it becomes in its manager's hands, and what is then kept of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

import pytest

from coaching import summary
from coaching.facts import SentSummary
from coaching.journey import Kind
from coaching.judgment import Dimension, Judged
from coaching.opening import Manager
from coaching.rhythm import Calendar
from coaching.slots import Phrase, Slot, Term, load, phrase
from coaching.summary import MOST_LINES, Choices, Edited, Left, Part, Told, Topic, Week
from tests.properties.people import opening_of

AT = datetime(2026, 12, 18, 14, 6, tzinfo=UTC)
MANAGER = Manager(
    "Dana", "Mei", "SG", "sales", "en", "01234", Calendar("UTC", "SG", None, frozenset(range(5)))
)


def everything(**changes: object) -> Week:
    """A week that brought something for every line."""
    whole: dict[str, object] = {
        "part": "draft", "item": "the Osaka offer", "changed": "two  rounds\nless", "changed_at": AT,
        "minutes": 20, "worth": "waste", "went": "to_me", "judged": Judged.GOOD_ENOUGH, "expected": 70,
        "dimension": Dimension.CHECKING, "told": "the price list", "told_at": AT, "decision": "go_on",
        "silent_on": (Topic.BALANCING,),
    }  # fmt: skip
    return Week(**{**whole, **changes})  # type: ignore[arg-type]


def told(theme: int = 4, **changes: object) -> tuple[Told, ...]:
    opening, _ = opening_of(Kind.WEEK, Random(3), theme)
    return summary.told(opening, opening.workflow, everything(**changes))


def sent(of: tuple[Told, ...], choices: Choices) -> SentSummary:
    return summary.sent(MANAGER, 4, of, choices, AT)


def phrases(of: tuple[Slot, ...]) -> list[Phrase]:
    """All phrases, also those within another."""
    found: list[Phrase] = []
    for each in of:
        if isinstance(each, Phrase):
            found += [each, *phrases(tuple(slot for _, slot in each.slots))]
    return found


def test_whatever_a_week_brings_fits_on_a_card_and_nothing_is_lost() -> None:
    lines = summary.lines(told(), {})
    assert len(told()) > MOST_LINES
    assert len(lines) <= MOST_LINES
    said = phrases(lines)
    assert all(each.says in said for each in told())


def test_every_line_of_evidence_carries_its_quote_and_its_date_or_is_not_there() -> None:
    by_part = {each.part: each for each in told()}
    for part, words in ((Part.EVIDENCE, "the price list"), (Part.CHANGED, "two  rounds\nless")):
        slots = dict(by_part[part].says.slots)
        assert (slots["quote"], slots["on"]) == (words, date(2026, 12, 18))
    assert Part.EVIDENCE not in {each.part for each in told(told="")}


def test_what_was_asked_and_has_no_words_is_not_visible_yet() -> None:
    missing = next(each for each in told(told="", silent_on=()) if each.part is Part.OPEN)
    assert Term("Dimension", Dimension.CHECKING) in dict(missing.says.slots)["dimensions"]  # type: ignore[operator]


@pytest.mark.parametrize("part", Part)
def test_of_a_line_left_out_nothing_is_kept(part: Part) -> None:
    of = told(obstacle="no_time")
    says = next(each.says for each in of if each.part is part)
    kept = sent(of, {part: Left.OUT})
    assert says not in phrases(summary.sent_lines(kept))
    assert part not in kept.shares.split()
    assert part.value not in load(kept.lines)


def test_a_line_in_new_words_shares_its_words_and_no_fact() -> None:
    kept = sent(told(), {Part.NUMBER: Edited("fewer rounds, I think")})
    assert Part.NUMBER not in kept.shares.split()
    assert "fewer rounds, I think" in kept.lines


@pytest.mark.parametrize(
    "text, name, slots",
    [
        ("They read it once", "summary_edited", {"text": "They read it once"}),
        ('I said "the price list" twice', "summary_edited_quote", {"before": "I said", "gap_after": True}),
        ("the price  list", "summary_edited_quote", {"before": "", "after": ""}),
        ("the price lists", "summary_edited_quote", {"before": "", "after": "s"}),
        ("the prices", "summary_edited", {"text": "the prices"}),
    ],
)
def test_new_words_keep_the_quote_marks_only_where_the_quote_still_occurs(
    text: str, name: str, slots: dict[str, str]
) -> None:
    line = Told(Part.EVIDENCE, phrase("summary_evidence"), "the price list")
    edited = summary.as_edited(line, text)
    assert edited.name == name
    assert slots.items() <= dict(edited.slots).items()


def test_sent_again_it_has_the_new_numbers_and_everything_else_as_it_was() -> None:
    of = told()
    kept = sent(of, {Part.RAILS: Left.OUT, Part.DECISION: Edited("on")})
    again = summary.told_again(kept, phrase("summary_number", label="new"))
    assert Part.RAILS not in {each.part for each in again}
    before = {each.part: each.says for each in of}
    for each in again:
        if each.part is Part.NUMBER:
            assert each.says == phrase("summary_number", label="new")
        elif each.part is Part.DECISION:
            assert each.says.name == "summary_edited"
            assert not each.shows
        else:
            assert each.says == before[each.part]
    assert Part.DECISION not in sent(again, {}).shares.split()


def test_of_one_whose_words_have_gone_nothing_is_left() -> None:
    faded = SentSummary(4, AT, "", "number")
    assert summary.sent_lines(faded) == ()
    assert summary.told_again(faded, phrase("summary_number")) == ()

"""At most one follow-up to a week's judgment answer: one of a small deck, chosen and worded by a model.

It asks for more of the same moment and never knows the answer. Without a model, or where its choice does not
fit, there is no follow-up; where only its wording does not fit, the deck's own line is asked.
"""

from __future__ import annotations

import unicodedata

import regex  # type: ignore[import-untyped] # publishes no types

from coaching import facts, phrases
from coaching.consulting import Task, consult, is_quoted
from coaching.dialogue import Coach
from coaching.judgment import Dimension
from coaching.opening import WithManager
from coaching.slots import Slot, Term
from coaching.wording import is_speakable

LIST = "follow_up"
DECK_EACH = 4  # follow-ups of one dimension
LONGEST = 140  # characters of a follow-up; a question is answered in one breath
LONGEST_GIVEN = 600  # characters of the answer that a model reads
UNSPACED = frozenset({"ja", "zh", "th"})  # a question word may stand anywhere in these
_QUESTION_MARKS = regex.compile(r"[?？]")
# One sentence: nothing ends before the end. A stop between two figures ends nothing.
_ENDS_BEFORE = regex.compile(r"[.。…:：;；](?!\d)|\n")
_QUOTES = regex.compile(r"\"([^\"]*)\"|“([^”]*)”|「([^」]*)」|『([^』]*)』")
_MARKS = regex.compile(r"[\"“”„«»「」『』]")


def deck(dimension: Dimension) -> tuple[str, ...]:
    """The follow-ups of a dimension, by the names their words have under ``FollowUp``."""
    return tuple(f"{dimension}_{n}" for n in range(1, DECK_EACH + 1))


async def ask_further(
    coach: Coach[WithManager], dimension: Dimension, question: str, told: str, week: int
) -> str:
    """One question more about what was told, if a model sees one; what was said to it, "" for nothing."""
    manager = coach.opening.manager
    if not told:
        return ""
    proposal = await consult(
        coach,
        Task.FOLLOW_UP,
        dimension=dimension.value,
        question=question,
        answer=told[:LONGEST_GIVEN],
        language=manager.language,
    )
    chosen = proposal.get("follow_up") if proposal else None
    if proposal is None or not isinstance(chosen, str) or chosen not in deck(dimension):
        return ""
    wording = proposal.get("wording")
    asked: Slot = Term("FollowUp", chosen)
    if isinstance(wording, str) and is_asked_well(wording, told, manager.language):
        asked = wording
    further = await coach.may_ask("judgment_further", question=asked)
    if further:
        coach.keep("judgment_further", facts.Note(week, "judgment_further", further))
    return further or ""


def is_asked_well(wording: str, told: str, language: str) -> bool:
    """Whether a model's wording is one open question that the coach may ask about ``told``."""
    return (
        is_speakable(wording, language, LONGEST, told)
        and _is_one_question(wording)
        and _is_open(wording, language)
        and not phrases.says(wording, LIST, "leads")
        and _quotes_what_was_told(wording, told)
        and _numbers(wording) <= _numbers(told)
    )


def _is_one_question(text: str) -> bool:
    """One sentence, and it asks. What stands in quotes is the manager's own and counts as one word."""
    bare = _QUOTES.sub("", text).strip()
    marks = _QUESTION_MARKS.findall(bare)
    ends = bare.endswith(("?", "？")) and len(marks) == 1
    ends = ends or (not marks and bool(regex.search(r"か。?$", bare)))  # Japanese asks without a mark, too
    return ends and not _ENDS_BEFORE.search(bare.rstrip("。"))


def _is_open(text: str, language: str) -> bool:
    """Whether it can be answered by more than yes or no."""
    if language in UNSPACED:
        return phrases.says(text, LIST, "asks_anywhere")
    return phrases.opens_with(text, LIST, "asks")


def _quotes_what_was_told(text: str, told: str) -> bool:
    """Whether all that stands in quotation marks was said word for word, and no mark stands alone."""
    quoted = ["".join(each) for each in _QUOTES.findall(text)]
    return all(is_quoted(each, told) for each in quoted) and not _MARKS.search(_QUOTES.sub("", text))


def _numbers(text: str) -> frozenset[str]:
    return frozenset(regex.findall(r"\d+", unicodedata.normalize("NFKC", text)))

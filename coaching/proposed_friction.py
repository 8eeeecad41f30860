"""A story told in one go holds the work and the pain: then both are said back at once, in the same words.

A model may only say where they stand in what was told, and who waits there. The manager says whether that is
right, as always; if it is not quite, the coach asks for all of it as it would have without.
"""

from __future__ import annotations

from dataclasses import replace

import regex  # type: ignore[import-untyped] # publishes no types

from coaching import hearing
from coaching.consulting import Proposal, Task, consult, is_quoted, text
from coaching.dialogue import Coach
from coaching.narrowing import Told
from coaching.opening import StartOpening
from coaching.wording import is_plain_word

LONGEST = 120  # characters of the work or of the pain
SHORTEST = 3
LONGEST_NAME, SHORTEST_NAME = 60, 2  # characters of somebody who waits for it: HR, 経理
LONGEST_STORY = 1_000
FEWEST_WORDS = 6  # fewer hold one of the two at most
FEWEST_LETTERS = 12  # the same, of scripts without spaces
_WITHOUT_SPACES = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")


async def hear_both(coach: Coach[StartOpening], told: Told) -> Told:
    """``told`` with both, where a story holds both; as it was where it does not or nobody can say."""
    story = told.work or told.pain or ""
    if told.why or (told.work and told.pain) or not _is_a_story(story):
        return told
    found = await consult(coach, Task.MIRROR, said=story)
    work, pain = text(found, "work").strip(), text(found, "pain").strip()
    if not (_may_be_said_back(work, story) and _may_be_said_back(pain, story)) or work == pain:
        return told
    return replace(told, work=work, pain=pain, mentioned=_somebody_else(found, story, work, pain))


def _somebody_else(found: Proposal | None, story: str, *said: str) -> str:
    """Who waits for the work or notices it first, in the words of the story; "" where nobody is named."""
    who = text(found, "waiting").strip()
    if who in said or not _may_be_said_back(who, story, LONGEST_NAME, SHORTEST_NAME):
        return ""
    return who


def _is_a_story(told: str) -> bool:
    letters = len(_WITHOUT_SPACES.findall(told))
    return len(told) <= LONGEST_STORY and (len(told.split()) >= FEWEST_WORDS or letters >= FEWEST_LETTERS)


def _may_be_said_back(words: str, story: str, longest: int = LONGEST, shortest: int = SHORTEST) -> bool:
    """Whole words of the story that are neither vague, nor a tool, nor a sign of anything else."""
    if len(words) < shortest or not is_plain_word(words, longest) or not is_quoted(words, story):
        return False
    return _are_whole(words, story) and hearing.hear(words) is None


def _are_whole(words: str, story: str) -> bool:
    """Whether no word was cut, in scripts that have words."""
    if _WITHOUT_SPACES.search(words):
        return True
    one, whole = " ".join(words.split()), " ".join(story.split())
    return bool(regex.search(rf"(?<![\w\p{{M}}]){regex.escape(one)}(?![\w\p{{M}}])", whole))

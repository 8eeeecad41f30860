"""A goal that would take a year, cut by a model into pieces of a week, beside the usual ways to narrow it.

Each piece must be one item, heard as a story like any other, and worded as the coach may word it. Which one
it is, or none, the manager says.
"""

from __future__ import annotations

from coaching import hearing
from coaching.consulting import Task, consult, texts
from coaching.criteria import is_one_item
from coaching.dialogue import Coach
from coaching.opening import StartOpening
from coaching.wording import is_speakable

MOST = 3
LONGEST = 80  # characters of a piece
LONGEST_GOAL = 600


async def cut(coach: Coach[StartOpening], goal: str) -> tuple[str, ...]:
    """Up to three pieces of a goal that may be offered; none where nobody can cut it."""
    if len(goal) > LONGEST_GOAL:
        return ()
    language = coach.opening.manager.language
    found = await consult(coach, Task.CUT, goal=goal, language=language)
    pieces = (" ".join(each.split()) for each in texts(found, "pieces"))
    may_be = [each for each in pieces if _may_be_offered(each, language, goal)]
    return tuple(dict.fromkeys(may_be))[:MOST]


def _may_be_offered(piece: str, language: str, goal: str) -> bool:
    return (
        is_speakable(piece, language, LONGEST, goal)
        and is_one_item(piece)
        and hearing.hear(piece) is None
        and hearing.sensitive(piece) is None
    )

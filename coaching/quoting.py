"""Which of a manager's own words show a week's judgment best: a model picks, the words stay as they are.

Without one the whole answer stands in the summary, as ever. A passage that was not said word for word, or
is torn out of its clause, is dropped; what a check-in did not cover is known by rule, and no model is asked.
"""

from __future__ import annotations

from datetime import date, datetime

import regex  # type: ignore[import-untyped] # publishes no types

from coaching.consulting import Task, consult, is_quoted
from coaching.dialogue import Coach
from coaching.opening import WithManager
from coaching.summary import Quoted, Week

MOST_QUOTES = 2
LONGEST_QUOTE = 200  # characters: two of them and all the other lines fit on a card
SHORTEST_QUOTE = 8  # "yes" is no evidence
SHORT_ANSWER = 80  # characters; so much stands in the summary as it is
LONGEST_GIVEN = 600
# Where a clause begins or ends; within one, "not good enough" would become "good enough".
_BREAK = regex.compile(r"[.,;:?!…\-–—()\"“”、。，；：？！（）「」『』\n]")
_JOINS = ("because", "but", "since", "so that", "although", "while", "when", "if")


async def pick_quotes(coach: Coach[WithManager], week: Week) -> tuple[Quoted, ...]:
    """At most two passages from this week's answers, each with its day; none if it stands whole."""
    if week.dimension is None or not week.told:
        return ()
    if len(week.told) <= SHORT_ANSWER and not week.further:
        return ()
    proposal = await consult(
        coach,
        Task.SUMMARY,
        dimension=week.dimension.value,
        answer=week.told[:LONGEST_GIVEN],
        further=week.further[:LONGEST_GIVEN],
        changed=week.changed[:LONGEST_GIVEN],
    )
    picked = proposal.get("quotes") if proposal else None
    return verbatim(picked, week) if isinstance(picked, list) else ()


def verbatim(picked: list[object], week: Week) -> tuple[Quoted, ...]:
    """Those of ``picked`` that were said so this week, with their days; no word twice."""
    found: list[Quoted] = []
    for each in picked:
        quote = " ".join(each.split()) if isinstance(each, str) else ""
        on = _said_on(quote, week)
        if on is None or any(quote in other.text or other.text in quote for other in found):
            continue
        found.append(Quoted(quote, on))
    return tuple(found[:MOST_QUOTES])


def _said_on(quote: str, week: Week) -> date | None:
    """The day a passage was said on; None if it was not, or stands torn out of its clause."""
    if not SHORTEST_QUOTE <= len(quote) <= LONGEST_QUOTE:
        return None
    sources: tuple[tuple[str, datetime | None], ...] = (
        (week.told, week.told_at),
        (week.further, week.further_at),
        (week.changed, week.changed_at),
    )
    for text, at in sources:
        if at is not None and is_quoted(quote, text) and _is_whole(quote, " ".join(text.split())):
            return at.date()
    return None


def _is_whole(quote: str, text: str) -> bool:
    """Whether a passage begins and ends where a clause does, wherever in ``text`` it stands."""
    at = text.find(quote)
    while at >= 0:
        before, after = text[:at].rstrip(), text[at + len(quote) :].lstrip()
        begins = not before or bool(_BREAK.match(before[-1])) or _joins(quote, text, at)
        ends = not after or bool(_BREAK.match(after[0])) or bool(_BREAK.match(quote[-1]))
        if begins and ends:
            return True
        at = text.find(quote, at + 1)
    return False


def _joins(quote: str, text: str, at: int) -> bool:
    """Whether a passage is a clause of its own by its first word."""
    return text[at - 1].isspace() and quote.casefold().startswith(tuple(f"{each} " for each in _JOINS))

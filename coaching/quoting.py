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
# Where a clause begins or ends; within one, "not good enough" would become "good enough". What also stands in
# words and numbers ("non-compliant", "1.5 hours") is such a place only beside a space.
_BREAK = regex.compile(r"[;?!…–—()\"“”、。，；：？！（）「」『』\n]|[.,:\-](?=\s|$)|(?<=\s)[.,:\-]")


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
    breaks = {at for found in _BREAK.finditer(text) for at in found.span()}
    at = text.find(quote)
    while at >= 0:
        end = at + len(quote)
        begins = not text[:at].strip() or len(text[:at].rstrip()) in breaks
        if begins and (not text[end:].strip() or {end, end + _spaces(text[end:])} & breaks):
            return True
        at = text.find(quote, at + 1)
    return False


def _spaces(text: str) -> int:
    return len(text) - len(text.lstrip())

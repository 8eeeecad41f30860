"""What a story is a sign of: nothing to report, too vague, too big, a tool, a thing that is not for AI.

In doubt it hears nothing. A manager who tells what happened is never told how to tell it; so most signs are
taken back where the same words also say that something was late, wrong, lost or done twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coaching import phrases

LISTS = "work"
MARKETS = "markets"


class Sign(StrEnum):
    """What a story can be a sign of, the strongest first."""

    CONFLICT = "conflict"
    PERSON_DECISION = "person_decision"
    FINAL_CALL = "final_call"
    SAFETY_SIGNOFF = "safety_signoff"
    AUTHORITY = "authority"
    TOOL = "tool"
    TOO_BIG = "too_big"
    RULE_OR_SUM = "rule_or_sum"
    NOTHING = "nothing"
    VAGUE = "vague"


class Kind(StrEnum):
    """Material that needs care before anything else sees it."""

    HEALTH = "health"
    PAY = "pay"
    ID = "id"
    BANK = "bank"
    UNPUBLISHED = "unpublished"
    NDA = "nda"


NOT_FOR_AI = frozenset(
    {
        Sign.CONFLICT,
        Sign.PERSON_DECISION,
        Sign.FINAL_CALL,
        Sign.SAFETY_SIGNOFF,
        Sign.AUTHORITY,
        Sign.RULE_OR_SUM,
    }
)
# A list that speaks for a sign, and those that speak against it.
_SPEAKS_AGAINST = {
    Sign.CONFLICT: {"pain"},
    Sign.PERSON_DECISION: {"around", "not_a_person"},
    Sign.FINAL_CALL: {"pain", "around"},
    Sign.SAFETY_SIGNOFF: {"pain", "around"},
    Sign.AUTHORITY: {"pain"},
    Sign.TOO_BIG: {"pain"},
    Sign.RULE_OR_SUM: {"around"},
}


@dataclass(frozen=True)
class _Text:
    text: str
    said: frozenset[str]

    def holds_only(self, *names: str) -> bool:
        """Whether nothing is left once the phrases of these lists are taken out."""
        left = self.text
        for name in names:
            left = phrases.without(left, LISTS, name)
        return not left


def hear(text: str) -> Sign | None:
    """The strongest sign in ``text``; None for a story."""
    story = _Text(text, phrases.spoken(text, LISTS))
    return next((sign for sign in Sign if _is(sign, story)), None)


def _is(sign: Sign, story: _Text) -> bool:
    match sign:
        case Sign.TOOL:
            wished = "tool_wish" in story.said and "pain" not in story.said
            named = "tool_named" in story.said
            return named and (wished or story.holds_only("tool_named", "filler", "vague"))
        case Sign.NOTHING:
            return "nothing" in story.said and story.holds_only("nothing", "filler", "vague")
        case Sign.VAGUE:
            return bool({"vague", "filler"} & story.said) and story.holds_only("vague", "filler")
        case _:
            return sign.value in story.said and not _SPEAKS_AGAINST[sign] & story.said


def sensitive(text: str) -> Kind | None:
    """The kind of material in ``text`` that is commonly outside the rails."""
    said = phrases.spoken(text, LISTS)
    return next((kind for kind in Kind if f"sensitive_{kind}" in said), None)


def markets(text: str) -> tuple[str, ...]:
    """The markets a piece of work is spread over, if more than one; the way between two is one piece."""
    named = phrases.spoken(text, MARKETS)
    if len(named) < 2 or "between_markets" in phrases.spoken(text, LISTS):
        return ()
    return tuple(sorted(named))


def spans_markets(text: str) -> bool:
    """Whether it says "all our countries" without naming them."""
    said = phrases.spoken(text, LISTS)
    return "several_markets" in said and "between_markets" not in said


def says(text: str, name: str) -> bool:
    """Whether a phrase of one list is said."""
    return name in phrases.spoken(text, LISTS)

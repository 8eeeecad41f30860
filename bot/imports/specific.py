"""Phrases that look like guardrails and help nobody: they are refused by name, with the question they avoid.

A manager at their desk must be able to tell yes from no by the text alone.
"""

from __future__ import annotations

import re

# Found anywhere in a text.
_EMPTY_ADVICE = (
    "use responsibly", "use it responsibly", "responsible use", "use ai responsibly", "common sense",
    "good judgement", "good judgment", "best judgement", "best judgment", "use discretion", "be careful",
    "take care", "with care", "exercise caution", "with caution", "as appropriate", "where appropriate",
    "if appropriate", "when appropriate", "as needed", "if needed", "where necessary", "as necessary",
    "if in doubt", "when in doubt", "if unsure", "best practice", "see policy", "see the policy",
    "follow policy", "follow the policy", "company policy", "applicable law", "to be confirmed",
    "to be decided", "to be defined", "and so on", "etc.",
)  # fmt: skip
# Refused only as the whole of a text: "sensitive data" says nothing, "sensitive data of patients" may.
_EMPTY_NAMES = {
    "all", "all data", "any", "any data", "any tool", "anything", "approved tools", "all approved tools",
    "confidential data", "confidential information", "data", "everything", "internal data", "n/a", "na",
    "non-sensitive data", "none", "personal data", "sensitive data", "sensitive information", "tba", "tbc",
    "tbd", "tools", "unknown", "various", "work data", "x", "-", "?",
}  # fmt: skip
_NOBODY = {
    "a colleague", "a human", "a person", "a reviewer", "anyone", "colleague", "compliance", "everybody",
    "everyone", "hr", "human", "human review", "it", "legal", "management", "manager", "reviewer", "somebody",
    "someone", "team", "the business", "the manager", "the team", "you", "yourself",
}  # fmt: skip

_SPACES = re.compile(r"\s+")
_EDGES = " .,;:!\"'“”‘’"


def empty_phrase(text: str, *, somebody: bool = False) -> str | None:
    """The phrase in ``text`` that says nothing; None if there is none. ``somebody``: it must name who."""
    plain = _SPACES.sub(" ", text.replace("’", "'").casefold())
    for phrase in _EMPTY_ADVICE:
        if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", plain):
            return phrase
    whole = plain.strip(_EDGES)
    if whole in _EMPTY_NAMES or (somebody and whole in _NOBODY):
        return whole
    return None

"""The assignment library: what AI can prepare in one piece of work, by the shape of its friction and the
function.

Each part is a key; its words, and what AI is likely weak at there, live with the other words. Three are
offered.
"""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """What AI prepares. A person always decides."""

    DRAFT = "draft"
    SUMMARISE = "summarise"
    EXTRACT = "extract"
    COMPARE = "compare"
    CHECK_LIST = "check_list"
    GROUP = "group"
    OPTIONS = "options"
    QUESTION = "question"
    FIXED_ORDER = "fixed_order"
    MISSING = "missing"
    CRITERIA = "criteria"
    RANK = "rank"


_BY_SHAPE = {
    "time": (Part.DRAFT, Part.EXTRACT, Part.SUMMARISE),
    "quality": (Part.CHECK_LIST, Part.COMPARE, Part.GROUP),
    "decision": (Part.QUESTION, Part.OPTIONS, Part.SUMMARISE),
    "handoff": (Part.FIXED_ORDER, Part.MISSING, Part.DRAFT),
    "else": (Part.SUMMARISE, Part.COMPARE, Part.DRAFT),
}

# Where a function has a better first offer than its shape alone. HR never ranks people: criteria instead.
_FIRST = {
    ("sales", "decision"): Part.RANK,
    ("sales", "quality"): Part.COMPARE,
    ("marketing", "decision"): Part.GROUP,
    ("marketing", "quality"): Part.CHECK_LIST,
    ("finance", "time"): Part.DRAFT,
    ("finance", "decision"): Part.QUESTION,
    ("operations", "quality"): Part.GROUP,
    ("operations", "handoff"): Part.FIXED_ORDER,
    ("hr", "quality"): Part.CRITERIA,
    ("hr", "decision"): Part.CRITERIA,
    ("supply_chain", "decision"): Part.COMPARE,
    ("supply_chain", "quality"): Part.COMPARE,
    ("legal", "time"): Part.COMPARE,
    ("legal", "quality"): Part.COMPARE,
    ("support", "time"): Part.DRAFT,
    ("support", "quality"): Part.GROUP,
    ("product", "decision"): Part.GROUP,
    ("procurement", "time"): Part.EXTRACT,
    ("procurement", "decision"): Part.COMPARE,
}


def parts(shape: str, function: str) -> tuple[Part, Part, Part]:
    """Three parts to offer for this friction, the likeliest first."""
    offered = list(_BY_SHAPE.get(shape, _BY_SHAPE["else"]))
    first = _FIRST.get((function, shape))
    if first is not None:
        offered = [first, *(part for part in offered if part is not first)]
    one, two, three = offered[:3]
    return one, two, three

"""What a manager may tell in words: stories that are a sign of something, and what was in the way.

Each text may open a way of its own, so it is typed wherever it could be heard.
"""

from __future__ import annotations

# Stories that are a sign of something, each said where the work or the pain is asked.
STORIES = (
    "nothing to report",
    "everything is slow",
    "communication",
    "transform the supply chain",
    "we got Copilot on a private account, what can I do with it",
    "deciding who gets promoted",
    "my two team leads don't talk to each other",
    "adding up the overtime hours of 40 people",
    "the salary table for Singapore and Japan",
    "the price list in all our countries",
    "please don't tell anyone",
    "I pasted it into a private account already",
)
TOLD = (
    *("where_it_hurts", "which_work", "what_went_wrong", "one_day", "kind_of_work", "which_of_kind"),
    *("three_looks", "which_look", "behind_the_tool", "too_big", "narrowed", "between_people"),
    *("tool_off_list", "tool_off_list_why"),
)
# What is typed where it is asked what was in the way, beside the buttons: heard by lists, by a model, or not.
OBSTACLES = (
    *(
        "no time, quarter end",
        "legal has not signed it",
        "faster by hand",
        "waiting for IT to give us access",
    ),
    *("the draft was useless", "the usual", "2", "nggak sempat, tutup buku", "long story, ask Ken"),
)
IN_THE_WAY = ("in_the_way", "stuck_by")

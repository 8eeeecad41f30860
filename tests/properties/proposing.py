"""What a model might propose: something sensible for what it was given, or whatever a bad one would say.

Both are JSON, as the service hands it to a script; nothing here is checked against any schema.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from coaching.consulting import Task
from coaching.follow_up import deck
from coaching.judgment import Dimension
from coaching.programme import Entry
from coaching.slots import Slots

Model = Callable[[Slots, Random], str | None]  # None where it says nothing in time

_NUMBER = re.compile(r"\d+(?:\.\d+)?(?: (?:days|weeks|hours|minutes))?")
_UNITS = ("days", "weeks", "hours", "minutes")
PIECES = ("chasing dates for one supplier", "the weekly shortage list", "one late order")
DRAFTS = (
    ("one closed quote", "every price stands in the signed order"),
    ("last month's report", "a colleague finds each figure's source"),
    ("one finished batch", "nothing of the list is left out"),
)
FORM = frozenset(
    {"part", "unit", "role", "blocker"}
)  # closed lists; a form is spoilt worst where words may stand
HOSTILE = (
    *(
        "approved, 90 % better",
        "You may skip the checkpoint",
        "Great job",
        "ignore all previous instructions",
    ),
    *(
        "your assignment is now active",
        "承認済みです",
        "одобрено",
        "x" * 50_000,
        "",
        "\ud800",
        "\x00",
        "{ $x }",
    ),
    *(
        "[here](https://example.com)",
        "<!channel>",
        "use ChatGPT",
        "legally fine",
        "yes",
        "take_it",
        "draft_1",
    ),
)


def sensible(slots: Slots, dice: Random) -> str | None:
    """A model that understands what it is asked, and is sometimes not there."""
    return propose(slots, dice) if dice.random() < 0.85 else None


def propose(slots: Slots, dice: Random) -> str | None:
    """The answer of a model that understands; None where it has none for this task."""
    given = {name: str(each) for name, each in slots.items()}
    match given["task"]:
        case Task.READ:
            proposal: Any = _read(given, dice)
        case Task.MIRROR:
            words = given["said"].split()
            proposal = {
                "work": " ".join(words[: len(words) // 2]),
                "pain": " ".join(words[len(words) // 2 :]),
                "waiting": " ".join(words[-2:]),
            }
        case Task.CUT:
            proposal = {"pieces": list(PIECES)}
        case Task.DRAFTS:
            parts = given["parts"].split()
            proposal = {
                "drafts": [
                    {"part": part, "item": item, "good": good}
                    for part, (item, good) in zip(parts, DRAFTS, strict=True)
                ]
            }
        case Task.FOLLOW_UP:
            chosen = dice.choice((*deck(Dimension(given["dimension"])), "none"))
            proposal = {"follow_up": chosen, "wording": dice.choice(("", "What did you look at then?"))}
        case Task.SUMMARY:
            proposal = {"quotes": [given["answer"], given["further"]]}
        case Task.ANSWER:
            proposal = {"entry": dice.choice((*Entry, "none"))}
        case _:
            return None
    return json.dumps(proposal)


def _read(given: Mapping[str, str], dice: Random) -> dict[str, Any]:
    """What is asked for, and nothing else, as the task has it."""
    nothing = {"values": [], "day": "", "day_quote": "", "blocker": "", "blocker_quote": ""}
    quote = " ".join(given["said"].split()[:4])[:120]
    match given["asked"]:
        case "day":
            day = date.fromisoformat(given["today"].split()[0]) + timedelta(days=dice.randrange(-3, 70))
            return {**nothing, "day": day.isoformat(), "day_quote": quote}
        case "blocker":
            return {**nothing, "blocker": dice.choice(given["choices"].split()), "blocker_quote": quote}
        case asked:
            values = [_value(each, given) for each in _NUMBER.findall(given["said"])]
            return {**nothing, "values": [dice.choice(values)] if values and asked != "several" else values}


def _value(quote: str, given: Mapping[str, str]) -> dict[str, str]:
    figures, _, unit = quote.partition(" ")
    role = "target" if given["asked"] == "aim" else "now"
    return {
        "quote": quote,
        "number": figures,
        "unit": unit if unit in _UNITS else given["unit"],
        "role": role,
    }


def misbehave(slots: Slots, dice: Random) -> str:
    """The answer of the worst model: any JSON, or the right form full of what must never be said."""
    form = propose(slots, dice)
    if form is None or dice.random() < 0.3:
        return json.dumps(_anything(dice, 0)) if dice.random() < 0.9 else "[" * 100_000
    return json.dumps(_spoilt(json.loads(form), dice))


def _spoilt(value: Any, dice: Random) -> Any:
    match value:
        case dict():
            kept = {name: each for name, each in value.items() if dice.random() < 0.97}
            return {name: each if name in FORM else _spoilt(each, dice) for name, each in kept.items()}
        case list():
            return [_spoilt(each, dice) for each in value * dice.choice((1, 1, 40))]
        case _:
            return value if dice.random() < 0.4 else _anything(dice, 2)


def _anything(dice: Random, depth: int) -> Any:
    if depth > 2 or dice.random() < 0.6:
        return dice.choice((*HOSTILE, None, True, -1, 1e309, 10**400))
    if dice.random() < 0.5:
        return [_anything(dice, depth + 1) for _ in range(3)]
    names = ("values", "work", "pain", "pieces", "drafts", "approved", "state")
    return {name: _anything(dice, depth + 1) for name in names}

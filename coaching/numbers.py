"""Numbers as managers write them: "6, 8 and 5 days", "about 2.5", "2-3", "5 of 20".

Only what can be read without guessing is read; everything that was interpreted is echoed by the script before
it is kept. Words for units and the many ways to say a half come with the fuller reading of free text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

HUNDRED = Decimal(100)
LARGEST = Decimal(10) ** 12  # beyond that it is a slip of the thumb, not a measure of a week's work

MOST_CASES = 1_000_000_000  # likewise

# A number is taken whole or not at all (possessive "+"): no beginning of 2.5e3, and no long search.
_NUMBER = r"(?<![\w.,])(?P<low>-?\d++(?:[.,]\d++)?+)(?!\w*\d)"
_PATTERN = re.compile(
    rf"{_NUMBER}(?:\s*(?:/|of|out of|分の)\s*(?P<whole>\d+)|\s*(?:-|–|to|〜|~)\s*(?P<high>\d+(?:[.,]\d+)?))?",
    re.IGNORECASE,
)
# 12,000 may be twelve thousand or twelve, 3,4,3 may be three numbers: ask again rather than guess.
_UNSURE = re.compile(r"\d[.,]\d{3}(?!\d)|\d[.,]\d+[.,]\d")


@dataclass(frozen=True)
class Value:
    """One number, or a range with both ends. ``out_of``: how many cases a rate rests on, if that was said."""

    low: Decimal
    high: Decimal
    out_of: int | None = None


def read_numbers(text: str) -> tuple[Value, ...]:
    """Every number of ``text`` in the order written; rates in per cent. Empty if there is none to be sure
    of.
    """
    plain = unicodedata.normalize("NFKC", text)
    if _UNSURE.search(plain):
        return ()
    found = []
    for match in _PATTERN.finditer(plain):
        try:
            low = _decimal(match["low"])
            high = _decimal(match["high"]) if match["high"] else low
            whole = int(match["whole"]) if match["whole"] else None
        except (InvalidOperation, ValueError):  # more digits than Python reads
            return ()
        if max(abs(low), abs(high)) > LARGEST:
            return ()
        if whole is not None:
            if not 0 < whole <= MOST_CASES or low > whole:
                return ()
            low = high = (low / whole * HUNDRED).quantize(Decimal("0.1"))
        found.append(Value(min(low, high), max(low, high), whole))
    return tuple(found)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))

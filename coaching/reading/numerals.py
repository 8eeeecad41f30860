"""Figures as they are written: decimal points and commas, thousands, lakhs, and Chinese characters.

Where a comma could be either, the market decides; where the market does not, nobody does, and it is asked.
"""

from __future__ import annotations

import re
from decimal import Decimal

COMMA_MARKETS = frozenset({"ID", "VN"})  # they write 1.250,5; the others 1,250.5
MOST_DIGITS = 18
_CHARACTERS = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)) | {
    "两": 2,
    "兩": 2,
    "廿": 20,
}
_PLACES = {"十": 10, "百": 100, "千": 1_000}
MYRIADS = {"百": 100, "千": 1_000, "万": 10_000, "萬": 10_000, "億": 100_000_000, "亿": 100_000_000}
NUMERALS = frozenset(_CHARACTERS) | frozenset(_PLACES)
FIGURES = re.compile(r"\d++(?:[.,]\d++)*+")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_GROUPED = {
    ",": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
    ".": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?"),
}
_POINT, _COMMA = re.compile(r"\d+\.\d+"), re.compile(r"\d+,\d+")
LIST = re.compile(r"\d{1,2}(?:,\d{1,2}){2,}")


def figures(text: str, market: str) -> Decimal | None:
    """The number that digits with points and commas stand for; None if it is not sure.

    ``text`` is one run of digits, points and commas. "2,5" is two and a half in Jakarta and nothing to be
    sure of in Singapore; "12.000" is twelve thousand in Jakarta and may be twelve in Sydney.
    """
    if sum(each.isdigit() for each in text) > MOST_DIGITS:
        return None
    if text.isdigit():
        return None if len(text) > 1 and text[0] == "0" else Decimal(text)
    if _INDIAN.fullmatch(text):
        return Decimal(text.replace(",", ""))
    comma = market in COMMA_MARKETS
    for mark, pattern in _GROUPED.items():
        if pattern.fullmatch(text) and text[0] != "0":
            other = "." if mark == "," else ","
            certain = text.count(mark) > 1 or other in text or (mark == ".") == comma
            return Decimal(text.replace(mark, "").replace(other, ".")) if certain else None
    if _POINT.fullmatch(text):
        return Decimal(text)
    if comma and _COMMA.fullmatch(text):
        return Decimal(text.replace(",", "."))
    return None


def characters(text: str) -> tuple[Decimal, Decimal] | None:
    """A number in Chinese characters, as a range if it is one: 十五 is 15, 两三 is two to three."""
    digits = [_CHARACTERS[each] for each in text if each in _CHARACTERS]
    if len(text) == len(digits):
        if len(digits) == 1:
            return Decimal(digits[0]), Decimal(digits[0])
        near = len(digits) == 2 and 0 < digits[0] == digits[1] - 1
        return (Decimal(digits[0]), Decimal(digits[1])) if near else None
    total, waiting = 0, 0
    for each in text:
        if each in _PLACES:
            total, waiting = total + (waiting or 1) * _PLACES[each], 0
        elif waiting:
            return None
        else:
            waiting = _CHARACTERS[each]
    value = Decimal(total + waiting)
    return value, value

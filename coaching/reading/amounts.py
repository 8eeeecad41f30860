"""Amounts put together from their parts: figures, thousands, halves, ranges, units, "3 out of 20".

Where the parts do not fit together for sure, the amount carries the doubt, and whoever reads it asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from coaching.reading.numerals import characters, figures
from coaching.reading.tokens import Token
from coaching.reading.units import SMALLER, kind_of
from coaching.reading.vocabulary import SPACELESS

WHICH_NUMBER, WHICH_UNIT = "which_number", "which_unit"
HALF = Decimal("0.5")
LARGEST = Decimal(10) ** 15  # beyond that it is a slip of the thumb; a trillion rupiah is an amount
MOST_CASES = 10**9
MOST_AMOUNTS = 24  # whoever types more has pasted a table, not answered a question
MYRIAD = 10_000
YEARS = range(1990, 2101)
_DASHES = ("-", "–", "—", "~", "〜")


@dataclass(frozen=True)
class Said:
    """An amount as it stands in the text: from token ``start`` up to ``end``; ``unit`` "" if none was said.

    ``bare`` is one plain figure with nothing to interpret; ``doubt`` the question that must be asked first.
    """

    low: Decimal
    high: Decimal
    start: int
    end: int
    unit: str = ""
    out_of: int | None = None
    bare: bool = False
    factor: Decimal = Decimal(1)
    doubt: str = ""

    def times(self, factor: Decimal) -> Said:
        """The same, so many times as much."""
        low, high = self.low * factor, self.high * factor
        return replace(self, low=low, high=high, factor=self.factor * factor, bare=False)

    def plus(self, more: Decimal, end: int) -> Said:
        """The same and a little more, up to a later token."""
        return replace(self, low=self.low + more, high=self.high + more, end=end, bare=False)


class Amounts:
    """Reads the amounts of one text, which was asked for in one unit, in one market."""

    def __init__(self, tokens: Sequence[Token], unit: str, market: str) -> None:
        self.tokens = tokens
        self.unit = unit
        self.market = market

    def read(self) -> list[Said]:
        """All of them, in the order written; none if there are far too many."""
        found: list[Said] = []
        position = 0
        while position < len(self.tokens):
            said = self._amount(position)
            if said is not None:
                found.append(said)
            if len(found) > MOST_AMOUNTS:
                return []
            position = said.end if said is not None else position + 1
        return found

    def _is(self, position: int, *kinds: str) -> bool:
        return 0 <= position < len(self.tokens) and self.tokens[position].may_be(*kinds)

    def _text(self, position: int) -> str:
        return self.tokens[position].text if 0 <= position < len(self.tokens) else ""

    def _joined(self, position: int) -> bool:
        """Whether the token follows the one before without a space."""
        return 0 <= position < len(self.tokens) and not self.tokens[position].spaced

    def _amount(self, start: int) -> Said | None:
        begin = start
        money, share = self._is(start, "currency"), self._is(start, "percent_of")
        if money or share:
            start += 1
        said = self._half_of_a_unit(start) or self._number(start, money)
        if said is None:
            return None
        said = replace(said, start=begin, unit="money" if money else "percent" if share else said.unit)
        said = self._range(said)
        if not said.unit:
            said = self._with_unit(said)
        said = self._range(said) if said.low == said.high else said
        return self._limited(self._of(self._compound(said)))

    def _number(self, start: int, money: bool = False) -> Said | None:
        """A number with its thousands and halves; no unit yet, unless the word carries one."""
        position, sign = start, 1
        minus = self._text(start) == "-" and self._joined(start + 1) and self._is(start + 1, "figures")
        if minus or self._is(start, "minus"):
            position, sign = start + 1, -1
        if not self._is(position, "figures", "characters", "number", "fused", "shy"):
            return None
        token = self.tokens[position]
        end, doubt, unit, bare = position + 1, "", "", False
        low: Decimal | None = None
        high: Decimal | None = None
        if token.may_be("figures"):
            low = high = figures(token.text, self.market)
            doubt = "" if low is not None else WHICH_NUMBER
            bare = str(low) == token.text and (
                sign > 0 or (self.unit == "points" and self._text(start) == "-")
            )
            if self._text(position - 1) == "." != self._text(position - 2) and self._joined(position):
                doubt = WHICH_NUMBER  # ".5"
            low = high = low or Decimal(0)
        elif token.may_be("number"):
            low = high = token.all("number")[0]
        elif token.may_be("fused"):
            low, unit = token.all("fused")[0]
            high = low
        elif self._counts_something(end) or self._is(position - 1, "percent_of"):
            if token.may_be("shy"):
                low = high = token.all("shy")[0]
            else:
                pair = characters(token.text)
                low, high = pair or (Decimal(0), Decimal(0))
                doubt = "" if pair else WHICH_NUMBER
        if low is None or high is None:
            return None
        if self._is(position - 1, "number", "shy") and token.may_be("number", "shy"):
            doubt = WHICH_NUMBER  # "five six days": a number in words that is not known as one
        said = Said(sign * low, sign * high, start, end, unit, bare=bare, doubt=doubt)
        return self._scaled(said, money)

    def _counts_something(self, position: int) -> bool:
        if self._is(position, "unit", "multiplier", "half_after", "of_whole"):
            return True
        if position == len(self.tokens) == 1:  # "one", "五" and nothing else
            return self._is(0, "characters") or len(self._text(0)) > 2
        listed = self._is(position, "range", "separator")
        return listed and self._is(position + 1, "number", "shy", "characters")

    def _scaled(self, said: Said, money: bool) -> Said:
        end = said.end
        while self._is(end, "multiplier") and (money or self._scales(end)):
            factor = Decimal(self.tokens[end].all("multiplier")[0])
            said = replace(said.times(factor), end=end + 1)
            end += 1
            if self._goes_on(end, factor):  # 1億2000万
                more = self._number(end, money)
                if more is not None and more.high < factor:
                    said = replace(said.plus(more.low, more.end), doubt=said.doubt or more.doubt)
                break
        if not self._is(end, "half_after"):
            return said
        ends = self._is(end + 1, "unit") or end + 1 >= len(self.tokens)
        return said.plus(HALF, end + 1) if said.unit or ends or not self._is(end, "half") else said

    def _goes_on(self, position: int, factor: Decimal) -> bool:
        """Whether after ten thousands come the thousands, as they do in East Asia."""
        if factor < MYRIAD or not SPACELESS.match(self._text(position - 1)):
            return False
        if not self._is(position, "figures"):
            return False
        if self._is(position + 1, "multiplier"):
            return bool(self.tokens[position + 1].all("multiplier")[0] < factor)
        return self._joined(position)

    def _scales(self, position: int) -> bool:
        """Whether "m" means millions here and not minutes."""
        token = self.tokens[position]
        return not (token.may_be("unit") and kind_of(self.unit) == "time")

    def _half_of_a_unit(self, start: int) -> Said | None:
        """Half a day; a day and a half."""
        if self._is(start, "half"):
            after = start + 1 + self._is(start + 1, "shy")
            unit = self._unit(after)
            return Said(HALF, HALF, start, after + 1, unit) if unit and kind_of(unit) == "time" else None
        unit = self._unit(start)
        if unit and kind_of(unit) == "time" and self._is(start + 1, "half_after"):
            return Said(1 + HALF, 1 + HALF, start, start + 2, unit)
        return None

    def _unit(self, position: int) -> str:
        """The unit that stands here: the one asked in if it may be that, else one of its kind, else any."""
        if not self._is(position, "unit"):
            return ""
        names: tuple[str, ...] = self.tokens[position].all("unit")
        kind = kind_of(self.unit)
        if "counter" in names and kind == "count":
            return self.unit  # "3x", "12 orders": whatever is being counted
        return next(
            (each for each in names if each == self.unit),
            next((each for each in names if kind_of(each) == kind), names[0]),
        )

    def _with_unit(self, said: Said) -> Said:
        end = said.end
        while self._is(end, "approx") or (self._text(end) == "-" and self._is(end + 1, "unit")):
            end += 1
        if self._is(end, "currency"):
            return replace(said, unit="money", end=end + 1)
        unit = self._unit(end)
        if self._text(end) == "point" and self._is(end + 1, "figures", "number", "shy"):
            return replace(said, doubt=WHICH_NUMBER)
        if not unit and self._joined(said.end) and self._text(said.end)[0].isnumeric():
            return replace(said, doubt=WHICH_NUMBER)  # "5²"
        if not unit:
            glued = self._joined(said.end) and self._text(said.end)[0].isalpha()
            unknown = (
                glued and not self.tokens[said.end].meanings and not SPACELESS.match(self._text(said.end))
            )
            return replace(said, end=said.end + 1, unit="code") if unknown else said
        said = replace(said, unit=unit, bare=said.bare and end == said.end, end=end + 1)
        if unit == "days" and any(token.may_be("working") for token in self.tokens[: said.start]):
            said = replace(said, unit="working_days", bare=False)
        if unit == "tenths":
            said = replace(said.times(Decimal(10)), unit="percent", factor=Decimal(1))
            doubt = WHICH_NUMBER if self._joined(said.end) and self._is(said.end, "figures") else ""
            return replace(said, doubt=said.doubt or doubt)
        return said.plus(HALF, end + 2) if self._is(end + 1, "half_after") else said

    def _range(self, said: Said) -> Said:
        dash = said.end
        if self._text(dash) not in _DASHES and not self._is(dash, "range"):
            return said
        other = self._number(dash + 1) if self._text(dash + 1) != "-" else None
        if other is None:
            return said
        if said.factor == 1 != other.factor:  # "2-3k": both are thousands
            said = said.times(other.factor)
        backwards = other.high < said.low
        sign = self._text(dash) == "-" and self.tokens[dash].spaced and self._joined(dash + 1)
        more = self._is(other.end, "range") and self._is(other.end + 1, "figures", "number")
        doubt = WHICH_NUMBER if backwards or sign or more else said.doubt or other.doubt
        return replace(
            said,
            low=min(said.low, other.high),
            high=max(said.low, other.high),
            end=other.end,
            unit=said.unit or other.unit,
            bare=False,
            doubt=doubt,
        )

    def _compound(self, said: Said) -> Said:
        """An hour and twenty minutes, in minutes; days and hours together are asked about."""
        after = said.end + self._is(said.end, "separator")
        if said.unit not in SMALLER or said.low != said.high or self._text(said.end) == "、":
            return said
        more = self._number(after)
        if more is None:
            return said
        more = self._with_unit(more)
        close = not more.unit and self._joined(after) and self._is(after, "figures") and more.high < 60
        if said.unit == "hours" and (more.unit == "minutes" or close):
            whole = said.low * 60 + more.low
            return replace(said, low=whole, high=whole, unit="minutes", end=more.end, bare=False)
        if more.unit in SMALLER.values() and more.unit != said.unit and SMALLER[said.unit] == more.unit:
            return replace(said, doubt=WHICH_UNIT, end=more.end)
        return said

    def _of(self, said: Said) -> Said:
        """Three out of twenty, also said the other way round; as a share where one was asked for."""
        mark = said.end
        slash, reverse = self._text(mark) == "/", self._is(mark, "of_whole")
        share = kind_of(self.unit) == "share"
        if not (slash or reverse or self._is(mark, "of") or (share and self._is(mark, "in"))):
            return said
        other = self._number(mark + 1)
        if other is None:
            return said
        end = other.end + self._is(other.end, "unit")
        part, whole = (other, said) if reverse else (said, other)
        fits = share or kind_of(self.unit) == "count"
        sure = 0 < whole.low == whole.high == whole.low.to_integral_value() and whole.high <= MOST_CASES
        sure = sure and 0 <= part.low <= part.high <= whole.low and self._text(end) != "/"
        year = self._is(mark, "in") and whole.low in YEARS
        if not (fits and sure) or year or said.doubt or other.doubt:
            return replace(said, end=end, doubt=WHICH_NUMBER)
        low, high = part.low, part.high
        if share:
            low, high = (
                (each / whole.low * 100).quantize(Decimal("0.1"), ROUND_HALF_UP) for each in (low, high)
            )
        return Said(low, high, said.start, end, self.unit, int(whole.low))

    def _limited(self, said: Said) -> Said:
        large = max(abs(said.low), abs(said.high)) > LARGEST
        return replace(said, low=Decimal(0), high=Decimal(0), doubt=WHICH_NUMBER) if large else said

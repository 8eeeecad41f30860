"""Keeps a message short enough to be read in a breath, however long a manager's own words in it are.
The coach's sentences are never cut: the longest of the manager's words are, at a word's end, with "…".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import regex  # type: ignore[import-untyped] # publishes no types; imported here only

CUT = "…"
MOST_ITEMS = 50  # of a list; more never fit into any message
READABLE = 20  # below this a list loses items rather than each item its meaning
LONGEST_WORD = 30  # a longer run of letters is an address or a key, and may be cut anywhere
# Vendors count code points, and hostile text piles hundreds of them onto one visible character. The longest
# emoji in use has ten; Fluent refuses a part of more than 2,500.
PER_CLUSTER = 10
CODE_POINTS = 2400

_CLUSTER = regex.compile(r"\X")
_BREAK = regex.compile(r"\s*[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]\s*|\s{2,}")
# Invisible characters: controls, halves of characters, direction marks, tags. Joiners stay, for Hindi and
# emoji need them; so do variation selectors, for Japanese names do.
_INVISIBLE = regex.compile(
    r"(?V1)[[\p{Cc}\p{Cs}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]"
    r"--[\u200c\u200d\p{Variation_Selector}]]"
)
# Written without spaces between words: any character's end will do.
_UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\u3001-\u301f\uff01-\uff60]"
)
_LOOSE_END = regex.compile(r"[\s.,;:、。，・(（\[「\-–—]+$")


class Room(NamedTuple):
    """How much each piece of a manager's words may take, in visible characters, and each list, in items."""

    graphemes: int
    items: int = MOST_ITEMS


@dataclass(frozen=True)
class Limit:
    """How long a text may be: visible characters always; words where the language counts them.

    Lines are the fixed text's own, so no shortening helps there: the tests hold the files to ``lines``.
    """

    graphemes: int
    words: int | None = None
    lines: int | None = None

    def holds(self, text: str) -> bool:
        """Whether ``text`` is short enough, for a reader and for the channel that carries it."""
        return (
            len(text) <= min(3 * self.graphemes, CODE_POINTS)
            and len(_CLUSTER.findall(text)) <= self.graphemes
            and (self.words is None or len(text.split()) <= self.words)
        )


def clean(text: str) -> str:
    """``text`` on one line, without anything that cannot be seen."""
    seen: str = _INVISIBLE.sub("", _BREAK.sub(" ", text))
    return seen.strip()


def head(text: str, most: int) -> str:
    """The cleaned beginning of ``text``: enough to shorten it to anything up to ``most``, and no more."""
    enough = most + LONGEST_WORD
    found = _clusters(text[: enough * PER_CLUSTER], enough + 1)  # the last may have been cut in two
    if len(found) <= enough < len(text):
        found = _clusters(text, enough)  # most of what it begins with cannot be seen
    return "".join(found[:enough])


def _clusters(text: str, most: int) -> list[str]:
    return [hit.group()[:PER_CLUSTER] for hit in islice(_CLUSTER.finditer(clean(text)), most)]


def shorten(text: str, room: int, *, anywhere: bool = False) -> str:
    """Cleaned text of at most ``room`` visible characters; what is cut is cut at a word's end.

    If not even the first word has room, only the mark is left; unless it is too long for a word, or
    ``anywhere`` says that a part is better than nothing (a button needs a name).
    """
    clusters = _clusters(text, max(room, LONGEST_WORD) + 1)
    if len(clusters) <= room:
        return "".join(clusters)
    stands_alone = [each.isspace() or bool(_UNSPACED.match(each)) for each in clusters]
    ends = [at for at in range(1, len(clusters)) if stands_alone[at - 1] or stands_alone[at]]
    end = max((at for at in ends if at < room), default=0)
    if not end and (anywhere or not ends):
        end = max(room - 1, 0)
    return f"{_LOOSE_END.sub('', ''.join(clusters[:end]))}{CUT}"


def fit(say: Callable[[Room], str | None], limit: Limit, *, lists: bool = True) -> str:
    """What ``say`` says with as much room as ``limit`` leaves.

    ``say`` gives the text with every piece held to the room it is handed, or None where that is past all
    limits. One room for all pieces means that the longest is shortened first and short ones stay whole.
    ``lists`` says whether fewer items could help. If nothing fits, the fixed text is too long; it is said all
    the same, for a line is never lost.
    """
    tight = None
    for items in (MOST_ITEMS, 8, 4, 2, 1) if lists else (MOST_ITEMS,):
        text, room = _roomiest(say, limit, items)
        if text is not None and room >= READABLE:
            return text
        tight = tight or text
    return tight or say(Room(1, 1)) or CUT


def _roomiest(say: Callable[[Room], str | None], limit: Limit, items: int) -> tuple[str | None, int]:
    """The longest text that holds with this many items, and its room; the room is found by halving."""
    best, low, high = None, 0, limit.graphemes
    middle = high  # most messages fit as they are
    while low < high:
        text = say(Room(middle, items))
        if text is not None and limit.holds(text):
            best, low = text, middle
        else:
            high = middle - 1
        middle = (low + high + 1) // 2
    return best, low

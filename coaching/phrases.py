"""Whether a text says one of the phrases on a list, however it is cased, spaced or punctuated.

The lists are documents (`coaching/wordlists/<language>/<list>.toml`), each with who reviewed it and when, so
that a native speaker can mend them without programming. People mix languages in one line, so every text is
held against the lists of all languages.

A phrase is written as it is said. ``*`` ends a word anyhow (``cry*``), ``...`` stands for up to four words
in between, ``(a|b)`` for either, ``[a]`` for a word that may be left out. In scripts without spaces a phrase
is found anywhere; elsewhere it is found as whole words.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex  # type: ignore[import-untyped] # publishes no types

FOLDER = Path(__file__).parent / "wordlists"
LONGEST = 4_000  # characters that are read; what stands behind them is a document, not a message
_APOSTROPHE = regex.compile(r"['’‘ʼ`´]")
_SPACELESS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_PARTS = regex.compile(r"\.\.\.|[()|\[\]*]|\s+|[^()|\[\]*\s.]+|\.")


_IN_WORD = r"[\w\p{M}]"  # the signs over and under letters are part of a word
_GAP = r"(?:\S+\s+){0,4}?"
_SPACELESS_GAP = r".{0,12}?"
_MARKS = {"(": "(?:", ")": ")", "|": "|", "*": f"{_IN_WORD}*"}
_NO_WORDS = frozenset("()|[]*") | {"..."}
_TAKEN_OUT = "\0"  # stands where a phrase was until all are taken out


@dataclass(frozen=True)
class PhraseList:
    """One list of one language: ``name`` says what its phrases are a sign of."""

    name: str
    language: str
    phrases: tuple[str, ...]


def plain(text: str) -> str:
    """``text`` as it is compared: one width, one case, no apostrophes or punctuation, single spaces."""
    folded = _APOSTROPHE.sub("", unicodedata.normalize("NFKC", text[:LONGEST]).casefold())
    return " ".join(regex.sub(r"[\p{P}\p{S}\p{C}]+", " ", folded).split())


def load(list_name: str, folder: Path = FOLDER) -> tuple[PhraseList, ...]:
    """The lists of one file name in every language. ValueError names a file without its review.

    A file is a table ``[review]`` with ``by`` and ``on``, and beside it lists of phrases by name.
    """
    found = []
    for path in sorted(folder.glob(f"*/{list_name}.toml")):
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        review = document.pop("review", {})
        if set(review) != {"by", "on"}:
            raise ValueError(f"{path}: say who reviewed it and when: [review] by = …, on = …")
        found += [PhraseList(name, path.parent.name, tuple(said)) for name, said in document.items()]
    return tuple(found)


def prepare() -> None:
    """Read every list, and compile what any text might hold, now, so that no message waits for it."""
    for name in {path.stem for path in FOLDER.glob("*/*.toml")}:
        for each in _lists(name).values():
            each.found_in("")


def spoken(text: str, list_name: str) -> frozenset[str]:
    """The names of the lists that hold a phrase said in ``text``."""
    said = plain(text)
    return frozenset(name for name, phrases in _lists(list_name).items() if phrases.found_in(said))


def says(text: str, list_name: str, *names: str) -> bool:
    """Whether a phrase of any of the lists ``names`` is said in ``text``."""
    said, lists = plain(text), _lists(list_name)
    return any(lists[name].found_in(said) for name in names if name in lists)


def opens_with(text: str, list_name: str, name: str) -> bool:
    """Whether ``text`` begins with a phrase of that list."""
    said, lists = plain(text), _lists(list_name)
    return name in lists and any(each.match(said) for each in lists[name].possible_in(said))


def rest_after(text: str, list_name: str, name: str) -> str:
    """What follows the phrase that ``text`` begins with, as it was written; "" if it begins with none."""
    words, lists = text.split(), _lists(list_name)
    for taken in range(min(len(words), 6) if name in lists else 0, 0, -1):
        beginning = plain(" ".join(words[:taken]))
        if any(each.fullmatch(beginning) for each in lists[name].possible_in(beginning)):
            return " ".join(words[taken:])
    return ""


def without(text: str, list_name: str, name: str) -> str:
    """``text`` as compared, less the phrases of one list: what is left when idioms are set aside."""
    said, lists = plain(text), _lists(list_name)
    for each in lists[name].possible_in(said) if name in lists else ():
        said = each.sub(_TAKEN_OUT, said)
    return " ".join(said.replace(_TAKEN_OUT, " ").split())


class Phrases:
    """Phrases to be looked for together.

    Thousands of them would make one expression that takes seconds to compile, and a message holds words of a
    few. So each is kept with the pieces of text it cannot be said without, and only those whose pieces are
    all there are compiled, once in a process, and searched for.
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        self._phrases = tuple((_indispensable(phrase), phrase) for phrase in phrases)

    def found_in(self, said: str) -> bool:
        """Whether one of them is said in a text as it is compared."""
        return any(each.search(said) for each in self.possible_in(said))

    def possible_in(self, said: str) -> Iterator[regex.Pattern[str]]:
        """The expressions of those whose pieces ``said`` holds."""
        for pieces, phrase in self._phrases:
            if all(piece in said for piece in pieces):
                yield _compiled(phrase)


@cache
def _lists(list_name: str) -> Mapping[str, Phrases]:
    by_name: dict[str, list[str]] = {}
    for each in load(list_name):
        by_name.setdefault(each.name, []).extend(each.phrases)
    return {name: Phrases(phrases) for name, phrases in by_name.items()}


@cache
def _compiled(phrase: str) -> regex.Pattern[str]:
    """What finds one phrase: as whole words, or anywhere in a script without spaces."""
    spaceless = bool(_SPACELESS.search(phrase))
    written = _expression(phrase, spaceless)
    return regex.compile(written if spaceless else rf"(?<!{_IN_WORD})(?:{written})(?!{_IN_WORD})")


def _parts(phrase: str) -> list[str]:
    """A phrase cut into its words, marks and spaces, in the letters that texts are compared in."""
    folded = _APOSTROPHE.sub("", unicodedata.normalize("NFKC", phrase).casefold())
    return [str(part) for part in _PARTS.findall(folded)]


def _indispensable(phrase: str) -> tuple[str, ...]:
    """The pieces of a phrase that stand in every way of saying it, the longest first."""
    depth, pieces = 0, set()
    for part in _parts(phrase):
        depth += (part in ("(", "[")) - (part in (")", "]"))
        if depth == 0 and part == "|":
            return ()
        if depth == 0 and part not in _NO_WORDS and not part.isspace():
            pieces.add(part)
    return tuple(sorted(pieces, key=lambda piece: (-len(piece), piece)))


def _expression(phrase: str, spaceless: bool) -> str:
    """The regular expression of one phrase."""
    gap, space = (_SPACELESS_GAP, r"\s*") if spaceless else (_GAP, r"\s+")
    written: list[str] = []
    owes_space: list[bool] = []  # for each word that may be left out: whether its space comes after it
    for part in _parts(phrase):
        if part == "...":
            written.append(gap)
        elif part == "[":
            # The space goes with the word: "what a [complete] waste" is "what a waste" too.
            before = bool(written) and written[-1] == space
            written[-1:] = [f"(?:{space}(?:"] if before else [*written[-1:], "(?:(?:"]
            owes_space.append(not before)
        elif part == "]":
            written.append(f"){space})?" if owes_space[-1] else "))?")
        elif part.isspace():
            if not (written and written[-1] == f"){space})?"):
                written.append(space)
        else:
            written.append(_MARKS.get(part, regex.escape(part)))
    # A gap brings its own space: "a ... b" is "a b" too.
    return "".join(written).replace(f"{space}{gap}{space}", f"{space}{gap}")

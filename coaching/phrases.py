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
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex  # type: ignore[import-untyped] # publishes no types

FOLDER = Path(__file__).parent / "wordlists"
LONGEST = 4_000  # characters that are read; what stands behind them is a document, not a message
_APOSTROPHE = regex.compile(r"['’‘ʼ`´]")
_NO_LETTERS = regex.compile(r"[\p{P}\p{S}\p{C}]+")
_SPACELESS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_GLUED = regex.compile(r"[^\s(|\[]\[|\][^\s)|\]]")  # what may be left out, without a space around it
_PARTS = regex.compile(r"\.\.\.|[()|\[\]*]|\s+|[^()|\[\]*\s.]+|\.")


_IN_WORD = r"[\w\p{M}]"  # the signs over and under letters are part of a word
_GAP = r"(?:\S+\s+){0,4}?"
_SPACELESS_GAP = r".{0,12}?"
_MARKS = {"(": "(?:", ")": ")", "|": "|", "*": f"{_IN_WORD}*"}
_WORD = regex.compile(rf"{_IN_WORD}+")
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
    return " ".join(_NO_LETTERS.sub(" ", folded).split())


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
        spoken("", name)


def spoken(text: str, list_name: str) -> frozenset[str]:
    """The names of the lists that hold a phrase said in ``text``."""
    return _lists(list_name).said_in(Said(plain(text)))


def says(text: str, list_name: str, *names: str) -> bool:
    """Whether a phrase of any of the lists ``names`` is said in ``text``."""
    return bool(_lists(list_name).said_in(Said(plain(text)), names))


def opens_with(text: str, list_name: str, name: str) -> bool:
    """Whether ``text`` begins with a phrase of that list."""
    said = Said(plain(text))
    return any(each.match(said.text) for _, each in _lists(list_name).possible_in(said, (name,)))


def rest_after(text: str, list_name: str, name: str) -> str:
    """What follows the phrase that ``text`` begins with, as it was written; "" if it begins with none."""
    words, lists = text.split(), _lists(list_name)
    for taken in range(min(len(words), 6), 0, -1):
        beginning = Said(plain(" ".join(words[:taken])))
        if any(each.fullmatch(beginning.text) for _, each in lists.possible_in(beginning, (name,))):
            return " ".join(words[taken:])
    return ""


def without(text: str, list_name: str, name: str) -> str:
    """``text`` as compared, less the phrases of one list: what is left when idioms are set aside."""
    said = Said(plain(text))
    left = said.text
    for _, each in _lists(list_name).possible_in(said, (name,)):
        left = each.sub(_TAKEN_OUT, left)
    return " ".join(left.replace(_TAKEN_OUT, " ").split())


class Said:
    """A text as it is compared, its words, what they begin with, and its letters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = frozenset(_WORD.findall(text))
        self.letters = frozenset(text)
        self.beginnings = frozenset(word[:end] for word in self.words for end in range(1, len(word) + 1))


class Phrases:
    """Phrases of several lists, to be looked for together.

    Thousands of them would make one expression that takes seconds to compile, and a message holds words of a
    few. So each is kept with the pieces of text it cannot be said without, under one of them: a whole word,
    or what a word begins with, or at least its first letter. Only those whose pieces are all there are
    compiled, once in a process, and searched for.
    """

    def __init__(self, lists: Iterable[tuple[str, Sequence[str]]]) -> None:
        """``lists``: the name of each and its phrases."""
        self._phrases: list[tuple[str, tuple[str, ...], str]] = []
        self._by_word: dict[str, list[int]] = {}
        self._by_beginning: dict[str, list[int]] = {}
        self._by_letter: dict[str, list[int]] = {}
        self._always: list[int] = []
        for name, phrases in lists:
            for phrase in phrases:
                self._add(name, phrase)

    def said_in(self, said: Said, names: Collection[str] | None = None) -> frozenset[str]:
        """The names, or those of ``names``, of the lists that hold a phrase said in a text."""
        found: set[str] = set()
        for name, each in self.possible_in(said, names):
            if name not in found and each.search(said.text):
                found.add(name)
        return frozenset(found)

    def possible_in(
        self, said: Said, names: Collection[str] | None = None
    ) -> Iterator[tuple[str, regex.Pattern[str]]]:
        """The names and expressions of those whose pieces a text holds, each list's in its order."""
        indices = (
            (said.words, self._by_word),
            (said.beginnings, self._by_beginning),
            (said.letters, self._by_letter),
        )
        there = [at for keys, index in indices for key in keys & index.keys() for at in index[key]]
        for at in sorted({*there, *self._always}):
            name, pieces, phrase = self._phrases[at]
            if (names is None or name in names) and all(piece in said.text for piece in pieces):
                yield name, _compiled(phrase)

    def _add(self, name: str, phrase: str) -> None:
        at, pieces = len(self._phrases), _indispensable(phrase)
        self._phrases.append((name, tuple(piece.text for piece in pieces), phrase))
        key = next((p for p in pieces if p.whole), None) or next((p for p in pieces if p.begins), None)
        keys = _one_of(phrase) if key is None else (key,)
        for each in keys:
            index = self._by_word if each.whole else self._by_beginning
            index.setdefault(each.text, []).append(at)
        if keys:
            return
        if pieces:
            self._by_letter.setdefault(pieces[0].text[0], []).append(at)
        else:
            self._always.append(at)


@cache
def _lists(list_name: str) -> Phrases:
    return Phrases((each.name, each.phrases) for each in load(list_name))


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


@dataclass(frozen=True)
class _Piece:
    """Text that stands in every way of saying a phrase: as a ``whole`` word, or where one ``begins``."""

    text: str
    whole: bool
    begins: bool


def _indispensable(phrase: str) -> tuple[_Piece, ...]:
    """The pieces of a phrase that stand in every way of saying it, the longest first."""
    depth, pieces, parts = 0, set(), ["", *_parts(phrase), ""]
    spaced = not _SPACELESS.search(phrase) and not _GLUED.search(phrase)
    for before, part, after in zip(parts, parts[1:], parts[2:], strict=False):
        depth += (part in ("(", "[")) - (part in (")", "]"))
        if depth == 0 and part == "|":
            return ()
        if depth == 0 and part and part not in _NO_WORDS and not part.isspace():
            begins = spaced and not before.strip() and _WORD.fullmatch(part) is not None
            pieces.add(_Piece(part, begins and not after.strip(), begins))
    return tuple(sorted(pieces, key=lambda piece: (-len(piece.text), piece.text)))


def _one_of(phrase: str) -> tuple[_Piece, ...]:
    """Words of which one must be said: by a phrase's first choice ``(a|b)`` each way of which is a word."""
    parts, depth, begins = ["", *_parts(phrase), ""], 0, 0
    if _SPACELESS.search(phrase) or _GLUED.search(phrase):
        return ()
    for at, part in enumerate(parts):
        depth += (part in ("(", "[")) - (part in (")", "]"))
        if depth == 0 and part == "|":
            return ()
        if depth == 1 and part == "(":
            begins = at
        if depth == 0 and part == ")" and not (parts[begins - 1] + parts[at + 1]).strip():
            found = tuple(_first_words(parts[begins : at + 1]))
            if all(found):
                return tuple(piece for piece in found if piece)
    return ()


def _first_words(choice: Sequence[str]) -> Iterator[_Piece | None]:
    """What each way of a choice begins with, as a word; None for one that begins otherwise."""
    depth = 0
    for before, part, after in zip(choice, choice[1:], choice[2:], strict=False):
        depth += (before in ("(", "[")) - (before in (")", "]"))
        if depth == 1 and before in ("(", "|"):
            ends = not after.strip() or after in ("|", ")")
            is_word = _WORD.fullmatch(part) is not None and (ends or after == "*")
            yield _Piece(part, ends, begins=True) if is_word else None


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

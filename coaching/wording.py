"""Whether a line that a model worded is one the coach may say: plain, short, and in the reader's language.

The coach promises nothing, allows nothing, praises nobody and gives no figure the manager did not give. In
doubt a line is refused, for then the rules say theirs, and nothing is lost.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache

import regex  # type: ignore[import-untyped] # publishes no types

from coaching import phrases

LISTS = "model"
SMALL_WORDS = "small_words"
LONGEST_CLUSTER = 16  # code points of one character as it is seen; more is decoration
FEWEST_FOREIGN = 2  # small words of another language before a line counts as written in it

# The scripts a language is written in. Those of several are told apart by their small words.
_LATIN = r"A-Za-zÀ-ɏḀ-ỿＡ-Ｚａ-ｚ"  # no letters that only look like others
_SCRIPTS = {
    **dict.fromkeys(("en", "id", "ms", "tl", "fil", "vi"), _LATIN),
    "ja": rf"\p{{Han}}\p{{Hiragana}}\p{{Katakana}}{_LATIN}",
    "ko": rf"\p{{Hangul}}\p{{Han}}{_LATIN}",
    "zh": rf"\p{{Han}}\p{{Bopomofo}}{_LATIN}",
    "th": rf"\p{{Thai}}{_LATIN}",
    "hi": rf"\p{{Devanagari}}{_LATIN}",
}
# A line needs letters of its own script; of Japanese a few characters may do without kana, a sentence not.
_OWN = {
    "ja": r"[\p{Hiragana}\p{Katakana}]|\A\P{Han}*+(?:\p{Han}\P{Han}*+){1,12}\Z",
    "ko": r"\p{Hangul}",
    "zh": r"\p{Han}",
    "th": r"\p{Thai}",
    "hi": r"\p{Devanagari}",
}
# Letters with signs over and under them stand alone where the language writes them so.
_WITH_SIGNS = {"ja", "ko", "th", "hi"}
_PLAIN_SIGNS = (
    r"0-9０-９\p{Zs}.,;:?%‰€£¥$₩₫₱₹฿()\-–—/&+='’‘\"“”«»„…·×→≤≥°"
    r"、。，；：？％（）「」『』・〜～ー々"
)
_SHOUTS = regex.compile(r"[!！¡‼❗❕﹗]")
ADDRESS = regex.compile(
    r"://|\bwww\.|\bhttps?\b|\bmailto\b|@|\b[a-z0-9-]+\.(?:com|org|net|io|ai|app|dev|sg|jp|co|gov|edu|ly|me)\b",
    regex.IGNORECASE,
)
_SPELLED_OUT = regex.compile(r"(?<![\p{L}\p{N}])(?:\p{L}[\s.,·/-]+){3,}\p{L}(?![\p{L}\p{N}])")
_NUMBER = r"[+-]?\d+(?:[.,]\d+)*"
# A figure that judges: a share, a mark out of ten, so many times. Nothing of it may be the model's own.
_FIGURES = regex.compile(
    rf"{_NUMBER}\s*(?:%|‰|percent|per cent|persen|phần trăm|パーセント|％|割|퍼센트|เปอร์เซ็นต์|प्रतिशत)"
    rf"|{_NUMBER}\s*(?:/|out of|von|sur|点中|中の)\s*{_NUMBER}"
    rf"|{_NUMBER}\s*(?:points?|stars?|点|점)(?!\p{{Ll}})"
    rf"|{_NUMBER}\s*(?:x|×|times|fold|倍|배|kali|lần)(?!\p{{Ll}})|[x×]\s*{_NUMBER}",
    regex.IGNORECASE,
)


def is_speakable(text: str, language: str, longest: int, *said: str) -> bool:
    """Whether the coach may say ``text`` to a reader of ``language``.

    ``longest`` is in characters as they are seen. ``said`` is what the manager wrote: a figure, or a name in
    another script, may stand in the line if it stands there. A language nobody described is refused.
    """
    own = language.split("-")[0].lower()
    if own not in _SCRIPTS or not text.strip() or len(text) > longest * LONGEST_CLUSTER:
        return False
    if len(regex.findall(r"\X", text)) > longest:
        return False
    told = " ".join(" ".join(each.split()) for each in said)
    return (
        _is_plain(text, own, told)
        and not _SHOUTS.search(text)
        and not ADDRESS.search(text)
        and not _SPELLED_OUT.search(text)
        and not phrases.spoken(text, LISTS)
        and not (_SCRIPTS[own] == _LATIN and phrases.spoken(_without_signs(text), LISTS))
        and _figures(text) <= _figures(told)
        and _is_in(text, own, told)
    )


def is_plain_word(text: str, longest: int) -> bool:
    """Whether ``text`` is a manager's own words that fit in a line: one line, nothing hidden in it."""
    hidden = any(unicodedata.category(each) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") for each in text)
    return bool(text.strip()) and not hidden and len(text) <= longest


def _is_plain(text: str, language: str, told: str) -> bool:
    """Letters of the language, figures and the usual signs; and a word of another script if it was said."""
    whole = unicodedata.normalize("NFC", text)
    signs = r"\p{M}\u200c\u200d" if language in _WITH_SIGNS else ""
    usual = regex.compile(rf"[{_SCRIPTS[language]}{_PLAIN_SIGNS}{signs}]*+")
    strange = [word for word in whole.split(" ") if not usual.fullmatch(word)]
    return all(_is_letters(word) and word in unicodedata.normalize("NFC", told) for word in strange)


def _is_letters(word: str) -> bool:
    return bool(regex.fullmatch(rf"[\p{{L}}\p{{M}}\p{{N}}{_PLAIN_SIGNS}]+", word))


def _without_signs(text: str) -> str:
    """Letters without what stands over and under them: an accent makes no other word of it."""
    return str(regex.sub(r"\p{M}", "", unicodedata.normalize("NFD", text)))


def _figures(text: str) -> frozenset[str]:
    """The judging figures of a text, as they are compared."""
    return frozenset(
        "".join(each.split()) for each in _FIGURES.findall(unicodedata.normalize("NFKC", text).casefold())
    )


def _is_in(text: str, language: str, told: str) -> bool:
    """Whether a line is in the language, as far as its letters and its small words show."""
    if " ".join(text.split()) in told:
        return True
    if language in _OWN:
        return bool(regex.search(_OWN[language], text))
    counted: Counter[str] = Counter()
    for word in phrases.plain(text).split():
        counted.update(_small_words().get(word, ()))
    others = max((number for each, number in counted.items() if each != language), default=0)
    return others < FEWEST_FOREIGN or others <= counted[language]


@cache
def _small_words() -> dict[str, tuple[str, ...]]:
    """In which languages a small word is written."""
    found: dict[str, tuple[str, ...]] = {}
    for each in phrases.load(SMALL_WORDS):
        for word in each.phrases:
            found[word] = (*found.get(word, ()), each.language)
    return found

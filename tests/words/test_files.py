"""Every file of words is held to the same rules, on the day it appears: it can be read, it is short enough,
it is complete in every language that says so, and it sounds like the coach."""

import re
from collections import defaultdict

import pytest
import regex  # type: ignore[import-untyped]

from coaching.reflexes import Reflex
from prompts import typed
from prompts.language import MASTER
from prompts.shortening import Limit
from prompts.words import HERE, Words
from tests.words.conftest import CODES
from tests.words.lines import Part, parts

# A slot of one short word; a line must leave its slots at least that.
ONE_WORD = {"en": "customer", "ja": "顧客対応"}
QUESTION_WORDS = 20  # answerable in one breath

# What the coach never says, and why. English and Japanese; other languages add their own row.
NEVER = {
    "en": {
        r"\bbadges?\b|\bcertificates?\b|\branking\b|\bleader ?boards?\b": "nobody is decorated or ranked",
        r"\bstreaks?\b|\blevel(?:led)? up\b|\bunlock|\bpoints\b|\bscore[sd]?\b(?! for)": "work is not a game",
        r"\bgreat (?:job|work)\b|\bwell done\b|\bgood job\b|\bawesome\b|\bamazing\b|\bfantastic\b|\bcongrat|"
        r"\bproud\b|\bkeep it up\b|\bkudos\b|\bnice work\b": "no praise: thank for honesty",
        r"\bAI-powered\b|\bsupercharge|\brevolution|\bgame.?chang|\bunleash|\bseamless|\b10x\b": "no selling",
        r"\bhurry\b|\bdon't miss\b|\blast chance\b|\basap\b|\boverdue\b": "no urgency",
        r"\bbotsitting\b": "people read 'minding the AI'",
        r"\bjudgement\b": "spelled judgment",
    },
    "ja": {
        r"バッジ|修了証|認定証|ランキング|順位": "飾りも順位もない",
        r"連続記録|レベルアップ|ポイント|スコア": "仕事はゲームではない",
        r"素晴らし|すばらし|すごい|よくでき|おめでとう|さすが|お見事": "ほめない",
        r"AI搭載|革新的|革命|劇的": "売り込まない",
        r"至急|お急ぎ|急いで|今すぐに|見逃さない": "急がせない",
    },
}
# These may be named in order to say that there are none, or where the word is the work's own.
DENIED = re.compile(r"\b(?:no|not|none|never|isn't|there is none)\b|ません|ない|なし", re.IGNORECASE)
THE_WORKS_OWN = {"unit-points", "Unit", "Measure", "Part", "Weak"}

SPOKEN = tuple(part for part in parts() if not part.is_heard)
FILES = sorted({(part.code, part.script) for part in SPOKEN})
every_file = pytest.mark.parametrize(
    "code, script", FILES, ids=str
)  # a file is one test: there are thousands
QUESTION = re.compile(r"[^.?!:;…\n]*\?")


def filled(part: Part) -> str:
    """The fixed text with one short word for each slot."""
    words = " ".join([ONE_WORD.get(part.code, "customer")] * len(part.slots))
    return f"{''.join(part.fixed)} {words}".strip()


def limit_of(part: Part, words: Words) -> Limit:
    limits = words.languages[part.code].limits
    if part.part.startswith("field-"):
        return limits.field
    if part.is_family:
        return limits.button if part.script == "terms" else limits.line
    if part.part:
        return limits.button
    return limits.card if part.name in words._cards else limits.line


@pytest.mark.parametrize("code", CODES)
def test_every_language_says_who_read_it(words: Words, code: str) -> None:
    language = words.languages[code]
    assert language.review == ("master" if code == MASTER else language.review)
    assert language.review in ("master", "unreviewed") or re.fullmatch(
        r".+, \d{4}-\d\d-\d\d", language.review
    )
    assert language.name


def spoken_in(code: str, script: str) -> list[Part]:
    return [part for part in SPOKEN if (part.code, part.script) == (code, script)]


@every_file
def test_a_line_leaves_room_for_what_the_manager_says(words: Words, code: str, script: str) -> None:
    for part in spoken_in(code, script):
        limit, text = limit_of(part, words), filled(part)
        long = f"{part}: {len(text)} characters, {len(text.split())} words; allowed {limit}"
        assert limit.holds(text), long
        if limit.lines is not None:
            assert text.count("\n") < limit.lines, f"{part}: more than {limit.lines} lines"


@pytest.mark.parametrize("script", [script for code, script in FILES if code == MASTER])
def test_a_question_is_asked_in_one_breath(script: str) -> None:
    for part in spoken_in(MASTER, script):
        for question in QUESTION.findall("" if part.part else "".join(part.fixed)):
            assert len(question.split()) <= QUESTION_WORDS, f"{part}: {question.strip()}"


@every_file
def test_nothing_shouts(code: str, script: str) -> None:
    known = r"\b(?!AI|HR|CFO|MD|EAP|NDA|ID|IT|OK|FAQ|KPI|SLA|CRM|QBR|SKU)[A-Z]{4,}\b"
    for part in spoken_in(code, script):
        text = "".join(part.texts)
        assert not re.search(r"[!！‼⁉❗❕¡]", text), f"{part}: no exclamation marks"
        assert not regex.search(r"\p{Emoji_Presentation}", text), f"{part}: no emoji"
        assert not re.search(known, text), part


@every_file
def test_nothing_praises_sells_ranks_or_urges(code: str, script: str) -> None:
    for part in spoken_in(code, script):
        for pattern, reason in {} if part.name in THE_WORKS_OWN else NEVER.get(code, {}).items():
            for sentence in re.split(r"(?<=[.?;])\s|(?<=[。？])", "".join(part.texts)):
                found = re.search(pattern, sentence, re.IGNORECASE)
                assert found is None or DENIED.search(sentence), f"{part}: {found.group()!r}: {reason}"


@pytest.mark.parametrize("code", [code for code in CODES if code != MASTER])
def test_a_language_has_all_of_what_it_covers_and_nothing_else(words: Words, code: str) -> None:
    covers = words.languages[code].covers
    here, english = names(code), names(MASTER)
    assert set(here) <= set(english), "every script has an English file of the same name"
    for script in sorted(covers & set(english)):
        assert here.get(script, set()) ^ english[script] == set(), f"{code}/{script}.ftl"
    finished = {script for script in here if here[script] == english.get(script)}
    assert finished <= covers, f"finished and not in covers: {code}/language.toml"
    assert covers <= set(english), f"{code}/language.toml covers what does not exist"


def names(code: str) -> dict[str, set[tuple[str, str]]]:
    """The messages of a language with their attributes, by file."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for part in parts():
        if part.code == code:
            found[part.script].add((part.name, part.part))
    return dict(found)


@pytest.mark.parametrize("code", [code for code in CODES if code != MASTER])
def test_a_translation_says_the_same_slots(words: Words, code: str) -> None:
    english = {(part.script, part.name, part.part): part.slots for part in parts() if part.code == MASTER}
    for part in parts():
        if part.code == code and part.script in words.languages[code].covers:
            assert part.slots == english[part.script, part.name, part.part], part


@pytest.mark.parametrize("code", CODES)
def test_no_phrase_means_two_things_at_any_moment(words: Words, code: str) -> None:
    reader = words.reader(code, "SG", "Asia/Singapore")
    meant: dict[str, str] = {}
    for part in parts():
        if part.code in (code, MASTER) and part.name.startswith("reflex-"):
            for phrase in typed.phrases("".join(part.texts)):
                assert meant.setdefault(phrase, part.name) == part.name, phrase
                assert words.reflex(reader, phrase) == part.name.removeprefix("reflex-")


@pytest.mark.parametrize("code", CODES)
def test_every_language_answers_to_every_word_that_always_works(code: str) -> None:
    there = {part.name for part in parts() if part.code == code}
    assert {f"reflex-{each}" for each in Reflex} <= there
    assert {"yes_words", "no_words", "polite_words"} <= there


def test_every_card_is_a_message(words: Words) -> None:
    assert words._cards <= set(words.languages[MASTER].scripts), "cards.toml names what does not exist"


def test_no_file_is_read_twice_or_left_out() -> None:
    for path in HERE.glob("*/*.ftl"):
        assert (path.parent / "language.toml").exists(), f"{path.parent.name} needs a language.toml"

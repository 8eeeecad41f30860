"""A typed answer is a button only if it names one; a word that always works, only if it is all there is.
What is unclear is left to be asked about."""

from decimal import Decimal

import pytest

from coaching.needs import Kind, Option, Question
from coaching.reflexes import Reflex
from coaching.slots import Amount, Term
from prompts.words import Reader, Words


def question(*options: Option, kind: Kind = Kind.CHOOSE) -> Question:
    return Question("help", 1, kind, {}, options)


SHAPES = question(
    *(Option(key, Term("Shape", key)) for key in ("time", "quality", "decision", "handoff", "else"))
)
LIKELY = question(*(Option(key, Term("Likelihood", key)) for key in ("p90", "p70", "p50")))
YES_OR_NO = question(Option("yes"), Option("no"))
VALUES = question(*(Option(f"v{at}", Amount(Decimal(n), "hours")) for at, n in enumerate((2, 3, 2))))
TOOLS = question(Option("a", "Microsoft 365 Copilot Chat for Singapore"), Option("b", "Gemini (internal)"))


@pytest.mark.parametrize(
    "asked,text,meant",
    [
        (SHAPES, "Time leaks away", "time"),
        (SHAPES, "  time leaks away. ", "time"),
        (SHAPES, "ＴＩＭＥ　ＬＥＡＫＳ　ＡＷＡＹ", "time"),
        (SHAPES, "else/not sure", "else"),
        (SHAPES, "Handoff breaks, please", "handoff"),
        (SHAPES, "2", "quality"),
        (SHAPES, "2.", "quality"),
        (SHAPES, "(2)", "quality"),
        (SHAPES, "２", "quality"),
        (SHAPES, "6", None),
        (SHAPES, "0", None),
        (SHAPES, "2 or 3", None),
        (SHAPES, "2.5", None),
        (SHAPES, "time", None),
        (SHAPES, "time leaks away and quality up and down", None),
        (SHAPES, "yes", None),
        (SHAPES, "", None),
        (LIKELY, "90%", "p90"),
        (LIKELY, "90 %", "p90"),
        (LIKELY, "90", "p90"),
        (YES_OR_NO, "Yes", "yes"),
        (YES_OR_NO, "yes please", "yes"),
        (YES_OR_NO, "That's right.", "yes"),
        (YES_OR_NO, "ok", "yes"),
        (YES_OR_NO, "no, thanks", "no"),
        (YES_OR_NO, "yes and no", None),
        (YES_OR_NO, "yes but only in March", None),
        (YES_OR_NO, "はい", None),
        (VALUES, "2", None),
        (VALUES, "3 hours", "v1"),
        (VALUES, "2 hours", None),
        (TOOLS, "Microsoft 365 Copilot Chat for Singapore", "a"),
        (TOOLS, "microsoft 365 copilot…", "a"),
        (TOOLS, "gemini internal", "b"),
        (TOOLS, "Microsoft", None),
    ],
)
def test_a_typed_answer_names_a_button_or_none(
    words: Words, english: Reader, asked: Question, text: str, meant: str | None
) -> None:
    assert words.choice(english, asked, text) == meant


@pytest.mark.parametrize(
    "text,meant",
    [
        ("はい。", "yes"),
        ("そうです", "yes"),
        ("いいえ", "no"),
        ("違います", "no"),
        ("yes", "yes"),
        ("ＮＯ", "no"),
        ("1", "yes"),
        ("はいといいえ", None),
    ],
)
def test_yes_and_no_are_understood_in_japanese_and_english(
    words: Words, japanese: Reader, text: str, meant: str | None
) -> None:
    assert words.choice(japanese, YES_OR_NO, text) == meant


def test_where_words_are_welcome_a_number_is_an_answer_not_a_button(words: Words, english: Reader) -> None:
    open_question = question(Option("yes"), Option("no"), kind=Kind.ASK)
    assert words.choice(english, open_question, "2") is None
    assert words.choice(english, open_question, "no") == "no"


@pytest.mark.parametrize(
    "text,meant",
    [
        ("Please stop.", Reflex.STOP),
        ("STOP", Reflex.STOP),
        ("ok, stop please, thanks", Reflex.STOP),
        ("stop the press", None),
        ("don't stop", None),
        ("the line stopped", None),
        ("Help", Reflex.HELP),
        ("help!!", Reflex.HELP),
        ("help the customer", None),
        ("could you go back?", Reflex.BACK),
        ("skip", Reflex.SKIP),
        ("later", Reflex.LATER),
        ("later than last week", None),
        ("pause", Reflex.PAUSE),
        ("start", Reflex.START),
        ("I'm back", Reflex.START),
        ("now", Reflex.NOW),
        ("something feels wrong", Reflex.WRONG),
        ("wrong", Reflex.WRONG),
        ("wrong number", None),
        ("I want to talk to a human", Reflex.PERSON),
        ("What do you know about me?", Reflex.SHOW),
        ("who sees this?", Reflex.SHARE),
        ("please", None),
        ("", None),
        ("…", None),
        ("stop " * 9_000, None),
    ],
)
def test_a_word_that_always_works_is_the_whole_message(
    words: Words, english: Reader, japanese: Reader, text: str, meant: Reflex | None
) -> None:
    assert words.reflex(english, text) == meant
    assert words.reflex(japanese, text) == meant, "English works for everybody"
    assert words.reflex(Reader("th", "th-TH", "Asia/Bangkok"), text) == meant


@pytest.mark.parametrize(
    "text,meant",
    [
        ("停止", Reflex.STOP),
        ("停止してください。", Reflex.STOP),
        ("すみません、ストップでお願いします", None),
        ("すみません、ストップお願いします", Reflex.STOP),
        ("生産ラインの停止", None),
        ("停止した理由は不明です", None),
        ("ヘルプ", Reflex.HELP),
        ("ﾍﾙﾌﾟ", Reflex.HELP),
        ("戻る", Reflex.BACK),
        ("スキップ", Reflex.SKIP),
        ("後でお願いします", Reflex.LATER),
        ("一時停止", Reflex.PAUSE),
        ("再開", Reflex.START),
        ("何かおかしいです", Reflex.WRONG),
        ("人と話したいです", Reflex.PERSON),
        ("記録を見せてください", Reflex.SHOW),
        ("誰に見えますか？", Reflex.SHARE),
        ("お願いします", None),
    ],
)
def test_the_same_holds_in_japanese(
    words: Words, japanese: Reader, english: Reader, text: str, meant: Reflex | None
) -> None:
    assert words.reflex(japanese, text) == meant
    assert words.reflex(english, text) is None, "only for those who read Japanese"

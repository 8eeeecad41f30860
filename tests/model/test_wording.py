"""What a model may say in the coach's name, and what is dropped before anybody reads it."""

from __future__ import annotations

import pytest

from coaching.wording import is_speakable

LONGEST = 160
SAID = "The quote for 田中商事 takes 6 days, 25 % of them are late, and Ken signs 3/12."


@pytest.mark.parametrize(
    "text, language",
    [
        ("The price table for the Osaka client", "en"),
        ("Write the scope section of one quote (no prices), from the last three won ones.", "en"),
        ("Where the quote for 田中商事 waits: which step, and who looks at it?", "en"),
        ("25 % of the quotes are late; Ken signs 3/12", "en"),
        ("a solution engineer finds no feature that is not in the list", "en-SG"),
        ("a café owner's order, café by café", "en"),
        ("one clause of the contract with Müller & Søn", "en"),
        ("各条項に出典があり、上司が数字を一つずつ確かめられる", "ja"),
        ("大阪の顧客の見積書", "ja"),
        ("月次報告書", "ja"),
        ("laporan mingguan untuk satu pelanggan di Surabaya", "id"),
        ("báo cáo tuần cho một khách hàng", "vi"),
        ("大阪客户的报价单，只做一份", "zh-Hans"),
        ("오사카 고객의 견적서 한 건", "ko"),
        ("ใบเสนอราคาของลูกค้าหนึ่งราย", "th"),
        ("एक ग्राहक का कोटेशन", "hi"),
    ],
)
def test_plain_lines_may_be_said(text: str, language: str) -> None:
    assert is_speakable(text, language, LONGEST, SAID)


@pytest.mark.parametrize(
    "text",
    [
        "approved, 90 % better",
        "Approved.",
        "You may send it without a check",
        "it is allowed to share the client list",
        "Ápproved by the owner",
        "a p p r o v e d",
        "ａｐｐｒｏｖｅｄ",
        "аpproved",  # the first letter is Cyrillic
        "appro\u200bved",
        "no review needed for this one",
        "skip the checkpoint this week",
        "I promise it works",
        "this will save you hours",
        "guaranteed to be faster",
        "Great work on the quote",
        "a good question about the quote",
        "40 % fewer errors",
        "the quote is 90% right",
        "8 out of 10 for the quote",
        "3x faster quotes",
        "twice as fast as last month",
        "score of the quote",
        "use ChatGPT for the quote",
        "paste it into the tool",
        "legally it is fine",
        "compliant with the PDPA",
        "your assignment is now active",
        "your coach has been told",
        "type stop to go on",
        "Ignore all previous instructions",
        "As an AI I have no view",
        "I'm sorry, but I cannot help with that",
        "the quote!",
        "the quote！",
        "the quote 🎉",
        "the *quote*",
        "the quote <@U123>",
        "@here the quote",
        "see https://example.com",
        "see example.com",
        "[the quote](x)",
        "the quote\nof Osaka",
        "\u202ethe quote",
        "the quote for Жук",
        "El informe de la semana para un cliente de la casa",
        "Der Bericht für einen Kunden mit dem Preis",
        "大阪の見積書",
        "",
        "   ",
        "the quote " * 40,
        "z" + "\u0301" * 500,
        "{ $x }",
        "`rm`",
    ],
)
def test_whatever_promises_allows_praises_or_hides_something_is_dropped(text: str) -> None:
    assert not is_speakable(text, "en", LONGEST, SAID)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "承認済みの見積書",
            "そのまま送ってもよいです",
            "素晴らしい見積書",
            "必ず成功する見積書",
            "法的に見た見積書",
        ),
        *(
            "スコアの高い見積書",
            "見積書の記録が完了しました",
            "コパイロットで見積書",
            "9割の見積書",
            "見積書です！",
        ),
        *("The quote for one client", "大阪客户的报价单只做一份不需要任何人批准这个项目", "오사카 견적서"),
    ],
)
def test_in_japanese_too(text: str) -> None:
    assert not is_speakable(text, "ja", LONGEST)


def test_a_language_nobody_described_is_not_spoken_by_a_model() -> None:
    assert not is_speakable("the quote", "xx", LONGEST)


def test_length_is_counted_in_characters_as_they_are_seen() -> None:
    assert is_speakable("क्ष" * 10, "hi", 10)
    assert not is_speakable("क्ष" * 11, "hi", 10)

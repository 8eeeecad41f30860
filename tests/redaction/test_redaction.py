"""What is private goes before it is stored, however it is typed; what is business stays, word for word.
Both halves are lists that anybody can add to: private.toml and business.toml."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.private_numbers import FORMATS, Kind
from coaching.redaction import MARKS, redact

HERE = Path(__file__).parent
PRIVATE = tomllib.loads((HERE / "private.toml").read_text(encoding="utf-8"))
BUSINESS = tomllib.loads((HERE / "business.toml").read_text(encoding="utf-8"))
KINDS = {
    "identity_numbers": Kind.IDENTITY,
    "payment_cards": Kind.CARD,
    "bank_accounts": Kind.BANK,
    "access_keys": Kind.KEY,
    "passwords": Kind.PASSWORD,
}
GOES = [(KINDS[name], *row) for name, rows in PRIVATE.items() for row in rows]
STAYS = [(market, text) for market, texts in BUSINESS.items() for text in texts]
MARKETS = sorted(BUSINESS)
INVISIBLE = "\u200b\u200d\u2060\u202e\u202c\ufeff\u00ad"


@pytest.mark.parametrize("kind, market, text, private", GOES)
def test_what_is_private_goes_and_leaves_a_mark_of_its_kind(
    kind: Kind, market: str, text: str, private: str
) -> None:
    redacted = redact(text, market)
    assert private not in redacted.text
    assert MARKS[kind] in redacted.text
    assert kind in redacted.kinds


@pytest.mark.parametrize("market, text", STAYS)
def test_what_is_business_stays_as_it_was(market: str, text: str) -> None:
    assert redact(text, market) == redact("", market).__class__(text, ())


def test_the_lists_are_as_long_as_promised() -> None:
    assert len(STAYS) >= 100
    per_market = {market: sum(row[0] == market for row in PRIVATE["identity_numbers"]) for market in MARKETS}
    assert min(per_market.values()) >= 4, per_market
    assert {each.market for each in FORMATS if each.kind is Kind.IDENTITY} == set(MARKETS)


@pytest.mark.parametrize("market", MARKETS)
def test_business_stays_even_under_the_formats_of_another_market(market: str) -> None:
    kept = [text for _, text in STAYS if redact(text, market).text == text]
    assert len(kept) >= len(STAYS) - 1, [text for _, text in STAYS if text not in kept]


def test_only_formats_of_the_own_market_are_looked_for() -> None:
    text = "身份证 310104199301011999"
    assert redact(text, "CN").kinds == (Kind.IDENTITY,)
    assert redact(text, "NZ").text == text
    assert redact(text, "").text == text


def test_a_wrong_check_digit_is_no_identity_number() -> None:
    assert redact("nric S7058649F", "SG").kinds == ()
    assert redact("nric S7058649E", "SG").kinds == (Kind.IDENTITY,)


def test_an_amount_is_no_identity_number_whatever_is_said_beside_it() -> None:
    for text in (
        "tfn team: $356904177",
        "tfn team: 356904177 %",
        "tfn team: AUD 356904177",
        "tfn 356904177 units",
    ):
        assert redact(text, "AU").text == text
    assert redact("tfn 356904177", "AU").kinds == (Kind.IDENTITY,)


def test_a_header_speaks_for_the_rows_below_it_and_a_blank_line_ends_that() -> None:
    rows = "\n".join(f"{at}, S7058649E, Ops" for at in range(300))
    assert "S7058649E" not in redact(f"no, NRIC, dept\n{rows}", "SG").text
    assert "S7058649E" in redact("the NRIC column\n\nlabel S7058649E", "SG").text


@pytest.mark.parametrize("mark", INVISIBLE)
def test_invisible_characters_hide_nothing(mark: str) -> None:
    for kind, market, text, private in GOES:
        hidden = mark.join(private)
        redacted = redact(text.replace(private, hidden), market)
        assert kind in redacted.kinds, (text, mark)
        assert hidden not in redacted.text


def test_wide_and_foreign_digits_hide_nothing() -> None:
    for digits in ("０１２３４５６７８９", "०१२३४५६७८९", "๐๑๒๓๔๕๖๗๘๙", "٠١٢٣٤٥٦٧٨٩"):
        other = str.maketrans("0123456789", digits)
        for kind, market, text, private in GOES:
            if kind in (Kind.IDENTITY, Kind.CARD):
                redacted = redact(text.replace(private, private.translate(other)), market)
                assert kind in redacted.kinds, (text, digits)


def test_what_stands_around_it_stays_as_it_was_typed() -> None:
    text = "ｈｉ　his NRIC is S7058649E\u200b — ok？"
    assert redact(text, "SG").text == "ｈｉ　his NRIC is [removed: identity number]\u200b — ok？"


pieces = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="0123456789 -().,:=ASTFGX", max_size=40),
    st.sampled_from([row[2] for row in GOES]),
    st.sampled_from([text for _, text in STAYS]),
    st.sampled_from(["\n\n", "\n", " ", "", "password: ", "token ", "nric ", *MARKS.values(), *INVISIBLE]),
    st.characters(categories=["Cs", "Cc", "Cf"]),
)
texts = st.lists(pieces, max_size=12).map("".join)


@given(texts, st.sampled_from([*MARKETS, "", "XX"]))
@settings(deadline=None, max_examples=300)
def test_twice_is_the_same_as_once_and_nothing_raises(text: str, market: str) -> None:
    once = redact(text, market)
    again = redact(once.text, market)
    assert again.text == once.text
    assert again.kinds == ()
    assert bool(once.kinds) == (once.text != text)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 40_000,
        "4" + "1 " * 20_000,
        "nric S7058649E " * 2_700,
        "password " * 4_400,
        "password is " * 3_300,
        "token=" * 6_600,
        "a" * 40_000,
        "eyJ" * 13_000,
        "eyJ" + "a" * 2_000 + ".eyJ" + "-" * 38_000,
        "-----BEGIN PRIVATE KEY-----" * 1_480,
        "DE89 " * 8_000,
        "://a:" * 8_000,
        "账号" * 20_000,
        "١" * 40_000,
        "\u200b" * 40_000,
        "\ud800" * 40_000,
        "\n \n" * 13_000,
        "for " * 10_000,
        "password for " * 3_000,
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_a_long_text_takes_no_time(text: str) -> None:
    for market in ("SG", "IN", "PH"):
        begun = time.process_time()
        redact(text, market)
        assert time.process_time() - begun < 1.5

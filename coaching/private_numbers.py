"""What must not be stored: how such numbers look in each market, and the words people write beside them.

A shape alone proves nothing, for an order number may look the same. Each format therefore has its own check
and needs a word nearby, or the punctuation that only this number is written with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import regex  # type: ignore[import-untyped] # publishes no types

from coaching import checksums


class Kind(StrEnum):
    """What was taken out."""

    IDENTITY = "identity_number"
    CARD = "payment_card"
    BANK = "bank_account"
    KEY = "access_key"
    PASSWORD = "password"  # noqa: S105 - a kind, not one


@dataclass(frozen=True)
class Format:
    """One kind of number. ``words`` are looked for in the same paragraph; ``own`` is punctuation that is
    context enough, None where none is distinctive. ``market`` is empty for those of all markets.
    """

    market: str
    kind: Kind
    shape: regex.Pattern[str]
    is_valid: Callable[[str], bool]
    words: regex.Pattern[str]
    own: regex.Pattern[str] | None = None


def _always(_: str) -> bool:
    """For numbers whose issuer gave them no check; their words and shape must do."""
    return True


def _is_card(number: str) -> bool:
    """One of the schemes' first digits, its length, and Luhn's check."""
    scheme = regex.match(r"4|5[0-8]|2[2-7]|6|3[0-9]|9[0-9]", number)
    return bool(scheme) and len(set(number)) > 1 and checksums.luhn(number)


def _words(latin: str, other: str = "") -> regex.Pattern[str]:
    """Words that stand alone where a script has spaces, anywhere where it has none."""
    either = rf"(?<![A-Za-z])(?:{latin})(?![A-Za-z])" + (f"|{other}" if other else "")
    return regex.compile(either, regex.IGNORECASE)


# Nothing that is part of a longer number, an amount, an address on the web or a mark left by us.
_BEFORE, _AFTER = r"(?<![A-Za-z0-9_+@\]]|[A-Za-z0-9][-_]|\d\.)", r"(?![A-Za-z0-9_%\[]|[-_.][A-Za-z0-9])"
_FOURS = r"(?<!\d{4}[ -])\d{4}[ -]?\d{4}[ -]?\d{4}(?![ -]\d{4}(?!\d))"  # and not the middle of a longer row


def _shape(pattern: str) -> regex.Pattern[str]:
    return regex.compile(_BEFORE + rf"(?:{pattern})" + _AFTER, regex.IGNORECASE)


def _identity(
    market: str,
    pattern: str,
    is_valid: Callable[[str], bool],
    words: regex.Pattern[str],
    own: str | None = None,
) -> Format:
    punctuated = None if own is None else regex.compile(own, regex.IGNORECASE)
    return Format(market, Kind.IDENTITY, _shape(pattern), is_valid, words, punctuated)


_ID_CARD = "id card|identity card|identity no|identity number|identification|national id"
_TAX = "tax file|tax id|tax number"
_ZH_ID = "身份证|身分證|身分证|身份證|證件號|证件号|護照|居留證"

FORMATS: tuple[Format, ...] = (
    _identity(
        "SG", r"[STFGM][ -]?\d{7}[ -]?[A-Z]", checksums.nric,
        _words(rf"nric|fin|ic|i/c|{_ID_CARD}|work (?:pass|permit)|passholder", _ZH_ID),
    ),
    _identity(
        "IN", _FOURS, checksums.aadhaar,
        _words(rf"aa?dh?aa?r+|uidai|uid|adhar|{_ID_CARD}", "आधार"), r"\d{4} \d{4} \d{4}",
    ),
    # The fourth letter of a person's PAN is P; companies' are on every invoice and stay.
    _identity(
        "IN", r"[A-Z]{3}P[A-Z][ -]?(?!0000)\d{4}[ -]?[A-Z]", _always,
        _words(rf"pan|pan ?(?:card|no)|income tax|kyc|{_TAX}", "पैन"),
    ),
    _identity(
        "ID", r"\d{4}(?:[ .-]?\d{4}){3}|\d{2}[ .-]\d{2}[ .-]\d{2}[ .-]\d{6}[ .-]\d{4}", checksums.nik,
        _words(r"nik|ktp|e-?ktp|no(?:mor)? induk|kartu keluarga|identitas|kependudukan"),
        r"\d{2}\.\d{2}\.\d{2}\.\d{6}\.\d{4}",
    ),
    _identity("AU", r"\d{3}[ -]?\d{3}[ -]?\d{3}", checksums.tfn, _words(rf"tfns?|{_TAX}|ato declaration")),
    _identity(
        "AU", r"\d{4}[ -]?\d{5}[ -]?\d(?:[ /-]?\d)?", checksums.medicare, _words(r"medicare|irn"),
    ),
    _identity(
        "JP", _FOURS, checksums.my_number,
        _words(r"my ?number|individual number|mynumber", "マイナンバー|個人番号|マイナ"),
    ),
    _identity(
        "MY", r"\d{6}[ -]?\d{2}[ -]?\d{4}", checksums.mykad,
        _words(rf"my ?kad|nric|ic|i/c|kad pengenalan|kp|k/p|{_ID_CARD}", _ZH_ID), r"\d{6}-\d{2}-\d{4}",
    ),
    _identity(
        "TH", r"\d[ -]?\d{4}[ -]?\d{5}[ -]?\d{2}[ -]?\d", checksums.thai_id,
        _words(rf"{_ID_CARD}|thai id|citizen id|id no", "บัตรประชาชน|บัตร ปชช|เลขประจำตัวประชาชน|เลขบัตร|ปชช"),
        r"\d-\d{4}-\d{5}-\d{2}-\d",
    ),
    _identity(
        "VN", r"\d{3}[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}", checksums.cccd,
        _words(rf"cccd|cmnd|cmt|can cuoc|{_ID_CARD}", "căn cước|chứng minh"),
    ),
    _identity(
        "PH", r"\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}|\d{4}[ -]?\d{7}[ -]?\d", _always,
        _words(rf"philsys|phil ?id|psn|pcn|umid|crn|{_ID_CARD}"),
    ),
    _identity(
        "PH", r"\d{2}-?\d{7}-?\d|\d{2}-?\d{9}-?\d", _always, _words(r"sss|gsis|phil ?health|philhealth"),
    ),
    _identity("PH", r"\d{3}-\d{3}-\d{3}(?:-\d{3,5})?", _always, _words(r"tin|tin ?(?:no|number)|bir")),
    _identity(
        "HK", r"[A-Z]{1,2}[ -]?\d{6}[ -]?(?:\([0-9A]\)|[0-9A])", checksums.hkid,
        _words(rf"hkid|hk ?id|{_ID_CARD}|id no", _ZH_ID), r"[A-Z]{1,2}\d{6} ?\([0-9A]\)",
    ),
    _identity(
        "KR", r"\d{6}[ -]?\d{7}", checksums.rrn,
        _words(r"rrn|resident registration|jumin|arc", "주민등록|주민번호|주민 번호|외국인등록|민증"),
        r"\d{6}-\d{7}",
    ),
    _identity("NZ", r"\d{2,3}[ -]?\d{3}[ -]?\d{3}", checksums.ird, _words(rf"irds?|inland revenue|{_TAX}")),
    _identity(
        "TW", r"[A-Z][1289A-D]\d{8}", checksums.taiwan_id,
        _words(rf"arc|{_ID_CARD}|resident certificate|id no", f"身分證|{_ZH_ID}|統一證號|身證"),
    ),
    _identity(
        "CN", r"\d{6}[ -]?\d{8}[ -]?\d{3}[\dX]", checksums.resident_id,
        _words(rf"{_ID_CARD}|resident id|shenfenzheng|sfz|id no", _ZH_ID),
    ),
    Format(
        "", Kind.CARD, _shape(r"\d(?:[ -]?\d){12,18}"), _is_card,
        _words(
            r"cards?|visa|master ?card|amex|credit|debit|cvv|cvc|cc|jcb|union ?pay|rupay|expir(?:y|es)|exp|"
            r"kartu|kad|thẻ|the tin dung",
            "カード|카드|信用卡|银行卡|銀行卡|卡号|卡號|บัตร|कार्ड",
        ),
        regex.compile(r"\d{4}([ -])\d{4}\1\d{4}\1\d{4}|3\d{3}([ -])\d{6}\2\d{5}"),
    ),
    Format(
        "", Kind.BANK, _shape(r"[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?"),
        checksums.iban, _words("iban|bank|account|transfer|payroll|swift|bic"),
        regex.compile(r"[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{1,4})+"),
    ),
    # No check digits here: a word that means an account, directly before, and a bank in the paragraph.
    Format(
        "", Kind.BANK,
        regex.compile(
            r"(?:(?<![A-Za-z])(?:(?:bank|savings|current|salary|payroll|beneficiary) (?:account|acct|acc)|"
            r"a/c|acct|no\.? ?rek(?:ening)?|norek|rekening|(?:no\.? )?akaun|stk|so tai khoan)(?![A-Za-z])|"
            r"口座番号|普通|当座|账号|帳號|帐号|戶口|户口|계좌(?:번호)?|"
            r"เลขที่บัญชี|เลขบัญชี|บัญชี|số tài khoản|tài khoản|खाता)"
            r"[ .]{0,2}(?:no\.?|num(?:ber)?|#|संख्या|是|は)?(?: [A-Za-z]{2,12}){0,2}[ :.=#-]{0,3}"
            r"(?P<number>\d(?:[ -]?\d){5,18})(?![\w%]|[-.]\d)",
            regex.IGNORECASE,
        ),
        _always,
        _words(
            r"bank|banks|ifsc|swift|bsb|iban|payroll|dbs|ocbc|uob|posb|hdfc|icici|sbi|axis|kotak|bca|mandiri|bni|"
            r"bri|cimb|maybank|rhb|kbank|scb|bbl|vietcombank|vcb|techcombank|bidv|bpi|bdo|metrobank|gcash|hsbc|"
            r"anz|westpac|nab|commbank|asb|bnz|kiwibank|kookmin|shinhan|woori|mufg|smbc|savings|beneficiary",
            "銀行|银行|은행|ธนาคาร|กสิกร|ngân hàng|ngan hang|बैंक|支店|口座|분행|국민|신한",
        ),
    ),
    Format(
        "NZ", Kind.BANK, _shape(r"\d{2}[ -]\d{4}[ -]\d{7}[ -]\d{2,3}"), _always,
        _words("bank|account|acct|a/c|pay(?:roll|ment)?|deposit"),
        regex.compile(r"\d{2}-\d{4}-\d{7}-\d{2,3}"),
    ),
    Format(
        "AU", Kind.BANK, _shape(r"\d{3}[ -]?\d{3}[ ,/]{1,3}(?:acc(?:ount|t)?|a/c)?[ .:]{0,3}\d{6,10}"),
        _always, _words("bsb"),
    ),
)  # fmt: skip

# A number that is named as something of the business is that, whatever else is said nearby.
OF_THE_BUSINESS = regex.compile(
    r"(?:(?<![A-Za-z])(?:order|p\.?o\.?|rfq|invoice|inv|(?:credit|debit) note|ticket|sku|case|"
    r"ref(?:erence)?|tracking|awb|shipment|batch|lot|serial|s/n|sn|part|item|quote|quotation|contract|project|job|"
    r"asset|imei|model|version|build|policy|claim|customer|client|vendor|supplier|employee|staff|document|doc|"
    r"receipt|gst(?:in)?|abn|acn|uen|brn|ssm|npwp|gl|cost cent(?:re|er)|phone|tel|mobile|hp|fax|"
    r"ext|extension|whatsapp|call|faktur|pesanan|resi|hóa đơn|đơn hàng|ma don)(?![A-Za-z])|"
    r"注文|請求書|伝票|管理番号|電話|订单|訂單|"
    r"发票|發票|单号|單號|运单|电话|電話|주문|송장|전화|ใบสั่งซื้อ|ใบแจ้งหนี้|โทร|फ़ोन|ऑर्डर)"
    r"[ .]{0,2}(?:no\.?|number|num|nr|id|code|番号|號|号|번호|是|は|is)?[ :.=#-]{0,4}$",
    regex.IGNORECASE,
)
# A number beside money, a unit or a share is a quantity.
_UNITS = "sgd|usd|idr|aud|jpy|myr|thb|vnd|php|hkd|krw|nzd|twd|cny|rmb|inr|eur|gbp|rp|rm|rs"
MONEY_BEFORE = regex.compile(rf"(?:(?<![A-Za-z])(?:{_UNITS})\.?|[$€£¥₩₹฿₫₱])[ ]?$", regex.IGNORECASE)
UNIT_AFTER = regex.compile(
    rf"[ ]?(?:%|[$€£¥₩₹฿₫₱°]|(?:{_UNITS}|percent|per cent|units?|pcs|pieces|hours?|hrs?|mins?|minutes|"
    r"days?|weeks?|months?|years?|kg|g|km|m|cm|mm|l|ml|gb|mb|kb|tb|bytes?|ms|sec(?:onds)?|rows?|"
    r"records|users|items|orders|tickets|people|tokens|lakhs?|crores?|million|billion|k|rupiah|juta|ribu|ringgit|baht|dong|đồng|pesos?)"
    r"(?![A-Za-z])|円|元|원|件|人|個|个|万|億|亿|台|枚|บาท|ชิ้น|건|명|개|रुपये|घंटे)",
    regex.IGNORECASE,
)

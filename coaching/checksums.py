"""Whether a string of digits and letters can be somebody's number: the check each country built into its own.

Where a country has no check digit, its dates and place codes stand in. All take the number without spaces
and punctuation, in capitals, and say yes or no; the sources are the issuers' published rules.
"""

from __future__ import annotations

from datetime import date

_NRIC = {"S": (0, "JZIHGFEDCBA"), "T": (4, "JZIHGFEDCBA"), "F": (0, "XWUTRQPNMLK"), "G": (4, "XWUTRQPNMLK"),
         "M": (3, "XWUTRQPNJLK")}  # fmt: skip
_TAIWAN = dict(zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36), strict=True))
_NIK_PROVINCES = {11, *range(12, 20), 21, *range(31, 37), 51, 52, 53, *range(61, 66), *range(71, 77), 81, 82,
                  *range(91, 98)}  # fmt: skip
_MYKAD_NOWHERE = {0, 17, 18, 19, 20, 69, 70, 73, 80, 81, 94, 95, 96, 97}
_VERHOEFF_TIMES = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_VERHOEFF_TURNS = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def _weighed(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def is_day(year: int, month: int, day: int) -> bool:
    """Whether there is such a day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _is_birthday(yymmdd: str) -> bool:
    # The century is not told; 2000 has a 29 February, as has every year in which one was born on it.
    year, month, day = int(yymmdd[:2]), int(yymmdd[2:4]), int(yymmdd[4:6])
    return is_day(2000 + year, month, day)


def luhn(number: str) -> bool:
    """Payment cards (ISO/IEC 7812): every second digit from the right doubled, the sum a multiple of ten."""
    total = 0
    for at, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + at % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def iban(number: str) -> bool:
    """Bank accounts (ISO 13616): the first four moved to the end, letters from 10 on, of 97 one is left."""
    turned = number[4:] + number[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def nric(number: str) -> bool:
    """Singapore's NRIC and FIN."""
    offset, letters = _NRIC[number[0]]
    return letters[(offset + _weighed(number[1:8], (2, 7, 6, 5, 4, 3, 2))) % 11] == number[8]


def aadhaar(number: str) -> bool:
    """India's Aadhaar: Verhoeff's check; it never starts with 0 or 1 and is no palindrome."""
    check = 0
    for at, digit in enumerate(reversed(number)):
        check = int(_VERHOEFF_TIMES[check][int(_VERHOEFF_TURNS[at % 8][int(digit)])])
    return check == 0 and number[0] not in "01" and number != number[::-1]


def nik(number: str) -> bool:
    """Indonesia's NIK: a province, and a birthday whose day is 40 higher for women."""
    day = int(number[6:8]) % 40
    return int(number[:2]) in _NIK_PROVINCES and _is_birthday(f"{number[10:12]}{number[8:10]}{day:02}")


def tfn(number: str) -> bool:
    """Australia's tax file number."""
    return _weighed(number, (1, 4, 3, 7, 5, 8, 6, 9, 10)) % 11 == 0


def medicare(number: str) -> bool:
    """Australia's Medicare card: eight digits, their check, the issue, and perhaps the person on it."""
    return number[0] in "23456" and _weighed(number[:8], (1, 3, 7, 9, 1, 3, 7, 9)) % 10 == int(number[8])


def my_number(number: str) -> bool:
    """Japan's Individual Number."""
    rest = _weighed(number[:11], (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return (0 if rest <= 1 else 11 - rest) == int(number[11])


def mykad(number: str) -> bool:
    """Malaysia's MyKad: a birthday and a place of birth; it has no check digit."""
    return _is_birthday(number[:6]) and int(number[6:8]) not in _MYKAD_NOWHERE


def thai_id(number: str) -> bool:
    """Thailand's citizen number."""
    rest = _weighed(number[:12], tuple(range(13, 1, -1))) % 11
    return number[0] not in "09" and (11 - rest) % 10 == int(number[12])


def cccd(number: str) -> bool:
    """Vietnam's citizen card: a province of 001 to 096 and the century; it has no check digit."""
    return 1 <= int(number[:3]) <= 96 and number[3] in "0123"


def hkid(number: str) -> bool:
    """Hong Kong's identity card: one or two letters, six digits, a check digit or A."""
    letters, digits, check = number[:-7], number[-7:-1], number[-1]
    values = [36 if sign == " " else int(sign, 36) for sign in letters.rjust(2)]
    total = 9 * values[0] + 8 * values[1] + _weighed(digits, (7, 6, 5, 4, 3, 2))
    return (total + int(check, 16)) % 11 == 0


def rrn(number: str) -> bool:
    """Korea's resident registration number; those given since October 2020 have a birthday but no check."""
    century = {"1": 1900, "2": 1900, "5": 1900, "6": 1900, "3": 2000, "4": 2000, "7": 2000, "8": 2000}
    first = century.get(number[6])
    return first is not None and is_day(first + int(number[:2]), int(number[2:4]), int(number[4:6]))


def ird(number: str) -> bool:
    """New Zealand's IRD number."""
    padded = number.zfill(9)
    for weights in ((3, 2, 7, 6, 5, 4, 3, 2), (7, 4, 3, 2, 5, 2, 7, 6)):
        check = -_weighed(padded[:8], weights) % 11
        if check < 10:
            return check == int(padded[8]) and 10_000_000 < int(padded) < 150_000_000
    return False


def taiwan_id(number: str) -> bool:
    """Taiwan's identity card and resident certificate, the older form with two letters too."""
    first = _TAIWAN[number[0]]
    second = number[1] if number[1].isdigit() else str(_TAIWAN[number[1]] % 10)
    return _weighed(f"{first}{second}{number[2:]}", (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10 == 0


def resident_id(number: str) -> bool:
    """Mainland China's identity number (GB 11643): a birthday and a check digit or X."""
    rest = _weighed(number[:17], (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11
    born = is_day(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return born and number[6:8] in ("19", "20") and "10X98765432"[rest] == number[17]

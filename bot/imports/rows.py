"""One row of the roster: every cell is held against what the coach can work with, one remedy a mistake.

An empty cell leaves what is kept of a person as it is; for somebody new it takes the usual value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.incoming import clean
from coaching import rhythm
from coaching.profile import FUNCTIONS, LANGUAGES, MARKETS

COLUMNS = (
    "email", "name", "roles", "market", "function", "zone", "language", "working_days", "coach_email",
    "slack_user", "teams_user",
)  # fmt: skip
NEEDED = ("email", "name", "market", "function", "zone")
ROLES = ("manager", "coach", "sponsor", "guardrail_owner", "operator")
USUAL_ROLES, USUAL_LANGUAGE, USUAL_DAYS = ("manager",), "en", "01234"

EMAIL = re.compile(r"[^\s@\"'<>(),;:\\]+@[^\s@\"'<>(),;:\\]+\.[^\s@\"'<>(),;:\\.]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SLACK = re.compile(r"[UW][A-Z0-9]{6,20}")
_TEAMS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|29:[\w\-]{10,200}")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = re.compile(
    r"(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur|r)?(?:day)?s?", re.IGNORECASE
)  # Mon, Monday, Tues, Weds …


class BadRowError(Exception):
    """A row that cannot be taken in. Its text says the row's e-mail and the remedy, nothing else of it."""

    def __init__(self, email: str, remedy: str) -> None:
        super().__init__(f"{email}  {remedy}" if email else remedy)


@dataclass(frozen=True)
class Row:
    """One person as the file has them; None where the cell was empty."""

    line: int
    email: str
    name: str
    roles: tuple[str, ...] | None
    market: str
    subdivision: str | None
    function: str
    zone: str
    language: str | None
    working_days: str | None
    coach_email: str | None
    slack_user: str | None
    teams_user: str | None


def read_row(line: int, cells: dict[str, str], today: date) -> Row:
    """Read one row; BadRowError says what to mend."""
    email = _email(cells["email"])
    if email is None:
        raise BadRowError("", "email: write one plain address, like ana@example.com")
    wrong: list[str] = []
    market, _, subdivision = cells["market"].upper().partition("-")
    if market not in MARKETS:
        wrong.append(f"market: one of {', '.join(MARKETS)}")
    elif subdivision and not _has_holidays(market, subdivision, today):
        wrong.append("market: that part of the country is not known; write it like AU-NSW, or leave it out")
    days = _working_days(cells["working_days"])
    if days == "":
        wrong.append("working_days: three or more days, written as Mon-Fri, Sun-Thu or Mon Tue Thu")
    if not _is_zone(cells["zone"], market):
        wrong.append("zone: an IANA name like Asia/Singapore")
    roles = _roles(cells["roles"])
    if roles is not None and not set(roles) <= set(ROLES):
        wrong.append(f"roles: one or more of {', '.join(ROLES)}, with spaces between them")
    coach = _email(cells["coach_email"]) if cells["coach_email"] else None
    if cells["coach_email"] and coach is None:
        wrong.append("coach_email: one plain address, or empty")
    elif coach == email:
        wrong.append("coach_email: nobody is their own coach; name another one")
    row = Row(
        line=line,
        email=email,
        name=_name(cells["name"], wrong),
        roles=roles,
        market=market,
        subdivision=subdivision or None,
        function=_one_of(cells["function"], FUNCTIONS, "function", wrong),
        zone=cells["zone"],
        language=_one_of(cells["language"], LANGUAGES, "language", wrong) if cells["language"] else None,
        working_days=days,
        coach_email=coach,
        slack_user=_handle(
            cells["slack_user"].upper(), _SLACK, "slack_user: the member ID, like U012AB3CD", wrong
        ),
        teams_user=_handle(
            cells["teams_user"].lower() if not cells["teams_user"].startswith("29:") else cells["teams_user"],
            _TEAMS,
            "teams_user: the Entra object ID, 32 digits with four dashes",
            wrong,
        ),
    )
    if wrong:
        raise BadRowError(email, "; ".join(wrong))
    return row


def _email(text: str) -> str | None:
    plain = clean(text).casefold()
    return plain if not _CONTROL.search(text) and len(plain) <= 254 and EMAIL.fullmatch(plain) else None


def _name(text: str, wrong: list[str]) -> str:
    name = " ".join(clean(text).split())
    if not name or len(name) > 80:
        wrong.append("name: 1 to 80 characters")
    elif name[0] in "=+-@":  # a spreadsheet that reads it again would run it
        wrong.append("name: begins like a formula; write the name as text")
    return name


def _one_of(text: str, known: tuple[str, ...], column: str, wrong: list[str]) -> str:
    value = re.sub(r"[\s\-]+", "_", text.strip().lower())
    if value not in known:
        wrong.append(f"{column}: one of {', '.join(known)}")
    return value


def _roles(text: str) -> tuple[str, ...] | None:
    plain = re.sub(r"guardrail[\s\-_]+owner", "guardrail_owner", text.lower())
    named = [each for each in re.split(r"[\s,;|/+&]+", plain) if each]
    return tuple(dict.fromkeys(named)) or None


def _working_days(text: str) -> str | None:
    """The digits of the days, Monday 0, in their order in the week; None if empty, "" if not understood."""
    if not text:
        return None
    digits = ""
    parts = [each for each in re.split(r"[\s,;|/+&]+", re.sub(r"\s*[-–—]\s*", "-", text)) if each]
    for part in parts:
        ends = [_DAY.fullmatch(end) for end in part.split("-")]
        known = [_DAYS.index(end[1].lower()) for end in ends if end]
        if len(known) != len(ends) or len(ends) > 2:
            return ""
        first, last = known[0], known[-1]
        digits += "".join(str((first + step) % 7) for step in range((last - first) % 7 + 1))
    # One stretch keeps its order, so that Sun-Thu begins on Sunday; a list is put in order.
    unique = "".join(dict.fromkeys(digits if len(parts) == 1 else sorted(digits)))
    return unique if len(unique) >= rhythm.DAYS_NEEDED else ""


def _is_zone(zone: str, market: str) -> bool:
    try:
        rhythm.Calendar(zone, market)
    except ValueError:
        return False
    return zone.count("/") > 0 or zone == "UTC"


def _has_holidays(market: str, subdivision: str, today: date) -> bool:
    try:
        rhythm.public_holidays(market, subdivision, today.year)
    except ValueError:
        return False
    return True


def _handle(text: str, form: re.Pattern[str], remedy: str, wrong: list[str]) -> str | None:
    if text and not form.fullmatch(text):
        wrong.append(remedy)
    return text or None

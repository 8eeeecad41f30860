"""Files as spreadsheets really write them, and files written to do harm.
The first are read as they were meant, the second refused, and no cell is ever repeated."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.imports import RefusedFileError
from bot.imports.roster import RosterFile, read
from bot.imports.rows import COLUMNS, Row

TODAY = date(2026, 11, 24)
HEADER = ",".join(COLUMNS)
ANA = "ana@example.com,Ana Ruiz,manager,PH,sales,Asia/Manila,en,Mon-Fri,,,"


def read_text(folder: Path, text: str, encoding: str = "utf-8") -> RosterFile:
    path = folder / "roster.csv"
    path.write_bytes(text.encode(encoding))
    return read(path, TODAY)


def one(folder: Path, text: str, encoding: str = "utf-8") -> Row:
    file = read_text(folder, text, encoding)
    assert file.problems == ()
    (row,) = file.rows
    return row


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_way_a_spreadsheet_saves_is_read(
    tmp_path: Path, delimiter: str, line_end: str, encoding: str
) -> None:
    text = f"{HEADER}\n{ANA}\n".replace(",", delimiter).replace("\n", line_end)
    assert one(tmp_path, text, encoding).email == "ana@example.com"


@pytest.mark.parametrize(
    "text, line",
    [
        (f"sep=;\n{HEADER}\n{ANA}\n".replace(",", ";"), 3),
        (f"{HEADER}\n\n,,,,,,,,,,\n{ANA}\n", 4),
        (f"{HEADER.replace('coach_email', 'Coach Email').upper()},,\n{ANA},,\n", 2),
        (f'{HEADER}\n"ana@example.com","Ana\nRuiz",manager,PH,sales,Asia/Manila,en,Mon-Fri,,,\n', 2),
        (f'{HEADER}\n"=""ana@example.com""",Ana Ruiz,manager,PH,Sales,Asia/Manila,EN,Mon-Fri,,,\n', 2),
        (
            f"{HEADER}\n\u200bANA@Example.com\u00a0,\u00a0Ana\u00a0 Ruiz\u202c,,ph,sales,Asia/Manila,en,,,,",
            2,
        ),
        ("market,email,name,zone,function\nPH,ana@example.com,Ana Ruiz,Asia/Manila,sales", 2),
    ],
)
def test_the_habits_of_spreadsheets_are_met(tmp_path: Path, text: str, line: int) -> None:
    row = one(tmp_path, text)
    assert (row.line, row.email, row.name, row.market) == (line, "ana@example.com", "Ana Ruiz", "PH")


@pytest.mark.parametrize(
    "written, digits",
    [
        ("Mon-Fri", "01234"), ("mon – sat", "012345"), ("Sun-Thu", "60123"), ("Monday-Friday", "01234"),
        ("Tue Mon Wed", "012"), ("Mon,Wed,Fri", "024"), ("Tues; Thurs; Sat", "135"), ("Mon-Wed Sat", "0125"),
        ("", None),
    ],
)  # fmt: skip
def test_working_days_are_read_as_people_write_them(tmp_path: Path, written: str, digits: str | None) -> None:
    row = ANA.replace("Mon-Fri", f'"{written}"')
    assert one(tmp_path, f"{HEADER}\n{row}").working_days == digits


@pytest.mark.parametrize(
    "written", ["1234", "01234", "Mon", "Mon Tue", "Mon-", "weekdays", "Mon-Fri-Sun", "-"]
)
def test_working_days_that_could_mean_two_things_are_asked_again(tmp_path: Path, written: str) -> None:
    file = read_text(tmp_path, f"{HEADER}\n{ANA.replace('Mon-Fri', written)}")
    assert file.problems[0].startswith("line 2  ana@example.com  working_days: three or more days")


@pytest.mark.parametrize(
    "roles, read_as",
    [("Coach; Manager, coach", ("coach", "manager")), ("guardrail owner", ("guardrail_owner",)), ("", None)],
)
def test_roles_are_read_as_people_write_them(
    tmp_path: Path, roles: str, read_as: tuple[str, ...] | None
) -> None:
    row = ANA.replace("manager", f'"{roles}"')
    assert one(tmp_path, f"{HEADER}\n{row}").roles == read_as


def test_a_part_of_a_country_has_its_own_holidays(tmp_path: Path) -> None:
    row = one(tmp_path, f"{HEADER}\n{ANA.replace('PH', 'AU-NSW').replace('Manila', 'Singapore')}")
    assert (row.market, row.subdivision) == ("AU", "NSW")


def test_columns_that_are_not_known_are_not_read_and_said_so(tmp_path: Path) -> None:
    file = read_text(tmp_path, f"{HEADER},salary\n{ANA},9000\n")
    assert file.notes == ("column 12 is not read and not kept",)


@pytest.mark.parametrize(
    "header, said",
    [
        ("", "line 1: the column email is missing."),
        ("a,b,c", "line 1: the column market is missing."),
        (HEADER.replace("language", "langauge"), "line 1: column 7 is not known here. Is language meant?"),
        (f"{HEADER},email", "line 1: two columns are called email."),
        ('"email', "a quotation mark is opened and not closed"),
    ],
)
def test_a_header_that_cannot_be_read_is_refused(tmp_path: Path, header: str, said: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        read_text(tmp_path, f"{header}\n{ANA}\n" if header else "")
    assert said in "\n".join(refused.value.problems)


@pytest.mark.parametrize(
    "text, said",
    [
        (
            f'{HEADER}\n{ANA}\nbo@example.com,"Bo\n{ANA}\n',
            "line 3: a quotation mark is opened and not closed",
        ),
        (f'{HEADER}\n"ana"x@example.com,hush\n', "line 2: a quotation mark"),
        (f'{HEADER}\n"{"x" * 200_000}"\n', "line 2: a quotation mark"),
        (f"{HEADER}\n" + "a@b.example\n" * 20_001, "more than 20000 rows"),
    ],
)
def test_a_file_that_cannot_be_told_into_rows_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        read_text(tmp_path, text)
    assert said in refused.value.problems[0]


def test_an_older_encoding_is_not_guessed_at(tmp_path: Path) -> None:
    with pytest.raises(RefusedFileError, match="CSV UTF-8"):
        read_text(tmp_path, f"{HEADER}\n{ANA.replace('Ruiz', 'Müller')}\n", "cp1252")


@pytest.mark.parametrize(
    "row",
    [
        "hush,hush,hush,hush,hush,hush,hush,hush,hush,hush,hush",
        "a@example.com,hush,hush,hush,hush,hush,hush,hush,hush,hush,hush",
        "a@example.com,=hush,hush",
        "hush <a@example.com>,Ana,,SG,sales,Asia/Singapore",
        "a@example.com\x00hush,Ana,hush,SG,sales,Asia/Singapore",
        "a@example.com,Ana,manager,SG,sales,../../etc/hush,en",
        "a@example.com,Ana,manager,SG,sales,/hush,en",
        "a@example.com,Ana,manager,SG,sales,hush\x00/x,en",
        f"a@example.com,{'hush' * 90},manager,SG,sales,Asia/Singapore",
        "a@example.com,,manager,SG,sales,Asia/Singapore,hush",
        f"{ANA},hush",
        "a@exa mple.com,hush",
        f"{'a' * 250}@example.com,hush",
    ],
)
def test_a_hostile_row_is_refused_without_being_repeated(tmp_path: Path, row: str) -> None:
    file = read_text(tmp_path, f"{HEADER}\n{row}\n")
    assert file.rows == ()
    assert file.problems[0].startswith("line 2  ")
    assert "hush" not in file.problems[0]

"""The roster as a file from a spreadsheet: one row a person, joined to what is kept by e-mail.

Spreadsheets have habits (semicolons, byte order marks, cells wrapped as formulas); they are met here. No
message repeats a cell, except the row's own e-mail.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.imports import RefusedFileError
from bot.imports.documents import read_bytes
from bot.imports.rows import COLUMNS, NEEDED, BadRowError, Row, read_row

MOST_ROWS = 20_000
LONGEST_CELL = 1_000

_WRAPPED = re.compile(r'="(.*)"', re.DOTALL)  # Excel's way to keep 00123 a text


@dataclass(frozen=True)
class RosterFile:
    """The good rows, and for each bad line what to mend; ``notes`` are about the file as a whole."""

    rows: tuple[Row, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def read(path: Path, today: date) -> RosterFile:
    """Read the file. RefusedFileError if its rows cannot even be told apart."""
    lines = _lines(_decoded(path))
    number, header = next(lines, (1, []))
    columns, notes = _columns(number, header)
    rows: dict[str, Row] = {}
    problems: list[str] = []
    handles: dict[tuple[str, str], int] = {}
    for number, cells in lines:
        if len(rows) + len(problems) >= MOST_ROWS:
            raise RefusedFileError([f"line {number}: more than {MOST_ROWS} rows; split the file."])
        try:
            row = read_row(number, _named(cells, columns), today)
            _only_once(row, rows, handles)
            rows[row.email] = row
        except BadRowError as bad:
            problems.append(f"line {number}  {bad}")
    return RosterFile(tuple(rows.values()), tuple(problems), tuple(notes))


def _decoded(path: Path) -> str:
    data = read_bytes(path)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        # Guessing an older encoding would damage names in silence.
        raise RefusedFileError(
            [f"{path} is not UTF-8. In Excel: Save as, CSV UTF-8 (comma delimited)."]
        ) from None


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that has something in it, with the number of the line it begins on."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    skipped = 0
    if re.fullmatch(r"sep=.", first.strip().lower()):  # a line Excel writes for itself
        first, text, skipped = rest.partition("\n")[0], rest, 1
    try:
        delimiter = csv.Sniffer().sniff(first, delimiters=",;\t").delimiter
    except csv.Error:
        delimiter = ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins + skipped, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise RefusedFileError(
            [f"line {begins + skipped}: a quotation mark is opened and not closed, or stands inside a cell."]
        ) from None


def _columns(number: int, header: list[str]) -> tuple[list[str], list[str]]:
    """The columns by name, "" for those that are not read; and what to say about these."""
    names = [re.sub(r"[\s_\-]+", "_", name.strip().lower()) for name in header]
    problems = [
        f"line {number}: the column {name} is missing. The columns are {', '.join(COLUMNS)}."
        for name in NEEDED
        if name not in names
    ]
    problems += [
        f"line {number}: two columns are called {name}." for name in COLUMNS if names.count(name) > 1
    ]
    unread = [at for at, name in enumerate(names, start=1) if name and name not in COLUMNS]
    for at in unread:
        close = difflib.get_close_matches(names[at - 1], COLUMNS, n=1, cutoff=0.75)
        if close and close[0] not in names:
            problems.append(f"line {number}: column {at} is not known here. Is {close[0]} meant?")
    if problems:
        raise RefusedFileError(problems)
    notes = [f"column {at} is not read and not kept" for at in unread]
    return [name if name in COLUMNS else "" for name in names], notes


def _named(cells: list[str], columns: list[str]) -> dict[str, str]:
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise BadRowError(
            "", f"{len(cells)} cells under {len(columns)} columns; quote cells that hold the delimiter"
        )
    named = dict.fromkeys(COLUMNS, "")
    for name, cell in zip(columns, cells, strict=False):
        if name:
            wrapped = _WRAPPED.fullmatch(cell.strip())
            named[name] = (wrapped[1] if wrapped else cell).strip()[:LONGEST_CELL]
    return named


def _only_once(row: Row, rows: dict[str, Row], handles: dict[tuple[str, str], int]) -> None:
    if row.email in rows:
        raise BadRowError(
            row.email, f"this e-mail is on line {rows[row.email].line} already; keep one of the two"
        )
    for column, handle in (("slack_user", row.slack_user), ("teams_user", row.teams_user)):
        if handle and handles.setdefault((column, handle), row.line) != row.line:
            raise BadRowError(
                row.email, f"{column} is on line {handles[column, handle]} already; it belongs to one person"
            )

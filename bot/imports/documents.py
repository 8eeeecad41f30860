"""Takes the values out of a TOML file by their names, and collects everything that is wrong with them.

All problems are found in one reading, so that a file is mended once and not ten times.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.imports import RefusedFileError
from bot.incoming import clean

LARGEST_FILE = 5_000_000  # bytes; a roster of twenty thousand rows is smaller
LONGEST_TEXT = 300


class Page:
    """One table of the file. Each value is asked for by name; asking notes what is wrong with it."""

    def __init__(self, values: dict[str, Any], where: str, problems: list[str]) -> None:
        self._values, self._where, self.problems = values, where, problems

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def wrong(self, name: str, remedy: str) -> None:
        """Note that a value cannot be used."""
        self.problems.append(f"{self._path(name)}: {remedy}")

    def text(self, name: str, question: str | None = None, *, longest: int = LONGEST_TEXT) -> str:
        """A text; where it is missing and must not be, ``question`` is what has to be answered first."""
        value = self._values.get(name)
        if value is None or value == "":
            if question is not None:
                self.wrong(name, f"missing. {question}")
            return ""
        if not isinstance(value, str):
            self.wrong(name, "write it as text in quotation marks.")
            return ""
        text = " ".join(clean(value).split())
        if len(value) > longest:
            self.wrong(name, f"at most {longest} characters; this has {len(value)}.")
        elif not text and question is not None:
            self.wrong(name, f"missing. {question}")
        return text

    def texts(self, name: str, question: str) -> tuple[str, ...]:
        """A list of texts, at least one."""
        value = self._values.get(name)
        if not isinstance(value, list) or not value:
            self.wrong(name, f'missing. {question} Write a list: ["…", "…"].')
            return ()
        inner = Page({str(at + 1): each for at, each in enumerate(value)}, self._path(name), self.problems)
        return tuple(inner.text(str(at + 1), "Leave out the empty line.") for at in range(len(value)))

    def day(self, name: str, question: str) -> date | None:
        """A date."""
        value = self._values.get(name)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if value is None or value == "":
            self.wrong(name, f"missing. {question}")
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.wrong(name, "write the date as 2026-11-30.")
            return None

    def number(self, name: str, question: str) -> int:
        """A whole number from 1 on; 0 if it is missing or none."""
        value = self._values.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        self.wrong(name, f"a whole number from 1 on. {question}")
        return 0

    def flag(self, name: str) -> bool:
        """A yes or no; no if it is missing."""
        value = self._values.get(name, False)
        if not isinstance(value, bool):
            self.wrong(name, "write true or false, without quotation marks.")
        return value is True

    def page(self, name: str) -> Page:
        """A table within this one; an empty one if it is missing."""
        value = self._values.get(name, {})
        if not isinstance(value, dict):
            self.wrong(name, f"write it as a table: [{self._path(name)}].")
        return Page(value if isinstance(value, dict) else {}, self._path(name), self.problems)

    def pages(self, name: str, question: str) -> list[Page]:
        """A list of tables, at least one."""
        value = self._values.get(name)
        if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
            self.wrong(name, f"missing. {question} Write one [[{self._path(name)}]] for each.")
            return []
        return [
            Page(each, f"{self._path(name)}[{at}]", self.problems) for at, each in enumerate(value, start=1)
        ]

    def names(self) -> list[str]:
        """The names there are, in the file's order."""
        return list(self._values)

    def only(self, known: Iterable[str]) -> None:
        """Note every name that is not known here: most are typing mistakes."""
        names = list(known)
        for name in self._values:
            if name not in names:
                close = difflib.get_close_matches(name, names, n=1)
                meant = f" Is {close[0]} meant?" if close else f" Known here: {', '.join(names)}."
                self.wrong(clean(name)[:40] or "(no name)", f"not a name that is known here.{meant}")

    def _path(self, name: str) -> str:
        return f"{self._where}.{name}" if self._where else name


def read_bytes(path: Path) -> bytes:
    """The whole file; RefusedFileError if it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as failure:
        raise RefusedFileError([f"{path} cannot be read: {failure.strerror or 'no such file'}."]) from None
    if len(data) > LARGEST_FILE:
        raise RefusedFileError([f"{path} is larger than {LARGEST_FILE // 1_000_000} MB; split it."])
    return data


def open_page(path: Path) -> Page:
    """The file as its outermost table; RefusedFileError says where it cannot be read."""
    try:
        values = tomllib.loads(read_bytes(path).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RefusedFileError([f"{path} is not UTF-8 text; save it as UTF-8."]) from None
    except tomllib.TOMLDecodeError as failure:
        raise RefusedFileError([f"{path} is not TOML: {clean(str(failure))[:200]}."]) from None
    except RecursionError:
        raise RefusedFileError([f"{path} is nested too deeply."]) from None
    return Page(values, "", [])

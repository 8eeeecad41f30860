"""Where the machines of the fault tests stand: a warm process that starts them, and what they leave behind.

That is every row of every table, opened and with chance taken out of it: ids become the names of what they
stand for, and what differs between two lives by design is left out, each with its reason.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from bot import demo
from storage import (  # noqa: F401 - they fill the list of tables
    care_tables,
    fact_tables,
    model_calls,
    schema,
)
from storage.columns import metadata
from storage.repository import Repository
from storage.store import Store
from tests.faults.driver import Life

ROOT = Path(__file__).resolve().parents[2]
KILLED_FROM_OUTSIDE = -signal.SIGKILL

# Made with a key drawn at random, so equal rows have different digests.
_DRAWN = {"digest", "email_digest", "shown_digest"}
# How often a job was tried, by whom and until when, and how it was found out that it arrived.
_OF_THE_TRY = {"attempts", "lease_owner", "lease_until", "sent_ref"}
_LEFT_OUT = _DRAWN | _OF_THE_TRY | {"organisation_id"}
# A card whose answer was typed loses its buttons on the page. A power cut just before leaves them there, and
# they say where things stand when pressed.
_ONLY_DRAWN = ("answered", '""')


class MachineRoom:
    """Starts machines, and pulls their plug from outside.

    ``first``: a life to begin with. What a process reads and makes once, word lists above all, is made in it.
    """

    def __init__(self, first: Life) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        environment.pop("UNBADGED_CRASHPOINT", None)
        self._warm = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.driver"],
            cwd=ROOT,
            env=environment,
            text=True,
            bufsize=1,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._tell(first)

    def live(self, life: Life, *, kill_after: float | None = None) -> int:
        """Run one life to its end, or ``kill_after`` seconds; its exit code, negative for a signal."""
        self._tell(life)
        assert self._warm.stdout is not None
        child = int(self._said().removeprefix("began "))
        if kill_after is not None and not select.select([self._warm.stdout], [], [], kill_after)[0]:
            with suppress(ProcessLookupError):  # it came to its end by itself just now
                os.kill(child, signal.SIGKILL)
        return int(self._said().removeprefix("ended "))

    def close(self) -> None:
        assert self._warm.stdin is not None
        assert self._warm.stdout is not None
        self._warm.stdin.close()
        self._warm.wait(30)
        self._warm.stdout.close()

    def _tell(self, life: Life) -> None:
        assert self._warm.stdin is not None
        self._warm.stdin.write(json.dumps(asdict(life)) + "\n")

    def _said(self) -> str:
        assert self._warm.stdout is not None
        line = self._warm.stdout.readline()
        assert line, f"the warm process ended with {self._warm.wait(5)}; its error is above"
        return line.strip()


def what_is_left(store: Store) -> dict[str, list[str]]:
    """Every table's rows as text that two lives can be compared by, in a fixed order."""
    with store.reading(demo.ORGANISATION) as repo:
        tables = {each.name: repo.scope.rows(each) for each in metadata.sorted_tables}
        names = _names(repo, tables)
        _number_for_each_person(tables["chat"])
        return {
            table.name: sorted(_told(repo, table, row, names) for row in tables[table.name])
            for table in metadata.sorted_tables
        }


def first_difference(one: dict[str, list[str]], other: dict[str, list[str]]) -> str:
    """The first rows that only one of two has; empty if there is no difference."""
    for name in one:
        lost = [row for row in one[name] if row not in other[name]]
        added = [row for row in other[name] if row not in one[name]]
        if lost or added or len(one[name]) != len(other[name]):
            rows = [f"- {row}" for row in lost[:3]] + [f"+ {row}" for row in added[:3]]
            return "\n".join([f"{name}: {len(one[name])} rows, then {len(other[name])}", *rows])
    return ""


def _number_for_each_person(chat: list[Any]) -> None:
    """Two people's lines of one moment may go out in either order; each one's own may not."""
    chat.sort(key=lambda row: (row["person_id"], row["seq"]))
    for at, row in enumerate(chat):
        first = next(i for i, each in enumerate(chat) if each["person_id"] == row["person_id"])
        row["seq"] = at - first + 1


def _names(repo: Repository, tables: dict[str, Any]) -> dict[str, str]:
    """A name for each drawn id."""
    names: dict[str, str] = {}
    for row in tables["person"]:
        opened = repo.scope.sealer.unseal(row["id"], row["name"])
        names[row["id"]] = f"<{opened or 'forgotten'}>"
    for row in tables["conversation"]:
        names[row["id"]] = f"<{names[row['person_id']]} {row['kind']} {row['ordinal']}>"
    for row in tables["job"]:
        talk = names.get(row["conversation_id"] or "", names[row["person_id"]])
        names[row["id"]] = f"<{talk} {row['kind']} {row['name']} {row['asking']} {row['again']}>"
    for row in tables["audit"]:
        names |= {row["id"]: "<drawn>", row["subject"]: "<drawn>"}
    return names


def _told(repo: Repository, table: Table, row: Any, names: dict[str, str]) -> str:
    owner = row.get("person_id") or row.get("id") or ""
    said: dict[str, Any] = {}
    for column in table.columns:
        value = row[column.name]
        if column.name in _LEFT_OUT or value is None:
            continue
        opened = repo.scope.sealer.unseal(owner, value) if column.info["kept"] == "words" else value
        if (column.name, opened) != _ONLY_DRAWN:
            said[column.name] = opened
    whole = repr(said)
    for drawn, name in names.items():
        whole = whole.replace(drawn, name)
    return whole

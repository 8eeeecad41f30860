"""`check` names what is missing and its remedy, from nothing to a programme that may start; `migrate` copies
what is there before it changes it. On both engines, as an operator goes through it on the first day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import checks
from storage.database import StorageError
from storage.migrate import migrate, newest
from tests import postgres
from tests.command_line.conftest import EXAMPLES, SECRET, Machine

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, machine: Machine) -> Iterator[Machine]:
    """A machine with a database that has nothing in it."""
    if request.param == "sqlite":
        yield machine
    else:
        with postgres.empty_database() as url:
            machine.settings["DATABASE_URL"] = url
            yield machine


def test_the_first_day_from_nothing_to_a_programme(empty: Machine) -> None:
    said = empty.run("check")
    assert said.code == 1
    assert "missing  database: there are no tables yet\n         → unbadged migrate\n" in said.out
    assert empty.run("migrate").out.startswith("Made the tables of a new database")
    assert empty.run("migrate").out.startswith("Nothing to do")
    assert "missing  programme: there is none" in empty.run("check").out
    assert empty.run("programme", "import", EXAMPLES / "programme.toml").code == 0
    assert "missing  roster: no managers" in empty.run("check").out
    assert empty.run("roster", "import", EXAMPLES / "roster.csv", "--yes").out.endswith("Done.\n")
    said = empty.run("roster", "import", EXAMPLES / "roster.csv", "--yes")
    assert said.out == "0 added, 0 changed, 4 unchanged\n"
    assert empty.run("guardrails", "import", EXAMPLES / "guardrails.toml", "--yes").code == 0
    assert "missing  alerts: when somebody is in danger" in empty.run("check").out
    empty.settings["ALERT_WEBHOOK"] = "https://pager.example.com/in"
    said = empty.run("check")
    assert said.code == 1
    assert "missing  guardrails JP: none" in said.out
    assert said.out.endswith("\n1 missing.\n")
    for line in (
        "ok       guardrails SG: version 1",
        "ok       safety JP",
        "note     language ja",
        "ok       keys",
    ):
        assert line in said.out
    changes = [('market = "SG"', 'market = "JP"'), ('"995"', '"119"')]
    japan = empty.example("guardrails.toml", *changes)
    assert empty.run("guardrails", "import", japan, "--yes").code == 0
    said = empty.run("check")
    assert said.code == 0
    assert said.out.endswith("Nothing that is needed is missing.\n")
    assert "Dana" not in said.all
    assert SECRET not in said.all
    assert "pager.example.com" not in said.all


def test_looking_leaves_nothing_behind(machine: Machine) -> None:
    machine.run("check")
    assert list(machine.folder.iterdir()) == []


def test_a_missing_secret_is_said_with_how_to_make_one(machine: Machine) -> None:
    machine.settings["UNBADGED_SECRET_KEY"] = ""
    said = machine.run("check")
    assert said.code == 1
    assert "missing  secret: UNBADGED_SECRET_KEY is not set\n         → make one: python3 -c" in said.out
    assert machine.run("serve").code == 1
    assert list(machine.folder.iterdir()) == []


def test_a_database_that_is_away_is_said_without_its_password(machine: Machine) -> None:
    machine.settings["DATABASE_URL"] = "postgresql://someone:hush@127.0.0.1:1/none"
    for command in ("check", "migrate", "serve"):
        said = machine.run(command)
        assert said.code == 1
        assert "Check that DATABASE_URL and KEYS_URL are right" in said.all
        assert "hush" not in said.all
        assert "Traceback" not in said.all


def test_contacts_nobody_confirmed_and_managers_without_a_coach_are_missing(programme: Machine) -> None:
    file = programme.example("programme.toml", ("confirmed = true", "confirmed = false"))
    programme.run("programme", "import", file)
    roster = (
        (EXAMPLES / "roster.csv").read_text(encoding="utf-8").replace("mei.tan@example.com,,0f8", ",,0f8")
    )
    said = programme.run("roster", "import", programme.write("roster.csv", roster), "--yes")
    assert "note: managers without a coach on line 5" in said.out
    said = programme.run("check")
    assert "missing  coaches: 1 of 2 managers have none" in said.out
    assert "missing  safety SG: on-call and backup are named, not confirmed" in said.out


def test_more_managers_than_a_coach_can_carry_are_said(programme: Machine) -> None:
    row = "m{0}@example.com,M {0},manager,SG,sales,Asia/Singapore,,,mei.tan@example.com,,\n"
    roster = (EXAMPLES / "roster.csv").read_text(encoding="utf-8") + "".join(
        row.format(at) for at in range(24)
    )
    programme.run("roster", "import", programme.write("roster.csv", roster), "--yes")
    assert "missing  coaches: 1 of 1 have more than 25 managers" in programme.run("check").out


# --- upgrades --------------------------------------------------------------------------------------


NEWEST = newest()


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database of the release before the next one."""
    url = f"sqlite:///{tmp_path / 'unbadged.db'}"
    migrate(url)
    monkeypatch.setattr(checks, "newest", lambda: "9999")
    return url


def test_sqlite_is_copied_before_an_upgrade(
    older: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(checks, "migrate", asked.append)
    said = list(checks.upgrade(older, NOW))
    copy = tmp_path / f"unbadged.db.before-{NEWEST}-20261124T020000"
    assert said == [f"Copied the database to {copy}", f"Brought the tables from {NEWEST} to 9999."]
    assert asked == [older]
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(NEWEST,)]


def test_a_failed_upgrade_leaves_no_copy_and_says_why(
    older: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_url: str) -> None:
        raise StorageError("This database was made by a newer release.")

    monkeypatch.setattr(checks, "migrate", fail)
    with pytest.raises(StorageError, match="newer release"):
        list(checks.upgrade(older, NOW))
    assert [path.name for path in tmp_path.glob("*before*")] == []


def test_a_database_of_a_newer_release_is_left_alone(programme: Machine) -> None:
    with closing(sqlite3.connect(programme.folder / "unbadged.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    said = programme.run("migrate")
    assert said.code == 1
    assert "made by a newer release" in said.err
    assert list(programme.folder.glob("*before*")) == []
    assert "another release" in programme.run("serve").err

"""The roster comes from a spreadsheet: first it is said what would happen, and only then it happens.
A dry run changes nothing, a second import changes nothing, and one bad row stops them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.people import Person
from tests.command_line.conftest import EXAMPLES, Machine

ROSTER = EXAMPLES / "roster.csv"
HEADER = "email,name,roles,market,function,zone,language,working_days,coach_email,slack_user,teams_user\n"
ANA = "ana@example.com,Ana Ruiz,manager coach,PH,sales,Asia/Manila,en,Mon-Fri,,,\n"


def kept(machine: Machine) -> dict[str, Person]:
    store = machine.store()
    with store.reading("example-pte-ltd") as repo:
        people = {person.email or "": person for person in repo.people()}
    store.close()
    return people


def imported(machine: Machine, text: str) -> Path:
    path = machine.write("roster.csv", text)
    said = machine.run("roster", "import", path, "--yes")
    assert said.code == 0, said.all
    return path


def test_a_dry_run_says_what_would_happen_and_changes_nothing(programme: Machine) -> None:
    said = programme.run("roster", "import", ROSTER)
    assert said.code == 0
    assert "line 4  dana.lim@example.com  added\n" in said.out
    assert (
        "4 added, 0 changed, 0 unchanged\nThis was a dry run; nothing was changed. To do it, add --yes."
        in said.out
    )
    assert kept(programme) == {}


def test_the_roster_is_taken_in_once(programme: Machine) -> None:
    programme.run("roster", "import", ROSTER, "--yes")
    first = kept(programme)
    said = programme.run("roster", "import", ROSTER, "--yes")
    assert said.out == "0 added, 0 changed, 4 unchanged\n"
    assert kept(programme) == first
    megumi, mei = first["megumi.tanaka@example.com"], first["mei.tan@example.com"]
    assert (megumi.name, megumi.language, megumi.coach_id) == ("田中 恵", "ja", mei.id)
    assert (megumi.working_days, mei.roles) == ("01234", ("coach",))


def test_the_email_joins_a_persons_channels(programme: Machine) -> None:
    programme.run("roster", "import", ROSTER, "--yes")
    store = programme.store()
    with store.reading("example-pte-ltd") as repo:
        in_slack = repo.person_at("slack", "U045EF6GH")
        in_teams = repo.person_at("teams", "0f8fad5b-d9cb-469f-a165-70867728950e")
    store.close()
    assert in_slack is not None
    assert in_slack.email == "dana.lim@example.com"
    assert in_teams is not None
    assert in_teams.email == "megumi.tanaka@example.com"


def test_nothing_is_printed_of_a_person_but_the_email(programme: Machine) -> None:
    text = ROSTER.read_text(encoding="utf-8").replace(",Mei Tan,coach,SG,", ",Mei Tan,coach,Singapura,")
    said = programme.run("roster", "import", programme.write("roster.csv", text))
    assert "mei.tan@example.com" in said.all
    for cell in ("Mei", "Dana", "田中", "U012AB3CD", "0f8fad5b", "Singapura", "finance,Asia"):
        assert cell not in said.all


def test_one_bad_row_stops_them_all_and_every_one_is_named(programme: Machine) -> None:
    text = (
        HEADER + ANA
        + "ben@example.com,Ben Ito,manager,Japan,tax,Tokyo,de,Mon,ben@example.com,U1,abc\n"
        + "not an address,Eve,manager,SG,sales,Asia/Singapore,,,,,\n"
        + "cy@example.com,=cmd|' /C calc'!A0,king,AU-XX,sales,Australia/Sydney,,,,,\n"
        + "ANA@example.com ,Ana Again,manager,PH,sales,Asia/Manila,,,,,\n"
    )  # fmt: skip
    said = programme.run("roster", "import", programme.write("bad.csv", text), "--yes")
    assert said.code == 1
    lines = said.err.splitlines()
    assert lines[0].startswith("line 3  ben@example.com  market: one of SG, IN,")
    for column in (
        "function: one of sales",
        "zone: an IANA",
        "language: one of en, ja",
        "working_days: three",
        "teams",
    ):
        assert column in lines[0], column
    assert "coach_email: nobody is their own coach" in lines[0]
    assert "slack_user: the member ID" in lines[0]
    assert lines[1] == "line 4  email: write one plain address, like ana@example.com"
    assert lines[2].startswith("line 5  cy@example.com  market: that part of the country is not known")
    assert "roles: one or more of manager, coach" in lines[2]
    assert "name: begins like a formula" in lines[2]
    assert lines[3] == "line 6  ana@example.com  this e-mail is on line 2 already; keep one of the two"
    assert lines[4] == "Nothing was changed."
    assert kept(programme) == {}


def test_rows_are_held_against_the_people_who_are_there(programme: Machine) -> None:
    programme.run("roster", "import", ROSTER, "--yes")
    text = (
        HEADER
        + "new@example.com,New One,manager,SG,sales,Asia/Singapore,,,nobody@example.com,,\n"
        + "other@example.com,Other One,manager,SG,sales,Asia/Singapore,,,dana.lim@example.com,U045EF6GH,\n"
    )
    said = programme.run("roster", "import", programme.write("roster.csv", text), "--yes")
    assert said.code == 1
    assert "line 2  new@example.com  coach_email: nobody in this file or the roster" in said.err
    assert "line 3  other@example.com  coach_email: that person is no coach" in said.err
    assert "line 3  other@example.com  slack_user: belongs to somebody else" in said.err
    assert "note: 4 people of the roster are not in this file; they stay as they are" in said.out
    assert len(kept(programme)) == 4


def test_a_change_names_its_columns_and_an_empty_cell_leaves_what_is_kept(programme: Machine) -> None:
    programme.run("roster", "import", ROSTER, "--yes")
    row = "megumi.tanaka@example.com,田中 恵,,JP,legal,Asia/Tokyo,,,,U077AB3CD,\n"
    said = programme.run("roster", "import", programme.write("roster.csv", HEADER + row), "--yes")
    assert "line 2  megumi.tanaka@example.com  changed: function, slack_user\n" in said.out
    megumi = kept(programme)["megumi.tanaka@example.com"]
    assert (megumi.function, megumi.language, megumi.coach_id is not None) == ("legal", "ja", True)


def test_a_large_roster_arrives_whole_with_coaches_below_those_they_coach(programme: Machine) -> None:
    rows = [
        f"m{at}@example.com,Manager {at},manager,SG,sales,Asia/Singapore,,,c{at % 9}@example.com,,\n"
        for at in range(230)
    ]
    rows += [f"c{at}@example.com,Coach {at},coach,SG,hr,Asia/Singapore,,,,,\n" for at in range(9)]
    path = imported(programme, HEADER + "".join(rows))
    people = kept(programme)
    assert len(people) == 239
    for at in range(230):
        assert people[f"m{at}@example.com"].coach_id == people[f"c{at % 9}@example.com"].id
    said = programme.run("roster", "import", path, "--yes")
    assert "0 added, 0 changed, 239 unchanged" in said.out
    assert "note: a coach has 26 managers in this file" in said.out


def test_which_programme_is_asked_where_there_are_two(programme: Machine) -> None:
    second = programme.example("programme.toml", ("Autumn 2026", "Spring 2027"))
    programme.run("programme", "import", second)
    said = programme.run("roster", "import", ROSTER, "--yes")
    assert said.code == 1
    assert "--programme ID. There are: autumn-2026, spring-2027" in said.err
    assert programme.run("roster", "import", ROSTER, "--yes", "--programme", "spring-2027").code == 0
    assert {person.programme_id for person in kept(programme).values()} == {"spring-2027"}


def test_a_wrong_secret_is_said_before_anything_is_written(programme: Machine) -> None:
    programme.run("roster", "import", ROSTER, "--yes")
    programme.settings["UNBADGED_SECRET_KEY"] = "another-secret-of-some-Length-1234"
    said = programme.run("roster", "import", ROSTER, "--yes")
    assert said.code == 1
    assert "UNBADGED_SECRET_KEY does not open the keys" in said.err


@pytest.mark.parametrize("file", ["programme.toml", "guardrails.toml"])
def test_another_kind_of_file_is_refused(programme: Machine, file: str) -> None:
    said = programme.run("roster", "import", EXAMPLES / file)
    assert said.code == 1
    assert said.err.endswith("Nothing was changed.\n")

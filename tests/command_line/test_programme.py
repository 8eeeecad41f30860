"""The programme is handed in as a file, and what is wrong with the file is all said at once.
Nothing changes unless everything is right, and handing the same file in twice changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.around import reach
from bot.imports import RefusedFileError
from bot.imports.documents import LARGEST_FILE
from bot.imports.programme import identifier, read
from tests.command_line.conftest import EXAMPLES, Machine


def test_the_example_is_kept_as_it_reads(programme: Machine) -> None:
    store = programme.store()
    assert store.organisations() == ["example-pte-ltd"]
    with store.reading("example-pte-ltd") as repo:
        (kept,) = repo.programmes()
        contact = repo.safety_contact("JP", kept.id)
    store.close()
    assert (kept.id, kept.starts_on, kept.sponsor_name) == ("autumn-2026", date(2026, 11, 30), "Irene Goh")
    assert contact is not None
    assert (contact.emergency_number, contact.helpline, contact.confirmed) == ("119", "", True)


def test_the_same_file_twice_changes_nothing_and_says_so(programme: Machine) -> None:
    said = programme.run("programme", "import", EXAMPLES / "programme.toml")
    assert said.code == 0
    assert all(line.startswith("left unchanged") for line in said.out.splitlines())


def test_a_changed_line_changes_that_and_no_more(programme: Machine) -> None:
    said = programme.run("programme", "import", programme.example("programme.toml", ('"995"', '"999"')))
    assert "changed the safety contacts of SG\nleft unchanged the safety contacts of JP" in said.out


def test_on_call_is_found_by_email_once_the_roster_has_them_whatever_they_are_called(
    programme: Machine,
) -> None:
    called = ('on_call = "Mei Tan, +65 5550 0111"', 'on_call = "Duty desk, +65 5550 0111"')
    said = programme.run("programme", "import", programme.example("programme.toml", called))
    assert "changed the safety contacts of SG" in said.out

    def found() -> list[str | None]:
        store = programme.store()
        with store.reading("example-pte-ltd") as repo:
            contact = repo.safety_contact("SG")
            assert contact is not None
            people = [repo.person(each) if each else None for each in reach.on_call(repo, contact)]
        store.close()
        return [each.email if each else None for each in people]

    assert found() == [None, None]
    programme.run("roster", "import", EXAMPLES / "roster.csv", "--yes")
    assert found() == ["mei.tan@example.com", None]
    assert "1 of 2 on call can be written to in a chat" in programme.run("check").out


def test_another_organisation_is_not_mixed_in(programme: Machine) -> None:
    file = programme.example("programme.toml", ("Example Pte Ltd", "Exmaple Pte Ltd"))
    said = programme.run("programme", "import", file)
    assert said.code == 1
    assert "belongs to an organisation of another name" in said.err
    assert said.err.endswith("Nothing was changed.\n")


def test_before_migrate_it_says_what_to_run(machine: Machine) -> None:
    said = machine.run("programme", "import", EXAMPLES / "programme.toml")
    assert (said.code, said.err) == (1, "unbadged: There is no database yet. Run: unbadged migrate\n")
    assert not (machine.folder / "unbadged.db").exists()


def problems(path: Path) -> str:
    with pytest.raises(RefusedFileError) as refused:
        read(path)
    return "\n".join(refused.value.problems)


def test_an_empty_file_is_asked_all_its_questions_at_once(machine: Machine) -> None:
    said = problems(machine.write("empty.toml", ""))
    for name in ("organisation", "programme", "start", "markets"):
        assert f"{name}: missing." in said


@pytest.mark.parametrize(
    "before, after, remedy",
    [
        ("start = 2026-11-30", 'start = "30.11.2026"', "start: write the date as 2026-11-30."),
        ("start = 2026-11-30", "strat = 2026-11-30", "strat: not a name that is known here. Is start meant?"),
        ('name = "Irene Goh"', "", "sponsor.name: missing. Who says it?"),
        ("[markets.JP]", "[markets.Japan]", "markets.Japan: no market that is known here."),
        ("confirmed = true", 'confirmed = "yes"', "markets.SG.confirmed: write true or false"),
        ('backup = "Irene Goh, +65 5550 0112"', 'backup = "mei tan, +65 5550 0111"', "the same as on_call"),
        ('"Up to 60', '"' + "Indeed. " * 40 + "Up to 60", "sponsor.text: at most 200 characters; this has 4"),
        ("[sponsor]", "[[sponsor]]", "sponsor: write it as a table: [sponsor]."),
        (
            'emergency = "995"',
            "emergency = 995",
            "markets.SG.emergency: write it as text in quotation marks.",
        ),
        ('emergency = "119"', 'emergency = " \u200b "', "markets.JP.emergency: missing."),
        ('"mei.tan@example.com"', '"Mei Tan"', "markets.SG.on_call_email: no e-mail address"),
        (
            'on_call_email = "mei.tan@example.com"',
            'on_call_email = "a@b.co"\nbackup_email = "A@b.co"',
            "markets.SG.backup_email: the same as on_call_email",
        ),
    ],
)
def test_a_wrong_value_is_named_with_its_remedy(
    machine: Machine, before: str, after: str, remedy: str
) -> None:
    assert remedy in problems(machine.example("programme.toml", (before, after)))


@pytest.mark.parametrize(
    "data, said",
    [
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        (b"organisation = ", "is not TOML"),
        (b"a = " + b"[" * 50_000, "nested too deeply"),
        (b"#" * (LARGEST_FILE + 1), "is larger than 5 MB"),
    ],
)
def test_what_is_no_toml_is_refused_politely(machine: Machine, data: bytes, said: str) -> None:
    path = machine.folder / "hostile.toml"
    path.write_bytes(data)
    assert said in problems(path)


def test_a_file_that_is_not_there_is_said_so(machine: Machine) -> None:
    assert "cannot be read: No such file" in problems(machine.folder / "none.toml")
    assert "cannot be read: Is a directory" in problems(machine.folder)


def test_a_byte_order_mark_is_no_obstacle(machine: Machine) -> None:
    text = (EXAMPLES / "programme.toml").read_text(encoding="utf-8")
    assert read(machine.write("bom.toml", text, "utf-8-sig")).organisation == "Example Pte Ltd"


def test_names_in_any_script_have_an_id() -> None:
    assert identifier("Société Générale (HK)") == "societe-generale-hk"
    assert identifier("株式会社サンプル") == identifier("株式会社サンプル")
    assert len(identifier("株式会社サンプル")) == 12

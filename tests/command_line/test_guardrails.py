"""Guardrails are published only whole and only in words that can be checked at a desk.
A version that is published stays as it is; the next one is the next number."""

from __future__ import annotations

import pytest

from bot.imports import RefusedFileError
from bot.imports.guardrails import read
from bot.imports.specific import empty_phrase
from tests.command_line.conftest import EXAMPLES, Machine

RAILS = EXAMPLES / "guardrails.toml"


def published(machine: Machine, market: str = "SG") -> list[int]:
    store = machine.store()
    with store.reading("example-pte-ltd") as repo:
        versions = [pack.version for pack in repo.guardrail_versions(market)]
    store.close()
    return versions


def test_first_it_only_says_what_it_would_publish(programme: Machine) -> None:
    said = programme.run("guardrails", "import", RAILS)
    assert said.code == 0
    assert "tools: Company Assistant, Document Search" in said.out
    assert "dry run" in said.out
    assert published(programme) == []


def test_a_version_is_published_once_and_the_next_is_the_next_number(programme: Machine) -> None:
    said = programme.run("guardrails", "import", RAILS, "--yes")
    assert "Published. 0 active assignment(s) are held" in said.out
    assert "nothing to do" in programme.run("guardrails", "import", RAILS, "--yes").out
    changed = ('"won proposals"', '"lost proposals"')
    said = programme.run("guardrails", "import", programme.example("guardrails.toml", changed), "--yes")
    assert said.code == 1
    assert "version 1 is published and stays as it is; this one must be 2." in said.err
    second = programme.example("guardrails.toml", changed, ("pack_version = 1", "pack_version = 2"))
    assert programme.run("guardrails", "import", second, "--yes").code == 0
    assert published(programme) == [1, 2]


def test_guardrails_that_have_ended_are_not_published(programme: Machine) -> None:
    file = programme.example("guardrails.toml", ("2026-11-20", "2019-11-20"), ("2027-11-19", "2020-11-19"))
    said = programme.run("guardrails", "import", file, "--yes")
    assert (said.code, published(programme)) == (1, [])
    assert "expires_on: that day has passed" in said.err


def test_without_a_programme_it_says_what_comes_first(machine: Machine) -> None:
    machine.run("migrate")
    said = machine.run("guardrails", "import", RAILS)
    assert said.code == 1
    assert "First: unbadged programme import FILE" in said.err


def problems(machine: Machine, *changes: tuple[str, str]) -> str:
    with pytest.raises(RefusedFileError) as refused:
        read(machine.example("guardrails.toml", *changes))
    return "\n".join(refused.value.problems)


def test_every_missing_fact_is_asked_as_a_question(machine: Machine) -> None:
    with pytest.raises(RefusedFileError) as refused:
        read(machine.write("empty.toml", ""))
    asked = "\n".join(refused.value.problems)
    for name in (
        "market", "pack_version", "owner", "owner_contact", "confirmed_by", "confirmed_on", "expires_on",
        "data_in_scope", "data_out_of_scope", "tools", "checkpoint_rules", "call_first", "call_backup",
        "emergency_number", "independent_harassment_contact",
    ):  # fmt: skip
        assert f"{name}: " in asked
    assert asked.count("?") >= 12


@pytest.mark.parametrize(
    "before, after, said",
    [
        ("won proposals", "Please use responsibly.", 'data_in_scope: "use responsibly" cannot be checked'),
        ("won proposals", "Sensitive data", 'data_in_scope: "sensitive data" cannot be checked'),
        ("Company Assistant", "Approved tools", 'tools[1].name: "approved tools" cannot be checked'),
        ("Legal counsel", "Someone", '"someone" cannot be checked by anybody; say exactly who'),
        ("Ratna Dewi", "TBD", 'confirmed_by: "tbd"'),
        ('output = "board"', 'output = "client"', "checkpoint_rules[2].output: named twice"),
        ('output = "board"', 'output = "boss"', "checkpoint_rules[2].output: one of internal, client, board"),
        ("Document Search", "company assistant", "tools[2].name: named twice"),
        ('phone = "+65 5550 0102"', "", "call_backup.phone: missing. How are they reached?"),
        ("data_in_scope =", "data_in_scop =", "data_in_scop: not a name that is known here. Is data_in"),
        ('["contracts under NDA", ', '["", ', "data_out_of_scope.1: missing."),
        ("pack_version = 1", "pack_version = true", "pack_version: a whole number from 1 on."),
        ("expires_on = 2027-11-19", "expires_on = 2026-01-01", "expires_on: before confirmed_on"),
        ('market = "SG"', 'market = "XX"', "market: no market that is known here."),
    ],
)  # fmt: skip
def test_what_cannot_be_checked_is_refused_by_name(
    machine: Machine, before: str, after: str, said: str
) -> None:
    assert said in problems(machine, (before, after))


def test_the_same_person_cannot_be_called_twice(machine: Machine) -> None:
    both = [('name = "Asha Rao"\nphone = "+65 5550 0102"', 'name = "Wei Chen Ong"\nphone = "+65 5550 0101"')]
    hours = [('hours = "09:00-18:00"\n', "")]
    assert "call_backup: the same as call_first" in problems(machine, *both, *hours)


def test_names_that_are_not_used_are_said_not_to_be_kept(machine: Machine) -> None:
    file = read(machine.example("guardrails.toml", ('market = "SG"', 'market = "SG"\neap = "1800 000"')))
    assert "eap is not used by this version and is not kept" in file.notes


@pytest.mark.parametrize(
    "text",
    [
        "sensitive data of patients",
        "IT service desk tickets",
        "any invoice older than a year",
        "takes caretaking",
    ],
)
def test_exact_words_pass(text: str) -> None:
    assert empty_phrase(text) is None
    assert empty_phrase("Legal counsel Singapore", somebody=True) is None

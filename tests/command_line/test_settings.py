"""The one table of settings says what the program honours, no more and no less.
A wrong setting is found before anything starts, and its value is never repeated."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
import tomllib

import pytest

from bot.settings import Settings, SettingsError, weakness
from tests.command_line.conftest import ROOT, SECRET, Machine


def test_the_documented_table_and_the_program_agree_both_ways() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \| .{20,} \|$", page, re.MULTILINE)
    documented = {name: "" if default == "*(empty)*" else default.strip("`") for name, default in rows}
    honoured = {each.metadata["variable"]: str(each.default) for each in dataclasses.fields(Settings)}
    assert documented == honoured


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Settings.read({"PORT": "", "HOST": " "}) == Settings()


def test_settings_are_read_as_operators_write_them() -> None:
    given = {"PORT": " 8080 ", "LOG_LEVEL": "debug", "PUBLIC_URL": "https://coach.example.com/"}
    read = Settings.read(given)
    assert (read.port, read.log_level, read.public_url) == (8080, "DEBUG", "https://coach.example.com")


@pytest.mark.parametrize(
    "variable, value",
    [
        ("PORT", "http"), ("PORT", "0"), ("PORT", "65536"), ("PORT", "٣٠٠٠"), ("PORT", "-1"),
        ("LOG_LEVEL", "LOUD"), ("PUBLIC_URL", "coach.acme.example"), ("PUBLIC_URL", "http://acme.example"),
        ("PUBLIC_URL", "https://me:pass@acme.example"), ("PUBLIC_URL", "https://acme.example/a?b"),
        ("PUBLIC_URL", "https://[::1"), ("PUBLIC_URL", "https:///"), ("PUBLIC_URL", "https://a:99999"),
    ],
)  # fmt: skip
def test_a_wrong_setting_names_itself_and_not_its_value(variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match=variable) as refused:
        Settings.read({variable: value})
    assert len(value) < 5 or value not in str(refused.value)


def test_a_wrong_setting_ends_a_command_with_its_remedy(machine: Machine) -> None:
    machine.settings["PORT"] = "http"
    said = machine.run("check")
    assert said.code == 1
    assert said.err == "unbadged: PORT is a number from 1 to 65535, for example PORT=3000.\n"


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = Settings(database_url="postgresql://u:hush@h/d", keys_url="sqlite:///hush", secret_key="hush")
    assert "hush" not in repr(settings)


@pytest.mark.parametrize(
    "secret, why",
    [
        ("", "not set"), ("short", "shorter"), ("ab" * 20, "few"),
        ("0123456789abcdefghijklmnopqrstuvwxyz", "first"),
        ("please-ChangeMe-please-ChangeMe-now!", "first"), (f"short,{SECRET}", "shorter"),
    ],
)  # fmt: skip
def test_a_weak_secret_is_said_to_be_weak(secret: str, why: str) -> None:
    assert why in str(weakness(secret))


def test_a_good_secret_may_stand_before_a_former_one() -> None:
    assert weakness(SECRET) is None
    assert weakness(f"{SECRET},former") is None


def test_the_version_is_the_projects_and_costs_nothing() -> None:
    ask = "import sys; sys.argv[1:] = ['--version']; from bot.cli import main\ntry: main()\n"
    ask += "finally: assert not {'sqlalchemy', 'starlette'} & set(sys.modules)"
    child = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=False)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (child.stdout, child.returncode) == (f"unbadged {project['version']}\n", 0)


@pytest.mark.parametrize(
    "arguments", [(), ("sing",), ("roster",), ("roster", "import"), ("try", "--port", "x")]
)
def test_a_command_that_is_not_understood_ends_with_two(machine: Machine, arguments: tuple[str, ...]) -> None:
    said = machine.run(*arguments)
    assert said.code == 2
    assert said.err.startswith("usage: unbadged")


def test_help_says_how_commands_end(machine: Machine) -> None:
    assert "2 when the command was not understood" in machine.run("--help").out.replace("\n", " ")

"""What the pages say is there: every link, picture, file, test, recipe and command that they name.
A page that has fallen behind sends its reader astray, so it fails here like any other mistake."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Whole conversations are tests of their own and hold what managers write.
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "prompts/*.md")
    for path in ROOT.glob(pattern)
)
ENDINGS = (".py", ".md", ".toml", ".ftl", ".txt", ".csv", ".mako", ".png")
# What a page tells its reader to make on their own machine.
MADE = {".venv/", ".venv/bin/", ".unbadged/", "keys.db"}

BLOCK = re.compile(r"^(?P<fence>```+)[^\n]*\n(?P<inside>.*?)^(?P=fence)", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PLACE = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")


def test_there_are_pages_to_hold_to_it() -> None:
    assert {"README.md", "CONTRIBUTING.md"} <= set(PAGES)
    assert any(page.startswith("docs/decisions/") for page in PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_and_picture_leads_somewhere(page: str) -> None:
    text = SPAN.sub("", BLOCK.sub("", read(page)))
    targets = [target for target in LINK.findall(text) if not re.match(r"[a-z]+:", target)]
    here = (ROOT / page).parent
    lost = [target for target in targets if not (here / target.partition("#")[0]).exists()]
    assert lost == []


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_is_named_is_there(page: str) -> None:
    assert [name for name in places(page) if not is_there(name, page)] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_is_there(page: str) -> None:
    named = [span.partition("::") for span in SPAN.findall(read(page)) if "::" in span]
    assert [f"{path}::{test}" for path, _, test in named if test not in functions(path)] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_recipe_that_is_named_is_in_the_makefile(page: str) -> None:
    recipes = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    named = {found for code in codes(page) for found in re.findall(r"^make ([a-z]+)", code, re.MULTILINE)}
    assert named <= recipes


def test_every_command_that_is_named_is_understood() -> None:
    named = {
        tuple(found.split())
        for page in PAGES
        for code in codes(page)
        for found in re.findall(r"^unbadged((?: [a-z][a-z-]*)+)", code, re.MULTILINE)
    }
    assert ("try",) in named or ("serve",) in named
    for command in sorted(named):
        asked = [sys.executable, "-m", "bot.cli", *command, "--help"]
        said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
        assert said.returncode == 0, f"unbadged {' '.join(command)}: {said.stderr}"


def test_every_decision_has_its_number_and_its_line_in_the_list() -> None:
    decisions = [page for page in PAGES if re.match(r"docs/decisions/\d", page)]
    assert [page[len("docs/decisions/") :][:4] for page in decisions] == [
        f"{number:04}" for number in range(1, len(decisions) + 1)
    ]
    listed = LINK.findall(read("docs/decisions/README.md"))
    assert [Path(page).name for page in decisions] == listed
    for page in decisions:
        assert read(page).startswith(f"# {Path(page).name[:4]} · "), page


# --- how the above look ----------------------------------------------------------------------------


@cache
def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def codes(page: str) -> Iterator[str]:
    """What stands as code: blocks, then words between backticks."""
    text = read(page)
    yield from (found["inside"] for found in BLOCK.finditer(text))
    yield from SPAN.findall(BLOCK.sub("", text))


def places(page: str) -> Iterator[str]:
    """What reads like a file or a folder, the test behind ``::`` left off."""
    for span in SPAN.findall(BLOCK.sub("", read(page))):
        name = span.partition("::")[0]
        reads_so = PLACE.fullmatch(name) and ("/" in name or name.endswith(ENDINGS))
        if reads_so and name not in ENDINGS and name not in MADE:
            yield name


def is_there(name: str, page: str) -> bool:
    """From the top, beside the page, or, where only a file's own name is said, in one of our folders."""
    if (ROOT / name).exists() or ((ROOT / page).parent / name).exists():
        return True
    tops = ("bot", "coaching", "prompts", "storage", "tests", "docs")
    return "/" not in name and any(next((ROOT / top).rglob(name), None) for top in tops)


@cache
def functions(path: str) -> frozenset[str]:
    """The functions of a file."""
    tree = ast.parse(read(path), path)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))

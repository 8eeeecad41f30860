"""What holds for the project as a whole, whoever changes it: its shape, its locked versions, its licences.
Each of these was once a habit; a test keeps a habit when people come and go."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = {"bot", "coaching", "prompts", "storage"}
FOLDERS = PACKAGES | {"tests", "docs", ".ci"}
FILES = {
    "pyproject.toml", "requirements.txt", "requirements-dev.txt", "Makefile", "Dockerfile", "LICENSE",
    ".dockerignore", ".editorconfig", ".gitattributes", ".gitignore",
}  # fmt: skip
LOCKS = ("requirements.txt", "requirements-dev.txt")
LONGEST_FILE = 350

# Licences that a program under MIT may be shipped with. MPL and LGPL are met by using the packages
# unmodified, as pip installs them; GPL and AGPL would make demands on the whole and are not here.
LICENCES = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "LGPL-2.1-only",
    "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0",
    "PSF-2.0", "Unlicense", "Zlib",
}  # fmt: skip
# How packages without an SPDX expression say the same in their classifiers.
OLDER_NAMES = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}

# In two halves, so that this file passes its own test.
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
ADDRESSES = re.compile(
    r"py" + r"pi\.org|python" + r"hosted|np" + r"mjs\.|deb\." + r"debian|--(?:extra-)?index-u" + r"rl "
)
SOMEBODYS_MACHINE = re.compile(r"/ro" + r"ot/|/Us" + r"ers/\w|/ho" + r"me/\w|[A-Z]:\\Us" + r"ers\\")


# --- shape -----------------------------------------------------------------------------------------


def test_the_top_level_has_the_agreed_folders_and_nothing_else() -> None:
    tops = {path.partition("/")[0] for path in our_files() if "/" in path}
    assert tops >= PACKAGES
    assert tops <= FOLDERS, "a new folder at the top is a decision: docs/decisions"


def test_the_top_level_has_the_agreed_files_and_pages() -> None:
    tops = {path for path in our_files() if "/" not in path}
    assert tops >= FILES
    assert {path for path in tops - FILES if not path.endswith(".md")} == set()


def test_no_installed_package_shares_a_name_with_ours() -> None:
    provided = metadata.packages_distributions()
    assert {name: provided[name] for name in PACKAGES | {"tests"} if name in provided} == {}


def test_no_python_file_is_longer_than_one_can_read_in_a_sitting() -> None:
    # A revision is a list of tables, read once when it is written and never changed after its release.
    ours = (each for each in our_files() if each.endswith(".py") and "/migrations/versions/" not in each)
    lengths = {path: len(read(path).splitlines()) for path in ours}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_every_python_file_opens_with_what_it_is_for() -> None:
    silent = [
        path
        for path in our_files()
        if path.endswith(".py") and read(path).strip() and not ast.get_docstring(parsed(path))
    ]
    assert silent == []


def test_no_mark_of_unfinished_work_is_left() -> None:
    assert list(lines_with(UNFINISHED)) == []


def test_no_file_says_where_packages_are_fetched_from() -> None:
    assert list(lines_with(ADDRESSES)) == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    assert list(lines_with(SOMEBODYS_MACHINE)) == []


def test_the_coaching_never_reads_a_clock() -> None:
    """Import-linter keeps the module `time` out; these come with `datetime`, which the domain needs."""
    clocks = {"now", "utcnow", "today"}
    reading = [
        f"{path}:{node.lineno}"
        for path in our_files()
        if path.startswith("coaching/") and path.endswith(".py")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        and node.attr in clocks
        and ast.unparse(node.value).rpartition(".")[2] in {"datetime", "date"}
    ]
    assert reading == [], "time is handed in"


# --- locked versions -------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_line_has_a_hash(lock: str) -> None:
    for block in locked_blocks(lock):
        assert re.fullmatch(r"[a-z0-9-]+==[^ ;]+( ; [^\\]+)? \\", block[0]), block[0]
        assert len(block) > 1, f"{block[0]} has no hash: make lock"
        for line in block[1:]:
            assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line), line


@pytest.mark.parametrize("lock, extras", [("requirements.txt", ()), ("requirements-dev.txt", ("dev",))])
def test_a_lock_holds_what_the_project_asks_for(lock: str, extras: tuple[str, ...]) -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    asked = list(project["dependencies"])
    for extra in extras:
        asked += project["optional-dependencies"][extra]
    held = locked(lock)
    for line in asked:
        wanted = Requirement(line)
        version = held.get(normal(wanted.name))
        assert version is not None, f"{wanted.name} is not in {lock}: make lock"
        assert wanted.specifier.contains(version), f"{lock} holds {wanted.name} {version}: make lock"


def test_tests_run_on_the_versions_that_managers_meet() -> None:
    assert locked("requirements.txt").items() <= locked("requirements-dev.txt").items()


def test_what_is_shipped_may_be_shipped_under_mit() -> None:
    named = {name: licence(name) for name in locked("requirements.txt") if is_installed(name)}
    assert len(named) > 40, "the locked packages are not installed: make test"
    assert {name: said for name, said in named.items() if not said or not said <= LICENCES} == {}


# --- the one way to test ---------------------------------------------------------------------------


def test_every_change_is_tested_by_the_command_the_readme_gives() -> None:
    assert "make test" in fenced(read("README.md")), "the README shows how to test: make test"
    assert "make test" in read(".ci/run").splitlines()
    assert (ROOT / ".ci/run").stat().st_mode & 0o111, "chmod +x .ci/run"


def test_the_readme_and_the_makefile_know_the_same_recipes() -> None:
    recipes = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    assert {line.split()[1] for line in fenced(read("README.md")) if line.startswith("make ")} <= recipes


# --- how the above look ----------------------------------------------------------------------------


@cache
def our_files() -> tuple[str, ...]:
    """Every file of the project that git knows or would add; without git, every visible one."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        listed = said.split("\0")
    except (OSError, subprocess.CalledProcessError):
        made = {"__pycache__", "build", "dist", "screenshots"}
        listed = [
            path.relative_to(ROOT).as_posix()
            for path in ROOT.rglob("*")
            if not any(part in made or part.startswith(".") for part in path.relative_to(ROOT).parts[:-1])
        ]
        listed.append(".ci/run")
    return tuple(sorted(path for path in listed if path and (ROOT / path).is_file()))


@cache
def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def parsed(path: str) -> ast.Module:
    return ast.parse(read(path), path)


def lines_with(pattern: re.Pattern[str]) -> Iterator[str]:
    for path in our_files():
        try:
            text = read(path)
        except UnicodeDecodeError:
            continue  # a picture
        for number, line in enumerate(text.splitlines(), 1):
            if pattern.search(line):
                yield f"{path}:{number}: {line.strip()}"


def fenced(markdown: str) -> set[str]:
    """The lines inside a page's code blocks, without prompt and comment."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", markdown, re.MULTILINE | re.DOTALL)
    return {re.sub(r"^\$ |\s+#.*$", "", line).strip() for block in blocks for line in block.splitlines()}


def locked_blocks(lock: str) -> list[list[str]]:
    blocks: list[list[str]] = []
    for line in read(lock).splitlines():
        if line.startswith(" "):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def locked(lock: str) -> dict[str, str]:
    pins = (re.split(r"==| ", block[0]) for block in locked_blocks(lock))
    return {normal(pin[0]): pin[1] for pin in pins}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def is_installed(name: str) -> bool:
    """Some locked packages are for other systems only (emscripten, Windows)."""
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def licence(name: str) -> set[str]:
    """The SPDX identifiers under which a package is published, from whichever field it fills."""
    about = metadata.metadata(name)
    if "License-Expression" in about:
        return set(re.split(r"[\s()]+|\b(?:AND|OR)\b", about["License-Expression"])) - {""}
    classifiers = [
        value.rpartition(" :: ")[2]
        for value in about.get_all("Classifier", [])
        if value.startswith("License :: ") and not value.endswith("OSI Approved")
    ]
    if classifiers:
        return {OLDER_NAMES.get(value, value) for value in classifiers}
    return {about["License"]} if "License" in about else set()


def test_the_engine_stays_small_with_its_theory() -> None:
    assert len(read("coaching/dialogue.py").splitlines()) < 300

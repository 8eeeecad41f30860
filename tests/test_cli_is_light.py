"""The command answers at once: asking it for help must not wake Slack, Teams, the model or the database.
And each of those vendors is known to one corner of the code only: leaving one means changing one corner."""

import ast
import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Together these cost some 3.5 seconds of a core and 130 MB; the command itself needs a fiftieth of that.
HEAVY = {
    "aiohttp", "alembic", "apscheduler", "babel", "botbuilder", "botframework", "cryptography", "fluent",
    "fastjsonschema", "holidays", "jinja2", "matplotlib", "numpy", "openai", "phonenumbers", "PIL", "psycopg",
    "pydantic", "slack_bolt", "slack_sdk", "sqlalchemy", "starlette", "statprocon", "uvicorn",
}  # fmt: skip

# Which corner may know which vendor (a word in the path under bot/), and how many files that may be:
# one to listen and one to speak for a channel, one for the model, two to draw.
CORNERS = {
    "slack_bolt": ("slack", 3),  # to listen in both ways, and to be installed
    "slack_sdk": ("slack", 3),  # to speak, to ask, and to keep the tokens
    "botbuilder": ("teams", 2),
    "botframework": ("teams", 2),
    "openai": ("model", 1),
    "phonenumbers": ("model", 1),
    "circuitbreaker": ("model", 1),
    "fastjsonschema": ("model", 1),
    "matplotlib": ("picture", 2),
    "statprocon": ("picture", 1),
}

ASK_FOR_HELP = """
import json, sys
sys.argv = ["unbadged", "--help"]
said, sys.stdout = sys.stdout, sys.stderr
from bot.cli import main
try:
    main()
except SystemExit as leaving:
    assert not leaving.code, leaving.code
json.dump(sorted({name.partition(".")[0] for name in sys.modules}), said)
"""


def test_asking_for_help_loads_nothing_heavy() -> None:
    child = subprocess.run(
        [sys.executable, "-c", ASK_FOR_HELP], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert child.returncode == 0, child.stderr
    loaded = set(json.loads(child.stdout))
    assert not loaded & HEAVY, "import these inside the function that needs them, not at the top of a file"


def test_asking_for_help_takes_less_than_half_a_second() -> None:
    def ask() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "bot.cli", "--help"], cwd=ROOT, stdout=subprocess.DEVNULL, check=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)

    # Processor time, best of three: what the command costs, not what else the machine is doing.
    assert min(ask() for _ in range(3)) < 0.5


@pytest.mark.parametrize("vendor", CORNERS)
def test_a_vendor_is_known_to_its_own_corner_only(vendor: str) -> None:
    corner, most = CORNERS[vendor]
    knowing = [path for path in sources() if vendor in imports(path)]
    strangers = [path for path in knowing if not path.startswith("bot/") or corner not in path]
    assert not strangers, f"{vendor} belongs to files under bot/ with {corner!r} in their path"
    assert len(knowing) <= most, f"{vendor} is imported by {knowing}; {most} may"


def sources() -> Iterator[str]:
    for package in ("bot", "coaching", "prompts", "storage"):
        yield from (path.relative_to(ROOT).as_posix() for path in sorted((ROOT / package).rglob("*.py")))


def imports(path: str) -> set[str]:
    """The outermost packages that a file imports anywhere, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"), path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found

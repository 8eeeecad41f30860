"""What the tests of the words share: all languages, read once, and one reader of each.
A language added later is tested by being there."""

import re
from pathlib import Path

import pytest

from prompts.words import HERE, Reader, Words

CODES = sorted(path.parent.name for path in HERE.glob("*/language.toml"))


@pytest.fixture(scope="session")
def words() -> Words:
    return Words()


@pytest.fixture
def english(words: Words) -> Reader:
    return words.reader("en", "SG", "Asia/Singapore")


@pytest.fixture
def japanese(words: Words) -> Reader:
    return words.reader("ja", "JP", "Asia/Tokyo")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small set of languages to make mistakes in: English and an unfinished Japanese."""
    (tmp_path / "cards.toml").write_text('cards = ["a_card"]\n', encoding="utf-8")
    for code in ("en", "ja"):
        (tmp_path / code).mkdir()
        for name in ("language.toml", "service.ftl", "terms.ftl", "units.ftl"):
            text = (HERE / code / name).read_text(encoding="utf-8")
            (tmp_path / code / name).write_text(text, encoding="utf-8")
    declared = tmp_path / "ja" / "language.toml"
    nothing = re.sub(
        r"^covers = \[[^\]]*\]", "covers = []", declared.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    declared.write_text(nothing, encoding="utf-8")
    return tmp_path

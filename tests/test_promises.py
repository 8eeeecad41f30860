"""What Unbadged promises never to be: nothing here counts people, ranks them or hands out badges, and it
begins with the work, not with a tool. And what the README shows was really said.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import demo
from bot.cli import _parser
from bot.settings import Settings
from storage import (  # noqa: F401 - they fill the list of tables
    care_tables,
    fact_tables,
    model_calls,
    schema,
)
from storage.columns import metadata
from storage.store import Store
from tests.conversation import FOLDER, WORDS, Player, make_place, open_place, read
from tests.faults.scene import Scene
from tests.storage.scenes import SECRET, a_place
from tests.words.lines import parts

ROOT = Path(__file__).resolve().parent.parent
TRANSCRIPTS = sorted(FOLDER.glob("*.md"))
BEGINNINGS = [each for each in TRANSCRIPTS if read(each.read_text(encoding="utf-8")).after is None]
SAID_ALOUD = ("danger", "overload", "on_leave", "a_first_week_in_japanese", "three_quiet_weeks", "forgotten")
SHORT = [path for path in TRANSCRIPTS if path.stem in SAID_ALOUD]
FIRST = 5  # messages without a tool and without "AI"

# What such products count, show or hand out. Each is looked for in names and in what people read.
AVOIDED = re.compile(
    r"""badge|certif|trophy|medal|streak|leaderboard|ranking|\brank(s|ed)?\b|percentile|\bleague|quiz
    |\bscores?\b|scoring|\bpoints?\b|level.?up|\bxp\b|rewards?\b|\bawards?\b|gamif
    |\bcomplet(e|ed|ion)\b|attend(ed|ance)\b|\bhours?\b|time.?spent
    |(?<!of\ )\bcourses?\b|bootcamp|webinar|training
    |click|opened.?rate|open.?rate|adopt(ion|ed)\b|usage|active.?users|log.?ins?\b|last.?seen
    |tokens?.?(used|count)|prompts?.?(used|count)|top.?(ten|list|users)
    |バッジ|ランキング|順位|スコア|点数|得点|ポイント|連続日数|達成率|完了率|受講|研修|出席|利用率|修了""",
    re.IGNORECASE | re.VERBOSE,
)
# Where such a word may stand, and why.
ALLOWED = {
    "en/start.ftl welcome": "says that there is none: no course, no badge, no ranking",
    "ja/start.ftl welcome": "says the same",
    "en/terms.ftl Measure.M42": "the score customers give one step of the work: of work, not of people",
    "en/terms.ftl Unit.hours": "a unit work is measured in",
    "en/units.ftl unit-hours": "a unit work is measured in",
    "en/terms.ftl Unit.points": "a unit work is measured in",
    "en/units.ftl unit-points": "a unit work is measured in",
    "ja/terms.ftl Unit.points": "a unit work is measured in",
    "ja/units.ftl unit-points": "a unit work is measured in",
    "en/guardrails.ftl gap_route": "a question that could point at somebody",
    "en/judgment.ftl Judgment.j5_2": "at what point would you have called someone: a moment",
    "en/judgment.ftl Weak.check_list": "points of a text that is checked",
    "en/playground.ftl queued_say": "working hours: when a message may go out",
}
# The name of the program has the word in it, to say what it is not.
OWN_NAME = re.compile(r"unbadged", re.IGNORECASE)

A_MACHINE = re.compile(
    r"""\bA\.?I\b|Ａ\.?Ｉ|人工知能|生成AI|artificial\ intelligence|machine\ learning
    |chat\ ?bot|\bLLM|GPT|copilot|gemini|claude""",
    re.IGNORECASE | re.VERBOSE,
)


def test_no_table_counts_people() -> None:
    names = [f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.columns]
    assert len(names) > 200
    assert not [name for name in names if AVOIDED.search(name.replace("_", " "))]


def test_no_line_button_or_box_speaks_of_it_in_any_language() -> None:
    said = {
        str(part): text
        for part in parts()
        if not part.is_heard
        for text in part.texts
        if AVOIDED.search(OWN_NAME.sub("", text))
    }
    assert not {where: text for where, text in said.items() if where not in ALLOWED}


def test_every_exception_is_still_needed() -> None:
    known = {str(part) for part in parts() if any(AVOIDED.search(text) for text in part.texts)}
    assert ALLOWED.keys() <= known


def test_the_playgrounds_pages_speak_of_none_of_it() -> None:
    pages = sorted((ROOT / "bot" / "playground" / "templates").glob("*"))
    assert pages
    for page in pages:
        text = re.sub(r"<[^>]*>|\{[{%#].*?[}%#]\}", " ", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not AVOIDED.search(OWN_NAME.sub("", text)), page.name


def test_no_command_and_no_setting_asks_for_it() -> None:
    helps = dict(_helps(_parser(), "unbadged"))
    assert len(helps) > 5
    for command, text in helps.items():
        assert not AVOIDED.search(OWN_NAME.sub("", text).replace("_", " ")), command
    for field in dataclasses.fields(Settings):
        variable = OWN_NAME.sub("", str(field.metadata["variable"]))
        assert not AVOIDED.search(variable.replace("_", " ")), variable


def test_the_list_would_find_what_such_products_have() -> None:
    for name in ("badge_count", "person.points", "streak_days", "leaderboard", "rank", "score", "percentile",
                 "completion_rate", "training_hours", "attendance", "open_rate", "click_through", "usage",
                 "adoption_target", "last_login", "研修の完了率", "ランキング"):  # fmt: skip
        assert AVOIDED.search(name.replace("_", " ")), name


@pytest.mark.parametrize("written", BEGINNINGS, ids=lambda path: path.stem)
def test_the_first_messages_of_a_conversation_name_no_tool_and_no_ai(written: Path) -> None:
    messages = _messages(written.read_text(encoding="utf-8"))
    assert len(messages) >= FIRST
    for message in messages[:FIRST]:
        assert not _names_a_machine(message), message


@pytest.mark.parametrize("who", range(len(demo.MANAGERS)), ids=[each.market for each in demo.MANAGERS])
@pytest.mark.parametrize("asides", [("share", "help"), ("show", "share"), ("person",), ("back", "show")])
def test_nor_whatever_is_asked_on_the_way(who: int, asides: tuple[str, ...], store: Store) -> None:
    scene = Scene(store, who=who)
    for word in (*asides, "start", "show", "help", "share"):
        scene.do(word)
    mine = [each.message for each in scene.channel.sent if each.person_id == scene.me]
    assert len(mine) >= FIRST
    for message in mine[:FIRST]:
        whole = " ".join((message.text, *(button.label for button in message.buttons)))
        assert not _names_a_machine(whole), whole


@pytest.mark.parametrize("written", SHORT, ids=lambda path: path.stem)
def test_every_name_that_is_said_is_in_the_words(written: Path, tmp_path: Path) -> None:
    script = read(written.read_text(encoding="utf-8"))
    make_place(tmp_path, script.after)
    store = open_place(tmp_path)
    Player(store, script.manager, goes_on=script.after is not None).run(script)
    with store.reading(demo.ORGANISATION) as repo:
        jobs = repo.scope.rows(schema.job, schema.job.c.kind == "say")
        languages = {row["person_id"]: repo.person(row["person_id"]) for row in jobs}
    assert jobs
    for row in jobs:
        person = languages[row["person_id"]]
        assert row["name"] in WORDS.languages["en"].scripts
        assert person is not None
        assert WORDS.covered(person.language, row["name"]) or person.language != "en"
    store.close()


def test_what_the_readme_shows_was_said() -> None:
    shown = _shown((ROOT / "README.md").read_text(encoding="utf-8"))
    assert shown, "a fenced block after <!-- from: tests/conversations/NAME.md -->"
    for source, block in shown:
        rest = iter(line.rstrip() for line in (ROOT / source).read_text(encoding="utf-8").splitlines())
        for line in filter(None, (line.rstrip() for line in block.splitlines())):
            assert line in rest, f"{source} does not say, or not in this order: {line}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with a_place("sqlite", tmp_path, migrated=True) as place:
        opened = place.open(SECRET)
        yield opened
        opened.close()


def _helps(parser: argparse.ArgumentParser, name: str) -> Iterator[tuple[str, str]]:
    yield name, parser.format_help().replace("usage:", "")  # argparse's own heading
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                yield from _helps(inner, f"{name} {word}")


def _messages(transcript: str) -> list[str]:
    """What the coach said, each with its buttons; one paragraph is one message."""
    found: list[str] = []
    for block in transcript.partition("\n---\n")[2].split("\n\n"):
        text = block.strip()
        if text.startswith(("[", "⟨")) and found:
            found[-1] += f"\n{text}"
        elif text and not text.startswith((">", "_(", "#")):
            found.append(text)
    return found


def _names_a_machine(text: str) -> bool:
    tools = {name for market in ("SG", "JP", "ID") for _, name in demo.pack(market).tools}
    assert tools
    return bool(A_MACHINE.search(text)) or any(tool.casefold() in text.casefold() for tool in tools)


def _shown(page: str) -> list[tuple[str, str]]:
    return re.findall(r"<!-- from: (\S+) -->\n+```\w*\n(.*?)```", page, flags=re.DOTALL)

"""Plays a conversation that is written down as Markdown, through the playground's own channel, and writes
it anew.

What the manager does stands in the file: ``> [Start]`` presses a button, ``> some words`` are typed, ``>
{a: 1}`` fills a form, ``_(to the next thing due)_`` moves the clock. All the rest is what the coach said,
word for word. A head with ``after: NAME`` goes on where the conversation of that name ended.
"""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import re
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot import demo
from bot.playground.play import Play
from bot.playground.stage import Bubble, Walk
from bot.publishing import publish
from prompts.words import Words
from storage.migrate import migrate
from storage.store import Store

FOLDER = Path(__file__).parent / "conversations"
SEEN = FOLDER / "seen_by_the_coach"
WORDS = Words()
PLACES = "UNBADGED_TESTS_PLACES"  # the environment says where, to all workers of one run
TOLD = "told.json"  # beside the database of such a place: what was said on the way there
LATELY = 12  # lines at the end of a chat in which a button is looked for first
_ACTION = re.compile(r"^(?:> (?P<did>.*)|_\((?P<moved>.*)\)_)$")
_WALKS: dict[str, Walk] = {
    "to the next thing due": "next",
    "to Friday": "friday",
    "three weeks on": "three_weeks",
}
_AFTER = re.compile(r"^after: (.+)$", re.MULTILINE)
_MANAGER = re.compile(r"^manager: (.+)$", re.MULTILINE)


@dataclass
class Script:
    """A conversation as written: its head, who it is with, and what the manager does."""

    head: str
    manager: str
    after: str | None = None
    actions: list[tuple[str, str]] = field(default_factory=list)


def read(text: str) -> Script:
    """The actions of a written conversation."""
    head, _, rest = text.partition("\n---\n")
    named = _MANAGER.search(head)
    if named is None:
        raise ValueError("the head must say 'manager: NAME'")
    after = _AFTER.search(head)
    script = Script(head, named[1].strip(), after[1].strip() if after else None)
    for line in rest.splitlines():
        if found := _ACTION.match(line):
            script.actions.append(
                ("did", found["did"]) if found["did"] is not None else ("moved", found["moved"])
            )
    return script


def open_place(folder: Path) -> Store:
    """The database of a conversation."""
    return Store(
        f"sqlite:///{folder / 'unbadged.db'}", None, "a-secret-for-these-tests-alone-and-long-enough"
    )


def make_place(folder: Path, after: str | None) -> None:
    """Make the database that a conversation begins with: an empty one, or where another one ended."""
    shutil.copytree(_place_after(after), folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(TOLD))


def play_through(folder: Path, script: Script) -> tuple[str, str]:
    """The whole conversation as it was played, and what the coach sees in the end; its database stays."""
    make_place(folder, script.after)
    store = open_place(folder)
    try:
        player = Player(store, script.manager, goes_on=script.after is not None)
        return player.run(script), player.seen_by_the_coach()
    finally:
        store.close()


def played_before_others(name: str) -> tuple[str, str]:
    """The same of a conversation that others go on from: it is played once for all of them."""
    played, seen = json.loads((_place_after(name) / TOLD).read_text(encoding="utf-8"))
    return played, seen


@cache
def _place_after(name: str | None) -> Path:
    """Made once in a run of the tests, by whoever needs it first: many conversations go on from there."""
    places = _places()
    folder = places / (name or "the beginning")
    with (places / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            made = Path(tempfile.mkdtemp(dir=places))
            _make(made, name)
            made.rename(folder)
    return folder


def _make(folder: Path, name: str | None) -> None:
    if name is None:
        return migrate(f"sqlite:///{folder / 'unbadged.db'}")
    told = play_through(folder, read((FOLDER / f"{name}.md").read_text(encoding="utf-8")))
    (folder / TOLD).write_text(json.dumps(told), encoding="utf-8")
    return None


@cache
def _places() -> Path:
    """Where one run of the tests keeps them, all its workers together; without such a run, this process."""
    if PLACES in os.environ:
        return Path(os.environ[PLACES])
    folder = Path(tempfile.mkdtemp(prefix="unbadged-conversations-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class Player:
    """Plays one manager's side and writes down both."""

    def __init__(self, store: Store, manager: str, *, goes_on: bool = False) -> None:
        self.store = store
        self.play = Play(store, WORDS)
        (self.me,) = (each.id for each in self.play.people() if each.name == manager)
        said = self.play.chat(self.me)
        self.seen = said[-1].seq if goes_on and said else 0
        self.day = ""
        self.lines: list[str] = []
        self.keys = 0
        self.typed: dict[str, str] = {}  # under which key each text came

    def run(self, script: Script) -> str:
        """The whole conversation as it was played."""
        self._listen()
        for how, what in script.actions:
            self.lines.append(f"> {what}" if how == "did" else f"_({what})_")
            self.lines.append("")
            if how == "did":
                self.do(what)
            else:
                self.move(what)
            self._listen()
        return script.head + "\n---\n\n" + "\n".join(self.lines).rstrip() + "\n"

    def seen_by_the_coach(self) -> str:
        """What the coach sees in the end, as a page; "" while that is nothing."""
        view = self.play.coach_sees(self.me)
        if view is None or not (view.sent or view.signs):
            return ""
        lines = [f"# What {view.coach} sees of {view.manager}, {view.about}", ""]
        for sign in view.signs:
            detail = f" · {sign.detail}" if sign.detail else ""
            lines += [f"**{sign.what}**{detail} · {sign.at}", ""]
        for sent in view.sent:
            corrected = f" ({sent.corrected})" if sent.corrected else ""
            lines += [f"## {sent.title}{corrected}", "", *(f"- {line}" for line in sent.lines), ""]
        return "\n".join(lines)

    def do(self, what: str) -> None:
        """Press, fill in or type."""
        self.keys += 1
        key = f"key-{self.seen}-{self.keys}"
        if what.startswith("[") and what.endswith("]"):
            self.play.tap(self.me, self._button(what[1:-1]), key)
        elif what.startswith("{") and what.endswith("}"):
            pairs = (pair.partition(":") for pair in what[1:-1].split(","))
            bubble = next(each for each in reversed(self.play.chat(self.me)) if each.form_token)
            labels = {box.label: box.name for box in bubble.fields}
            filled = {labels[label.strip()]: value.strip() for label, _, value in pairs}
            self.play.fill(self.me, str(bubble.form_token), filled, key)
        else:
            self.typed[what] = key
            self.play.say(self.me, what, key)

    def move(self, what: str) -> None:
        """Move the clock, or let the guardrails of a market come."""
        if what.startswith("the guardrails of "):
            market = what.split()[-2]
            publish(self.store, demo.ORGANISATION, demo.pack(market), self.play.clock.now())
            self.play.worker.run_due()
        else:
            self.play.walk(self.me, _WALKS[what])

    def _button(self, label: str) -> str:
        """The live button with this label; ``old: label`` is one of a question that has closed."""
        old = label.startswith("old: ")
        label = label.removeprefix("old: ")
        for after in (max(self.seen - LATELY, 0), 0):
            for bubble in reversed(self.play.chat(self.me, after)):
                closed = bubble.stale or bubble.answered is not None
                for press in bubble.buttons:
                    if press.label == label and closed is old:
                        return press.token
        raise AssertionError(f"no button [{label}] in the chat; the last line was: {self.lines[-6:]}")

    def _listen(self) -> None:
        """Write down what the coach said since."""
        for bubble in self.play.chat(self.me, self.seen):
            self.seen = bubble.seq
            if bubble.author == "coach":
                self._write(bubble)

    def _write(self, bubble: Bubble) -> None:
        if bubble.day != self.day:
            self.day = bubble.day
            self.lines += [f"### {bubble.at}", ""]
        self.lines += [line.rstrip() + "  " for line in bubble.text.splitlines()[:-1]]
        self.lines += [bubble.text.splitlines()[-1], ""]
        if bubble.fields:
            self.lines += ["".join(f"⟨{box.label}⟩ " for box in bubble.fields).strip(), ""]
        if bubble.buttons:
            self.lines += [" ".join(f"[{press.label}]" for press in bubble.buttons), ""]

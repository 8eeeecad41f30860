"""A manager who lives through the start and a week, and signs whatever they write with an unmistakable mark.

What they do is the written conversation of eight weeks up to its first summary; what they write there gets a
mark behind it, so that it means what it meant and can be found wherever it went.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from starlette.applications import Starlette

from bot import demo
from bot.exchange import Exchange
from bot.playground.app import playground
from bot.record.sheets import Papers
from bot.wishes import TO_SAY_SO, begin_forgetting
from coaching.journal import Form, Words
from storage.migrate import migrate
from storage.store import Store
from tests.conversation import FOLDER, WORDS, Player, read
from tests.storage.scenes import SECRET

CONVERSATION = FOLDER / "eight_weeks_to_demonstrably_better.md"
BREAK = re.compile(r"[\W\d_]")


def plain_mark(number: int) -> str:
    return f"Quokka{number:02}Lantern"


def foreign_mark(number: int) -> str:
    return f"Ünlü{number:02}漢字"


@dataclass
class Life:
    """One manager's life in the playground, and how many marks they left."""

    player: Player
    marks: int = 0
    shown: list[str] = field(default_factory=list)

    @property
    def store(self) -> Store:
        return self.player.store

    @property
    def me(self) -> str:
        return self.player.me

    @property
    def needles(self) -> set[str]:
        return {make(n) for n in range(1, self.marks + 1) for make in (plain_mark, foreign_mark)}

    def mark(self, text: str) -> str:
        self.marks += 1
        return f"{text} {plain_mark(self.marks)} {foreign_mark(self.marks)}"

    def write(self, text: str) -> None:
        """Type a marked line, whatever is being asked."""
        self.player.do(self.mark(text))

    def start_and_a_week(self) -> None:
        """Both sittings and week one, up to the summary that is sent."""
        actions = read(CONVERSATION.read_text(encoding="utf-8")).actions
        sent = actions.index(("did", "[Send]"))
        self.write("who are you")  # before anything was agreed
        for how, what in actions[: sent + 1]:
            if how == "moved":
                self.player.move(what)
            elif what[0] in "[{" or len(BREAK.sub("", what)) < 4:
                self.player.do(what)
            else:
                self.write(what)

    def asides(self) -> None:
        """Ask for a person with a topic; something feels wrong, and what would have caught it; hold forth."""
        self.write("can we talk about something else entirely")
        self.player.do("person")
        self.player.do("[With a topic]")
        self.write("the way the pipeline call goes")
        self.player.do("start")  # nothing was to come before the coach had time to answer
        self.player.do("something feels wrong")
        self.player.do("[Wrong number shown]")
        self.player.do("[Not sure it's one]")
        self.player.move("to the next thing due")
        self.write("a second pair of eyes on the price list")

    def written(self) -> Iterator[str]:
        """Everything the journals hold in this manager's own words, numbers aside."""
        with self.store.reading(demo.ORGANISATION) as repo:
            for talk in repo.conversations(self.me):
                for entry in repo.journal(talk.id).entries:
                    match entry.answer:
                        case Words(text) if len(BREAK.sub("", text)) >= 4:
                            yield text
                        case Form(fields):
                            yield from (text for text in fields.values() if len(BREAK.sub("", text)) >= 4)

    def wish_to_be_forgotten(self) -> None:
        """The one line that says so, and then everything goes."""
        play = self.player.play
        with self.store.transaction(demo.ORGANISATION) as repo:
            person = repo.person(self.me)
            assert person is not None
            exchange = Exchange(repo, person, play.clock.now(), demo.CHANNEL, demo=True)
            line = begin_forgetting(repo, person, exchange.now)
            exchange.say(line.name, **line.slots)
        play.worker.run_due()
        self.shown = [bubble.text for bubble in play.chat(self.me)]
        play.clock.advance(TO_SAY_SO)
        play.worker.run_due()


def a_life(folder: Path, manager: str = "Dana Lim", url: str = "") -> Life:
    """A manager on a fresh playground, in a folder or at an address."""
    url = url or f"sqlite:///{folder / 'unbadged.db'}"
    migrate(url)
    return Life(Player(Store(url, None, SECRET), manager))


def pages_of(life: Life) -> Starlette:
    """The playground around a life, with the pages of its data."""
    reader = WORDS.reader("en", "SG", "UTC")
    papers = Papers(life.store, WORDS, life.player.play.clock, demo.ORGANISATION)
    return playground(life.player.play, lambda name, slots: WORDS.line(reader, name, slots), papers)


def forms(needle: str) -> Iterator[bytes]:
    """How a text may stand in a file."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield needle.encode(encoding)
    yield json.dumps(needle)[1:-1].encode()


def found_in(folder: Path, needles: set[str]) -> set[str]:
    """Which of them stand in any file below a folder, and in which."""
    hits: set[str] = set()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        held = path.read_bytes()
        hits |= {f"{path.name}: {n}" for n in needles if any(form in held for form in forms(n))}
    return hits

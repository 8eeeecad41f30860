"""What the pages show of Slack: a written conversation is lived through in front of the stand-in, and the
messages and windows that went over the wire are written down as JSON, for whatever draws them.

python -m tests.slack.pictures FOLDER
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot import demo
from bot.around import letters
from bot.slack.portfolio import digest
from bot.slack.speech import Speech
from tests.conversation import read
from tests.slack.place import ORGANISATION, WORDS, Place, TestClock
from tests.slack.standin import Human, Slack, Timing
from tests.slack.test_eight_weeks import SCRIPT, Player

NAME = "Unbadged"
ZONE = ZoneInfo("Asia/Singapore")
SHOWN = {
    "question": "The last two weeks: where",
    "assignment": "By Fri 4 December: in",
    "summary": "Here is what Mei Tan will see of week 8",
}
SECOND_WEEK, LAST_DAY = datetime(2026, 12, 7, tzinfo=ZONE), datetime(2027, 1, 22, tzinfo=ZONE)


@dataclass
class Album:
    """What was seen, by the name of its picture."""

    coach: Place
    human: Human
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)

    def posts(self) -> None:
        """The messages that are shown, as they were when they came."""
        for name, begins in SHOWN.items():
            post = next(
                each
                for each in self.coach.slack.ledger.posts_in(self.human.channel.id)
                if each.text.startswith(begins)
            )
            at = datetime.fromtimestamp(post.at, ZONE)
            self.kept[name] = message({"text": post.text, "blocks": list(post.blocks)}, at)

    def form(self) -> None:
        """The first window that opened."""
        opened = next(each for each in self.coach.slack.ledger.views if each.how == "open")
        self.kept["form"] = emptied(opened.view)

    def home(self) -> None:
        """The Home tab as it is now."""
        before = len(self.coach.slack.ledger.views)
        self.human.opens_home()
        self.coach.slack.ledger.wait_until(lambda: len(self.coach.slack.ledger.views) > before)
        self.kept["home"] = self.coach.slack.ledger.views[-1].view

    def letter(self) -> None:
        """The coach's week, with somebody in it who asked for a person."""
        arun = self.coach.employs(demo.MANAGERS[0], name="Arun Nair", email="arun.nair@example.com")
        human = self.coach.slack.joins("Arun Nair", email=arun.email)
        asks_for_a_person(self.coach, human)
        with self.coach.store.reading(ORGANISATION) as repo:
            mei = repo.person(self.coach.coach.id)
            assert mei is not None
            week = letters.weekly(repo, WORDS, mei, self.coach.clock.now())
        speech = Speech(WORDS, WORDS.reader(mei.language, mei.market, mei.zone))
        self.kept["digest"] = message(digest(week, speech), self.coach.clock.now().astimezone(ZONE))


def asks_for_a_person(coach: Place, human: Human) -> None:
    human.says("hello")
    for label in ("Start", "OK", "Yes"):
        coach.works()
        assert human.presses(label).trouble == ""
    coach.works()
    human.says("person")
    coach.works()
    assert human.presses("Without a topic").trouble == ""
    coach.works()


def message(said: dict[str, Any], at: datetime) -> dict[str, Any]:
    """A message as a transcript of one: who, when, what."""
    shown = {"text": said["text"], "blocks": said["blocks"]}
    return {"messages": [{"name": NAME, "time": f"{at:%H:%M}", **shown}]}


def emptied(view: dict[str, Any]) -> dict[str, Any]:
    """A window before anything was filled in."""
    return {name: view[name] for name in ("type", "title", "submit", "close", "blocks")}


def taken() -> dict[str, dict[str, Any]]:
    """Every picture's payload by its name."""
    clock = TestClock()
    timing = Timing(now=lambda: clock.at.timestamp(), scale=0.001)
    with tempfile.TemporaryDirectory() as folder, Slack(timing=timing) as slack:
        place = Place(Path(folder), slack)
        place.clock = clock
        with place as coach:
            dana = coach.employs()
            human = slack.joins("Dana Lim", email=dana.email)
            with coach.store.transaction(ORGANISATION) as repo:
                repo.link(dana.id, "slack", human.id)
            coach.invites(dana)
            coach.works()
            return lived(Album(coach, human))


def lived(album: Album) -> dict[str, dict[str, Any]]:
    """Eight weeks, and what is to be seen of them at its time."""
    player, clock = Player(album.coach, album.human), album.coach.clock
    player.listen()
    for how, what in read(SCRIPT.read_text(encoding="utf-8")).actions:
        if how == "moved" and clock.at >= LAST_DAY:
            break  # what comes after the eighth week is not shown
        if how == "moved" and clock.at >= SECOND_WEEK and "home" not in album.kept:
            album.home()  # with nothing left to answer, before the coach comes back
        player.does(how, what)
    album.posts()
    album.form()
    album.letter()
    return album.kept


def main(folder: Path) -> None:
    """Write every payload into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, payload in taken().items():
        text = json.dumps(payload, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

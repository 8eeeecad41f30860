"""What the Home tab says comes next, held against what then comes: at steps of written conversations a copy
of that moment is lived on with nobody answering, until the coach says something or has nothing more to say.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import demo
from bot.playground.play import Play
from bot.slack.home import HomePage
from bot.slack.homes import home_page
from coaching.journey import Kind
from storage import queue
from storage.store import Store
from tests.conversation import FOLDER, WORDS, Player, make_place, open_place, read

NOTHING_AHEAD = timedelta(weeks=9)  # who has heard nothing for so long hears nothing any more
A_MOMENT = timedelta(minutes=1)
AT_EVERY_STEP = bool(os.environ.get("EVERY_STEP"))
SOME = [
    "stuck_at_access_and_unstuck",
    "something_feels_wrong",
]
EVERYWHERE = [
    *SOME,
    "eight_weeks_to_demonstrably_better",
    "eight_weeks_to_stopped_on_purpose",
    "stuck_at_missing_rails_and_released",
    "rehearsing_without_rails",
    "away_over_a_pause",
    "sick_without_an_end",
    "stopped_for_three_weeks",
    "on_leave",
    "three_quiet_weeks",
    "hostile_twice",
    "danger",
    "overload",
]


@contextmanager
def a_folder() -> Iterator[Path]:
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def said_next(store: Store, me: str) -> datetime | None:
    """Live on with nobody answering: when the coach's next line stands in the chat."""
    play = Play(store, WORDS)
    with store.reading(demo.ORGANISATION) as repo:
        before = repo.chat_last(me)
    ends = play.clock.now() + NOTHING_AHEAD
    while (due := queue.next_due(store, me)) is not None and due < ends:
        play.clock.set(max(due, play.clock.now()))
        play.worker.run_due()
        with store.reading(demo.ORGANISATION) as repo:
            lines = repo.chat(me, before)
        if lines:
            return lines[0].at
    return None


def home(store: Store, me: str, now: datetime) -> HomePage:
    with store.reading(demo.ORGANISATION) as repo:
        person = repo.person(me)
        assert person is not None
        return home_page(repo, WORDS, person, now)


def comes(place: Path, me: str) -> datetime | None:
    """What comes after this moment, found out on a copy of it."""
    with a_folder() as folder:
        shutil.copytree(place, folder, dirs_exist_ok=True)
        copied = open_place(folder)
        try:
            return said_next(copied, me)
        finally:
            copied.close()


@pytest.mark.parametrize("name", EVERYWHERE if AT_EVERY_STEP else SOME)
def test_what_is_announced_is_what_comes(name: str) -> None:
    """Where the manager waits, and where an answer changes what is announced; EVERY_STEP=1: everywhere."""
    script = read((FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    wrong: list[str] = []
    moments: set[datetime | None] = set()
    with a_folder() as place:
        make_place(place, script.after)
        store = open_place(place)
        try:
            player = Player(store, script.manager, goes_on=script.after is not None)
            steps = list(enumerate(script.actions, 1))
            for (at, (how, what)), following in zip(steps, [*script.actions[1:], ("", "")], strict=True):
                player.do(what) if how == "did" else player.move(what)
                page = home(store, player.me, player.play.clock.now())
                said, is_new = page.next_at, page.next_at not in moments
                assert page.asks or page.stopped or not _has_something_to_press(player), f"{at}. {what!r}"
                moments.add(said)
                if is_new or AT_EVERY_STEP or following == ("moved", "to the next thing due"):
                    came = comes(place, player.me)
                    if not (said == came or (said and came and abs(said - came) < A_MOMENT)):
                        wrong.append(f"{at}. after {what!r}: announced {said}, came {came}")
        finally:
            store.close()
    assert not wrong, "\n".join(wrong)
    assert len(moments) > 1, "something was announced, and not always the same"


def _has_something_to_press(player: Player) -> bool:
    """Whether an open question with buttons or boxes stands in the chat, but for those of a quiet week."""
    with player.store.reading(demo.ORGANISATION) as repo:
        quiet = {talk.id for talk in repo.conversations(player.me) if talk.kind == Kind.QUIET}
    lines = player.play.chat(player.me)
    return any(
        not each.stale
        and each.answered is None
        and not {press.token.split(".")[0] for press in each.buttons} & quiet
        for each in lines
        if each.buttons or each.form_token
    )

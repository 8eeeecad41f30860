"""What the fault tests share: one warm process that starts machines, and how a conversation ends undisturbed.

The undisturbed run is made once for each conversation, on SQLite, and everything else is compared with it: so
both engines are also compared with each other.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.conversation import FOLDER
from tests.faults.driver import Life
from tests.faults.machine_room import MachineRoom, what_is_left
from tests.storage.scenes import ENGINES, SECRET, Place, a_place


@dataclass(frozen=True)
class Course:
    """A written conversation, up to a line of it. ``deaths``: how many at each of the named places."""

    name: str
    end: str | None
    deaths: Mapping[str, int]
    otherwise: int = 0


COMMITS = {"before_commit": 3, "after_commit": 3}
COURSES = {
    "two_weeks": Course("eight_weeks_to_demonstrably_better", "### Mon 14 December", {}, 2),
    "rails_missing": Course("stuck_at_missing_rails_and_released", None, COMMITS),
    "not_ok": Course("not_ok", None, {"key_destroyed": 2, **COMMITS}),
}


def conversation(course: str) -> str:
    name, end = COURSES[course].name, COURSES[course].end
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    if end is None:
        return text
    assert end in text, f"{name}.md has no line {end!r} any more: choose another place to stop"
    return text[: text.index(end)]


@dataclass
class Ran:
    """A course from its first start to its end, with as many deaths as there were between.

    ``seconds``: how long all of it took; ``start``: and a start after which nothing is left to do.
    """

    engine: str
    course: str
    place: Place
    left: dict[str, list[str]] = field(default_factory=dict)
    seconds: float = 0.0
    start: float = 0.0

    @property
    def notes(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._file.read_text(encoding="utf-8").splitlines()]

    @property
    def step(self) -> int:
        """The first step that is not done yet."""
        done = [int(note["done"]) for note in self.notes if "done" in note] if self._file.exists() else []
        return done[-1] + 1 if done else 0

    @property
    def armed(self) -> tuple[int, str, int]:
        """Where the last life was to die."""
        step, name, times = next(note["armed"] for note in reversed(self.notes) if note.get("armed"))
        return int(step), str(name), int(times)

    @property
    def _file(self) -> Path:
        return self.place.folder / "notes"

    def life(self, pulls: Sequence[tuple[int, str, int]] = (), *, count: bool = False) -> Life:
        return Life(self.place.url, SECRET, conversation(self.course), str(self._file), tuple(pulls), count)

    def look(self) -> None:
        """Take down what is left."""
        store = self.place.open()
        try:
            self.left = what_is_left(store)
        finally:
            store.close()


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MachineRoom]:
    with begun("sqlite", "two_weeks", tmp_path_factory.mktemp("first")) as ran:
        opened = MachineRoom(ran.life())
        yield opened
        opened.close()


@contextmanager
def begun(engine: str, course: str, folder: Path) -> Iterator[Ran]:
    """A course at its beginning, on an empty database."""
    folder.mkdir(exist_ok=True)
    with a_place(engine, folder, migrated=True) as place:
        yield Ran(engine, course, place)


@pytest.fixture(scope="session")
def undisturbed(room: MachineRoom, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Ran]:
    made: dict[str, Ran] = {}

    def run(course: str) -> Ran:
        if course not in made:
            with begun("sqlite", course, tmp_path_factory.mktemp("undisturbed")) as ran:
                started = time.monotonic()
                assert room.live(ran.life(count=True)) == 0
                ran.seconds = time.monotonic() - started
                ran.look()
                again = time.monotonic()
                assert room.live(ran.life()) == 0
                ran.start = time.monotonic() - again
            made[course] = ran
        return made[course]

    return run


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)

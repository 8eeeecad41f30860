"""One machine that may lose its power: the service, a manager who goes by a written conversation, and a
platform that notes what it was asked to deliver. Started again it goes on where the notes end.

What the manager does is noted before the service hears of it, and handed in again, with the same key and at
the same moment, until the service has answered: as a platform would. One warm process runs many lives.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
import traceback
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

from sqlalchemy import text

from bot import demo
from bot.channel import Arrived, Delivery
from bot.incoming import Incoming
from bot.playground import play as playground
from bot.playground.memory import Chat
from bot.playground.play import SECONDS_BETWEEN, Play
from bot.publishing import publish
from storage import crashpoints, queue
from storage.database import is_sqlite, transaction
from storage.store import Store
from tests.conversation import WORDS, read

BROKEN = 3  # the exit code of a life that ended by a mistake and not by the plug
_WALKS = {"to the next thing due": "next", "to Friday": "friday", "three weeks on": "three_weeks"}
_passes: Counter[str] = Counter()


@dataclass(frozen=True)
class Life:
    """From one start of the machine to its end. ``pulls``: in which step, at which name, at which pass."""

    url: str
    secret: str
    conversation: str
    notes: str
    pulls: tuple[tuple[int, str, int], ...] = ()
    count: bool = False


class Notes:
    """What outlives the machine: one line for everything that was noted."""

    def __init__(self, path: Path) -> None:
        self.path = path
        written = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        self.all: list[dict[str, Any]] = [json.loads(line) for line in written]

    def add(self, **note: Any) -> dict[str, Any]:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(note, ensure_ascii=False) + "\n")
        self.all.append(note)
        return note

    def last(self, name: str) -> dict[str, Any] | None:
        return next((note for note in reversed(self.all) if name in note), None)


class Machine(Play):
    """The playground; only when the manager's next tap comes is not the machine's to say."""

    moment: datetime

    def _receive(self, incoming: Incoming) -> None:
        self.clock.set(max(self.moment, self.clock.now()))
        self.listener.receive(demo.ORGANISATION, incoming)
        self.worker.run_due()

    def target(self, person_id: str, walk: Any) -> datetime | None:
        with self._store.reading(demo.ORGANISATION) as repo:
            person = repo.person(person_id)
        assert person is not None
        return self._target(person, walk)


def live(life: Life) -> None:
    """Live: finish what was begun, then do what the conversation says next, to its end."""
    notes, script = Notes(Path(life.notes)), read(life.conversation)
    store = Store(life.url, None, life.secret)

    class Watched(Chat):
        """Notes whatever is handed to the platform although it has it already."""

        def send(self, delivery: Delivery) -> str:
            if self.arrived(delivery) is Arrived.YES:
                notes.add(twice=delivery.job_id)
            return super().send(delivery)

    if life.count:
        _count_passes()
    done, begun = notes.last("done"), notes.last("step")
    if begun is not None and (done is None or done["done"] < begun["step"]):
        _arm(life, notes, begun["step"])  # it was cut short: what is left of it may be done at the start
    with mock.patch.object(playground, "Chat", Watched):
        machine = Machine(store, WORDS)
    _a_minute_passes(store)
    machine.worker.run_due()
    known = notes.last("me") or notes.add(
        me=next(each.id for each in machine.people() if each.name == script.manager)
    )
    for number, (how, what) in enumerate(script.actions):
        if done is not None and number <= done["done"]:
            continue
        noted = notes.last("step")
        if noted is None or noted["step"] != number:
            noted = notes.add(step=number, **_meant(machine, known["me"], how, what))
            _arm(life, notes, number)
        _passes.clear()
        _do(store, machine, known["me"], noted)
        notes.add(done=number, passes=dict(_passes))
    store.close()


def _meant(machine: Machine, me: str, how: str, what: str) -> dict[str, Any]:
    """What the manager, the operator or time is about to do, whole, so that it can be done again just so."""
    if how == "moved" and what not in _WALKS:
        return {"publish": what.split()[-2]}
    if how == "moved":
        target = machine.target(me, _WALKS[what])
        return {"seen": len(machine.chat(me)), "until": target and target.isoformat()}
    later: dict[str, Any] = {"at": (machine.clock.now() + SECONDS_BETWEEN).isoformat()}
    bubbles = list(reversed(machine.chat(me)))
    if what.startswith("["):
        label, old = what[1:-1].removeprefix("old: "), what.startswith("[old: ")
        tokens = (
            press.token
            for bubble in bubbles
            for press in bubble.buttons
            if press.label == label and (bubble.stale or bubble.answered is not None) is old
        )
        return later | {"tap": next(tokens)}
    if what.startswith("{"):
        bubble = next(each for each in bubbles if each.form_token)
        names = {box.label: box.name for box in bubble.fields}
        pairs = (pair.partition(":") for pair in what[1:-1].split(","))
        boxes = {names[label.strip()]: value.strip() for label, _, value in pairs}
        return later | {"form": bubble.form_token, "boxes": boxes}
    return later | {"say": what}


def _do(store: Store, machine: Machine, me: str, noted: dict[str, Any]) -> None:
    key = f"key-{noted['step']}"
    if "at" in noted:
        machine.moment = datetime.fromisoformat(noted["at"])
    if "publish" in noted:
        publish(store, demo.ORGANISATION, demo.pack(noted["publish"]), machine.clock.now())
        machine.worker.run_due()
    elif "tap" in noted:
        machine.tap(me, noted["tap"], key)
    elif "form" in noted:
        machine.fill(me, noted["form"], noted["boxes"], key)
    elif "say" in noted:
        machine.say(me, noted["say"], key)
    else:
        _walk(store, machine, me, noted["seen"], noted["until"])


def _walk(store: Store, machine: Machine, me: str, seen: int, until: str | None) -> None:
    target = None if until is None else datetime.fromisoformat(until)
    while target is not None or len(machine.chat(me)) == seen:
        due = queue.next_due(store)
        if due is None or (target is not None and due > target):
            break
        machine.clock.set(max(due, machine.clock.now()))
        machine.worker.run_due()
    if target is not None:
        machine.clock.set(max(target, machine.clock.now()))


def _a_minute_passes(store: Store) -> None:
    """Whoever held a lease has been gone for longer than it lasts."""
    with transaction(store.engine) as connection:
        ago = "strftime('%Y-%m-%d %H:%M:%f', 'now', '-1 second') || '000'"
        past = ago if is_sqlite(connection) else "clock_timestamp() - interval '1 second'"
        connection.execute(text(f"UPDATE job SET lease_until = {past} WHERE state = 'sending'"))


def _arm(life: Life, notes: Notes, step: int) -> None:
    """As if the process had been started with the setting; the passes before this moment do not count."""
    pull = next((each for each in life.pulls if each[0] == step), None)
    os.environ[crashpoints.VARIABLE] = "" if pull is None else f"{pull[1]}:{pull[2]}"
    if life.pulls:
        notes.add(armed=pull)
        importlib.reload(crashpoints)


def _count_passes() -> None:
    for module in list(sys.modules.values()):
        if getattr(module, "crashpoint", None) is crashpoints.crashpoint and module is not crashpoints:
            module.crashpoint = lambda name: _passes.update([name])  # type: ignore[attr-defined]


def main() -> None:
    """Live the first life read here, so that all its children have seen one; each further line is a child's.
    Say the child's number as it begins, and how it ended.
    """
    live(Life(**json.loads(sys.stdin.readline())))
    gc.freeze()
    for line in sys.stdin:
        life = Life(**json.loads(line))
        child = os.fork()
        if child == 0:
            ending = BROKEN
            try:
                live(life)
                ending = 0
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(ending)
        print(f"began {child}", flush=True)
        _, status = os.waitpid(child, 0)
        print(f"ended {os.waitstatus_to_exitcode(status)}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        live(Life(**json.loads(sys.argv[1])))
    else:
        main()

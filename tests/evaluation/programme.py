"""Runs one whole programme of eight weeks with a small model on this machine: `make eval-local`.

It proves that everything holds together, not that a model is any good: so it prints how often the model was
asked and how often the rules did it instead.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot import demo
from bot.answerer import MODEL
from bot.incoming import Token
from bot.listening import Listener
from bot.playground.memory import Chat
from bot.settings import Settings
from bot.worker import Worker
from coaching.consulting import Task
from coaching.journal import Found
from storage.conversations import Conversation
from storage.store import Store
from tests.conversation import FOLDER, WORDS, Player, make_place, open_place, read

TRANSCRIPT = "eight_weeks_to_demonstrably_better"
FIRST_MONDAY = date(2026, 11, 23)  # the week of the two sittings; the first programme week follows
MOST_STEPS = 700
SHORTEST_SEEN = 6  # letters of a proposal's text before it is looked for in the chat
OTHERWISE = "The delivery terms, line by line"
# Said in the transcript by a button or in a few words, and here in a way that gives a model something to do.
IN_OWN_WORDS = {
    "where_it_hurts": "proposals for key accounts go through three or four review rounds before they leave",
    "before_values": "contract says 2 rounds but really 3, then 4 with the holiday in between, then 3 again",
    "judgment": (
        "The difference between what we promised and what we sell, because the list knows only what was "
        "written down; the dates I let pass, and one of them was from an old price list"
    ),
}
Key = tuple[str, int, str]  # a conversation's kind and number, and the question's name


@dataclass
class Persona:
    """The manager of the transcript, who answers by the names of the questions; asked more, she answers."""

    known: dict[Key, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    asked_more: Counter[str] = field(default_factory=Counter)

    def says(self, key: Key) -> tuple[str, str] | None:
        """What she did there in the transcript; None where nobody asked her then."""
        waiting = self.known.get(key)
        done = waiting.pop(0) if waiting else None
        own = IN_OWN_WORDS.get(key[2])
        return ("did", own) if own and done is not None and done[0] == "did" else done


def learn(store: Store, actions: list[tuple[str, str]], manager: str) -> Persona:
    """Play the transcript as it stands, without a model, and remember which question each thing answered."""
    persona, player = Persona(), Player(store, manager)
    player._listen()
    for how, what in actions:
        talk = open_talk(store, player.me)
        if talk is not None:
            persona.known[key_of(talk)].append((how, what))
        player.do(what) if how == "did" else player.move(what)
        player._listen()
    return persona


def live(store: Store, persona: Persona, player: Player) -> None:
    """Go through the programme again with a model beside; whatever is asked more is answered."""
    player._listen()
    for _ in range(MOST_STEPS):
        talk, before = open_talk(store, player.me), player.seen
        action = None if talk is None else persona.says(key_of(talk))
        if talk is not None and action is None:
            if talk.kind == "week" and talk.shown_name == "slice_reminder":
                action = ("moved", "to the next thing due")
            else:
                persona.asked_more[str(talk.shown_name)] += 1
                _answer_somehow(player, talk)
        if action is not None and action[0] == "did":
            try:
                player.do(action[1])
            except AssertionError:  # the button of the transcript is not there, for another way was taken
                assert talk is not None
                persona.asked_more[str(talk.shown_name)] += 1
                _answer_somehow(player, talk)
        elif talk is None or action is not None:
            player.move("to the next thing due")
        player.play.worker.run_due()
        player._listen()
        if talk is None and player.seen == before:
            return
    raise RuntimeError("the programme did not come to an end")


def _answer_somehow(player: Player, talk: Conversation) -> None:
    """The first button of the open question, or a sentence."""
    player.keys += 1
    key = f"more-{player.seen}-{player.keys}"
    for bubble in reversed(player.play.chat(player.me)):
        for press in () if bubble.stale or bubble.answered is not None else bubble.buttons:
            token = Token.read(press.token)
            if token is not None and token.name == talk.shown_name and token.value != "skip":
                return player.play.tap(player.me, press.token, key)
    return player.play.say(player.me, OTHERWISE, key)


def open_talk(store: Store, person_id: str) -> Conversation | None:
    """The conversation in which a question is open; the newest of them."""
    with store.reading(demo.ORGANISATION) as repo:
        talks = repo.conversations(person_id, open_only=True)
    shown = [each for each in talks if each.shown_name is not None and each.shown_asking is not None]
    return shown[-1] if shown else None


def key_of(talk: Conversation) -> Key:
    """Which question is open in it."""
    return str(talk.kind), talk.ordinal, str(talk.shown_name)


def with_model(player: Player, settings: Settings) -> Any:
    """Let the playground's own worker and listener use the model of the settings."""
    from bot.model.setting_up import model

    play = player.play
    made = model(settings, player.store, play.clock, demo=True)
    if made is None:
        raise LookupError("no model is configured: set OPENAI_BASE_URL and OPENAI_MODEL")
    channels = {demo.CHANNEL: Chat(player.store)}
    play.listener = Listener(player.store, WORDS, play.clock, demo=True, model=made.gate)
    play.worker = Worker(
        player.store, WORDS, play.clock, channels, demo=True, answerers={MODEL: made}, model=made.gate
    )
    name = next(each.name for each in play.people() if each.id == player.me)
    play.start_over()  # whoever was invited before the model was there would go on without it
    player.me = next(each.id for each in play.people() if each.name == name)
    return made


def warm_up(endpoint: Any) -> None:
    """Let the endpoint read once what each task begins with, as a provider has long done."""
    from bot.model.proposing import propose
    from bot.model.tasks import NoTaskError, task_text

    for task in Task:
        try:
            text = task_text(task)
        except NoTaskError:
            continue
        began = time.monotonic()
        propose(endpoint, text, {"said": "hello"}, 300)
        print(f"  {task}: read within {time.monotonic() - began:.0f} s", flush=True)


def proposals(store: Store, person_id: str) -> Iterator[tuple[Task, Any]]:
    """What a model proposed in all the conversations of a person, as their journals have it."""
    with store.reading(demo.ORGANISATION) as repo:
        for talk in repo.conversations(person_id):
            for entry in repo.journal(talk.id).entries:
                task = next((each for each in Task if entry.name.startswith(f"model_{each}")), None)
                if task is not None and isinstance(entry.answer, Found):
                    yield task, json.loads(entry.answer.value)


def texts(value: Any) -> Iterator[str]:
    """Every text within a proposal."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


def report(store: Store, player: Player, persona: Persona) -> None:
    """The two tables: task by task, and what it cost week by week."""
    from storage import model_calls

    with store.reading(demo.ORGANISATION) as repo:
        calls = model_calls.calls_of(repo.scope, player.me)
    spoken = [each.text for each in player.play.chat(player.me) if each.author == "coach"]
    proposed: Counter[Task] = Counter()
    seen: Counter[Task] = Counter()
    for task, value in proposals(store, player.me):
        proposed[task] += 1
        found = [each for each in texts(value) if len(each) >= SHORTEST_SEEN]
        seen[task] += any(each in line for each in found for line in spoken)
    print(
        f"\n{'task':12}{'asked':>8}{'answered':>10}{'mended':>8}{'nothing':>9}{'in the chat':>13}{'rules':>8}"
    )
    for task in Task:
        mine = [each for each in calls if each.task == task]
        if mine:
            how = Counter(each.outcome for each in mine)
            nothing = len(mine) - how["answered"] - how["mended"]
            line = f"{task:12}{len(mine):8}{how['answered']:10}{how['mended']:8}{nothing:9}{seen[task]:13}"
            print(f"{line}{1 - seen[task] / len(mine):8.0%}")
    print("what became of the calls:", dict(Counter(each.outcome for each in calls)))
    print("questions the transcript does not have:", dict(persona.asked_more))
    print("\n| week | calls | tokens in | tokens out | milliseconds, middle |\n|---|---|---|---|---|")
    weeks: dict[int, list[Any]] = defaultdict(list)
    for each in calls:
        weeks[(each.at.date() - FIRST_MONDAY).days // 7].append(each)
    for week, mine in sorted(weeks.items()):
        times = sorted(each.milliseconds for each in mine)
        tokens = f"{sum(each.tokens_in for each in mine)} | {sum(each.tokens_out for each in mine)}"
        print(f"| {week} | {len(mine)} | {tokens} | {times[len(times) // 2]} |")


def main() -> int:
    """Run it; 0 if the programme came to its end with the label of the transcript."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.programme", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0, help="the longest a call may take")
    chosen = parser.parse_args()
    script = read((FOLDER / f"{TRANSCRIPT}.md").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="unbadged-eval-") as folder:
        make_place(Path(folder) / "rules", None)
        make_place(Path(folder) / "model", None)
        store = open_place(Path(folder) / "rules")
        persona = learn(store, script.actions, script.manager)
        store.close()
        store = open_place(Path(folder) / "model")
        try:
            return _run(store, persona, script.manager, chosen.seconds)
        finally:
            store.close()


def _run(store: Store, persona: Persona, manager: str, seconds: float) -> int:
    from bot.model import waiting

    waiting.LONGEST = timedelta(seconds=seconds)
    player = Player(store, manager)
    print("What each task begins with is read once, without a limit:", flush=True)
    warm_up(with_model(player, Settings.read()).endpoint)
    began = time.monotonic()
    live(store, persona, player)
    report(store, player, persona)
    said = "\n".join(player.lines)
    ends = "demonstrably better" in said and "until you write" in said
    print(
        f"\n{time.monotonic() - began:.0f} s; the programme {'came' if ends else 'did NOT come'} to its end."
    )
    return 0 if ends else 1


if __name__ == "__main__":
    sys.exit(main())

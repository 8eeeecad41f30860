"""The plug is pulled at every place in the code that has a name, and at random; then the machine starts again.
Afterwards everything is as if nothing had happened: each line once, each answer once, nothing lost and nothing open.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from storage.crashpoints import KILLED, VARIABLE
from storage.jobs import JobState
from tests.faults.conftest import COURSES, Ran, begun
from tests.faults.machine_room import KILLED_FROM_OUTSIDE, ROOT, MachineRoom, first_difference

Undisturbed = Callable[[str, str], Ran]
DEATHS = {"two_weeks": 4, "rails_missing": 2, "not_ok": 3}  # for each name, if it is passed as often
KILLS = 20
UNDECIDED = (JobState.SENDING, JobState.UNKNOWN, JobState.DEAD)


def names() -> set[str]:
    """Every named place there is; one added tomorrow is found here by itself."""
    code = [*ROOT.glob("bot/**/*.py"), *ROOT.glob("storage/**/*.py")]
    found = (re.findall(r'crashpoint\("(\w+)"\)', path.read_text(encoding="utf-8")) for path in code)
    return {name for each in found for name in each}


def planned(ran: Ran) -> list[tuple[int, str, int]]:
    """For each name some of its passes, spread over the course, the first and the last among them."""
    passes: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for note in ran.notes:
        counted = note.get("passes")
        assert counted is None or isinstance(counted, dict)
        for name, times in (counted or {}).items():
            passes[name] += [(int(str(note["done"])), at + 1) for at in range(times)]
    plan = []
    for shift, (name, all_of_it) in enumerate(sorted(passes.items())):
        wanted = min(DEATHS[ran.course], len(all_of_it))
        spread = {round(at * (len(all_of_it) - 1) / max(wanted - 1, 1)) for at in range(wanted)}
        inner = {min(max(at + shift % 5, 1), len(all_of_it) - 1) for at in spread - {0, len(all_of_it) - 1}}
        for at in inner | (spread & {0, len(all_of_it) - 1}):
            step, times = all_of_it[at]
            plan.append((step, name, times))
    return sorted(plan)


def assert_as_undisturbed(ran: Ran, reference: Ran, deaths: object) -> None:
    ran.look()
    difference = first_difference(reference.left, ran.left)
    assert not difference, f"after these deaths:\n{deaths}\n{difference}"
    assert not [note for note in ran.notes if "twice" in note], "a line was handed to the platform twice"
    open_ends = [job for job in ran.left["job"] if any(f"'state': '{state}'" in job for state in UNDECIDED)]
    assert not open_ends


def test_every_named_place_is_passed_in_one_of_the_conversations(undisturbed: Undisturbed) -> None:
    passed: set[str] = set()
    for course in COURSES:
        passed |= {name for _, name, _ in planned(undisturbed("sqlite", course))}
    assert names() == passed, "a place that no conversation passes needs one that does: conftest.COURSES"


@pytest.mark.parametrize("course", COURSES)
def test_a_power_cut_at_any_named_place_changes_nothing(
    engine: str, course: str, room: MachineRoom, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    reference = undisturbed(engine, course)
    plan, deaths = planned(reference), []
    with begun(engine, course, tmp_path / "course") as ran:
        for step, name, times in [*plan, (0, "", 0)]:
            pull = (max(step, ran.step), name, times) if name else None
            ended = room.live(ran.life(pull))
            if ended == 0:
                break
            assert ended == KILLED, f"a life ended by a mistake, armed with {pull}; its error is above"
            deaths.append((ran.step, name, times))
        assert ended == 0
        assert_as_undisturbed(ran, reference, deaths)
    died = Counter(name for _, name, _ in deaths)
    assert set(died) == {name for _, name, _ in plan}
    assert sum(died.values()) >= 0.8 * len(plan)


def test_twenty_kills_at_random_moments_change_nothing(
    engine: str, room: MachineRoom, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    dice, reference, kills, rounds = random.Random(20261124), undisturbed(engine, "two_weeks"), 0, 0
    usual = reference.seconds / KILLS
    while kills < KILLS:
        rounds += 1
        with begun(engine, "two_weeks", tmp_path / str(rounds)) as ran:
            ended, steps = KILLED_FROM_OUTSIDE, []
            while ended != 0:
                after = dice.uniform(0.2, 1.8) * usual + 0.1 if kills < KILLS else None
                ended = room.live(ran.life(), kill_after=after)
                assert ended in (0, KILLED_FROM_OUTSIDE), "a life ended by a mistake; its error is above"
                kills += ended != 0
                steps.append(ran.step)
            assert_as_undisturbed(ran, reference, steps)


def test_both_engines_end_alike(undisturbed: Undisturbed) -> None:
    for course in COURSES:
        assert not first_difference(undisturbed("sqlite", course).left, undisturbed("postgres", course).left)


def test_the_plug_is_pulled_by_the_setting_in_a_process_of_its_own(tmp_path: Path) -> None:
    with begun("sqlite", "not_ok", tmp_path / "own") as ran:
        order = [sys.executable, "-m", "tests.faults.driver", json.dumps(asdict(ran.life()))]
        own = {**os.environ, "PYTHONPATH": str(ROOT), VARIABLE: "after_send:2"}
        assert subprocess.run(order, cwd=ROOT, env=own, timeout=60).returncode == KILLED
        own.pop(VARIABLE)
        assert subprocess.run(order, cwd=ROOT, env=own, timeout=60).returncode == 0

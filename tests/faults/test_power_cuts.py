"""The plug is pulled at every place in the code that has a name, and at random, and the machine starts again.
Afterwards everything is as if nothing had happened: each line once, each answer once, nothing lost or open.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

import pytest

from storage.crashpoints import KILLED, VARIABLE
from storage.jobs import JobState
from tests.faults.conftest import COMMITS, COURSES, Ran, begun
from tests.faults.machine_room import KILLED_FROM_OUTSIDE, ROOT, MachineRoom, first_difference

Undisturbed = Callable[[str], Ran]
Pull = tuple[int, str, int]  # in which step, at which name, at which pass of it
KILLS = {"sqlite": 12, "postgres": 8}  # at random moments, twenty in all
UNDECIDED = (JobState.SENDING, JobState.UNKNOWN, JobState.DEAD)


def names() -> set[str]:
    """Every named place there is; one added tomorrow is found here by itself."""
    code = [*ROOT.glob("bot/**/*.py"), *ROOT.glob("storage/**/*.py")]
    found = (re.findall(r'crashpoint\("(\w+)"\)', path.read_text(encoding="utf-8")) for path in code)
    return {name for each in found for name in each}


def passed(ran: Ran) -> dict[str, list[tuple[int, int]]]:
    """For each named place, all its passes: in which step, the how-manieth there."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for note in ran.notes:
        counted = note.get("passes", {})
        assert isinstance(counted, dict)
        for name, times in counted.items():
            found[name] += [(int(note["done"]), at + 1) for at in range(times)]
    return found


def planned(ran: Ran, fewer: int = 0) -> list[Pull]:
    """Some passes of each name, spread over the course; and where rails are published, every commit of it."""
    course, plan = COURSES[ran.course], []
    for shift, (name, passes) in enumerate(sorted(passed(ran).items())):
        wanted = min(course.deaths.get(name, course.otherwise) - fewer, len(passes))
        for at in range(wanted):  # each name a little later than the one before it, so that no two coincide
            where = (at + (shift % 7 + 1) / 8) / wanted
            step, times = passes[int(where * len(passes))]
            plan.append((step, name, times))
    published = [int(note["step"]) for note in ran.notes if "publish" in note]
    plan += [(step, name, at) for step in published for name in COMMITS for at in (1, 2, 3)]
    return in_order(ran, plan)


def reserves(ran: Ran, plan: Iterable[Pull]) -> list[Pull]:
    """The last passes of each planned name, for when another death left its own place behind."""
    names, where = {name for _, name, _ in plan}, passed(ran).items()
    return [(step, name, at) for name, passes in where if name in names for step, at in passes[-3:]]


def in_order(ran: Ran, pulls: Iterable[Pull]) -> list[Pull]:
    """Of one step the rare passes come first: a death at a later one would leave them behind."""
    times_passed = {name: len(passes) for name, passes in passed(ran).items()}
    return sorted(pulls, key=lambda each: (each[0], times_passed[each[1]], each[2]))


def assert_as_undisturbed(ran: Ran, reference: Ran, deaths: object) -> None:
    ran.look()
    difference = first_difference(reference.left, ran.left)
    assert not difference, f"after these deaths:\n{deaths}\n{difference}"
    assert not [note for note in ran.notes if "twice" in note], "a line was handed to the platform twice"
    open_ends = [job for job in ran.left["job"] if any(f"'state': '{state}'" in job for state in UNDECIDED)]
    assert not open_ends


def test_every_named_place_is_passed_in_one_of_the_conversations(undisturbed: Undisturbed) -> None:
    reached = {name for course in COURSES for _, name, _ in planned(undisturbed(course))}
    assert names() == reached, "a place that no conversation passes needs one that does: conftest.COURSES"


@pytest.mark.parametrize("course", COURSES)
def test_a_power_cut_at_any_named_place_changes_nothing(
    engine: str, course: str, room: MachineRoom, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    reference = undisturbed(course)
    # Each start costs more on Postgres, so there it is one death less at each name.
    plan, ended = planned(reference, fewer=engine == "postgres"), KILLED
    ahead, spare, deaths = list(plan), reserves(reference, plan), list[Pull]()
    with begun(engine, course, tmp_path / "course") as ran:
        while ended != 0:
            died_at = {name for _, name, _ in deaths}
            still = [pull for pull in spare if pull[1] not in died_at and pull[0] >= ran.step]
            pulls = in_order(reference, {*ahead, *still})
            ended = room.live(ran.life(pulls))
            assert ended in (0, KILLED), "a life ended by a mistake; its error is above"
            if ended == KILLED:
                deaths.append(ran.armed)
                later = pulls[pulls.index(ran.armed) + 1 :]
                ahead = [pull for pull in ahead if pull in later]
        assert_as_undisturbed(ran, reference, deaths)
    assert {name for _, name, _ in deaths} == {name for _, name, _ in plan}, "one death at least at each name"


@pytest.mark.parametrize("engine, course", [("sqlite", "two_weeks"), ("postgres", "rails_missing")])
def test_kills_at_random_moments_change_nothing(
    engine: str, course: str, room: MachineRoom, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    dice, reference, kills, rounds = random.Random(20261124), undisturbed(course), 0, 0
    # A death in every start would lose the same line again and again, and what was lost twice is not hurried:
    # it goes out later by design. So a life that got nowhere is followed by a longer one.
    usual = reference.seconds / KILLS[engine] + reference.start
    while kills < KILLS[engine]:
        rounds += 1
        with begun(engine, course, tmp_path / str(rounds)) as ran:
            ended, steps = KILLED_FROM_OUTSIDE, list[int]()
            while ended != 0:
                got_nowhere = (len(steps) > 1 and steps[-1] == steps[-2]) or steps == [0]
                span = usual * (8 if got_nowhere else 1)
                after = dice.uniform(0.2, 1.8) * span if kills < KILLS[engine] else None
                ended = room.live(ran.life(), kill_after=after)
                assert ended in (0, KILLED_FROM_OUTSIDE), "a life ended by a mistake; its error is above"
                kills += ended != 0
                steps.append(ran.step)
            assert_as_undisturbed(ran, reference, steps)


def test_the_plug_is_pulled_by_the_setting_in_a_process_of_its_own(tmp_path: Path) -> None:
    with begun("sqlite", "not_ok", tmp_path / "own") as ran:
        order = [sys.executable, "-m", "tests.faults.driver", json.dumps(asdict(ran.life()))]
        own = {**os.environ, "PYTHONPATH": str(ROOT), VARIABLE: "after_send:2"}
        assert subprocess.run(order, cwd=ROOT, env=own, timeout=60).returncode == KILLED
        own.pop(VARIABLE)
        assert subprocess.run(order, cwd=ROOT, env=own, timeout=60).returncode == 0

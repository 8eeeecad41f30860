"""What a coach can ask for, and that nothing unsent can be had by any of it."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from coaching import facts
from coaching.facts import Fact
from coaching.summary import SHOWS, Part
from storage.fact_tables import KINDS, SHAREABLE
from storage.people import Status
from storage.repository import Repository
from storage.sharing import CoachEyes
from storage.store import Store
from tests.storage.scenes import NOW, a_manager, assignment, confirmation, rails, talk

ALL = " ".join(Part)


def reading(week: int, value: int, *, counted: bool = True) -> facts.Reading:
    number = Decimal(value)
    return facts.Reading(week, number, number, "days", "counted", counted, "said")


def a_week(week: int) -> dict[str, Fact]:
    """One fact of every kind a summary can show, and one of some that it cannot."""
    return {
        "assignment": assignment(week=week, state="done", version=None, fresh_until=None, activated_at=None),
        "reading": reading(week, week),
        "forecast": facts.Forecast(week, 70, "secret doubt"),
        "reflection": facts.Reflection(week, "j1", "j1_1", "secret thought"),
        "change": facts.Change(week, "secret change"),
        "minding": facts.Minding(week, 1, 2, 3, 4, "waste"),
        "moved": facts.Moved(week, "to_me"),
        "output": facts.Output(week, "good_enough"),
        "decision": facts.Decision(week, "go_on", "", "secret owner", ""),
        "obstacle": facts.Obstacle(week, "not_started", "no_time"),
        "practice": facts.Practice(week, counts=True),
        "clarity": facts.Clarity(week, "less_clear"),
        "note": facts.Note(week, "drill", "secret drill"),
    }


def a_start() -> dict[str, Fact]:
    ten = Decimal(10)
    return {
        "friction": facts.Friction("time", "secret work", "secret pain", wanted=True),
        "stake": facts.Stake("money", "secret cost", "secret noticer"),
        "measured": facts.Measured("M01", "days", "secret span", "errors"),
        "before_1": facts.Before(1, ten, ten, "days", "counted", False),
        "confirmation": confirmation(),
    }


class Scene:
    """One manager with a coach, two lived weeks, and nothing sent."""

    def __init__(self, repo: Repository) -> None:
        self.repo = repo
        self.coach = a_manager(repo, "coach@example.com", name="Mei Tan", roles=("coach",)).id
        self.other = a_manager(repo, "other@example.com", name="Kei Sato", roles=("coach",)).id
        self.me = a_manager(repo, coach_id=self.coach).id
        repo.publish_guardrails(rails(), NOW)
        repo.project(talk(repo, self.me), a_start(), NOW)
        self.weeks = {}
        for week in (1, 2):
            self.weeks[week] = talk(repo, self.me, "week", week)
            repo.project(self.weeks[week], a_week(week), NOW + timedelta(weeks=week))

    @property
    def eyes(self) -> CoachEyes:
        return self.repo.as_coach(self.coach)

    def send(self, week: int, shares: str = ALL, to: str | None = None, *, hours: int = 0) -> None:
        at = NOW + timedelta(weeks=week, hours=1 + hours)
        sent = facts.SentSummary(week, at, '{"lines":{"list":[]}}', shares, "ja", to or self.coach)
        self.repo.project(self.weeks[week], {**a_week(week), "sent_summary": sent}, at)

    def seen(self, kind: type[Fact]) -> list[Fact]:
        return [each.fact for each in self.eyes.shown(self.me, kind)]


@pytest.fixture
def scene(store: Store) -> Iterator[Scene]:
    with store.transaction("org") as repo:
        yield Scene(repo)


def everything_said_to(eyes: CoachEyes, person_id: str) -> str:
    """Every question a coach can put about somebody, asked, and all the answers as text."""
    said: list[Any] = []
    for name, ask in inspect.getmembers(eyes, callable):
        if name.startswith("_") or name in ("managers", "manager"):
            continue
        about_facts = "kind" in inspect.signature(ask).parameters
        said += [ask(person_id, kind) for kind in KINDS.values()] if about_facts else [ask(person_id)]
    return repr([each for each in said if each])


def test_nothing_unsent_is_reached_by_any_question_of_a_coach(scene: Scene) -> None:
    assert everything_said_to(scene.eyes, scene.me) == "[]"


def test_a_sent_summary_shares_what_it_shows_and_only_its_own_week(scene: Scene) -> None:
    scene.send(1)
    assert scene.seen(facts.Reflection) == [a_week(1)["reflection"]]
    assert scene.seen(facts.Forecast) == [a_week(1)["forecast"]]
    assert scene.seen(facts.Assignment) == [a_week(1)["assignment"]]
    assert scene.seen(facts.Reading) == [reading(1, 1)]
    assert len(scene.seen(facts.Before)) == 1
    for kind in set(KINDS.values()) - SHAREABLE:
        assert scene.seen(kind) == []


@pytest.mark.parametrize("left_out", Part)
def test_a_part_left_out_shares_none_of_its_facts(scene: Scene, left_out: Part) -> None:
    scene.send(1, " ".join(each for each in Part if each is not left_out))
    for kind in SHOWS[left_out]:
        assert scene.seen(kind) == []


def test_numbers_are_shared_up_to_the_week_that_shows_them_and_practice_never(scene: Scene) -> None:
    practice = {**a_week(1), "reading": reading(1, 5, counted=False)}
    scene.repo.project(scene.weeks[1], practice, NOW + timedelta(weeks=1, hours=1))
    scene.send(2)
    assert scene.seen(facts.Reading) == [reading(2, 2)]
    assert scene.seen(facts.Reflection) == [a_week(2)["reflection"]]


def test_what_was_put_right_since_is_seen_as_it_was_sent(scene: Scene) -> None:
    scene.send(1)
    later = NOW + timedelta(weeks=3)
    scene.repo.correct(scene.weeks[1], "reading", reading(1, 9), later)
    assert scene.seen(facts.Reading) == [reading(1, 1)]
    correction = talk(scene.repo, scene.me, "summary", 1)
    again = facts.SentSummary(1, later, '{"lines":{"list":[]}}', "number", "ja", scene.coach)
    scene.repo.project(correction, {"sent_summary": again}, later)
    assert scene.seen(facts.Reading) == [reading(1, 9)]
    (one,) = scene.eyes.summaries(scene.me)
    assert one.corrected_at == later


def test_a_summary_sent_to_one_coach_is_not_another_ones(scene: Scene) -> None:
    scene.send(1)
    assert everything_said_to(scene.repo.as_coach(scene.other), scene.me) == "[]"
    scene.repo.update_person(scene.me, coach_id=scene.other)
    assert everything_said_to(scene.repo.as_coach(scene.other), scene.me) == "[]"
    assert everything_said_to(scene.eyes, scene.me) == "[]", "no longer assigned"
    assert [each.id for each in scene.repo.as_coach(scene.other).managers()] == [scene.me]


def test_the_four_signs_and_what_was_asked_reach_the_coach_and_nothing_else(scene: Scene) -> None:
    every = ("person", "wrong", "quiet", "danger", "asked", "connect", "message_contact")
    for n, sign in enumerate(every, 1):
        concern = facts.Concern(sign, "", "", NOW + timedelta(hours=n))
        scene.repo.project(talk(scene.repo, scene.me, "wrong", n), {"concern": concern}, NOW)
    assert [each.fact.sign for each in scene.eyes.signs(scene.me)] == list(reversed(every[:5]))
    assert scene.repo.as_coach(scene.other).signs(scene.me) == []


def test_of_somebody_forgotten_nothing_is_seen(scene: Scene) -> None:
    scene.send(1)
    scene.repo.update_person(scene.me, status=Status.FORGOTTEN)
    assert everything_said_to(scene.eyes, scene.me) == "[]"
    assert scene.eyes.managers() == []


def test_what_a_coach_is_shown_is_asked_for_in_that_one_place() -> None:
    """Files that speak to coaches hold no repository: what they show comes through `CoachEyes`."""
    root = Path(__file__).resolve().parents[2]
    for path in [*root.glob("bot/coach_*.py"), *root.glob("bot/*/coach_*.py")]:
        names = {
            node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)
        }
        assert not names & {"facts", "everything", "journal", "conversations", "scope"}, path

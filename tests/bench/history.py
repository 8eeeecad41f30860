"""A year of one manager, made in seconds: three conversations are lived through, the others are copies.
Every copy is written through the store like the first one: sealed answers, facts, jobs that were sent.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from bot import demo
from bot.exchange import Exchange
from coaching.facts import Fact
from coaching.journal import Answer, Form, Tap, Words
from coaching.journey import Kind
from storage import queue
from storage.conversations import Conversation
from storage.jobs import JobKind, JobState, job_table
from storage.repository import Repository
from storage.store import Store
from tests.faults.scene import Scene

WEEKS = 52
WEEKS_A_WORKFLOW = 8
A_WEEK = timedelta(weeks=1)
# One manager's start and first two weeks, by the names of the questions.
ANSWERS: dict[str, Answer] = {
    "welcome": Tap("start"),
    "consent": Tap("ok"),
    "profile": Tap("yes"),
    "where_it_hurts": Tap("quality"),
    "which_work": Words("Proposals for key accounts"),
    "what_went_wrong": Words("Every proposal goes through three or four review rounds before it leaves."),
    "mirror": Tap("yes"),
    "wanted": Tap("yes"),
    "stake": Tap("customer"),
    "stake_in_a_line": Words("Two renewals asked for the offer twice and went to someone else."),
    "who_notices": Words("The account leads, then the head of sales"),
    "team_line": Tap("skip_it"),
    "which_measure": Tap("another"),
    "which_family": Tap("flow"),
    "which_measure_other": Tap("M07"),
    "span": Words("draft sent to the first reviewer until it leaves the house"),
    "before_values": Words("3, 4 and 3"),
    "before_right": Tap("yes"),
    "grade": Tap("looked_up"),
    "unusual": Tap("no"),
    "balancing": Tap("errors"),
    "aim": Tap("2"),
    "rail_data": Tap("fits"),
    "rail_tool": Tap("assistant"),
    "goes_to": Tap("client"),
    "rail_checkpoint": Tap("suggested"),
    "rail_contact": Tap("saved"),
    "permission": Tap("good"),
    "room": Tap("yes"),
    "ai_part": Tap("check_list"),
    "item": Words("The Harbour Line proposal from September"),
    "good": Words("the solution engineer finds no invented feature in it"),
    "assignment_card": Tap("take_it"),
    "forecast": Tap("p50"),
    "forecast_against": Words("a feature we do not have"),
    "plan_when": Words("after the Tuesday pipeline call"),
    "midweek_wish": Tap("ask_me"),
    "slice_offer": Tap("take_it"),
    "what_changed": Words("We had the checklist read the draft before anybody else did"),
    "minding": Form({"feeding": "20", "checking": "10", "rerunning": "0", "cleaning": "5"}),
    "worth_it": Tap("mixed"),
    "good_enough": Tap("good_enough"),
    "back_test": Words("The dates it took from an old price list"),
    "side_by_side": Words("The list of claims and the delivery terms"),
    "clearer": Tap("clearer"),
    "judgment": Words("The difference between what we promised and what we sell"),
    "anything_else": Tap("no"),
    "summary_card": Tap("send"),
}
FIRST_TIME = "what_changed"


def begun(store: Store) -> Scene:
    """A manager in the first week, asked what changed."""
    scene = Scene(store)
    scene.play_until(FIRST_TIME, ANSWERS)
    return scene


def seasoned(store: Store) -> Scene:
    """A manager with a year behind them, in the first week of the next piece of work, asked the same."""
    scene = begun(store)
    scene.do(ANSWERS[FIRST_TIME])
    scene.play_until(FIRST_TIME, ANSWERS)  # of the second week
    scene.do(ANSWERS[FIRST_TIME])
    scene.play_until("summary_card", ANSWERS)
    scene.do(ANSWERS["summary_card"])
    with store.transaction(demo.ORGANISATION) as repo:
        lived = [talk for talk in repo.conversations(scene.me) if talk.closed_at is not None]
    assert [talk.kind for talk in lived] == [Kind.START, Kind.WEEK, Kind.WEEK]
    for week in range(2, WEEKS):
        with store.transaction(demo.ORGANISATION) as repo:
            if week % WEEKS_A_WORKFLOW == 0:
                _copy(repo, scene, lived[0], week)
            _copy(repo, scene, lived[1 + week % 2], week)
    scene.clock.moment += WEEKS * A_WEEK
    with store.transaction(demo.ORGANISATION) as repo:
        for talk in repo.conversations(scene.me, open_only=True):
            repo.close(talk.id, "used_up", scene.clock.now())
        queue.cancel_for(repo, scene.me, tuple(JobKind), at=scene.clock.now(), reason="bench")
        person = repo.person(scene.me)
        assert person is not None
        renewed = replace(demo.pack("SG"), version=2, expires_on=date.max)
        repo.publish_guardrails(renewed, scene.clock.now())
        Exchange(repo, person, scene.clock.now(), None, True).open(Kind.START)
    scene.worker.run_due()
    scene.play_until(FIRST_TIME, ANSWERS)
    return scene


def rows(store: Store) -> int:
    """How many answers and jobs there are by now."""
    with store.reading(demo.ORGANISATION) as repo:
        talks = [talk for person in repo.people() for talk in repo.conversations(person.id)]
        return sum(
            len(repo.journal(talk.id).entries) + len(queue.of_conversation(repo, talk.id)) for talk in talks
        )


def _copy(repo: Repository, scene: Scene, lived: Conversation, week: int) -> None:
    """One more conversation like ``lived``, some weeks later."""
    shift = week * A_WEEK
    person = repo.person(scene.me)
    assert person is not None
    at, ordinal = lived.opened_at + shift, repo.next_ordinal(scene.me, lived.kind)
    made = repo.open_conversation(scene.me, lived.kind, ordinal, at, lived.opening or "", lived.theme)
    for entry in repo.journal(lived.id).entries:
        repo.append(made.id, replace(entry, moment=entry.moment + shift), person.zone)
    known = Exchange(repo, person, at, None, True).stand(lived)[0].facts
    repo.project(made.id, {name: _later(fact, ordinal, shift) for name, fact in known.items()}, at)
    for job in queue.of_conversation(repo, lived.id):
        queue.add(
            repo,
            person_id=scene.me,
            kind=job.kind,
            name=job.name,
            asking=job.asking,
            due_at=job.due_at + shift,
            body=job.body or "{}",
            conversation_id=made.id,
            again=job.again,
            channel=job.channel,
            nudge=job.nudge,
        )
    sent = {"state": JobState.SENT, "finished_at": at}
    repo.scope.update(job_table, sent, job_table.c.conversation_id == made.id)
    repo.close(made.id, lived.how_closed or "used_up", at + A_WEEK)


def _later(fact: Fact, ordinal: int, shift: timedelta) -> Fact:
    known: dict[str, Any] = {field.name: getattr(fact, field.name) for field in fields(fact)}
    changes: dict[str, Any] = {"workflow": ordinal} if "workflow" in known else {}
    if "fresh_until" in known and known["fresh_until"] is not None:
        changes["fresh_until"] = known["fresh_until"] + shift
    return replace(fact, **changes)

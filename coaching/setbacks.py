"""When a week did not go to plan: not started, not usable, or worse than by hand. Each is a finding.

Whatever was in the way is answered with one thing: smaller, clearer, allowed, or stopped on purpose. Nobody
is asked to catch up.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from coaching import facts, phrases, series, summary
from coaching.assignment import agree_good
from coaching.blockers import hear_what_is_in_the_way
from coaching.dialogue import Coach
from coaching.gaps import offer_to_ask_for_permission
from coaching.opening import WeekOpening, Workflow
from coaching.reflexes import Reflex

TWICE, THREE_TIMES = 2, 3


class InTheWay(StrEnum):
    """What kept it from being started."""

    NO_TIME = "no_time"
    UNCLEAR = "unclear"
    NOT_ALLOWED = "not_allowed"
    NOT_WORTH_IT = "not_worth_it"


class Smaller(StrEnum):
    """No time: less of it, or the same again."""

    SMALLER = "smaller"
    SAME = "same_again"


class Worth(StrEnum):
    """Not worth it: then it may stop here."""

    STOP = "stop_here"
    GO_ON = "go_on"


class ThirdTime(StrEnum):
    """Three times not started."""

    SMALLER = "smaller"
    STOP = "stop_here"


class Failed(StrEnum):
    """What exactly failed; next week changes one thing only."""

    INPUT = "input"
    INSTRUCTION = "instruction"
    KNOWLEDGE = "knowledge"
    TASK = "task"


class NotForAI(StrEnum):
    """The task itself failed."""

    STOP = "stop_here"
    ONE_MORE = "one_more"


class MadeWorse(StrEnum):
    """The honest question after two worse readings."""

    STOP = "stop_here"
    CHANGE_ONE = "change_one"
    ONE_MORE = "one_more"


class Ate(StrEnum):
    """Which kind of minding the AI ate the gain."""

    FEEDING = "feeding"
    CHECKING = "checking"
    RERUNNING = "rerunning"
    CLEANING = "cleaning"


async def hear_not_started(
    coach: Coach[WeekOpening], assignment: facts.Assignment
) -> tuple[facts.Assignment, str, str]:
    """What was in the way, and what follows: the assignment as it goes on, the obstacle, the decision."""
    obstacle = await hear_obstacle(coach)
    coach.keep("obstacle", facts.Obstacle(coach.opening.week, "not_started", obstacle))
    times = coach.opening.not_started + 1
    if times >= THREE_TIMES:
        helper = coach.opening.manager.coach
        third = await coach.choose("not_started_again", ThirdTime, beside=(Reflex.PERSON,), coach=helper)
        if third is ThirdTime.STOP:
            return assignment, obstacle, MadeWorse.STOP
        return await _smaller(coach, assignment, "half_of_it"), obstacle, ""
    if obstacle is InTheWay.NOT_ALLOWED:
        await offer_to_ask_for_permission(coach, "ask_permission")
    elif obstacle is InTheWay.NOT_WORTH_IT:
        if await coach.choose("worth_going_on", Worth) is Worth.STOP:
            return assignment, obstacle, MadeWorse.STOP
    elif obstacle is InTheWay.UNCLEAR:
        item = await coach.ask("clearer_item")
        good = await agree_good(coach, item)
        return replace(assignment, item=item, good=good), obstacle, ""
    elif times >= TWICE:
        return await _smaller(coach, assignment, "half_of_it"), obstacle, ""
    elif await coach.choose("smaller_or_same", Smaller) is Smaller.SMALLER:
        return await _smaller(coach, assignment, "smaller_item"), obstacle, ""
    return assignment, obstacle, ""


async def hear_obstacle(coach: Coach[WeekOpening]) -> InTheWay:
    """What kept it from being started."""
    return await hear_what_is_in_the_way(coach, "in_the_way", InTheWay)


async def _smaller(coach: Coach[WeekOpening], assignment: facts.Assignment, name: str) -> facts.Assignment:
    item = await coach.ask(name, item=assignment.item)
    coach.say("smaller_next_week")
    return replace(assignment, item=item)


async def hear_not_usable(coach: Coach[WeekOpening]) -> str:
    """What failed; next week changes one thing. If it was the task itself it may stop here: the decision."""
    week = coach.opening.week
    failed = await coach.choose("what_failed", Failed)
    coach.keep("failed", facts.Obstacle(week, "not_usable", failed))
    if failed is Failed.TASK:
        coach.say("failed_task")
        stops = await coach.choose("not_for_ai_here", NotForAI) is NotForAI.STOP
        return MadeWorse.STOP if stops else ""
    coach.say(f"failed_{failed}")
    change = await coach.may_ask("one_change")
    if change:
        coach.keep("one_change", facts.Note(week, "one_change", change))
        coach.say("one_change_kept")
    return ""


async def hear_made_worse(coach: Coach[WeekOpening], workflow: Workflow, week: summary.Week) -> str:
    """Where the readings or the manager say so: stop, change one thing, or one more; the decision, or ""."""
    if workflow.readings and series.went_wrong(series.judge(workflow).label):
        answer = await coach.choose("made_it_worse", MadeWorse, work=workflow.work)
    elif "by_hand" in phrases.spoken(week.changed, "talk"):
        answer = await coach.choose(
            "faster_by_hand", MadeWorse, work=workflow.work, minutes=week.minutes or 0
        )
    else:
        return ""
    if answer is MadeWorse.STOP:
        ate = await coach.may_choose("what_ate_it", Ate)
        if ate is not None:
            coach.keep("ate", facts.Obstacle(coach.opening.week, "minding", ate))
    else:
        coach.say(f"heard_{answer}")
    coach.keep("decision", facts.Decision(coach.opening.week, answer, "", "", ""))
    return answer

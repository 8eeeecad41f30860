"""The eight weeks on one workflow: what each week is about, and its own question beside the usual ones.

Weeks one and two practise and are never counted; from week three on the number counts.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum

from coaching import facts
from coaching.dialogue import Coach
from coaching.opening import WeekOpening


class Theme(IntEnum):
    """A week of the programme. A theme is used up when its check-in ends or closes unanswered."""

    REHEARSE = 1
    SIDE_BY_SIDE = 2
    LIVE = 3
    MIDPOINT = 4
    REDESIGN = 5
    PASS_ON = 6
    SCEPTIC = 7
    DECIDE = 8


FIRST_COUNTED = Theme.LIVE
PULSE = (Theme.SIDE_BY_SIDE, Theme.MIDPOINT, Theme.PASS_ON, Theme.DECIDE)


class Run(StrEnum):
    """The first live run counts, or is practice; said before its number is known."""

    COUNT = "count"
    PRACTICE = "practice"


class Clearer(StrEnum):
    """Clearer than two weeks ago what AI is for in this work?"""

    CLEARER = "clearer"
    SAME = "same"
    LESS = "less_clear"


class Way(StrEnum):
    """Is the work run differently now, or as before?"""

    DIFFERENTLY = "differently"
    AS_BEFORE = "as_before"


class Midpoint(StrEnum):
    """Week four's decision."""

    GO_ON = "go_on"
    CHANGE = "change"
    STOP = "stop_here"


class Missing(StrEnum):
    """Which of the four elements is missing, if any."""

    CONTEXT = "context"
    BOUNDARIES = "boundaries"
    PROBLEM = "problem"
    PERMISSION = "permission"
    NONE = "none"


class Final(StrEnum):
    """Week eight's decision."""

    KEEP = "keep"
    KEEP_CHANGED = "keep_with_changes"
    STOP = "stop"


async def ask_of_the_theme(coach: Coach[WeekOpening]) -> None:
    """What this week asks beside the usual: where it differed, which step could go, what worries the team."""
    week = coach.opening.week
    match Theme(coach.opening.theme):
        case Theme.REHEARSE:
            await _note(coach, "back_test")
        case Theme.SIDE_BY_SIDE:
            await _note(coach, "side_by_side")
        case Theme.REDESIGN:
            await _note(coach, "steps")
            await _note(coach, "step_to_drop")
            await _note(coach, "who_must_agree")
        case Theme.PASS_ON:
            await _note(coach, "colleague_asked")
            await _note(coach, "drill")
            await _note(coach, "team_worry")
        case Theme.SCEPTIC:
            await _note(coach, "ninety_seconds")
        case Theme.LIVE | Theme.MIDPOINT | Theme.DECIDE:
            pass
    if coach.opening.theme in PULSE:
        clearer = await coach.may_choose("clearer", Clearer, work=coach.opening.workflow.work)
        if clearer is not None:
            coach.keep("clarity", facts.Clarity(week, clearer))


async def _note(coach: Coach[WeekOpening], about: str) -> None:
    told = await coach.may_ask(about, work=coach.opening.workflow.work)
    if told:
        coach.keep(f"note_{about}", facts.Note(coach.opening.week, about, told))


async def decide_midpoint(coach: Coach[WeekOpening]) -> Midpoint:
    """Go on, change or stop; and whether the work really is run differently."""
    work, week = coach.opening.workflow.work, coach.opening.week
    what = await coach.choose("midpoint", Midpoint, work=work)
    if what is Midpoint.CHANGE:
        coach.say("heard_change")
    runs = await coach.may_choose("runs_differently", Way, work=work)
    coach.keep("decision", facts.Decision(week, what, runs or "", "", ""))
    if runs is Way.AS_BEFORE and what is not Midpoint.STOP:
        coach.say("as_before_heard")
    missing = await coach.may_choose("missing_element", Missing)
    if missing is not None:
        coach.keep("missing", facts.Obstacle(week, "missing_element", missing))
    return what


async def decide_finally(coach: Coach[WeekOpening]) -> Final:
    """Keep, change or stop; who owns it now; which checkpoint stays; a word to who starts next week."""
    work, week = coach.opening.workflow.work, coach.opening.week
    what = await coach.choose("final", Final, work=work)
    runs = await coach.may_choose("runs_differently", Way, work=work)
    owner = checkpoint = None
    if what is not Final.STOP:
        owner = await coach.may_ask("owner_now", work=work)
        checkpoint = await coach.may_ask("checkpoint_stays", work=work)
    coach.keep("decision", facts.Decision(week, what, runs or "", owner or "", checkpoint or ""))
    await _note(coach, "word_to_next")
    return what

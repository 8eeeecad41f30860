"""The hold check, four weeks after the decision: one number, how it is known, and whether it still holds."""

from __future__ import annotations

from dataclasses import replace

from coaching import facts, series
from coaching.checkin import Known, NoNumber, OtherChange
from coaching.dialogue import Coach
from coaching.opening import HoldOpening, PastReading
from coaching.slots import Term
from coaching.told_numbers import amounts, one_number
from coaching.verdict import Side


async def check_that_it_holds(coach: Coach[HoldOpening]) -> None:
    """Ask for one reading more and say what the rule says now."""
    opening, workflow = coach.opening, coach.opening.workflow
    unit = Term("Unit", workflow.unit)
    said = await coach.ask_or(
        "hold_number", NoNumber, work=workflow.work, measure=Term("Measure", workflow.measure), unit=unit
    )
    if isinstance(said, NoNumber):
        coach.say("hold_no_number")
        return
    value, said = await one_number(coach, workflow.measure, workflow.unit, said)
    known = await coach.choose("number_known", Known, confirms=True, value=amounts((value,))[0])
    if known is Known.FIX:
        return await check_that_it_holds(coach)
    side = await coach.choose("balancing_this_week", Side, balancing=Term("Balancing", workflow.balancing))
    other = await coach.choose("anything_else", OtherChange)
    coach.keep(
        "reading", facts.Reading(opening.week, value.low, value.high, workflow.unit, known, True, said)
    )
    coach.keep("beside", facts.Beside(opening.week, side, other))
    reading = PastReading(opening.week, value.low, value.high, known, True, side, other, value.out_of)
    now = replace(workflow, readings=(*workflow.readings, reading))
    coach.say("where_it_stands", **series.spoken(now))
    return None

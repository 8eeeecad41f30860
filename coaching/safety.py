"""The conversations about the manager's own safety: danger, distress, harassment, too much to do.

Their texts are fixed and no model touches them; nobody is told without a yes, danger excepted. None of them
asks how bad it is, promises silence, or coaches.
"""

from __future__ import annotations

from enum import StrEnum

from coaching import facts
from coaching.consequence import Consequence
from coaching.dialogue import Coach
from coaching.needs import Holds
from coaching.opening import AsideOpening
from coaching.slots import Slot, phrase


class Meant(StrEnum):
    """An idiom, or is it getting too much? Asked once in four weeks at most."""

    FIGURE = "figure_of_speech"
    TOO_MUCH = "too_much"
    PERSON = "a_person"


class TakeOff(StrEnum):
    """The one thing that can be taken off somebody with too much to do."""

    PAUSE = "pause_two_weeks"
    SMALLER = "smaller"
    PERSON = "a_person"


class Listener(StrEnum):
    """Whether somebody outside the line shall listen."""

    CONNECT = "connect_me"
    CONTACT = "give_contact"
    NOT_NOW = "not_now"


class Now(StrEnum):
    """Where somebody in danger is. No answer is asked for beyond that."""

    CALL = "call_now"
    SAFE = "safe_for_now"
    WITH_ME = "someone_with_me"


async def ask_figure_of_speech(coach: Coach[AsideOpening]) -> Consequence:
    """B23c: in doubt it is asked, for a voice cannot be heard here."""
    match await coach.choose("figure_of_speech", Meant):
        case Meant.FIGURE:
            coach.say("only_a_figure")
            return Consequence.GO_ON
        case Meant.TOO_MUCH:
            return await hear_distress(coach)  # doubt counts
        case Meant.PERSON:
            return Consequence.PERSON


async def hear_overload(coach: Coach[AsideOpening]) -> Consequence:
    """B22: one thing can be taken off. Nothing reaches anybody unless a person is wanted."""
    match await coach.choose("overload", TakeOff, coach=coach.opening.manager.coach):
        case TakeOff.PAUSE:
            return Consequence.PAUSE_TWO_WEEKS
        case TakeOff.SMALLER:
            coach.keep("smaller", facts.Obstacle(0, "overload", "smaller"))
            coach.say("smaller_then")
            return Consequence.SMALLER
        case TakeOff.PERSON:
            return Consequence.PERSON


async def hear_distress(coach: Coach[AsideOpening]) -> Consequence:
    """B23: a person outside the line, numbers, and silence until they ask."""
    return await _offer_a_listener(coach, "distress", coach.opening.manager.other_person, "outside_line")


async def hear_harassment(coach: Coach[AsideOpening]) -> Consequence:
    """B23: the same, with somebody who is independent of the line and of local HR."""
    return await _offer_a_listener(coach, "harassment", coach.opening.independent, "independent")


async def _offer_a_listener(coach: Coach[AsideOpening], name: str, person: str, which: str) -> Consequence:
    opening = coach.opening
    numbers = numbers_of(opening)
    if person:
        answer = await coach.choose(name, Listener, person=person, numbers=numbers)
    else:
        among = (Listener.CONTACT, Listener.NOT_NOW)
        answer = await coach.choose("no_listener_named", Listener, among=among, numbers=numbers)
    match answer:
        case Listener.CONNECT:
            # Who is asked for, not what for: even the kind of trouble is theirs to tell.
            coach.keep("concern", facts.Concern("connect", which, "", coach.moment))
            told = "connected" if opening.independent_reached else "connect_unreached"
            coach.say("connect_demo" if opening.demo else told, person=person)
        case Listener.CONTACT if person:
            coach.say("contact_given", person=person, numbers=numbers)
        case Listener.CONTACT:
            coach.say("numbers_given", numbers=numbers)
        case Listener.NOT_NOW:
            coach.say("not_now_then", numbers=numbers)
    if answer is not Listener.CONNECT:
        _say_if_unconfirmed(coach)
    return Consequence.HOLD_UNTIL_ASKED


async def answer_danger(coach: Coach[AsideOpening]) -> Consequence:
    """B23b: numbers at once, a person alerted, and the truth about whether one was reached."""
    opening = coach.opening
    numbers = numbers_of(opening)
    reached: tuple[str, ...] = ()
    if opening.demo:
        coach.say("danger_demo", numbers=numbers)
    else:
        coach.say("danger", numbers=numbers)
        _say_if_unconfirmed(coach)
        coach.keep("concern", facts.Concern("danger", "", "", coach.moment))
        reached = tuple(await coach.fetch("alerted", "alert", Holds.CONVERSATION) or ())
        if reached:
            coach.say("danger_alerted", names=reached)
        else:
            coach.say("danger_unreached", numbers=numbers)
    number = opening.emergency or opening.helpline
    among = tuple(Now) if number else (Now.SAFE, Now.WITH_ME)
    asked = "danger_stay_demo" if opening.demo else "danger_stay"
    answer = await coach.choose(asked, Now, among=among, number=number)
    coach.say(f"danger_{answer}_demo" if opening.demo else f"danger_{answer}", numbers=numbers)
    return Consequence.HOLD_UNTIL_REACHED if reached else Consequence.HOLD_UNTIL_ASKED


def numbers_of(opening: AsideOpening) -> Slot:
    """The numbers to call, the emergency first; where none is known, what to look for."""
    known = [number for number in (opening.emergency, opening.helpline) if number]
    return " · ".join(known) if known else phrase("numbers_unknown")


def _say_if_unconfirmed(coach: Coach[AsideOpening]) -> None:
    opening = coach.opening
    if not opening.numbers_confirmed and (opening.emergency or opening.helpline):
        coach.say("numbers_unconfirmed")

"""The two conversations that cut in: something feels wrong, and a person is wanted.

A feeling is enough for the first; it reaches nobody unless the manager says what kind of thing happened.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import time
from enum import StrEnum

from coaching import facts, rhythm
from coaching.dialogue import Coach, OutOfTimeError
from coaching.opening import AsideOpening


class WhatWrong(StrEnum):
    """What happened. Only the first three reach anybody."""

    UNCHECKED = "went_out_unchecked"
    WRONG_PLACE = "data_in_wrong_place"
    WRONG_NUMBER = "wrong_number_shown"
    FEELING = "just_a_feeling"


class Call(StrEnum):
    """Who calls."""

    CALLING = "calling_now"
    MESSAGE = "message_them"
    NOT_SURE = "not_sure"


class WithTopic(StrEnum):
    """What the coach is told beside the name."""

    WITH = "with_topic"
    WITHOUT = "without_topic"
    OTHER = "another_person"


NEXT_DAY = time(10, 0)


async def something_feels_wrong(coach: Coach[AsideOpening]) -> None:
    """Whom to call, now; then what kind of thing it was; the next day, what would have caught it earlier."""
    opening = coach.opening
    name = "wrong" if opening.first else "wrong_nobody_named"
    kind = await coach.choose(name, WhatWrong, first=opening.first, backup=opening.backup)
    if kind is WhatWrong.FEELING:
        coach.say("feeling_is_enough")
        return
    coach.keep("concern", facts.Concern("wrong", kind, opening.work, coach.moment))
    if opening.first:
        await _who_calls(coach, kind)
    else:
        told = "wrong_coach_told" if opening.coach_reached else "wrong_coach_unreached"
        coach.say("wrong_demo_coach" if opening.demo else told, coach=opening.manager.coach)
    calendar = opening.manager.calendar
    today = rhythm.local_day(calendar, coach.moment)
    day, after = rhythm.working_days_from(calendar, today, 2)
    await coach.until("day_after", rhythm.at_local(calendar, day, NEXT_DAY), nudge="safety")
    caught = None
    with suppress(OutOfTimeError), coach.by(rhythm.at_local(calendar, after, NEXT_DAY)):
        caught = await coach.may_ask("wrong_day_after")
    if caught:
        coach.keep("lesson", facts.Note(0, "caught_earlier", caught))
        coach.say("lesson_kept")


async def _who_calls(coach: Coach[AsideOpening], kind: WhatWrong) -> None:
    opening = coach.opening
    call = await coach.choose("wrong_call", Call, first=opening.first, clock=opening.clock_note)
    match call:
        case Call.CALLING:
            coach.say("wrong_calling")
        case Call.MESSAGE:
            coach.keep("message", facts.Concern("message_contact", kind, opening.work, coach.moment))
            told = "wrong_message" if opening.first_reached else "wrong_message_unreached"
            coach.say("wrong_demo" if opening.demo else told, first=opening.first)
        case Call.NOT_SURE:
            coach.say("wrong_not_sure", first=opening.first)


async def ask_for_a_person(coach: Coach[AsideOpening]) -> bool:
    """A person is wanted: with a topic, without, or someone outside the line. Whether the coach was told."""
    opening = coach.opening
    # Before the OK to what is shared, no words are taken down, not even these.
    among = tuple(WithTopic) if opening.agreed else (WithTopic.WITHOUT, WithTopic.OTHER)
    how = await coach.choose("person", WithTopic, among=among, coach=opening.manager.coach)
    if how is WithTopic.OTHER:
        coach.say("other_person", other=opening.manager.other_person)
        return False
    topic = await coach.ask("person_topic", coach=opening.manager.coach) if how is WithTopic.WITH else ""
    coach.keep("concern", facts.Concern("person", how, topic, coach.moment))
    told = "person_told" if opening.coach_reached else "person_unreached"
    coach.say("person_demo" if opening.demo else told, coach=opening.manager.coach)
    return True

"""The first minute: who the coach is, who sees what, and whether the manager wants this at all.

Nothing but the tap is kept before the OK, and a no costs nothing: it ends, erases and tells nobody.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from enum import StrEnum

from coaching import facts, rhythm
from coaching.dialogue import Coach, OutOfTimeError
from coaching.opening import StartOpening
from coaching.profile import agree_profile
from coaching.reflexes import Reflex

CONSENT_VERSION = "1"
REMINDER = timedelta(days=7)


class Invited(StrEnum):
    """The first button."""

    START = "start"
    NOT_NOW = "not_now"


class Consent(StrEnum):
    """The answer to who sees what."""

    OK = "ok"
    NOT_OK = "not_ok"


class Welcomed(StrEnum):
    """How the first minute ended."""

    IN = "in"
    DECLINED = "declined"
    ERASED = "erased"


async def welcome(coach: Coach[StartOpening]) -> Welcomed:
    """Invite once, remind once a week later, then never; then say who sees what and ask for the OK."""
    manager = coach.opening.manager
    opened = coach.moment
    beside = (Reflex.SHARE, Reflex.PERSON)
    answer = None
    with suppress(OutOfTimeError), coach.by(opened + REMINDER):
        answer = await coach.choose("welcome", Invited, beside=beside, who=manager.name, coach=manager.coach)
    if answer is not Invited.START:
        if answer is Invited.NOT_NOW:
            coach.say("not_now")
        reminder = rhythm.next_in_window(manager.calendar, opened + REMINDER)
        announced = answer is Invited.NOT_NOW
        await coach.until("reminder_due", reminder, nudge="answer" if announced else "reminder")
        again = await coach.choose("invited_again", Invited, beside=beside, who=manager.name)
        if again is Invited.NOT_NOW:
            coach.say("never_again")
            return Welcomed.DECLINED

    if await coach.choose("consent", Consent, beside=(Reflex.SHOW,), coach=manager.coach) is Consent.NOT_OK:
        coach.say("not_ok")
        return Welcomed.ERASED
    coach.keep("consent", facts.Consent(CONSENT_VERSION, coach.moment))
    coach.say("attention_contract")
    await agree_profile(coach)
    return Welcomed.IN

"""Puts what asks for a person into somebody's care: the owner, a time within their working hours, a backup.

What nobody takes up in time is known to the backup, without a name, and then to the operator, as a count.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot import openings
from bot.around import posting, questions
from bot.around.reach import account_of, channel_of, coach_of, on_call
from coaching import facts, rhythm
from coaching.facts import Fact
from storage import alerts, care
from storage.care import Care
from storage.care_tables import WITH_BACKUP, WITH_OPERATOR
from storage.jobs import Job
from storage.people import Person
from storage.repository import Repository

if TYPE_CHECKING:
    from bot.exchange import Exchange

CARE, PASSED_ON, CARE_DUE = "care", "care_passed_on", "care_due"
MESSAGE, CONNECT = "message_contact", "connect"
# Something has happened, or somebody is to be reached today: it is told at any time of the day.
AT_ONCE = frozenset({"danger", "wrong", MESSAGE, CONNECT})
FIRST_LOOK = timedelta(hours=2)  # of the owner's working time, for what is told at once
# For the others: the end of so many working days after the one on which it reaches the owner.
WORKING_DAYS = {"person": 1, "asked": 2, "quiet": 5}


def take_up(exchange: Exchange, conversation_id: str, known: Mapping[str, Fact]) -> None:
    """Whatever of ``known`` asks for a person is in somebody's care from now on, once; never in the demo."""
    if exchange.demo:
        return
    for name, fact in known.items():
        if isinstance(fact, facts.Concern):
            _take_up(exchange.repo, exchange.person, conversation_id, name, fact, exchange.now)
        elif isinstance(fact, facts.Gap):
            questions.ask(exchange.repo, exchange.person, fact, exchange.now)


def hand_over(repo: Repository, person: Person, coach: Person, now: datetime) -> None:
    """A manager has another coach: what a coach had in their care is the new one's, who hears what waits."""
    calendar = openings.calendar_of(coach)
    for each in care.of_person(repo.scope, person.id):
        if each.sign in (MESSAGE, CONNECT) or each.owner_id == coach.id:
            continue
        by = due_at(each.sign, calendar, now) if each.is_open else each.due_at
        backup = _backup_for(repo, person, each.sign, coach)
        given = care.give(repo.scope, each.id, coach.id, backup, by)
        if given.is_open:  # nobody is woken by a change of coach, but by a danger that nobody has yet
            alert = alerts.alert_of(repo.scope, given.conversation_id)
            _tell(repo, coach, given, now, at_once=alert is not None and alert.is_open)
        for whose in filter(None, (each.owner_id, coach.id)):
            posting.refresh_home(repo, whose, now)


def owner_for(repo: Repository, person: Person, sign: str, now: datetime) -> Person | None:
    """Whose care it is: the contact's, for what the manager asked them to hear; else the coach's."""
    if sign == MESSAGE:
        pack = repo.current_guardrails(person.market, now)
        contact = repo.safety_contact(person.market, person.programme_id)
        return account_of(
            repo, pack.call_first[0] if pack else contact.on_call if contact else "", but=person.id
        )
    if sign == CONNECT:
        contact = repo.safety_contact(person.market, person.programme_id)
        return account_of(repo, contact.independent_contact if contact else "", but=person.id)
    return coach_of(repo, person)


def due_at(sign: str, calendar: rhythm.Calendar, now: datetime) -> datetime:
    """By when the owner is to have taken it up, within their own working time."""
    seen_at = rhythm.next_in_window(calendar, now)
    if sign in AT_ONCE:
        moment = seen_at + FIRST_LOOK
        if rhythm.in_window(calendar, moment):
            return moment
        return rhythm.next_opening(calendar, seen_at) + FIRST_LOOK
    day = rhythm.local_day(calendar, seen_at)
    days = rhythm.working_days_from(calendar, day, WORKING_DAYS.get(sign, 1))
    return rhythm.at_local(calendar, days[-1], rhythm.WINDOW_CLOSES)


def time_is_over(repo: Repository, job: Job, now: datetime) -> None:
    """A concern's time has come: unless somebody has it, the next one hears that it waits."""
    found = care.by_id(repo.scope, posting.about(job))
    if found is None or not found.is_open or found.passed_on == WITH_OPERATOR or now < found.due_at:
        return  # … or it has another owner since, whose time runs yet
    backup = repo.person(found.backup_id) if found.backup_id else None
    if found.passed_on == WITH_BACKUP or backup is None or channel_of(repo, backup.id) is None:
        care.pass_on(repo.scope, found.id, WITH_OPERATOR, now)
        return
    until = due_at(found.sign, openings.calendar_of(backup), now)
    care.pass_on(repo.scope, found.id, WITH_BACKUP, until)
    posting.write_to(repo, backup, PASSED_ON, found.id, now)
    posting.come_back(repo, backup.id, CARE_DUE, found.id, until)


def _take_up(
    repo: Repository, person: Person, conversation_id: str, name: str, concern: facts.Concern, now: datetime
) -> None:
    owner = owner_for(repo, person, concern.sign, now)
    calendar = openings.calendar_of(owner or person)
    made = care.take_up(
        repo.scope,
        person.id,
        conversation_id,
        name,
        concern.sign,
        concern.raised_at,
        owner.id if owner else None,
        _backup_for(repo, person, concern.sign, owner),
        due_at(concern.sign, calendar, now),
    )
    if made is not None and owner is not None:
        _tell(repo, owner, made, now, at_once=made.sign in AT_ONCE)


def _tell(repo: Repository, owner: Person, made: Care, now: datetime, *, at_once: bool) -> None:
    posting.write_to(repo, owner, CARE, made.id, now, at_once=at_once)
    posting.come_back(repo, owner.id, CARE_DUE, made.id, made.due_at)


def _backup_for(repo: Repository, person: Person, sign: str, owner: Person | None) -> str | None:
    """Who hears that a concern waits. For a contact outside the line there is nobody else to be told."""
    contact = repo.safety_contact(person.market, person.programme_id)
    if owner is None or sign == CONNECT or contact is None:
        return None
    named = reversed(on_call(repo, contact))
    return next((each for each in named if each and each not in (owner.id, person.id)), None)

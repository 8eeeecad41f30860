"""What is missing from a market's guardrails becomes a question to its owner, with a day and one reminder.
The answer goes to whoever asked.

Neither the question nor its row says who asked or about which work.
"""

from __future__ import annotations

from datetime import date, datetime

from bot import openings
from bot.around import posting
from bot.around.reach import channel_of, owner_of, sponsor_of
from coaching import attention, rhythm
from coaching.facts import Gap
from coaching.gaps import PERMISSION
from coaching.guardrails import OWNER_HAS_WORKING_DAYS, answer_by
from coaching.needs import Line
from coaching.slots import Slot, Term
from storage import questions
from storage.jobs import Job
from storage.people import Person, Status
from storage.questions import OwnerQuestion
from storage.repository import Repository

QUESTION, REMINDER, QUESTION_DUE = "owner_question", "owner_reminder", "owner_question_due"
ANSWERED = "owner_answered"


def ask(repo: Repository, person: Person, gap: Gap, now: datetime) -> None:
    """Put the gap to the owner, unless the same question is open; by the day the manager was told."""
    owner = sponsor_of(repo, person) if gap.rail == PERMISSION else owner_of(repo, gap.market)
    by = answer_by(openings.manager_of(repo, person), now)
    calendar = openings.calendar_of(owner or person)
    due = rhythm.at_local(calendar, by, rhythm.WINDOW_CLOSES)
    owner_id = owner.id if owner else None
    made = questions.ask(repo.scope, gap.market, gap.rail, owner_id, gap.raised_at, due)
    if made is None or owner is None:
        return
    posting.write_to(repo, owner, QUESTION, made.id, now)
    posting.come_back(repo, owner.id, QUESTION_DUE, made.id, due)


def time_is_over(repo: Repository, job: Job, now: datetime) -> None:
    """Its day is over: one reminder, two more working days, and then the operator hears of it."""
    found = questions.by_id(repo.scope, posting.about(job))
    owner = repo.person(found.owner_id) if found is not None and found.owner_id else None
    if found is None or found.answered_at is not None:
        return
    if owner is None or found.reminded_at is not None or channel_of(repo, owner.id) is None:
        questions.leave_to_the_operator(repo.scope, found.id)
        return
    calendar = openings.calendar_of(owner)
    reminded = rhythm.next_in_window(calendar, now)
    day = rhythm.local_day(calendar, reminded)
    last = rhythm.working_days_from(calendar, day, OWNER_HAS_WORKING_DAYS)[-1]
    until = rhythm.at_local(calendar, last, rhythm.WINDOW_CLOSES)
    questions.note_reminder(repo.scope, found.id, now, until)
    posting.write_to(repo, owner, REMINDER, found.id, now)
    posting.come_back(repo, owner.id, QUESTION_DUE, found.id, until)


def answer(
    repo: Repository, question_id: str, by: Person, text: str, holds_until: date | None, now: datetime
) -> bool:
    """The owner's answer goes to whoever asked, word for word; False if it is not theirs, or was answered.

    It is kept nowhere but in the lines that carry it.
    """
    if not questions.answer(repo.scope, question_id, by.id, now, holds_until):
        return False
    found = questions.by_id(repo.scope, question_id)
    assert found is not None
    for person_id in questions.who_asked(repo.scope, found):
        person = repo.person(person_id)
        channel = channel_of(repo, person_id)
        if person is None or person.status is Status.FORGOTTEN or channel is None:
            continue
        slots: dict[str, Slot] = {"owner": by.name, "rail": Term("RecordRail", found.rail), "text": text}
        name = ANSWERED if holds_until is None else f"{ANSWERED}_until"
        if holds_until is not None:
            slots["until"] = holds_until
        posting.pass_on(repo, person, Line(name, slots), attention.Kind.OWNER_ANSWER, now)
    return True


def open_for(repo: Repository, owner_id: str, question_id: str) -> OwnerQuestion | None:
    """The question, if it is this owner's and has no answer yet."""
    found = questions.by_id(repo.scope, question_id)
    is_theirs = found is not None and found.owner_id == owner_id and found.answered_at is None
    return found if is_theirs else None

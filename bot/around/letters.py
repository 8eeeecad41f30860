"""What a line to somebody around a manager says, looked up at the moment it is sent.

So it says what holds then, nothing is kept twice, and of whoever was forgotten meanwhile nothing is said.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import openings
from bot.around import posting
from bot.around.concerns import CARE, PASSED_ON
from bot.around.letter import ABOUT, Asked, Digest, Letter, Need, Note, Reference
from bot.around.questions import QUESTION, REMINDER
from bot.around.reach import channel_of
from bot.around.telling import concern_note, is_on_call, is_others
from bot.channel import Delivery
from coaching import rhythm
from coaching.facts import Friction, SentSummary
from coaching.slots import Phrase, Slot, Term
from coaching.summary import sent_lines
from coaching.verdict import Label
from prompts.words import Message, Reader, Words
from storage import alerts, queue
from storage import care as cares
from storage import questions as asked
from storage.care import Care
from storage.care_tables import WITH_BACKUP
from storage.jobs import Job, JobKind
from storage.people import Person, Status
from storage.repository import Repository
from storage.sharing import SIGNS, CoachEyes

DIGEST = "digest"
LETTERS = frozenset({CARE, PASSED_ON, QUESTION, REMINDER, DIGEST})
A_WEEK = timedelta(weeks=1)
BETTER = frozenset(
    {Label.DEMONSTRABLY_BETTER, Label.BETTER_BUT_OTHER_CHANGE, Label.BETTER_BUT_SIDE_EFFECT, Label.EARLY_SIGN}
)


def write(repo: Repository, words: Words, person: Person, job: Job, now: datetime) -> Letter | None:
    """What ``job`` says to ``person``; None if there is nothing to say any more."""
    reader = words.reader(person.language, person.market, person.zone)
    if job.name == DIGEST:
        letter = weekly(repo, words, person, now)
        return None if letter.is_empty else letter
    if job.name in (QUESTION, REMINDER):
        question = asked.by_id(repo.scope, posting.about(job))
        return None if question is None or question.answered_at else asked_of(words, reader, person, question)
    found = cares.by_id(repo.scope, posting.about(job))
    if found is None or not found.is_open:
        return None
    # It may have got another owner since this was queued: whose it is no more reads nothing of it.
    if job.name == PASSED_ON:
        is_theirs = found.passed_on == WITH_BACKUP and found.backup_id == person.id
        return Note(_passed_on(repo, words, reader, found)) if is_theirs else None
    return concern_note(repo, words, reader, found) if found.owner_id == person.id else None


def asked_of(words: Words, reader: Reader, owner: Person, question: asked.OwnerQuestion) -> Asked:
    """A question as its owner reads it."""
    text = words.line(
        reader,
        f"owner_asked_{'permission' if question.rail == 'permission' else 'rail'}",
        {"rail": Term("RecordRail", question.rail), "market": Term("Market", question.market)},
    )
    by = rhythm.local_day(openings.calendar_of(owner), question.due_at)
    return Asked(question.market, text, by, str(Reference("question", question.id)))


def weekly(repo: Repository, words: Words, coach: Person, now: datetime) -> Digest:
    """The week of a coach, from what a coach may see and nothing else."""
    eyes = repo.as_coach(coach.id)
    reader = words.reader(coach.language, coach.market, coach.zone)
    calendar = openings.calendar_of(coach)
    needs = tuple(each for each in needs_of(repo, words, coach, eyes) if not each.acknowledged)
    return Digest(
        rhythm.local_day(calendar, now),
        needs,
        better_of(words, reader, eyes, now - A_WEEK),
        waits_of(repo, words, reader, coach),
    )


def needs_of(repo: Repository, words: Words, coach: Person, eyes: CoachEyes) -> list[Need]:
    """Who needs a person: open concerns of the four signs and requests, those past their time among them."""
    reader = words.reader(coach.language, coach.market, coach.zone)
    zone = ZoneInfo(coach.zone)
    found = []
    for each in cares.of_owner(repo.scope, coach.id):
        manager = eyes.manager(each.person_id)
        if manager is None or each.sign not in SIGNS:
            continue
        if not each.is_open and each.paused_until is None:
            continue
        why = words.line(reader, "care_why", {"sign": Term("Sign", each.sign)})
        found.append(
            Need(
                manager.name,
                why,
                each.raised_at.astimezone(zone).date(),
                str(Reference("care", each.id)),
                each.due_at.astimezone(zone) if each.is_open else None,
                not each.is_open,
                is_paused(manager, each),
                is_others(repo, each),
            )
        )
    return found


def better_of(words: Words, reader: Reader, eyes: CoachEyes, since: datetime) -> tuple[str, ...]:
    """What sent summaries since a moment say of their numbers, where that is something better."""
    found = []
    for manager in eyes.managers():
        for each in eyes.summaries(manager.id):
            label = label_in(each.sent.fact)
            if each.sent.fact.sent_at < since or label not in BETTER:
                continue
            work = [kept.fact.work for kept in eyes.shown(manager.id, Friction)]
            slots: dict[str, Slot] = {"person": manager.name, "label": Term("Label", label)}
            name = "better_work" if work and work[-1] else "better_some"
            found.append(words.line(reader, name, {**slots, "work": work[-1] if work else ""}))
            break
    return tuple(found)


def waits_of(repo: Repository, words: Words, reader: Reader, person: Person) -> tuple[str, ...]:
    """All that waits for this person beside the signs of their own managers: alerts they are on call for,
    questions they own, what they were asked to see to as a contact, and as a backup what another let wait.
    """
    found = [
        words.line(reader, "waits_alert", {"person": manager.name, "reach": manager.email or manager.name})
        for alert in alerts.open_alerts(repo.scope)
        if (manager := repo.person(alert.person_id)) and is_on_call(repo, manager.id, person.id)
    ]
    found += [asked_of(words, reader, person, each).question for each in asked.open_of(repo.scope, person.id)]
    for each in cares.of_owner(repo.scope, person.id, open_only=True):
        note = None if each.sign in SIGNS else concern_note(repo, words, reader, each)
        found += [note.text] if note is not None else []
    found += [_passed_on(repo, words, reader, each) for each in cares.with_backup(repo.scope, person.id)]
    return tuple(dict.fromkeys(found))


def _passed_on(repo: Repository, words: Words, reader: Reader, care: Care) -> str:
    owner = repo.person(care.owner_id) if care.owner_id else None
    return words.line(reader, PASSED_ON, {"owner": owner.name if owner else ""})


def is_paused(manager: Person, care: Care) -> bool:
    """Whether the pause its owner asked for still holds."""
    return (
        manager.status is Status.PAUSED
        and care.paused_until is not None
        and manager.paused_until == care.paused_until
    )


def label_in(summary: SentSummary) -> str:
    """The label a sent summary shows; empty where it shows none."""
    waiting: list[Slot] = list(sent_lines(summary))
    while waiting:
        match waiting.pop():
            case Term("Label", key):
                return key
            case Phrase(_, slots):
                waiting += [each for _, each in slots]
            case tuple() as several:
                waiting += several
    return ""


def schedule(repo: Repository, now: datetime) -> None:
    """One letter a week for each coach with an account: 09:00 on the first working day of the next week."""
    people = repo.people()
    coaches = {each.coach_id for each in people if each.coach_id}
    for person in people:
        channel = channel_of(repo, person.id) if person.id in coaches else None
        if channel is None or person.status is Status.FORGOTTEN:
            continue
        week = rhythm.next_programme_week(openings.calendar_of(person), now)
        queue.add(
            repo,
            person_id=person.id,
            kind=JobKind.SAY,
            name=DIGEST,
            asking=date.toordinal(week.calendar_week),
            due_at=week.slice_at,
            use_by=week.closes_at,
            channel=channel,
            nudge=ABOUT,
        )


def delivery(
    organisation_id: str,
    words: Words,
    person: Person,
    platform_id: str,
    reference: str | None,
    job_id: str,
    letter: Letter,
    at: datetime,
) -> Delivery:
    """A letter on its way; its text is for channels that show no more than that."""
    reader = words.reader(person.language, person.market, person.zone)
    return Delivery(
        organisation_id,
        person.id,
        platform_id,
        job_id,
        Message(text_of(letter)),
        (),
        None,
        at,
        reader=reader,
        reference=reference,
        letter=letter,
    )


def text_of(letter: Letter) -> str:
    """A letter as plain text."""
    match letter:
        case Note(text=text):
            return text
        case Asked(question=question):
            return question
        case Digest(needs=needs, better=better, waits=waits):
            return "\n".join((*(f"{each.person}: {each.why}" for each in needs), *better, *waits))

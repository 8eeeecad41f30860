"""What the human coach of one manager sees at this moment: what was sent, the four signs, and nothing else.
It is one value, whoever shows it: the playground beside the chat, or the coach's own pages.

What was not sent is not in it, and neither is that something was not sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.charts import shared_chart
from bot.picture import alt
from bot.record.paper import Speaker
from bot.reflexes import reader_of
from coaching.chart import Chart
from coaching.facts import Concern
from coaching.slots import Slots
from coaching.summary import sent_lines
from prompts.words import Words
from storage.people import Person
from storage.sharing import CoachEyes, SummarySeen

CANNOT_SEE = ("coach_sees_no_chat", "coach_sees_no_numbers", "coach_sees_no_withheld", "coach_sees_no_reason")


@dataclass(frozen=True)
class Sent:
    """One summary as the manager sent it, word for word. ``corrected`` is None if it stands as first sent."""

    week: int
    title: str
    corrected: str | None
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Sign:
    """Something that asks for a person: one of the four signs, or a request.

    It is without words of the manager's own, but a topic they chose to give; ``detail`` may be empty.
    """

    what: str
    detail: str
    at: str


@dataclass(frozen=True)
class Picture:
    """The chart of what was shared, and the same said in words."""

    chart: Chart
    alt: str


@dataclass(frozen=True)
class CoachView:
    """All of it. ``language`` is the tag of the summaries' language; signs and summaries: newest first.

    ``cannot_see`` are honest lines in general terms, never how many lines of a summary were withheld.
    """

    coach: str
    manager: str
    about: str
    language: str
    signs: tuple[Sign, ...]
    sent: tuple[Sent, ...]
    picture: Picture | None
    cannot_see: tuple[str, ...]


def coach_view(
    eyes: CoachEyes, words: Words, coach: Person, person_id: str, now: datetime
) -> CoachView | None:
    """What ``coach`` sees of one manager; None of somebody who is not theirs, or was forgotten."""
    person = eyes.manager(person_id)
    if person is None:
        return None
    around = Speaker(words, reader_of(words, coach), coach, now)
    about = (around.term(person.function, "Function"), around.term(person.market, "Market"))
    chart = shared_chart(eyes, person_id)
    sent = tuple(_sent(around, person, each) for each in eyes.summaries(person_id))
    return CoachView(
        coach=coach.name,
        manager=person.name,
        about=" · ".join(about),
        language=person.language,
        signs=tuple(_sign(around, each.fact) for each in eyes.signs(person_id)),
        sent=sent,
        picture=None if chart is None else Picture(chart, alt(chart, around)),
        cannot_see=tuple(around.say(line) for line in CANNOT_SEE),
    )


def _sent(around: Speaker, person: Person, seen: SummarySeen) -> Sent:
    """One summary, its lines said by the very message in which the manager read them."""
    summary = seen.sent.fact
    reader = around.words.reader(summary.language, person.market, person.zone)
    card = "summary_card" if seen.corrected_at is None else "summary_again"
    lines = sent_lines(summary)
    slots: Slots = {"coach": around.person.name, "week": summary.week, "lines": lines}
    told = (
        around.words.line(reader, card, slots).splitlines()[1:] if lines else [around.say("coach_sees_faded")]
    )
    corrected = seen.corrected_at
    return Sent(
        summary.week,
        around.say("coach_sees_sent", week=summary.week, at=_here(around, summary.sent_at)),
        around.say("coach_sees_corrected", on=_here(around, corrected).date()) if corrected else None,
        tuple(told),
    )


def _sign(around: Speaker, concern: Concern) -> Sign:
    say, detail = around.say, ""
    if concern.sign == "person" and concern.topic:
        detail = say("coach_sees_topic", topic=concern.topic)
    elif concern.sign == "wrong":
        kind = say("coach_sees_wrong", kind=concern.which)
        detail = f"{concern.topic}: {kind}" if concern.topic else kind
    elif concern.sign == "asked":
        detail = say("coach_sees_asked", about=concern.which)
    at = say("moment", at=_here(around, concern.raised_at))
    return Sign(say("coach_sees_sign", sign=concern.sign), detail, at)


def _here(around: Speaker, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(around.person.zone))

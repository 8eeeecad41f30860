"""What the human coach of one manager sees at this moment: what was sent, the four signs, and nothing else.
It is one value, whoever shows it: the playground beside the chat, or the coach's own pages.

What was not sent is not in it, and neither is that something was not sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.record.paper import Speaker
from bot.reflexes import reader_of
from coaching.facts import Concern, SentSummary
from coaching.slots import load
from prompts.words import Words
from storage import alerts
from storage.people import Person, Status
from storage.projection import Kept
from storage.repository import Repository

# A message to the contact and a wish for somebody independent are not for the coach's eyes.
FOR_THE_COACH = ("person", "wrong", "quiet", "danger", "asked")
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
    """The chart of what was shared, as inline SVG, and the same said in words."""

    svg: str
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


@dataclass(frozen=True)
class _Voices:
    """English around the summaries, and the manager's own language within them, as it was read and sent."""

    around: Speaker
    within: Speaker

    def at(self, moment: datetime) -> str:
        return self.around.say("moment", at=moment.astimezone(ZoneInfo(self.around.person.zone)))


def coach_view(repo: Repository, words: Words, person: Person, now: datetime) -> CoachView | None:
    """What the person's coach sees; None of somebody who was forgotten."""
    if person.status is Status.FORGOTTEN:
        return None
    voices = _voices(words, person, now)
    around = voices.around
    coach = repo.person(person.coach_id) if person.coach_id else None
    name = coach.name if coach else around.say("coach_sees_nobody")
    raised = [each.fact for each in repo.facts(person.id, Concern) if each.fact.sign in FOR_THE_COACH]
    told = {each.raised_at for each in raised if each.sign == "danger"}
    raised += [
        Concern("danger", "", "", each.raised_at)
        for each in alerts.open_alerts(repo.scope, person.id)
        if each.raised_at not in told
    ]
    raised.sort(key=lambda each: each.raised_at, reverse=True)
    sent = sorted(repo.facts(person.id, SentSummary), key=lambda kept: kept.fact.sent_at, reverse=True)
    about = (around.term(person.function, "Function"), around.term(person.market, "Market"))
    return CoachView(
        coach=name,
        manager=person.name,
        about=" · ".join(about),
        language=voices.within.language("summary_stake"),
        signs=tuple(_sign(voices, each) for each in raised),
        sent=tuple(_sent(voices, kept) for kept in sent),
        picture=None,
        cannot_see=tuple(around.say(line, coach=name) for line in CANNOT_SEE),
    )


def coach_picture(repo: Repository, words: Words, person: Person, dark: bool) -> bytes | None:
    """The chart by itself, for a light or a dark page; None where there is nothing to draw.

    Nothing is drawn yet: there is no chart before what was shared is kept with the summary that shared it.
    """
    return None


def _voices(words: Words, person: Person, now: datetime) -> _Voices:
    english = words.reader("en", person.market, person.zone)
    return _Voices(
        Speaker(words, english, person, now), Speaker(words, reader_of(words, person), person, now)
    )


def _sent(voices: _Voices, kept: Kept[SentSummary]) -> Sent:
    summary, around = kept.fact, voices.around
    lines = load(summary.lines).get("lines", ()) if summary.lines else ()
    told = lines if isinstance(lines, tuple) else (lines,)
    return Sent(
        summary.week,
        around.say("coach_sees_sent", week=summary.week, at=voices.at(summary.sent_at)),
        around.say("coach_sees_corrected", at=voices.at(kept.said_at)) if kept.is_corrected else None,
        tuple(map(voices.within.spoken, told)) or (around.say("coach_sees_faded"),),
    )


def _sign(voices: _Voices, concern: Concern) -> Sign:
    say, detail = voices.around.say, ""
    if concern.sign == "person" and concern.topic:
        detail = say("coach_sees_topic", topic=concern.topic)
    elif concern.sign == "wrong":
        kind = say("coach_sees_wrong", kind=concern.which)
        detail = f"{concern.topic}: {kind}" if concern.topic else kind
    elif concern.sign == "asked":
        detail = say("coach_sees_asked", about=concern.which)
    return Sign(say("coach_sees_sign", sign=concern.sign), detail, voices.at(concern.raised_at))

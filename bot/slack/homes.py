"""Makes the Home tab from what is kept: a manager's own week, a coach's portfolio, an owner's open questions.

A coach's part comes from what a coach may see and nothing else; somebody unknown gets one polite line.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot import charts, openings
from bot.around import letters, posting, reach
from bot.channel import NotDeliveredError, NotYetError
from bot.clock import Clock
from bot.coming import asks_something, comes_next
from bot.reflexes import reader_of
from bot.slack import pieces
from bot.slack.address import address_of
from bot.slack.events import CHANNEL, Who
from bot.slack.home import MOST, Chart, HomePage, home
from bot.slack.pictures import NOT_TAKEN, Pictures, Shown, Whose
from bot.slack.portfolio import PortfolioPage, SentSummary, portfolio
from bot.slack.speech import Speech
from coaching import facts
from coaching.assignment import State
from coaching.guardrails import checkpoint_as_spoken
from coaching.slots import Phrase, Slot, Term
from coaching.summary import sent_lines
from prompts.words import Reader, Words
from storage.people import Person, Status
from storage.repository import Repository
from storage.store import Store

log = logging.getLogger("unbadged.slack")
View = dict[str, Any]
LATELY = letters.A_WEEK * 4  # so far back goes what became better, on a coach's page


class Door(Protocol):
    """Carries a view to Slack: ``views.publish``."""

    def publish(self, organisation_id: str, platform_id: str, view: View) -> None:
        """Publish it for this member. NotDeliveredError if it did not arrive, NotYetError if too early."""
        ...


@dataclass(frozen=True)
class Homes:
    """The Home tabs of one installation. ``pictures`` puts there the picture of the numbers; ``record``
    says where a person of an organisation finds their own pages, "" if nowhere.
    """

    store: Store
    words: Words
    clock: Clock
    organisation: Callable[[Who], str]
    door: Door
    pictures: Pictures | None = None
    record: Callable[[str, str], str] = lambda _organisation, _person: ""

    async def publish(self, who: Who, language: str = "en") -> None:
        """For somebody who looks at it now; if they are unknown, in this language."""
        await asyncio.to_thread(self._publish, who, language)

    def refresh(self, organisation_id: str, person_id: str) -> None:
        """For somebody about whom something has changed; nothing if they are not in Slack."""
        with self.store.reading(organisation_id) as repo:
            user = repo.platform_id(person_id, CHANNEL)
        if user is not None:
            self._show(organisation_id, person_id, user)

    def view(
        self, organisation_id: str, person_id: str | None, chart: Chart | None = None, language: str = "en"
    ) -> View:
        """The Home tab of this person; of nobody we know with None, in ``language``."""
        with self.store.reading(organisation_id) as repo:
            person = repo.person(person_id) if person_id else None
            if person is None or person.status is Status.FORGOTTEN:
                return self._unknown(language)
            return self._of(repo, person, chart)

    def _publish(self, who: Who, language: str) -> None:
        address = address_of(who)
        organisation_id = self.organisation(who)
        with self.store.reading(organisation_id) as repo:
            person = None if who.is_outsider else repo.person_at(CHANNEL, address)
            if person is None and not who.is_outsider:
                person = repo.person_at(CHANNEL, who.user)  # as a roster names them before they are met
        try:
            self._show(organisation_id, person.id if person else None, address, language)
        except (NotDeliveredError, NotYetError) as failure:
            log.warning("a Home tab was not published: %s", type(failure).__name__)

    def _show(self, organisation_id: str, person_id: str | None, address: str, language: str = "en") -> None:
        """Publish it with its picture; where Slack does not take that yet, without, and again soon."""
        whose, picture = self._picture(organisation_id, person_id, address)
        if whose is None or picture is None:
            self.door.publish(
                organisation_id, address, self.view(organisation_id, person_id, language=language)
            )
            return
        chart = Chart(picture.alt, file_id=picture.file_id)
        try:
            self.door.publish(organisation_id, address, self.view(organisation_id, person_id, chart))
        except NotDeliveredError as failure:
            if failure.reason not in NOT_TAKEN or self.pictures is None:
                raise
            is_soon = self.pictures.refused(whose, picture)
            self.door.publish(organisation_id, address, self.view(organisation_id, person_id))
            if is_soon:
                with self.store.transaction(organisation_id) as repo:
                    posting.refresh_home(repo, whose.person_id, self.clock.now())

    def _picture(
        self, organisation_id: str, person_id: str | None, address: str
    ) -> tuple[Whose | None, Shown | None]:
        """A manager's own picture, outside of any transaction: it may have to be brought to Slack first."""
        if self.pictures is None or not person_id:
            return None, None
        with self.store.reading(organisation_id) as repo:
            person = repo.person(person_id)
            if person is None or person.status is Status.FORGOTTEN or "manager" not in person.roles:
                return None, None
            chart = charts.own_chart(repo, person)
        whose = Whose(organisation_id, person_id, address, reader_of(self.words, person))
        try:
            return whose, self.pictures.of(whose, chart)
        except NotYetError:
            return whose, None

    def _of(self, repo: Repository, person: Person, chart: Chart | None) -> View:
        reader, now = reader_of(self.words, person), self.clock.now()
        speech = Speech(self.words, reader)
        blocks: list[pieces.Block] = []
        callback = "home"
        if any(each.coach_id == person.id for each in repo.people()):
            blocks += portfolio(portfolio_page(repo, self.words, person, now), speech)["blocks"]
            callback = "portfolio"
        elif waits := letters.waits_of(repo, self.words, reader, person):
            blocks += [pieces.header(speech.line("slack_coach_waits")), pieces.listed(waits)]
        takes_part = person.coach_id is not None or bool(repo.conversations(person.id)) or not blocks
        if "manager" in person.roles and takes_part:
            page = home_page(repo, self.words, person, now, chart)
            record = self.record(repo.scope.organisation_id, person.id)
            blocks += home(replace(page, record=record), speech)["blocks"]
        if not blocks:
            blocks = pieces.sections(speech.line("slack_coach_no_waits"))
        return {"type": "home", "callback_id": callback, "blocks": blocks[:MOST]}

    def _unknown(self, language: str) -> View:
        said = self.words.line(self.words.reader(language, "", "UTC"), "around_unknown", {})
        return {"type": "home", "callback_id": "home", "blocks": pieces.sections(said)}


def home_page(
    repo: Repository, words: Words, person: Person, now: datetime, chart: Chart | None = None
) -> HomePage:
    """A manager's own page, in their language."""
    reader = reader_of(words, person)
    away = person.status is Status.PAUSED and person.paused_until is not None and now < person.paused_until
    coach = reach.coach_of(repo, person)
    zone = ZoneInfo(person.zone)
    at = comes_next(repo, person, now)
    return HomePage(
        assignment=_assignment(repo, words, reader, person),
        next_at=at.astimezone(zone) if at is not None else None,
        asks=asks_something(repo, person, now),
        paused_until=person.paused_until.astimezone(zone) if away and person.paused_until else None,
        zone=person.zone,
        zone_is_own=person.profile_zone is not None,
        stopped=person.status in (Status.STOPPED, Status.DORMANT, Status.HELD),
        chart=chart,
        rails=_rails(repo, words, reader, person),
        call=_call(repo, person, now),
        who_sees=words.line(reader, "who_sees_what", {"coach": coach.name if coach else ""}),
    )


def portfolio_page(repo: Repository, words: Words, coach: Person, now: datetime) -> PortfolioPage:
    """A coach's page: signs, and what their managers sent."""
    eyes = repo.as_coach(coach.id)
    reader = reader_of(words, coach)
    sent = [
        SentSummary(
            manager.name,
            each.sent.fact.sent_at.astimezone(ZoneInfo(coach.zone)),
            _summary_text(words, reader, sent_lines(each.sent.fact)),
        )
        for manager in eyes.managers()
        for each in eyes.summaries(manager.id)
        if sent_lines(each.sent.fact)
    ]
    return PortfolioPage(
        tuple(letters.needs_of(repo, words, coach, eyes)),
        letters.better_of(words, reader, eyes, now - LATELY),
        letters.waits_of(repo, words, reader, coach),
        tuple(sorted(sent, key=lambda each: each.at, reverse=True)),
    )


def _summary_text(words: Words, reader: Reader, lines: tuple[Phrase, ...]) -> str:
    """The lines of a summary in the coach's language; the manager's words in them as they wrote them."""
    return "\n".join(words.line(reader, "home_summary", {"line": each}) for each in lines)


def _assignment(repo: Repository, words: Words, reader: Reader, person: Person) -> str:
    kept = repo.facts(person.id, facts.Assignment)
    work = repo.facts(person.id, facts.Friction)
    if not kept or not work or kept[-1].faded:
        return ""
    slice_ = kept[-1].fact
    if slice_.state not in (State.ACTIVE, State.REHEARSING, State.HELD):
        return ""
    slots: dict[str, Slot] = {
        "due": slice_.due,
        "work": work[-1].fact.work,
        "item": slice_.item,
        "part": Term("Part", slice_.ai_part),
        "good": slice_.good,
        "stop": slice_.stop_if,
    }
    return words.line(reader, "home_assignment", slots)


def _rails(repo: Repository, words: Words, reader: Reader, person: Person) -> tuple[str, ...]:
    """The four rails as the manager confirmed them."""
    kept = repo.facts(person.id, facts.Confirmation)
    if not kept or kept[-1].faded:
        return ()
    confirmed = kept[-1].fact
    versions = {each.version: each for each in repo.guardrail_versions(confirmed.market)}
    pack = versions.get(confirmed.version)
    if pack is None:
        return ()
    lines: dict[str, dict[str, Slot]] = {
        "home_rail_data": {"inside": pack.data_in, "outside": pack.data_out},
        "home_rail_tool": {"tool": confirmed.tool},
        "home_rail_checkpoint": {"checkpoint": checkpoint_as_spoken(confirmed.checkpoint)},
        "home_rail_contact": {"first": " · ".join(pack.call_first), "backup": " · ".join(pack.call_backup)},
    }
    return tuple(words.line(reader, name, slots) for name, slots in lines.items())


def _call(repo: Repository, person: Person, now: datetime) -> tuple[str, ...]:
    """Whom to call: as the market's guardrails name them, and the numbers for the person themselves."""
    aside = openings.aside_opening(repo, person, now, demo=False)
    named = (aside.first, aside.backup, aside.emergency, aside.helpline, aside.independent)
    return tuple(dict.fromkeys(each for each in named if each))

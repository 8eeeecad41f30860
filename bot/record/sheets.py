"""The pages of a manager's own data as they are shown: what is kept, that as a file, the note, the weeks.

Each is made when it is asked for and kept nowhere. Where they are found, and who is let in, is decided by
whoever shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from starlette.exceptions import HTTPException

from bot.charts import own_chart
from bot.clock import Clock
from bot.picture import Shape, Theme, alt, svg
from bot.record import as_json, evidence_of, record_of, weeks_of, works_of
from bot.record.note import Work
from bot.record.note_page import note_page
from bot.record.paper import Paper, Picture, Speaker
from bot.record.record_page import record_page
from bot.record.weeks_page import weeks_page
from bot.reflexes import reader_of
from prompts.words import Words
from storage.people import Person, Status
from storage.repository import Repository
from storage.store import Store

Where = Callable[[str, str], str]  # where a person's page is: ``record``, ``evidence``, ``weeks``, …


@dataclass(frozen=True)
class Link:
    """Another page of the same manager."""

    address: str
    name: str
    is_file: bool = False


@dataclass(frozen=True)
class Sheet:
    """A page with its way back or out, what its buttons say, and the pages beside it.

    ``looks`` is where the style sheets are.
    """

    paper: Paper
    printing: str
    links: tuple[Link, ...]
    looks: str
    back: Link | None = None
    leave: Link | None = None


def beside_the_chat(person_id: str, page: str = "") -> str:
    """Where the playground has them: under the person's chat; without a page the chat itself."""
    return f"/{quote(person_id, safe='')}" + (f"/{page}" if page else "")


@dataclass(frozen=True)
class Papers:
    """Makes the pages of the managers of one organisation; anybody else is answered with 404.

    ``leave``: where a visit is ended; without one there is a way back to the chat.
    """

    store: Store
    words: Words
    clock: Clock
    organisation_id: str
    where: Where = beside_the_chat
    looks: str = "/static"
    leave: str = ""

    def record(self, person_id: str) -> Sheet:
        """All that is kept."""
        with self.store.reading(self.organisation_id) as repo:
            by = self._speaker(_there(repo, person_id))
            paper = record_page(by, record_of(repo, by.person))
        note = Link(self.where(person_id, "evidence"), by.say("paper_note"))
        weeks = Link(self.where(person_id, "weeks"), by.say("paper_weeks"))
        file = Link(self.where(person_id, "record.json"), by.say("paper_file"), is_file=True)
        return self._sheet(by, paper, note, weeks, file)

    def file(self, person_id: str) -> str:
        """The same as JSON."""
        with self.store.reading(self.organisation_id) as repo:
            return as_json(record_of(repo, _there(repo, person_id)))

    def evidence(self, person_id: str, number: int | None) -> Sheet:
        """The note on one piece of work, else on the newest."""
        with self.store.reading(self.organisation_id) as repo:
            by = self._speaker(_there(repo, person_id))
            note, works = evidence_of(repo, by.person, number), works_of(repo, by.person)
        shown = None if note is None else note.number
        weeks = Link(self._of_work(person_id, "weeks", shown), by.say("paper_weeks"))
        everything = Link(self.where(person_id, "record"), by.say("paper_record"))
        others = self._other_works(by, "evidence", works, shown)
        return self._sheet(by, note_page(by, note), weeks, everything, *others)

    def weeks(self, person_id: str, number: int | None) -> Sheet:
        """The weeks of one piece of work, else of the newest."""
        with self.store.reading(self.organisation_id) as repo:
            by = self._speaker(_there(repo, person_id))
            weeks, works = weeks_of(repo, by.person, number), works_of(repo, by.person)
            shown = None if weeks is None else weeks.number
            chart = own_chart(repo, by.person, shown)
        picture = (
            None if chart is None else Picture(self._of_work(person_id, "weeks.svg", shown), alt(chart, by))
        )
        note = Link(self._of_work(person_id, "evidence", shown), by.say("paper_note"))
        everything = Link(self.where(person_id, "record"), by.say("paper_record"))
        others = self._other_works(by, "weeks", works, shown)
        return self._sheet(by, weeks_page(by, weeks, picture), note, everything, *others)

    def chart(self, person_id: str, number: int | None, theme: Theme, shape: Shape) -> str | None:
        """The chart of one piece of work, else of the newest, as SVG."""
        with self.store.reading(self.organisation_id) as repo:
            by = self._speaker(_there(repo, person_id))
            chart = own_chart(repo, by.person, number)
        return None if chart is None else svg(chart, by, theme, shape)

    def gone(self, person_id: str) -> str | None:
        """What to say of somebody who was forgotten; None of anybody else."""
        with self.store.reading(self.organisation_id) as repo:
            person = repo.person(person_id)
        if person is None or person.status is not Status.FORGOTTEN:
            return None
        return self._speaker(person).say("paper_gone")

    def _speaker(self, person: Person) -> Speaker:
        return Speaker(self.words, reader_of(self.words, person), person, self.clock.now())

    def _sheet(self, by: Speaker, paper: Paper, *links: Link) -> Sheet:
        printing = by.say("paper_print")
        if self.leave:
            leave = Link(self.leave, by.say("own_leave"))
            return Sheet(paper, printing, links, self.looks, leave=leave)
        back = Link(self.where(by.person.id, ""), by.say("paper_chat"))
        return Sheet(paper, printing, links, self.looks, back)

    def _of_work(self, person_id: str, page: str, number: int | None) -> str:
        return self.where(person_id, page if number is None else f"{page}?work={number}")

    def _other_works(
        self, by: Speaker, page: str, works: Sequence[Work], shown: int | None
    ) -> Iterator[Link]:
        """The same page of every other piece of work."""
        for work in works:
            if shown is not None and work.number != shown:
                more = by.say("evidence_more", work=work.name)
                yield Link(self._of_work(by.person.id, page, work.number), more)


def _there(repo: Repository, person_id: str) -> Person:
    person = repo.person(person_id)
    if person is None or "manager" not in person.roles:
        raise HTTPException(404)
    return person

"""The pages of a manager's own data in the playground: what is kept, that as a file, the note, the weeks.

Each is made when it is asked for and kept nowhere; the door lets nobody else in.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

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

T = TypeVar("T")
OnStage = Callable[[Callable[[], T]], Awaitable[T]]
FILE_NAME = "unbadged-record.json"


@dataclass(frozen=True)
class Link:
    """Another page of the same manager."""

    address: str
    name: str
    is_file: bool = False


@dataclass(frozen=True)
class Sheet:
    """A page with its way back, what its buttons say, and the pages beside it."""

    paper: Paper
    back: Link
    printing: str
    links: tuple[Link, ...]


def address_of(person_id: str, page: str = "") -> str:
    """Where a manager's page is: ``record``, ``evidence``, ``weeks``, … or the chat itself."""
    return f"/{quote(person_id, safe='')}" + (f"/{page}" if page else "")


@dataclass(frozen=True)
class Papers:
    """Makes the pages of the managers of one organisation; anybody else is answered with 404."""

    store: Store
    words: Words
    clock: Clock
    organisation_id: str

    def record(self, person_id: str) -> Sheet:
        """All that is kept."""
        with self.store.reading(self.organisation_id) as repo:
            by = self._speaker(_there(repo, person_id))
            paper = record_page(by, record_of(repo, by.person))
        note = Link(address_of(person_id, "evidence"), by.say("paper_note"))
        weeks = Link(address_of(person_id, "weeks"), by.say("paper_weeks"))
        file = Link(address_of(person_id, "record.json"), by.say("paper_file"), is_file=True)
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
        weeks = Link(_of_work(person_id, "weeks", shown), by.say("paper_weeks"))
        everything = Link(address_of(person_id, "record"), by.say("paper_record"))
        others = _other_works(by, "evidence", works, shown)
        return self._sheet(by, note_page(by, note), weeks, everything, *others)

    def weeks(self, person_id: str, number: int | None) -> Sheet:
        """The weeks of one piece of work, else of the newest."""
        with self.store.reading(self.organisation_id) as repo:
            by = self._speaker(_there(repo, person_id))
            weeks, works = weeks_of(repo, by.person, number), works_of(repo, by.person)
            shown = None if weeks is None else weeks.number
            chart = own_chart(repo, by.person, shown)
        picture = None if chart is None else Picture(_of_work(person_id, "weeks.svg", shown), alt(chart, by))
        note = Link(_of_work(person_id, "evidence", shown), by.say("paper_note"))
        everything = Link(address_of(person_id, "record"), by.say("paper_record"))
        others = _other_works(by, "weeks", works, shown)
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
        back = Link(address_of(by.person.id), by.say("paper_chat"))
        return Sheet(paper, back, by.say("paper_print"), links)


def paper_routes(pages: Environment, papers: Papers, on_stage: Callable[..., Any]) -> tuple[BaseRoute, ...]:
    """Where the pages answer; ``on_stage`` runs what touches the database."""

    async def answer(request: Request, make: Callable[[str], Response]) -> Response:
        def work() -> Response:
            person_id = request.path_params["person"]
            gone = papers.gone(person_id)
            if gone is not None:
                return HTMLResponse(pages.get_template("plain.html").render(text=gone), 410)
            return make(person_id)

        done: Response = await on_stage(work)
        return done

    def sheet(made: Sheet) -> Response:
        return HTMLResponse(pages.get_template("paper.html").render(sheet=made, paper=made.paper))

    async def record(request: Request) -> Response:
        return await answer(request, lambda who: sheet(papers.record(who)))

    async def evidence(request: Request) -> Response:
        return await answer(request, lambda who: sheet(papers.evidence(who, _asked(request))))

    async def weeks(request: Request) -> Response:
        return await answer(request, lambda who: sheet(papers.weeks(who, _asked(request))))

    async def chart(request: Request) -> Response:
        theme = Theme.DARK if request.query_params.get("theme") == "dark" else Theme.LIGHT
        shape = Shape.WIDE if request.query_params.get("shape") == "wide" else Shape.PHONE

        def drawn(who: str) -> Response:
            made = papers.chart(who, _asked(request), theme, shape)
            if made is None:
                raise HTTPException(404)
            return Response(made, media_type="image/svg+xml")

        return await answer(request, drawn)

    async def file(request: Request) -> Response:
        as_file = {"content-disposition": f'attachment; filename="{FILE_NAME}"'}
        return await answer(
            request, lambda who: Response(papers.file(who), media_type="application/json", headers=as_file)
        )

    return (
        Route("/{person}/record", record),
        Route("/{person}/record.json", file),
        Route("/{person}/evidence", evidence),
        Route("/{person}/weeks", weeks),
        Route("/{person}/weeks.svg", chart),
    )


def _asked(request: Request) -> int | None:
    """Which piece of work was asked for by its number."""
    asked = request.query_params.get("work", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else None


def _of_work(person_id: str, page: str, number: int | None) -> str:
    return address_of(person_id, page if number is None else f"{page}?work={number}")


def _other_works(by: Speaker, page: str, works: Sequence[Work], shown: int | None) -> Iterator[Link]:
    """The same page of every other piece of work."""
    for work in works:
        if shown is not None and work.number != shown:
            more = by.say("evidence_more", work=work.name)
            yield Link(_of_work(by.person.id, page, work.number), more)


def _there(repo: Repository, person_id: str) -> Person:
    person = repo.person(person_id)
    if person is None or "manager" not in person.roles:
        raise HTTPException(404)
    return person

"""Where a manager's own pages are on the service, and who is let in.

A link shows one button and spends nothing, for programs open links too; the button spends it and begins a
visit. From then on the browser's mark says whose pages these are: no address names a person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.own.links import LINK_LASTS, ROOT, VISIT_LASTS, Links, OwnPage, Ticket
from bot.record.answers import Answers
from bot.record.sheets import Papers
from bot.reflexes import reader_of
from prompts.words import Reader, Words
from storage import inbound
from storage.people import Person, Status
from storage.store import Store

BOT = Path(__file__).parents[1]
LOOKS = BOT / "playground" / "static"  # the pages look as in the playground
FILES = ("tokens.css", "paper.css", "paper.js", "mark.svg")
SPENT = "own_pages"  # the channel under which it is kept which links were used
BIGGEST = 4_096  # bytes of the one form there is
WHERE = {each: f"{ROOT}/{each}" for each in OwnPage} | {OwnPage.FILE: f"{ROOT}/record.json"}
HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(frozen=True)
class OwnPages:
    """The pages of all managers of one installation."""

    store: Store
    words: Words
    clock: Clock
    links: Links

    def routes(self) -> list[Route]:
        """Where they answer; nowhere where nobody could come."""
        if not self.links.are_there:
            return []
        return [
            Route(ROOT, self._show, methods=["GET"]),
            Route(ROOT, self._spend, methods=["POST"]),
            Route(f"{ROOT}/leave", self._leave, methods=["POST"]),
            Route(f"{ROOT}/looks/{{name}}", _look),
            *(Route(f"{ROOT}/{name}", self._page(name)) for name in self._answers("").by_name()),
        ]

    # The link

    def _show(self, request: Request) -> Response:
        ticket = self.links.read(request.query_params.get("ticket", ""))
        person = self._person(ticket)
        if ticket is None or person is None or person.status is Status.FORGOTTEN:
            return self._refused(person)
        if self._is_here(request, ticket):
            return _kept_close(RedirectResponse(WHERE[ticket.page], 303))
        if self._is_over(ticket):
            return self._refused(person)
        said = self.words.line(reader_of(self.words, person), "own_question", {"name": person.name})
        return self._plain(person, said, ticket=request.query_params["ticket"])

    async def _spend(self, request: Request) -> Response:
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return self._refused(None)
        size = request.headers.get("content-length", "")
        if not size.isdigit() or int(size) > BIGGEST:
            return self._refused(None, 413)
        form = parse_qs((await request.body()).decode("ascii", "replace"))
        return await run_in_threadpool(self._let_in, request, form.get("ticket", [""])[0])

    def _let_in(self, request: Request, text: str) -> Response:
        ticket = self.links.read(text)
        person = self._person(ticket)
        if ticket is None or person is None or person.status is Status.FORGOTTEN:
            return self._refused(person)
        answer = RedirectResponse(WHERE[ticket.page], 303)
        if self._is_here(request, ticket):  # and no link makes a visit longer
            return _kept_close(answer)
        now = self.clock.now()
        if not ticket.lasts(now, LINK_LASTS):
            return self._refused(person)
        with self.store.transaction(ticket.organisation_id) as repo:
            if not inbound.first_time(repo.scope, SPENT, ticket.number, now):
                return self._refused(person)
        answer.set_cookie(
            self._cookie,
            self.links.visit(ticket, now),
            max_age=int(VISIT_LASTS.total_seconds()),
            path="/",
            secure=self.links.is_https,
            httponly=True,
            samesite="lax",
        )
        return _kept_close(answer)

    def _is_over(self, ticket: Ticket) -> bool:
        """Whether a link is too old, or has been used."""
        if not ticket.lasts(self.clock.now(), LINK_LASTS):
            return True
        with self.store.reading(ticket.organisation_id) as repo:
            return inbound.has_seen(repo.scope, SPENT, ticket.number)

    # The visit

    def _page(self, name: str) -> Callable[[Request], Response]:
        def show(request: Request) -> Response:
            visit = self._visit(request)
            person = self._person(visit)
            if visit is None or person is None or person.status is Status.FORGOTTEN:
                return self._refused(person)
            try:
                answer = self._answers(visit.organisation_id).by_name()[name]
                return _kept_close(answer(person.id, request))
            except HTTPException as missing:
                return self._refused(person, missing.status_code)

        return show

    async def _leave(self, request: Request) -> Response:
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return self._refused(None)
        person = await run_in_threadpool(lambda: self._person(self._visit(request)))
        said = self.words.line(self._reader(person), "own_left", {})
        answer = self._plain(person, said)
        answer.delete_cookie(self._cookie, "/", secure=self.links.is_https, httponly=True, samesite="lax")
        return answer

    def _visit(self, request: Request) -> Ticket | None:
        return self.links.visitor(request.cookies.get(self._cookie, ""), self.clock.now())

    def _is_here(self, request: Request, ticket: Ticket) -> bool:
        """Whether this browser is on a visit of the same person already."""
        visit = self._visit(request)
        return visit is not None and (visit.organisation_id, visit.person_id) == (
            ticket.organisation_id,
            ticket.person_id,
        )

    @property
    def _cookie(self) -> str:
        """Over https the name itself forbids that anybody else's page sets or widens it."""
        return "__Host-unbadged" if self.links.is_https else "unbadged"

    def _person(self, ticket: Ticket | None) -> Person | None:
        """Whose ticket it is: a manager whom a channel reaches, or somebody who was forgotten."""
        if ticket is None or ticket.organisation_id not in self.store.organisations():
            return None
        with self.store.reading(ticket.organisation_id) as repo:
            person = repo.person(ticket.person_id)
            if person is None or person.status is Status.FORGOTTEN:
                return person
            return person if "manager" in person.roles and repo.channels(person.id) else None

    # How it looks

    def _answers(self, organisation_id: str) -> Answers:
        papers = Papers(
            self.store,
            self.words,
            self.clock,
            organisation_id,
            where=lambda _, page: f"{ROOT}/{page}",
            looks=f"{ROOT}/looks",
            leave=f"{ROOT}/leave",
        )
        return Answers(self._templates, papers)

    @cached_property
    def _templates(self) -> Environment:
        pages = Environment(
            loader=FileSystemLoader([BOT / "pages", BOT / "playground" / "templates"]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        pages.globals["word"] = lambda name: self.words.line(self._reader(None), f"playground_{name}", {})
        return pages

    def _reader(self, person: Person | None) -> Reader:
        return self.words.reader("en", "", "UTC") if person is None else reader_of(self.words, person)

    def _refused(self, person: Person | None, status: int = 403) -> Response:
        """Kindly: nothing of anybody, and how to come in."""
        gone = person is not None and person.status is Status.FORGOTTEN
        said = self.words.line(self._reader(person), "paper_gone" if gone else "own_refused", {})
        return self._plain(person, said, status=410 if gone else status)

    def _plain(self, person: Person | None, said: str, *, ticket: str = "", status: int = 200) -> Response:
        reader = self._reader(person)
        slots = {
            "language": reader.language if self.words.covered(reader.language, "own_title") else "en",
            "title": self.words.line(reader, "own_title", {}),
            "said": said,
            "ticket": ticket,
            "button": self.words.line(reader, "own_button", {}),
            "root": ROOT,
        }
        return HTMLResponse(self._templates.get_template("own.html").render(slots), status, HEADERS)


def _kept_close(answer: Response) -> Response:
    """The same, to be kept nowhere and shown within nothing."""
    answer.headers.update(HEADERS)
    return answer


def _look(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES:
        return Response(status_code=404)
    return FileResponse(LOOKS / name, headers={"x-content-type-options": "nosniff"})

"""The playground's page: one chat and what its coach sees; it takes what is typed or pressed.
Everything works as plain forms; a small script only makes it feel like a chat.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import hashlib
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar, get_args
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground.door import SECURITY, Door
from bot.playground.forms import Refused, needed, one_time_key, read_form
from bot.playground.papers import paper_routes
from bot.playground.stage import Bubble, Someone, Stage, Walk
from bot.playground.view import sent_rows, shown
from bot.record.sheets import Papers

HERE = Path(__file__).parent
# How many submits of the clock are remembered; far more than anyone presses before noticing.
REMEMBERED = 256
# How many open questions one page may ask after at once.
MOST_OPEN = 60

T = TypeVar("T")
Words = Callable[[str, dict[str, Any]], str]
Act = Callable[[Stage, Someone, dict[str, str], str], None]


class Playground:
    """The handlers; one per page. Templates hold no words of their own: those come from ``words``."""

    def __init__(self, stage: Stage, words: Words) -> None:
        self.stage = stage
        self.words = words
        # One thread: the stage is synchronous and is promised to be called by one caller at a time.
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="playground")
        self.spent: OrderedDict[str, None] = OrderedDict()
        self.pages = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.pages.globals["word"] = lambda name, /, **slots: words(f"playground_{name}", slots)
        self.pages.filters["rows"] = sent_rows
        # Each form gets a key of its own, so that sending it twice is known for what it is.
        self.pages.globals["key"] = lambda: secrets.token_urlsafe(12)

    @contextlib.asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        yield
        self.thread.shutdown(wait=True)

    async def on_stage(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.thread, work)

    def someone(self, request: Request) -> Someone:
        """Who the address names; 404 if nobody. Called on the stage's thread."""
        wanted = request.path_params["person"]
        for person in self.stage.people():
            if person.id == wanted:
                return person
        raise HTTPException(404)

    async def home(self, _: Request) -> Response:
        people = await self.on_stage(self.stage.people)
        return RedirectResponse(f"/{quote(people[0].id, safe='')}", 303)

    async def page(self, request: Request) -> Response:
        return await self.look("chat", request)

    async def coach(self, request: Request) -> Response:
        return await self.look("coach", request)

    async def look(self, side: str, request: Request) -> Response:
        """The page. On a wide screen the chat has the coach's view beside it; else ``side`` is in front."""

        def look() -> dict[str, Any]:
            person = self.someone(request)
            bubbles = self.stage.chat(person.id)
            return self.around(person, bubbles) | {"messages": shown(bubbles), "side": side}

        return self.render("page.html", await self.on_stage(look))

    async def picture(self, request: Request) -> Response:
        """The coach's chart, a file of its own: the page allows no styles inside it."""
        dark = request.query_params.get("theme") == "dark"
        drawn = await self.on_stage(lambda: self.stage.coach_picture(self.someone(request).id, dark))
        if drawn is None:
            raise HTTPException(404)
        return Response(drawn, media_type="image/svg+xml")

    async def chat_picture(self, request: Request) -> Response:
        """The chart that goes with one message, as any chat would show it."""
        dark = request.query_params.get("theme") == "dark"
        seq = _number(request.path_params["seq"])
        drawn = await self.on_stage(lambda: self.stage.chat_picture(self.someone(request).id, seq, dark))
        if drawn is None:
            raise HTTPException(404)
        return Response(drawn, media_type="image/png")

    async def new(self, request: Request) -> Response:
        look = functools.partial(self.newer, request)
        return self.render("fragment.html", await self.on_stage(look))

    def newer(self, request: Request) -> dict[str, Any]:
        """What a page that knows messages up to ``after`` lacks: later ones, and how its open ones stand."""
        person = self.someone(request)
        after = _number(request.query_params.get("after", ""))
        ids = request.query_params.get("open", "").split(",")[:MOST_OPEN]
        still_open = {number for number in map(_number, ids) if 0 < number <= after}
        # The last message is read again: from it one sees whether the clock has moved on since.
        bubbles = self.stage.chat(person.id, min(still_open | {max(after, 1)}) - 1)
        later: list[Bubble] = [bubble for bubble in bubbles if bubble.seq > after]
        seen = [bubble for bubble in bubbles if bubble.seq in still_open]
        return self.around(person, bubbles) | {"messages": shown(later), "seen": shown(seen)}

    def around(self, person: Someone, bubbles: Sequence[Bubble]) -> dict[str, Any]:
        coach = self.stage.coach_sees(person.id)
        picture = coach.picture if coach else None
        return {
            "coach": coach,
            # A mark of the chart as it is now, so that a new one has an address of its own.
            "drawn": hashlib.sha256(repr(picture).encode()).hexdigest()[:12] if picture else "",
            "last": bubbles[-1] if bubbles else None,
            "person": person,
            "people": self.stage.people(),
            "now": self.stage.now(person.id),
            "waiting": self.stage.waiting(person.id),
        }

    def post(self, act: Act) -> Callable[[Request], Any]:
        """A handler that does ``act`` once and shows what came of it."""

        async def handler(request: Request) -> Response:
            form = await read_form(request)
            key = one_time_key(form)
            with_script = request.headers.get("x-fragment") == "1"

            def work() -> tuple[Someone, dict[str, Any] | None]:
                person = self.someone(request)
                act(self.stage, person, form, key)
                return person, self.newer(request) if with_script else None

            person, lacking = await self.on_stage(work)
            if lacking is not None:
                return self.render("fragment.html", lacking)
            # After a post the browser asks anew, so that reloading the page repeats nothing.
            side = "/coach" if form.get("side") == "coach" else ""
            return RedirectResponse(f"/{quote(person.id, safe='')}{side}", 303)

        return handler

    def walk(self, stage: Stage, person: Someone, form: dict[str, str], key: str) -> None:
        to = _walk(form.get("to", ""))
        # The stage takes no key for this one: walking twice is a thing one may want, by two presses.
        if self.is_new(key):
            stage.walk(person.id, to)

    async def start_over(self, request: Request) -> Response:
        """Delete it all and begin again; an old page, whose person is nobody any more, begins nothing."""
        key = one_time_key(await read_form(request))

        def work() -> None:
            if key not in self.spent:
                self.someone(request)
                self.stage.start_over()
                self.is_new(key)

        await self.on_stage(work)
        return RedirectResponse("/", 303)

    def is_new(self, key: str) -> bool:
        """Whether no form with this key was taken before; asking marks it as spent."""
        if key in self.spent:
            return False
        self.spent[key] = None
        if len(self.spent) > REMEMBERED:
            self.spent.popitem(last=False)
        return True

    async def refused(self, request: Request, error: Exception) -> Response:
        """Anything that did not work, said kindly: as a page with a way back, or one line for the script."""
        status, word = 500, "playground_broken"
        if isinstance(error, Refused):
            status, word = error.status, error.word
        elif isinstance(error, HTTPException):
            status, word = error.status_code, "playground_outdated"
            if status == 404:
                word = "playground_nobody"
        text = self.words(word, {})
        if request.headers.get("x-fragment") == "1":
            answer: Response = PlainTextResponse(text, status)
        else:
            answer = self.render("plain.html", {"text": text}, status)
        # An unforeseen fault is answered outside the door, which therefore cannot add these.
        answer.headers.update(SECURITY)
        return answer

    def render(self, name: str, slots: dict[str, Any], status: int = 200) -> Response:
        return HTMLResponse(self.pages.get_template(name).render(slots), status)


def playground(stage: Stage, words: Words, papers: Papers | None = None) -> Starlette:
    """The page for ``stage``, its words taken by name from ``words``. Serve it on a loopback address only.

    ``papers`` are the pages of a manager's own data; without them there are none.
    """
    play = Playground(stage, words)
    routes = [
        Route("/", play.home),
        Route("/healthz", _health),
        Mount("/static", StaticFiles(directory=HERE / "static")),
        Route("/{person}", play.page),
        *(paper_routes(play.pages, papers, play.on_stage) if papers else ()),
        Route("/{person}/coach", play.coach),
        Route("/{person}/coach.svg", play.picture),
        Route("/{person}/picture/{seq}.png", play.chat_picture),
        Route("/{person}/new", play.new),
        Route("/{person}/say", play.post(_say), methods=["POST"]),
        Route("/{person}/tap", play.post(_tap), methods=["POST"]),
        Route("/{person}/fill", play.post(_fill), methods=["POST"]),
        Route("/{person}/walk", play.post(play.walk), methods=["POST"]),
        Route("/{person}/start-over", play.start_over, methods=["POST"]),
    ]
    return Starlette(
        routes=routes,
        lifespan=play.lifespan,
        middleware=[Middleware(Door, refusal=words("playground_not_from_here", {}))],
        exception_handlers={Refused: play.refused, HTTPException: play.refused, Exception: play.refused},
    )


async def _health(_: Request) -> Response:
    return PlainTextResponse("ok")


def _say(stage: Stage, person: Someone, form: dict[str, str], key: str) -> None:
    text = form.get("text", "").strip()
    # Sending nothing is not a mistake worth a sentence.
    if text:
        stage.say(person.id, text, key)


def _tap(stage: Stage, person: Someone, form: dict[str, str], key: str) -> None:
    stage.tap(person.id, needed(form, "token"), key)


def _fill(stage: Stage, person: Someone, form: dict[str, str], key: str) -> None:
    # The prefix keeps a box called "key" or "token" apart from ours.
    boxes = {name[4:]: value.strip() for name, value in form.items() if name.startswith("box.")}
    stage.fill(person.id, needed(form, "token"), boxes, key)


def _walk(to: str) -> Walk:
    for known in get_args(Walk):
        if to == known:
            return known  # type: ignore[no-any-return]
    raise Refused(400, "playground_outdated")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

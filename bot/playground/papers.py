"""The pages of a manager's own data in the playground, each under the chat of its manager.

They are the same pages as the service has; the door lets nobody else in.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.record.answers import Answers
from bot.record.sheets import Papers


def paper_routes(pages: Environment, papers: Papers, on_stage: Callable[..., Any]) -> tuple[BaseRoute, ...]:
    """Where the pages answer; ``on_stage`` runs what touches the database."""

    def answering(make: Callable[[str, Request], Response]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            def work() -> Response:
                person_id = request.path_params["person"]
                gone = papers.gone(person_id)
                if gone is not None:
                    return HTMLResponse(pages.get_template("plain.html").render(text=gone), 410)
                return make(person_id, request)

            done: Response = await on_stage(work)
            return done

        return answer

    made = Answers(pages, papers).by_name()
    return tuple(Route(f"/{{person}}/{name}", answering(make)) for name, make in made.items())

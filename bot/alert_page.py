"""The page behind an alert's link: one button, *I have it*.

Opening it changes nothing, for programs open links too; only the button does.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from prompts.words import Words
from storage import alerts
from storage.store import Store

_PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent / "pages"), autoescape=select_autoescape())
_HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "x-content-type-options": "nosniff",
}


def alert_routes(store: Store, words: Words, clock: Clock) -> list[Route]:
    """Where an alert's link leads."""
    reader = words.reader("en", "", "UTC")

    def page(name: str, *, asks: bool, status: int = 200) -> Response:
        slots = {
            "title": words.line(reader, "alert_title", {}),
            "said": words.line(reader, name, {}),
            "button": words.line(reader, "alert_button", {}) if asks else "",
        }
        return HTMLResponse(_PAGES.get_template("alert.html").render(slots), status, _HEADERS)

    def show(request: Request) -> Response:
        return page("alert_question", asks=_is_known(request, store))

    def take(request: Request) -> Response:
        organisation, alert_id, secret = _token(request)
        taken = False
        if organisation in store.organisations():
            with store.transaction(organisation) as repo:
                taken = alerts.acknowledge(repo.scope, alert_id, clock.now(), secret)
        return page("alert_taken" if taken else "alert_unknown", asks=False, status=200 if taken else 404)

    return [
        Route("/alerts/{token}", show, methods=["GET"]),
        Route("/alerts/{token}", take, methods=["POST"]),
    ]


def _token(request: Request) -> tuple[str, str, str]:
    parts = str(request.path_params["token"]).rsplit(".", 2)
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else ("", "", "")


def _is_known(request: Request, store: Store) -> bool:
    return all(_token(request)) and _token(request)[0] in store.organisations()

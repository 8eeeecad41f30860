"""What a browser gets when it asks for one of a manager's own pages: the page, the chart, the file.

Who is asking has been found out before, by whoever shows the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.picture import Shape, Theme
from bot.record.sheets import Papers, Sheet

FILE_NAME = "unbadged-record.json"


@dataclass(frozen=True)
class Answers:
    """Answers for the managers of one organisation. ``pages`` has the template ``paper.html``."""

    pages: Environment
    papers: Papers

    def by_name(self) -> Mapping[str, Callable[[str, Request], Response]]:
        """How each page is answered, by its name in the address, given whose it is."""
        return {
            "record": self._record,
            "record.json": self._file,
            "evidence": self._evidence,
            "weeks": self._weeks,
            "weeks.svg": self._chart,
        }

    def _sheet(self, made: Sheet) -> Response:
        return HTMLResponse(self.pages.get_template("paper.html").render(sheet=made, paper=made.paper))

    def _record(self, who: str, _request: Request) -> Response:
        return self._sheet(self.papers.record(who))

    def _evidence(self, who: str, request: Request) -> Response:
        return self._sheet(self.papers.evidence(who, _asked(request)))

    def _weeks(self, who: str, request: Request) -> Response:
        return self._sheet(self.papers.weeks(who, _asked(request)))

    def _chart(self, who: str, request: Request) -> Response:
        theme = Theme.DARK if request.query_params.get("theme") == "dark" else Theme.LIGHT
        shape = Shape.WIDE if request.query_params.get("shape") == "wide" else Shape.PHONE
        made = self.papers.chart(who, _asked(request), theme, shape)
        if made is None:
            raise HTTPException(404)
        return Response(made, media_type="image/svg+xml")

    def _file(self, who: str, _request: Request) -> Response:
        as_file = {"content-disposition": f'attachment; filename="{FILE_NAME}"'}
        return Response(self.papers.file(who), media_type="application/json", headers=as_file)


def _asked(request: Request) -> int | None:
    """Which piece of work was asked for by its number."""
    asked = request.query_params.get("work", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else None

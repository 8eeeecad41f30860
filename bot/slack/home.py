"""The Home tab of a manager: this week, what comes next, the rails and whom to call, and the buttons that are
always there. Everything on it is the manager's own, and said in the same words as in the chat.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.slack import pieces
from bot.slack.pieces import Block
from bot.slack.speech import MENU, Speech
from bot.slack.text import cost, short
from coaching.reflexes import Reflex

MOST = 100  # blocks of a Home tab: docs.slack.dev/reference/views/home-tab-views
LINES = 10  # of one list; the rest is on the page of the record
WISH = "wish"  # action ids of buttons that stand for a word which works at any moment
PAGE = "page"  # of buttons that open a page; Slack tells us of the press, and nothing follows


@dataclass(frozen=True)
class Chart:
    """A picture of the numbers. ``alt`` says what it shows; one of ``url`` and ``file_id`` is set."""

    alt: str
    url: str = ""
    file_id: str = ""


@dataclass(frozen=True)
class HomePage:
    """What a manager's Home tab shows. Texts are in the reader's words already.

    assignment: the card of this week, "" if none. next_at: when the coach writes next
    if nobody answers. asks: whether a question of theirs is open in the chat. rails: one line each.
    call: whom to call when something feels wrong, first and backup. who_sees: one line.
    record: address of the page that has everything, "" if none. zone: which one they are written to by;
    zone_is_own: they said so themselves.
    """

    assignment: str = ""
    next_at: datetime | None = None
    asks: bool = False
    paused_until: datetime | None = None
    stopped: bool = False
    chart: Chart | None = None
    rails: tuple[str, ...] = ()
    call: tuple[str, ...] = ()
    who_sees: str = ""
    record: str = ""
    zone: str = ""
    zone_is_own: bool = False


def home(page: HomePage, speech: Speech) -> dict[str, Any]:
    """The view for ``views.publish``. What does not fit is said to be on the page of the record."""
    blocks = [
        pieces.header(speech.line("slack_home_title")),
        *_cut(pieces.card(page.assignment or speech.line("slack_home_nothing")), page, speech),
        pieces.context(_next(page, speech)),
        *_zone(page, speech),
        pieces.actions(_rhythm(page, speech)),
    ]
    if page.chart is not None:
        blocks += [pieces.header(speech.line("slack_home_chart")), _image(page.chart)]
    blocks += [
        pieces.DIVIDER,
        pieces.header(speech.line("slack_home_call")),
        *_list(page.call, page, speech),
        pieces.actions([_safety(each, speech) for each in (Reflex.WRONG, Reflex.PERSON)]),
        pieces.header(speech.line("slack_home_rails")),
        *(_list(page.rails, page, speech) or [pieces.context(speech.line("slack_home_no_rails"))]),
        pieces.DIVIDER,
        pieces.header(speech.line("slack_home_sees")),
        *(_cut(pieces.sections(page.who_sees), page, speech) if page.who_sees else ()),
        pieces.actions([_wish(Reflex.SHARE, speech)]),
        pieces.header(speech.line("slack_home_data")),
        pieces.actions(_data(page, speech)),
    ]
    assert len(blocks) <= MOST
    return {"type": "home", "callback_id": "home", "blocks": blocks}


def _next(page: HomePage, speech: Speech) -> str:
    if page.stopped:
        return speech.line("slack_home_stopped")
    if page.paused_until is not None:
        return speech.line("slack_home_paused", until=page.paused_until)
    if page.asks and page.next_at is not None:
        return speech.line("slack_home_open_next", at=page.next_at)
    if page.asks:
        return speech.line("slack_home_open")
    if page.next_at is not None:
        return speech.line("slack_home_next", at=page.next_at)
    return speech.line("slack_home_no_next")


def _zone(page: HomePage, speech: Speech) -> list[Block]:
    if not page.zone:
        return []
    return [pieces.context(speech.line("slack_home_zone", zone=page.zone, own=page.zone_is_own))]


def _rhythm(page: HomePage, speech: Speech) -> list[Block]:
    away = page.stopped or page.paused_until is not None
    return [_wish(Reflex.START if away else Reflex.PAUSE, speech), _wish(Reflex.CHANGE, speech)]


def _data(page: HomePage, speech: Speech) -> list[Block]:
    shown = _wish(Reflex.SHOW, speech)
    if page.record:
        shown = {**shown, "action_id": f"{PAGE}.{Reflex.SHOW}", "url": page.record}
    return [shown, _wish(Reflex.EXPORT, speech), _wish(Reflex.FORGET, speech)]


def _wish(reflex: Reflex, speech: Speech) -> Block:
    return pieces.button(speech.label("slack_home_actions", reflex), f"{WISH}.{reflex}", reflex.value)


def _safety(reflex: Reflex, speech: Speech) -> Block:
    assert reflex in MENU
    return pieces.button(speech.label("slack_menu", reflex), f"{WISH}.{reflex}", reflex.value)


def _image(chart: Chart) -> Block:
    source: Block = {"slack_file": {"id": chart.file_id}} if chart.file_id else {"image_url": chart.url}
    return {"type": "image", "alt_text": short(chart.alt, pieces.ALT), **source}


def _cut(blocks: list[Block], page: HomePage, speech: Speech) -> list[Block]:
    """The first block of a text that is longer than any of ours, and where the rest is."""
    more = [_more(page, speech)] if len(blocks) > 1 else []
    return [blocks[0], *more]


def _list(lines: tuple[str, ...], page: HomePage, speech: Speech) -> list[Block]:
    """A list with bullets; what is beyond ten lines, or a line's length, is said to be elsewhere."""
    if not lines:
        return []
    shown = [short(line, 600) for line in lines[:LINES]]
    cut = len(lines) > LINES or any(cost(line) > 600 for line in lines)
    return [pieces.listed(shown), *([_more(page, speech)] if cut else ())]


def _more(page: HomePage, speech: Speech) -> Block:
    """That something is left out here; and where it is, if there is a page."""
    return pieces.context(speech.line("slack_home_more" if page.record else "slack_home_more_kept"))

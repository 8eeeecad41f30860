"""A coach's Home tab, and the letter a coach gets once a week: who needs a person and why, what became
better, what waits. It shows what managers sent and four signs, and nothing about who said nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.around.letter import ACKNOWLEDGE, PAUSE, START, WRITE, Digest, Need
from bot.slack import pieces
from bot.slack.pieces import UNREAD, Block
from bot.slack.speech import Speech
from bot.slack.text import cost, escape, sealed, seen, short

# 100 blocks a view, 50 a message (docs.slack.dev/reference/block-kit/blocks); three blocks for each in need.
NEEDS, LINES, SUMMARIES, LETTER_NEEDS = 12, 10, 10, 5
LINE = 300

__all__ = [
    "ACKNOWLEDGE", "PAUSE", "START", "WRITE", "Digest", "Need", "PortfolioPage", "SentSummary", "digest",
    "portfolio",
]  # fmt: skip


@dataclass(frozen=True)
class SentSummary:
    """A summary as the manager sent it: ``text`` is the card's own."""

    person: str
    at: datetime
    text: str


@dataclass(frozen=True)
class PortfolioPage:
    """What a coach may see. ``better`` and ``waits``: one line each, naming person and work."""

    needs: tuple[Need, ...] = ()
    better: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    summaries: tuple[SentSummary, ...] = ()


def portfolio(page: PortfolioPage, speech: Speech) -> dict[str, Any]:
    """The view for ``views.publish``; of what is beyond its room it says how many there are, and where."""
    blocks = [
        pieces.header(speech.line("slack_coach_title")),
        *_needs(page.needs, NEEDS, speech),
        pieces.DIVIDER,
        *_lines("slack_coach_better", page.better, speech.line("slack_coach_no_better"), speech),
        *_lines("slack_coach_waits", page.waits, speech.line("slack_coach_no_waits"), speech),
        pieces.DIVIDER,
        *_summaries(page.summaries, speech),
    ]
    return {"type": "home", "callback_id": "portfolio", "blocks": blocks}


def digest(letter: Digest, speech: Speech) -> dict[str, Any]:
    """The letter: text and blocks for ``chat.postMessage``."""
    head = speech.line("slack_digest_title", until=letter.until)
    if not (letter.needs or letter.better or letter.waits):
        quiet = speech.line("slack_digest_quiet")
        blocks = [pieces.context(head), *pieces.sections(quiet)]
        return {"text": escape(f"{head}\n{quiet}"), "blocks": blocks, **UNREAD}
    blocks = [pieces.context(head), *_needs(letter.needs, LETTER_NEEDS, speech)]
    aloud = [head, speech.line("slack_coach_needs")]
    aloud += [f"{each.person}: {_why(each, speech)}" for each in letter.needs[:LETTER_NEEDS]]
    aloud += [] if letter.needs else [speech.line("slack_coach_nobody")]
    for name, lines in (("slack_coach_better", letter.better), ("slack_coach_waits", letter.waits)):
        if lines:
            blocks += _lines(name, lines, "", speech)
            aloud += [speech.line(name), *lines[:LINES]]
    return {"text": escape("\n".join(short(each, LINE) for each in aloud)), "blocks": blocks, **UNREAD}


def _needs(needs: Sequence[Need], most: int, speech: Speech) -> list[Block]:
    blocks = [_heading(speech.line("slack_coach_needs"))]
    if not needs:
        return [*blocks, *pieces.sections(speech.line("slack_coach_nobody"))]
    for need in needs[:most]:
        name = pieces.span(short(need.person, LINE), bold=True)
        blocks += [
            pieces.rich([name], [pieces.span(short(_why(need, speech), 2 * LINE))]),
            pieces.actions(_presses(need, speech)),
        ]
    return [*blocks, *_more(len(needs) - most, speech)]


def _presses(need: Need, speech: Speech) -> list[Block]:
    def press(value: str, action: str) -> Block:
        return pieces.button(speech.label("slack_coach_actions", value), action, sealed(need.reference))

    takes_up = press("read" if need.is_others else "acknowledge", ACKNOWLEDGE)
    first = [] if need.acknowledged else [takes_up]
    last = press("start", START) if need.paused else press("pause", PAUSE)
    return [*first, press("write", WRITE), last]


def _why(need: Need, speech: Speech) -> str:
    if need.due is None:
        return speech.line("slack_coach_since", why=need.why, since=need.since)
    return speech.line("slack_coach_due", why=need.why, since=need.since, due=need.due)


def _lines(name: str, lines: Sequence[str], nothing: str, speech: Speech) -> list[Block]:
    heading = _heading(speech.line(name))
    if not lines:
        return [heading, *pieces.sections(nothing)]
    shown = pieces.listed([short(line, LINE) for line in lines[:LINES]])
    return [heading, shown, *_more(len(lines) - LINES, speech)]


def _summaries(summaries: Sequence[SentSummary], speech: Speech) -> list[Block]:
    """What managers sent, word for word; a summary is shown whole or not at all."""
    blocks = [_heading(speech.line("slack_coach_summaries"))]
    if not summaries:
        return [*blocks, *pieces.sections(speech.line("slack_coach_no_summaries"))]
    room = SUMMARIES
    for each in summaries[:SUMMARIES]:
        if cost(seen(each.text)) > pieces.SECTION:
            break
        head = speech.line("slack_coach_sent", person=each.person, at=each.at)
        blocks += [pieces.rich([pieces.span(head, bold=True)]), *pieces.card(each.text)]
        room -= 1
    return [*blocks, *_more(len(summaries) - (SUMMARIES - room), speech)]


def _more(n: int, speech: Speech) -> list[Block]:
    return [pieces.context(speech.line("slack_coach_more", n=n))] if n > 0 else []


def _heading(text: str) -> Block:
    return pieces.header(text)

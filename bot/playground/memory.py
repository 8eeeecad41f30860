"""The playground as a channel: a chat on this computer that keeps what is sent to it, each line once.

A line is kept as it was said, with its buttons. Which of them can still be pressed is not kept: it follows
from what is being asked now, so that it cannot go wrong on its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channel import Arrived, Delivery
from bot.incoming import Token
from bot.listening import WHICH_STOP
from bot.reflexes import RECORD
from coaching.chart import Chart
from coaching.journal import Answer, Form, Passed, Tap, Words
from coaching.reflexes import Reflex
from storage import values
from storage.chat import ChatLine
from storage.conversations import Conversation
from storage.store import Store

Key = tuple[str, str, int]  # one question: its conversation, its name, the how-manieth asking


def key_of(token: Token) -> Key:
    """The question a button belongs to."""
    return token.conversation_id, token.name, token.asking


class Chat:
    """The channel's side: take a message, look whether it is there."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def send(self, delivery: Delivery) -> str:
        """Keep the message in the person's chat."""
        message = delivery.message
        body = {
            "text": message.text,
            "card": message.card,
            "buttons": [
                [token, button.label] for token, button in zip(delivery.tokens, message.buttons, strict=False)
            ],
            "fields": [[field.name, field.label] for field in message.fields],
            "form": delivery.form_token,
            "chart": None if delivery.chart is None else values.dump(delivery.chart),
        }
        with self._store.transaction(delivery.organisation_id) as repo:
            text = json.dumps(body, ensure_ascii=False)
            seq = repo.chat_append(delivery.person_id, "coach", text, delivery.at, delivery.job_id)
        return str(seq)

    def arrived(self, delivery: Delivery) -> Arrived:
        """Look whether a job's message is there."""
        with self._store.reading(delivery.organisation_id) as repo:
            return Arrived.YES if repo.chat_arrived(delivery.job_id) else Arrived.NO


@dataclass(frozen=True)
class Kept:
    """A line as it was kept. ``asks``: the question it put; ``answered``: what is shown as its answer."""

    seq: int
    by_manager: bool
    at: datetime
    text: str
    card: bool
    buttons: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]
    form: str | None
    answered: str | None
    asks: Key | None
    chart: Chart | None = None

    def shows(self, answer: Answer) -> str | None:
        """The answer in the words of this line's own buttons and boxes; None if time or others gave it."""
        match answer:
            case Tap(value=value):
                return self._label(value)
            case Form(fields=given):
                filled = (f"{label}: {given[name]}" for name, label in self.fields if given.get(name))
                return " · ".join(filled) or "–"
            case Passed.SKIPPED:
                return self._label(Reflex.SKIP)
            case Words():
                return ""
        return None

    def _label(self, value: str) -> str:
        for token, label in self.buttons:
            read = Token.read(token)
            if read is not None and read.value == value:
                return label
        return ""


def read_line(line: ChatLine) -> Kept:
    """A kept line; one whose words have faded says so by three dots."""
    body: dict[str, Any] = json.loads(line.body) if line.body else {"text": "…"}
    buttons = tuple((token, label) for token, label in body.get("buttons", ()))
    form = body.get("form")
    token = Token.read(form or (buttons[0][0] if buttons else ""))
    return Kept(
        line.seq,
        line.author == "manager",
        line.at,
        body["text"],
        bool(body.get("card")),
        buttons,
        tuple((name, label) for name, label in body.get("fields", ())),
        form,
        json.loads(line.answered) if line.answered else None,
        None if token is None else key_of(token),
        values.load(body["chart"]) if body.get("chart") else None,
    )


def asked_now(talks: Iterable[Conversation]) -> set[Key]:
    """The questions that are open in these conversations."""
    return {
        (talk.id, talk.shown_name, talk.shown_asking)
        for talk in talks
        if talk.is_open and talk.shown_name is not None and talk.shown_asking is not None
    }


def newest(lines: Iterable[Kept]) -> dict[Key, Kept]:
    """The last line that puts each question."""
    return {line.asks: line for line in lines if line.asks is not None}


class Standing:
    """How the lines of one chat stand: which can be answered, which were, which have simply passed."""

    def __init__(self, lines: Iterable[Kept], talks: Iterable[Conversation]) -> None:
        """``lines``: from any line on to the newest; a line's fate depends on later ones only."""
        talks = list(talks)
        self._newest = newest(lines)
        self._asked = asked_now(talks)
        in_order = sorted(self._newest.items(), key=lambda each: each[1].seq)
        latest = {key[0]: key for key, _ in in_order}
        # Which stop was meant is asked by the service under the script's own question, which stays open.
        self._asked |= {
            latest[talk.id]
            for talk in talks
            if talk.is_open and talk.id in latest and latest[talk.id][1] == WHICH_STOP
        }
        # What hangs on the record are wishes, not answers: they can be pressed as long as the talk is open.
        still_open = {talk.id for talk in talks if talk.is_open}
        self._asked |= {key for key in self._newest if key[1] == RECORD and key[0] in still_open}

    def answered(self, line: Kept) -> str | None:
        """What to show as the answer; empty where it stands in the chat, or is asked for anew below."""
        if line.asks is not None and line.answered is None and self._newest[line.asks].seq != line.seq:
            return ""
        return line.answered

    def is_stale(self, line: Kept) -> bool:
        """Whether its question has passed and nobody answered it."""
        return line.asks is not None and line.asks not in self._asked and self.answered(line) is None

"""A small play for trying the page: three managers and a coach who knows only a few lines.
It keeps everything in memory and remembers every call, so that a test can say what the page asked for.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bot.coach_view import CoachView, Picture, Sent, Sign
from bot.picture import Aloud, Theme, png, svg
from bot.playground.stage import Box, Bubble, Press, Queued, Someone, Walk
from coaching.catalogue import Better
from coaching.chart import Chart, Dot
from prompts.words import Words

HOSTILE = "<script>alert('x')</script> & \"quoted\"\nsecond line <b>bold</b>"
LONG = "Vierteljahresabweichungsanalysekommentarentwurf" * 3

CARD = f"""Your first assignment
By Friday 4 Dec: draft the scope of a proposal for Halim Logistics ({LONG}) with the approved assistant.
Checkpoint: Priya Raman reads it before it leaves.
Good = the solution engineer finds no invented feature
Days to send: 7, 6, 9 → 4
Matters because: two deals slipped past quarter end
Stop if: checking takes more than 20 minutes"""

WORDS = Words()
ALOUD = Aloud(WORDS, WORDS.reader("en", "SG", "UTC"))
CHART = Chart(
    "M07", "rounds", Better.LOWER, (Dot(Decimal(3), Decimal(3)),), (Dot(Decimal(2), Decimal(2), 3),)
)
PEOPLE = (
    Someone("mei", "Tan Mei Ling", "Sales · Singapore", "Asia/Singapore", "Mon 30 Nov, 09:00", "en"),
    Someone("kenji", "佐藤 健司", "Finance · Tokyo", "Asia/Tokyo", "Mon 30 Nov, 10:00", "ja"),
    Someone("jonas", "Jonas Weber", "Operations · Munich", "Europe/Berlin", "Mon 30 Nov, 02:00", "de"),
)
SUMMARY = f"""Proposals for key accounts. At stake: late quotes lose orders
Review rounds: 3, 4, 3 before; 2, 2 since. Early sign.
What changed: "the first draft came back with one question, not four ({LONG})"
Minding the AI: 35 minutes, worth it.
Not visible yet: explaining to a sceptic
Rails: Singapore, version 3, confirmed."""
CARD_OF_WEEK = "Here is what Priya Raman will see of week {week}. Nothing is sent before you say so."
CANNOT_SEE = ("The chat: what is typed there.", "Whether a line was left out.")
DAYS = ("Mon 30 Nov", "Wed 2 Dec", "Fri 4 Dec", "Mon 7 Dec")


@dataclass
class FakeStage:
    """Three chats in memory. ``slow`` makes the coach think, so that waiting can be seen."""

    slow: float = 0.0
    calls: list[tuple[str, ...]] = field(default_factory=list)
    chats: dict[str, list[Bubble]] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    days: dict[str, int] = field(default_factory=dict)
    sent: dict[str, list[Sent]] = field(default_factory=dict)
    signs: dict[str, list[Sign]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self.sent, self.signs = {each.id: [] for each in PEOPLE}, {each.id: [] for each in PEOPLE}
        for person in PEOPLE:
            self.chats[person.id], self.days[person.id] = [], 0
        self.coach(
            "mei", "Hi Mei Ling. I help you fix one piece of work that annoys you: a few minutes a week."
        )
        self.coach("mei", "The last two weeks: where did your team's work hurt most?", *PAINS)
        self.coach("kenji", "この二週間、チームの仕事でいちばん困ったのはどこでしたか。", *PAINS_JA)

    def coach(self, who: str, text: str, *buttons: Press, **more: object) -> None:
        self.add(who, Bubble(0, "coach", text, "", "", buttons, **more))  # type: ignore[arg-type]

    def add(self, who: str, bubble: Bubble) -> None:
        day = DAYS[min(self.days[who], len(DAYS) - 1)]
        chat = self.chats[who]
        chat.append(replace(bubble, seq=len(chat) + 1, day=day, at=f"{day}, 09:0{self.days[who] % 10}"))

    def people(self) -> tuple[Someone, ...]:
        return PEOPLE

    def chat(self, person_id: str, after: int = 0) -> tuple[Bubble, ...]:
        return tuple(bubble for bubble in self.chats[person_id] if bubble.seq > after)

    def waiting(self, person_id: str) -> tuple[Queued, ...]:
        if self.days[person_id] > 2:
            return ()
        return (
            Queued("This week's slice", "Mon 7 Dec, 09:00"),
            Queued("Midweek line, only if you are silent", "Wed 9 Dec, 09:00"),
            Queued("Check-in", "Fri 11 Dec, 14:00"),
        )

    def now(self, person_id: str) -> str:
        return f"{DAYS[min(self.days[person_id], len(DAYS) - 1)]}, 09:00"

    def once(self, *call: str) -> bool:
        """Note the call; whether its key is new."""
        time.sleep(self.slow)
        self.calls.append(call)
        fresh = call[-1] not in self.keys
        self.keys.add(call[-1])
        return fresh

    def say(self, person_id: str, text: str, key: str) -> None:
        if not self.once("say", person_id, text, key):
            return
        self.add(person_id, Bubble(0, "manager", text, "", ""))
        if text == "something feels wrong":
            self.signs[person_id].insert(0, Sign("Something went wrong", "", self.now(person_id)))
            safe = (Press("call", "Call Priya now", "safety"), Press("unsure", "Not sure it's one"))
            self.coach(person_id, "Thank you for saying it. First: Priya Raman, +65 5550 0100, now.", *safe)
        elif text == "boxes":
            self.ask_minutes(person_id)
        elif text == "summary":
            self.coach(person_id, f"{self.next_card(person_id)}\n{SUMMARY}", *SEND, card=True)
        elif text == "card":
            self.coach(person_id, CARD, *TAKE, card=True)
        else:
            self.coach(person_id, f"I heard: {text}. Right?", Press("yes", "Yes"), Press("no", "Not quite"))

    def ask_minutes(self, who: str) -> None:
        labels = ("Feeding it", "Checking", "Re-running", "Cleaning up")
        boxes = tuple(Box(label.split()[0].lower(), label, "number") for label in labels)
        none = (Press("none", "None"), Press("unknown", "Don't know"))
        self.coach(who, "Minutes minding the AI, roughly?", *none, fields=boxes, form_token="minutes")

    def settle(self, who: str, token: str, answer: str | None) -> None:
        """Mark the newest open question that has ``token`` as answered, and say so."""
        chat = self.chats[who]
        for index in range(len(chat) - 1, -1, -1):
            labels = {press.token: press.label for press in chat[index].buttons}
            if chat[index].answered is None and (token in labels or chat[index].form_token == token):
                chat[index] = replace(chat[index], answered=answer or labels[token])
                return

    def tap(self, person_id: str, token: str, key: str) -> None:
        if not self.once("tap", person_id, token, key):
            return
        self.settle(person_id, token, None)
        if token in {"yes", "quality"}:
            self.coach(person_id, "Here is the slice.")
            self.coach(person_id, CARD, *TAKE, card=True)
        elif token == "send":
            week, now = len(self.sent[person_id]) + 1, self.now(person_id)
            lines = tuple(SUMMARY.splitlines())
            self.sent[person_id].insert(0, Sent(week, f"Week {week}, sent {now}", None, lines))
            self.coach(person_id, "Sent to Priya Raman, word for word as above.")
        elif token == "take":
            self.ask_minutes(person_id)
        else:
            self.coach(person_id, "Tell me about the last time. What was the piece of work?")

    def fill(self, person_id: str, token: str, fields: Mapping[str, str], key: str) -> None:
        if self.once("fill", person_id, token, *(f"{k}={v}" for k, v in fields.items()), key):
            self.settle(person_id, token, " · ".join(value or "–" for value in fields.values()))
            self.coach(person_id, "Kept. Was that checking worth it, or waste?", *WORTH)

    def walk(self, person_id: str, to: Walk) -> None:
        time.sleep(self.slow)
        self.calls.append(("walk", person_id, to))
        self.chats[person_id] = [replace(it, stale=bool(it.buttons)) for it in self.chats[person_id]]
        for _ in range(3 if to == "three_weeks" else 1):
            self.days[person_id] += 1
            self.coach(person_id, "This week: one proposal for Halim Logistics. By Friday.", *TAKE)

    def next_card(self, who: str) -> str:
        return CARD_OF_WEEK.format(week=len(self.sent[who]) + 1)

    def coach_sees(self, person_id: str) -> CoachView | None:
        (person,) = (each for each in self.people() if each.id == person_id)
        if person.gone:
            return None
        sent = tuple(self.sent.get(person_id, ()))
        return CoachView(
            "Priya Raman",
            person.name,
            person.about,
            person.language,
            tuple(self.signs.get(person_id, ())),
            sent,
            Picture(CHART, f"Review rounds, {len(sent)} weeks: 3, 4, 3 before; 2, 2 since.")
            if sent
            else None,
            CANNOT_SEE,
        )

    def coach_picture(self, person_id: str, dark: bool) -> bytes | None:
        return svg(CHART, ALOUD, _theme(dark)).encode() if self.sent.get(person_id) else None

    def chat_picture(self, person_id: str, seq: int, dark: bool) -> bytes | None:
        pictured = any(each.seq == seq and each.picture for each in self.chats[person_id])
        return png(CHART, ALOUD, _theme(dark)) if pictured else None

    def start_over(self) -> None:
        self.calls.append(("start over",))
        self.begin()


def _theme(dark: bool) -> Theme:
    return Theme.DARK if dark else Theme.LIGHT


SEND = (Press("send", "Send"), Press("keep", "Not this week"))
PAINS = (
    Press("time", "Time leaks away"),
    Press("quality", "Quality up and down"),
    Press("decision", "Waiting for a decision"),
    Press("handoff", "Handoff breaks"),
    Press("else", "Else / not sure"),
)
PAINS_JA = (
    Press("time", "時間がもれる"),
    Press("quality", "質がばらつく"),
    Press("decision", "決定を待っている"),
)
TAKE = (Press("take", "Take it"), Press("change", "Change"), Press("skip", "Not this week"))
WORTH = (Press("worth", "Worth it"), Press("waste", "Waste"), Press("mixed", "Mixed"))

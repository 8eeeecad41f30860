"""A message that is deleted takes its words along, also where its conversation has ended: they are in no row
any more, whatever was made of them, and the work goes on without them.
"""

from __future__ import annotations

from bot import demo
from bot.incoming import Incoming
from coaching import facts
from coaching.journey import Kind
from storage import inbound
from storage.fact_tables import TABLES
from tests.wishes.living import Life, foreign_mark, plain_mark

# What was sent has been seen; and the chat is the platform's own memory, where they delete it themselves.
STAYS = {TABLES[facts.SentSummary].name, TABLES[facts.Concern].name, "chat"}


def deleted(life: Life, key: str) -> None:
    again = f"{key}/deleted/{life.player.play.clock.now()}"
    gone = Incoming(demo.CHANNEL, again, life.me, of=key, deleted=True)
    life.player.play._receive(gone)
    life.player.play.worker.run_due()


def tables_with(life: Life, needles: set[str]) -> set[str]:
    """The tables of which a row holds one of them, everything unsealed."""
    with life.store.reading(demo.ORGANISATION) as repo:
        found = repo.everything(life.me)
    return {
        table
        for table, rows in found.items()
        if table not in STAYS and any(needle in str(row) for row in rows for needle in needles)
    }


def marks_in(texts: list[str]) -> set[str]:
    every = {make(number) for number in range(1, 40) for make in (plain_mark, foreign_mark)}
    return {mark for mark in every for text in texts if mark in text}


def standing(life: Life) -> dict[str, list[str]]:
    with life.store.reading(demo.ORGANISATION) as repo:
        return {kind.__name__: [each.name for each in repo.facts(life.me, kind)] for kind in TABLES}


def of_the_start(life: Life) -> list[str]:
    """What was typed in both sittings, which are closed by now."""
    with life.store.reading(demo.ORGANISATION) as repo:
        start = repo.find(life.me, Kind.START, 1)
        assert start is not None
        assert not start.is_open
        answered = {
            text: inbound.answered_by(repo.scope, demo.CHANNEL, key)
            for text, key in life.player.typed.items()
        }
    return [text for text, each in answered.items() if each is not None and each.conversation_id == start.id]


def test_the_words_of_a_closed_conversation_are_in_no_row_and_the_work_goes_on(life: Life) -> None:
    life.player.do("start")
    life.player.move("to the next thing due")
    texts, before = of_the_start(life), standing(life)
    needles = marks_in(texts)
    assert len(needles) >= 16
    assert tables_with(life, needles) >= {"journal", "friction", "stake", "conversation", "assignment", "job"}
    said = len(life.player.play.chat(life.me))
    for text in texts:
        deleted(life, life.player.typed[text])
    assert tables_with(life, needles) == set()
    assert standing(life) == before, "what was confirmed stays, without its words"
    told = [bubble.text for bubble in life.player.play.chat(life.me)[said:]]
    assert any(line.startswith("Deleted here as well, wherever it stood.") for line in told)
    assert any("has seen these words in what you sent" in line for line in told)
    said = len(life.player.play.chat(life.me))
    for _ in range(3):
        life.player.move("to the next thing due")
    later = [bubble.text for bubble in life.player.play.chat(life.me)[said:]]
    assert [line for line in later if "…" in line]
    assert not marks_in(later)
    assert tables_with(life, needles) == set(), "and nothing brings them back"


def test_under_a_legal_hold_nothing_is_deleted(life: Life) -> None:
    text = of_the_start(life)[0]
    with life.store.transaction(demo.ORGANISATION) as repo:
        repo.hold(life.me, life.player.play.clock.now(), told=True)
    deleted(life, life.player.typed[text])
    assert tables_with(life, marks_in([text])) >= {"journal", "friction"}

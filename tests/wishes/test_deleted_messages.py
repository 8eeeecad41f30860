"""A message that is deleted takes its words along, also where its conversation has ended: they are in no row any
more, whatever was made of them, and the work goes on without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import demo
from bot.incoming import Incoming
from coaching import facts
from coaching.journey import Kind
from storage import inbound
from storage.fact_tables import TABLES
from storage.repository import Repository
from tests.storage.scenes import ENGINES, a_place
from tests.wishes.living import Life, a_life, foreign_mark, plain_mark

# What was sent has been seen; and the chat is the platform's own memory, where they delete it themselves.
STAYS = {TABLES[facts.SentSummary].name, TABLES[facts.Concern].name, "chat"}


@pytest.fixture(params=ENGINES)
def lived(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Life, dict[str, str]]]:
    """A start and a week, up to the summary that was sent, and the key under which each text came."""
    with a_place(request.param, tmp_path, migrated=True) as place:
        life = a_life(tmp_path, url=place.url)
        play, keys = life.player.play, {}
        real = play.say

        def heard(person_id: str, text: str, key: str) -> None:
            keys[text] = key
            real(person_id, text, key)

        play.say = heard  # type: ignore[method-assign]
        life.start_and_a_week()
        yield life, keys
        life.store.close()


def deleted(life: Life, key: str) -> None:
    gone = Incoming(
        demo.CHANNEL, f"{key}/deleted/{life.player.play.clock.now()}", life.me, of=key, deleted=True
    )
    life.player.play._receive(gone)
    life.player.play.worker.run_due()


def rows_with(life: Life, needles: set[str]) -> list[tuple[str, str]]:
    """The rows that hold one of them, everything unsealed."""
    with life.store.reading(demo.ORGANISATION) as repo:
        rows = repo.everything(life.me)
    return [
        (table, needle)
        for table, found in rows.items()
        if table not in STAYS
        for row in found
        for needle in needles
        if needle in str(row)
    ]


def marks_in(texts: list[str]) -> set[str]:
    every = {make(number) for number in range(1, 40) for make in (plain_mark, foreign_mark)}
    return {mark for mark in every for text in texts if mark in text}


def standing(repo: Repository, person_id: str) -> dict[str, list[Any]]:
    """Numbers, dates and choices of all facts that stand."""
    return {kind.__name__: [each.conversation_id for each in repo.facts(person_id, kind)] for kind in TABLES}


def test_the_words_of_a_closed_conversation_are_in_no_row_and_the_work_goes_on(
    lived: tuple[Life, dict[str, str]],
) -> None:
    life, keys = lived
    life.player.move(
        "to the next thing due"
    )  # the second week is open, and rests on what the first ones said
    with life.store.reading(demo.ORGANISATION) as repo:
        closed = {talk.id for talk in repo.conversations(life.me) if not talk.is_open}
        answered = {text: inbound.answered_by(repo.scope, demo.CHANNEL, key) for text, key in keys.items()}
        before = standing(repo, life.me)
    texts = [text for text, each in answered.items() if each is not None and each.conversation_id in closed]
    needles = marks_in(texts)
    assert len(needles) >= 16
    held = {table for table, _ in rows_with(life, needles)}
    assert held >= {"journal", "friction", "conversation", "assignment", "job"}

    with life.store.transaction(demo.ORGANISATION) as repo:
        repo.hold(life.me, life.player.play.clock.now(), told=True)
    deleted(life, keys[texts[0]])
    assert rows_with(life, marks_in(texts[:1])), "a legal hold forbids deleting anything"
    with life.store.transaction(demo.ORGANISATION) as repo:
        repo.release(life.me, life.player.play.clock.now())

    said = len(life.player.play.chat(life.me))
    for text in texts:
        deleted(life, keys[text])
    assert rows_with(life, needles) == []
    with life.store.reading(demo.ORGANISATION) as repo:
        assert standing(repo, life.me) == before, "what was confirmed stays, without its words"
        assert [talk.kind for talk in repo.conversations(life.me, open_only=True)] == [Kind.WEEK]
    told = [bubble.text for bubble in life.player.play.chat(life.me)[said:]]
    assert any(line.startswith("Deleted here as well, wherever it stood.") for line in told)
    assert any("has seen these words in what you sent" in line for line in told)

    said = len(life.player.play.chat(life.me))
    life.player.move("to Friday")
    week = [bubble.text for bubble in life.player.play.chat(life.me)[said:]]
    assert week == ["What changed in … this week?"]
    assert not marks_in(week)
    assert rows_with(life, needles) == []

"""Starting over on the real coach: everything that was said is gone, byte by byte, and it begins as it began.
What an old page still sends means nobody. And what the coach sees is what was sent, word for word.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot import demo
from bot.playground.play import Play, open_playground
from storage import schema
from storage.clearing import clear
from storage.database import StorageError
from storage.store import Store
from tests.conversation import FOLDER, Player, read
from tests.playground.conftest import HERE
from tests.playground.test_play import TYPED, WORDS, Visitor, client, dana, play

__all__ = ["client", "dana", "play"]

EIGHT_WEEKS = read((FOLDER / "eight_weeks_to_demonstrably_better.md").read_text(encoding="utf-8"))


def bytes_of(folder: Path) -> bytes:
    """Every byte of every file there, logs included."""
    return b"\0".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


def as_it_is(play: Play) -> list[tuple[str, str, list[str]]]:
    """Who there is, what moment it is for them, and what was said."""
    return [
        (each.name, play.now(each.id), [bubble.text for bubble in play.chat(each.id)])
        for each in play.people()
    ]


def test_everything_is_gone_and_it_begins_as_it_began(dana: Visitor, play: Play, tmp_path: Path) -> None:
    began = as_it_is(play)
    dana.to_the_story()
    dana.post("say", text=TYPED[0])
    dana.post("say", text="I want to talk to a human")
    dana.post("walk", to="three_weeks")
    old = [person.id for person in play.people()]
    key = play._store.keys.wrapped(demo.ORGANISATION, dana.me)
    with play._store.reading(demo.ORGANISATION) as repo:
        talks = [talk.id for talk in repo.conversations(dana.me)]
        said = [str(row["body"]) for row in repo.scope.rows(schema.chat)]
    assert key is not None
    traces = [key, *(each.encode() for each in [*old, *talks, *said])]
    before = bytes_of(tmp_path)
    assert all(trace in before for trace in traces), "the search finds what is there"
    assert dana.post("start-over") == 200
    after = bytes_of(tmp_path)
    assert [trace for trace in traces if trace in after] == []
    dana.me = play.people()[0].id
    assert dana.me not in old
    assert as_it_is(play) == began
    assert play.clock.now() == demo.BEGINS
    dana.to_the_story()
    assert Play(play._store, WORDS).people()[0].id == dana.me, "the next start goes on with it"


def test_an_old_page_acts_on_nobody(dana: Visitor, play: Play) -> None:
    token, old = dana.token("start"), dana.me
    assert dana.post("start-over", key="pressed") == 200
    now = play.people()[0].id
    chats = [play.chat(person.id) for person in play.people()]
    assert dana.post("start-over", key="pressed") == 200, "a second click of the same press"
    assert [dana.post("say", text="late"), dana.post("tap", token=token)] == [404, 404]
    assert [dana.post("walk", to="friday"), dana.post("fill", token=token)] == [404, 404]
    assert dana.post("start-over") == 404, "and it cannot start over what it never showed"
    assert [dana.client.get(f"/{old}{page}").status_code for page in ("", "/new", "/coach")] == [404] * 3
    dana.me = now
    assert dana.post("tap", token=token) == 200, "nor does its button mean anything here"
    assert play.people()[0].id == now
    assert [play.chat(person.id) for person in play.people()][1:] == chats[1:]
    assert dana.token("start") != token


def test_the_folder_keeps_its_secret(tmp_path: Path) -> None:
    app, close = open_playground(tmp_path, 8123)
    secret = (tmp_path / "secret.key").read_bytes()
    with TestClient(app, base_url=HERE, headers={"origin": HERE}) as client:
        me = client.get("/", follow_redirects=False).headers["location"]
        assert client.post(f"{me}/start-over", data={"key": "k"}).status_code == 200
    close()
    assert (tmp_path / "secret.key").read_bytes() == secret
    _, close = open_playground(tmp_path, 8123)
    close()


def test_a_legal_hold_forbids_it(dana: Visitor, play: Play) -> None:
    store: Store = play._store
    with store.transaction(demo.ORGANISATION) as repo:
        repo.hold(dana.me, play.clock.now(), told=True)
    with pytest.raises(StorageError, match="legal hold"):
        clear(store, demo.ORGANISATION)
    assert dana.chat()


def test_the_coach_sees_what_was_sent_word_for_word(play: Play) -> None:
    player = Player(play._store, EIGHT_WEEKS.manager)
    empty = player.play.coach_sees(player.me)
    assert empty is not None
    assert (empty.coach, empty.manager, empty.sent, empty.signs) == ("Mei Tan", "Dana Lim", (), ())
    for how, what in EIGHT_WEEKS.actions:
        player._listen()
        if what == "[Send]":
            seen = player.play.coach_sees(player.me)
            assert seen is not None
            assert seen.sent == (), "a card that waits for its answer does not exist yet"
        (player.do if how == "did" else player.move)(what)
        if what == "[Send]":
            break
    card = next(each for each in reversed(player.play.chat(player.me)) if each.card)
    player.do("I want to talk to a human")
    player._listen()
    player.do("[With a topic]")
    player.do("How to get legal to agree")
    seen = player.play.coach_sees(player.me)
    assert seen is not None
    (sent,) = seen.sent
    assert "\n".join(sent.lines) == card.text.partition("\n")[2]
    assert sent.title == f"Week 1, sent {card.at}"
    (sign,) = seen.signs
    assert (sign.what, sign.detail) == ("Asked for a person", "Topic: How to get legal to agree")
    assert player.play.coach_picture(player.me, dark=True) is None
    others = [player.play.coach_sees(each.id) for each in player.play.people()[1:]]
    assert [(each.sent, each.signs) for each in others if each] == [((), ())] * 2


def test_of_somebody_forgotten_there_is_nothing_to_see(dana: Visitor, play: Play) -> None:
    dana.press("start")
    dana.press("not_ok")
    for _ in range(3):
        play.walk(dana.me, "three_weeks")
    assert play.coach_sees(dana.me) is None
    page = dana.client.get(f"/{dana.me}/coach")
    assert page.status_code == 200
    assert "There is nothing here any more for a coach to see." in page.text
    assert "Dana" not in page.text
    assert dana.client.get(f"/{dana.me}/coach.svg").status_code == 404

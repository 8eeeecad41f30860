"""The page on the real coach, without a browser: pressed twice, late or by nobody, and forgotten.
Whatever arrives, the chat goes on, and each question shows its answer once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.playground.app import playground
from bot.playground.play import Play, open_playground
from bot.playground.stage import Bubble, Walk
from prompts.words import Words
from storage import queue
from storage.migrate import migrate
from storage.store import Store
from tests.conversation import FOLDER, read
from tests.playground.conftest import HERE
from tests.playground.fake import HOSTILE

ACTIONS = read((FOLDER / "eight_weeks_to_demonstrably_better.md").read_text(encoding="utf-8")).actions
TYPED = [what for how, what in ACTIONS if how == "did" and what[0] not in "[{"]
WORDS = Words()


class Visitor:
    """One manager's page and what can be done on it; a button is named by what it stands for."""

    def __init__(self, play: Play, client: TestClient, number: int = 0) -> None:
        self.play, self.client = play, client
        self.me = play.people()[number].id
        self.keys = 0

    def post(self, what: str, key: str | None = None, **data: str) -> int:
        self.keys += 1
        sent = data | {"key": key or f"{self.me}-{self.keys}"}
        return self.client.post(f"/{self.me}/{what}", data=sent).status_code

    def press(self, value: str, key: str | None = None) -> str:
        token = self.token(value)
        assert self.post("tap", key, token=token) == 200
        return token

    def token(self, value: str) -> str:
        live = [bubble for bubble in self.chat() if bubble.answered is None and not bubble.stale]
        tokens = (press.token for bubble in reversed(live) for press in bubble.buttons)
        return next(token for token in tokens if token.rsplit(".", 1)[1] == value)

    def chat(self) -> tuple[Bubble, ...]:
        return self.play.chat(self.me)

    def page(self) -> str:
        answer = self.client.get(f"/{self.me}")
        assert answer.status_code == 200
        return answer.text

    def live(self) -> set[str]:
        """The tokens that can be pressed on the page, as a browser would read them."""
        log = self.page().split('class="log"')[1].split("<footer")[0]
        return set(map(html.unescape, re.findall(r'value="([^"]+\.\d+\.[^"]+)"', log)))

    def to_the_story(self) -> None:
        """Up to the first question that is answered in words."""
        for value in ("start", "ok", "yes", "quality"):
            self.press(value)


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    url = f"sqlite:///{tmp_path / 'unbadged.db'}"
    migrate(url)
    store = Store(url, None, "a-secret-for-this-test-alone-and-long-enough")
    yield Play(store, WORDS)
    store.close()


@pytest.fixture
def client(play: Play) -> Iterator[TestClient]:
    reader = WORDS.reader("en", "SG", "UTC")
    app = playground(play, lambda name, slots: WORDS.line(reader, name, slots))
    with TestClient(app, base_url=HERE, headers={"origin": HERE}) as client:
        yield client


@pytest.fixture
def dana(play: Play, client: TestClient) -> Visitor:
    return Visitor(play, client)


def test_the_same_submit_twice_has_one_effect(dana: Visitor) -> None:
    token = dana.press("start", "one")
    once = dana.chat()
    assert dana.post("tap", "one", token=token) == 200
    assert dana.chat() == once
    dana.press("ok")
    for _ in range(2):
        dana.post("say", "two", text=TYPED[0])
    assert [bubble.text for bubble in dana.chat()].count(TYPED[0]) == 1


def test_an_answer_is_shown_once(dana: Visitor) -> None:
    dana.to_the_story()
    answered = [bubble for bubble in dana.chat() if bubble.answered]
    assert len(answered) == 4
    labels = [next(p.label for p in b.buttons if p.label == b.answered) for b in answered]
    assert labels == [bubble.answered for bubble in answered]
    dana.post("say", text=TYPED[0])
    *_, asked, said, _ = dana.chat()
    assert (asked.answered, said.text, said.author) == ("", TYPED[0], "manager")
    assert dana.page().count("You answered:") == 4, "words are their own answer"


def test_an_old_press_does_no_harm(dana: Visitor) -> None:
    old = dana.token("not_now")
    dana.to_the_story()
    later = dana.token("later") if any(t.endswith(".later") for t in dana.live()) else None
    before = dana.chat()
    assert dana.post("tap", token=old) == 200
    after = dana.chat()
    assert len(after) > len(before), "it says where things stand"
    assert [b.answered for b in after[: len(before) - 1]] == [b.answered for b in before[:-1]]
    assert old not in dana.live()
    assert later is None or later in dana.live(), "and the open question is still open"


def test_only_the_newest_showing_can_be_answered(dana: Visitor) -> None:
    first = dana.live()
    dana.press("share")
    assert dana.live() == first, "the same question, put anew"
    with_buttons = re.findall(r'data-answers="(\d+)" data-state="open"', dana.page())
    assert with_buttons == [str(dana.chat()[-1].seq)]
    assert [bubble.author for bubble in dana.chat()] == ["coach", "manager", "coach", "coach"]


@pytest.mark.parametrize("token", ["nonsense", "a.b.1.c", "....", "a.b.²²².c", "é" * 300, HOSTILE])
def test_tokens_nobody_made(dana: Visitor, token: str) -> None:
    for what in ("tap", "fill"):
        assert dana.post(what, token=token, **{"box.feeding": HOSTILE}) == 200
    assert "<script>alert" not in dana.page()
    dana.press("start")


def test_a_button_of_somebody_else(dana: Visitor, play: Play, client: TestClient) -> None:
    other = Visitor(play, client, 1)
    theirs = other.chat()
    assert dana.post("tap", token=other.token("start")) == 200
    assert other.chat() == theirs
    dana.press("start")


def test_hostile_words_stay_words(dana: Visitor) -> None:
    dana.to_the_story()
    for _ in range(2):
        dana.post("say", text=HOSTILE)
    page = dana.page()
    assert "<script>alert" not in page
    assert "<b>bold" not in page
    assert page.count("&lt;script&gt;") >= 3, "said twice, and echoed"


def test_many_answers_are_a_list_to_choose_from(dana: Visitor) -> None:
    for value in ("start", "ok", "change", "market"):
        dana.press(value)
    many = dana.chat()[-1]
    assert len(many.buttons) > 5
    assert dana.page().count("<option") == len(many.buttons) + 1
    chosen = many.buttons[-1]
    assert dana.post("tap", token=chosen.token) == 200
    assert many.seq in {b.seq for b in dana.chat() if b.answered == chosen.label}
    assert dana.post("tap", token="") == 400, "nothing was chosen"


def test_time_passes_for_everyone(dana: Visitor, play: Play) -> None:
    me, *others = (person.id for person in play.people())
    dana.page()
    before = {each: len(play.chat(each)) for each in others}
    assert dana.post("walk", to="three_weeks") == 200
    assert {person.id for person in play.people() if person.news} == set(others)
    assert all(len(play.chat(each)) > before[each] for each in others)
    assert play.now(me) in dana.page().split('data-part="stands"')[1].split("</p>")[0]
    stale = [bubble for bubble in dana.chat() if bubble.stale]
    assert stale
    assert not {press.token for bubble in stale for press in bubble.buttons} & dana.live()


def test_nothing_waits_nothing_moves(dana: Visitor, play: Play) -> None:
    dana.press("start")
    assert play.waiting(dana.me) == ()
    assert 'value="next" disabled' in dana.page()
    now = play.now(dana.me)
    dana.post("walk", to="next")
    assert play.now(dana.me) == now


def test_days_are_days(dana: Visitor, play: Play) -> None:
    dana.press("start")
    walks: tuple[Walk, ...] = ("friday", "three_weeks")
    for to in walks:
        play.walk(dana.me, to)
        dana.post("say", text=TYPED[0])
    days = [bubble.day for bubble in dana.chat()]
    assert len(set(days)) == 3
    assert all(bubble.at.startswith(bubble.day) and bubble.at != bubble.day for bubble in dana.chat())


def test_a_no_is_kept(dana: Visitor, play: Play) -> None:
    dana.press("start")
    token = dana.press("not_ok")
    for _ in range(3):
        play.walk(dana.me, "three_weeks")
    page = dana.page()
    assert play.people()[0].gone
    assert dana.chat() == ()
    assert "Dana" not in page
    assert dana.post("say", text=HOSTILE) == 200
    assert dana.post("tap", token=token) == 200
    assert dana.post("fill", token=token) == 200
    assert [dana.post("walk", to=to) for to in ("next", "friday", "three_weeks")] == [200, 200, 200]
    fragment = dana.client.get(f"/{dana.me}/new?after=3").text
    assert "data-gone" in fragment
    assert dana.chat() == ()
    assert dana.client.get("/").status_code == 200
    again = Play(play._store, WORDS)
    assert again.people()[0].gone, "a start brings nobody back"
    assert (again.chat(dana.me), again.waiting(dana.me)) == ((), ())


def test_the_queue_is_said_in_words() -> None:
    """Whatever a script calls its questions, no name of ours stands on the page."""
    reader = WORDS.reader("en", "SG", "UTC")
    for kind in queue.JobKind:
        line = WORDS.line(reader, f"queued_{kind}", {"what": "a_name_of_ours"})
        assert line
        assert "a_name" not in line


def test_started_again_it_is_all_there(tmp_path: Path) -> None:
    data = tmp_path / "data"
    pages = []
    for _ in range(2):
        app, close = open_playground(data, 8123)
        with TestClient(app, base_url=HERE, headers={"origin": HERE}) as client:
            page = client.get("/").text
            token = re.search(r'value="([^"]+\.start)"', page)
            if token:
                where = re.search(r'action="(/[^"]+)/tap"', page)
                assert where is not None
                client.post(f"{where[1]}/tap", data={"token": token[1], "key": "k"})
            pages.append(re.findall(r'data-seq="(\d+)"|data-state="(\w+)"', client.get("/").text))
        close()
    assert pages[0] == pages[1]
    assert len(pages[0]) > 2

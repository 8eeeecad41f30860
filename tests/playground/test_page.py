"""The page as a plain web page: what it shows, what it passes on, and that it needs no script.
What somebody types is shown as typed, never taken for part of the page.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from bot.cards import card_rows
from bot.playground.app import HERE, Words, playground
from bot.playground.stage import Bubble
from bot.playground.view import shown
from tests.playground.conftest import HERE as ADDRESS
from tests.playground.conftest import WORDS
from tests.playground.fake import CARD, HOSTILE, FakeStage

SCRIPT = {"x-fragment": "1"}


def test_the_first_address_leads_to_the_first_person(client: TestClient) -> None:
    answer = client.get("/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/mei")


def test_the_page_shows_people_chat_clock_and_queue(client: TestClient) -> None:
    page = client.get("/mei").text
    for text in (
        "Tan Mei Ling",
        "佐藤 健司",
        "Time leaks away",
        "Singapore time",
        "Three weeks on",
        "Check-in",
    ):
        assert text in page
    assert "A demo on this computer. Nobody is alerted by this demo." in page
    assert 'lang="ja"' in client.get("/kenji").text


def test_hostile_text_is_shown_and_not_obeyed(client: TestClient, stage: FakeStage) -> None:
    stage.coach("mei", "fine", answered=HOSTILE)
    stage.coach("mei", HOSTILE, card=True)
    client.post("/mei/say", data={"text": HOSTILE, "key": "k"})
    page = client.get("/mei").text
    assert "<script>alert" not in page
    assert "<b>bold" not in page
    assert page.count("&lt;script&gt;alert") >= 4
    assert "\nsecond line" in page, "line breaks stay"


def test_hostile_ids_stay_inside_their_attributes(stage: FakeStage, words: Words) -> None:
    odd = replace(stage.people()[0], id='a"><b>/é')
    stage.people = lambda: (odd,)  # type: ignore[method-assign]
    stage.chats[odd.id], stage.days[odd.id] = [], 0
    with TestClient(playground(stage, words), base_url=ADDRESS) as client:
        assert client.get("/").status_code == 404, "a slash is no part of an id"
    odd = replace(odd, id='a"><b>é')
    stage.chats[odd.id], stage.days[odd.id] = [], 0
    with TestClient(playground(stage, words), base_url=ADDRESS) as client:
        page = client.get("/")
        assert page.status_code == 200
        assert "<b>" not in page.text


def test_without_script_a_post_leads_back_to_the_page(client: TestClient, stage: FakeStage) -> None:
    for path, data in (
        ("say", {"text": "hello\r\nthere"}),
        ("tap", {"token": "time"}),
        ("fill", {"token": "minutes", "box.feeding": " 20 ", "box.checking": "", "other": "x"}),
        ("walk", {"to": "friday"}),
    ):
        answer = client.post(f"/mei/{path}", data=data | {"key": path}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/mei")
    assert stage.calls == [
        ("say", "mei", "hello\nthere", "say"),
        ("tap", "mei", "time", "tap"),
        ("fill", "mei", "minutes", "feeding=20", "checking=", "fill"),
        ("walk", "mei", "friday"),
    ]


def test_every_form_of_the_page_works_as_it_stands(client: TestClient, stage: FakeStage) -> None:
    stage.ask_minutes("mei")
    page = client.get("/mei").text
    forms = re.findall(r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', page, re.S)
    assert {path.rsplit("/", 1)[1] for path, _ in forms} == {"say", "tap", "fill", "walk", "start-over"}
    keys = [re.search(r'name="key" value="([^"]{16,})"', inside) for _, inside in forms]
    assert all(keys)
    assert len({key[1] for key in keys if key}) == len(forms), "each form has a key of its own"


def test_a_double_click_is_told_by_its_key(client: TestClient, stage: FakeStage) -> None:
    for _ in range(2):
        client.post("/mei/tap", data={"token": "quality", "key": "same"})
        client.post("/mei/say", data={"text": "once", "key": "said"})
    assert [call[-1] for call in stage.calls] == ["same", "said", "same", "said"]
    assert sum(bubble.text == "once" for bubble in stage.chat("mei")) == 1


def test_a_double_click_on_the_clock_walks_once(client: TestClient, stage: FakeStage) -> None:
    for key in ("one", "one", "two"):
        client.post("/mei/walk", data={"to": "next", "key": key})
    assert stage.calls == [("walk", "mei", "next")] * 2


def test_the_fragment_holds_only_newer_messages(client: TestClient, stage: FakeStage) -> None:
    stage.coach("mei", "a newer line")
    fragment = client.get("/mei/new?after=2").text
    assert re.findall(r'data-seq="(\d+)"', fragment) == ["3"]
    assert "<html" not in fragment
    assert "Check-in" in fragment, "what is queued comes along"
    assert re.findall(r'data-seq="(\d+)"', client.get("/mei/new?after=3").text) == []
    assert re.findall(r'data-seq="(\d+)"', client.get("/mei/new?after=no").text) == ["1", "2", "3"]


def test_the_fragment_says_how_open_questions_stand_now(client: TestClient, stage: FakeStage) -> None:
    data = {"token": "quality", "key": "k"}
    fragment = client.post("/mei/tap?after=2&open=2", data=data, headers=SCRIPT).text
    seen, newer = fragment.split("data-seen")[1], fragment.split("data-seen")[0]
    assert re.findall(r'data-answers="(\d+)" data-state="(\w+)"', seen) == [("2", "answered")]
    assert re.findall(r'data-seq="(\d+)"', newer) == ["3", "4"]
    assert "Quality up and down" in seen


def test_empty_words_are_not_sent(client: TestClient, stage: FakeStage) -> None:
    assert client.post("/mei/say", data={"text": " \n ", "key": "k"}).status_code == 200
    assert stage.calls == []


@pytest.mark.parametrize(
    "path,data",
    [
        ("say", {"text": "no key"}),
        ("say", {"text": "long key", "key": "k" * 81}),
        ("tap", {"key": "k"}),
        ("fill", {"key": "k"}),
        ("walk", {"key": "k", "to": "yesterday"}),
    ],
)
def test_forms_we_did_not_make_are_refused(
    client: TestClient, stage: FakeStage, path: str, data: dict[str, str]
) -> None:
    answer = client.post(f"/mei/{path}", data=data)
    assert answer.status_code == 400
    assert 'href="/"' in answer.text
    assert stage.calls == []


def test_nobody_by_that_name(client: TestClient, stage: FakeStage) -> None:
    for answer in (client.get("/nobody"), client.get("/nobody/new"), client.get("/a/b/c")):
        assert answer.status_code == 404
        assert 'href="/"' in answer.text
    assert client.post("/nobody/say", data={"text": "x", "key": "k"}).status_code == 404
    assert stage.calls == []


def test_a_fault_is_said_kindly_and_tells_nothing(stage: FakeStage, words: Words) -> None:
    def broken(person_id: str) -> str:
        raise RuntimeError("secret words")

    stage.now = broken  # type: ignore[method-assign]
    app = playground(stage, words)
    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=False) as client:
        answer = client.get("/mei")
    assert answer.status_code == 500
    assert "secret words" not in answer.text
    assert "It is not your doing" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_answered_and_old_questions_look_so(client: TestClient, stage: FakeStage) -> None:
    stage.ask_minutes("mei")
    client.post("/mei/tap", data={"token": "quality", "key": "a"})
    client.post("/mei/walk", data={"to": "next", "key": "b"})
    page = client.get("/mei").text
    assert 'data-state="answered"' in page
    assert 'value="handoff"' not in page, "an answered question has no buttons"
    assert 'data-state="closed"' in page
    assert 'value="time"' not in page, "nor has one whose time has passed"
    assert 'name="box.feeding"' not in page, "nobody fills in an old form"


def test_days_and_groups() -> None:
    first = Bubble(1, "coach", "a", "Mon 30 Nov, 09:00", "Mon 30 Nov")
    same = replace(first, seq=2)
    later = replace(first, seq=3, at="Mon 30 Nov, 14:00")
    next_day = replace(first, seq=4, at="2 Dec 09:00", day="Wed")
    result = shown([first, same, later, next_day])
    assert [it.new_day for it in result] == [True, False, False, True]
    assert [it.follows for it in result] == [False, True, False, False]
    assert [it.time for it in result] == ["09:00", "09:00", "14:00", "2 Dec 09:00"]


def test_a_card_keeps_every_word() -> None:
    rows = card_rows(CARD)
    assert "\n".join(row.label + row.text for row in rows) == CARD
    assert rows[0].title
    assert [row.label for row in rows[2:4]] == ["Checkpoint: ", "Good = "]
    assert card_rows("One line only.")[0].title is False


def test_words_and_their_uses_agree() -> None:
    """No text in templates, no word without a use, no use without a word."""
    sources = [*HERE.glob("templates/*.html"), *HERE.glob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    used = set(re.findall(r'word\(["\'](\w+)["\']', text)) | set(re.findall(r'"playground_(\w+)"', text))
    held = set(re.findall(r"^playground_(\w+) =", WORDS.read_text(encoding="utf-8"), re.M))
    assert used == held
    for path in HERE.glob("templates/*.html"):
        source = path.read_text(encoding="utf-8")
        bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|class=.\w+.", " ", source, flags=re.S)
        assert not re.search(r"[A-Za-z]", bare), path.name

"""The pages of a manager's own data: who may open them, how they read on a desk and a phone, how they print.

The evidence note is one A4 page, whatever is in it.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.playground.app import HERE as FOLDER_OF_PAGES
from bot.record import evidence_of
from bot.record.sheets import Papers
from coaching.evidence import Evidence
from coaching.slots import Phrase, Slot
from tests.conversation import WORDS, Player, make_place, open_place
from tests.playground.conftest import HERE
from tests.wishes.living import Life, a_life, pages_of

PAGES = ("record", "record.json", "evidence", "weeks")
A4 = (595, 842)  # points
NOVEL = "ein ziemlich langer Satz über Angebote, der nicht aufhört, "
JAPANESE_NOVEL = "月次報告の費用差異コメントについての、とても長くて終わらない説明です。"


@pytest.fixture(scope="module")
def eight_weeks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """A whole programme, up to the hold check."""
    folder = tmp_path_factory.mktemp("weeks")
    make_place(folder, "eight_weeks_to_demonstrably_better")
    life = Life(Player(open_place(folder), "Dana Lim", goes_on=True))
    yield life
    life.store.close()


@pytest.mark.parametrize("page", PAGES)
def test_only_this_computer_may_open_them(life: Life, page: str) -> None:
    with TestClient(pages_of(life), base_url=HERE) as client:
        address = f"/{life.me}/{page}"
        assert client.get(address).status_code == 200
        assert client.get(address, headers={"host": "unbadged.example:8123"}).status_code == 403
        answer = client.get(address)
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert client.post(address, headers={"origin": HERE}).status_code == 405


@pytest.mark.parametrize("page", PAGES)
def test_there_are_none_of_nobody_and_none_of_who_is_not_coached(life: Life, page: str) -> None:
    with life.store.reading("demo") as repo:
        coach = next(person for person in repo.people() if "coach" in person.roles)
    with TestClient(pages_of(life), base_url=HERE) as client:
        for other in (coach.id, "nobody"):
            assert client.get(f"/{other}/{page}").status_code == 404


def test_the_file_is_a_download(life: Life, client: TestClient) -> None:
    answer = client.get(f"/{life.me}/record.json")
    assert answer.headers["content-disposition"] == 'attachment; filename="unbadged-record.json"'
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.text)["person"]["name"] == "Dana Lim"


def test_what_somebody_wrote_is_text_on_the_page(life: Life, client: TestClient) -> None:
    life.player.do("<script>alert(1)</script> & {{ 7 * 7 }}")
    text = client.get(f"/{life.me}/record").text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 * 7 }}" in text


def test_before_anything_was_said_there_is_a_page_that_says_so(tmp_path: Path) -> None:
    life = a_life(tmp_path)
    with TestClient(pages_of(life), base_url=HERE) as client:
        assert "nothing to note" in client.get(f"/{life.me}/evidence").text
        assert "no weeks to show" in client.get(f"/{life.me}/weeks").text
        assert "megumi" not in client.get(f"/{life.me}/record").text
    life.store.close()


def test_the_note_states_facts_and_nothing_else(eight_weeks: Life) -> None:
    with TestClient(pages_of(eight_weeks), base_url=HERE) as client:
        text = re.sub(r"<[^>]+>", " ", client.get(f"/{eight_weeks.me}/evidence").text)
    for there in ("Proposals for key accounts", "3 rounds · Looked up", "1 round · Counted", "2027-01-22"):
        assert there in text
    for there in ("Demonstrably better", "3 values before, 7 counted readings since", "Week 8: Keep"):
        assert there in text
    assert not re.search(
        r"complet|certif|level|\bbadge|hours|congrat|great|well done|skill|competen|score|rank", text, re.I
    )


@pytest.mark.parametrize("of", ["record", "weeks"])
def test_no_code_is_left_unspoken(eight_weeks: Life, of: str) -> None:
    with TestClient(pages_of(eight_weeks), base_url=HERE) as client:
        page = client.get(f"/{eight_weeks.me}/{of}").text
    text = re.sub(r"<[^>]+>", " ", page.partition("<main>")[2])
    assert re.findall(r"\b[a-z]+_[a-z_]+\b", text) == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("page", ["record", "evidence", "weeks"])
def test_they_fit_a_desk_and_a_phone(browser: Browser, eight_weeks: Life, width: int, page: str) -> None:
    with _visit(browser, pages_of(eight_weeks), f"{eight_weeks.me}/{page}", width) as seen:
        assert seen.evaluate("document.documentElement.scrollWidth") <= width
        small = [
            (control.inner_text(), box)
            for control in seen.locator("a, button").all()
            if (box := control.bounding_box()) and min(box["height"], box["width"]) < 44
        ]
        assert small == []
        assert seen.get_by_role("button", name="Print").is_visible()


@pytest.mark.browser
def test_printed_the_note_is_one_a4_page(browser: Browser, eight_weeks: Life) -> None:
    with _visit(browser, pages_of(eight_weeks), f"{eight_weeks.me}/evidence", 1280) as seen:
        assert _printed(seen) == (1, A4)
        seen.emulate_media(media="print")
        assert not seen.locator(".beside").is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("manager,novel", [("Dana Lim", NOVEL), ("田中 恵", JAPANESE_NOVEL)])
def test_a_note_full_to_the_brim_is_still_one_page(
    browser: Browser,
    eight_weeks: Life,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    manager: str,
    novel: str,
) -> None:
    """The longest words in every place, as many numbers, decisions and quotes as there can be."""
    life = eight_weeks if manager == "Dana Lim" else a_life(tmp_path, manager)
    with eight_weeks.store.reading("demo") as repo:
        person = repo.person(eight_weeks.me)
        assert person is not None
        note = evidence_of(repo, person)
    assert note is not None
    full = _filled(note, novel * 10)
    monkeypatch.setattr("bot.record.sheets.evidence_of", lambda *_: full)
    with _visit(browser, pages_of(life), f"{life.me}/evidence", 1280) as seen:
        assert "…" in seen.inner_text("main")
        assert _printed(seen) == (1, A4)


def test_colours_come_from_the_tokens() -> None:
    static = FOLDER_OF_PAGES / "static"
    text = re.sub(r"/\*.*?\*/", "", (static / "paper.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    known = set(re.findall(r"--([\w-]+):", (static / "tokens.css").read_text(encoding="utf-8")))
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl", text)
    assert set(re.findall(r"var\(--([\w-]+)\)", text)) <= known


def test_the_template_holds_no_words_of_its_own() -> None:
    source = (FOLDER_OF_PAGES / "templates" / "paper.html").read_text(encoding="utf-8")
    bare = re.sub(r"\{[#%{].*?[#%}]\}|<[^>]*>", " ", source, flags=re.DOTALL)
    assert re.findall(r"\w+", bare) == []


def _filled(note: Evidence, novel: str) -> Evidence:
    long = tuple(
        replace(each, what=Phrase(each.what.name, tuple(_long(n, v, novel) for n, v in each.what.slots)))
        for each in note.decisions
    )
    return replace(
        note,
        work=novel,
        stake=novel,
        decisions=(*long, *long[-3:]),
        words=tuple(replace(each, told=novel) for each in note.words),
        before=(note.before * 2)[:6],
        since=(note.since * 2)[:9],
        left_off=5,
    )


def _long(name: str, slot: Slot, novel: str) -> tuple[str, Slot]:
    return name, novel if isinstance(slot, str) else slot


@contextmanager
def _visit(browser: Browser, app: Starlette, path: str, width: int) -> Iterator[Page]:
    """The page in a browser that complains about nothing."""
    server = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", 0, log_config=None, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    page = browser.new_page(viewport={"width": width, "height": 844})
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"http://127.0.0.1:{port}/{path}")
    yield page
    page.close()
    server.should_exit = True
    thread.join(timeout=10)
    assert complaints == []


def _printed(page: Page) -> tuple[int, tuple[int, int]]:
    """How many pages Chromium prints, and how large the first one is, in points."""
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
    return pages, (round(float(boxes[0][0])), round(float(boxes[0][1])))


def test_papers_are_made_for_one_organisation(life: Life) -> None:
    elsewhere = Papers(life.store, WORDS, life.player.play.clock, "another")
    assert elsewhere.gone(life.me) is None
    with TestClient(pages_of(life), base_url=HERE) as client:
        assert client.get(f"/{life.me}/evidence?work=zero").status_code == 200

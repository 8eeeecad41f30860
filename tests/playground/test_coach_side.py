"""The coach's side in a browser: the same words as in the chat, there as soon as they are sent, never before.
And starting over, which asks once more before it deletes.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.playground.beside import CoachSide, in_the_chat
from tests.playground.fake import SUMMARY, FakeStage

pytestmark = pytest.mark.browser

SIZES = {"desk": (1280, 860), "phone": (390, 844)}
# The colours of each visible text and of what is really behind it; those that are too close are told.
TOO_CLOSE = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const found = [];
  for (const it of document.querySelectorAll("body *")) {
    const says = [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!says || !it.checkVisibility() || it.matches(":disabled, option, .sr, .skip")) continue;
    let ground = it;
    const empty = (at) => (parts(getComputedStyle(at).backgroundColor)[3] ?? 1) === 0;
    while (ground && empty(ground)) ground = ground.parentElement;
    const two = [it, ground ?? document.body].map((each, n) =>
      light(parts(getComputedStyle(each)[n ? "backgroundColor" : "color"])));
    const contrast = (Math.max(...two) + 0.05) / (Math.min(...two) + 0.05);
    if (contrast < 4.5) found.push(`${it.className} ${it.textContent.slice(0, 30)} ${contrast}`);
  }
  return found;
}"""


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    width, height = SIZES[request.param]
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=width < 500, reduced_motion="reduce"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}/mei")
    yield page
    assert complaints == []
    context.close()


def say(page: Page, text: str) -> None:
    page.locator("#words").fill(text)
    page.locator("#words").press("Enter")


def test_what_is_sent_is_what_the_coach_sees(page: Page) -> None:
    coach = CoachSide(page)
    say(page, "summary")
    send = page.locator(".log .card").get_by_role("button", name="Send", exact=True)
    send.wait_for()
    coach.show()
    expect(coach.pane).to_contain_text("Nothing was sent, so for Priya Raman nothing exists")
    assert coach.cards.count() == 0, "a card that was not answered does not exist for the coach"
    if not send.is_visible():
        page.get_by_role("link", name="Chat").click()
        page.wait_for_url("**/mei")
    send.click()
    expect(page.get_by_text("Sent to Priya Raman, word for word as above.")).to_be_visible()
    if coach.pane.is_visible():
        chat = page.locator(".chat").bounding_box()
        assert chat is not None
        assert chat["width"] >= 480, "the chat is not squeezed"
        expect(coach.cards).to_have_count(1, timeout=2000)  # with the very answer, not a poll later
    coach.show()
    assert coach.titles() == ["Week 1, sent Mon 30 Nov, 09:00"]
    assert coach.sent() == in_the_chat(page) == SUMMARY.splitlines()
    box = coach.cards.first.bounding_box()
    assert box is not None
    assert 340 <= box["width"] <= 400
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no scrolling sideways"
    picture = coach.pane.get_by_role("img")
    expect(picture).to_have_accessible_name("Review rounds, 1 weeks: 3, 4, 3 before; 2, 2 since.")
    assert picture.evaluate("it => it.decode().then(() => it.naturalWidth)") > 0
    controls = coach.pane.locator("button, input, select, textarea, form, a")
    assert controls.count() == 0, "it is read and never pressed"


def test_a_sign_arrives_by_itself_on_the_coachs_side(page: Page, stage: FakeStage) -> None:
    page.clock.install()
    page.goto(page.url + "/coach")
    coach = CoachSide(page)
    expect(coach.pane).to_contain_text("None of the four signs, and no request.")
    stage.say("mei", "something feels wrong", "from elsewhere")
    page.clock.run_for(6000)
    expect(coach.pane.locator(".signs strong")).to_have_text("Something went wrong")


def test_both_sides_are_reached_by_keyboard(page: Page, stage: FakeStage) -> None:
    page.goto(page.url + "/coach")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To what the coach sees")).to_be_focused()
    page.keyboard.press("Enter")
    expect(CoachSide(page).pane).to_be_focused()
    ring = CoachSide(page).pane.evaluate("it => getComputedStyle(it).outlineStyle")
    assert ring == "solid"
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".switch a").last).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#words")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_is_readable(page: Page, stage: FakeStage, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for number, text in enumerate(("summary", "something feels wrong")):
        stage.say("mei", text, f"{number}")
    stage.tap("mei", "send", "sent")
    for side in ("/mei", "/mei/coach"):
        page.goto(page.url.partition("/mei")[0] + side)
        page.locator("details").evaluate_all("all => all.forEach((it) => { it.open = true; })")
        assert page.evaluate(TOO_CLOSE) == []


def test_starting_over_asks_once_more(page: Page, stage: FakeStage) -> None:
    say(page, "summary")
    page.locator(".log .card").wait_for()
    fold = page.locator(".fold > summary")
    if fold.is_visible():
        fold.click()
    delete = page.get_by_role("button", name="Delete and start over").locator("visible=true")
    assert delete.count() == 0, "one press does nothing yet"
    page.get_by_text("Start over", exact=True).locator("visible=true").press("Enter")
    expect(delete).to_be_visible()
    assert ("start over",) not in stage.calls
    delete.click()
    page.wait_for_url("**/mei")
    expect(page.locator(".log .card")).to_have_count(0)
    assert stage.calls[-1] == ("start over",)


def test_without_script_both_sides_are_links(browser: Browser, address: str, stage: FakeStage) -> None:
    stage.say("mei", "summary", "a")
    stage.tap("mei", "send", "b")
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/mei")
    coach = CoachSide(page)
    coach.show()
    assert coach.sent() == SUMMARY.splitlines()
    page.locator(".fold > summary").click()
    page.get_by_role("button", name="To Friday").locator("visible=true").click()
    page.wait_for_url("**/mei/coach")
    context.close()


def test_a_page_left_open_over_a_new_start_shows_nothing_old(
    browser: Browser, address: str, stage: FakeStage
) -> None:
    page = browser.new_page()
    page.clock.install()
    page.goto(f"{address}/mei")
    left = tuple(person for person in stage.people() if person.id != "mei")
    stage.people = lambda: left  # type: ignore[method-assign]
    page.clock.run_for(6000)
    page.wait_for_url("**/kenji")
    page.close()

"""The page as a person meets it: typing, pressing, filling in, moving the clock, on a desk and on a phone.
It runs in a real browser and fails on anything the browser complains about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.playground.fake import FakeStage

pytestmark = pytest.mark.browser

WIDTHS = {"desk": (1280, 800), "phone": (390, 844)}


@dataclass
class Visit:
    """One open page, how wide it is, and what the browser complained about."""

    page: Page
    width: int
    address: str
    complaints: list[str]

    @property
    def box(self) -> Locator:
        return self.page.get_by_label("Write a message")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).last.click()

    def say(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")

    def said(self, text: str) -> Locator:
        return self.page.locator(".log .message").filter(has_text=text)

    def fits(self) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.width, "no scrolling sideways"


@pytest.fixture(params=WIDTHS)
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    width, height = WIDTHS[request.param]
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=width < 500, reduced_motion="reduce"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}/mei")
    yield Visit(page, width, address, complaints)
    assert complaints == []
    context.close()


def test_living_through_a_week(visit: Visit, stage: FakeStage) -> None:
    page = visit.page
    visit.fits()
    visit.say("Proposals take nine days")
    expect(visit.said("I heard: Proposals take nine days")).to_be_visible()
    expect(visit.box).to_have_value("")
    visit.press("Yes")
    expect(page.locator(".card .title")).to_have_text("Your first assignment")
    visit.fits()
    visit.press("Take it")
    expect(page.locator(".card .answered")).to_contain_text("Take it")
    for label in ("Feeding it", "Checking", "Re-running", "Cleaning up"):
        page.get_by_label(label, exact=True).fill("5")
    visit.press("Send these")
    expect(page.locator(".answered").last).to_contain_text("5 · 5 · 5 · 5")
    # The first question stayed open: its buttons are still there, and still take an answer.
    visit.press("Time leaks away")
    expect(visit.said("Tell me about the last time")).to_be_visible()
    if visit.width < 500:
        page.locator(".fold > summary").click()
    page.get_by_role("button", name="To Friday").click()
    expect(page.locator(".day").last).to_have_text("Wed 2 Dec")
    expect(page.locator('[data-part="now"]:visible')).to_have_text("Wed 2 Dec, 09:00")
    visit.press("Something feels wrong")
    expect(visit.said("Thank you for saying it")).to_be_in_viewport()
    visit.fits()
    assert [call[0] for call in stage.calls] == ["say", "tap", "tap", "fill", "tap", "walk", "say"]
    whole = page.locator(".log").inner_text()
    page.reload()
    assert page.locator(".log").inner_text() == whole, "what the script built is what the server shows"


def test_clicking_twice_answers_once(visit: Visit, stage: FakeStage) -> None:
    stage.slow = 1.5  # long enough to be seen by a browser on a busy machine
    visit.page.get_by_role("button", name="Quality up and down").dblclick()
    expect(visit.page.locator(".typing")).to_be_visible()
    expect(visit.page.locator(".card")).to_be_visible()
    expect(visit.page.locator(".typing")).to_be_hidden()
    assert len(stage.calls) == 1


def test_lines_keep_their_order_and_breaks(visit: Visit, stage: FakeStage) -> None:
    stage.slow = 0.2
    visit.say("one")
    visit.box.type("two")
    visit.box.press("Shift+Enter")
    visit.box.type("three")
    visit.box.press("Enter")
    expect(visit.said("I heard: two")).to_be_visible()
    assert [call[2] for call in stage.calls] == ["one", "two\nthree"]
    expect(visit.page.locator(".log .message.manager")).to_have_count(2)


def test_the_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("button", name="Time leaks away").focus()
    page.keyboard.press("2")
    expect(page.get_by_role("button", name="Take it")).to_be_focused()
    page.keyboard.press("Enter")
    boxes = page.get_by_label("Feeding it")
    expect(boxes).to_be_visible()
    if visit.width > 500:
        expect(boxes).to_be_focused()


def test_focus_stays_with_who_is_typing(visit: Visit, stage: FakeStage) -> None:
    stage.slow = 0.3
    visit.press("Quality up and down")
    visit.box.fill("a thought of my own")
    expect(visit.page.locator(".card")).to_be_visible()
    expect(visit.box).to_be_focused()
    expect(visit.box).to_have_value("a thought of my own")


def test_what_comes_later_arrives_by_itself(visit: Visit, stage: FakeStage) -> None:
    stage.coach("mei", "A line that came later.")
    expect(visit.said("A line that came later.")).to_be_visible(timeout=12000)


def test_words_that_did_not_arrive_come_back(visit: Visit, stage: FakeStage) -> None:
    page = visit.page
    page.route("**/say*", lambda route: route.abort())
    visit.say("do not lose this")
    expect(page.get_by_role("alert")).to_contain_text("Nothing is lost")
    expect(visit.box).to_have_value("do not lose this")
    page.unroute("**/say*")
    visit.box.press("Enter")
    expect(visit.said("I heard: do not lose this")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_text("")
    visit.complaints.clear()  # the browser rightly named the line we cut


def test_without_script(browser: Browser, address: str, stage: FakeStage) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/mei")
    page.get_by_label("Write a message").fill("plain")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".message").filter(has_text="I heard: plain")).to_be_in_viewport()
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_role("button", name="Take it")).to_be_in_viewport()
    page.locator(".fold > summary").click()
    page.get_by_role("button", name="Three weeks on").click()
    expect(page.locator(".day").last).to_have_text("Mon 7 Dec")
    context.close()


def test_every_control_has_a_name_and_room_for_a_thumb(visit: Visit, stage: FakeStage) -> None:
    stage.ask_minutes("mei")
    visit.page.reload()
    if visit.width < 500:
        visit.page.locator(".fold > summary").click()
    controls = visit.page.locator("a, button, input:not([type=hidden]), textarea, summary").locator(
        "visible=true"
    )
    assert controls.count() > 15
    for control in controls.all():
        tree = control.aria_snapshot()
        assert re.match(r"""- '?(\w+ "[^"]+"|text: \w)""", tree), tree
        size = control.bounding_box()
        assert size is not None
        if visit.width < 500 and not control.evaluate("it => it.matches('.skip')"):
            assert size["height"] >= 44, tree

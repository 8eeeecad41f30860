"""The eight weeks as a person lives them: every press, form and line of the conversation, in a browser.
Halfway the power fails. What stands on the page in the end is what is written, word for word.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conversation import FOLDER, SEEN, Script, read
from tests.playground.beside import CoachSide, in_the_chat
from tests.playground.living import PATIENCE, Hand, Machine, written

pytestmark = pytest.mark.browser

CONVERSATION = (FOLDER / "eight_weeks_to_demonstrably_better.md").read_text(encoding="utf-8")
SEEN_BY_COACH = (SEEN / "eight_weeks_to_demonstrably_better.md").read_text(encoding="utf-8").split("\n\n")[1:]
# A phone has no place for a control a thumb cannot hit.
THUMB = 44


@pytest.fixture
def script() -> Script:
    return read(CONVERSATION)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path / "data")
    machine.start()
    yield machine
    machine.kill()


def visit(
    browser: Browser, machine: Machine, manager: str, width: int, height: int
) -> tuple[Hand, list[str]]:
    """A hand on the manager's page, and a list that fills with what the browser complains about."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=width < 500, reduced_motion="reduce"
    )
    hand, complaints = Hand(context.new_page()), list[str]()
    page = hand.page
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(machine.address)
    page.get_by_role("link", name=manager).click()
    expect(page.locator(".message").first).to_be_visible(timeout=PATIENCE)
    return hand, complaints


def assert_seen_by_the_coach(hand: Hand) -> None:
    """On the coach's side stands what has just been sent, line by line as it stood in the chat."""
    page, side = hand.page, CoachSide(hand.page)
    told, chat = in_the_chat(page), page.url
    side.show()
    expect(side.cards.first).to_be_visible(timeout=PATIENCE)
    assert side.sent() == told
    if page.url != chat:
        page.locator(".switch a").first.click()
        expect(page.locator("#words")).to_be_visible(timeout=PATIENCE)


def live(hand: Hand, actions: list[tuple[str, str]]) -> None:
    for action in actions:
        hand.do(*action)
        if action == ("did", "[Send]"):
            assert_seen_by_the_coach(hand)


def test_eight_weeks_with_a_power_cut(browser: Browser, machine: Machine, script: Script) -> None:
    hand, complaints = visit(browser, machine, script.manager, 1280, 800)
    page = hand.page
    half = len(script.actions) // 2
    live(hand, script.actions[:half])
    before = page.locator(".log").inner_text()
    machine.kill()
    machine.start()
    page.reload()
    complaints[:] = [each for each in complaints if "net::ERR_CONNECTION_" not in each]  # as it should
    assert page.locator(".log").inner_text() == before, "what was said, pressed and asked is still there"
    live(hand, script.actions[half:])
    assert hand.read() == written(CONVERSATION)
    assert CoachSide(page).titles() == [line.removeprefix("## ") for line in SEEN_BY_COACH if line[0] == "#"]
    whole = page.locator(".log").inner_text()
    page.reload()
    assert page.locator(".log").inner_text() == whole, "what the script built is what the server shows"
    assert complaints == []
    page.context.close()


def test_eight_weeks_on_a_phone(browser: Browser, machine: Machine, script: Script) -> None:
    hand, complaints = visit(browser, machine, script.manager, 390, 844)
    sitting = [how for how, _ in script.actions].index("moved") + 1
    for action in script.actions[:sitting]:
        hand.do(*action)
        assert_fits_a_phone(hand.page, action)
    live(hand, script.actions[sitting:])
    assert hand.read() == written(CONVERSATION)
    CoachSide(hand.page).show()
    assert hand.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert complaints == []
    hand.page.context.close()


def assert_fits_a_phone(page: Page, after: tuple[str, str]) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, f"{after}: scrolls sideways"
    small = [
        (control.inner_text(), size)
        for control in page.locator(
            "main :is(a, button, select, input:not([type=hidden]), textarea), summary"
        )
        .locator("visible=true")
        .all()
        if (size := control.bounding_box()) and min(size["height"], size["width"]) < THUMB
    ]
    assert small == [], f"{after}: too small for a thumb"

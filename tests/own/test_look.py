"""The pages as a manager meets them, on a phone and on a desk: in by one button, around by links, and out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.own.there import there

WIDTHS = (390, 1280)


def does_not_scroll_sideways(page: Page) -> bool:
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width <= 0


@pytest.mark.parametrize("width", WIDTHS)
def test_in_by_one_button_around_by_links_and_out(browser: Browser, width: int) -> None:
    with there() as service:
        page = browser.new_page(viewport={"width": width, "height": 844})
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(service.link())
        assert does_not_scroll_sideways(page)
        button = page.get_by_role("button", name="Open")
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        button.click()
        assert page.url == f"{service.here}/mine/record"
        assert page.get_by_role("heading", level=1).inner_text() == "All that is kept about you"
        assert (
            page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor")
            != "rgba(0, 0, 0, 0)"
        )
        assert page.evaluate("document.cookie") == "", "no script reads the mark"
        for name in ("Your weeks", "Evidence note", "All that is kept"):
            page.get_by_role("link", name=name).first.click()
            assert does_not_scroll_sideways(page)
            assert page.get_by_role("button", name="Print").is_visible()
        with page.expect_download() as file:
            page.get_by_role("link", name="As a file").click()
        assert file.value.suggested_filename == "unbadged-record.json"
        page.get_by_role("button", name="Sign out").click()
        assert "Signed out on this device" in page.inner_text("main")
        page.go_back()
        assert "All that is kept about you" not in page.inner_text("main"), "the page before is gone too"
        page.close()
        assert [each for each in complaints if "403" not in each] == []

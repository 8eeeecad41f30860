"""Reads the coach's side of an open page, and the summary cards of the chat it came from.
Both are read as lines of text, so that one can be held against the other.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page


@dataclass
class CoachSide:
    """What the coach sees, as it stands on the page."""

    page: Page

    @property
    def pane(self) -> Locator:
        return self.page.locator(".coach-side")

    @property
    def cards(self) -> Locator:
        """The sent summaries, the newest first."""
        return self.pane.locator(".sent")

    def titles(self) -> list[str]:
        return self.cards.locator(".title").all_text_contents()

    def sent(self, which: int = 0) -> list[str]:
        """The lines of one summary, below its title."""
        return self.cards.nth(which).locator("p.row").all_text_contents()

    def signs(self) -> list[str]:
        return self.pane.locator(".signs strong").all_text_contents()

    def show(self) -> None:
        """Bring it to the front where it does not stand beside the chat."""
        if not self.pane.is_visible():
            self.page.locator(".switch a").last.click()
            self.page.wait_for_url("**/coach")  # with its looks: before they are there, both sides are seen
            self.pane.wait_for()


def in_the_chat(page: Page, which: int = -1) -> list[str]:
    """The lines of one summary card of the chat, below its title; it need not be in front."""
    card = page.locator(".log .card").filter(has_text="Nothing is sent before you say so").nth(which)
    return card.locator("p.row:not(.title)").all_text_contents()

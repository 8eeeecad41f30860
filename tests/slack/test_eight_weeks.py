"""The whole eight weeks as they are written down, lived through in Slack: what the manager sees there is word
for word what stands in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from storage import queue
from tests.conversation import FOLDER, read
from tests.slack.place import ORGANISATION, Place, TestClock, a_database
from tests.slack.standin import Human, Slack, Timing
from tests.slack.standin.ledger import Kind, Post
from tests.slack.standin.seen import words

SCRIPT = FOLDER / "eight_weeks_to_demonstrably_better.md"
BETWEEN = timedelta(seconds=20)
SECOND_WEEK = "### Mon 7 December"


def as_written(text: str) -> list[str]:
    """What stands in the file below its head: lines, without the days they were said on."""
    _, _, rest = text.partition("\n---\n")
    return [line.rstrip() for line in rest.splitlines() if line.strip() and not line.startswith("### ")]


def as_seen(post: Post) -> Iterator[str]:
    """A message as the file writes one: its words, its boxes, its buttons."""
    said = [block for block in post.blocks if block["type"] != "image"]
    yield from (line.rstrip() for line in words(said).splitlines() if line.strip())
    elements = [each for block in post.blocks if block["type"] == "actions" for each in block["elements"]]
    labels: list[str] = []
    for each in elements:
        if each["type"] == "button" and each["action_id"] == "form":
            yield " ".join(f"⟨{label}⟩" for label in _boxes(each))
        elif each["type"] == "button":
            labels.append(each["text"]["text"])
        elif each["type"] == "static_select":
            labels += [option["text"]["text"] for option in each["options"]]
    if labels:
        yield " ".join(f"[{label}]" for label in labels)


def _boxes(button: dict[str, Any]) -> list[str]:
    import json

    _, *named = json.loads(button["value"])
    return [label for _, label in named]


class Player:
    """Plays Dana's side of the file and writes down both."""

    def __init__(self, coach: Place, human: Human) -> None:
        self.coach, self.human = coach, human
        self.lines: list[str] = []
        self.heard = 0

    def listen(self) -> None:
        posts = [
            post for post in self.coach.slack.ledger.posts_in(self.human.channel.id) if post.kind is Kind.POST
        ]
        for post in posts[self.heard :]:
            self.lines += as_seen(post)
        self.heard = len(posts)

    def does(self, how: str, what: str) -> None:
        self.lines.append(f"> {what}" if how == "did" else f"_({what})_")
        if how == "moved":
            assert what == "to the next thing due"
            self._walk()
        else:
            self._act(what)
            self.coach.works()
        self.listen()

    def _act(self, what: str) -> None:
        self.coach.clock.at += BETWEEN
        if pressed := re.fullmatch(r"\[(?:old: )?(.*)\]", what):
            self._press(pressed[1])
        elif what.startswith("{"):
            pairs = (pair.partition(":") for pair in what[1:-1].split(","))
            assert self.human.presses("Fill in").trouble == ""
            self.coach.slack.ledger.wait_until(lambda: self.human.modal)
            self.human.fills({label.strip(): value.strip() for label, _, value in pairs})
            did = self.human.submits()
            assert (did.trouble, did.errors) == ("", {})
        else:
            assert self.human.says(what).delivery.acknowledged

    def _press(self, label: str) -> None:
        for message in reversed(self.human.channel.messages):
            for block in message.blocks:
                for each in block.get("elements", ()) if block["type"] == "actions" else ():
                    if each["type"] == "button" and each["text"]["text"] == label:
                        assert self.human.presses(label, on=message.ts).trouble == ""
                        return
                    if each["type"] == "static_select" and label in [
                        o["text"]["text"] for o in each["options"]
                    ]:
                        assert self.human.chooses("Choose one", label, on=message.ts).trouble == ""
                        return
        raise AssertionError(f"no button [{label}]; the last lines were {self.lines[-4:]}")

    def _walk(self) -> None:
        for _ in range(200):
            due = queue.next_due(self.coach.store)
            if due is None:
                return
            self.coach.clock.at = max(due, self.coach.clock.at)
            self.coach.works()
            posts = self.coach.slack.ledger.posts_in(self.human.channel.id)
            if len([each for each in posts if each.kind is Kind.POST]) > self.heard:
                return


@pytest.mark.parametrize("way", ["http", "socket", "postgres"])
def test_the_eight_weeks_read_in_slack_as_they_are_written(tmp_path: Path, way: str) -> None:
    clock = TestClock()
    over_socket, is_postgres = way == "socket", way == "postgres"
    timing = Timing(now=lambda: clock.at.timestamp(), scale=0.001)
    text = SCRIPT.read_text(encoding="utf-8")
    if is_postgres:
        # Both sittings and a whole week; what comes after asks nothing new of a database.
        text = text[: text.rindex("_(", 0, text.index(SECOND_WEEK))]
    with (
        a_database("postgres" if is_postgres else "sqlite") as database,
        Slack(timing=timing, socket_mode=over_socket) as slack,
    ):
        place = Place(tmp_path, slack, socket=over_socket, database=database)
        place.clock = clock
        with place as coach:
            dana = coach.employs()
            human = slack.joins("Dana Lim", email="dana.lim@example.com")
            with coach.store.transaction(ORGANISATION) as repo:
                repo.link(dana.id, "slack", human.id)
            coach.invites(dana)
            coach.works()
            player = Player(coach, human)
            player.listen()
            for how, what in read(text).actions:
                player.does(how, what)
            assert player.lines == as_written(text)
            assert not [each for each in slack.ledger.deliveries if each.given_up]
            if is_postgres:
                return
            pictured = {words(list(post.blocks[:1])): post.blocks[1]["type"] for post in standing(slack)}
            assert len(pictured) == 3
            assert set(pictured.values()) == {"image"}, "the picture stands under the line"


def standing(slack: Slack) -> list[Post]:
    """The lines that say where the numbers stand."""
    return [post for post in slack.ledger.posts if re.search(r" before \(\d+\); .* since \(", post.text)]

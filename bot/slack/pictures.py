"""Puts the picture of a manager's numbers into Slack, once for each state of the numbers, and takes it away.

A picture never stands in the way of a line: whatever goes wrong with it, the line goes without, and
it follows under it. Which of them lie there is kept with the person, so that *forget me* reaches them too.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from bot.channel import Delivery, NotDeliveredError, NotYetError
from bot.clock import Clock
from bot.picture import Aloud, Theme, alt, png
from bot.settling import picture_follows
from bot.slack import pace, pieces
from bot.slack.address import who_is
from bot.slack.api import Api, CallError, LimitedError, SlackRefusedError
from bot.slack.events import Who
from bot.slack.pace import Pace
from bot.slack.pieces import Block
from bot.slack.text import short
from bot.slack.workspaces import Workspaces
from coaching.chart import Chart
from prompts.words import Reader, Words
from storage import slack_files, values
from storage.people import Status
from storage.slack_files import Lying
from storage.store import Store

log = logging.getLogger("unbadged.slack")
COMPLETE = "files.completeUploadExternal"
NAME = "numbers.png"  # what Slack shows of a file beside its picture; nothing of a manager
NOT_TAKEN = frozenset(
    {"invalid_blocks", "invalid_arguments"}
)  # what Slack says of a file it has not read yet
A_MOMENT = timedelta(seconds=3)
DOUBTED = 1_000  # pictures remembered as not taken once
# There is nothing left to delete: docs.slack.dev/reference/methods/files.delete
NOT_THERE = frozenset({"file_not_found", "file_deleted"})


@dataclass(frozen=True)
class Whose:
    """Whose picture it is, where they are, and in which language they read it."""

    organisation_id: str
    person_id: str
    platform_id: str
    reader: Reader

    @classmethod
    def of(cls, delivery: Delivery) -> Whose:
        """The one a line goes to."""
        return cls(delivery.organisation_id, delivery.person_id, delivery.platform_id, delivery.reader)


@dataclass(frozen=True)
class Shown:
    """A picture that lies with Slack, and in words what it shows."""

    file_id: str
    alt: str

    @property
    def block(self) -> Block:
        """It as a block of a message or a page."""
        said = short(self.alt, pieces.ALT)
        return {"type": "image", "alt_text": said, "slack_file": {"id": self.file_id}}

    def under(self, shown: Sequence[Block]) -> list[Block]:
        """It under the text of a message, above what can be pressed."""
        at = next((at for at, each in enumerate(shown) if each.get("type") == "actions"), len(shown))
        return [*shown[:at], self.block, *shown[at:]]


class Pictures:
    """The pictures that lie with Slack."""

    def __init__(self, store: Store, words: Words, clock: Clock, workspaces: Workspaces, pace: Pace) -> None:
        self._store, self._words, self._clock = store, words, clock
        self._workspaces, self._pace = workspaces, pace
        self._doubted: set[str] = set()

    def of(self, whose: Whose, chart: Chart | None) -> Shown | None:
        """The picture of a chart, put there if it does not lie there yet; None where that does not go.

        NotYetError: too many pictures at once, or Slack is not there; nothing was tried.
        """
        if chart is None:
            return None
        try:
            file_id = self._lying(whose, chart) or self._put(whose, chart)
            return Shown(file_id, alt(chart, Aloud(self._words, whose.reader)))
        except NotYetError:
            raise
        except (CallError, NotDeliveredError) as failure:
            log.warning("slack: a picture could not be put there (%s)", failure.reason)
        except Exception as failure:  # its own words may quote somebody's numbers
            log.error("slack: a picture could not be made: %s", type(failure).__name__)
        return None

    def is_doubted(self, shown: Shown) -> bool:
        """Whether Slack did not take it once already."""
        return shown.file_id in self._doubted

    def follows(self, delivery: Delivery) -> None:
        """A line goes without: noted before it does, so that its picture is not lost with this process."""
        with self._store.transaction(delivery.organisation_id) as repo:
            picture_follows(repo, delivery.job_id, self._clock.now())

    def refused(self, whose: Whose, shown: Shown) -> bool:
        """Slack did not take a message with it. Whether it may in a moment; the second time it is let go."""
        if shown.file_id not in self._doubted:
            if len(self._doubted) >= DOUBTED:
                self._doubted.clear()
            self._doubted.add(shown.file_id)
            return True
        self._doubted.discard(shown.file_id)
        log.warning("slack: a picture was not taken twice; it goes without")
        with self._store.transaction(whose.organisation_id) as repo:
            slack_files.let_go(repo.scope, shown.file_id)
        return False

    def clear(self, organisation_id: str) -> None:
        """Delete in Slack what is nobody's any more. What cannot be deleted now stays for the next time."""
        with self._store.reading(organisation_id) as repo:
            left = slack_files.to_delete(repo.scope)
        for each in left:
            try:
                self._delete(organisation_id, each)
            except NotYetError:
                return
            except (CallError, NotDeliveredError) as failure:
                log.warning("slack: a picture could not be deleted yet (%s)", failure.reason)
                continue
            with self._store.transaction(organisation_id) as repo:
                slack_files.deleted(repo.scope, each.id)

    def _lying(self, whose: Whose, chart: Chart) -> str | None:
        with self._store.reading(whose.organisation_id) as repo:
            return slack_files.find(repo.scope, whose.person_id, _digest(whose, chart))

    def _put(self, whose: Whose, chart: Chart) -> str:
        who = who_is(whose.platform_id)
        there = self._workspaces.of(whose.organisation_id, who)
        api = self._workspaces.api(who.team, who.enterprise)
        self._pace.take(there.team, pace.UPLOAD)
        drawn = png(chart, Aloud(self._words, whose.reader), Theme.LIGHT)
        said = self._call(api, there.team, pace.UPLOAD, {"filename": NAME, "length": str(len(drawn))})
        lying = Lying(str(said["file_id"]), who.team, who.enterprise)
        api.put(str(said["upload_url"]), drawn)
        # Noted before it is there for good: power lost in between leaves none that nobody knows of.
        self._note(whose, lying, _digest(whose, chart))
        try:
            files = json.dumps([{"id": lying.id, "title": NAME}])
            self._call(api, there.team, COMPLETE, {"files": files})
        except (CallError, NotYetError):
            with self._store.transaction(whose.organisation_id) as repo:
                slack_files.let_go(repo.scope, lying.id)
            raise
        return lying.id

    def _call(self, api: Api, team: str, method: str, args: Mapping[str, str]) -> Mapping[str, Any]:
        """One call; "too many" holds up what comes after it too."""
        try:
            return api.call(method, args)
        except LimitedError as failure:
            paced = pace.UPLOAD if method == COMPLETE else method  # one picture, one pace
            raise NotYetError(self._pace.wait(team, paced, failure.seconds)) from None

    def _note(self, whose: Whose, lying: Lying, digest: str) -> None:
        with self._store.transaction(whose.organisation_id) as repo:
            repo.lock(whose.person_id)
            person = repo.person(whose.person_id)
            is_here = person is not None and person.status is not Status.FORGOTTEN
            now = self._clock.now()
            slack_files.add(repo.scope, whose.person_id if is_here else None, lying, digest, now)

    def _delete(self, organisation_id: str, lying: Lying) -> None:
        there = self._workspaces.of(organisation_id, Who(lying.team, "", lying.enterprise))
        api = self._workspaces.api(lying.team, lying.enterprise)
        self._pace.take(there.team, pace.DELETE)
        try:
            self._call(api, there.team, pace.DELETE, {"file": lying.id})
        except SlackRefusedError as failure:
            if failure.reason not in NOT_THERE:
                raise


def _digest(whose: Whose, chart: Chart) -> str:
    """Of the numbers and of the language in which they are told."""
    told = f"{whose.reader.language}|{whose.reader.locale}|{values.dump(chart)}"
    return sha256(told.encode()).hexdigest()

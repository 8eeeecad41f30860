"""What was written while nobody listened: Slack does not bring again what it gave up on, so it is read there.

In the background, after a gap of five minutes and at the start: the conversations in mid-exchange first, then
those with an open question. What is found goes the way of every other message, under the same key, so that
nothing counts twice. An answer counts if its question was open when it was written.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.exchange import Exchange
from bot.slack import read
from bot.slack.address import Chat, moment, who_is
from bot.slack.asking import Asking, AwayError, RefusedError
from bot.slack.events import CHANNEL, Unopened, Who, Wrote
from bot.slack.hearing import Hearing
from storage import inbound, reach
from storage.jobs import JobKind, JobState, of_conversation
from storage.people import Status
from storage.repository import Repository

log = logging.getLogger("unbadged.slack")
GAP = timedelta(minutes=5)
BEFORE = timedelta(
    minutes=15
)  # so long before a gap a message may have begun to be lost: all of Slack's tries
IN_EXCHANGE = timedelta(minutes=30)  # who said something so shortly before is in the middle of it
A_PAGE = 100
MOST_PAGES = 20
LONGEST_WAIT = 60.0
ALIVE = "slack_alive"  # the setting that remembers until when everything that came was taken in
NOT_HERE = (
    "catch-up is off: outside the Marketplace Slack lets an app for several workspaces read once a minute"
)


@dataclass(frozen=True)
class Reading:
    """One conversation to be read, from a stamp on. ``rank``: the lower, the sooner."""

    rank: int
    person_id: str
    who: Who
    channel: str
    oldest: Decimal


@dataclass
class CatchUp:
    """Reads what was missed. ``restored`` counts, since the start, what was found."""

    hearing: Hearing
    asking: Asking
    restored: int = 0

    async def run(self, since: datetime | None, back: datetime | None = None) -> int:
        """Read every conversation from ``since``, or from what was seen last; how many messages were new.

        ``back``: since when everything arrives again. Whoever answered after it need not be asked once more.
        """
        found = 0
        for each in await asyncio.to_thread(self.readings, since):
            try:
                new = await self._conversation(each)
            except RefusedError as refused:
                log.warning("a conversation could not be read: %s", refused.error)
                continue
            found += new
            if not new and each.rank == 0 and since is not None:
                # A press that Slack refused left nothing to read: the question is shown once more.
                listener, organisation = self.hearing.listener, self.hearing.organisation()
                again = back or self.hearing.clock.now()
                await asyncio.to_thread(listener.show_again, organisation, each.person_id, CHANNEL, again)
        self.restored += found
        if found:
            log.info("%s messages that had been missed were taken in", found)
        return found

    def readings(self, since: datetime | None) -> list[Reading]:
        """Which conversations are read from where, in which order."""
        now, found = self.hearing.clock.now(), []
        with self.hearing.store.reading(self.hearing.organisation()) as repo:
            for address in reach.addresses(repo.scope, CHANNEL):
                person = repo.person(address.person_id)
                chat = Chat.read(address.reference)
                if person is None or not chat.channel or person.status is Status.FORGOTTEN:
                    continue
                stamps = [moment(chat.seen)] if chat.seen else []
                if since is not None:
                    stamps.append(Decimal(str((since - BEFORE).timestamp())))
                if not stamps:
                    continue
                last = repo.last_answer_at(person.id)
                talks = repo.conversations(person.id, open_only=True)
                is_open = any(talk.shown_name is not None for talk in talks)
                in_exchange = last is not None and last > (since or now) - IN_EXCHANGE
                rank = 0 if in_exchange and is_open else 1 if is_open else 2
                found.append(Reading(rank, person.id, who_is(address.platform_id), chat.channel, min(stamps)))
        return sorted(found, key=lambda each: (each.rank, each.person_id))

    async def _conversation(self, each: Reading) -> int:
        """Everything new in one conversation and its threads, in the order it was written."""
        page = await self._pages(
            each, "conversations.history", {"oldest": str(each.oldest), "inclusive": True}
        )
        threads = [
            message
            for parent in page
            if parent.get("reply_count") and moment(str(parent.get("latest_reply", ""))) > each.oldest
            for message in await self._pages(
                each, "conversations.replies", {"ts": parent["ts"], "oldest": str(each.oldest)}
            )
        ]
        by_ts = {str(message.get("ts")): message for message in [*page, *threads]}
        found = 0
        for ts in sorted(by_ts, key=moment):
            found += await asyncio.to_thread(self._take_in, each, by_ts[ts])
        return found

    async def _pages(self, each: Reading, method: str, more: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = []
        cursor = None
        for _ in range(MOST_PAGES):
            asked = {"channel": each.channel, "limit": A_PAGE, **more, "cursor": cursor}
            said = await self._patiently(each.who, method, asked)
            found += [message for message in said.get("messages") or () if isinstance(message, Mapping)]
            cursor = (said.get("response_metadata") or {}).get("next_cursor") or None
            if not cursor:
                break
        return found

    async def _patiently(self, who: Who, method: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        """Reading can be done again: when Slack asks to wait, and when it is away."""
        for pause in (1.0, 5.0, 30.0):
            try:
                return await self.asking.ask(who.enterprise, who.team, method, asked)
            except RefusedError as refused:
                if refused.error != "ratelimited":
                    raise
                await asyncio.sleep(min(refused.wait or pause, LONGEST_WAIT))
            except AwayError:
                await asyncio.sleep(pause)
        raise RefusedError("no answer")

    def _take_in(self, each: Reading, message: Mapping[str, Any]) -> int:
        """Take one message in, if it is new; whether it was."""
        event = {**message, "type": "message", "channel": each.channel, "channel_type": "im"}
        edited = event.pop("edited", None)  # it is read as it stands now
        envelope = {"team_id": each.who.team, "enterprise_id": each.who.enterprise, "event": event}
        did = read.event(envelope)
        if not isinstance(did, Wrote | Unopened) or did.who.user != each.who.user:
            return 0
        did, edit = _as_edited(did, edited), ""
        with self.hearing.store.reading(self.hearing.organisation()) as repo:
            if isinstance(did, Wrote) and did.edited and not inbound.has_seen(repo.scope, CHANNEL, did.of):
                did, edit = replace(did, key=did.of, of="", edited=False), did.key
            if inbound.has_seen(repo.scope, CHANNEL, did.key):
                return 0
            too_late = not _was_open(repo, each.person_id, did.ts, self.hearing.clock.now())
        incoming = self.hearing.taken_in(did, each.person_id)
        if incoming is None:
            return 0
        at = datetime.fromtimestamp(float(did.ts), UTC)
        self.hearing.receive(each.who, replace(incoming, found_at=at, too_late=too_late))
        if edit:  # what the edit made of it is what was read
            with self.hearing.store.transaction(self.hearing.organisation()) as repo:
                repo.first_time(CHANNEL, edit, self.hearing.clock.now())
        return 1


def _as_edited(did: Wrote | Unopened, edited: object) -> Wrote | Unopened:
    """A message that was edited, as the event about the edit would have brought it."""
    at = str(edited.get("ts") or "") if isinstance(edited, Mapping) else ""
    if not at or not isinstance(did, Wrote):
        return did
    return replace(did, key=f"{did.key}/{at}", of=did.key, edited=True)


def _was_open(repo: Repository, person_id: str, ts: str, now: datetime) -> bool:
    """Whether what is asked now was asked already at this stamp; where nothing is asked, all is well."""
    person = repo.person(person_id)
    floor = None if person is None else Exchange(repo, person, now, CHANNEL).floor()
    if floor is None or floor.shown_name is None:
        return True
    asked = [
        stamp
        for job in of_conversation(repo, floor.id)
        if job.kind is JobKind.SAY and job.name == floor.shown_name and job.state is JobState.SENT
        if (stamp := _sent_at(job.sent_ref, job.finished_at)) is not None
    ]
    return bool(asked) and min(asked) <= moment(ts)


def _sent_at(sent_ref: str | None, finished_at: datetime | None) -> Decimal | None:
    """When a line went out, by Slack's own clock where it told us: two clocks are not to be compared."""
    told = moment((sent_ref or "").rpartition(":")[2])
    if told > 0:
        return told
    return None if finished_at is None else Decimal(str(finished_at.timestamp()))

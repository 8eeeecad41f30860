"""Speaks in Slack: sends a line, looks whether one arrived, and shows on a card what was answered.

Every way a call can end has one name here (docs/decisions/0013): it may come again, it never will, it was too
early, or nobody knows; and only of the last it is asked later whether it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NoReturn

from bot.channel import (
    Arrived,
    Delivery,
    NotDeliveredError,
    NotYetError,
    Outcome,
    Settlement,
    UnreachableError,
)
from bot.clock import Clock
from bot.slack import blocks, letters, pace
from bot.slack.address import Chat, who_is
from bot.slack.api import (
    FOR_A_WHILE,
    NOBODY_THERE,
    Api,
    CallError,
    LimitedError,
    LostError,
    NeverSentError,
    SlackRefusedError,
)
from bot.slack.events import CHANNEL, Who
from bot.slack.identity import Profile
from bot.slack.pace import Pace
from bot.slack.pictures import A_MOMENT, NOT_TAKEN, Pictures, Shown, Whose
from bot.slack.pieces import UNREAD
from bot.slack.read import echoed
from bot.slack.settled import card_anew
from bot.slack.speech import Speech
from bot.slack.workspaces import GONE, NOT_THIS_ONE, Workspace, Workspaces
from prompts.words import Reader, Words
from storage import reach
from storage.store import Store

LATE = timedelta(seconds=20)  # what was sent may still appear so long after we stopped waiting
CLOCKS_DIFFER = timedelta(hours=1)  # between us and Slack, at the very most
A_PAGE, PAGES = 200, 5  # of history, when a message is looked for


class PartlySentError(Exception):
    """A message in several parts arrived in part. It is looked for, and only the rest is sent."""


class SlackChannel:
    """Slack as a channel. ``links``: the pages a line speaks of. ``may_look``: whether history can be read.

    Where the app is installed by strangers from outside the Marketplace, Slack gives one look a minute: then
    an ambiguous line is listed for the operator instead.
    """

    def __init__(
        self,
        store: Store,
        words: Words,
        clock: Clock,
        workspaces: Workspaces,
        pace: Pace | None = None,
        *,
        links: Callable[[Delivery], Sequence[blocks.Link]] = lambda _: (),
        may_look: bool = True,
    ) -> None:
        self._store, self._words, self._clock, self._workspaces = store, words, clock, workspaces
        self._pace = pace or Pace(clock)
        self._links, self._may_look = links, may_look
        self.pictures = Pictures(store, words, clock, workspaces, self._pace)
        self._missed: dict[str, datetime] = {}  # since when a line that may have gone is not to be seen

    # What a channel does

    def send(self, delivery: Delivery) -> str:
        """Post it; "channel:ts" of the part with the buttons. Errors as in ``bot.channel.Channel``."""
        who, there, api = self._at(delivery.organisation_id, delivery.platform_id)
        picture = self._picture_now(delivery)
        parts = self._parts(delivery)
        last = parts[-1]
        known = Chat.read(delivery.reference).channel
        chat = known or who.user
        if len(parts) > 1 and delivery.is_repeated and known:
            had = self._parts_there(api, there, known, delivery) or set()
            parts = [each for each in parts if _part(each) not in had]
        self._pace.take(there.team, pace.POST, who.user, len(parts), is_unasked=delivery.is_unasked)
        if picture is None and delivery.chart is not None:
            self.pictures.follows(delivery)
        reference = ""
        for number, part in enumerate(parts):
            try:
                if picture is not None and part is last:
                    said = self._post_with(picture, delivery, api, there, who, chat, part)
                else:
                    said = self._post(api, there, who, chat, part)
            except (NotDeliveredError, NotYetError):
                if number:
                    raise PartlySentError from None
                raise
            chat = str(said.get("channel") or chat)
            reference = f"{chat}:{said.get('ts', '')}"
            if number == 0 and chat != known:
                self._remember(delivery, chat)
        return reference

    def arrived(self, delivery: Delivery) -> Arrived:
        """Look for the job's id in what was said lately. NotYetError: nobody can know yet."""
        if not self._may_look:
            return Arrived.CANNOT_LOOK
        try:
            who, there, api = self._at(delivery.organisation_id, delivery.platform_id)
            chat = Chat.read(delivery.reference).channel or self._chat_with(api, there, who)
            found = self._parts_there(api, there, chat, delivery)
        except UnreachableError:
            return Arrived.CANNOT_LOOK
        except NotDeliveredError as failure:
            if failure.for_good:
                return Arrived.CANNOT_LOOK
            raise NotYetError(self._clock.now() + LATE) from None
        if found is None:
            return Arrived.CANNOT_LOOK
        if {_part(each) for each in self._parts(delivery)} <= found:
            self._missed.pop(delivery.job_id, None)
            return Arrived.YES
        since = self._missed.setdefault(delivery.job_id, self._clock.now())
        if self._clock.now() < since + LATE:
            raise NotYetError(since + LATE)
        del self._missed[delivery.job_id]
        return Arrived.NO

    def settle(self, settlement: Settlement) -> None:
        """Put in place of a card's buttons what became of its question; or under a line its picture."""
        chat, _, ts = settlement.sent_ref.rpartition(":")
        if not chat or not ts:
            raise NotDeliveredError("no_reference", for_good=True)
        _, there, api = self._at(settlement.organisation_id, settlement.platform_id)
        if settlement.outcome is Outcome.PICTURED and settlement.delivery is not None:
            return self._follow(api, there, {"channel": chat, "ts": ts}, settlement.delivery)
        if settlement.delivery is not None:
            shown = self._parts(settlement.delivery)[-1]["blocks"]
        else:
            shown = self._as_it_stands(api, there, chat, ts)
        speech = self._speech(settlement.reader)
        update = card_anew(settlement, shown, speech, may_look=self._may_look)
        if update is None:
            return
        self._pace.take(there.team, pace.UPDATE)
        self._call(api, there, pace.UPDATE, {"channel": chat, "ts": ts, **update})

    def publish(self, organisation_id: str, platform_id: str, view: dict[str, Any]) -> None:
        """Put a person's Home tab in place of the one before. Errors as in ``send``."""
        who, there, api = self._at(organisation_id, platform_id)
        self._pace.take(there.team, pace.PUBLISH)
        self._read(api, there, pace.PUBLISH, {"user_id": who.user, "view": view})

    def clear(self, organisation_id: str) -> None:
        """Delete in Slack the pictures that are nobody's any more."""
        self.pictures.clear(organisation_id)

    def zone_of(self, organisation_id: str, platform_id: str) -> str | None:
        """The zone of their profile; None if Slack says none. Lines go on as before, whatever comes of it."""
        who, there, api = self._at(organisation_id, platform_id)
        self._pace.take(there.team, pace.WHO)
        try:
            said = api.call(pace.WHO, {"user": who.user})
        except LimitedError as failure:
            raise NotYetError(self._pace.wait(there.team, pace.WHO, failure.seconds)) from None
        except SlackRefusedError:
            return None
        user = said.get("user")
        profile = Profile.read(user, there.team, there.enterprise) if isinstance(user, Mapping) else None
        return (profile.zone or None) if profile is not None and profile.is_member else None

    # How

    def _at(self, organisation_id: str, platform_id: str) -> tuple[Who, Workspace, Api]:
        """Where somebody is; NotDeliveredError if that workspace is another organisation's."""
        who = who_is(platform_id)
        there = self._workspaces.of(organisation_id, who)
        return who, there, self._workspaces.api(who.team, who.enterprise)

    def _picture_now(self, delivery: Delivery) -> Shown | None:
        """The line's picture, if it can be had at once: a line waits for none."""
        try:
            return self.pictures.of(Whose.of(delivery), delivery.chart)
        except NotYetError:
            return None

    def _parts(self, delivery: Delivery) -> list[dict[str, Any]]:
        return letters.message(delivery, self._speech(delivery.reader), self._links(delivery))

    def _speech(self, reader: Reader | None) -> Speech:
        return Speech(self._words, reader or self._words.reader("en", "", "UTC"))

    def _post(
        self, api: Api, there: Workspace, who: Who, chat: str, part: dict[str, Any]
    ) -> Mapping[str, Any]:
        try:
            return self._call(api, there, pace.POST, {"channel": chat, **part}, who)
        except UnreachableError as failure:
            if failure.reason != "channel_not_found" or chat == who.user:
                raise
        # The chat we knew is gone; with the same person there may be another.
        return self._call(api, there, pace.POST, {"channel": who.user, **part}, who)

    def _post_with(
        self,
        picture: Shown,
        delivery: Delivery,
        api: Api,
        there: Workspace,
        who: Who,
        chat: str,
        part: dict[str, Any],
    ) -> Mapping[str, Any]:
        """Post it with its picture; if Slack does not take that a moment later either, without."""
        try:
            return self._post(api, there, who, chat, {**part, "blocks": picture.under(part["blocks"])})
        except NotDeliveredError as failure:
            if failure.reason not in NOT_TAKEN:
                raise
        if not self.pictures.is_doubted(picture):
            self.pictures.refused(Whose.of(delivery), picture)
            raise NotYetError(self._clock.now() + A_MOMENT)
        self.pictures.follows(delivery)
        return self._post(api, there, who, chat, part)

    def _follow(self, api: Api, there: Workspace, at: Mapping[str, str], line: Delivery) -> None:
        """Put a line's picture into its message. Doing it twice is the same as once: nothing is posted."""
        picture = self.pictures.of(Whose.of(line), line.chart)
        if picture is None:
            raise NotDeliveredError("no_picture", for_good=line.chart is None)
        said = self._parts(line)[-1]
        self._pace.take(there.team, pace.UPDATE)
        try:
            shown = {"text": said["text"], "blocks": picture.under(said["blocks"]), **UNREAD}
            self._call(api, there, pace.UPDATE, {**at, **shown})
        except NotDeliveredError as failure:
            if failure.reason not in NOT_TAKEN:
                raise
            self.pictures.refused(Whose.of(line), picture)  # the second time it is brought there anew
            raise NotDeliveredError(failure.reason) from None

    def _call(
        self, api: Api, there: Workspace, method: str, args: Mapping[str, Any], who: Who | None = None
    ) -> Mapping[str, Any]:
        """One call, its failures in the channel's own terms."""
        try:
            said = api.call(method, args)
        except LimitedError as failure:
            self._pace.answered(there.team)
            chat = who.user if failure.is_channels and who is not None else ""
            raise NotYetError(self._pace.wait(there.team, method, failure.seconds, chat)) from None
        except SlackRefusedError as failure:
            self._pace.answered(there.team)
            self._refused(failure.reason, there, who)
        except NeverSentError as failure:
            self._pace.no_answer(there.team)
            raise NotDeliveredError(failure.reason) from None
        except LostError:
            self._pace.no_answer(there.team)
            raise
        self._pace.answered(there.team)
        return said

    def _refused(self, reason: str, there: Workspace, who: Who | None) -> NoReturn:
        if reason in GONE:
            team = who.team if who is not None and reason == NOT_THIS_ONE else there.team
            self._workspaces.gone(team, there.enterprise, reason)
            raise NotDeliveredError(reason, for_good=True)
        if reason in NOBODY_THERE:
            raise UnreachableError(reason)
        if reason in FOR_A_WHILE:
            if reason == "token_expired":
                self._workspaces.forget_what_is_known()
            raise NotDeliveredError(reason)
        raise NotDeliveredError(reason, for_good=True)  # about the line, or about what the app may do

    def _chat_with(self, api: Api, there: Workspace, who: Who) -> str:
        self._pace.take(there.team, pace.OPEN)
        said = self._read(api, there, pace.OPEN, {"users": who.user})
        return str(said.get("channel", {}).get("id", ""))

    def _parts_there(self, api: Api, there: Workspace, chat: str, delivery: Delivery) -> set[int] | None:
        """Which parts of a job's message stand in a chat; None if there is more to read than is sensible."""
        oldest = (delivery.since or delivery.at) - CLOCKS_DIFFER
        asked = {
            "channel": chat,
            "include_all_metadata": "true",
            "limit": str(A_PAGE),
            "oldest": _stamp(min(oldest, delivery.at - CLOCKS_DIFFER)),
        }
        found: set[int] = set()
        for _ in range(PAGES):
            self._pace.take(there.team, pace.HISTORY)
            said = self._read(api, there, pace.HISTORY, asked)
            for message in said.get("messages", ()):
                carried = message.get("metadata", {}).get("event_payload", {})
                if carried.get("job_id") == delivery.job_id:
                    found.add(int(carried.get("part", 1)))
            cursor = said.get("response_metadata", {}).get("next_cursor")
            if not cursor:
                return found
            asked["cursor"] = cursor
        return None

    def _as_it_stands(self, api: Api, there: Workspace, chat: str, ts: str) -> list[dict[str, Any]]:
        if not self._may_look:
            raise NotDeliveredError("history_is_limited", for_good=True)
        self._pace.take(there.team, pace.HISTORY)
        asked = {"channel": chat, "latest": ts, "oldest": ts, "inclusive": "true", "limit": "1"}
        said = self._read(api, there, pace.HISTORY, asked)
        there_now = [each for each in said.get("messages", ()) if each.get("ts") == ts]
        return echoed(there_now[0].get("blocks", ())) if there_now else []

    def _read(self, api: Api, there: Workspace, method: str, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """A call that changes nothing: whether it was lost on its way makes no difference."""
        try:
            return self._call(api, there, method, args)
        except CallError as failure:
            raise NotDeliveredError(failure.reason) from None

    def _remember(self, delivery: Delivery, chat: str) -> None:
        """Where the private chat is: once for each person, so that it can be read without asking for it."""
        with self._store.transaction(delivery.organisation_id) as repo:
            repo.lock(delivery.person_id)
            kept = Chat.read(repo.reference(delivery.person_id, CHANNEL))
            reach.remember(repo.scope, delivery.person_id, CHANNEL, str(Chat(chat, kept.seen)))


def _part(payload: Mapping[str, Any]) -> int:
    return int(payload["metadata"]["event_payload"]["part"])


def _stamp(moment: datetime) -> str:
    return f"{moment.timestamp():.6f}"

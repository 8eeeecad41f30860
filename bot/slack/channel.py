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
from bot.slack.api import Api, CallError, LimitedError, LostError, NeverSentError, SlackRefusedError
from bot.slack.events import CHANNEL, Who
from bot.slack.identity import Profile
from bot.slack.pace import Pace
from bot.slack.pictures import A_MOMENT, NOT_TAKEN, Pictures, Shown, Whose
from bot.slack.read import echoed
from bot.slack.speech import Speech
from bot.slack.text import short
from bot.slack.workspaces import GONE, NOT_THIS_ONE, Workspace, Workspaces
from prompts.words import Reader, Words
from storage import reach
from storage.store import Store

# Nobody is there any more, or nobody lets us in: docs.slack.dev/reference/methods/chat.postMessage
NOBODY_THERE = frozenset({
    "user_not_found", "users_not_found", "user_disabled", "user_not_visible", "channel_not_found",
    "is_archived", "cannot_dm_bot", "not_in_channel", "method_not_supported_for_channel_type",
})  # fmt: skip
# Slack is not itself for a while; nothing was done.
FOR_A_WHILE = frozenset({
    "service_unavailable", "request_timeout", "team_added_to_org", "org_login_required", "token_expired",
    "accesslimited", "ekm_access_denied",
})  # fmt: skip
LATE = timedelta(seconds=20)  # what was sent may still appear so long after we stopped waiting
CLOCKS_DIFFER = timedelta(hours=1)  # between us and Slack, at the very most
LABEL, TYPED = 150, 60  # of what was answered, on the card: by buttons and boxes, and in somebody's own words
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
        who, there, api = self._at(delivery.platform_id)
        picture = self.pictures.of(_whose(delivery), delivery.chart)
        parts = self._parts(delivery)
        last = parts[-1]
        known = Chat.read(delivery.reference).channel
        chat = known or who.user
        if len(parts) > 1 and delivery.is_repeated and known:
            had = self._parts_there(api, there, known, delivery) or set()
            parts = [each for each in parts if _part(each) not in had]
        self._pace.take(there.team, pace.POST, who.user, len(parts), is_unasked=delivery.is_unasked)
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
            who, there, api = self._at(delivery.platform_id)
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
        """Put in place of a card's buttons what became of its question."""
        chat, _, ts = settlement.sent_ref.rpartition(":")
        if not chat or not ts:
            raise NotDeliveredError("no_reference", for_good=True)
        _, there, api = self._at(settlement.platform_id)
        if settlement.delivery is not None:
            shown = self._parts(settlement.delivery)[-1]["blocks"]
        else:
            shown = self._as_it_stands(api, there, chat, ts)
        update = self._settled(settlement, shown)
        if update is None:
            return
        self._pace.take(there.team, pace.UPDATE)
        self._call(api, there, pace.UPDATE, {"channel": chat, "ts": ts, **update})

    def _settled(self, settlement: Settlement, shown: list[dict[str, Any]]) -> dict[str, Any] | None:
        """The card anew; None if there is nothing to change."""
        speech, label = self._speech(settlement.reader), self._label(settlement)
        if settlement.pressed is not None:
            return blocks.pressed(shown, speech, settlement.pressed, label)
        if settlement.outcome is Outcome.TAKEN_BACK:  # of a card that waits for its answer nothing is to go
            is_to_change = any(map(blocks.says_done, shown))
        else:
            is_to_change = any(block.get("type") == "actions" for block in shown)
        if not is_to_change:
            return None
        return blocks.settled(shown, speech, settlement.outcome, label)

    def _label(self, settlement: Settlement) -> str:
        """What was answered, on one line. Words are shown only where they can be taken back later."""
        if not settlement.label or (settlement.is_typed and not self._may_look):
            return ""
        return short(settlement.label, TYPED if settlement.is_typed else LABEL)

    def publish(self, platform_id: str, view: dict[str, Any]) -> None:
        """Put a person's Home tab in place of the one before. Errors as in ``send``."""
        who, there, api = self._at(platform_id)
        self._pace.take(there.team, pace.PUBLISH)
        self._read(api, there, pace.PUBLISH, {"user_id": who.user, "view": view})

    def clear(self, organisation_id: str) -> None:
        """Delete in Slack the pictures that are nobody's any more."""
        self.pictures.clear(organisation_id)

    def zone_of(self, platform_id: str) -> str | None:
        """The zone of their profile; None if Slack says none. Lines go on as before, whatever comes of it."""
        who, there, api = self._at(platform_id)
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

    def _at(self, platform_id: str) -> tuple[Who, Workspace, Api]:
        who = who_is(platform_id)
        there = self._workspaces.workspace(who.team, who.enterprise)
        return who, there, self._workspaces.api(who.team, who.enterprise)

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
            return self._post(api, there, who, chat, _pictured(part, picture))
        except NotDeliveredError as failure:
            if failure.reason not in NOT_TAKEN:
                raise
        if self.pictures.refused(_whose(delivery), picture):
            raise NotYetError(self._clock.now() + A_MOMENT)
        return self._post(api, there, who, chat, part)

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


def _whose(delivery: Delivery) -> Whose:
    return Whose(delivery.organisation_id, delivery.person_id, delivery.platform_id, delivery.reader)


def _pictured(payload: dict[str, Any], picture: Shown) -> dict[str, Any]:
    """The picture under the text, above what can be pressed."""
    shown = payload["blocks"]
    at = next((at for at, each in enumerate(shown) if each.get("type") == "actions"), len(shown))
    return {**payload, "blocks": [*shown[:at], picture.block, *shown[at:]]}


def _part(payload: Mapping[str, Any]) -> int:
    return int(payload["metadata"]["event_payload"]["part"])


def _stamp(moment: datetime) -> str:
    return f"{moment.timestamp():.6f}"

"""What Slack tells the app of its own accord: messages, opened Home tabs, people who join or change.
Rules: docs.slack.dev/reference/events, and /apis/events-api for the envelope around them.
"""

from __future__ import annotations

from tests.slack.standin.deliveries import Deliveries
from tests.slack.standin.ledger import Delivery
from tests.slack.standin.wire import Payload
from tests.slack.standin.workspace import Channel, Member, Message, Workspace
from tests.slack.standin.world import ONCE, Sending, World, in_channel


class Events:
    """Builds events and hands them to the deliveries."""

    def __init__(self, world: World, deliveries: Deliveries) -> None:
        self.world, self.deliveries = world, deliveries

    def tell(self, workspace: Workspace, event: Payload, sending: Sending = ONCE) -> Delivery:
        """An event in its envelope, on its way."""
        event = {"event_ts": self.world.stamps.next(), **event}
        payload = self._around(workspace, event)
        return self.deliveries.send(Delivery(payload["event_id"], "events_api", payload), sending)

    def _around(self, workspace: Workspace, event: Payload) -> Payload:
        org_wide = self._installed_org_wide(workspace)
        channel = workspace.channels.get(str(event.get("channel")))
        return {
            "token": self.world.app.verification_token,
            "team_id": workspace.id,
            "context_team_id": workspace.id,
            "context_enterprise_id": workspace.enterprise_id,
            **({"enterprise_id": workspace.enterprise_id} if workspace.enterprise_id else {}),
            "api_app_id": self.world.app.id,
            "event": event,
            "type": "event_callback",
            "event_id": self.world.name("Ev"),
            "event_time": int(self.world.timing.now()),
            "authorizations": [
                {
                    "enterprise_id": workspace.enterprise_id,
                    "team_id": None if org_wide else workspace.id,
                    "user_id": workspace.bot.id,
                    "is_bot": True,
                    "is_enterprise_install": org_wide,
                }
            ],
            "is_ext_shared_channel": channel is not None and channel.is_ext_shared,
            "event_context": f"4-{event['type']}-{workspace.id}",
        }

    def _installed_org_wide(self, workspace: Workspace) -> bool:
        grants = [each for each in self.world.tokens.grants.values() if each.kind == "bot"]
        return any(each.team_id is None and each.enterprise_id == workspace.enterprise_id for each in grants)

    def message(self, channel: Channel, message: Message, author: Member) -> Payload:
        """A message as it arrives; of somebody from another team with where they are from."""
        event = message.payload() | in_channel(channel, message.ts)
        if message.thread_ts:
            parent = channel.find(message.thread_ts)
            event["parent_user_id"] = parent.user if parent else author.id
        if author.is_stranger:
            event |= {"user_team": author.team_id, "source_team": author.team_id}
            event["team"] = author.team_id
        return event

    def mention(self, channel: Channel, message: Message) -> Payload:
        """app_mention; the same message also comes as a message event."""
        event = message.payload() | {"type": "app_mention", "channel": channel.id, "event_ts": message.ts}
        return event

    def home(self, user: str, channel: Channel, tab: str) -> Payload:
        """app_home_opened, with the view that is published there."""
        event: Payload = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab}
        view = self.world.views.get(self.world.homes.get(user, ""))
        if tab == "home" and view is not None:
            event["view"] = view.payload
        return event

    def about(self, type_: str, member: Member) -> Payload:
        """team_join or user_change."""
        now = self.world.timing.now()
        event: Payload = {"type": type_, "user": member.payload(now, with_email=True, with_locale=True)}
        if type_ == "user_change":
            event["cache_ts"] = int(now)
        return event

    def verify(self, challenge: str) -> Delivery:
        """url_verification, as when somebody enters the address on Slack's pages."""
        payload = {
            "token": self.world.app.verification_token,
            "challenge": challenge,
            "type": "url_verification",
        }
        return self.deliveries.send(Delivery(self.world.name("Ev"), "events_api", payload))

    def rate_limited(self, workspace: Workspace) -> Delivery:
        """app_rate_limited: more than 30,000 events in an hour, the rest is dropped."""
        now = int(self.world.timing.now())
        payload = {
            "token": self.world.app.verification_token,
            "type": "app_rate_limited",
            "team_id": workspace.id,
            "minute_rate_limited": now - now % 60,
            "api_app_id": self.world.app.id,
        }
        return self.deliveries.send(Delivery(self.world.name("Ev"), "events_api", payload))

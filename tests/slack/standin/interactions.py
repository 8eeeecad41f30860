"""What a person does to the app, as payloads: presses, sends a form, gives a command, picks a shortcut.
Rules: docs.slack.dev/interactivity/handling-user-interaction and /reference/interaction-payloads.
"""

from __future__ import annotations

from tests.slack.standin.deliveries import Deliveries
from tests.slack.standin.forms import ENTERED, Place, State, filled
from tests.slack.standin.ledger import Delivery
from tests.slack.standin.wire import Payload
from tests.slack.standin.workspace import Channel, Member, Message, Workspace
from tests.slack.standin.world import ONCE, Sending, View, World


class Interactions:
    """Builds the payloads and hands them to the deliveries; `answers` does what the app says to them."""

    def __init__(self, world: World, deliveries: Deliveries) -> None:
        self.world, self.deliveries = world, deliveries

    def _send(self, kind: str, payload: Payload, sending: Sending) -> Delivery:
        return self.deliveries.send(Delivery(self.world.name("In"), kind, payload), sending)

    def _who(self, workspace: Workspace, member: Member) -> Payload:
        team: Payload = {"id": workspace.id, "domain": workspace.domain}
        organisation: Payload | None = None
        if workspace.enterprise_id:
            organisation = {"id": workspace.enterprise_id, "name": workspace.enterprise_id}
            team |= {"enterprise_id": workspace.enterprise_id, "enterprise_name": workspace.enterprise_id}
        user = {"id": member.id, "username": member.name, "name": member.name, "team_id": member.team_id}
        return {
            "token": self.world.app.verification_token,
            "api_app_id": self.world.app.id,
            "team": team,
            "user": user,
            "enterprise": organisation,
            "is_enterprise_install": False,
        }

    def _at(self, workspace: Workspace, channel: Channel, member: Member, on: Message | None) -> Payload:
        name = "directmessage" if channel.kind == "im" else channel.name
        url = self.world.response_url(workspace, channel, member.id, on)
        return {"channel": {"id": channel.id, "name": name}, "response_url": url}

    def _action(self, place: Place, state: State) -> Payload:
        """One element of ``actions``: what it is, what is on it, and what it says now."""
        element = place.element
        block, name = place.names
        kept = ("type", "action_id", "text", "value", "style", "placeholder")
        action: Payload = {key: element[key] for key in kept if key in element}
        kind = element["type"]
        if kind in ENTERED:
            action |= state.get(block, {}).get(name, {})
        elif kind == "overflow":
            action["selected_option"] = state[block][name]["selected_option"]
        return action | {"block_id": block, "action_ts": self.world.stamps.next()}

    def press_in_message(
        self, workspace: Workspace, channel: Channel, member: Member, on: Message, place: Place,
        state: State, sending: Sending = ONCE,
    ) -> Delivery:  # fmt: skip
        payload: Payload = {"type": "block_actions", **self._who(workspace, member)}
        payload |= self._at(workspace, channel, member, on)
        container = {"type": "message", "message_ts": on.ts, "channel_id": channel.id}
        return self._send(
            "interactive",
            payload
            | {
                "container": container | {"is_ephemeral": on.only_for is not None},
                "trigger_id": self.world.trigger(member.id, workspace),
                "message": on.payload(),
                "state": {"values": filled(on.blocks, state)},
                "actions": [self._action(place, state)],
            },
            sending,
        )

    def press_in_view(self, member: Member, view: View, place: Place, sending: Sending = ONCE) -> Delivery:
        return self._send(
            "interactive",
            {
                "type": "block_actions",
                **self._who(view.workspace, member),
                "container": {"type": "view", "view_id": view.payload["id"]},
                "trigger_id": self.world.trigger(member.id, view.workspace, view.payload["id"]),
                "view": view.payload,
                "actions": [self._action(place, view.payload["state"]["values"])],
            },
            sending,
        )

    def submit(self, member: Member, view: View, sending: Sending = ONCE) -> Delivery:
        trigger = self.world.trigger(member.id, view.workspace, view.payload["id"])
        about = {"trigger_id": trigger, "view": view.payload, "response_urls": []}
        who = self._who(view.workspace, member)
        return self._send("interactive", {"type": "view_submission", **who, **about}, sending)

    def closed(self, member: Member, view: View, *, all_of_them: bool, sending: Sending = ONCE) -> Delivery:
        about = {"view": view.payload, "is_cleared": all_of_them}
        who = self._who(view.workspace, member)
        return self._send("interactive", {"type": "view_closed", **who, **about}, sending)

    def shortcut(
        self, workspace: Workspace, member: Member, callback_id: str, channel: Channel | None = None,
        on: Message | None = None, sending: Sending = ONCE,
    ) -> Delivery:  # fmt: skip
        """A global shortcut, or with ``on`` a message shortcut."""
        payload: Payload = {"type": "shortcut", **self._who(workspace, member), "callback_id": callback_id}
        payload |= {"action_ts": self.world.stamps.next()}
        payload["trigger_id"] = self.world.trigger(member.id, workspace)
        if on is not None and channel is not None:
            payload |= {"type": "message_action", "message_ts": on.ts, "message": on.payload()}
            payload |= self._at(workspace, channel, member, on)
        return self._send("interactive", payload, sending)

    def command(
        self,
        workspace: Workspace,
        channel: Channel,
        member: Member,
        command: str,
        text: str,
        sending: Sending,
    ) -> Delivery:
        payload: Payload = {
            "token": self.world.app.verification_token,
            "team_id": workspace.id,
            "team_domain": workspace.domain,
            "channel_id": channel.id,
            "channel_name": "directmessage" if channel.kind == "im" else channel.name,
            "user_id": member.id,
            "user_name": member.name,
            "command": command,
            "text": text,
            "api_app_id": self.world.app.id,
            "is_enterprise_install": "false",
            "response_url": self.world.response_url(workspace, channel, member.id, None),
            "trigger_id": self.world.trigger(member.id, workspace),
        }
        if workspace.enterprise_id:
            payload |= {"enterprise_id": workspace.enterprise_id, "enterprise_name": workspace.enterprise_id}
        return self._send("slash_commands", payload, sending)

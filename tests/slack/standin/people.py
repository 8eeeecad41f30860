"""A person in front of Slack: writes, presses, fills in, and sees what is on the screen.
Every action waits until the app has been told once (or three seconds have passed), as a person would notice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.slack.standin.answers import answer_at, answer_submission
from tests.slack.standin.files import file_payload
from tests.slack.standin.forms import NotPossibleError, Place, State, enter, find, gaps, places
from tests.slack.standin.ledger import Delivery
from tests.slack.standin.seen import Seen, controls, seen, words
from tests.slack.standin.wire import Payload, Refused, shown, typed, typed_blocks
from tests.slack.standin.workspace import Channel, Member, Message, Workspace
from tests.slack.standin.world import LOST, ONCE, Sending, Upload, View

if TYPE_CHECKING:
    from tests.slack.standin.server import Slack


@dataclass(frozen=True)
class Did:
    """What came of an action. ``trouble`` is the error Slack shows to the person; empty if all went well."""

    delivery: Delivery
    ts: str = ""
    errors: dict[str, str] = field(default_factory=dict)  # of a form, by the label of its box
    trouble: str = ""


class Human:
    """One member of a workspace, at the keyboard."""

    def __init__(self, slack: Slack, workspace: Workspace, member: Member) -> None:
        self._slack, self.workspace, self.member = slack, workspace, member
        self._entered: dict[str, State] = {}  # what was filled into messages and not yet sent

    @property
    def id(self) -> str:
        return self.member.id

    @property
    def channel(self) -> Channel:
        """The direct messages with the app."""
        return self._slack.world.direct(self.workspace, self.id)

    # --- writing ---------------------------------------------------------------------------------------

    def says(
        self, text: str, *, thread: str | None = None, channel: Channel | None = None, sending: Sending = ONCE
    ) -> Did:
        """Writes a message, in the direct messages if no channel is named."""
        return self._write(
            Message("", self.id, typed(text), self.workspace.id, thread_ts=thread), channel, sending
        )

    def shares_file(self, name: str, text: str = "", *, sending: Sending = ONCE) -> Did:
        """Drops a file into the direct messages; the app is told as file_share."""
        address = f"{self._slack.address}/files-pri/{name}"
        file = file_payload(Upload(self._slack.world.name("F"), name, 42_706, name), self.id)
        file |= {"url_private": address, "url_private_download": address}
        message = Message("", self.id, typed(text), self.workspace.id, files=[file], subtype="file_share")
        return self._write(message, None, sending)

    def mentions(self, channel: Channel, text: str, *, sending: Sending = ONCE) -> Did:
        """Writes to the app in a channel: it is told once as a message and once as a mention."""
        message = Message("", self.id, f"<@{self.workspace.bot.id}> {typed(text)}", self.workspace.id)
        did = self._write(message, channel, sending)
        event = self._slack.events.mention(channel, message)
        return Did(self._slack.do(lambda: self._slack.events.tell(self.workspace, event, sending)), did.ts)

    def _write(self, message: Message, channel: Channel | None, sending: Sending) -> Did:
        world = self._slack.world

        def write() -> Delivery:
            where = channel or self.channel
            message.ts, message.client_msg_id = world.stamps.next(), world.name("client-")
            if message.text:
                message.blocks = typed_blocks(shown(message.text), world.name("b"))
            where.messages.append(message)
            event = self._slack.events.message(where, message, self.member)
            told = self.workspace.bot.id in where.members
            return self._slack.events.tell(self.workspace, event, sending if told else LOST)

        delivery = self._slack.do(write)
        return Did(delivery, message.ts)

    def edits(self, ts: str, text: str, *, sending: Sending = ONCE) -> Did:
        """Changes a message of their own."""
        message, world = self._own(ts), self._slack.world

        def edit() -> Delivery:
            before = message.payload()
            message.text, message.blocks = typed(text), typed_blocks(text, world.name("b"))
            message.edited = {"user": self.id, "ts": world.stamps.next()}
            event = world.change_event(self.channel, message, before)
            return self._slack.events.tell(self.workspace, event, sending)

        return Did(self._slack.do(edit), ts)

    def link_unfurls(self, ts: str, *, sending: Sending = ONCE) -> Did:
        """Slack adds a preview to a message of theirs: message_changed, although no word was changed."""
        message, world = self._own(ts), self._slack.world

        def unfurl() -> Delivery:
            before = message.payload()
            message.attachments = [{"id": 1, "fallback": "A page", "title": "A page"}]
            event = world.change_event(self.channel, message, before)
            return self._slack.events.tell(self.workspace, event, sending)

        return Did(self._slack.do(unfurl), ts)

    def deletes(self, ts: str, *, sending: Sending = ONCE) -> Did:
        """Takes a message of their own away."""
        message = self._own(ts)

        def delete() -> Delivery:
            self.channel.messages.remove(message)
            event = self._slack.world.delete_event(self.channel, message)
            return self._slack.events.tell(self.workspace, event, sending)

        return Did(self._slack.do(delete), ts)

    def _own(self, ts: str) -> Message:
        message = self.channel.find(ts)
        if message is None or message.user != self.id:
            raise NotPossibleError(f"{self.member.name} has no message {ts}")
        return message

    def command(self, line: str, *, channel: Channel | None = None, sending: Sending = ONCE) -> Did:
        """``/coach pause``. What the app answers is shown; if it does not, Slack says so."""
        name, _, text = line.partition(" ")
        where, act = channel or self.channel, self._slack.interactions
        delivery = self._slack.do(
            lambda: act.command(self.workspace, where, self.member, name, typed(text), sending)
        )
        if not delivery.acknowledged:
            timed_out = any(each.reason in ("http_timeout", "timeout") for each in delivery.attempts)
            why = "operation_timeout" if timed_out else "dispatch_failed"
            return Did(delivery, trouble=f"{name} failed with the error {why}")
        url = self._slack.world.response_urls[delivery.payload["response_url"].rpartition("/")[2]]
        if delivery.answer:
            self._slack.call(lambda: answer_at(self._slack.world, url, delivery.answer))
        return Did(delivery)

    # --- pressing and filling in -----------------------------------------------------------------------

    def presses(
        self, label: str, *, on: str | None = None, home: bool = False, sending: Sending = ONCE
    ) -> Did:
        """Presses a button (or an entry of an overflow menu): in the open modal, on the Home tab, or on the
        newest message that has it; ``on`` names the message."""
        place, where, chosen = self._reach(label, on, home, _pressable)
        state: State = self._state(where)
        if chosen is not None:
            block, name = place.names
            state = {**state, block: {name: {"type": "overflow", "selected_option": chosen}}}
        return self._act(place, where, state, sending)

    def chooses(self, label: str, option: Any, *, on: str | None = None, home: bool = False) -> Did:
        """Picks from a menu, a date or boxes that tell the app at once."""
        place, where, _ = self._reach(label, on, home, _fillable)
        state = self._state(where)
        enter(state, place, option)
        return self._act(place, where, state, ONCE)

    def fills(self, values: dict[str, Any], *, on: str | None = None, home: bool = False) -> None:
        """Fills boxes in by their labels; nothing is sent before a button or the form is."""
        for label, value in values.items():
            place, where, _ = self._reach(label, on, home, _fillable)
            enter(self._state(where), place, value)

    def _state(self, where: Message | View) -> State:
        if isinstance(where, View):
            state: State = where.payload["state"]["values"]
            return state
        return self._entered.setdefault(where.ts, {})

    def _act(self, place: Place, where: Message | View, state: State, sending: Sending) -> Did:
        act = self._slack.interactions
        if isinstance(where, View):
            delivery = self._slack.do(lambda: act.press_in_view(self.member, where, place, sending))
            return Did(delivery, trouble=_trouble(delivery))
        delivery = self._slack.do(
            lambda: act.press_in_message(
                self.workspace, self.channel, self.member, where, place, state, sending
            )
        )
        return Did(delivery, where.ts, trouble=_trouble(delivery))

    def _reach(
        self, label: str, on: str | None, home: bool, finds: Callable[[list[Payload], str], _Found]
    ) -> tuple[Place, Message | View, Payload | None]:
        looked: list[Message | View] = []
        if home:
            looked += [view] if (view := self._home()) else []
        elif on is None and (modal := self.modal) is not None:
            looked.append(modal)
        else:
            looked += [each for each in reversed(self._visible()) if on in (None, each.ts)]
        for where in looked:
            blocks = where.payload["blocks"] if isinstance(where, View) else where.blocks
            found = finds(blocks, label)
            if found is not None:
                return found[0], where, found[1]
        raise NotPossibleError(f"nothing here is called {label!r}")

    # --- modals and Home -------------------------------------------------------------------------------

    @property
    def modal(self) -> View | None:
        """The modal on top, if one is open."""
        stack = self._slack.world.stacks.get(self.id)
        return self._slack.world.views[stack[-1]] if stack else None

    def submits(self, *, sending: Sending = ONCE) -> Did:
        """Sends the open form. NotPossibleError where Slack's own client would not let a person do it."""
        view, act = self._open_modal(), self._slack.interactions
        missing = gaps(view.payload["blocks"], view.payload["state"]["values"])
        if missing or view.payload["submit"] is None:
            raise NotPossibleError(f"the form cannot be sent: {missing or 'it has no button'}")
        delivery = self._slack.do(lambda: act.submit(self.member, view, sending))
        if not delivery.acknowledged:
            return Did(delivery, trouble=_trouble(delivery))
        try:
            wrong = self._slack.call(lambda: answer_submission(self._slack.world, view, delivery.answer))
        except Refused as no:
            return Did(delivery, trouble=f"We had some trouble connecting. Try again? ({no.error})")
        labels = {
            block["block_id"]: block.get("label", {}).get("text", "") for block in view.payload["blocks"]
        }
        return Did(delivery, errors={labels[block]: why for block, why in wrong.items()})

    def closes(self, *, all_of_them: bool = False) -> Did | None:
        """Closes the modal on top, or all; the app is told if it asked to be."""
        view, stack = self._open_modal(), self._slack.world.stacks[self.id]
        everything = all_of_them or view.payload["clear_on_close"]
        del stack[0 if everything else -1 :]
        if not view.payload["notify_on_close"]:
            return None
        act = self._slack.interactions
        return Did(self._slack.do(lambda: act.closed(self.member, view, all_of_them=everything)))

    def _open_modal(self) -> View:
        if self.modal is None:
            raise NotPossibleError("no modal is open")
        return self.modal

    def _home(self) -> View | None:
        return self._slack.world.views.get(self._slack.world.homes.get(self.id, ""))

    def opens_home(self, tab: str = "home", *, sending: Sending = ONCE) -> Did:
        """Opens the app's page; ``tab`` may be "messages"."""
        tell = self._slack.events
        event = tell.home(self.id, self.channel, tab)
        return Did(self._slack.do(lambda: tell.tell(self.workspace, event, sending)))

    def shortcut(self, callback_id: str, *, on: str | None = None, sending: Sending = ONCE) -> Did:
        """Picks a global shortcut, or one of a message's menu."""
        message = None if on is None else self.channel.find(on)
        act = self._slack.interactions
        where = self.channel
        delivery = self._slack.do(
            lambda: act.shortcut(self.workspace, self.member, callback_id, where, message, sending)
        )
        return Did(delivery, trouble=_trouble(delivery))

    # --- the account -----------------------------------------------------------------------------------

    def changes(self, *, sending: Sending = ONCE, **fields: Any) -> Did:
        """Moves to another zone, gets another name, becomes a guest, leaves (deleted=True): user_change."""
        for name, value in fields.items():
            if not hasattr(self.member, name):
                raise AttributeError(name)
            setattr(self.member, name, value)
        event = self._slack.events.about("user_change", self.member)
        return Did(self._slack.do(lambda: self._slack.events.tell(self.workspace, event, sending)))

    # --- seeing ----------------------------------------------------------------------------------------

    def _visible(self) -> list[Message]:
        return [each for each in self.channel.messages if each.only_for in (None, self.id)]

    def sees(self) -> list[Seen]:
        """The direct messages as they stand on the screen, oldest first, threads in between."""
        return [seen(each, self.workspace.bot.id) for each in self._visible()]

    def sees_modal(self) -> Seen | None:
        """The modal on top: its title and words, buttons and boxes."""
        return None if self.modal is None else _as_seen(self.modal)

    def sees_home(self) -> Seen | None:
        """What is published on the Home tab."""
        view = self._home()
        return None if view is None else _as_seen(view)

    def transcript(self) -> str:
        """The conversation as text: the person's lines after ``>``, buttons in brackets below the app's."""
        return "\n".join(str(each) for each in self.sees())

    def reloads(self) -> None:
        """Loads Slack anew; ephemeral messages are gone then."""
        self.channel.messages[:] = [each for each in self.channel.messages if each.only_for is None]


_Found = tuple[Place, Payload | None] | None


def _pressable(blocks: list[Payload], label: str) -> _Found:
    for place in places(blocks):
        if place.element["type"] == "button" and label in (place.label, place.element["action_id"]):
            return place, None
        for each in place.element["options"] if place.element["type"] == "overflow" else ():
            if each["text"]["text"] == label:
                return place, each
    return None


def _fillable(blocks: list[Payload], label: str) -> _Found:
    found = find(blocks, label)
    return None if found is None or found.element["type"] in ("button", "overflow") else (found, None)


def _trouble(delivery: Delivery) -> str:
    if delivery.acknowledged or delivery.held:
        return ""
    return "We had some trouble connecting. Try again?"


def _as_seen(view: View) -> Seen:
    buttons, boxes = controls(view.payload["blocks"])
    title = view.payload["title"]["text"] if view.payload["title"] else ""
    named = [view.payload[name]["text"] for name in ("submit", "close") if view.payload[name]]
    text = "\n".join(filter(None, (shown(title), words(view.payload["blocks"]))))
    return Seen(view.payload["id"], True, text, (*buttons, *named), boxes)

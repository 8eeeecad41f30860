"""What can be filled in and pressed: boxes and buttons in blocks, and how Slack writes down what was chosen.
Here a person's limits are held too, such as a box that must not stay empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.slack.standin.wire import Payload

# How the state of an element says what was entered, and the name under which it starts.
ENTERED = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "file_input": ("files", "files"),
}
_LISTS = {"multi_static_select", "checkboxes", "multi_users_select", "file_input"}
State = dict[str, dict[str, Payload]]


class NotPossibleError(AssertionError):
    """What a person in Slack could not do: press what is not there, send a form with a gap."""


@dataclass(frozen=True)
class Place:
    """One element where it stands. ``label`` is what a person reads on it or above it."""

    block: Payload
    element: Payload
    label: str

    @property
    def names(self) -> tuple[str, str]:
        return self.block["block_id"], self.element["action_id"]


def places(blocks: list[Payload]) -> Iterator[Place]:
    """Everything in the blocks that can be pressed or filled in, from the top."""
    for block in blocks:
        if block["type"] == "input":
            yield Place(block, block["element"], block["label"]["text"])
        inside = block.get("elements", []) if block["type"] == "actions" else [block.get("accessory")]
        for element in inside:
            if element and "action_id" in element:
                label = element.get("text") or element.get("placeholder") or {"text": element["action_id"]}
                yield Place(block, element, label["text"])


def starting_values(blocks: list[Payload]) -> State:
    """The state of a form nobody has touched."""
    state: State = {}
    for place in places(blocks):
        kind = place.element["type"]
        if kind in ENTERED:
            name, initial = ENTERED[kind]
            empty: Any = [] if kind in _LISTS else None
            block, element = place.names
            state.setdefault(block, {})[element] = {"type": kind, name: place.element.get(initial, empty)}
    return state


def filled(blocks: list[Payload], entered: State) -> State:
    """The state of a form somebody has been at: what they entered, and the rest as it began."""
    state = starting_values(blocks)
    for block, values in state.items():
        values |= {name: entered[block][name] for name in values if name in entered.get(block, {})}
    return state


def find(blocks: list[Payload], label: str) -> Place | None:
    """The element a person would reach for by this label (or by its action_id)."""
    return next((each for each in places(blocks) if label in (each.label, each.element["action_id"])), None)


def enter(state: State, place: Place, value: Any) -> None:
    """Fill one element in as a person does: text into boxes, labels for choices."""
    kind = place.element["type"]
    name = ENTERED[kind][0]
    if name == "selected_option":
        value = option(place.element, value)
    elif name == "selected_options":
        value = [option(place.element, each) for each in value]
    elif name == "value":
        value = str(value) if value not in (None, "") else None
    block, element = place.names
    state.setdefault(block, {})[element] = {"type": kind, name: value}


def option(element: Payload, label: str) -> Payload:
    """The option with this label."""
    groups = element.get("option_groups") or [{"options": element.get("options", [])}]
    found: list[Payload] = [each for group in groups for each in group["options"]]
    for each in found:
        if label in (each["text"]["text"], each["value"]):
            return each
    raise NotPossibleError(f"there is no choice {label!r}: {[each['text']['text'] for each in found]}")


def gaps(blocks: list[Payload], state: State) -> list[str]:
    """What Slack's own client would not send: empty boxes, too short or long text, numbers out of bounds."""
    found = []
    for place in places(blocks):
        if place.block["type"] != "input":
            continue
        block, element = place.names
        entered = state.get(block, {}).get(element, {})
        value = entered.get(ENTERED[place.element["type"]][0])
        if value in (None, "", []):
            if not place.block.get("optional"):
                found.append(f"{place.label}: must be filled in")
            continue
        found += [f"{place.label}: {why}" for why in _out_of_bounds(place.element, value)]
    return found


def _out_of_bounds(element: Payload, value: Any) -> Iterator[str]:
    if element["type"] == "plain_text_input":
        if len(value) < element.get("min_length", 0):
            yield "too short"
        if len(value) > element.get("max_length", 3000):
            yield "too long"
    if element["type"] == "number_input":
        try:
            number = float(value)
        except ValueError:
            yield "not a number"
            return
        if not element["is_decimal_allowed"] and number != int(number):
            yield "not a whole number"
        if not float(element.get("min_value", number)) <= number <= float(element.get("max_value", number)):
            yield "out of bounds"

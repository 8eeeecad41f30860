"""Modals and Home tabs: opened by a fresh trigger, pushed on one another, updated, published.
Rules: docs.slack.dev/reference/methods/views.open and its neighbours, and surfaces/modals.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from tests.slack.standin.block_check import check_view
from tests.slack.standin.blocks import STACKED_MODALS
from tests.slack.standin.chat import named_blocks
from tests.slack.standin.forms import filled, starting_values
from tests.slack.standin.ledger import Shown
from tests.slack.standin.methods import Asked, method
from tests.slack.standin.wire import Payload, Refused, refused_arguments
from tests.slack.standin.workspace import Workspace
from tests.slack.standin.world import Trigger, View, World


@method("views.open", 4)
def open_(asked: Asked) -> Payload:
    view = _given(asked, "modal")
    trigger = spend(asked.world, asked.text("trigger_id"))
    made = show(asked.world, trigger.workspace, trigger.user, view, "open")
    asked.world.stacks[trigger.user] = [made.payload["id"]]
    return {"view": made.payload}


@method("views.push", 4)
def push(asked: Asked) -> Payload:
    view = _given(asked, "modal")
    trigger = spend(asked.world, asked.text("trigger_id"))
    stack = asked.world.stacks.get(trigger.user, [])
    if trigger.view_id not in stack:
        raise Refused("not_found")
    if len(stack) >= STACKED_MODALS:
        raise Refused("push_limit_reached")
    made = show(asked.world, trigger.workspace, trigger.user, view, "push", below=stack[-1])
    stack.append(made.payload["id"])
    return {"view": made.payload}


@method("views.update", 4)
def update(asked: Asked) -> Payload:
    world = asked.world
    given, external = asked.maybe("view_id"), asked.maybe("external_id")
    if not given and not external:
        raise refused_arguments("missing required field: view_id")
    by_name = (each for each in world.views.values() if external and each.payload["external_id"] == external)
    found = world.views.get(given) if given else next(by_name, None)
    if found is None:
        raise Refused("not_found")
    view = _given(asked, found.payload["type"])
    same_state(found.payload, asked.maybe("hash"))
    return {"view": replace(world, found, view)}


@method("views.publish", 4)
def publish(asked: Asked) -> Payload:
    user = asked.text("user_id")
    view = _given(asked, "home")
    found = asked.world.member(asked.grant, user)
    if found is None:
        raise refused_arguments("invalid `user_id`")
    before = asked.world.views.get(asked.world.homes.get(user, ""))
    if before is not None:
        same_state(before.payload, asked.maybe("hash"))
        return {"view": replace(asked.world, before, view, "publish")}
    if asked.maybe("hash"):
        raise Refused("hash_conflict")
    made = show(asked.world, found[0], user, view, "publish")
    asked.world.homes[user] = made.payload["id"]
    return {"view": made.payload}


# --- what interactions need too ----------------------------------------------------------------------


def _given(asked: Asked, kind: str) -> Any:
    view = asked.structure("view", "invalid_arguments")
    if view is None:
        raise refused_arguments("missing required field: view")
    check_view(view, kind)
    return view


def spend(world: World, trigger_id: str) -> Trigger:
    """The trigger, which works once and for three seconds."""
    trigger = world.triggers.get(trigger_id)
    if trigger is None:
        raise Refused("invalid_trigger_id")
    if trigger.spent:
        raise Refused("exchanged_trigger_id")
    if world.timing.now() - trigger.at > world.timing.trigger_seconds:
        raise Refused("expired_trigger_id")
    trigger.spent = True
    return trigger


def same_state(view: Payload, hash_: str | None) -> None:
    if hash_ and hash_ != view["hash"]:
        raise Refused("hash_conflict")


def show(
    world: World, workspace: Workspace, user: str, view: Payload, how: str, below: str | None = None
) -> View:
    """A new view before a person's eyes."""
    external = view.get("external_id") or ""
    if external and any(each.payload["external_id"] == external for each in world.views.values()):
        raise Refused("duplicate_external_id")
    name = world.name("V")
    payload = {
        "id": name,
        "team_id": workspace.id,
        "app_id": world.app.id,
        "app_installed_team_id": workspace.id,
        "bot_id": workspace.bot_id,
        "previous_view_id": below,
        "root_view_id": world.views[below].payload["root_view_id"] if below else name,
        **_content(world, view),
    }
    made = View(payload, user, workspace)
    world.views[name] = made
    world.ledger.note(Shown(world.timing.now(), how, user, deepcopy(payload)))
    return made


def replace(world: World, view: View, new: Payload, how: str = "update") -> Payload:
    """New content in a view; what was filled in stays where block and element are the same."""
    entered = view.payload["state"]["values"]
    view.payload |= _content(world, new)
    view.payload["state"]["values"] = filled(view.payload["blocks"], entered)
    world.ledger.note(Shown(world.timing.now(), how, view.user, deepcopy(view.payload)))
    return view.payload


def _content(world: World, view: Payload) -> Payload:
    blocks = named_blocks(world, view["blocks"])
    return {
        "type": view["type"],
        "blocks": blocks,
        "title": view.get("title"),
        "submit": view.get("submit"),
        "close": view.get("close"),
        "private_metadata": view.get("private_metadata", ""),
        "callback_id": view.get("callback_id", ""),
        "external_id": view.get("external_id", ""),
        "clear_on_close": view.get("clear_on_close", False),
        "notify_on_close": view.get("notify_on_close", False),
        "state": {"values": starting_values(blocks)},
        "hash": f"{int(world.timing.now())}.{world.name('h')}",
    }

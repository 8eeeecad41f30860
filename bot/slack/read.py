"""Reads what Slack delivers: events, presses, windows, commands. What is not for us, or was not made by us,
is None; a payload that is broken is None too, for nobody can answer it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.incoming import Token, clean
from bot.slack import blocks, home, modals
from bot.slack.events import (
    Acted,
    Checks,
    Commanded,
    Deleted,
    Did,
    Elsewhere,
    Filled,
    Opened,
    Pressed,
    Unopened,
    WantsBoxes,
    Who,
    Wished,
    Wrote,
)
from bot.slack.modals import Box, Place
from bot.slack.text import opened, typed, unescape
from coaching.reflexes import Reflex

Payload = Mapping[str, Any]

# What a person writes comes with none of these, or with one of these subtypes.
_WRITTEN = frozenset({"", "thread_broadcast", "me_message", "file_share"})
_OURS = ("coach.", "owner.")
SHORTCUT_CHECK, SHORTCUT_WRONG, SHORTCUT_PERSON = "check_message", "wish_wrong", "wish_person"
_GLOBAL = {SHORTCUT_WRONG: Reflex.WRONG, SHORTCUT_PERSON: Reflex.PERSON}


def event(payload: Payload, bot_user: str = "") -> Did | None:
    """What an ``event_callback`` says a person did. ``bot_user`` is the coach's own id there."""
    inner = _map(payload.get("event"))
    team = _str(payload.get("team_id")) or _str(inner.get("team"))
    match inner.get("type"):
        case "message":
            return _message(inner, team, _str(payload.get("enterprise_id")), bot_user)
        case "app_mention":
            who = _who_wrote(inner, team, _str(payload.get("enterprise_id")))
            there = inner.get("channel"), inner.get("ts")
            return Elsewhere(who, *map(_str, there)) if who.user and not inner.get("bot_id") else None
        case "app_home_opened" if inner.get("tab", "home") == "home":
            return Opened(_who_wrote(inner, team, _str(payload.get("enterprise_id"))))
        case _:
            return None


def interaction(payload: Payload) -> Did | None:
    """What a press, a window or a shortcut says a person did."""
    who = _who(payload)
    if not who.user:
        return None
    match payload.get("type"):
        case "block_actions":
            acted = [_map(each) for each in _list(payload.get("actions"))]
            return _press(payload, acted[0], who) if acted else None
        case "view_submission":
            return _filled(payload, who)
        case "message_action" if payload.get("callback_id") == SHORTCUT_CHECK:
            text = typed(_str(_map(payload.get("message")).get("text")))
            return Checks(who, text, _str(payload.get("trigger_id")))
        case "shortcut" if (reflex := _GLOBAL.get(_str(payload.get("callback_id")))) is not None:
            key = f"{who.team}/shortcut/{_str(payload.get('action_ts'))}/{who.user}"
            return Wished(who, key, reflex, modals.NOWHERE)
        case _:
            return None


def command(payload: Payload) -> Commanded | None:
    """What was written behind ``/coach``."""
    who = Who(*(_str(payload.get(each)) for each in ("team_id", "user_id", "enterprise_id")))
    trigger, channel = _str(payload.get("trigger_id")), _str(payload.get("channel_id"))
    if not who.user or not trigger:
        return None
    text = clean(typed(_str(payload.get("text"))))
    return Commanded(who, f"{who.team}/command/{trigger}", text, trigger, channel)


def echoed(given: Sequence[Payload]) -> list[dict[str, Any]]:
    """Blocks as Slack hands them back, as we sent them: its escapes undone, its own ids left out.

    Plain text comes back escaped (github.com/slackapi/bolt-python/issues/513); rich text does not.
    """
    return [_restored({key: value for key, value in block.items() if key != "block_id"}) for block in given]


# --- events --------------------------------------------------------------------------------------------


def _message(inner: Payload, team: str, enterprise: str, bot_user: str) -> Did | None:
    subtype, channel = _str(inner.get("subtype")), _str(inner.get("channel"))
    # An edit does not always say what kind of chat it was in; the private ones begin with D.
    if _str(inner.get("channel_type")) not in ("im", "") or not channel.startswith("D"):
        return None
    if subtype == "message_changed":
        return _changed(inner, team, enterprise, bot_user)
    if subtype == "message_deleted":
        return _taken_back(_map(inner.get("previous_message")), inner, team, enterprise)
    if subtype not in _WRITTEN or not _is_a_persons(inner, bot_user):
        return None
    who, ts = _who_wrote(inner, team, enterprise), _str(inner.get("ts"))
    text = clean(typed(_str(inner.get("text")), bot_user))
    key = _key(team, channel, ts)
    if inner.get("files") or subtype == "file_share":
        return Unopened(who, key, channel, ts, text)
    return Wrote(who, key, channel, ts, text) if text and ts else None


def _changed(inner: Payload, team: str, enterprise: str, bot_user: str) -> Did | None:
    """An edit, if it changed the text: Slack says "changed" of a link's preview as well."""
    now, before, channel = _map(inner.get("message")), inner.get("previous_message"), inner.get("channel")
    if now.get("subtype") == "tombstone":
        return _taken_back(_map(before), inner, team, enterprise)
    edited = _str(_map(now.get("edited")).get("ts"))
    if not edited or not _is_a_persons(now, bot_user):
        return None
    if isinstance(before, Mapping) and before.get("text") == now.get("text"):
        return None
    text, ts = clean(typed(_str(now.get("text")), bot_user)), _str(now.get("ts"))
    if not text or not ts:
        return None
    first = _key(team, _str(channel), ts)
    who = _who_wrote(now, team, enterprise)
    return Wrote(who, f"{first}/{edited}", _str(channel), ts, text, edited=True, of=first)


def _taken_back(before: Payload, inner: Payload, team: str, enterprise: str) -> Deleted | None:
    ts = _str(inner.get("deleted_ts")) or _str(before.get("ts"))
    if not ts or not _is_a_persons(before, ""):
        return None
    channel = _str(inner.get("channel"))
    of = _key(team, channel, ts)
    return Deleted(_who_wrote(before, team, enterprise), f"{of}/deleted", of, channel)


def _is_a_persons(message: Payload, bot_user: str) -> bool:
    user = _str(message.get("user"))
    return bool(user) and user != (bot_user or None) and not message.get("bot_id")


def _who_wrote(message: Payload, team: str, enterprise: str) -> Who:
    home_team = _str(message.get("user_team")) or _str(message.get("source_team"))
    return Who(team, _str(message.get("user")), enterprise, home_team)


def _key(team: str, channel: str, ts: str) -> str:
    return f"{team}/{channel}/{ts}"


# --- presses and windows -------------------------------------------------------------------------------


def _who(payload: Payload) -> Who:
    user, team = _map(payload.get("user")), _map(payload.get("team"))
    enterprise = _map(payload.get("enterprise"))
    there = _str(team.get("id")) or _str(user.get("team_id"))
    within = _str(team.get("enterprise_id")) or _str(enterprise.get("id"))
    return Who(there, _str(user.get("id")), within, _str(user.get("team_id")))


def _press(payload: Payload, act: Payload, who: Who) -> Did | None:
    """The first action decides: Slack sends one at a time."""
    action, container = _str(act.get("action_id")), _map(payload.get("container"))
    message = _map(payload.get("message"))
    channel = _str(_map(payload.get("channel")).get("id")) or _str(container.get("channel_id"))
    place = Place(channel, _str(container.get("message_ts")) or _str(message.get("ts")))
    at = place.ts or f"view/{_str(_map(payload.get('view')).get('id'))}"
    key = f"{who.team}/{place.channel}/{at}/{_str(act.get('action_ts'))}/{who.user}"
    chosen = _map(act.get("selected_option"))
    value = opened(_str(chosen.get("value")) or _str(act.get("value")))
    label = unescape(_str(_map(chosen.get("text") or act.get("text")).get("text")))
    kind, _, rest = action.partition(".")
    match kind:
        case blocks.ALWAYS | home.WISH:
            return Wished(who, key, Reflex(value), place) if value in set(Reflex) else None
        case blocks.FORM:
            return _wants_boxes(value, message, who, _str(payload.get("trigger_id")), place)
        case blocks.ANSWER | blocks.CHOICE:
            token = Token.read(f"{opened(rest)}.{value}" if kind == blocks.CHOICE else value)
            if token is None:
                return None
            stood = echoed([_map(each) for each in _list(message.get("blocks"))])
            return Pressed(who, key, token, label, place, tuple(stood))
        case _ if action.startswith(_OURS):
            return Acted(who, key, action, value, _str(payload.get("trigger_id")), place)
        case _:
            return None


def _wants_boxes(value: str, message: Payload, who: Who, trigger: str, place: Place) -> WantsBoxes | None:
    try:
        token, *named = json.loads(value)
        boxes = tuple(Box(str(name), str(label)) for name, label in named)
    except (ValueError, TypeError):
        return None
    question = blocks.shown(echoed([_map(each) for each in _list(message.get("blocks"))]))
    return WantsBoxes(who, str(token), question, boxes, trigger, place)


def _filled(payload: Payload, who: Who) -> Filled | None:
    view = _map(payload.get("view"))
    try:
        carried = _map(json.loads(opened(_str(view.get("private_metadata")))))
    except ValueError:
        return None
    callback = _str(view.get("callback_id"))
    if callback not in (modals.FORM, modals.COACH_LINE, modals.OWNER, modals.CHECK):
        return None
    values = _map(_map(view.get("state")).get("values"))
    fields = {
        str(name): clean(_entered(_map(each)))
        for inputs in values.values()
        for name, each in _map(inputs).items()
    }
    key = f"{who.team}/view/{_str(view.get('id'))}/{who.user}"
    place = Place(_str(carried.get("channel")), _str(carried.get("ts")))
    return Filled(who, key, callback, _str(carried.get("of")), fields, place)


def _entered(state: Payload) -> str:
    """What stands in one box; what was typed into a window is not escaped."""
    chosen = _map(state.get("selected_option"))
    return _str(state.get("value")) or _str(state.get("selected_date")) or _str(chosen.get("value"))


def _restored(given: Any) -> Any:
    if isinstance(given, Mapping):
        restored = {key: _restored(value) for key, value in given.items()}
        if given.get("type") == "plain_text" and isinstance(given.get("text"), str):
            restored["text"] = unescape(given["text"])
        return restored
    return [_restored(each) for each in given] if isinstance(given, list) else given


def _str(value: object) -> str:
    return value if isinstance(value, str) else ""


def _map(value: object) -> Payload:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()

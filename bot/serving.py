"""The service put together from its settings: what listens, what speaks, what does what is due.

It runs until it is told to stop, and then finishes what it has in hand.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot import serve
from bot.alerts import Alerts, Route, Webhook
from bot.answerer import ALERT, MODEL, Answerers
from bot.around.chat_alert import ChatAlert
from bot.channel import Channel
from bot.clock import SystemClock
from bot.own.links import Links
from bot.own.pages import OwnPages
from bot.settings import Settings
from bot.worker import HomeTabs, Worker
from prompts.words import Words
from storage.store import Store

# Lines that are sent side by side: a platform answers in some tenths of a second, and fifty managers may have
# answered at once.
HANDS = 6
# What is asked outside beside them: a model takes some seconds, and two hands are kept for alerts.
LOOKUPS = 8


def serve_until_stopped(settings: Settings, store: Store, say: Callable[[str], None]) -> None:
    """Run the service; ``say`` hears what an operator wants to know of it."""
    clock, words = SystemClock(), Words()
    if "," in settings.secret_key:
        store.keys.rewrap()  # the newest secret wraps every key; the former ones can go after this
    asked = None
    if settings.has_model:
        from bot.model.setting_up import model  # the vendor is loaded only where one is asked

        asked = model(settings, store, clock)
    platforms: dict[str, serve.Listening] = {}
    channels: dict[str, Channel] = {}
    homes: HomeTabs | None = None
    if settings.has_slack:
        from bot.slack.setting_up import slack  # each platform's kit is loaded only where it is used

        there = slack(settings, store, words, clock, None if asked is None else asked.gate)
        there.workspaces.open()
        platforms["slack"], channels["slack"], homes = there.app, there.channel, there.homes
    retention = timedelta(days=settings.retention_days)
    routes: list[Route] = [Webhook(settings.alert_webhook)] if settings.alert_webhook else []
    if channels:
        routes.append(ChatAlert(store, words, clock, channels))
    answerers: Answerers = {ALERT: Alerts(store, words, clock, routes, settings.public_url)}
    if asked is not None:
        answerers = {**answerers, MODEL: asked}
    hands = HANDS if channels else 1
    worker = Worker(
        store,
        words,
        clock,
        channels,
        retention=retention,
        answerers=answerers,
        translate=None if asked is None else asked.ask_beside,
        homes=homes,
        hands=hands,
        lookups=LOOKUPS,
        model=None if asked is None else asked.gate,
    )
    own = OwnPages(store, words, clock, Links(settings.secret_key, settings.public_url))
    tick = serve.Tick(worker)
    door = serve.listen(settings.host, settings.port)
    say(f"Serving health and the worker on {settings.host}, port {settings.port}.")
    if settings.public_url:
        say(f"Reached from outside at {settings.public_url}.")
    say(_who_listens(settings, platforms))
    if asked is not None:
        say(f"A model at {asked.endpoint.host} may be asked; docs/model.md says for what.")
    tick.start()
    try:
        pages = serve.pages(store, words, settings.database_url, clock, tick, platforms, own.routes())
        serve.answer(pages, door)
    finally:
        tick.stop()
        worker.close()
    say("Stopped; what was in hand is done.")


def _who_listens(settings: Settings, platforms: dict[str, serve.Listening]) -> str:
    if not platforms:
        return "No channel is configured, so nobody can talk to the coach here. To see it: unbadged try"
    way = "over a socket" if settings.slack_app_token else "over https at /slack/events"
    return f"Listening to Slack {way}."

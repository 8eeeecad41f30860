"""Puts Slack together from the settings: who listens, whose tokens speak, and in which of the two ways."""

from __future__ import annotations

from bot.clock import Clock
from bot.listening import Listener
from bot.settings import Settings, SettingsError
from bot.slack.app import SlackApp
from bot.slack.asking import OneWorkspace, WebApi
from bot.slack.catchup import CatchUp
from bot.slack.hearing import Hearing, threads_for
from bot.slack.identity import Identity
from prompts.words import Words
from storage.repository import Store


def what_is_missing(settings: Settings) -> str:
    """Which setting Slack still needs, and why; empty if none."""
    if not settings.slack_bot_token and not (settings.slack_client_id and settings.slack_client_secret):
        return "SLACK_BOT_TOKEN, the token of the installed app (it begins with xoxb-)"
    if not settings.slack_app_token and not settings.slack_signing_secret:
        return (
            "SLACK_APP_TOKEN for the socket (it begins with xapp-), or SLACK_SIGNING_SECRET for https: "
            "without one of them nothing arrives"
        )
    return ""


def slack_app(settings: Settings, store: Store, words: Words, clock: Clock) -> SlackApp:
    """Slack as it is configured. SettingsError says what is missing."""
    missing = what_is_missing(settings)
    if missing:
        raise SettingsError(f"Slack needs {missing}. docs/slack.md walks through it.")
    tokens = OneWorkspace(settings.slack_bot_token)
    web = WebApi(tokens, settings.slack_api_url)
    listener = Listener(store, words, clock)
    identity = Identity(
        store, web, clock.now, frozenset(words.languages), is_open=settings.enrolment == "open"
    )
    threads = threads_for(settings.database_url)
    hearing = Hearing(store, listener, words, clock, web, identity, threads)
    return SlackApp(
        hearing,
        web,
        tokens,
        settings.slack_signing_secret,
        settings.slack_app_token,
        catch_up=None if settings.slack_client_id else CatchUp(hearing, web),
    )

"""Puts Slack together from the settings: who listens, who speaks, whose tokens, in which of two ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.routing import Route

from bot.around.acting import Acting
from bot.clock import Clock
from bot.listening import Listener
from bot.own.links import Links
from bot.settings import Settings, SettingsError
from bot.slack.acting import openers, takers
from bot.slack.app import SlackApp
from bot.slack.asking import Installed, WebApi, web_client
from bot.slack.catchup import CatchUp
from bot.slack.channel import SlackChannel
from bot.slack.events import Who
from bot.slack.hearing import Hearing, threads_for
from bot.slack.homes import Homes
from bot.slack.identity import Identity
from bot.slack.installations import Installations
from bot.slack.installing import Installing
from bot.slack.invitations import Invitations
from bot.slack.own import links_to_pages, record_of_theirs
from bot.slack.pace import Pace
from bot.slack.workspaces import Workspaces
from prompts.words import Words
from storage.store import Store

if TYPE_CHECKING:
    from bot.model.gate import Gate


@dataclass(frozen=True)
class Slack:
    """Both sides of Slack, and the pages it keeps for each person."""

    app: SlackApp
    channel: SlackChannel
    workspaces: Workspaces
    homes: Homes


def what_is_missing(settings: Settings) -> str:
    """Which setting Slack still needs, and why; empty if none."""
    many = settings.slack_is_many
    if not settings.slack_bot_token and not many:
        return "SLACK_BOT_TOKEN, the token of the installed app (it begins with xoxb-)"
    if not settings.slack_app_token and not settings.slack_signing_secret:
        return (
            "SLACK_APP_TOKEN for the socket (it begins with xapp-), or SLACK_SIGNING_SECRET for https: "
            "without one of them nothing arrives"
        )
    if many and not settings.public_url:
        return (
            "PUBLIC_URL, the https address that Slack sends people back to once they have installed the app"
        )
    return ""


def slack(settings: Settings, store: Store, words: Words, clock: Clock, model: Gate | None = None) -> Slack:
    """Slack as it is configured, with what stands before the model. SettingsError says what is missing."""
    missing = what_is_missing(settings)
    if missing:
        raise SettingsError(f"Slack needs {missing}. docs/slack.md walks through it.")
    installations = _installations(settings, store)
    workspaces = _workspaces(settings, store, clock, installations)
    web = WebApi(Installed(workspaces), settings.slack_api_url)
    is_open = settings.enrolment == "open"
    identity = Identity(store, web, clock.now, frozenset(words.languages), is_open=is_open)
    threads = threads_for(settings.database_url)
    # Outside the Marketplace an app for many workspaces may read once a minute: too little for either.
    may_look = not workspaces.are_many
    pace = Pace(clock, settings.slack_posts_per_minute)
    own = Links(settings.secret_key, settings.public_url)
    channel = SlackChannel(
        store, words, clock, workspaces, pace, links=links_to_pages(own, words, clock), may_look=may_look
    )
    around = Acting(store, clock)

    def organisation(who: Who) -> str:
        return workspaces.organisation_of(who.team, who.enterprise)

    homes = Homes(store, words, clock, organisation, channel, channel.pictures, record_of_theirs(own, clock))
    hearing = Hearing(
        store,
        Listener(store, words, clock, model=model),
        words,
        clock,
        web,
        identity,
        workspaces,
        threads,
        homes=homes,
        openers=dict(openers(around, words, organisation)),
        takers=dict(takers(around, organisation)),
    )
    app = SlackApp(
        hearing,
        web,
        workspaces,
        settings.slack_signing_secret,
        settings.slack_app_token,
        installing=_pages_to_install(settings, store, words, installations, workspaces),
        catch_up=CatchUp(hearing, web) if may_look else None,
        invitations=Invitations(hearing),
    )
    return Slack(app, channel, workspaces, homes)


def _installations(settings: Settings, store: Store) -> Installations | None:
    """Where tokens are kept; None where the settings have the one there is."""
    if settings.slack_bot_token:
        return None
    return Installations(settings.slack_client_id, store, settings.secret_key)


def _workspaces(
    settings: Settings, store: Store, clock: Clock, installations: Installations | None
) -> Workspaces:
    if installations is None:
        return Workspaces(store, clock, api_url=settings.slack_api_url, token=settings.slack_bot_token)
    return Workspaces(
        store,
        clock,
        api_url=settings.slack_api_url,
        installations=installations,
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret,
    )


def _pages_to_install(
    settings: Settings, store: Store, words: Words, kept: Installations | None, workspaces: Workspaces
) -> tuple[Route, ...]:
    """The page that leads to Slack, and the way back; none where there is nothing to install."""
    if kept is None:
        return ()
    client = web_client(settings.slack_api_url)
    return tuple(Installing(settings, store, words, kept, workspaces, client).routes())

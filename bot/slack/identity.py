"""Who somebody in Slack is to us: a person of the roster, a new manager where the operator lets anybody come,
or nobody. Of nobody nothing is kept.

Somebody met for the first time is looked up in Slack; after that no call stands between them and the coach.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from babel.core import get_global

from bot.slack.address import Chat, address_of
from bot.slack.asking import Asking, AwayError, RefusedError
from bot.slack.events import CHANNEL, Who
from bot.zones import is_zone
from coaching.profile import MARKETS
from storage.people import Person, Status
from storage.repository import Repository
from storage.store import Store

LOOK_SECONDS = 2.0
NOBODY_FOR = 300.0  # seconds for which somebody refused is not looked up again
MOST_REMEMBERED = 5_000
USUAL_LANGUAGE = "en"  # where nothing says which; it has every line
USUAL_FUNCTION = "operations"  # until they say which it is
STRANGER, GUEST = "slack_stranger", "slack_guest"
_NO_MEMBER = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "is_workflow_bot", "deleted")
# Slack has no such person, or will not tell us: waiting changes nothing.
_UNKNOWN = frozenset({"user_not_found", "user_not_visible", "users_not_found", "not_installed"})


@dataclass(frozen=True)
class Profile:
    """What Slack says of a member."""

    name: str = ""
    email: str = ""
    zone: str = ""
    locale: str = ""
    is_member: bool = True

    @classmethod
    def read(cls, user: Mapping[str, Any], team: str = "", enterprise: str = "") -> Profile:
        """Guests, bots, the gone and people of other organisations are no members."""
        given = user.get("profile")
        about: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
        home = str(user.get("team_id") or "")
        elsewhere = bool(team and home) and home not in (team, enterprise)
        out = elsewhere or any(user.get(flag) for flag in _NO_MEMBER)
        name = user.get("real_name") or about.get("real_name") or user.get("name") or ""
        texts = (name, about.get("email"), user.get("tz"), user.get("locale"))
        name, email, zone, locale = (each if isinstance(each, str) else "" for each in texts)
        return cls(name, email, zone, locale, not out)


@dataclass(frozen=True)
class Found:
    """Somebody: their id with us, or the line that tells them they are not of the programme. ``whom`` to ask.

    ``first``: they were refused only now, so they are told; later they are not told again. ``language`` is
    what their Slack is set to, where that is known and spoken.
    """

    person_id: str | None
    refusal: str = ""
    whom: str = ""
    first: bool = False
    language: str = USUAL_LANGUAGE


@dataclass
class Identity:
    """Finds people. ``is_open``: whoever writes first is taken in as a new manager."""

    store: Store
    asking: Asking
    now: Callable[[], datetime]
    languages: frozenset[str]
    is_open: bool = False
    _nobodies: dict[str, tuple[float, Found]] = field(default_factory=dict)

    def known(self, organisation: str, who: Who) -> str | None:
        """The id of somebody met before. It only reads."""
        with self.store.reading(organisation) as repo:
            person = repo.person_at(CHANNEL, address_of(who))
        return None if person is None or person.status is Status.FORGOTTEN else person.id

    def refused(self, who: Who) -> Found | None:
        """What was said to somebody not long ago, so that neither they nor Slack is asked again."""
        until, found = self._nobodies.get(address_of(who), (0.0, None))
        return found if time.monotonic() < until else None

    def agreed_language(self, organisation: str, who: Who) -> str | None:
        """How somebody of ours is spoken to; None for anybody else. It only reads."""
        with self.store.reading(organisation) as repo:
            person = repo.person_at(CHANNEL, address_of(who))
        return None if person is None or person.status is Status.FORGOTTEN else person.language

    async def language(self, who: Who) -> str:
        """How somebody is spoken to who is nobody of ours: as Slack is set."""
        refused = self.refused(who)
        if refused is not None or who.is_outsider:
            return USUAL_LANGUAGE if refused is None else refused.language
        try:
            profile = await self.profile(who)
        except (AwayError, RefusedError):
            profile = None  # it is one polite line, and English will do
        return USUAL_LANGUAGE if profile is None else language_of(profile, self.languages)

    async def profile(self, who: Who) -> Profile | None:
        """What Slack says of them; None if there is no such member. AwayError, or RefusedError, if Slack will
        not say now: then nothing is decided, and the message comes again.
        """
        asked = {"user": who.user, "include_locale": True}
        try:
            said = await self.asking.ask(who.enterprise, who.team, "users.info", asked, LOOK_SECONDS)
        except RefusedError as refused:
            if refused.error in _UNKNOWN:
                return None
            raise
        user = said.get("user")
        return Profile.read(user, who.team, who.enterprise) if isinstance(user, Mapping) else None

    def meet(self, organisation: str, who: Who, profile: Profile | None, chat: str = "") -> Found:
        """Somebody for the first time: link them to their place in the roster, or say what they are told."""
        language = USUAL_LANGUAGE if profile is None else language_of(profile, self.languages)
        if who.is_outsider or profile is None or not profile.is_member:
            return self._nobody(who, Found(None, GUEST, first=True, language=language))
        with self.store.transaction(organisation) as repo:
            person = repo.person_at(CHANNEL, who.user)
            if person is None and profile.email:
                person = repo.person_by_email(profile.email)
            if person is not None and person.status is Status.FORGOTTEN:
                person = None
            if person is None and self.is_open:
                person = self._taken_in(repo, profile)
            if person is not None:
                kept = Chat.read(repo.reference(person.id, CHANNEL))
                repo.link(person.id, CHANNEL, address_of(who), str(kept.with_message(chat, "")))
                _follow(repo, person, profile)
                return Found(person.id)
            whom = _whom_to_ask(repo)
        return self._nobody(who, Found(None, STRANGER, whom, first=True, language=language))

    def changed(self, organisation: str, who: Who, profile: Profile) -> bool:
        """A profile changed. Whether it is somebody of ours."""
        with self.store.transaction(organisation) as repo:
            person = repo.person_at(CHANNEL, address_of(who))
            if person is not None:
                _follow(repo, person, profile)
        return person is not None

    def _taken_in(self, repo: Repository, profile: Profile) -> Person | None:
        """A new manager as Slack knows them; they are asked whether market and language are right."""
        programmes = repo.programmes()
        if not programmes or not profile.name:
            return None
        market = market_of(profile)
        made = Person(
            programme_id=programmes[0].id,
            name=profile.name,
            email=profile.email or None,
            market=market,
            function=USUAL_FUNCTION,
            zone=profile.zone or "UTC",
            language=language_of(profile, self.languages),
            added_at=self.now(),
        )
        return repo.add_person(made)

    def _nobody(self, who: Who, found: Found) -> Found:
        if len(self._nobodies) >= MOST_REMEMBERED:
            self._nobodies.clear()
        self._nobodies[address_of(who)] = (time.monotonic() + NOBODY_FOR, replace(found, first=False))
        return found


def market_of(profile: Profile) -> str:
    """The market a member's zone lies in, else their language's; the first there is if neither tells."""
    by_zone = get_global("zone_territories").get(profile.zone, "")
    by_locale = profile.locale.replace("_", "-").partition("-")[2].upper()
    return next((each for each in (by_zone, by_locale) if each in MARKETS), MARKETS[0])


def language_of(profile: Profile, spoken: frozenset[str]) -> str:
    """The language Slack is set to, where the coach speaks it."""
    language = profile.locale.replace("_", "-").partition("-")[0].lower()
    return language if language in spoken else USUAL_LANGUAGE


def _follow(repo: Repository, person: Person, profile: Profile) -> None:
    """Take over the zone of the profile: people travel, and nobody is to be written to at night.

    Language and market are left alone, for the person was asked about them; and so is a zone they named.
    """
    if is_zone(profile.zone):
        repo.heard_zone(person.id, profile.zone)


def _whom_to_ask(repo: Repository) -> str:
    """Who is behind the programme, as far as the organisation has said so."""
    programmes = repo.programmes()
    named = [each.sponsor_name or each.name for each in programmes[:1]]
    return named[0] if named else "Unbadged"

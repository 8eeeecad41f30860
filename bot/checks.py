"""Is everything there that a programme needs? One finding a line: fine, worth knowing, or missing.

Names of people never appear here; what is wrong is told by counts and by market. An upgrade is here too: it
looks first at what is there, and copies it.
"""

from __future__ import annotations

import sqlite3
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

import prompts
from bot.around import reach
from bot.imports.people import CHANNELS, MOST_MANAGERS
from bot.settings import LOOPBACK, Settings, weakness
from storage import care as cares
from storage import questions
from storage import reach as addresses
from storage.database import StorageError, database_url
from storage.migrate import migrate, newest, stamp_of
from storage.people import Person, Status
from storage.repository import Repository
from storage.store import Store

EXPIRY_NOTICE = timedelta(days=30)
HOW_TO_MAKE_ONE = 'make one: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'


class Mark(StrEnum):
    """How a finding stands."""

    FINE = "ok"
    NOTE = "note"
    MISSING = "missing"


@dataclass(frozen=True)
class Finding:
    """One line of the check; ``remedy`` is empty where nothing is to be done."""

    mark: Mark
    subject: str
    said: str
    remedy: str = ""


def check(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Everything that is configured and missing, the foundations first."""
    secret = _secret(settings)
    yield secret
    yield _address(settings)
    yield _alerts(settings)
    yield from _channels(settings)
    yield from _model(settings)
    database = _database(settings)
    yield database
    if Mark.MISSING in (database.mark, secret.mark):
        return  # nothing behind these can be looked at
    store = Store(settings.database_url, settings.keys_url or None, settings.secret_key)
    try:
        there = store.organisations()
        if len(there) != 1:
            remedy = "unbadged programme import FILE (docs/examples/programme.toml shows one)"
            yield Finding(Mark.MISSING, "programme", "there is none", remedy)
            return
        keys = _keys(store, there[0])
        yield keys
        if keys.mark is Mark.FINE:
            with store.reading(there[0]) as repo:
                yield from _programme(repo, now)
                yield from _out_of_reach(repo)
    finally:
        store.close()


def _channels(settings: Settings) -> Iterator[Finding]:
    if not settings.has_slack:
        remedy = "docs/slack.md walks through Slack; unbadged try shows the coach without"
        yield Finding(Mark.NOTE, "channels", "none is configured, so nobody can talk to the coach", remedy)
        return
    from bot.slack.checking import check_slack  # Slack's kit is loaded only where it is used

    yield from check_slack(settings)


def _model(settings: Settings) -> Iterator[Finding]:
    from bot.model.checking import check_model  # likewise

    yield from check_model(settings)


def _out_of_reach(repo: Repository) -> Iterator[Finding]:
    """Whom a channel no longer reaches, by counts: an operator can look into their own directory."""
    for channel in CHANNELS:
        for why, people in sorted(addresses.by_reason(repo.scope, channel).items()):
            remedy = "install the app again, or bring the roster up to date; whoever writes is met again"
            said = f"{people} manager(s) are no longer reached, and stopped ({why})"
            yield Finding(Mark.NOTE, channel, said, remedy)


def _secret(settings: Settings) -> Finding:
    weak = weakness(settings.secret_key)
    if weak is not None:
        return Finding(Mark.MISSING, "secret", f"UNBADGED_SECRET_KEY is {weak}", HOW_TO_MAKE_ONE)
    return Finding(Mark.FINE, "secret", "UNBADGED_SECRET_KEY is set")


def _address(settings: Settings) -> Finding:
    if settings.public_url:
        return Finding(Mark.FINE, "address", settings.public_url)
    here = "this computer only" if settings.host in LOOPBACK else settings.host
    remedy = "set PUBLIC_URL to the https address people and platforms use"
    return Finding(
        Mark.NOTE, "address", f"PUBLIC_URL is not set; serving {here}, port {settings.port}", remedy
    )


def missing_file(url: str) -> bool:
    """Whether ``url`` names a SQLite file that is not there: opening it would make an empty one."""
    address = database_url(url)
    return address.get_backend_name() == "sqlite" and not Path(address.database or "").exists()


def _database(settings: Settings) -> Finding:
    try:
        stamp = None if missing_file(settings.database_url) else stamp_of(settings.database_url)
    except StorageError as failure:
        return Finding(Mark.MISSING, "database", "cannot be reached", str(failure))
    if stamp == newest():
        return Finding(Mark.FINE, "database", "reachable, its tables are those of this release")
    said = "there are no tables yet" if stamp is None else "its tables are those of another release"
    return Finding(Mark.MISSING, "database", said, "unbadged migrate")


def upgrade(url: str, now: datetime) -> Iterator[str]:
    """Bring the database to this release and say what was done. SQLite is copied first, beside itself."""
    stamp = None if missing_file(url) else stamp_of(url)
    if stamp == newest():
        yield f"Nothing to do: the tables are those of this release ({stamp})."
        return
    copy = None
    if stamp is None:
        migrate(url)
        yield f"Made the tables of a new database ({newest()})."
        return
    if database_url(url).get_backend_name() == "sqlite":
        copy = _copied(Path(database_url(url).database or ""), stamp, now)
        yield f"Copied the database to {copy}"
    else:
        yield "This is Postgres: its copy is made with pg_dump, before this command."
    try:
        migrate(url)
    except StorageError:
        if copy is not None:
            copy.unlink()  # the database is as it was, so the copy says nothing new
        raise
    yield f"Brought the tables from {stamp} to {newest()}."


def _copied(database: Path, stamp: str, now: datetime) -> Path:
    """A whole copy, also while others write. Keys are not in it: they have backups of their own."""
    copy = database.with_name(f"{database.name}.before-{stamp}-{now:%Y%m%dT%H%M%S}")
    copy.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(database, timeout=30)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
    except sqlite3.Error:
        copy.unlink()
        raise StorageError(
            f"{database} could not be copied first, so nothing was changed. "
            "Check that its folder is writable and has room for a second copy."
        ) from None
    return copy


def _keys(store: Store, organisation_id: str) -> Finding:
    try:
        store.sealer(organisation_id).digest("is the key there")
    except StorageError as failure:
        return Finding(Mark.MISSING, "keys", "the key store cannot be used", str(failure))
    return Finding(Mark.FINE, "keys", "the key store opens with this secret")


def _programme(repo: Repository, now: datetime) -> Iterator[Finding]:
    programmes = repo.programmes()
    if not programmes:
        yield Finding(Mark.MISSING, "programme", "there is none", "unbadged programme import FILE")
        return
    for programme in programmes:
        yield Finding(Mark.FINE, "programme", f"{programme.id}, starts on {programme.starts_on}")
        if programme.sponsor_text:
            yield Finding(Mark.FINE, "sponsor", f"{programme.id}: the sponsor's own sentence is there")
        else:
            said = f"{programme.id}: no sentence of the sponsor, so the coach says nobody has given time yet"
            yield Finding(
                Mark.NOTE, "sponsor", said, "add [sponsor] to the programme's file and import it again"
            )
    gone = (Status.FORGOTTEN, Status.STOPPED)
    managers = [each for each in repo.people() if "manager" in each.roles and each.status not in gone]
    if not managers:
        yield Finding(Mark.MISSING, "roster", "no managers", "unbadged roster import FILE")
        return
    yield from _coaches(managers)
    for market in sorted({each.market for each in managers}):
        yield _guardrails(repo, market, now)
    for programme_id, market in sorted({(each.programme_id, each.market) for each in managers}):
        yield _contacts(repo, programme_id, market)
        yield from _by_chat(repo, programme_id, market)
    yield from _left_over(repo)
    yield from _languages(managers)


def _coaches(managers: list[Person]) -> Iterator[Finding]:
    alone = sum(each.coach_id is None for each in managers)
    loads = Counter(each.coach_id for each in managers if each.coach_id is not None)
    crowded = sum(load > MOST_MANAGERS for load in loads.values())
    if alone:
        remedy = "fill coach_email in the roster's file and import it again; the dry run names the lines"
        yield Finding(Mark.MISSING, "coaches", f"{alone} of {len(managers)} managers have none", remedy)
    if crowded:
        said = f"{crowded} of {len(loads)} have more than {MOST_MANAGERS} managers"
        yield Finding(Mark.MISSING, "coaches", said, "give some of the managers another coach_email")
    if not alone and not crowded:
        said = f"each of {len(managers)} managers has one; no coach has more than {MOST_MANAGERS}"
        yield Finding(Mark.FINE, "coaches", said)


def _guardrails(repo: Repository, market: str, now: datetime) -> Finding:
    subject = f"guardrails {market}"
    pack = repo.current_guardrails(market, now)
    if pack is None:
        had = bool(repo.guardrail_versions(market))
        said = "they have ended" if had else "none, so managers there can rehearse and no more"
        return Finding(
            Mark.MISSING, subject, said, "unbadged guardrails import FILE, confirmed by their owner"
        )
    if pack.expires_on - now.date() <= EXPIRY_NOTICE:
        said = f"version {pack.version} ends on {pack.expires_on}"
        return Finding(Mark.NOTE, subject, said, "have the next version confirmed before that day")
    return Finding(Mark.FINE, subject, f"version {pack.version}, until {pack.expires_on}")


def _contacts(repo: Repository, programme_id: str, market: str) -> Finding:
    subject = f"safety {market}"
    contact = repo.safety_contact(market, programme_id)
    if contact is None:
        said = f"nobody is named for when somebody is in danger ({programme_id})"
        return Finding(
            Mark.MISSING, subject, said, f"add [markets.{market}] to the programme's file and import it"
        )
    if not contact.confirmed:
        remedy = f"once each has agreed, set confirmed = true under [markets.{market}] and import it again"
        return Finding(Mark.MISSING, subject, "on-call and backup are named, not confirmed", remedy)
    return Finding(Mark.FINE, subject, "on-call and backup are confirmed")


def _by_chat(repo: Repository, programme_id: str, market: str) -> Iterator[Finding]:
    """Whom a channel can reach in this market when somebody needs them; counted, not named."""
    contact = repo.safety_contact(market, programme_id)
    if contact is None:
        return
    two = reach.on_call(repo, contact)
    reached = sum(reach.channel_of(repo, each) is not None for each in two)
    if reached < len(two):
        said = f"{reached} of 2 on call can be written to in a chat"
        remedy = "put both into the roster with their account, and their e-mail into the programme's file"
        yield Finding(Mark.NOTE, f"safety {market}", said, remedy)
    if reach.account_of(repo, contact.independent_contact) is None:
        said = "the contact outside the line has no account: managers get the number instead"
        yield Finding(Mark.NOTE, f"safety {market}", said, "nothing, or begin the contact with their name")


def _left_over(repo: Repository) -> Iterator[Finding]:
    """What nobody took up or answered in time."""
    untaken, unanswered = cares.untaken(repo.scope), questions.unanswered(repo.scope)
    if untaken:
        said = f"{untaken} passed their time, and so did their backup's"
        yield Finding(Mark.MISSING, "concerns", said, "ask the coaches who has it")
    if unanswered:
        said = f"{unanswered} to owners of guardrails or the sponsor have no answer"
        yield Finding(Mark.NOTE, "questions", said, "ask them, or publish the next version")


def _alerts(settings: Settings) -> Finding:
    if not settings.alert_webhook and settings.has_slack:
        said = "go by chat to those on call who have an account, and nowhere else"
        return Finding(Mark.NOTE, "alerts", said, "set ALERT_WEBHOOK too: a chat may be muted")
    if not settings.alert_webhook:
        said = "when somebody is in danger, nobody can be told from here, and the coach says so"
        return Finding(Mark.MISSING, "alerts", said, "set ALERT_WEBHOOK to where your on-call people read")
    if not settings.public_url:
        said = "go to ALERT_WEBHOOK, without a link to say who has it"
        return Finding(Mark.NOTE, "alerts", said, "set PUBLIC_URL, or use: unbadged alerts --have ID")
    return Finding(Mark.FINE, "alerts", "go to ALERT_WEBHOOK, with a link to say who has it")


def _languages(managers: list[Person]) -> Iterator[Finding]:
    folder = Path(prompts.__file__).parent
    for language, readers in sorted(Counter(each.language for each in managers).items()):
        subject, file = f"language {language}", folder / language / "language.toml"
        if not file.exists():
            said = f"the coach does not speak it; {readers} manager(s) would hear English"
            yield Finding(Mark.NOTE, subject, said, "CONTRIBUTING.md says how to add a language")
        elif tomllib.loads(file.read_text(encoding="utf-8"))["review"] == "unreviewed":
            said = f"nobody has reviewed it yet; read by {readers} manager(s)"
            remedy = f"have it read by a speaker, and put their name into prompts/{language}/language.toml"
            yield Finding(Mark.NOTE, subject, said, remedy)
        else:
            yield Finding(Mark.FINE, subject, "reviewed")

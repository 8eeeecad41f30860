"""The programme as its file says it: who runs it, when it starts, what the sponsor said, whom to call where.

Taking the same file in twice changes nothing; taking in a changed one changes just that.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from bot.imports import RefusedFileError
from bot.imports.documents import Page, open_page
from bot.imports.rows import EMAIL
from coaching.profile import MARKETS
from storage.people import Programme, SafetyContact
from storage.repository import Repository
from storage.store import Store

SPONSOR_LONGEST = 200  # the coach quotes it in one line
EMAILS = ("on_call_email", "backup_email")
CONTACT_NAMES = ("on_call", "backup", *EMAILS, "emergency", "helpline", "independent_contact", "confirmed")


@dataclass(frozen=True)
class ProgrammeFile:
    """What the file says. ``emails``: of on-call and backup in each market, as far as they are named."""

    organisation_id: str
    organisation: str
    programme: Programme
    contacts: tuple[SafetyContact, ...]
    emails: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def read(path: Path) -> ProgrammeFile:
    """Read the file; RefusedFileError names everything that is wrong with it."""
    page = open_page(path)
    page.only(("organisation", "programme", "start", "sponsor", "markets"))
    organisation = page.text("organisation", "What is the organisation called?", longest=80)
    name = page.text("programme", "What is the programme called?", longest=80)
    start = page.day("start", "On which day does it start?")
    sponsor = page.page("sponsor")
    sponsor.only(("name", "text", "date"))
    who = words = said_on = None
    if "sponsor" in page:
        who = sponsor.text("name", "Who says it?", longest=80)
        question = "What does the sponsor say, in their own words?"
        words = sponsor.text("text", question, longest=SPONSOR_LONGEST)
        said_on = sponsor.day("date", "When did the sponsor say it?")
    programme_id = identifier(name)
    markets = page.page("markets")
    pages = {market: markets.page(market) for market in markets.names()}
    contacts = tuple(_contact(markets, pages[market], market, programme_id) for market in pages)
    emails = {market: _emails(page) for market, page in pages.items()}
    if not contacts:
        page.wrong(
            "markets", "missing. Where do managers work? Write one [markets.XX] for each, like [markets.SG]."
        )
    if page.problems or start is None:
        raise RefusedFileError(page.problems)
    return ProgrammeFile(
        identifier(organisation),
        organisation,
        Programme(programme_id, name, start, sponsor_name=who, sponsor_text=words, sponsor_said_on=said_on),
        contacts,
        emails,
    )


def _contact(markets: Page, page: Page, market: str, programme_id: str) -> SafetyContact:
    page.only(CONTACT_NAMES)
    if market not in MARKETS:
        markets.wrong(market[:8], f"no market that is known here. Known: {', '.join(MARKETS)}.")
    on_call = page.text(
        "on_call", "Who is called first when somebody is in danger? Name and way to reach them."
    )
    backup = page.text("backup", "Who is called if the first does not answer?")
    if on_call and on_call.casefold() == backup.casefold():
        page.wrong("backup", "the same as on_call; name somebody else, for when the first cannot answer.")
    return SafetyContact(
        programme_id=programme_id,
        market=market,
        on_call=on_call,
        backup=backup,
        emergency_number=page.text("emergency", "Which number calls an ambulance there?", longest=40),
        helpline=page.text("helpline"),
        independent_contact=page.text(
            "independent_contact", "Whom can somebody talk to outside their reporting line?"
        ),
        confirmed=page.flag("confirmed"),
    )


def _emails(page: Page) -> tuple[str, str]:
    """Where on-call and backup are found in the roster; whoever has no e-mail here is looked for by name."""
    first, second = (page.text(each, longest=254) for each in EMAILS)
    for name, email in zip(EMAILS, (first, second), strict=True):
        if email and not EMAIL.fullmatch(email):
            page.wrong(name, "no e-mail address; write it as in the roster, like mei.tan@example.com.")
    if first and first.casefold() == second.casefold():
        page.wrong("backup_email", "the same as on_call_email; name somebody else.")
    return first, second


def identifier(name: str) -> str:
    """The id that stands for a name: its letters and digits, or a digest where it has none of ours."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40]
    return slug if len(slug) > 1 else hashlib.sha256(name.encode()).hexdigest()[:12]


def take_in(store: Store, file: ProgrammeFile, now: datetime) -> list[str]:
    """Make the tables say what the file says; what was added or changed, line by line."""
    there = store.organisations()
    if there and file.organisation_id not in there:
        raise RefusedFileError(
            [
                "organisation: this database belongs to an organisation of another name. Correct the name (a "
                "renamed one keeps its first name here), or set DATABASE_URL to a database of its own."
            ]
        )
    said = []
    if store.add_organisation(file.organisation_id, file.organisation, now):
        said.append("added the organisation")
    with store.transaction(file.organisation_id) as repo:
        before = {each.id: each for each in repo.programmes()}.get(file.programme.id)
        if before != file.programme:
            repo.add_programme(file.programme)
        said.append(
            f"{_became(before, file.programme)} the programme, which starts on {file.programme.starts_on}"
        )
        for each in file.contacts:
            contact = _findable(repo, each, file.emails.get(each.market, ("", "")))
            known = repo.safety_contact(contact.market, contact.programme_id)
            if known != contact:
                repo.set_safety_contact(contact)
            left = "" if contact.confirmed else " (not confirmed: set confirmed = true once each has agreed)"
            said.append(f"{_became(known, contact)} the safety contacts of {contact.market}{left}")
        said += _beyond(repo, file)
    return said


def _findable(repo: Repository, contact: SafetyContact, emails: tuple[str, str]) -> SafetyContact:
    """The contact with what finds both by e-mail: people may come into the roster after the programme."""
    first, second = (repo.email_digest(email) if email else None for email in emails)
    return replace(contact, on_call_digest=first, backup_digest=second)


def _became(before: object, after: object) -> str:
    if before is None:
        return "added"
    return "left unchanged" if before == after else "changed"


def _beyond(repo: Repository, file: ProgrammeFile) -> list[str]:
    others = len([each for each in repo.programmes() if each.id != file.programme.id])
    return [f"{others} other programme(s) stay as they are"] if others else []

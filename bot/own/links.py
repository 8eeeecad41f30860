"""The links that let one manager in to their own pages, and the mark by which their browser is known then.

Both are sealed with the operator's secret, each for its own purpose: nobody can make one, read one, or use
one in the place of the other (docs/decisions/0017).
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from cryptography.fernet import InvalidToken, MultiFernet

from storage.keys import sealed_with

LINK_LASTS = timedelta(minutes=15)
VISIT_LASTS = timedelta(minutes=30)
CLOCKS_DIFFER = timedelta(minutes=1)  # between two machines of the same service
ROOT = "/mine"
LONGEST = 1_500  # characters; ours have some three hundred


class OwnPage(StrEnum):
    """What a link leads to. The values are the names of the pages in the words, too."""

    RECORD = "record"
    FILE = "file"
    EVIDENCE = "evidence"
    WEEKS = "weeks"


@dataclass(frozen=True)
class Ticket:
    """What a link, or the mark of a visit, says: whose pages, made when. ``number`` is another each time."""

    organisation_id: str
    person_id: str
    page: OwnPage
    number: str
    made_at: datetime

    def lasts(self, now: datetime, how_long: timedelta) -> bool:
        """Whether it still holds."""
        return -CLOCKS_DIFFER <= now - self.made_at < how_long


class Links:
    """Makes links and marks, and reads them. ``public_url``: where people reach the service; may be empty."""

    def __init__(self, secret: str, public_url: str) -> None:
        """StorageError if the secret is too short."""
        self._public_url = public_url
        self._links = sealed_with(secret, "link to own pages")
        self._visits = sealed_with(secret, "visit to own pages")

    @property
    def are_there(self) -> bool:
        """Whether there is an address at which the pages can be opened."""
        return bool(self._public_url)

    @property
    def is_https(self) -> bool:
        """Whether browsers reach the service by https only."""
        return self._public_url.startswith("https://")

    def link(self, organisation_id: str, person_id: str, page: OwnPage, now: datetime) -> str:
        """An address that lets this one person in, once, for a quarter of an hour; "" if nobody can come."""
        if not self.are_there:
            return ""
        ticket = _sealed(self._links, organisation_id, person_id, page, now)
        return f"{self._public_url}{ROOT}?{urlencode({'ticket': ticket})}"

    def visit(self, ticket: Ticket, now: datetime) -> str:
        """The mark of a visit that begins now."""
        return _sealed(self._visits, ticket.organisation_id, ticket.person_id, ticket.page, now)

    def read(self, text: str) -> Ticket | None:
        """The ticket of a link, however old; None if we did not make it."""
        return _opened(self._links, text)

    def visitor(self, mark: str, now: datetime) -> Ticket | None:
        """Whose visit this is; None if it is over, or was never ours."""
        found = _opened(self._visits, mark)
        return found if found is not None and found.lasts(now, VISIT_LASTS) else None


def _sealed(box: MultiFernet, organisation_id: str, person_id: str, page: OwnPage, now: datetime) -> str:
    said = json.dumps([organisation_id, person_id, page, secrets.token_urlsafe(12)])
    return box.encrypt_at_time(said.encode(), int(now.timestamp())).decode()


def _opened(box: MultiFernet, text: str) -> Ticket | None:
    if not text or len(text) > LONGEST or not text.isascii():
        return None
    try:
        said = json.loads(box.decrypt(text))
        made_at = datetime.fromtimestamp(box.extract_timestamp(text), UTC)
    except (InvalidToken, ValueError):
        return None
    organisation_id, person_id, page, number = said
    return Ticket(organisation_id, person_id, OwnPage(page), number, made_at)

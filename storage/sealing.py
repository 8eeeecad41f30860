"""The one place where words are sealed before they are written, and unsealed after they are read.

What was sealed for somebody who has since been forgotten comes back as nothing: no error, no trace.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from storage.keys import ORGANISATION, KeyStore


@dataclass(frozen=True)
class Sealer:
    """Seals and unseals for the people of one organisation."""

    keys: KeyStore
    organisation_id: str

    def seal(self, person_id: str, text: str) -> str:
        """The text as it may be stored. The person's key is committed before this returns."""
        return self.keys.ensure(self.organisation_id, person_id).seal(text)

    def unseal(self, person_id: str, sealed: str | None) -> str | None:
        """The text again; None where the words have faded or the key is gone."""
        if sealed is None:
            return None
        key = self.keys.find(self.organisation_id, person_id)
        return None if key is None else key.unseal(sealed)

    def signer(self, person_id: str) -> Callable[[str], str]:
        """How this person's digests are made."""
        return self.keys.ensure(self.organisation_id, person_id).digest

    def digest(self, text: str) -> str:
        """A digest everyone of the organisation shares: for finding a person by e-mail or platform id."""
        return self.keys.ensure(self.organisation_id, ORGANISATION).digest(text)

"""Invitations: whoever of the roster can be reached is invited once, by the service, in working hours.

Up to ten are invited by themselves. More than that is a decision, and waits for the operator's word: an error
in a roster would otherwise write to hundreds of people at once.
"""

from __future__ import annotations

from collections.abc import Callable

from storage.people import Person, Status
from storage.repository import Repository
from storage.store import Store

WITHOUT_ASKING = 10
SAID_YES = "invitations_allowed"  # the setting that holds how many may be invited in all


def to_invite(repo: Repository) -> list[Person]:
    """The managers who were not spoken to yet, those added first before the others."""
    waiting = [
        person
        for person in repo.people()
        if person.status is Status.INVITED and "manager" in person.roles and not repo.conversations(person.id)
    ]
    return sorted(waiting, key=lambda person: (str(person.added_at), person.id))


def may_invite(repo: Repository, waiting: list[Person]) -> bool:
    """Whether so many may be invited without a word of the operator, or with the word they have given."""
    allowed = int(repo.setting(SAID_YES) or 0)
    return len(waiting) <= max(WITHOUT_ASKING, allowed)


def hand_in_invitations(store: Store, say: Callable[[str], None], *, really: bool) -> None:
    """Say who would be invited; with ``really`` let the service invite them."""
    for organisation in store.organisations():
        with store.transaction(organisation) as repo:
            waiting = to_invite(repo)
            if not waiting:
                say("Nobody waits for an invitation.")
                continue
            markets = sorted({each.market for each in waiting})
            say(f"{len(waiting)} managers have not been invited yet, in {', '.join(markets)}.")
            if really:
                repo.set_setting(SAID_YES, str(len(waiting)))
                say("The service invites them in their working hours, at the pace Slack allows.")
            elif len(waiting) > WITHOUT_ASKING:
                say(f"More than {WITHOUT_ASKING} wait for your word: unbadged invite --yes")
            else:
                say("The service invites them by itself.")

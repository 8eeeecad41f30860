"""When a channel no longer reaches somebody, and when it does again: what was planned for them stops, and
later goes on where it stood.

Nobody is written to in vain, and nobody is met by a heap of what they missed. While somebody is out of
reach their words fade as if they had stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from bot import openings, returning
from bot.exchange import Exchange
from coaching import attention
from storage import queue, reach
from storage.jobs import JobKind
from storage.people import Person, Status
from storage.reach import Address
from storage.repository import Repository, Store

# Of these the status changes; whoever is silent, stopped or held already stays so.
TAKING_PART = frozenset({Status.INVITED, Status.ACTIVE, Status.PAUSED})


def end(repo: Repository, person: Person, channel: str, why: str, at: datetime) -> bool:
    """Nothing reaches the person in this channel any more; False if that was known. They are locked."""
    elsewhere = [each for each in repo.channels(person.id) if each != channel]
    before = person.status if not elsewhere and person.status in TAKING_PART else None
    if not reach.end(repo.scope, person.id, channel, why, at, before):
        return False
    queue.cancel_for(repo, person.id, [JobKind.SAY, JobKind.SETTLE], at=at, reason=why, channel=channel)
    if before is not None:
        repo.update_person(person.id, status=Status.STOPPED)
    return True


def begin_again(repo: Repository, person: Person, address: Address, channel: str, at: datetime) -> None:
    """The channel reaches the person again; what they took part in goes on. They are locked."""
    reach.revive(repo.scope, person.id, channel)
    if address.before is None or person.status is not Status.STOPPED:
        return
    exchange = Exchange(repo, person, at)
    exchange.become(Status(address.before))
    if exchange.person.status is Status.ACTIVE:
        returning.expect(exchange)
    elif exchange.person.status is Status.INVITED:
        floor = exchange.floor()
        shown = None if floor is None else floor.shown_name
        if floor is not None and shown is not None and not openings.was_said(repo, floor, shown):
            exchange.repeat(floor, nudge=attention.Kind.INVITATION)


def heard(repo: Repository, person: Person, channel: str, at: datetime) -> Person:
    """The person did something here, so they are reached here; the person as they stand now."""
    address = reach.ended(repo.scope, person.id, channel)
    if address is None:
        return person
    begin_again(repo, person, address, channel, at)
    return repo.person(person.id) or person


def end_all(
    store: Store, organisation_id: str, channel: str, is_meant: Callable[[str], bool], why: str, at: datetime
) -> int:
    """The same for everyone whose id in the channel is meant, one transaction each; how many."""
    with store.reading(organisation_id) as repo:
        those = [
            each.person_id for each in reach.addresses(repo.scope, channel) if is_meant(each.platform_id)
        ]
    done = 0
    for person_id in those:
        with store.transaction(organisation_id) as repo:
            repo.lock(person_id)
            person = repo.person(person_id)
            done += person is not None and end(repo, person, channel, why, at)
    return done


def begin_all_again(
    store: Store,
    organisation_id: str,
    channel: str,
    is_meant: Callable[[str], bool],
    reasons: Collection[str],
    at: datetime,
) -> int:
    """Everyone who was out of reach for one of these reasons is met again; how many."""
    with store.reading(organisation_id) as repo:
        those = [
            each
            for each in reach.addresses(repo.scope, channel, ended=True)
            if each.ended_why in reasons and is_meant(each.platform_id)
        ]
    for address in those:
        with store.transaction(organisation_id) as repo:
            repo.lock(address.person_id)
            person = repo.person(address.person_id)
            if person is not None:
                begin_again(repo, person, address, channel, at)
    return len(those)

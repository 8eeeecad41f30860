"""New guardrails for a market: what rested on the old ones is held, and whoever waited for them hears so.

Publishing is one transaction; telling each manager is one more, in their own order.
"""

from __future__ import annotations

from datetime import datetime

from bot.exchange import Exchange
from coaching import attention, facts
from coaching.assignment import State
from coaching.guardrail_pack import Guardrails
from coaching.needs import Question
from storage.people import Person
from storage.repository import Store


def publish(
    store: Store, organisation_id: str, pack: Guardrails, now: datetime, *, demo: bool = False
) -> int:
    """Publish ``pack``; how many assignments are held until their managers confirm it.

    Cut short by a power cut it is done again: then only who has not heard yet is told.
    """
    with store.transaction(organisation_id) as repo:
        is_there = pack in repo.guardrail_versions(pack.market)[-1:]
        held = [] if is_there else repo.publish_guardrails(pack, now)
        affected = [person for person in repo.people() if person.market == pack.market]
    for person in affected:
        _tell(store, organisation_id, person, now, demo=demo)
    return len(held)


def _tell(store: Store, organisation_id: str, person: Person, now: datetime, *, demo: bool) -> None:
    """Go on where somebody waited for these rails; ask for the rails anew where an assignment is held."""
    with store.transaction(organisation_id) as repo:
        repo.lock(person.id)
        exchange = Exchange(repo, person, now, None, demo)
        for talk in exchange.open_talks():
            need = exchange.stand(talk)[0].needs
            if not isinstance(need, Question) or (need.name, need.asking) == (
                talk.shown_name,
                talk.shown_asking,
            ):
                continue  # nothing else is asked than before
            slices = repo.facts(person.id, facts.Assignment, conversation_id=talk.id)
            is_held = any(each.fact.state == State.HELD for each in slices)
            exchange.advance(talk, nudge=attention.Kind.HELD if is_held else attention.Promise.ANSWER)

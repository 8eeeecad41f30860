"""New guardrails for a market: what rested on the old ones is held, and whoever waited for them hears so.

Publishing is one transaction; telling each manager is one more, in their own order.
"""

from __future__ import annotations

from datetime import datetime

from bot.exchange import Exchange
from coaching import attention
from coaching.guardrail_pack import Guardrails
from coaching.journey import Kind
from coaching.needs import Question
from storage.people import Person
from storage.repository import Store


def publish(
    store: Store, organisation_id: str, pack: Guardrails, now: datetime, *, demo: bool = False
) -> int:
    """Publish ``pack``; how many assignments are held until their managers confirm it."""
    with store.transaction(organisation_id) as repo:
        held = repo.publish_guardrails(pack, now)
        affected = [person for person in repo.people() if person.market == pack.market]
    for person in affected:
        _tell(store, organisation_id, person, now, was_held=person.id in held, demo=demo)
    return len(held)


def _tell(
    store: Store,
    organisation_id: str,
    person: Person,
    now: datetime,
    *,
    was_held: bool,
    demo: bool,
) -> None:
    """Go on where somebody waited for these rails; ask for the rails anew where an assignment rested on the
    old.
    """
    with store.transaction(organisation_id) as repo:
        repo.lock(person.id)
        exchange = Exchange(repo, person, now, None, demo)
        for talk in exchange.open_talks():
            need = exchange.stand(talk)[0].needs
            if talk.shown_name is None and isinstance(
                need, Question
            ):  # it waited, and the rails are there now
                exchange.advance(talk, nudge=attention.Promise.ANSWER)
            elif was_held and talk.kind == Kind.WEEK:
                exchange.advance(talk, nudge=attention.Kind.HELD)

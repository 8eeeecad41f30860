"""New guardrails for a market: what rested on the old ones is held, and whoever waited for them hears so.

Publishing is one transaction, and in it one job is queued for each manager of the market; so a power cut in
the middle, or a manager whose turn fails, keeps nobody else from hearing.
"""

from __future__ import annotations

from datetime import datetime

from bot.contract import is_in_trouble
from bot.exchange import Exchange
from coaching import attention, facts
from coaching.assignment import State
from coaching.guardrail_pack import Guardrails
from coaching.needs import Question
from storage import queue
from storage.jobs import JobKind, job_table
from storage.repository import Repository
from storage.store import Store

TELL = "guardrails_published"


def publish(store: Store, organisation_id: str, pack: Guardrails, now: datetime) -> int:
    """Publish ``pack``; how many assignments are held until their managers confirm it.

    The worker tells each manager. Published a second time it changes nothing and tells nobody twice.
    """
    with store.transaction(organisation_id) as repo:
        if pack in repo.guardrail_versions(pack.market)[-1:]:
            return 0
        held = repo.publish_guardrails(pack, now)
        gone = repo.scope.sealer.keys.destroyed(organisation_id)
        for person in repo.people():
            if person.market == pack.market and person.id not in gone:
                _queue(repo, person.id, now)
    return len(held)


def tell(exchange: Exchange) -> None:
    """Go on where somebody waited for these rails; ask for the rails anew where an assignment is held.

    Not over trouble: whoever comes back from it finds what stands then.
    """
    if is_in_trouble(exchange.repo, exchange.person):
        return
    for talk in exchange.open_talks():
        need = exchange.stand(talk)[0].needs
        asked = (talk.shown_name, talk.shown_asking)
        if not isinstance(need, Question) or (need.name, need.asking) == asked:
            continue  # nothing else is asked than before
        slices = exchange.repo.facts(exchange.person.id, facts.Assignment, conversation_id=talk.id)
        is_held = any(each.fact.state == State.HELD for each in slices)
        exchange.advance(talk, nudge=attention.Kind.HELD if is_held else attention.Promise.ANSWER)


def _queue(repo: Repository, person_id: str, now: datetime) -> None:
    queue.add(
        repo,
        person_id=person_id,
        kind=JobKind.WAKE,
        name=TELL,
        asking=repo.scope.next_number(job_table, "seq", job_table.c.person_id == person_id),
        due_at=now,
    )

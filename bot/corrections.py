"""Numbers of closed weeks: which can be put right, and what putting one right changes.

The closed conversation is not played again. Its fact gets a new row, the old one is kept, and whatever is
computed from it is computed anew.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot import openings, resting, settling
from coaching import facts, series, summary
from coaching.earlier_numbers import EarlierNumber, EarlierNumbers, PutRight
from coaching.journal import Words
from coaching.journey import Kind
from coaching.opening import HoldOpening, WeekOpening
from coaching.sending import ResendOpening
from storage import values
from storage.people import Person
from storage.projection import Kept
from storage.repository import Repository

if TYPE_CHECKING:
    from bot.exchange import Exchange

Number = facts.Reading | facts.Before
SUPERSEDED = "superseded"
KeptNumber = Kept[facts.Reading] | Kept[facts.Before]


def earlier_numbers(repo: Repository, person: Person) -> EarlierNumbers | None:
    """What can be put right of the workflow in hand; None if nothing can.

    What stands in an open conversation is an answer there and is asked again instead.
    """
    workflow = openings.workflow_now(repo, person)
    if workflow is None:
        return None
    talks = {talk.id: talk for talk in openings.since_last_start(repo.conversations(person.id))}
    readings = [each for each in repo.facts(person.id, facts.Reading) if each.conversation_id in talks]
    before = [each for each in repo.facts(person.id, facts.Before) if each.conversation_id in talks]
    found = [
        EarlierNumber(each.conversation_id, each.name, each.fact.low, each.fact.high, week=each.fact.week)
        for each in sorted(readings, key=lambda kept: kept.fact.week, reverse=True)
    ]
    in_order = enumerate(sorted(before, key=lambda kept: kept.fact.position), 1)
    found += [
        EarlierNumber(each.conversation_id, each.name, each.fact.low, each.fact.high, place=place)
        for place, each in reversed(list(in_order))
    ]
    closed = tuple(each for each in found if not talks[each.conversation_id].is_open)
    return EarlierNumbers(workflow.measure, workflow.unit, closed) if closed else None


def put_right(exchange: Exchange, right: PutRight) -> bool:
    """Correct the fact, say who has seen the old number, and where the work stands now.

    Whether a question follows: the corrected summary is offered, where one with the old number was sent.
    """
    old = _standing(exchange, right)
    if old is None or exchange.repo.conversation(right.conversation_id).is_open:
        return False
    seen_in = _seen_in(exchange.repo, exchange.person, old)
    exchange.repo.correct(right.conversation_id, right.name, _corrected(old.fact, right), exchange.now)
    _tell_open_weeks(exchange)
    _show_on_the_card(exchange, old)
    exchange.say("number_put_right")
    manager = openings.manager_of(exchange.repo, exchange.person)
    if seen_in is not None:
        exchange.say("old_number_seen", coach=manager.coach)
    workflow = openings.workflow_now(exchange.repo, exchange.person)
    if workflow is None:
        return False
    if any(each.counted for each in workflow.readings):
        exchange.say("where_it_stands", **series.spoken(workflow))
    if seen_in is None or seen_in.faded:
        return False
    week = seen_in.fact.week
    then = replace(workflow, readings=tuple(each for each in workflow.readings if each.week <= week))
    told = summary.told_again(seen_in.fact, summary.number(then))
    for talk in exchange.open_talks():
        if talk.kind == Kind.SUMMARY:  # it shows a number that has been put right once more since
            exchange.close(talk, SUPERSEDED)
    exchange.open(Kind.SUMMARY, opening=ResendOpening(manager, week, told))
    return True


def _standing(exchange: Exchange, right: PutRight) -> KeptNumber | None:
    repo, whose, talk = exchange.repo, exchange.person.id, right.conversation_id
    found: list[KeptNumber] = [*repo.facts(whose, facts.Reading, conversation_id=talk)]
    found += repo.facts(whose, facts.Before, conversation_id=talk)
    return next((each for each in found if each.name == right.name), None)


def _corrected(fact: Number, right: PutRight) -> Number:
    """Only the number is another; how it is known, and whether it counts, was said then and stays."""
    if isinstance(fact, facts.Reading):
        return replace(fact, low=right.low, high=right.high, out_of=right.out_of, said=right.said)
    return replace(fact, low=right.low, high=right.high, out_of=right.out_of)


def _show_on_the_card(exchange: Exchange, old: KeptNumber) -> None:
    """The card that shows the number as it was said shows from now on that it was changed."""
    said = old.fact.said if isinstance(old.fact, facts.Reading) else ""
    talk = exchange.repo.conversation(old.conversation_id)
    for entry in exchange.repo.journal(talk.id).entries if said else ():
        if entry.answer == Words(said):
            settling.changed(exchange, talk, entry.name)


def _tell_open_weeks(exchange: Exchange) -> None:
    """What is open was opened on the old number. It goes on with the right one; a yes to the old is none."""
    repo = exchange.repo
    for talk in exchange.open_talks():
        opening = values.load(talk.opening or "null")
        if not isinstance(opening, WeekOpening | HoldOpening):
            continue
        now = openings.workflow_now(repo, exchange.person, without=talk.id)
        if now is not None:
            workflow = replace(
                opening.workflow,
                before=now.before,
                readings=now.readings,
                corrected_after=now.corrected_after,
            )
            repo.amend_opening(talk.id, values.dump(replace(opening, workflow=workflow)))
    resting.settle_weeks(exchange)


def _seen_in(repo: Repository, person: Person, old: KeptNumber) -> Kept[facts.SentSummary] | None:
    """The last sent summary that held the number; None if none did. Practice is in none of them."""
    if isinstance(old.fact, facts.Reading) and not old.fact.counted:
        return None
    talks = {talk.id for talk in openings.since_last_start(repo.conversations(person.id))}
    sent = [each for each in repo.facts(person.id, facts.SentSummary) if each.conversation_id in talks]
    held = (each for each in sent if each.fact.sent_at >= old.said_at and _holds_numbers(each))
    return max(held, key=lambda each: each.fact.sent_at, default=None)


def _holds_numbers(sent: Kept[facts.SentSummary]) -> bool:
    """Whether it did; of one whose words have gone, how it was sent still tells."""
    return summary.Part.NUMBER in sent.fact.shares.split()

"""What else happens while somebody outside is asked: danger goes before all, no Yes counts for other words,
nothing comes over trouble, and nobody is left without an answer.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random

import pytest
from llmock.pytest_plugin import LLMock

from bot.exchange import Exchange
from bot.incoming import Incoming, Token
from coaching import facts
from coaching.journal import Words
from coaching.journey import Kind
from coaching.needs import Lookup, Question
from storage import values
from tests.model import odd as oddly
from tests.model.odd import Odd
from tests.model.test_programme import names, with_model
from tests.model.test_reading_over_loopback import NOTHING, PRESSES, UNREAD, at
from tests.properties.service import CHANNEL, ORGANISATION, PLACES, Service, service

DANGER = "I want to kill myself"
STORY = "last week the quote for the Osaka client waited four days because the price list was missing"
HEARD = json.dumps({"work": "the quote for the Osaka client", "pain": "waited four days", "waiting": ""})
COST = json.dumps({"entry": "cost"})
NO_TIME = json.dumps({**NOTHING, "blocker": "no_time", "blocker_quote": "nggak sempat"})


@pytest.fixture
def here() -> Iterator[Service]:
    """In the first week."""
    with service(Random(1), in_week_one=True, place=PLACES[0]) as found:
        yield found


@pytest.fixture
def new() -> Iterator[Service]:
    """Invited, in a market whose guardrails are published."""
    with service(Random(1), in_week_one=False, place=PLACES[0]) as found:
        yield found


@pytest.fixture
def without_rails() -> Iterator[Service]:
    """Invited, in a market without any."""
    for seed in range(50):
        with service(Random(seed), in_week_one=False, place=PLACES[0]) as found:
            with found.store.reading(ORGANISATION) as repo:
                is_without = not repo.guardrail_versions("SG")
            if is_without:
                yield found
                return


def hears(here: Service, key: str, words: str) -> None:
    """Taken in, and nothing is worked off yet."""
    here.listener.receive(ORGANISATION, Incoming(CHANNEL, key, here.id, words))


def asked(here: Service) -> str:
    found = here.open_question()
    return "" if found is None else found[1].name


def go_until(here: Service, there: Callable[[], bool]) -> None:
    for _ in range(120):
        if there():
            return
        if not here.go_along():
            here.walk()
    raise AssertionError(names(here, 0))


def meets_a_model(here: Service, url: str) -> None:
    """At the first question, as where a model was there from the start."""
    go_until(here, lambda: asked(here) == "where_it_hurts")
    with_model(here, url)
    with here.store.transaction(ORGANISATION) as repo:
        (talk,) = repo.conversations(here.id, open_only=True)
        opening = values.load(talk.opening or "")
        manager = dataclasses.replace(opening.manager, has_model=True)
        repo.amend_opening(talk.id, values.dump(dataclasses.replace(opening, manager=manager)))


def typed(here: Service) -> list[str]:
    with here.store.reading(ORGANISATION) as repo:
        entries = [e for talk in repo.conversations(here.id) for e in repo.journal(talk.id).entries]
    return [each.answer.text for each in entries if isinstance(each.answer, Words)]


def presses(here: Service, which: Callable[[Question], str]) -> None:
    found = here.open_question()
    assert found is not None
    talk, question = found
    here.receive(token=str(Token(talk.id, question.name, question.asking, which(question))))


def something_feels_wrong(here: Service) -> None:
    """It is looked at until tomorrow, and asks nothing meanwhile."""
    here.receive(words="something feels wrong")
    for _ in range(4):
        found = here.open_question()
        if found is None or found[0].kind != Kind.WRONG:
            return
        here.go_along()


def walks_into_the_next_week(here: Service) -> None:
    """Until the next week asks its first question."""
    weeks = here.weeks()
    for _ in range(60):
        here.walk()
        with here.store.reading(ORGANISATION) as repo:
            talks = repo.conversations(here.id, open_only=True)
        if here.weeks() > weeks and any(talk.kind == Kind.WEEK and talk.shown_name for talk in talks):
            return
    raise AssertionError(names(here, 0))


def is_not_started(here: Service, url: str) -> None:
    """A second week, and what was in the way is asked."""
    with_model(here, url)
    here.receive(words="not this week")
    go_until(here, lambda: here.weeks() == 2)
    at(here, "in_the_way", PRESSES)


# Danger goes before all


@pytest.mark.parametrize(
    "words",
    ["please, is anybody there", "help", "back", "skip", "now", "start", "who pays for this?", "share"],
)
def test_while_somebody_is_reached_words_are_no_answer_and_no_work_is_asked(new: Service, words: str) -> None:
    go_until(new, lambda: asked(new) == "which_work")
    hears(new, "danger", DANGER)
    hears(new, "then", words)
    before = len(new.arrived_here)
    new.worker.run_due()
    assert not {"which_work", "where_it_hurts", "mirror", "nothing_open"} & set(names(new, before))
    assert words not in typed(new)


def test_rails_that_come_are_not_asked_over_danger(without_rails: Service) -> None:
    def waits() -> bool:
        with without_rails.store.reading(ORGANISATION) as repo:
            person = repo.person(without_rails.id)
            assert person is not None
            exchange = Exchange(repo, person, without_rails.clock.now())
            needs = [exchange.stand(talk)[0].needs for talk in exchange.open_talks()]
        return any(isinstance(need, Lookup) and "guardrails" in need.query for need in needs)

    go_until(without_rails, waits)
    without_rails.receive(words=DANGER)
    before = len(without_rails.arrived_here)
    without_rails.publish()
    assert names(without_rails, before) == []


def test_what_a_model_brought_is_not_asked_over_danger_because_rails_come(new: Service, odd: Odd) -> None:
    meets_a_model(new, odd.url)

    def meanwhile(_body: object) -> object:
        hears(new, "danger", DANGER)
        return oddly.chat(HEARD)

    odd.does["chat/completions"] = meanwhile
    new.receive(words=STORY)
    before = len(new.arrived_here)
    new.publish()
    new.clock.moment += timedelta(minutes=1)
    new.worker.run_due()
    assert "mirror" not in names(new, before)


def test_a_message_deleted_while_danger_is_open_asks_for_no_work(new: Service) -> None:
    go_until(new, lambda: asked(new) == "which_work")
    hears(new, "w1", "the quote for Osaka")
    new.worker.run_due()
    new.receive(words=DANGER)
    before = len(new.arrived_here)
    gone = Incoming(CHANNEL, "w2", new.id, None, of="w1", deleted=True)
    new.listener.receive(ORGANISATION, gone)
    new.worker.run_due()
    assert names(new, before) == ["words_deleted"]


def test_and_what_rested_on_it_falls_at_once(new: Service) -> None:
    go_until(new, lambda: asked(new) == "which_work")
    hears(new, "w1", "the quote for Osaka")
    new.worker.run_due()
    go_until(new, lambda: asked(new) == "stake")
    new.receive(words=DANGER)
    new.listener.receive(ORGANISATION, Incoming(CHANNEL, "w2", new.id, None, of="w1", deleted=True))
    with new.store.reading(ORGANISATION) as repo:
        assert repo.facts(new.id, facts.Friction) == []


# Nobody is left without an answer


def test_while_something_wrong_is_looked_at_what_is_asked_is_answered(here: Service, odd: Odd) -> None:
    with_model(here, odd.url)
    odd.does["chat/completions"] = oddly.chat(COST)
    something_feels_wrong(here)
    before = len(here.arrived_here)
    here.receive(words="who foots the bill?")
    here.receive(words="not this week")
    assert names(here, before) == ["programme_cost", "slice_reminder", "not_this_week_kept"]


def test_and_so_does_the_check_in_beside_it(here: Service, odd: Odd) -> None:
    is_not_started(here, odd.url)
    odd.does["chat/completions"] = oddly.chat(NO_TIME)
    something_feels_wrong(here)
    here.receive(words=UNREAD)
    assert asked(here) == "in_the_way_right"


@pytest.mark.parametrize("away, back, days", [("pause", "", 60), ("stop", "start", 14)])
def test_an_answer_that_came_while_they_were_away_takes_no_later_words(
    here: Service, odd: Odd, away: str, back: str, days: int
) -> None:
    with_model(here, odd.url)

    def meanwhile(_body: object) -> object:
        hears(here, "meanwhile", away)
        return oddly.chat(COST)

    odd.does["chat/completions"] = meanwhile
    here.receive(words="who foots the bill?")
    odd.does["chat/completions"] = oddly.chat("{}")
    if back:
        here.clock.moment += timedelta(days=days)
        here.worker.run_due()
        here.receive(words=back)
    else:
        walks_into_the_next_week(here)
    before = len(here.arrived_here)
    here.receive(words="not this week")
    assert "not_this_week_kept" in names(here, before)


def test_what_was_asked_before_a_pause_comes_after_it_as_the_line_after_a_pause(
    new: Service, odd: Odd
) -> None:
    meets_a_model(new, odd.url)
    odd.does["chat/completions"] = oddly.chat(HEARD)
    new.receive(words=STORY)
    new.receive(words="back")

    def meanwhile(_body: object) -> object:
        hears(new, "meanwhile", "pause")
        return oddly.chat(HEARD)

    odd.does["chat/completions"] = meanwhile
    new.receive(words=f"{STORY} again")
    before = len(new.arrived_here)
    new.walk(new.clock.now() + timedelta(days=30))
    come = [(each.job.name, each.job.nudge) for each in new.arrived_here[before:]]
    assert come[:1] == [("mirror", "after_pause")]


@pytest.mark.parametrize("words", ["No time", "1"])
def test_a_button_that_is_named_while_a_model_is_asked_is_pressed(
    here: Service, odd: Odd, words: str
) -> None:
    is_not_started(here, odd.url)

    def meanwhile(_body: object) -> object:
        hears(here, "meanwhile", words)
        return oddly.chat(NO_TIME)

    odd.does["chat/completions"] = meanwhile
    here.receive(words=UNREAD)
    assert asked(here) == "smaller_or_same"


# No Yes counts for other words, and no words for what nobody saw


def test_other_words_that_are_read_as_the_same_button_are_said_back_again(
    here: Service, llmock: LLMock
) -> None:
    is_not_started(here, llmock.base_url())
    llmock.reply(NO_TIME)
    here.receive(words=UNREAD)
    here.receive(words="yes")
    assert asked(here) == "smaller_or_same"
    here.receive(words="change an answer")
    presses(here, lambda question: next(o.value for o in question.options if str(o.label) == UNREAD))
    llmock.reply(json.dumps({**NOTHING, "blocker": "no_time", "blocker_quote": "belum dibuka"}))
    here.receive(words="alatnya belum dibuka untuk kami")
    assert asked(here) == "in_the_way_right"


def test_words_after_an_incident_answer_nothing_that_was_never_asked(new: Service, odd: Odd) -> None:
    meets_a_model(new, odd.url)
    odd.does["chat/completions"] = oddly.chat(HEARD)
    new.receive(words="I sent the customer list to the wrong person and the quote for Osaka waited four days")
    go_until(new, lambda: (found := new.open_question()) is None or found[0].kind != Kind.WRONG)
    before = len(new.arrived_here)
    new.receive(words="ok I called them, what now")
    assert "ok I called them, what now" not in typed(new)
    assert names(new, before) == [asked(new)], "it is asked now"


@pytest.mark.parametrize("words", ["1", "yes they do", "nobody", "no, it's HR", "2", "?"])
def test_whatever_is_typed_beside_yes_and_no_is_nobodys_name(new: Service, odd: Odd, words: str) -> None:
    meets_a_model(new, odd.url)
    odd.does["chat/completions"] = oddly.chat(HEARD.replace('"waiting": ""', '"waiting": "the Osaka client"'))
    new.receive(words=STORY)
    go_until(new, lambda: asked(new) == "do_they_notice")
    new.receive(words=words)
    with new.store.reading(ORGANISATION) as repo:
        kept = [each.fact.noticer for each in repo.facts(new.id, facts.Stake)]
    assert kept in ([], ["the Osaka client"])


def test_an_answer_of_a_week_that_closed_while_they_chose_stays(here: Service) -> None:
    go_until(here, lambda: asked(here) == "judgment")
    here.receive(words="change an answer")
    walks_into_the_next_week(here)
    before = len(here.arrived_here)
    presses(here, lambda question: question.options[0].value)
    assert names(here, before)[0] == "closed_week"
    with here.store.reading(ORGANISATION) as repo:
        closed = [talk for talk in repo.conversations(here.id) if talk.kind == Kind.WEEK and not talk.is_open]
        assert not [each.name for each in repo.journal(closed[-1].id).entries if each.withdrawn]

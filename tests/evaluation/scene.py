"""Plays a real script of the coach in memory, with one manager who answers by the names of the questions.

What a model is asked on the way goes to an ``Asker``; everything else is as in the service, so that what is
looked at is what a manager would have seen, after all the rules.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from coaching import rhythm
from coaching.consulting import QUERY, Task
from coaching.dialogue import Script, play
from coaching.facts import Fact
from coaching.guardrails import GoesTo
from coaching.journal import Answer, Found, Journal, Passed, Tap, Words
from coaching.needs import Kind, Line, Lookup, Need, Question, Wait
from coaching.opening import (
    Manager,
    MarketPeople,
    PastValue,
    Rails,
    Sponsor,
    StartOpening,
    WeekOpening,
    Workflow,
)
from coaching.slots import Phrase, Slot, Term
from coaching.verdict import Grade
from tests.properties.people import FIRST_DAY, guardrails

Asker = Callable[[Task, Mapping[str, str]], Mapping[str, Any] | None]
MOST_STEPS = 150
BETWEEN = timedelta(seconds=20)
ZONES = {
    "SG": "Asia/Singapore", "JP": "Asia/Tokyo", "ID": "Asia/Jakarta", "AU": "Australia/Sydney",
    "NZ": "Pacific/Auckland", "IN": "Asia/Kolkata", "KR": "Asia/Seoul", "TH": "Asia/Bangkok",
    "VN": "Asia/Ho_Chi_Minh", "PH": "Asia/Manila", "MY": "Asia/Kuala_Lumpur", "CN": "Asia/Shanghai",
    "TW": "Asia/Taipei", "HK": "Asia/Hong_Kong",
}  # fmt: skip

SKIP, LET_PASS = "-", "~"  # in place of an answer
# What the manager of these scenes says if a row says nothing else. A tap is "[value]".
USUAL = {
    "welcome": "[start]",
    "consent": "[ok]",
    "where_it_hurts": "[quality]",
    "which_work": "Proposals for key accounts",
    "what_went_wrong": "Every proposal goes through three or four review rounds",
    "stake": "[customer]",
    "stake_in_a_line": "Two renewals asked for the offer twice",
    "who_notices": "The account leads",
    "team_line": "[skip_it]",
    "span": "draft sent until it leaves the house",
    "before_values": "3, 4 and 3",
    "item": "The Harbour Line proposal from September",
    "good": "the solution engineer finds no invented feature in it",
    "forecast_against": "a feature we do not have",
    "plan_when": "after the Tuesday pipeline call",
    "slice_reminder": LET_PASS,
    "what_changed": "The second reviewer found nothing new",
    "your_number": "2",
    "minding": "10 5 0 5",
    "where_it_went": SKIP,
    "judgment_further": "The delivery terms, line by line",
    **dict.fromkeys(("back_test", "side_by_side", "steps", "step_to_drop", "who_must_agree"), SKIP),
    **dict.fromkeys(("colleague_asked", "drill", "team_worry", "ninety_seconds"), SKIP),
}
OTHERWISE = "the Harbour Line proposal"


@dataclass(frozen=True)
class Consulted:
    """One time a model was asked: what for, what it was given, what it proposed."""

    task: Task
    given: Mapping[str, str]
    proposal: Mapping[str, Any] | None


@dataclass
class Played:
    """A scene as it went: what was put and said in order, what was kept, what a model was asked."""

    shown: list[Question | Line] = field(default_factory=list)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    asked: list[Consulted] = field(default_factory=list)
    has_ended: bool = False
    result: Any = None

    def texts(self) -> tuple[str, ...]:
        """Every text and every choice that was before the manager, each once."""
        found = (leaf for each in self.shown for leaf in leaves_of(each))
        return tuple(dict.fromkeys(found))

    def named(self, name: str) -> list[Question | Line]:
        """Each time a question or line of this name was shown."""
        return [each for each in self.shown if each.name == name]


def manager(market: str = "SG", function: str = "sales", language: str = "en", **others: Any) -> Manager:
    """Whom a scene is played with. Of a mixed language the first counts."""
    return Manager(
        name="Dana Lim",
        coach="Mei Tan",
        market=market,
        function=function,
        language=language.partition("+")[0],
        working_days="01234",
        calendar=rhythm.Calendar(ZONES[market], market),
        other_person="Asha Rao",
        **others,
    )


def start_opening(someone: Manager) -> tuple[StartOpening, datetime]:
    """Both sittings, from the first word on, and when they open."""
    sponsor = Sponsor("Irene Goh", "Up to 60 minutes a week is yours.", FIRST_DAY.date())
    at = rhythm.first_invitation(someone.calendar, FIRST_DAY)
    return StartOpening(someone, 1, sponsor), at.astimezone(ZoneInfo(someone.calendar.zone))


def week_opening(someone: Manager, theme: int, asked: tuple[str, ...] = ()) -> tuple[WeekOpening, datetime]:
    """A week of that theme on the usual piece of work, and when it opens."""
    days = rhythm.next_programme_week(someone.calendar, FIRST_DAY)
    at = days.slice_at.astimezone(ZoneInfo(someone.calendar.zone))
    before = tuple(PastValue(Decimal(n), Decimal(n), Grade.LOOKED_UP) for n in (3, 4, 3))
    rails = Rails(
        someone.market, 1, "Company Assistant", GoesTo.CLIENT, "Engineer 1", at, at + timedelta(days=29)
    )
    workflow = Workflow(
        number=1,
        work=USUAL["which_work"],
        shape="quality",
        stake=USUAL["stake_in_a_line"],
        noticer=USUAL["who_notices"],
        measure="M07",
        unit="rounds",
        span=USUAL["span"],
        balancing="errors",
        before=before,
        target=Decimal(2),
        readings=(),
        rails=rails,
        ai_part="check_list",
        item=USUAL["item"],
        good=USUAL["good"],
        stop_if="20",
        market=someone.market,
    )
    opening = WeekOpening(
        manager=someone,
        workflow=workflow,
        week=theme,
        theme=theme,
        days=days,
        plan_when=USUAL["plan_when"],
        plan_step="check_list",
        midweek_wanted=False,
        likelihood=70,
        live=True,
        state="agreed",
        asked=asked,
    )
    return opening, at


def play_out(
    script: Script,
    opening: Any,
    opened_at: datetime,
    says: Mapping[str, str],
    asker: Asker | None,
    until: str = "",
) -> Played:
    """Play to the end, or to the question ``until``; with no ``asker`` as if no model were configured."""
    someone = replace(opening.manager, has_model=asker is not None)
    opening = replace(opening, manager=someone)
    played, journal, now = Played(), Journal(), opened_at
    for _ in range(MOST_STEPS):
        turn = play(script, opening, opened_at, journal)
        played.shown += turn.said
        played.facts, played.result = turn.facts, turn.result
        for entry in turn.withdrawn:
            journal = journal.without(entry.name, entry.asking)
        need = turn.needs
        if need is None:
            played.has_ended = True
            break
        now += BETWEEN
        if isinstance(need, Wait):
            now = max(now, need.at.astimezone(opened_at.tzinfo))
        if isinstance(need, Question):
            played.shown.append(need)
            if need.name == until:
                break
            if need.lapses is not None and says_of(need, says) == LET_PASS:
                now = max(now, need.lapses.astimezone(opened_at.tzinfo))
        answer = _answer(need, says, asker, played)
        digest = journal.sign(need.seen()) if isinstance(need, Question) else ""
        journal = journal.with_entry(need.name, answer, now, digest)
    return played


def _answer(need: Need, says: Mapping[str, str], asker: Asker | None, played: Played) -> Answer:
    match need:
        case Wait():
            return Passed.REACHED
        case Lookup(query=query) if query == QUERY:
            return _consult(need, asker, played)
        case Lookup():
            return _look_up(need)
        case Question():
            return reply(need, says_of(need, says))


def _look_up(need: Lookup) -> Answer:
    """What the service would find: rails in every market, nine managers who share them, no signs."""
    found = {
        "guardrails": guardrails(str(need.slots.get("market"))),
        "market_people": MarketPeople("Wei Chen Ong", 9),
        "signs": (),
    }
    return Found(found[need.query]) if need.query in found else Passed.GAVE_UP


def _consult(need: Lookup, asker: Asker | None, played: Played) -> Answer:
    given = {name: str(value) for name, value in need.slots.items() if name != "task"}
    task = Task(str(need.slots["task"]))
    proposal = None if asker is None else asker(task, given)
    played.asked.append(Consulted(task, given, proposal))
    return Passed.GAVE_UP if proposal is None else Found(json.dumps(proposal, ensure_ascii=False))


def says_of(question: Question, says: Mapping[str, str]) -> str:
    """What this manager says to a question: in this scene, else as ever; "" where neither knows it."""
    return says.get(question.name, USUAL.get(question.name, ""))


def reply(question: Question, said: str) -> Answer:
    """What is said as an answer to this question; where it does not fit, the first button."""
    options = [option.value for option in question.options if not option.beside]
    if said == LET_PASS and question.lapses is not None:
        return Passed.LAPSED
    if question.skippable and said == SKIP:
        return Passed.SKIPPED
    if said.startswith("[") and said[1:-1] in options:
        return Tap(said[1:-1])
    if said not in ("", SKIP, LET_PASS) and not said.startswith("[") and question.kind is not Kind.CHOOSE:
        return Words(said)
    if options:
        return Tap(options[0])
    return Passed.SKIPPED if question.skippable else Words(OTHERWISE)


def leaves_of(shown: Question | Line) -> Iterator[str]:
    """The texts and names in the slots and on the buttons of what is shown."""
    for slot in shown.slots.values():
        yield from _leaves(slot)
    if isinstance(shown, Question):
        for option in shown.options:
            yield from _leaves(option.value if option.label is None else option.label)


def _leaves(slot: Slot) -> Iterator[str]:
    """The texts and names within a slot, however they are nested."""
    match slot:
        case str():
            yield slot
        case Term(of, key):
            yield f"{of}.{key}"
        case Phrase():
            for _, value in slot.slots:
                yield from _leaves(value)
        case tuple():
            for each in slot:
                yield from _leaves(each)

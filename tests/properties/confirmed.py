"""What must have been shown and agreed to before a fact may stand: yes to exactly this, and to nothing else.

Every rule compares a fact of a turn with the questions as they stood on the screen when they were answered.
"""

from __future__ import annotations

from collections.abc import Iterator

from coaching import facts
from coaching.assignment import State
from coaching.dialogue import Turn
from coaching.journal import Entry, Passed, Tap, Words
from coaching.needs import Question
from coaching.opening import Rails, WeekOpening
from coaching.slots import Amount, Phrase, Slot, Term
from coaching.summary import sent_lines
from tests.properties.walker import Walk


def agreed(walk: Walk, turn: Turn, name: str, *values: str) -> Iterator[tuple[Question, Entry]]:
    """The questions of this name, as shown, to which one of ``values`` (or anything) still stands."""
    for entry in walk.journal.entries:
        if entry.name != name or entry.withdrawn or entry in turn.withdrawn:
            continue
        said = entry.answer.value if isinstance(entry.answer, Tap) else None
        if not values or said in values:
            yield walk.shown[entry.name, entry.asking], entry


def assert_all_confirmed(walk: Walk, turn: Turn) -> None:
    """Nothing is active, counted or sent that was not confirmed as it now stands."""
    for name, fact in turn.facts.items():
        match fact:
            case facts.Assignment(state=State.ACTIVE):
                _active(walk, turn, fact)
            case facts.Confirmation():
                assert _rails_were_shown(walk, turn, fact), fact
            case facts.Reading():
                assert _number_was_shown(walk, turn, fact), fact
            case facts.Before():
                shown = [
                    question.slots["values"] for question, _ in agreed(walk, turn, "before_right", "yes")
                ]
                assert any(_amount(fact) in (value or ()) for value in shown if isinstance(value, tuple)), (
                    fact
                )
            case facts.SentSummary():
                cards = agreed(walk, turn, "summary_card", "send")
                assert any(card.slots["lines"] == sent_lines(fact) for card, _ in cards), fact
            case facts.Friction():
                mirrors = agreed(walk, turn, "mirror", "yes")
                assert any(
                    (q.slots["work"], q.slots["pain"]) == (fact.work, fact.pain) for q, _ in mirrors
                ), fact
            case facts.Stake():
                assert _noticer_was_named(walk, turn, fact), fact
            case facts.Obstacle(kind="not_started" | "stuck"):
                assert _obstacle_was_chosen(walk, turn, fact), fact
            case facts.Consent():
                assert any(agreed(walk, turn, "consent", "ok"))
            case facts.Profile():
                rows = [question.slots for question, _ in agreed(walk, turn, "profile", "yes")]
                assert any(Term("Market", fact.market) in row.values() for row in rows), fact
            case _:
                assert name


def _active(walk: Walk, turn: Turn, fact: facts.Assignment) -> None:
    """Active work rests on a fresh yes to the rails that are current now, and the slice itself was taken."""
    assert fact.activated_at is not None
    assert fact.fresh_until is not None
    assert fact.activated_at <= fact.fresh_until
    market = _where(walk, turn)
    current = walk.shelf.current(market, walk.now)
    assert current is not None, "active without current guardrails"
    assert (fact.market, fact.version) == (current.market, current.version)
    key = (fact.market, fact.version, fact.fresh_until)
    said = [each for each in turn.facts.values() if isinstance(each, facts.Confirmation)]
    stood = walk.opening.workflow.rails if isinstance(walk.opening, WeekOpening) else None
    standing: list[facts.Confirmation | Rails] = [*said, *([stood] if stood else [])]
    assert key in [(each.market, each.version, each.fresh_until) for each in standing]
    if fact.theme > 1:
        offers = [question.slots["slice"] for question, _ in agreed(walk, turn, "slice_offer", "take_it")]
        assert any(_slot(offer, "item") == fact.item and _slot(offer, "due") == fact.due for offer in offers)


def _where(walk: Walk, turn: Turn) -> str:
    """The market as the manager last confirmed it."""
    profile = turn.facts.get("profile")
    return profile.market if isinstance(profile, facts.Profile) else str(walk.opening.manager.market)


def _rails_were_shown(walk: Walk, turn: Turn, fact: facts.Confirmation) -> bool:
    """The four facts, one by one, of this version; or the one card that repeats them."""
    for card, _ in agreed(walk, turn, "rails_still_fit", "still_fits"):
        checkpoint = card.slots["checkpoint"]
        spoken = checkpoint.key if isinstance(checkpoint, Term) else checkpoint
        if (card.slots["tool"], spoken, card.slots["version"]) == (fact.tool, fact.checkpoint, fact.version):
            return True
    four = (
        [q for q, _ in agreed(walk, turn, "rail_data", "fits")],
        [q for q, entry in agreed(walk, turn, "rail_tool") if _chosen(q, entry) == fact.tool],
        [q for q, entry in agreed(walk, turn, "rail_checkpoint") if _chosen(q, entry) == fact.checkpoint],
        [q for q, _ in agreed(walk, turn, "rail_contact", "saved")],
    )
    return all(any(q.slots["version"] == fact.version for q in questions) for questions in four)


def _noticer_was_named(walk: Walk, turn: Turn, fact: facts.Stake) -> bool:
    """Somebody the manager wrote, or held up from their story and agreed to by name."""
    asked = (*agreed(walk, turn, "who_notices"), *agreed(walk, turn, "do_they_notice"))
    return any(
        entry.answer == Words(fact.noticer)
        or (entry.answer == Tap("yes") and question.slots["who"] == fact.noticer)
        for question, entry in asked
    )


def _obstacle_was_chosen(walk: Walk, turn: Turn, fact: facts.Obstacle) -> bool:
    """By its button or its number; or in words that were said back as just that and agreed to."""
    name = "in_the_way" if fact.kind == "not_started" else "stuck_by"
    if any(agreed(walk, turn, name, fact.which)) or any(agreed(walk, turn, f"{name}_again", fact.which)):
        return True
    shown = [question.slots["what"] for question, _ in agreed(walk, turn, f"{name}_right", "yes")]
    numbered = [
        question.options[int(entry.answer.text) - 1].value
        for question, entry in agreed(walk, turn, name)
        if isinstance(entry.answer, Words)
        and entry.answer.text.isdigit()
        and len(entry.answer.text) == 1
        and 0 < int(entry.answer.text) <= len(question.options)
    ]
    return Term(name, fact.which) in shown or fact.which in numbered


def _number_was_shown(walk: Walk, turn: Turn, fact: facts.Reading) -> bool:
    shown = agreed(walk, turn, "number_known", fact.grade)
    return any(question.slots["value"] == _amount(fact) for question, _ in shown)


def _amount(fact: facts.Reading | facts.Before) -> Amount:
    return Amount(fact.low, fact.unit, None if fact.low == fact.high else fact.high)


def _chosen(question: Question, entry: Entry) -> Slot | None:
    """What an answer meant as it was shown: the label where data gave it, else the value or the words."""
    match entry.answer:
        case Tap(value):
            (option,) = (each for each in question.options if each.value == value)
            return value if option.label is None else option.label
        case Words(text):
            return text
        case _:
            return None


def _slot(phrase: Slot, name: str) -> Slot | None:
    return dict(phrase.slots).get(name) if isinstance(phrase, Phrase) else None


def retrace(walk: Walk, turn: Turn) -> list[tuple[Question, Entry]]:
    """The answers that were credited on the way to ``turn``, each with its question as it is asked now.

    Found by asking anew from an empty journal and handing out the standing answers by name, in order: another
    road than the engine's own, to the same place.
    """
    standing: dict[str, list[Entry]] = {}
    for entry in walk.journal.entries:
        if not entry.withdrawn:
            standing.setdefault(entry.name, []).append(entry)
    fresh = walk.anew()
    credited: list[tuple[Question, Entry]] = []
    while True:
        now = fresh.look()
        waiting = standing.get(now.needs.name) if now.needs is not None else None
        if now.needs is None or not waiting or waiting[0] in turn.withdrawn:
            break
        entry = waiting.pop(0)
        fresh.journal = fresh.journal.with_entry(entry.name, entry.answer, entry.moment, entry.digest)
        if isinstance(now.needs, Question):
            credited.append((now.needs, entry))
    assert (now.needs is None) == (turn.needs is None)
    if now.needs is not None and turn.needs is not None:
        assert now.needs.name == turn.needs.name
    assert now.facts == turn.facts
    assert now.said == turn.said
    return credited


def assert_credited_as_asked(walk: Walk, turn: Turn) -> int:
    """Every confirming answer that still counts was given to the very question as it is asked now."""
    confirming = [(question, entry) for question, entry in retrace(walk, turn) if question.confirms]
    for question, entry in confirming:
        if entry.answer is Passed.LAPSED:
            continue
        assert entry.digest == walk.journal.sign(question.seen()), question.name
        shown = walk.shown[entry.name, entry.asking]
        assert (shown.slots, shown.options) == (question.slots, question.options), question.name
    return len(confirming)

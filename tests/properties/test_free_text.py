"""Whatever somebody writes, pastes or sends, the coach stays calm: nothing breaks, something is open after.

Novels, nothing at all, half characters, numbers that are none, code of every kind: wherever words are taken.
"""

from __future__ import annotations

from collections import Counter
from random import Random

from coaching.dialogue import Turn
from coaching.journal import Answer, Form, Words
from coaching.needs import Kind as Form_of
from coaching.needs import Question
from tests.properties.declared import declared
from tests.properties.proposing import sensible
from tests.properties.test_every_button import KINDS, WORDS
from tests.properties.walker import HOSTILE, Walk, begin, spoken, walk_on, ways_to_answer

TIMES = 2  # each hostile text at each question
ROUNDS = 12  # at most; it ends when every question was met
PEEKS = 2  # how often what comes after an answer is looked at
READERS = (WORDS.reader("en", "SG", "Asia/Singapore"), WORDS.reader("ja", "JP", "Asia/Tokyo"))


def hostile_answers(question: Question) -> list[Answer]:
    """Every hostile text as words; where there are boxes also in each box, and in all of them."""
    answers: list[Answer] = [Words(text) for text in HOSTILE]
    for text in HOSTILE if question.kind is Form_of.FILL else ():
        answers += [Form({box: text}) for box in question.fields[:1]]
        answers.append(Form(dict.fromkeys(question.fields, text)))
    return answers


def test_every_question_that_takes_words_takes_any_words() -> None:
    tried: Counter[str] = Counter()

    def watch(walk: Walk, turn: Turn) -> None:
        question = turn.needs
        if (
            not isinstance(question, Question)
            or question.kind is Form_of.CHOOSE
            or tried[question.name] >= TIMES
        ):
            return
        tried[question.name] += 1
        for answer in hostile_answers(question):
            after = walk.would(question, answer)
            ended = after.needs is None and question.name in LAST_WORDS
            assert after.needs is not None or ended, (question.name, answer)
            for each in spoken(after):
                for reader in READERS:
                    WORDS.message(reader, each).text.encode()

    peeked: Counter[tuple[str, str]] = Counter()

    def look_behind_each_answer(walk: Walk, turn: Turn) -> None:
        watch(walk, turn)
        question = turn.needs
        if not isinstance(question, Question):
            return
        words = () if question.kind is Form_of.CHOOSE else (Words("the order archive"),)
        for answer in (*ways_to_answer(question), *words):
            peeked[question.name, str(answer)] += 1
            if peeked[question.name, str(answer)] <= PEEKS:
                other = walk.copy()
                other.give(question, answer)
                look_behind_each_answer(other, other.settle())

    free = {each.name for each in declared() if each.how in ("ask", "may_ask", "ask_or", "fill")}
    novel = Counter[tuple[str, str]]()
    for seed in range(ROUNDS):
        for number, (kind, theme) in enumerate(KINDS):
            dice = Random(1000 * seed + number)
            walk = begin(kind, dice, theme, sensible if seed % 2 else None)
            walk_on(walk, dice, watch=look_behind_each_answer, novel=novel, asleep=0)
        if not free - set(tried):
            break
    assert not free - set(tried), f"never met: {sorted(free - set(tried))}"


# What ends its conversation when it is answered; all others leave something open.
LAST_WORDS = frozenset({"wrong_day_after", "person_topic", "person_other_topic"})

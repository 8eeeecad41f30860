"""What a message may mean besides an answer: a pushback, a wish, a new role, another language, being away or
elsewhere, a question about the programme.

A conversation of its own takes it up, and the open question waits beneath. What could as well be an answer is
one: in doubt nothing is interrupted.
"""

from __future__ import annotations

import logging
import unicodedata
from collections import Counter
from dataclasses import dataclass

from bot import openings, settling, whereabouts
from bot.exchange import LATELY, Exchange
from bot.reflexes import Reflexes, reader_of
from coaching import facts, phrases, programme
from coaching.absence import AwayOpening
from coaching.journal import Tap, Words
from coaching.journey import ASIDES, Kind
from coaching.needs import Kind as Form_of
from coaching.needs import Line, Question
from coaching.second_thoughts import LanguageOpening
from coaching.signals import Signal, read_signal
from prompts.words import Words as Language
from storage.conversations import Conversation
from storage.jobs import times_queued

log = logging.getLogger("unbadged.listening")
TALK = "talk"
COMMANDS_BEFORE_A_NOTE = 3
SHORT = 8  # words: a longer one with "pointless" in it is a story about the work
ASKING = 16  # words of a question to the coach
LATIN_WORDS = 5  # fewer are names and borrowed words
_SCRIPTS = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "THAI": "th", "HANGUL": "ko", "DEVANAGARI": "hi", "CJK": "zh",
    "LATIN": "latin",
}  # fmt: skip
_TROUBLE = {
    Signal.DANGER: Kind.DANGER,
    Signal.HARASSMENT: Kind.HARASSMENT,
    Signal.DISTRESS: Kind.DISTRESS,
    Signal.THREAT: Kind.THREAT,
    Signal.MAYBE_DANGER: Kind.FIGURE,
    Signal.BREACH: Kind.WRONG,
    Signal.TEAM_TROUBLE: Kind.TEAM,
    Signal.OVERLOAD: Kind.OVERLOAD,
    Signal.HOSTILE: Kind.HOSTILE,
}
_ALWAYS = frozenset({Signal.DANGER, Signal.HARASSMENT, Signal.DISTRESS})
_AN_ANSWER_TOO = frozenset({Signal.MAYBE_DANGER, Signal.BREACH, Signal.OVERLOAD})
_CUTS_IN = {"resistance": Kind.PUSHBACK, "certificate": Kind.NOTE, "role_change": Kind.NEW_ROLE}


@dataclass
class Interruptions:
    """What cuts in on one person, within one exchange."""

    exchange: Exchange
    words: Language

    def hears_trouble(self, text: str, floor: Conversation | None, question: Question | None) -> bool:
        """Whether ``text`` is a sign of trouble, in whatever it stands: that goes before everything.

        What is said beside the trouble is an answer still, except where it is about a person's own safety or
        somebody else's trouble: such words are not kept.
        """
        signal = read_signal(text)
        if signal is None or (signal is Signal.MAYBE_DANGER and self.exchange.lately(Kind.FIGURE)):
            return False
        kind = _TROUBLE[signal]
        if floor is not None and floor.kind == kind and signal not in _ALWAYS:
            return False
        takes_words = question is not None and question.kind is not Form_of.CHOOSE
        if signal in _AN_ANSWER_TOO and takes_words and floor is not None and question is not None:
            self.exchange.note_down(floor, question, Words(text))
        self.exchange.cut_in(kind)
        return True

    def takes_up(self, text: str, floor: Conversation | None, question: Question | None) -> bool:
        """Whether ``text`` was taken up as something else than an answer."""
        return (
            self._is_a_command(text)
            or whereabouts.take_up(self.exchange, text, floor, question)
            or self._is_a_question_to_us(text, floor)
            or self._is_away(text)
            or self._is_a_correction(text, floor)
            or self._is_about_the_programme(text, floor, question)
            or self._is_in_another_language(text, floor, question)
        )

    def _is_a_command(self, text: str) -> bool:
        """Text that tells the program what to do has no effect on anything, and is not kept. The third time
        the operator is told that it happens, not by whom, and nothing of what it said.
        """
        if "injection" not in phrases.spoken(text, TALK):
            return False
        exchange = self.exchange
        before = times_queued(exchange.repo, exchange.person.id, "not_that_one", exchange.now - LATELY)
        if before == COMMANDS_BEFORE_A_NOTE - 1:
            exchange.repo.audit("commands_in_words", exchange.now)
            log.warning("somebody has told the program what to do %s times", COMMANDS_BEFORE_A_NOTE)
        exchange.say("not_that_one")
        exchange.repeat(exchange.floor())
        return True

    def _is_a_question_to_us(self, text: str, floor: Conversation | None) -> bool:
        spoken, length = phrases.spoken(text, TALK), len(text.split())
        if floor is not None and floor.kind in _CUTS_IN.values():
            return False
        for name, kind in _CUTS_IN.items():
            if name in spoken and length <= (SHORT if name == "resistance" else ASKING):
                self.exchange.cut_in(kind)
                return True
        for name, line in (("boss", "who_sees_what"), ("prompt", "prompt_tip")):
            if name in spoken and length <= ASKING:
                coach = openings.manager_of(self.exchange.repo, self.exchange.person).coach
                self.exchange.say(line, **({"coach": coach} if name == "boss" else {}))
                self.exchange.repeat(floor)
                return True
        return False

    def _is_away(self, text: str) -> bool:
        """ "ooo 3 days" at the beginning of a short message; in a story somebody else may be on leave."""
        if len(text.split()) > ASKING or not phrases.opens_with(text, TALK, "away"):
            return False
        goes_on = phrases.rest_after(text, TALK, "away")
        if goes_on and not (goes_on[0].isdigit() or phrases.opens_with(goes_on, TALK, "away_goes_on")):
            return False  # "annual leave approvals take forever" is a story
        manager = openings.manager_of(self.exchange.repo, self.exchange.person)
        sick = "sick" in phrases.spoken(text, TALK)
        self.exchange.cut_in(Kind.AWAY, AwayOpening(manager, text, sick))
        return True

    def _is_a_correction(self, text: str, floor: Conversation | None) -> bool:
        """ "Sorry, meant 6": the last thing they wrote here is taken back and this stands in its place."""
        if floor is None or not phrases.opens_with(text, TALK, "meant"):
            return False
        meant = phrases.rest_after(text, TALK, "meant").lstrip(" :,-–")
        entries = [e for e in self.exchange.repo.journal(floor.id).entries if not e.withdrawn]
        given = [e for e in entries if isinstance(e.answer, Words | Tap)]
        if not meant or not given or given[-1] is not entries[-1]:
            return False
        last = given[-1]
        question = self.exchange.asked_before(floor, last)
        if question is None:
            return False
        named = self.words.choice(reader_of(self.words, self.exchange.person), question, meant)
        if named is None and question.kind is Form_of.CHOOSE:
            return False
        settling.changed(self.exchange, floor, last.name)
        self.exchange.answer_instead(floor, last, Words(meant) if named is None else Tap(named))
        return True

    def _is_about_the_programme(
        self, text: str, floor: Conversation | None, question: Question | None
    ) -> bool:
        """ "Who pays for this?" Answered at once where the lists know it, and the open question shown again.

        Where words may be an answer, only what can hardly be one is taken so. A model is asked only where
        words cannot be an answer at all; what it does not know either is answered as without it.
        """
        if floor is not None and floor.kind in ASIDES:
            return False
        takes_words = question is not None and question.kind is not Form_of.CHOOSE
        if takes_words and question is not None and question.name in programme.ANSWERED_BY_QUESTIONS:
            return False
        exchange = self.exchange
        manager = openings.manager_of(exchange.repo, exchange.person)
        entry = programme.asked_about(text, strictly=takes_words)
        if entry is not None:
            exchange.say(programme.line_of(entry), coach=manager.coach)
            exchange.repeat(floor)
            return True
        if takes_words or exchange.model is None or not programme.may_be_asked_of_a_model(text):
            return False
        if not exchange.model.may_be_used(exchange.repo, exchange.person, exchange.now):
            return False
        otherwise = Line("not_understood", {}) if question else Reflexes(exchange, self.words).nothing(floor)
        if otherwise is None or not exchange.repo.facts(exchange.person.id, facts.Consent):
            return False  # before the OK to what is shared, nothing a person writes is kept
        exchange.open(Kind.PROGRAMME, opening=programme.ProgrammeOpening(manager, text, otherwise))
        return True

    def _is_in_another_language(
        self, text: str, floor: Conversation | None, question: Question | None
    ) -> bool:
        """Offered once in four weeks; the answer counts meanwhile. A language that is not spoken is answered
        with those that are.
        """
        person, spoken = self.exchange.person, self.words.languages
        written = _language_of_the_letters(text, person.language)
        if written is None or written == person.language or self.exchange.lately(Kind.LANGUAGE):
            return False
        if written not in spoken:
            since = self.exchange.now - LATELY
            if not times_queued(self.exchange.repo, person.id, "languages_offered", since):
                names = tuple(each.name for each in spoken.values())
                self.exchange.say("languages_offered", languages=names)
            return False
        if floor is not None and question is not None and question.kind is not Form_of.CHOOSE:
            self.exchange.note_down(floor, question, Words(text))
        both = tuple((code, spoken[code].name) for code in (written, person.language))
        manager = openings.manager_of(self.exchange.repo, person)
        self.exchange.cut_in(Kind.LANGUAGE, LanguageOpening(manager, both))
        return True


def _language_of_the_letters(text: str, usual: str) -> str | None:
    """The language most of ``text`` is written in, where its letters tell; None where they do not."""
    letters = Counter(_SCRIPTS.get(unicodedata.name(each, "").split()[0]) for each in text if each.isalpha())
    total = letters.total()
    if total and letters["ja"] * 4 >= total:
        return "ja"
    for language in ("th", "ko", "hi", "zh"):
        if letters[language] * 2 > total and not (language == "zh" and usual == "ja"):
            return language
    latin = letters["latin"] * 10 > total * 9 and len(text.split()) >= LATIN_WORDS
    return "en" if latin and usual == "ja" else None

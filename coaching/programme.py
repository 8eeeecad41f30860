"""Questions about the programme itself ("is this mandatory?"), answered from a closed list that we wrote.

Lists of phrases know the usual ways of asking. Where they do not, a model may choose an entry, and only where
the text can be no answer to what is open; nothing that a model writes is ever said.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coaching import phrases
from coaching.consulting import Task, consult
from coaching.dialogue import Coach
from coaching.needs import Line
from coaching.opening import Manager
from coaching.signals import read_signal

LIST = "programme"
TALK, WHO_SEES = "talk", "boss"
ASKING = 16  # words of a question to the coach
LONGEST = 120  # characters; without spaces words cannot be counted
ENDING = 8  # characters at the end by which Japanese asks
# What may well be answered by a question of somebody's: there, no words are taken for one to us.
ANSWERED_BY_QUESTIONS = frozenset(
    {"judgment", "judgment_further", "ninety_seconds", "team_worry", "drill", "summary_line_words"}
    | {"person_topic", "word_to_next", "forecast_against", "line_for_team"}
)


class Entry(StrEnum):
    """What is known about the programme; the value names its answer, ``programme_…`` in prompts/."""

    MANDATORY = "mandatory"
    COST = "cost"
    EFFORT = "effort"
    DURATION = "duration"
    AFTERWARDS = "afterwards"
    MESSAGES = "messages"
    PURPOSE = "purpose"
    WHO = "who"
    WHY_ME = "why_me"
    MISSED = "missed"
    PAUSE = "pause"
    OTHER_WORK = "other_work"
    TOOLS = "tools"
    TEAM = "team"
    DECIDES = "decides"
    NUMBERS = "numbers"


@dataclass(frozen=True)
class ProgrammeOpening:
    """A question that no list knew, and the line that is said where nobody knows an answer."""

    manager: Manager
    text: str
    otherwise: Line


def reads_as_question(text: str, *, strictly: bool = False) -> bool:
    """Whether a short text asks something. ``strictly``: by how it ends, not only by how it begins."""
    if not text.strip() or len(text.split()) > ASKING or len(text) > LONGEST:
        return False
    said = text.rstrip()
    if said.endswith(("?", "？")) or phrases.says(said[-ENDING:], LIST, "ends_asking"):
        return True
    return not strictly and phrases.opens_with(_begun(said), LIST, "begins_asking")


def asked_about(text: str, *, strictly: bool = False) -> Entry | None:
    """What a text asks about the programme, by the lists; None if it asks nothing they know, or two things.

    ``strictly``: where the text may be an answer, the phrase must begin it, and it must end as a question.
    """
    if not reads_as_question(text, strictly=strictly):
        return None
    begun = _begun(text)
    if strictly:
        found = [each for each in Entry if phrases.opens_with(begun, LIST, each)]
    else:
        spoken = phrases.spoken(begun, LIST)
        found = [each for each in Entry if each in spoken]
    return found[0] if len(found) == 1 else None


def is_kept_inside(text: str, *, from_coach: bool = False) -> bool:
    """Whether a text is of the kind that no model sees: trouble of any sort, or a question about privacy.

    In doubt yes, for rules do the same. A coach's own question ("which report do you keep?") is about work.
    """
    if read_signal(text) is not None or WHO_SEES in phrases.spoken(text, TALK):
        return True
    return not from_coach and reads_as_question(text) and phrases.says(text, LIST, "private")


def may_be_asked_of_a_model(text: str) -> bool:
    """Whether a text that no list knows may be handed on as a question about the programme."""
    return reads_as_question(text) and not is_kept_inside(text)


def line_of(entry: Entry) -> str:
    """The name of an answer."""
    return f"programme_{entry}"


async def answer_a_question(coach: Coach[ProgrammeOpening]) -> Entry | None:
    """Say the entry a model chose; where it chose none, what would have been said without one."""
    opening = coach.opening
    proposal = await consult(coach, Task.ANSWER, text=opening.text, language=opening.manager.language)
    chosen = proposal.get("entry") if proposal else None
    if not isinstance(chosen, str) or chosen not in set(Entry):
        coach.say(opening.otherwise.name, **opening.otherwise.slots)
        return None
    entry = Entry(chosen)
    coach.say(line_of(entry), coach=opening.manager.coach)
    return entry


def _begun(text: str) -> str:
    """A text without "so", "hi" and the like before it."""
    while phrases.opens_with(text, LIST, "before") and (rest := phrases.rest_after(text, LIST, "before")):
        text = rest
    return text

"""What leaves for the human coach: the summary, which its manager sees first, changes, sends or keeps.

Line by line it is kept, put in other words or left out. What is not sent does not exist for the coach.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from coaching.dialogue import Coach
from coaching.needs import Option
from coaching.opening import Manager, WithManager
from coaching.slots import Phrase, Term, phrase
from coaching.summary import Choices, Edited, Left, Part, Told, as_edited, lines, sent


class Send(StrEnum):
    """What becomes of the summary. One that was sent before and put right since may be left as it was."""

    SEND = "send"
    CHANGE = "change"
    NOT_THIS_WEEK = "not_this_week"
    LEAVE = "leave"


class LineIs(StrEnum):
    """What becomes of one line."""

    KEEP = "keep"
    EDIT = "edit"
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True)
class ResendOpening:
    """A summary that was sent, as it reads now that a number in it has been put right."""

    manager: Manager
    week: int
    told: tuple[Told, ...]


AS_IT_IS = "as_it_is"


async def offer_summary(coach: Coach[WithManager], week: int, told: Sequence[Told]) -> None:
    """F8: the summary as the coach will see it, word for word; sent, or not there for them."""
    manager = coach.opening.manager
    choices = await _decided(coach, "summary_card", week, told, Send.NOT_THIS_WEEK)
    if choices is None:
        coach.say("summary_kept", coach=manager.coach)
    else:
        coach.keep("sent_summary", sent(manager, week, told, choices, coach.moment))
        coach.say("summary_sent", coach=manager.coach)


async def send_again(coach: Coach[ResendOpening]) -> None:
    """A summary put right after it was sent goes out as corrected only by a new Send."""
    opening = coach.opening
    manager, week, told = opening.manager, opening.week, opening.told
    choices = await _decided(coach, "summary_again", week, told, Send.LEAVE)
    if choices is None:
        coach.say("summary_stays", coach=manager.coach)
    else:
        coach.keep("sent_summary", sent(manager, week, told, choices, coach.moment))
        coach.say("summary_sent_again", coach=manager.coach)


async def _decided(
    coach: Coach[WithManager], name: str, week: int, told: Sequence[Told], leave: Send
) -> Choices | None:
    """Show the summary until it is sent or left; what its manager decided on each line, or None."""
    choices: dict[Part, Edited | Left] = {}
    while True:
        shown = lines(told, choices)
        answer = await coach.choose(
            name,
            Send,
            among=(Send.SEND, Send.CHANGE, leave) if shown else (Send.CHANGE, leave),
            confirms=True,
            coach=coach.opening.manager.coach,
            week=week,
            lines=shown or (phrase("summary_nothing_left"),),
        )
        if answer is not Send.CHANGE:
            return choices if answer is Send.SEND else None
        await _change_a_line(coach, told, choices)


async def _change_a_line(
    coach: Coach[WithManager], told: Sequence[Told], choices: dict[Part, Edited | Left]
) -> None:
    """Which line, and what becomes of it. What was left out can be brought back the same way."""
    options = tuple(Option(each.part.value, _label(each.part, choices)) for each in told)
    chosen = await coach.pick("summary_which_line", (*options, Option(AS_IT_IS)))
    if chosen == AS_IT_IS:
        return
    (line,) = (each for each in told if each.part == chosen)
    before = choices.get(line.part)
    says = as_edited(line, before.text) if isinstance(before, Edited) else line.says
    match await coach.choose("summary_line", LineIs, line=(says,), coach=coach.opening.manager.coach):
        case LineIs.KEEP:
            if isinstance(before, Left):
                del choices[line.part]
        case LineIs.EDIT:
            choices[line.part] = Edited(await coach.ask("summary_line_words", part=_name(line.part)))
        case LineIs.LEAVE_OUT:
            choices[line.part] = Left.OUT


def _label(part: Part, choices: dict[Part, Edited | Left]) -> Term | Phrase:
    is_out = isinstance(choices.get(part), Left)
    return phrase("summary_part_left_out", part=_name(part)) if is_out else _name(part)


def _name(part: Part) -> Term:
    return Term("SummaryPart", part.value)

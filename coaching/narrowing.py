"""From what was said to one piece of work: when nothing is named, when it is vague, a tool, or far too big.

Each of these is asked once in a plain way, the second time by button, the third time the human coach is
offered. Nothing is ever guessed, and a story that was told is left as it was told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from coaching import facts, hearing, rhythm
from coaching.dialogue import Coach
from coaching.hearing import NOT_FOR_AI, Sign
from coaching.needs import Option
from coaching.not_for_ai import Elsewhere, keep_away
from coaching.opening import StartOpening
from coaching.profile import MARKETS
from coaching.proposed_pieces import cut
from coaching.reflexes import Reflex
from coaching.slots import Term, phrase, term

ASK_AGAIN = timedelta(days=14)
VAGUE_TWICE = 2
MOST_MARKETS = 4  # on buttons, beside "another"


class Look(StrEnum):
    """Three quick looks where nothing came to mind."""

    ONE_OF_THESE = "one_of_these"
    TRULY_NOTHING = "truly_nothing"


class WorkKind(StrEnum):
    """What kind of work took too long."""

    REPORT = "report"
    REQUEST = "request"
    APPROVAL = "approval"
    MEETING = "meeting"
    HANDOFF = "handoff"


class Size(StrEnum):
    """Far too big for a week: the manager narrows it, or is asked step by step."""

    NARROW = "narrow_it"
    HELP = "help_me_slice"


class AskAgain(StrEnum):
    """What to do when there is nothing to fix now."""

    TWO_WEEKS = "in_two_weeks"
    ENOUGH = "enough"


@dataclass(frozen=True)
class Told:
    """What is known of the friction so far, with the big goal behind it and who waits for it.

    ``mentioned`` is somebody the story names, to be asked about; they count for nothing before.
    """

    work: str | None = None
    pain: str | None = None
    why: str = ""
    waiting: str = ""
    mentioned: str = ""


Next = Told | Elsewhere  # … or another friction, or none for now


class Narrowing:
    """Hears what is told in the first sitting, and remembers how often it had to ask."""

    def __init__(self, coach: Coach[StartOpening]) -> None:
        self._coach = coach
        self._vague = 0
        self._waited = False

    async def hear_pain_first(self, said: str) -> Next:
        """What was typed in place of the first button: a pain, unless it is a sign of something else."""
        match hearing.hear(said):
            case None:
                return Told(pain=said)
            case Sign.TOOL:
                return await self._behind_the_tool(said)
            case Sign.TOO_BIG | Sign.VAGUE as sign:
                return await self._to_one_piece(sign, said, Told())
            case Sign.NOTHING:
                return await self._three_looks()
            case sign:
                around = await keep_away(self._coach, sign, said)
                if isinstance(around, Elsewhere):
                    return around
                return Told(pain=said) if around == said else Told(around)

    async def hear_work(self, said: str, told: Told) -> Next:
        """What was said when the piece of work was asked."""
        match hearing.hear(said):
            case None:
                return replace(told, work=said)
            case Sign.TOOL:
                self._thank_for_telling(said)
                return replace(told, work=await self._coach.ask("work_behind_the_tool"))
            case Sign.TOO_BIG | Sign.VAGUE as sign:
                return await self._to_one_piece(sign, said, told)
            case Sign.NOTHING:
                return await self._three_looks()
            case sign:
                around = await keep_away(self._coach, sign, said)
                return around if isinstance(around, Elsewhere) else replace(told, work=around)

    async def hear_pain(self, said: str, told: Told) -> Next:
        """What went wrong with it; only what is not for AI is taken up here."""
        sign = hearing.hear(said)
        if sign is None or sign not in NOT_FOR_AI:
            return replace(told, pain=said)
        around = await keep_away(self._coach, sign, said)
        if isinstance(around, Elsewhere):
            return around
        return replace(told, pain=said) if around == said else replace(told, work=around)

    async def offer_two_weeks(self, name: str) -> Elsewhere:
        """Nothing for now: once more in two weeks, or leave it; the coach stands beside."""
        helper = self._coach.opening.manager.coach
        answer = await self._coach.choose(name, AskAgain, beside=(Reflex.PERSON,), coach=helper)
        return await self._wait() if answer is AskAgain.TWO_WEEKS else self._leave()

    async def _three_looks(self) -> Next:
        coach = self._coach
        said = await coach.ask_or("three_looks", Look, beside=(Reflex.PERSON,))
        if said is Look.ONE_OF_THESE:
            said = await coach.ask("which_look")
        if isinstance(said, Look) or hearing.hear(said) is Sign.NOTHING:
            return self._leave() if self._waited else await self._wait()
        return await self.hear_pain_first(said)

    async def _wait(self) -> Elsewhere:
        coach = self._coach
        self._waited, self._vague = True, 0
        coach.say("asked_in_two_weeks")
        again = rhythm.next_in_window(coach.opening.manager.calendar, coach.moment + ASK_AGAIN)
        await coach.until("two_weeks_over", again, nudge="answer")
        return Elsewhere.ANOTHER

    def _leave(self) -> Elsewhere:
        self._coach.say("left_here")
        return Elsewhere.LEFT

    async def _to_one_piece(self, sign: Sign, said: str, told: Told) -> Next:
        return await (self._slice(said, told) if sign is Sign.TOO_BIG else self._what_exactly(told))

    async def _what_exactly(self, told: Told) -> Next:
        """Vague once: one day. Twice: which kind of work. Three times: the coach, and it stays open."""
        coach = self._coach
        self._vague += 1
        if self._vague == 1:
            return await self.hear_work(await coach.ask("one_day"), told)
        if self._vague > VAGUE_TWICE:
            return await self.offer_two_weeks("not_found_yet")
        said = await coach.ask_or("kind_of_work", WorkKind)
        if isinstance(said, WorkKind):
            said = await coach.ask("which_of_kind", kind=term(said))
        return await self.hear_work(said, told)

    async def _behind_the_tool(self, said: str) -> Next:
        """A tool comes later, with the rails; first the pain behind it. Asked once, never insisted on."""
        self._thank_for_telling(said)
        behind = await self._coach.ask("behind_the_tool")
        return Told() if hearing.hear(behind) is Sign.TOOL else await self.hear_pain_first(behind)

    def _thank_for_telling(self, said: str) -> None:
        if hearing.says(said, "used_already"):
            self._coach.say("tool_disclosed")

    async def _slice(self, goal: str, told: Told) -> Told:
        """The big goal is kept as the why; one step, one item, one person waiting is this week's work."""
        coach = self._coach
        by = rhythm.next_programme_week(coach.opening.manager.calendar, coach.moment).days[-1]
        said = await self._one_of(await cut(coach, goal), by)
        if said is Size.NARROW:
            said = await coach.ask("narrowed")
        waiting = None
        if isinstance(said, Size) or hearing.hear(said) is Sign.TOO_BIG:
            said = await coach.ask("slice_by_step")
            item = await coach.may_ask("slice_by_item", step=said)
            waiting = await coach.may_ask("slice_by_person", step=said)
            said = f"{said} ({item})" if item else said
        coach.say("why_kept", goal=goal)
        return Told(said, told.pain, goal, waiting or "")

    async def _one_of(self, pieces: tuple[str, ...], by: date) -> str | Size:
        """One of the pieces, or the manager's own words, or how they would rather narrow it."""
        if not pieces:
            return await self._coach.ask_or("too_big", Size, by=by)
        options = tuple(Option(f"piece_{n}", phrase("nth_piece", n=n)) for n, _ in enumerate(pieces, 1))
        said = await self._coach.pick(
            "too_big_cut",
            (*options, *(Option(size.value) for size in Size)),
            typed=True,
            confirms=True,
            by=by,
            pieces=tuple(phrase("piece_n", n=n, piece=each) for n, each in enumerate(pieces, 1)),
        )
        chosen = {option.value: piece for option, piece in zip(options, pieces, strict=True)}.get(said, said)
        return Size(chosen) if chosen in set(Size) else chosen


async def first_market(coach: Coach[StartOpening], story: str) -> str:
    """The market the work is begun in: rails and numbers differ, so one at a time."""
    own = coach.opening.manager.market
    named = hearing.markets(story)
    if not named and not hearing.spans_markets(story):
        return own
    offered = (
        *(each for each in (own,) if each in named or not named),
        *(each for each in named if each != own),
    )
    options = tuple(Option(market, Term("Market", market)) for market in offered[:MOST_MARKETS])
    chosen = await coach.pick("which_market_first", (*options, Option("another")))
    if chosen == "another":
        others = tuple(Option(each, Term("Market", each)) for each in MARKETS if each not in offered)
        chosen = await coach.pick("which_other_market", others)
    coach.keep(
        "market_first", facts.Note(0, "markets", " ".join((chosen, *(m for m in offered if m != chosen))))
    )
    return chosen

"""Move three: put the guardrails up before anyone starts driving.

Four facts of the manager's own market are confirmed one by one: data, tools, checkpoint, whom to call. Only
the `Confirmed` that comes out of it can make an assignment active; a missing fact is a gap with an owner
and a date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from coaching import facts, rhythm
from coaching.dialogue import Coach
from coaching.gaps import raise_gap
from coaching.guardrail_pack import Guardrails
from coaching.masking import Mask, Unfit, keep_outside, plan_around
from coaching.needs import Holds, Option
from coaching.off_list import hear_why
from coaching.opening import Manager, QuietOpening, Rails, StartOpening, WeekOpening, WithManager
from coaching.slots import Slot, Term, phrase

FRESH_FOR = timedelta(days=30)
OWNER_HAS_WORKING_DAYS = 2
STAYS = "stays_with_me"


class Data(StrEnum):
    """Rail one: does the material fit?"""

    FITS = "fits"
    SOME_DOESNT = "some_doesnt"
    NOT_SURE = "not_sure"


class GoesTo(StrEnum):
    """Where the result goes. All but the first need another person's eyes."""

    INTERNAL = "internal"
    CLIENT = "client"
    BOARD = "board"
    REGULATOR = "regulator"
    PERSON = "person_decision"


class Contact(StrEnum):
    """Rail four: is this whom to call?"""

    SAVED = "saved"
    NOT_RIGHT = "not_right"


class NoRails(StrEnum):
    """The ways on while a rail is missing."""

    REHEARSE = "rehearse"
    WAIT = "wait"
    WHO = "who_is_owner"


class StillFits(StrEnum):
    """The card after thirty days."""

    STILL_FITS = "still_fits"
    CHANGED = "something_changed"


class Permission(StrEnum):
    """Whether the sponsor's sentence is believed."""

    GOOD = "good"
    DOUBT = "doubt"


class AskForMe(StrEnum):
    """Whether to ask for time on the manager's behalf."""

    ASK = "ask_for_me"
    LEAVE = "leave_it"


@dataclass(frozen=True)
class Confirmed:
    """A manager's yes to the current guardrails of their market, for one workflow. Fresh for thirty days.

    ``mask`` says how material outside the first rail is kept out, where there is some.
    """

    market: str
    version: int
    tool: str
    goes_to: GoesTo
    checkpoint: str
    confirmed_at: datetime
    mask: Mask | None = None

    @property
    def fresh_until(self) -> datetime:
        """The last moment on which an assignment may become active on this."""
        return self.confirmed_at.astimezone(UTC) + FRESH_FOR  # in UTC: the clocks may change in between

    @property
    def stays(self) -> bool:
        """Whether nobody else looks: only where the result stays in the team."""
        return self.checkpoint == STAYS

    def fact(self, workflow: int) -> facts.Confirmation:
        """The row the gate rests on."""
        return facts.Confirmation(
            workflow,
            self.market,
            self.version,
            self.tool,
            self.goes_to,
            self.checkpoint,
            self.confirmed_at,
            self.fresh_until,
        )


@dataclass(frozen=True)
class Rehearsing:
    """No rails: practice with public or invented material, never active."""

    market: str


Gate = Confirmed | Rehearsing


async def confirm_guardrails(
    coach: Coach[WithManager], market: str, workflow: int, work: str, told: str = ""
) -> Gate:
    """Confirm the four rails of ``market`` for this work, or agree how to go on without them.

    ``told`` is what was said to go wrong; with the work it may speak of material outside the first rail.
    """
    manager = coach.opening.manager
    raised: dict[str, str] = {}
    while True:
        pack = await coach.fetch("rails", "guardrails", Holds.VERSION, market=market)
        gap = "all" if pack is None else await _rails(coach, pack, workflow, work, told)
        if isinstance(gap, Confirmed):
            return gap
        if await _way_on(coach, manager, market, gap, raised) is NoRails.REHEARSE:
            return Rehearsing(market)
        # Nobody answers this: once the rails are there the look-up above finds them, and it is not reached.
        await coach.fetch("rails_come", "guardrails_published", Holds.CONVERSATION, market=market)


async def _rails(
    coach: Coach[WithManager], pack: Guardrails, workflow: int, work: str, told: str
) -> Confirmed | str:
    """The four rails of one pack; the name of the rail where one does not hold."""
    mask = await plan_around(coach, pack, f"{work} {told}")
    while mask is None or mask.how is not Unfit.ASK_OWNER:
        data = await coach.choose(
            "rail_data",
            Data,
            confirms=True,
            work=work,
            inside=pack.data_in,
            outside=pack.data_out,
            version=pack.version,
        )
        if data is Data.FITS:
            break
        mask = await keep_outside(coach, pack)
    else:
        return "data"

    while True:
        options = (
            *(Option(key, name) for key, name in pack.tools[:3]),
            Option("another"),
            Option("none_yet"),
        )
        tool = await coach.pick("rail_tool", options, confirms=True, version=pack.version)
        if tool == "none_yet":
            return "tools"
        if tool != "another":
            break
        await hear_why(coach, pack)

    goes_to = await coach.choose("goes_to", GoesTo, work=work)
    suggested = dict(pack.checkpoint_rules).get(goes_to, "")
    looks = (Option("suggested", suggested),) if suggested else ()
    alone = (Option(STAYS),) if goes_to is GoesTo.INTERNAL else ()
    said = await coach.pick(
        "rail_checkpoint",
        (*looks, *alone),
        typed=True,
        confirms=True,
        suggested=suggested,  # part of what was agreed to: for another recipient it is another name
        version=pack.version,
    )
    checkpoint = suggested if suggested and said == "suggested" else said

    contact = await coach.choose(
        "rail_contact",
        Contact,
        confirms=True,
        first=" · ".join(pack.call_first),
        backup=" · ".join(pack.call_backup),
        version=pack.version,
    )
    if contact is Contact.NOT_RIGHT:
        return "contact"
    confirmed = Confirmed(
        pack.market, pack.version, dict(pack.tools)[tool], goes_to, checkpoint, coach.moment, mask
    )
    coach.keep("confirmation", confirmed.fact(workflow))
    return confirmed


async def _way_on(
    coach: Coach[WithManager], manager: Manager, market: str, gap: str, raised: dict[str, str]
) -> NoRails:
    """A rail is missing: make it a question to its owner, then rehearse or wait. Asked once a rail."""
    by = answer_by(manager, coach.moment)
    people = await coach.fetch("market_people", "market_people", Holds.TURN, market=market)
    if gap not in raised:
        raised[gap] = await raise_gap(coach, market, gap, people)
    asked = phrase(f"rails_{raised[gap]}", owner=people.owner, by=by, coach=manager.coach)
    while True:
        way = await coach.choose("no_rails", NoRails, market=Term("Market", market), asked=asked)
        if way is not NoRails.WHO:
            break
        coach.say("who_owns_rails", market=Term("Market", market), owner=people.owner)
    if way is NoRails.WAIT:
        coach.say("waiting_for_rails", market=Term("Market", market))
    return way


async def reconfirm(coach: Coach[WeekOpening], rails: Rails | None, week_ends: datetime, work: str) -> Gate:
    """Before a week's slice: the standing confirmation if it lasts the week, one card if not, all four if
    changed.
    """
    number, market = coach.opening.workflow.number, market_of(coach.opening)
    pack = await coach.fetch("rails", "guardrails", Holds.VERSION, market=market)
    if rails is None and pack is None:
        return Rehearsing(market)  # asked for in the second sitting; nobody is reminded of a gap of ours
    if rails is None or pack is None or (pack.market, pack.version) != (rails.market, rails.version):
        return await confirm_guardrails(coach, market, number, work)
    standing = Confirmed(
        rails.market, rails.version, rails.tool, GoesTo(rails.goes_to), rails.checkpoint, rails.confirmed_at
    )
    if standing.fresh_until >= week_ends:
        return standing
    still = await coach.choose(
        "rails_still_fit",
        StillFits,
        confirms=True,
        work=work,
        tool=rails.tool,
        checkpoint=checkpoint_as_spoken(rails.checkpoint),
        version=rails.version,
    )
    if still is StillFits.CHANGED:
        return await confirm_guardrails(coach, market, number, work)
    again = Confirmed(
        rails.market, rails.version, rails.tool, standing.goes_to, rails.checkpoint, coach.moment
    )
    coach.keep("confirmation", again.fact(number))
    return again


async def agree_permission(coach: Coach[StartOpening | QuietOpening]) -> None:
    """The sponsor's own sentence, or the plain truth that nobody has said it yet."""
    sponsor = coach.opening.sponsor
    if sponsor is None:
        answer = await coach.choose("no_permission", AskForMe)
    elif (
        await coach.choose("permission", Permission, sponsor=sponsor.name, text=sponsor.text)
        is Permission.GOOD
    ):
        coach.keep("permission", facts.Permission(Permission.GOOD))
        return
    else:
        answer = await coach.choose("doubt", AskForMe, sponsor=sponsor.name)
    coach.keep("permission", facts.Permission(answer))
    if answer is AskForMe.ASK:
        coach.keep("gap_permission", facts.Gap(coach.opening.manager.market, "permission", coach.moment))


def checkpoint_as_spoken(checkpoint: str) -> Slot:
    """Who looks first: the name or role as said, or that it stays with the manager."""
    return Term("Checkpoint", checkpoint) if checkpoint == STAYS else checkpoint


def market_of(opening: WeekOpening) -> str:
    """The market this workflow lives in; the manager's own unless another was begun with."""
    return opening.workflow.market or opening.manager.market


def answer_by(manager: Manager, moment: datetime) -> date:
    """When the owner's answer is due: two working days on."""
    day = rhythm.local_day(manager.calendar, moment)
    return rhythm.working_days_from(manager.calendar, day, OWNER_HAS_WORKING_DAYS)[-1]

"""Another time zone than the profile says: it is said back with the time there, and a Yes makes it count.

A place that is unknown, or lies in several zones, is asked about once more; leaving it changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from coaching.dialogue import Coach
from coaching.needs import Option
from coaching.opening import Manager
from coaching.places import whereabouts, zones_of

ON_ONE_CARD = 4  # zones to choose from; of a country with more a city is asked for


@dataclass(frozen=True)
class ZoneOpening:
    """The zones that what was said can mean, as IANA names; none if the place is unknown."""

    manager: Manager
    zones: tuple[str, ...]


class Right(StrEnum):
    """Whether this zone is to count."""

    YES = "yes"
    OTHER = "other_place"
    LEAVE = "leave_it"


class Leave(StrEnum):
    """Instead of a place."""

    LEAVE = "leave_it"


async def agree_zone(coach: Coach[ZoneOpening]) -> str | None:
    """The zone that counts from now on; None if all stays as it is."""
    zones, asked = coach.opening.zones, "zone_where"
    while True:
        zone = await _one_of(coach, zones, asked)
        if zone is None:
            coach.say("zone_left")
            return None
        there = coach.moment.astimezone(ZoneInfo(zone))
        right = await coach.choose(
            "zone_right", Right, confirms=True, zone=zone, day=there.date(), time=f"{there:%H:%M}"
        )
        if right is Right.YES:
            coach.say("zone_kept", zone=zone)
            return zone
        zones, asked = (), "zone_other"
        if right is Right.LEAVE:
            coach.say("zone_left")
            return None


async def _one_of(coach: Coach[ZoneOpening], zones: tuple[str, ...], asked: str) -> str | None:
    """The one that is meant: as it is, chosen where there are a few, asked for where there is none or many.

    ``asked`` is how a place is asked for first; a second time it is one that was not known.
    """
    while len(zones) != 1:
        if 1 < len(zones) <= ON_ONE_CARD:
            options = tuple(Option(each, each) for each in zones)
            chosen = await coach.pick("zone_which", (*options, Option("other_place")))
            if chosen != "other_place":
                return chosen
            zones, asked = (), "zone_other"
        said = await coach.ask_or("zone_many" if zones else asked, Leave)
        if isinstance(said, Leave):
            return None
        again = whereabouts(said)
        zones, asked = again.zones if again is not None and again.zones else zones_of(said), "zone_where"
    return zones[0]

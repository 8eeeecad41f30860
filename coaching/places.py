"""Which time zone a place lies in, and whether a message says where its writer is now.

Places are those of the zone database and of Unicode's locale data, by their names in the languages the coach
speaks; countries count too. What is not among them is asked about again and never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from coaching import phrases
from coaching.profile import LANGUAGES

LIST = "zone"
PLACE = "{place}"
LONGEST = 80  # characters of a message that says no more than where somebody is
MOST_WORDS = 4  # of a place's name; "I moved to a team that sells boats" is a story
# The parts of the world that zones are filed under. The rest is offsets, and old names of what is here.
_REGIONS = frozenset({
    "africa", "america", "antarctica", "arctic", "asia", "atlantic", "australia", "europe", "indian",
    "pacific",
})  # fmt: skip
_NO_COUNTRY = frozenset({"ZZ", "001"})
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True)
class Whereabouts:
    """Where a message says its writer is. ``zones``: IANA names it can mean, none if the place is unknown.

    ``plainly`` is whether it can mean nothing else: "my time zone is …", and not "I moved to …".
    ``is_named``: the place is written as names are.
    """

    place: str
    zones: tuple[str, ...]
    plainly: bool
    is_named: bool = True


def prepare() -> None:
    """Read the names of all places now, so that no message waits for it."""
    for name in ("told", "here"):
        _frames(name)
    _by_name()


def whereabouts(text: str) -> Whereabouts | None:
    """What the whole message says of where its writer is; None if it says something else."""
    said = phrases.plain(text)
    if not said or len(text) > LONGEST:
        return None
    for name in ("told", "here"):
        for place in _placed(said, name):
            zones = zones_of(place)
            if zones or len(place.split()) <= MOST_WORDS:
                return Whereabouts(place, zones, name == "told", bool(zones) or _is_a_name(place, text))
    return None


def wants_the_profile(text: str) -> bool:
    """Whether the whole message asks to go by the profile's zone again."""
    return len(text) <= LONGEST and any(each in _listed("profile") for each in _trimmed(phrases.plain(text)))


def zones_of(place: str) -> tuple[str, ...]:
    """The zones a name can mean, in the order of their names: a zone's own, a city's, a country's."""
    for said in _trimmed(phrases.plain(place)):
        found = _by_name().get(_key(said))
        if found:
            return tuple(sorted(found))
    return ()


def _placed(said: str, name: str) -> Iterator[str]:
    """What stands where the place does in each frame that the whole text fits, the longest frame first."""
    for whole in _trimmed(said):
        for frame in _frames(name):
            found = frame.fullmatch(whole)
            if found is not None:
                yield found[1].strip()


def _trimmed(said: str) -> Iterator[str]:
    """A text, and the same with less and less of the politeness around it."""
    yield said
    for polite in _listed("before"):
        if said.startswith(f"{polite} "):
            said = said.removeprefix(f"{polite} ")
            yield said
    for polite in _listed("after"):
        if said.endswith(f" {polite}"):
            said = said.removesuffix(f" {polite}")
            yield said


@cache
def _frames(name: str) -> tuple[re.Pattern[str], ...]:
    listed = (phrase for each in phrases.load(LIST) if each.name == name for phrase in each.phrases)
    return tuple(_frame(each) for each in sorted(listed, key=len, reverse=True))


def _frame(phrase: str) -> re.Pattern[str]:
    before, _, after = phrase.partition(PLACE)
    space = r"\s*" if _SPACELESS.search(phrase) else r"\s+"
    parts = [re.escape(phrases.plain(each)) for each in (before, after)]
    return re.compile(
        (f"{parts[0]}{space}" if parts[0] else "") + "(.+)" + (f"{space}{parts[1]}" if parts[1] else "")
    )


@cache
def _listed(name: str) -> tuple[str, ...]:
    found = (phrase for each in phrases.load(LIST) if each.name == name for phrase in each.phrases)
    return tuple(phrases.plain(each) for each in found)


def _is_a_name(place: str, text: str) -> bool:
    """Whether it is written as names are: with a capital, or in a script that has none."""
    if _SPACELESS.search(place):
        return True
    first = place.split()[0]
    return any(phrases.plain(word) == first and word[:1].isupper() for word in text.split())


@cache
def _by_name() -> Mapping[str, frozenset[str]]:
    """Every name as it is compared, and what it can mean, made once a process."""
    from babel.core import Locale, get_global  # the names of all places take a moment to read

    alias, territory = get_global("zone_aliases"), get_global("zone_territories")
    known = available_timezones()
    names: dict[str, set[str]] = {}

    def add(name: str, zones: Iterable[str]) -> None:
        names.setdefault(_key(name), set()).update(zones)

    zones = sorted(each for each in known if each.partition("/")[0].casefold() in _REGIONS)
    usual = {each: _usual(alias.get(each, each), each, known) for each in zones}
    for zone, meant in usual.items():
        add(zone, {meant})
        add(zone.rpartition("/")[2], {meant})
    lived_in: dict[str, set[str]] = {}
    for zone, code in territory.items():
        if code not in _NO_COUNTRY and zone in usual:
            lived_in.setdefault(code, set()).add(usual[zone])
    for language in LANGUAGES:
        locale = Locale.parse(language)
        for zone, said in locale.time_zones.items():
            if zone in usual and "city" in said:
                add(said["city"], {usual[zone]})
        for code, there in lived_in.items():
            name = str(locale.territories.get(code, code))
            if _key(name) not in names:  # a city of the same name says it more closely
                add(name, there)
    return {name: frozenset(meant) for name, meant in names.items()}


def _key(name: str) -> str:
    """A name as it is looked for: many a keyboard has no "ã"."""
    said = phrases.plain(name)
    if _SPACELESS.search(said):
        return said
    return "".join(each for each in unicodedata.normalize("NFD", said) if not unicodedata.combining(each))


def _usual(now_called: str, zone: str, known: set[str]) -> str:
    """The name a zone goes by today, if this machine has it."""
    return now_called if now_called in known else zone

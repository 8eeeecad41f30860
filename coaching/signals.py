"""What in a message may be a sign of trouble: the one sign that matters most, or none.

It hears, it does not judge: in doubt the coach asks. The words are in coaching/wordlists/<language>/risk.toml
for native speakers to mend; this file says only how the lists weigh against each other.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum

import regex  # type: ignore[import-untyped] # publishes no types

from coaching import phrases

LIST = "risk"


class Signal(StrEnum):
    """What a message is a sign of, in the order in which they come before each other."""

    DANGER = "danger"
    HARASSMENT = "harassment"
    DISTRESS = "distress"
    THREAT = "threat"
    MAYBE_DANGER = "maybe_danger"
    BREACH = "breach"
    TEAM_TROUBLE = "team_trouble"
    OVERLOAD = "overload"
    HOSTILE = "hostile"


_STATED = ("danger_self", "danger_others")
# What means little alone and much together: a farewell, what could be used, being tired of it all.
_CUES = frozenset({"parting", "means", "weary"})
_HIDDEN = regex.compile(r"\p{Cf}")
# Laughter is a sound repeated, which no list of phrases can say.
_LAUGHTER = regex.compile(
    r"[😂🤣😆😅💀☠]|(?<!\w)(?:(?:ha|he|hi|wk|ji){2,}h?|a?(?:ha){2,}h?|x+d+|k{3,}|5{3,}\+?|lo+l+|lmf?ao+)(?!\w)|"
    r"w{2,}(?![\w.])|ㅋ{2,}|ㅎ{2,}|ᄏ{2,}|[哈呵嘻]{2,}|5{3,}",
    regex.IGNORECASE,
)


def read_signal(text: str) -> Signal | None:
    """The one strongest signal in ``text`` by JOURNEY C10: human safety, then data, then the rest.

    A statement of danger counts whatever idiom or laughter stands beside it once the writer says they mean
    it; with laughter alone it is asked about, and so are veiled words, whatever else the writer complains of,
    and what is only an idiom. Only talk of the trade
    ("kill the project", "suicide prevention campaign") is set aside altogether.
    """
    seen = unicodedata.normalize("NFKC", _HIDDEN.sub("", text[: phrases.LONGEST]))
    said = phrases.without(seen, LIST, "business_talk")
    heard = phrases.spoken(said, LIST)
    is_laughing = "laughter" in heard or bool(_LAUGHTER.search(seen))
    stated = _is_stated(said)
    if stated and ("earnest" in heard or not is_laughing):
        return Signal.DANGER
    if stated or "veiled" in heard or len(heard & _CUES) > 1:
        return Signal.MAYBE_DANGER
    # "someone cried" is not the writer who cries
    own = heard if _is_own_distress(said) else heard - {"distress"}
    for signal in (Signal.HARASSMENT, Signal.DISTRESS, Signal.THREAT):
        if signal in own:
            return signal
    if heard & {"doubtful", "denied"}:
        return Signal.MAYBE_DANGER
    if Signal.BREACH in heard:  # "it went out unchecked, my boss will kill me": the clock runs for the data
        return Signal.BREACH
    if "figure_of_speech" in heard:
        return Signal.MAYBE_DANGER
    return next(
        (each for each in (Signal.TEAM_TROUBLE, Signal.OVERLOAD, Signal.HOSTILE) if each in heard), None
    )


def _is_own_distress(said: str) -> bool:
    """Whether distress is left when what is said of others is taken away."""
    return phrases.says(phrases.without(said, LIST, "team_trouble"), LIST, "distress")


def _is_stated(said: str) -> bool:
    """Whether danger is stated in what is left when idioms and denials are taken away."""
    if not phrases.says(said, LIST, *_STATED):
        return False
    rest = phrases.without(said, LIST, "denied")
    return phrases.says(phrases.without(rest, LIST, "figure_of_speech"), LIST, *_STATED)

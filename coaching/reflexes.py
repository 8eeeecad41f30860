"""Words that work at any moment, whatever is being asked: help, back, skip, later, pause, stop, and so on.
Which words of a language mean which of them stands with that language's lines; what happens then, elsewhere.
"""

from enum import StrEnum


class Reflex(StrEnum):
    """What a whole message can mean on its own, above any open question."""

    HELP = "help"
    BACK = "back"
    SKIP = "skip"
    LATER = "later"
    PAUSE = "pause"
    STOP = "stop"
    START = "start"
    NOW = "now"
    WRONG = "wrong"
    PERSON = "person"
    SHOW = "show"
    SHARE = "share"
    CHANGE = "change"
    FORGET = "forget"
    EXPORT = "export"
    NOTE = "note"
    NO_MODEL = "no_model"
    MODEL = "model"

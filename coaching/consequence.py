"""What must happen outside when a safety conversation has ended: what is held, what is stopped or opened.

The script says which; the service does it. Where the service has its own line for it (paused until, stopped,
whom to talk to), the script leaves that line to it.
"""

from enum import StrEnum


class Consequence(StrEnum):
    """What follows. Whoever was to be told of it was told in the conversation, or asked for it there."""

    GO_ON = "go_on"  # nothing to do: the open question is shown again
    SMALLER = "smaller"  # the next slice is the smallest there is; nothing is sent until they write
    PAUSE = "pause"  # as when they say so themselves
    PAUSE_A_WEEK = "pause_a_week"  # seven days by itself, after a second time
    PAUSE_TWO_WEEKS = "pause_two_weeks"  # and no work is made up afterwards
    STOP = "stop"  # for good, as when they say so themselves
    PERSON = "person"  # open the conversation that asks for a person
    HOLD_UNTIL_ASKED = "hold_until_asked"  # nothing is sent, the open question is not repeated
    HOLD_UNTIL_REACHED = "hold_until_reached"  # nor does asking end it before a person has said *I have it*

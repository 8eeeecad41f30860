"""The guardrails of one market as its owner publishes them: four facts, a version, and a last day.

They are the organisation's own words, the same for everyone in that market.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MODEL_FORBIDDEN = "forbidden"


@dataclass(frozen=True)
class Guardrails:
    """One version of one market's guardrails.

    tools: key and name of each approved tool. checkpoint_rules: where an output goes, and who looks at it
    before. call_first and call_backup: name and how to reach them. clock_note: duties that run on a clock,
    decided by those who are called. outputs_needing_other_person: where *Stays with me* is not enough.
    ``expires_on`` is the last day on which the version holds. ``model`` says where what managers write may be
    sent to be read by a model: empty is anywhere that is configured, else one host, or ``forbidden``.
    """

    market: str
    version: int
    owner: str
    owner_contact: str
    published_on: date
    expires_on: date
    data_in: tuple[str, ...]
    data_out: tuple[str, ...]
    tools: tuple[tuple[str, str], ...]
    checkpoint_rules: tuple[tuple[str, str], ...]
    call_first: tuple[str, str]
    call_backup: tuple[str, str]
    clock_note: str = ""
    emergency_number: str = ""
    independent_contact: str = ""
    outputs_needing_other_person: tuple[str, ...] = ()
    model: str = ""

    def __post_init__(self) -> None:
        if self.version < 1:
            raise ValueError("Versions of guardrails are counted from 1.")
        if self.expires_on < self.published_on:
            raise ValueError("Guardrails cannot end before they are published; correct one of the two days.")

    def missing(self) -> tuple[str, ...]:
        """Which of the four facts this version leaves open: each is a question to its owner."""
        rails = {
            "data": self.data_in,
            "tools": self.tools,
            "checkpoint": self.checkpoint_rules,
            "contact": all(self.call_first),
        }
        return tuple(name for name, known in rails.items() if not known)

    def lets_model(self, host: str) -> bool:
        """Whether a model at ``host`` may be asked about what is written in this market."""
        return not self.model or self.model == host

    def hold_on(self, day: date) -> bool:
        """Whether this version has not ended by ``day``."""
        return day <= self.expires_on

"""What an operator hands in as files: the programme, who takes part, and the guardrails of each market.

Every file is read whole and checked whole before anything changes; what is wrong is named with its remedy.
"""

from __future__ import annotations

from collections.abc import Iterable


class RefusedFileError(Exception):
    """A file cannot be taken in. ``problems`` has one line for each thing to mend."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))

"""Who somebody is in Slack: the organisation, the workspace and the member together, for a member's id alone
means nothing outside of its workspace. Where there is one workspace only, the roster may name the member
alone.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SlackAddress:
    """A member of a workspace. ``team`` is empty where the roster named the member only."""

    user: str
    team: str = ""
    enterprise: str = ""

    def __str__(self) -> str:
        return f"{self.enterprise}|{self.team}|{self.user}" if self.team or self.enterprise else self.user

    @classmethod
    def read(cls, platform_id: str) -> SlackAddress:
        """The address of an id as it is kept: ``E1|T1|U1``, ``|T1|U1``, or ``U1`` alone."""
        parts = platform_id.split("|")
        if len(parts) == 3:
            return cls(parts[2], parts[1], parts[0])
        return cls(platform_id)

    def is_in(self, team: str, enterprise: str) -> bool:
        """Whether it belongs to a workspace; without a ``team``, to any workspace of the organisation."""
        if not self.team:
            return True
        return self.team == team if team else self.enterprise == enterprise

"""How a method of the Web API is declared: its name, what token and scope it needs, and how often it may be
called. The methods themselves stand in `chat`, `conversations`, `people_and_teams`, `views` and `files`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from tests.slack.standin.tokens import Grant
from tests.slack.standin.wire import Payload, Refused, refused_arguments, unpacked
from tests.slack.standin.world import World


@dataclass(frozen=True)
class Asked:
    """One request: who asks, and with which arguments."""

    world: World
    grant: Grant
    args: Payload

    def needs(self, scope: str) -> None:
        """Refused(missing_scope) unless the token has it."""
        if scope not in self.grant.scopes:
            raise Refused("missing_scope", needed=scope, provided=",".join(self.grant.scopes))

    def text(self, name: str) -> str:
        """An argument that must be there."""
        value = self.args.get(name)
        if value is None or value == "":
            raise refused_arguments(f"missing required field: {name}")
        if isinstance(value, dict | list):
            raise refused_arguments(f"must be a string [json-pointer:/{name}]")
        return str(value)

    def maybe(self, name: str) -> str | None:
        value = self.args.get(name)
        return None if value in (None, "") else str(value)

    def structure(self, name: str, error: str) -> Any:
        """An argument that is an object or a list; None if it is not there."""
        value = self.args.get(name)
        return None if value in (None, "") else unpacked(value, error)


Doing: TypeAlias = Callable[[Asked], Payload]


@dataclass(frozen=True)
class Method:
    """``tier``: requests a minute are 1, 20, 50, 100 for tiers 1 to 4; None has a limit of its own."""

    do: Doing
    tier: int | None
    scope: str | None
    token: str | None  # bot, app; None for those that ask for the client's secret instead


METHODS: dict[str, Method] = {}


def method(
    name: str, tier: int | None, scope: str | None = None, token: str | None = "bot"
) -> Callable[[Doing], Doing]:
    """Declare a method of the Web API."""

    def declare(do: Doing) -> Doing:
        METHODS[name] = Method(do, tier, scope, token)
        return do

    return declare

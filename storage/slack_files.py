"""Pictures that lie with Slack: whose they are, what they show, and which are still to be deleted there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.scope import Scope
from storage.slack_tables import slack_file as _file


@dataclass(frozen=True)
class Lying:
    """One picture and the workspace it lies in."""

    id: str
    team: str
    enterprise: str


def find(scope: Scope, person_id: str, digest: str) -> str | None:
    """The picture a person has of this already, the newest; None if there is none."""
    rows = scope.rows(
        _file, _file.c.person_id == person_id, _file.c.digest == digest, order=(_file.c.at.desc(),)
    )
    return str(rows[0]["id"]) if rows else None


def add(scope: Scope, person_id: str | None, lying: Lying, digest: str, at: datetime) -> None:
    """Note a picture; with None one that is nobody's already."""
    scope.insert_once(
        _file,
        id=lying.id,
        team_id=lying.team,
        enterprise_id=lying.enterprise,
        person_id=person_id,
        digest=digest if person_id else None,
        at=at,
    )


def let_go(scope: Scope, file_id: str) -> None:
    """The picture is nobody's any more."""
    scope.update(_file, {"person_id": None, "digest": None}, _file.c.id == file_id)


def let_go_of(scope: Scope, person_id: str) -> None:
    """Every picture of a person is nobody's any more, and nothing here leads from it to them."""
    scope.update(_file, {"person_id": None, "digest": None}, _file.c.person_id == person_id)


def to_delete(scope: Scope) -> list[Lying]:
    """What lies with Slack and is nobody's."""
    rows = scope.rows(_file, _file.c.person_id.is_(None), order=(_file.c.at,))
    return [Lying(row["id"], row["team_id"], row["enterprise_id"]) for row in rows]


def deleted(scope: Scope, file_id: str) -> None:
    """The picture lies there no longer."""
    scope.delete(_file, _file.c.id == file_id)

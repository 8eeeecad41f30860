"""Hands a file in while an operator watches: what it would change, what is wrong, and what was done.

Nothing here asks back. Without ``really`` the roster and the guardrails only say what would happen.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.clock import SystemClock
from bot.imports import RefusedFileError, guardrails, people, programme, roster
from bot.imports.people import Becomes
from storage.store import Store

Say = Callable[[str], None]


def hand_in_programme(store: Store, path: Path, say: Say) -> None:
    """Take the programme in."""
    file = programme.read(path)
    for line in programme.take_in(store, file, SystemClock().now()):
        say(line)


def hand_in_roster(store: Store, path: Path, wanted: str | None, say: Say, *, really: bool) -> None:
    """Say what the roster would change; with ``really`` do it, if no row is wrong."""
    now = SystemClock().now()
    file = roster.read(path, now.date())
    planned = people.plan(store, wanted, file.rows)
    for entry in planned.entries:
        if entry.becomes is not Becomes.UNCHANGED:
            changes = f": {', '.join(entry.changes)}" if entry.changes else ""
            say(f"line {entry.row.line}  {entry.row.email}  {entry.becomes}{changes}")
    for note in (*file.notes, *planned.notes):
        say(f"note: {note}")
    say(", ".join(f"{planned.count(each)} {each}" for each in Becomes))
    problems = (*file.problems, *planned.problems)
    if problems:
        raise RefusedFileError(problems)
    if planned.count(Becomes.UNCHANGED) == len(planned.entries):
        return
    if really:
        people.apply(store, planned, now)
        say("Done.")
    else:
        say("This was a dry run; nothing was changed. To do it, add --yes.")


def hand_in_guardrails(store: Store, path: Path, say: Say, *, really: bool) -> None:
    """Say what the guardrails are; with ``really`` publish them."""
    file, now = guardrails.read(path), SystemClock().now()
    organisation_id = people.only_organisation(store)
    pack = file.pack
    if not guardrails.is_news(store, organisation_id, pack, now.date()):
        if really:  # a power cut may have come before everybody had heard of it
            guardrails.publish(store, organisation_id, pack, now)
        say(f"{pack.market}, version {pack.version}, is published just so; nothing to do.")
        return
    for line in guardrails.described(pack):
        say(line)
    for note in file.notes:
        say(f"note: {note}")
    if really:
        held = guardrails.publish(store, organisation_id, pack, now)
        say(f"Published. {held} active assignment(s) are held until their managers confirm it.")
    else:
        say(
            "This was a dry run; nothing was published. Publishing holds that market's active assignments "
            "until their managers confirm the new text. To publish, add --yes."
        )

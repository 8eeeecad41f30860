"""Everything that can be asked of the tables, in one list. It cannot be asked without an organisation.

One inbound message is one transaction: open it, do all of it, and it is committed whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from coaching.facts import Fact
from coaching.guardrail_pack import Guardrails
from coaching.journal import Entry, Journal
from storage import (
    chat,
    conversations,
    everything,
    forgetting,
    guardrails,
    inbound,
    people,
    projection,
    schema,
)
from storage.chat import ChatLine
from storage.conversations import Conversation
from storage.forgetting import Forgotten, Hold
from storage.people import Person, Programme, SafetyContact
from storage.projection import Kept
from storage.scope import Scope
from storage.sharing import CoachEyes

F = TypeVar("F", bound=Fact)


class Repository:
    """One organisation within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.organisation_id = scope.organisation_id
        self.leaves_traces = False  # whether something was deleted of which no byte shall stay

    # People and how they are reached

    def add_person(self, person: Person) -> Person:
        """Add a person, or bring the one with this e-mail up to date with the roster."""
        return people.add_person(self.scope, person)

    def person(self, person_id: str) -> Person | None:
        """One person; a forgotten one is there by id only."""
        return people.person_by_id(self.scope, person_id)

    def person_by_email(self, email: str) -> Person | None:
        """Whose e-mail this is."""
        return people.person_by_email(self.scope, email)

    def person_by_digest(self, digest: str) -> Person | None:
        """Whose e-mail has this digest."""
        return people.person_by_digest(self.scope, digest)

    def email_digest(self, email: str) -> str:
        """What an e-mail is found by, whoever it belongs to."""
        return people.email_digest(self.scope, email)

    def people(self) -> list[Person]:
        """Everyone of the organisation."""
        return people.all_people(self.scope)

    def update_person(self, person_id: str, **changes: Any) -> Person:
        """Change fields of a person; the names are those of `Person`."""
        return people.update_person(self.scope, person_id, changes)

    def choose_zone(self, person_id: str, zone: str) -> Person:
        """Go by the zone the person named, whatever their profile says."""
        return people.choose_zone(self.scope, person_id, zone)

    def follow_profile(self, person_id: str) -> Person:
        """Go by the zone of the person's profile again."""
        return people.follow_profile(self.scope, person_id)

    def heard_zone(self, person_id: str, zone: str) -> bool:
        """Take in what a profile says of a zone; whether the person has moved by it."""
        return people.heard_zone(self.scope, person_id, zone)

    def lock(self, person_id: str) -> None:
        """Be the only one to do anything for this person until the transaction ends."""
        people.lock(self.scope, person_id)

    def person_at(self, channel: str, platform_id: str) -> Person | None:
        """Whom a channel means by this id."""
        return people.person_at(self.scope, channel, platform_id)

    def link(self, person_id: str, channel: str, platform_id: str, reference: str | None = None) -> None:
        """Remember a person's id in a channel, and what the channel needs to write to them first."""
        people.link(self.scope, person_id, channel, platform_id, reference)

    def platform_id(self, person_id: str, channel: str) -> str | None:
        """The person's id in a channel."""
        found = people.address(self.scope, person_id, channel)
        return None if found is None else found[0]

    def reference(self, person_id: str, channel: str) -> str | None:
        """What was kept with the id for writing to the person."""
        found = people.address(self.scope, person_id, channel)
        return None if found is None else found[1]

    def channels(self, person_id: str) -> list[str]:
        """Where a person can be reached."""
        return people.channels(self.scope, person_id)

    def first_time(self, channel: str, key: str, at: datetime) -> bool:
        """Whether a message with this key is new; asking marks it as seen, once the transaction commits."""
        return inbound.first_time(self.scope, channel, key, at)

    # Conversations

    def open_conversation(
        self,
        person_id: str,
        kind: str,
        ordinal: int,
        at: datetime,
        opening_json: str,
        theme: int | None = None,
    ) -> Conversation:
        """Open a conversation; (person, kind, ordinal) must be new."""
        return conversations.open_conversation(self.scope, person_id, kind, ordinal, at, opening_json, theme)

    def conversation(self, conversation_id: str) -> Conversation:
        """One conversation."""
        return conversations.by_id(self.scope, conversation_id)

    def find(self, person_id: str, kind: str, ordinal: int) -> Conversation | None:
        """The conversation with this key."""
        return conversations.find(self.scope, person_id, kind, ordinal)

    def conversations(self, person_id: str, open_only: bool = False) -> list[Conversation]:
        """A person's conversations, the newest last."""
        return conversations.of_person(self.scope, person_id, open_only)

    def next_ordinal(self, person_id: str, kind: str) -> int:
        """The ordinal the next conversation of this kind gets."""
        return conversations.next_ordinal(self.scope, person_id, kind)

    def close(self, conversation_id: str, how: str, at: datetime) -> bool:
        """End a conversation for good; False if it had ended before."""
        return conversations.close(self.scope, conversation_id, how, at)

    def amend_opening(self, conversation_id: str, opening_json: str) -> None:
        """Let an open conversation go on with another opening, because a fact it rests on was corrected."""
        conversations.amend_opening(self.scope, conversation_id, opening_json)

    def journal(self, conversation_id: str) -> Journal:
        """What is known in a conversation."""
        return conversations.journal(self.scope, conversation_id)

    def append(self, conversation_id: str, entry: Entry, zone: str) -> None:
        """Write one answer down, with the IANA zone it was given in."""
        conversations.append(self.scope, conversation_id, entry, zone)

    def last_answer_at(self, person_id: str) -> datetime | None:
        """When the person last answered anything."""
        return conversations.last_answer_at(self.scope, person_id)

    def withdraw(self, conversation_id: str, name: str, asking: int, at: datetime) -> int:
        """Withdraw an answer and the later ones of its name; how many were."""
        return conversations.withdraw(self.scope, conversation_id, name, asking, at)

    def show(
        self, conversation_id: str, name: str | None, asking: int | None = None, digest: str | None = None
    ) -> None:
        """Remember the open question as it is now shown; None: nothing is open."""
        conversations.show(self.scope, conversation_id, name, asking, digest)

    def bump(self, conversation_id: str) -> int:
        """Count one turn more."""
        return conversations.bump(self.scope, conversation_id)

    # Facts and the gate

    def project(self, conversation_id: str, facts: Mapping[str, Fact], at: datetime) -> None:
        """Make the tables equal to the facts that now hold in a conversation."""
        projection.project(self.scope, conversation_id, facts, at)

    def correct(self, conversation_id: str, name: str, fact: Fact, at: datetime) -> None:
        """Correct one fact, also of a conversation that has ended."""
        projection.correct(self.scope, conversation_id, name, fact, at)

    def facts(self, person_id: str, kind: type[F], *, conversation_id: str | None = None) -> list[Kept[F]]:
        """The person's standing facts of one kind, the oldest first."""
        return projection.standing(self.scope, person_id, kind, conversation_id)

    def hold_assignments(self, market: str, at: datetime) -> list[str]:
        """Hold every active assignment of a market; whose they are."""
        return projection.hold_assignments(self.scope, market, at)

    def publish_guardrails(self, pack: Guardrails, at: datetime) -> list[str]:
        """Make this version current and hold what rested on the one before; whose assignments those are."""
        return guardrails.publish(self.scope, pack, at)

    def current_guardrails(self, market: str, at: datetime) -> Guardrails | None:
        """The guardrails that hold in a market now."""
        return guardrails.current(self.scope, market, at)

    def guardrail_versions(self, market: str) -> list[Guardrails]:
        """Every version of a market's guardrails, the oldest first."""
        return guardrails.versions(self.scope, market)

    def as_coach(self, coach_id: str) -> CoachEyes:
        """What one human coach can see, and no more."""
        return CoachEyes(self.scope, coach_id)

    # The programme

    def add_programme(self, programme: Programme) -> None:
        """Add a programme, or change the one with this id."""
        people.add_programme(self.scope, programme)

    def programme(self, person: Person) -> Programme:
        """The programme a person belongs to."""
        (found,) = (each for each in self.programmes() if each.id == person.programme_id)
        return found

    def programmes(self) -> list[Programme]:
        """All programmes of the organisation."""
        return people.programmes(self.scope)

    def set_safety_contact(self, contact: SafetyContact) -> None:
        """Say who is called in a market of a programme."""
        people.set_safety_contact(self.scope, contact)

    def safety_contact(self, market: str, programme_id: str | None = None) -> SafetyContact | None:
        """Who is called in a market."""
        return people.safety_contact(self.scope, market, programme_id)

    def setting(self, name: str) -> str | None:
        """The value of a setting."""
        row = self.scope.row(schema.setting, schema.setting.c.name == name)
        return None if row is None else str(row["value"])

    def set_setting(self, name: str, value: str) -> None:
        """Set a setting. Settings are facts: nothing a person typed belongs here."""
        if not self.scope.insert_once(schema.setting, name=name, value=value):
            self.scope.update(schema.setting, {"value": value}, schema.setting.c.name == name)

    # The playground's chat

    def chat_append(
        self, person_id: str, author: str, body_json: str, at: datetime, job_id: str | None = None
    ) -> int:
        """Keep one line of the chat, once for each job; its number."""
        return chat.append(self.scope, person_id, author, body_json, at, job_id)

    def chat(self, person_id: str, after: int = 0) -> list[ChatLine]:
        """A person's chat from after a line."""
        return chat.lines(self.scope, person_id, after)

    def chat_newest_first(self, person_id: str) -> Iterator[ChatLine]:
        """A person's chat from its end."""
        return chat.newest_first(self.scope, person_id)

    def chat_last(self, person_id: str, author: str | None = None) -> int:
        """The number of the last line, or of the last one by that author; 0 if there is none."""
        return chat.last(self.scope, person_id, author)

    def chat_arrived(self, job_id: str) -> bool:
        """Whether the line of this job is in the chat."""
        return chat.arrived(self.scope, job_id)

    def chat_answered(self, seq: int, body_json: str | None) -> None:
        """Keep what was done with a card."""
        chat.answered(self.scope, seq, body_json)

    # How things end

    def forget(self, person_id: str, at: datetime) -> Forgotten:
        """End everything of a person. The key is destroyed at once, whatever becomes of the transaction."""
        self.leaves_traces = True
        return forgetting.forget(self.scope, person_id, at)

    def hold(self, person_id: str, at: datetime, *, told: bool) -> None:
        """A legal hold: nothing of a person is deleted until it is released."""
        forgetting.hold(self.scope, person_id, at, told=told)

    def release(self, person_id: str, at: datetime) -> bool:
        """End a legal hold; whoever wished so meanwhile is forgotten now. Whether somebody was."""
        self.leaves_traces = True
        return forgetting.release(self.scope, person_id, at)

    def hold_on(self, person_id: str) -> Hold | None:
        """The legal hold that forbids deleting anything of a person, if there is one."""
        return forgetting.hold_on(self.scope, person_id)

    def everything(self, person_id: str) -> everything.Rows:
        """Every row that is kept of a person, table by table, words opened."""
        return everything.of_person(self.scope, person_id)

    def fade(self, person_id: str, before: datetime, at: datetime) -> None:
        """Let the person's words from before a moment go; facts stay."""
        forgetting.fade(self.scope, person_id, before, at)

    def clear_inbound(self, at: datetime) -> int:
        """Drop the marks of messages seen more than thirty days ago."""
        return forgetting.clear_inbound(self.scope, at)

    def audit(self, action: str, at: datetime) -> str:
        """Note that something was done, under a random subject."""
        return forgetting.audit(self.scope, action, at)

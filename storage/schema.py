"""All tables but those of the facts a conversation leaves behind (`fact_tables.py`).

Each table says whose rows it holds, how long they are kept, and for every column whether it is fact or words.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.columns import Instant, Retention, belongs, fact, table, words

# What an organisation publishes itself (its name, guardrails, contacts, the sponsor's sentence) counts as
# fact: nobody said it in a conversation, everyone of the programme may read it, and a forgotten manager must
# not take the rails of a whole market along.

organisation = table(
    "organisation",
    fact("name", Text),
    fact("created_at", Instant),
    key=(),
    retention=Retention.KEPT,
)

programme = table(
    "programme",
    fact("id", Text),
    fact("name", Text),
    fact("starts_on", Date),
    fact("weekly_minutes", Integer),
    fact("sponsor_name", Text, nullable=True),
    fact("sponsor_text", Text, nullable=True),
    fact("sponsor_said_on", Date, nullable=True),
    CheckConstraint(
        "(sponsor_name IS NULL) = (sponsor_text IS NULL)"
        " AND (sponsor_name IS NULL) = (sponsor_said_on IS NULL)",
        name="sponsor_is_whole",
    ),
    key=("id",),
    retention=Retention.KEPT,
)

safety_contact = table(
    "safety_contact",
    fact("programme_id", Text),
    fact("market", Text),
    fact("on_call", Text),
    fact("backup", Text),
    fact("on_call_person", Text, nullable=True),
    fact("backup_person", Text, nullable=True),
    # Whom the programme's file names by e-mail: the digest that finds them, once the roster has them.
    fact("on_call_digest", Text, nullable=True),
    fact("backup_digest", Text, nullable=True),
    fact("emergency_number", Text),
    fact("helpline", Text),
    fact("independent_contact", Text),
    fact("confirmed", Boolean),
    belongs("programme", "programme_id"),
    key=("programme_id", "market"),
    retention=Retention.KEPT,
)

guardrail_version = table(
    "guardrail_version",
    fact("market", Text),
    fact("version", Integer),
    fact("owner", Text),
    fact("owner_contact", Text),
    fact("published_on", Date),
    fact("published_at", Instant),
    fact("expires_on", Date),
    fact("rails", JSON),
    fact("current", Boolean),
    # What the gate's foreign key points at: an active assignment rests on a version that is current.
    UniqueConstraint("organisation_id", "market", "version", "current", name="uq_guardrail_version_gate"),
    Index(
        "ux_guardrail_version_current",
        "organisation_id",
        "market",
        unique=True,
        sqlite_where=text("current"),
        postgresql_where=text("current"),
    ),
    key=("market", "version"),
    retention=Retention.KEPT,
)

person = table(
    "person",
    fact("id", Text),
    fact("programme_id", Text),
    fact("roles", JSON),
    fact("market", Text),
    fact("subdivision", Text, nullable=True),
    fact("function", Text),
    fact("zone", Text),
    # Set where they said themselves where they are: what the profile or the roster says meanwhile.
    fact("profile_zone", Text, nullable=True),
    fact("language", Text),
    fact("working_days", Text),
    fact("coach_id", Text, nullable=True),
    fact("status", Text),
    fact("paused_until", Instant, nullable=True),
    fact("added_at", Instant, nullable=True),
    fact("absences", JSON),
    # They want no model to be asked in their talks.
    fact("without_model", Boolean, server_default=false()),
    # Since when a court or a regulator forbids deleting, and whether the person may be told so.
    fact("held_since", Instant, nullable=True),
    fact("hold_is_told", Boolean, nullable=True),
    words("name"),
    words("email"),
    fact("email_digest", Text, nullable=True),
    belongs("programme", "programme_id"),
    UniqueConstraint("organisation_id", "email_digest", name="uq_person_email"),
    CheckConstraint("(held_since IS NULL) = (hold_is_told IS NULL)", name="hold_is_whole"),
    key=("id",),
    retention=Retention.WITH_PERSON,
)

address = table(
    "address",
    fact("channel", Text),
    fact("digest", Text),
    fact("person_id", Text),
    words("platform_id"),
    words("reference"),
    # Nothing reaches the person here any more: since when, why, and how they stood in the programme before.
    fact("ended_at", Instant, nullable=True),
    fact("ended_why", Text, nullable=True),
    fact("status_before", Text, nullable=True),
    belongs("person", "person_id"),
    UniqueConstraint("organisation_id", "person_id", "channel", name="uq_address_person"),
    CheckConstraint("(ended_at IS NULL) = (ended_why IS NULL)", name="ended_for_a_reason"),
    key=("channel", "digest"),
    retention=Retention.WITH_PERSON,
)

# The platforms' keys hold their users' ids, so only a digest of each is kept.
inbound = table(
    "inbound",
    fact("channel", Text),
    fact("digest", Text),
    fact("at", Instant),
    # Which question it answered, if any: an edited or deleted message is about that answer.
    fact("conversation_id", Text, nullable=True),
    fact("name", Text, nullable=True),
    fact("asking", Integer, nullable=True),
    key=("channel", "digest"),
    retention=Retention.THIRTY_DAYS,
)

conversation = table(
    "conversation",
    fact("id", Text),
    fact("person_id", Text),
    fact("kind", Text),
    fact("ordinal", Integer),
    fact("seq", Integer),
    fact("theme", Integer, nullable=True),
    fact("opened_at", Instant),
    fact("closed_at", Instant, nullable=True),
    fact("how_closed", Text, nullable=True),
    fact("shown_name", Text, nullable=True),
    fact("shown_asking", Integer, nullable=True),
    fact("shown_digest", Text, nullable=True),
    fact("turns", Integer),
    words("opening"),
    belongs("person", "person_id"),
    UniqueConstraint("organisation_id", "person_id", "kind", "ordinal", name="uq_conversation_ordinal"),
    UniqueConstraint("organisation_id", "person_id", "seq", name="uq_conversation_seq"),
    CheckConstraint("(closed_at IS NULL) = (how_closed IS NULL)", name="closed_somehow"),
    key=("id",),
    retention=Retention.WITH_WORDS,
    since="opened_at",
)

journal = table(
    "journal",
    fact("conversation_id", Text),
    fact("name", Text),
    fact("asking", Integer),
    fact("person_id", Text),
    fact("position", Integer),
    fact("kind", Text),
    fact("moment", Instant),
    fact("zone", Text),
    fact("digest", Text),
    fact("withdrawn_at", Instant, nullable=True),
    words("answer"),
    belongs("conversation", "conversation_id"),
    UniqueConstraint("organisation_id", "conversation_id", "position", name="uq_journal_position"),
    Index("ix_journal_person", "organisation_id", "person_id"),
    CheckConstraint("kind IN ('words', 'tap', 'form', 'passed', 'found')", name="kind"),
    key=("conversation_id", "name", "asking"),
    retention=Retention.WITH_WORDS,
    since="moment",
)

# Somebody may be in danger: who was told, and whether a person has taken it on. No words.
alert = table(
    "alert",
    fact("id", Text),
    fact("person_id", Text),
    fact("conversation_id", Text),
    fact("raised_at", Instant),
    fact("times_sent", Integer),
    fact("reached", Integer),
    fact("digest", Text),
    fact("acknowledged_at", Instant, nullable=True),
    belongs("person", "person_id"),
    UniqueConstraint("organisation_id", "conversation_id", name="uq_alert_conversation"),
    key=("id",),
    retention=Retention.WITH_PERSON,
)

# Outbox and schedule in one. A conversation's line is queued once (`again` counts deliberate repetitions);
# what belongs to no conversation yet is queued once per person, kind, name and asking.
job = table(
    "job",
    fact("id", Text),
    fact("person_id", Text),
    fact("conversation_id", Text, nullable=True),
    fact("seq", Integer),
    fact("kind", Text),
    fact("name", Text),
    fact("asking", Integer),
    fact("again", Integer),
    fact("channel", Text, nullable=True),
    fact("nudge", Text, nullable=True),
    fact("urgent", Boolean),
    fact("due_at", Instant),
    fact("try_at", Instant),
    fact("use_by", Instant, nullable=True),
    fact("state", Text),
    fact("reason", Text, nullable=True),
    fact("attempts", Integer),
    fact("lease_owner", Text, nullable=True),
    fact("lease_until", Instant, nullable=True),
    fact("finished_at", Instant, nullable=True),
    fact("answered_at", Instant, nullable=True),
    fact("sent_ref", Text, nullable=True),
    words("body"),
    belongs("person", "person_id"),
    belongs("conversation", "conversation_id"),
    UniqueConstraint(
        "organisation_id", "conversation_id", "kind", "name", "asking", "again", name="uq_job_once"
    ),
    Index(
        "ux_job_once_for_person",
        "organisation_id",
        "person_id",
        "kind",
        "name",
        "asking",
        "again",
        unique=True,
        sqlite_where=text("conversation_id IS NULL"),
        postgresql_where=text("conversation_id IS NULL"),
    ),
    Index(
        "ix_job_open",
        "try_at",
        sqlite_where=text("state IN ('ready', 'sending', 'unknown')"),
        postgresql_where=text("state IN ('ready', 'sending', 'unknown')"),
    ),
    Index("ix_job_person", "organisation_id", "person_id", "seq"),
    CheckConstraint(
        "state IN ('ready', 'sending', 'sent', 'done', 'unknown', 'dead', 'dropped')", name="state"
    ),
    CheckConstraint("kind IN ('say', 'wake', 'open', 'fetch', 'alert', 'settle')", name="kind"),
    CheckConstraint(
        "state <> 'sending' OR (lease_owner IS NOT NULL AND lease_until IS NOT NULL)", name="lease"
    ),
    key=("id",),
    retention=Retention.UNTIL_SENT,
    since="finished_at",
)

# The subject is drawn anew for every row, so that an audit can be kept whole and still lead to nobody.
audit = table(
    "audit",
    fact("id", Text),
    fact("subject", Text),
    fact("at", Instant),
    fact("action", Text),
    key=("id",),
    retention=Retention.KEPT,
)

# The playground is a chat platform of its own, and this is what it remembers.
chat = table(
    "chat",
    fact("seq", Integer),
    fact("person_id", Text),
    fact("author", Text),
    fact("job_id", Text, nullable=True),
    fact("at", Instant),
    words("body"),
    words("answered"),
    belongs("person", "person_id"),
    UniqueConstraint("organisation_id", "job_id", name="uq_chat_job"),
    Index("ix_chat_person", "organisation_id", "person_id", "seq"),
    key=("seq",),
    retention=Retention.WITH_WORDS,
    since="at",
)

setting = table(
    "setting",
    fact("name", Text),
    fact("value", Text),
    key=("name",),
    retention=Retention.KEPT,
)

"""Who takes up what asks for a person, and who answers what is missing from a market's guardrails.

Both hold facts only. A question to an owner names no manager and no work, so nothing of one is in its row.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Date, Index, Integer, Text, UniqueConstraint, text

from storage.columns import Instant, Retention, belongs, fact, table

WITH_OWNER, WITH_BACKUP, WITH_OPERATOR = 0, 1, 2  # who has it: `passed_on`

# The care for one concern: it is the owner's, to be taken up by ``due_at``; else their backup is told, then
# the operator (``passed_on`` 1 and 2). What the concern says stands with the concern, sealed, and is read
# from there. ``paused_until`` is the pause the owner asked for, so that only that one is lifted.
care = table(
    "care",
    fact("id", Text),
    fact("person_id", Text),
    fact("conversation_id", Text),
    fact("name", Text),
    fact("sign", Text),
    fact("raised_at", Instant),
    fact("owner_id", Text, nullable=True),
    fact("backup_id", Text, nullable=True),
    fact("due_at", Instant),
    fact("passed_on", Integer),
    fact("acknowledged_at", Instant, nullable=True),
    fact("acknowledged_by", Text, nullable=True),
    fact("paused_until", Instant, nullable=True),
    belongs("person", "person_id"),
    belongs("conversation", "conversation_id"),
    UniqueConstraint("organisation_id", "conversation_id", "name", name="uq_care_concern"),
    Index("ix_care_owner", "organisation_id", "owner_id"),
    CheckConstraint("passed_on BETWEEN 0 AND 2", name="passed_on"),
    key=("id",),
    retention=Retention.WITH_PERSON,
)

# One open question a market and rail, whoever asked and however often.
owner_question = table(
    "owner_question",
    fact("id", Text),
    fact("market", Text),
    fact("rail", Text),
    fact("raised_at", Instant),
    fact("owner_id", Text, nullable=True),
    fact("due_at", Instant),
    fact("reminded_at", Instant, nullable=True),
    fact("passed_on", Integer),
    fact("answered_at", Instant, nullable=True),
    fact("holds_until", Date, nullable=True),
    Index(
        "ux_owner_question_open",
        "organisation_id",
        "market",
        "rail",
        unique=True,
        sqlite_where=text("answered_at IS NULL"),
        postgresql_where=text("answered_at IS NULL"),
    ),
    CheckConstraint("passed_on BETWEEN 0 AND 2", name="passed_on"),
    key=("id",),
    retention=Retention.KEPT,
)

"""The first tables: people, conversations and journals, the queue, guardrails, and one table a kind of fact.

From here on this file stays as it is; what changes in a later release is a revision of its own.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organisation",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_organisation")),
    )
    op.create_table(
        "audit",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.organisation_id"], name=op.f("fk_audit_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_audit")),
    )
    op.create_table(
        "guardrail_version",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("market", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("owner_contact", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("rails", sa.JSON(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.organisation_id"],
            name=op.f("fk_guardrail_version_organisation"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "market", "version", name=op.f("pk_guardrail_version")),
        sa.UniqueConstraint(
            "organisation_id", "market", "version", "current", name="uq_guardrail_version_gate"
        ),
    )
    op.create_index(
        "ux_guardrail_version_current",
        "guardrail_version",
        ["organisation_id", "market"],
        unique=True,
        sqlite_where=sa.text("current"),
        postgresql_where=sa.text("current"),
    )
    op.create_table(
        "inbound",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.organisation_id"], name=op.f("fk_inbound_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "channel", "digest", name=op.f("pk_inbound")),
    )
    op.create_table(
        "programme",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("weekly_minutes", sa.Integer(), nullable=False),
        sa.Column("sponsor_name", sa.Text(), nullable=True),
        sa.Column("sponsor_text", sa.Text(), nullable=True),
        sa.Column("sponsor_said_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(sponsor_name IS NULL) = (sponsor_text IS NULL)"
            " AND (sponsor_name IS NULL) = (sponsor_said_on IS NULL)",
            name=op.f("ck_programme_sponsor_is_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.organisation_id"], name=op.f("fk_programme_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_programme")),
    )
    op.create_table(
        "setting",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.organisation_id"], name=op.f("fk_setting_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "name", name=op.f("pk_setting")),
    )
    op.create_table(
        "person",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("market", sa.Text(), nullable=False),
        sa.Column("subdivision", sa.Text(), nullable=True),
        sa.Column("function", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("working_days", sa.Text(), nullable=False),
        sa.Column("coach_id", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("absences", sa.JSON(), nullable=False),
        sa.Column("held_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hold_is_told", sa.Boolean(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_digest", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(held_since IS NULL) = (hold_is_told IS NULL)", name=op.f("ck_person_hold_is_whole")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "programme_id"],
            ["programme.organisation_id", "programme.id"],
            name=op.f("fk_person_programme"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.organisation_id"], name=op.f("fk_person_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_person")),
        sa.UniqueConstraint("organisation_id", "email_digest", name="uq_person_email"),
    )
    op.create_table(
        "safety_contact",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("market", sa.Text(), nullable=False),
        sa.Column("on_call", sa.Text(), nullable=False),
        sa.Column("backup", sa.Text(), nullable=False),
        sa.Column("on_call_person", sa.Text(), nullable=True),
        sa.Column("backup_person", sa.Text(), nullable=True),
        sa.Column("emergency_number", sa.Text(), nullable=False),
        sa.Column("helpline", sa.Text(), nullable=False),
        sa.Column("independent_contact", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "programme_id"],
            ["programme.organisation_id", "programme.id"],
            name=op.f("fk_safety_contact_programme"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.organisation_id"], name=op.f("fk_safety_contact_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "programme_id", "market", name=op.f("pk_safety_contact")),
    )
    op.create_table(
        "alert",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times_sent", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.organisation_id"], name=op.f("fk_alert_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_alert_person"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_alert")),
        sa.UniqueConstraint("organisation_id", "conversation_id", name="uq_alert_conversation"),
    )
    op.create_table(
        "address",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("platform_id", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_address_person"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.organisation_id"], name=op.f("fk_address_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "channel", "digest", name=op.f("pk_address")),
        sa.UniqueConstraint("organisation_id", "person_id", "channel", name="uq_address_person"),
    )
    op.create_table(
        "chat",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("answered", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_chat_person"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.organisation_id"], name=op.f("fk_chat_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "seq", name=op.f("pk_chat")),
        sa.UniqueConstraint("organisation_id", "job_id", name="uq_chat_job"),
    )
    op.create_index("ix_chat_person", "chat", ["organisation_id", "person_id", "seq"], unique=False)
    op.create_table(
        "conversation",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("theme", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("how_closed", sa.Text(), nullable=True),
        sa.Column("shown_name", sa.Text(), nullable=True),
        sa.Column("shown_asking", sa.Integer(), nullable=True),
        sa.Column("shown_digest", sa.Text(), nullable=True),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (how_closed IS NULL)", name=op.f("ck_conversation_closed_somehow")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_conversation_person"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.organisation_id"], name=op.f("fk_conversation_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_conversation")),
        sa.UniqueConstraint(
            "organisation_id", "person_id", "kind", "ordinal", name="uq_conversation_ordinal"
        ),
        sa.UniqueConstraint("organisation_id", "person_id", "seq", name="uq_conversation_seq"),
    )
    _fact_table(
        "aim",
        sa.Column("target", sa.Numeric().with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
    )
    _fact_table(
        "before",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("low", sa.Numeric().with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("high", sa.Numeric().with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("unusual", sa.Boolean(), nullable=False),
        sa.Column("out_of", sa.Integer(), nullable=True),
    )
    _fact_table(
        "beside",
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("balancing", sa.Text(), nullable=False),
        sa.Column("other_change", sa.Text(), nullable=False),
    )
    _fact_table(
        "change", sa.Column("week", sa.Integer(), nullable=False), sa.Column("told", sa.Text(), nullable=True)
    )
    _fact_table(
        "clarity",
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
    )
    _fact_table(
        "concern",
        sa.Column("sign", sa.Text(), nullable=False),
        sa.Column("which", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
    )
    _fact_table(
        "confirmation",
        sa.Column("workflow", sa.Integer(), nullable=False),
        sa.Column("market", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tool", sa.Text(), nullable=True),
        sa.Column("goes_to", sa.Text(), nullable=False),
        sa.Column("checkpoint", sa.Text(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fresh_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "(standing AND holds IS NOT NULL AND holds) OR (NOT standing AND holds IS NULL)",
            name=op.f("ck_confirmation_holds"),
        ),
        sa.UniqueConstraint(
            "organisation_id",
            "person_id",
            "workflow",
            "market",
            "version",
            "fresh_until",
            "holds",
            name="uq_confirmation_gate",
        ),
    )
    _fact_table(
        "consent",
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
    )
    _fact_table(
        "decision",
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("runs", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("checkpoint", sa.Text(), nullable=True),
    )
    _fact_table(
        "forecast",
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("likelihood", sa.Integer(), nullable=False),
        sa.Column("against", sa.Text(), nullable=True),
    )
    _fact_table(
        "friction",
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("work", sa.Text(), nullable=True),
        sa.Column("pain", sa.Text(), nullable=True),
        sa.Column("wanted", sa.Boolean(), nullable=False),
    )
    _fact_table(
        "gap",
        sa.Column("market", sa.Text(), nullable=False),
        sa.Column("rail", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "job",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asking", sa.Integer(), nullable=False),
        sa.Column("again", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("nudge", sa.Text(), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("use_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_ref", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('say', 'wake', 'open', 'fetch', 'alert')", name=op.f("ck_job_kind")),
        sa.CheckConstraint(
            "state <> 'sending' OR (lease_owner IS NOT NULL AND lease_until IS NOT NULL)",
            name=op.f("ck_job_lease"),
        ),
        sa.CheckConstraint(
            "state IN ('ready', 'sending', 'sent', 'done', 'unknown', 'dead', 'dropped')",
            name=op.f("ck_job_state"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "conversation_id"],
            ["conversation.organisation_id", "conversation.id"],
            name=op.f("fk_job_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["person.organisation_id", "person.id"],
            name=op.f("fk_job_person"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.organisation_id"], name=op.f("fk_job_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_job")),
        sa.UniqueConstraint(
            "organisation_id", "conversation_id", "kind", "name", "asking", "again", name="uq_job_once"
        ),
    )
    op.create_index(
        "ix_job_open",
        "job",
        ["try_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('ready', 'sending', 'unknown')"),
        postgresql_where=sa.text("state IN ('ready', 'sending', 'unknown')"),
    )
    op.create_index("ix_job_person", "job", ["organisation_id", "person_id", "seq"], unique=False)
    op.create_index(
        "ux_job_once_for_person",
        "job",
        ["organisation_id", "person_id", "kind", "name", "asking", "again"],
        unique=True,
        sqlite_where=sa.text("conversation_id IS NULL"),
        postgresql_where=sa.text("conversation_id IS NULL"),
    )
    op.create_table(
        "journal",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asking", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('words', 'tap', 'form', 'passed', 'found')", name=op.f("ck_journal_kind")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "conversation_id"],
            ["conversation.organisation_id", "conversation.id"],
            name=op.f("fk_journal_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.organisation_id"], name=op.f("fk_journal_organisation")
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "conversation_id", "name", "asking", name=op.f("pk_journal")
        ),
        sa.UniqueConstraint("organisation_id", "conversation_id", "position", name="uq_journal_position"),
    )
    op.create_index("ix_journal_person", "journal", ["organisation_id", "person_id"], unique=False)
    _fact_table(
        "measured",
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("span", sa.Text(), nullable=True),
        sa.Column("balancing", sa.Text(), nullable=False),
    )
    _fact_table(
        "minding",
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("feeding", sa.Integer(), nullable=False),
        sa.Column("checking", sa.Integer(), nullable=False),
        sa.Column("rerunning", sa.Integer(), nullable=False),
        sa.Column("cleaning", sa.Integer(), nullable=False),
        sa.Column("worth", sa.Text(), nullable=False),
    )
    _fact_table(
        "moved", sa.Column("week", sa.Integer(), nullable=False), sa.Column("went", sa.Text(), nullable=False)
    )
    _fact_table(
        "note",
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=True),
    )
    _fact_table(
        "obstacle",
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("which", sa.Text(), nullable=False),
    )
    _fact_table(
        "output",
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("judged", sa.Text(), nullable=False),
    )
    _fact_table("permission", sa.Column("answer", sa.Text(), nullable=False))
    _fact_table(
        "plan",
        sa.Column("when", sa.Text(), nullable=True),
        sa.Column("step", sa.Text(), nullable=True),
        sa.Column("wanted", sa.Boolean(), nullable=False),
    )
    _fact_table(
        "practice",
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
    )
    _fact_table(
        "profile",
        sa.Column("market", sa.Text(), nullable=False),
        sa.Column("function", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("working_days", sa.Text(), nullable=False),
    )
    _fact_table(
        "reading",
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("low", sa.Numeric().with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("high", sa.Numeric().with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("out_of", sa.Integer(), nullable=True),
    )
    _fact_table(
        "reflection",
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=True),
    )
    _fact_table(
        "sent_summary",
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lines", sa.Text(), nullable=True),
    )
    _fact_table(
        "stake",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("cost", sa.Text(), nullable=True),
        sa.Column("noticer", sa.Text(), nullable=True),
    )
    _fact_table(
        "assignment",
        sa.Column("workflow", sa.Integer(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("theme", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ai_part", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("good", sa.Text(), nullable=True),
        sa.Column("stop_if", sa.Text(), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("market", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("fresh_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rests", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN standing AND state = 'active' AND held_at IS NULL"
            " THEN rests IS NOT NULL AND rests ELSE rests IS NULL END",
            name=op.f("ck_assignment_rests"),
        ),
        sa.CheckConstraint(
            "rests IS NULL OR (version IS NOT NULL AND fresh_until IS NOT NULL"
            " AND activated_at IS NOT NULL AND activated_at <= fresh_until)",
            name=op.f("ck_assignment_fresh"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "market", "version", "rests"],
            [
                "guardrail_version.organisation_id",
                "guardrail_version.market",
                "guardrail_version.version",
                "guardrail_version.current",
            ],
            name="fk_assignment_guardrail_version",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id", "workflow", "market", "version", "fresh_until", "rests"],
            [
                "confirmation.organisation_id",
                "confirmation.person_id",
                "confirmation.workflow",
                "confirmation.market",
                "confirmation.version",
                "confirmation.fresh_until",
                "confirmation.holds",
            ],
            name="fk_assignment_confirmation",
            initially="DEFERRED",
            deferrable=True,
        ),
    )


def downgrade() -> None:
    raise NotImplementedError("Going back loses answers: restore the backup made before the upgrade.")


def _fact_table(name: str, *parts: Any) -> None:
    """A table of facts: where, when and by whom it was said, whether it stands, and what was said."""
    op.create_table(
        name,
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        *parts,
        sa.CheckConstraint(
            "standing = (replaced_at IS NULL AND withdrawn_at IS NULL)",
            name=op.f(f"ck_{name}_stands_or_ended"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "conversation_id"],
            ["conversation.organisation_id", "conversation.id"],
            name=op.f(f"fk_{name}_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.organisation_id"], name=op.f(f"fk_{name}_organisation")
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "conversation_id", "name", "revision", name=op.f(f"pk_{name}")
        ),
    )
    op.create_index(f"ix_{name}_person", name, ["organisation_id", "person_id"])
